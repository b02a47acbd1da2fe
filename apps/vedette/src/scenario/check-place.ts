/** What a schema cannot say of zones, requests and the world. */
import type { Zones } from "@vedette/wire/place";
import type { Problem } from "../problem.ts";
import { checkNamed, checkNation, checkSources } from "./check-network.ts";
import { cellCountProblem } from "./compose.ts";
import {
  type Cursor,
  childOf,
  descendantOf,
  entriesOf,
  itemsOf,
  numberOf,
  problemAt,
  scalarOf,
  textOf,
} from "./located.ts";
import { foundOf } from "./words.ts";

export function checkZones(zones: Cursor): Problem[] {
  const members = entriesOf(childOf(zones, "zones"));
  const none = members.length === 0 && childOf(zones, "zones")?.node.kind === "map";
  return [
    ...(none ? [problemAt(childOf(zones, "zones") ?? zones, "expected at least one zone", "key")] : []),
    ...members.flatMap(([, zone]) => checkShape(zone)),
    ...checkSources(zones),
  ];
}

function checkShape(zone: Cursor): Problem[] {
  const line = childOf(zone, "line");
  const rings = itemsOf(childOf(zone, "polygon"));
  const problems: Problem[] = [];
  const vertices = itemsOf(line);
  if (line && vertices.length >= 2 && distinctPlaces(vertices) === 1) {
    problems.push(problemAt(line, "expected a line with a length: all its vertices are one place"));
  }
  for (const ring of rings) {
    const corners = itemsOf(ring);
    const distinct = distinctPlaces(corners);
    if (corners.length >= 3 && distinct < 3) {
      problems.push(problemAt(ring, `expected a ring with three or more different vertices, found ${distinct}`));
    }
  }
  return problems;
}

function distinctPlaces(vertices: readonly Cursor[]): number {
  const keys = vertices.map((vertex) =>
    [childOf(vertex, "latitudeDeg"), childOf(vertex, "longitudeDeg")].map(numberOf).join(" "),
  );
  return new Set(keys).size;
}

/** Zones and nations that requests name. Either file may be missing: then the other is still checked. */
export function checkRequests(requests: Cursor, zones: Cursor | undefined, network: Cursor | undefined): Problem[] {
  return entriesOf(childOf(requests, "requests")).flatMap(([, request]) => [
    ...(zones ? checkNamed(zones, "zones", "zone", childOf(request, "zone")) : []),
    ...(network ? checkNation(network, childOf(request, "nation")) : []),
    ...checkOnce(childOf(request, "kinds")),
  ]);
}

function checkOnce(list: Cursor | undefined): Problem[] {
  const seen = new Set<unknown>();
  return itemsOf(list).flatMap((item) => {
    const value = scalarOf(item);
    if (seen.has(value)) return [problemAt(item, `${foundOf(item.node)} stands twice in this list`)];
    seen.add(value);
    return [];
  });
}

export function checkWorld(world: Cursor): Problem[] {
  const cloud = childOf(world, "cloud");
  return [...checkSources(world), ...(cloud?.node.kind === "map" ? checkCloud(cloud) : [])];
}

function checkCloud(cloud: Cursor): Problem[] {
  const problems: Problem[] = [];
  const [source, assumed] = ["source", "assumed"].map((key) => childOf(cloud, key));
  if ((source === undefined) === (assumed === undefined)) {
    problems.push(problemAt(cloud, "needs `source` or `assumed`, and not both", "key"));
  }
  const read = (key: string) => numberOf(childOf(cloud, key)) ?? Number.NaN;
  const [south, stepDeg, rows, columns] = ["south", "stepDeg", "rows", "columns"].map(read) as [
    number,
    number,
    number,
    number,
  ];
  if (south + rows * stepDeg > 90 + 1e-9) {
    problems.push(problemAt(cloud, `${rows} rows of ${stepDeg} degrees from ${south} lead beyond the pole`, "key"));
  }
  if (columns * stepDeg > 360 + 1e-9) {
    problems.push(problemAt(cloud, `${columns} columns of ${stepDeg} degrees are more than the globe`, "key"));
  }
  const months = entriesOf(descendantOf(cloud, "cloudProbability01"));
  return [...problems, ...months.flatMap(([, month]) => checkGrid(month, rows, columns))];
}

function checkGrid(month: Cursor, rows: number, columns: number): Problem[] {
  if (month.node.kind !== "list" || Number.isNaN(rows) || Number.isNaN(columns)) return [];
  const lines = itemsOf(month);
  const counted =
    lines.length === rows ? [] : [problemAt(month, `expected ${rows} rows, found ${lines.length}`, "key")];
  const short = lines.filter(({ node }) => node.kind === "list" && node.items.length !== columns);
  return [
    ...counted,
    ...short.map((line) => problemAt(line, `expected ${columns} columns, found ${itemsOf(line).length}`)),
  ];
}

/** Nations taken out must be there; the start must be a day of the calendar; what every page carries is one line. */
export function checkSpan(scenario: Cursor, network: Cursor | undefined): Problem[] {
  const start = childOf(scenario, "start");
  const without = itemsOf(childOf(scenario, "without"));
  return [
    ...(start ? checkStart(start) : []),
    ...["title", "label", "marking"].flatMap((key) => checkOneLine(childOf(scenario, key))),
    ...(network ? without.flatMap((code) => checkNation(network, code)) : []),
    ...checkOnce(childOf(scenario, "without")),
  ];
}

/** Line breaks would end a field of a calendar; control and direction characters would disguise a marking. */
function checkOneLine(text: Cursor | undefined): Problem[] {
  if (text === undefined || !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(textOf(text) ?? "")) return [];
  return [problemAt(text, "expected one line, without control characters")];
}

/** Zones that are far too large for the cells asked for: said before a cell is laid out. */
export function checkCellCount(scenario: Cursor, { zones }: Zones): Problem[] {
  const at = childOf(scenario, "h3Resolution");
  const resolution = numberOf(at);
  if (at === undefined || resolution === undefined) return [];
  const problem = cellCountProblem(Object.values(zones), resolution);
  return problem === undefined ? [] : [problemAt(at, problem)];
}

function checkStart(start: Cursor): Problem[] {
  const text = textOf(start);
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return [];
  const problem = startProblem(text);
  return problem === undefined ? [] : [problemAt(start, problem)];
}

/** Element sets begin with Sputnik; SGP4 is not trusted a century ahead. */
const YEARS = { first: 1957, last: 2099 };

/** What is wrong with a start that has the right form; `undefined` where nothing is. */
export function startProblem(text: string): string | undefined {
  const at = new Date(text);
  // Date takes 30 February for 2 March: only a date that comes back as it was written exists.
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 16) === text.slice(0, 16);
  if (!exists) return `expected a date and time that exist, found ${text}`;
  const year = at.getUTCFullYear();
  if (year >= YEARS.first && year <= YEARS.last) return undefined;
  return `expected a year from ${YEARS.first} to ${YEARS.last}, found ${year}`;
}
