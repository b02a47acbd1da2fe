/** What a schema cannot say of a network: that what is named exists, and that figures agree with each other. */
import type { Problem } from "../problem.ts";
import { canonicalJson } from "./canonical.ts";
import {
  type Cursor,
  childOf,
  descendantOf,
  entriesOf,
  itemsOf,
  numberOf,
  plainOf,
  problemAt,
  textOf,
} from "./located.ts";
import { shownPath } from "./paths.ts";
import { quoted, suggestionOf } from "./words.ts";

/** Above this altitude over the equator no inclination does: cos i = -(a / 12,352 km)^3.5 for a circular orbit. */
const MAX_SUN_SYNCHRONOUS_KM = 5974;

/** Every reference and every pair of figures in the network that does not hold. */
export function checkNetwork(network: Cursor): Problem[] {
  const missions = entriesOf(childOf(network, "missions"));
  return [
    ...entriesOf(childOf(network, "sensors")).flatMap(([, sensor]) => checkBand(sensor)),
    ...missions.flatMap(([, mission]) => checkMission(network, mission)),
    ...["stations", "relays", "processing"].flatMap((group) =>
      entriesOf(childOf(network, group)).flatMap(([, member]) => [
        ...checkNation(network, childOf(member, "nation")),
        ...checkNation(network, childOf(member, "territory")),
      ]),
    ),
    ...checkCatalogueNumbers(network),
    ...checkSources(network),
  ];
}

/** One that must be a key of a map of the document. `what` is its singular, in words. */
export function checkNamed(document: Cursor, group: string, what: string, name: Cursor | undefined): Problem[] {
  const word = textOf(name);
  if (name === undefined || word === undefined) return [];
  const known = entriesOf(childOf(document, group)).map(([key]) => key);
  if (known.includes(word)) return [];
  return [problemAt(name, `no ${what} ${quoted(word)} in \`${group}\`${suggestionOf(word, known)}`)];
}

export function checkNation(network: Cursor, code: Cursor | undefined): Problem[] {
  return checkNamed(network, "nations", "nation", code);
}

/** Every `source` names an entry in the same document's `sources`. */
export function checkSources(document: Cursor): Problem[] {
  const visit = (key: string, child: Cursor): Problem[] =>
    key === "source" && child.node.kind === "scalar"
      ? checkNamed(document, "sources", "source", child)
      : [
          ...entriesOf(child).flatMap(([inner, grandchild]) => visit(inner, grandchild)),
          ...itemsOf(child).flatMap((item) => visit("", item)),
        ];
  const parts = entriesOf(document).filter(([key]) => key !== "about" && key !== "sources");
  return parts.flatMap(([key, part]) => visit(key, part));
}

/** One id means one source, so that tables of several documents merge. */
export function checkSourcesAgree(documents: readonly Cursor[]): Problem[] {
  const seen = new Map<string, Cursor>();
  return documents.flatMap((document) =>
    entriesOf(childOf(document, "sources")).flatMap(([id, source]) => {
      const first = seen.get(id);
      seen.set(id, first ?? source);
      if (first === undefined || canonicalJson(plainOf(first.node)) === canonicalJson(plainOf(source.node))) return [];
      const place = `${shownPath(first.keyAt.file)}, line ${first.keyAt.line}`;
      return [problemAt(source, `the source ${quoted(id)} says something else in ${place}: rename one`, "key")];
    }),
  );
}

function checkBand(sensor: Cursor): Problem[] {
  const minDeg = numberOf(descendantOf(sensor, "band", "minDeg", "value"));
  const max = descendantOf(sensor, "band", "maxDeg", "value");
  const maxDeg = numberOf(max);
  if (max === undefined || minDeg === undefined || maxDeg === undefined || minDeg < maxDeg) return [];
  return [problemAt(max, `expected more than minDeg, which is ${minDeg} degrees, found ${maxDeg}`)];
}

function checkMission(network: Cursor, mission: Cursor): Problem[] {
  const lists = [
    ["sensors", "sensor"],
    ["stations", "station"],
    ["relays", "relay"],
  ] as const;
  const satellites = entriesOf(childOf(mission, "satellites"));
  return [
    ...lists.flatMap(([group, what]) =>
      itemsOf(childOf(mission, group)).flatMap((item) => checkNamed(network, group, what, item)),
    ),
    ...checkNamed(network, "processing", "processing centre", childOf(mission, "processing")),
    ...checkNation(network, childOf(mission, "nation")),
    ...checkNation(network, descendantOf(mission, "launch", "nation")),
    ...satellites.flatMap(([, satellite]) => checkNation(network, childOf(satellite, "nation"))),
    ...checkForm(mission, satellites.length),
    ...checkWalker(childOf(mission, "walker")),
  ];
}

function checkForm(mission: Cursor, satellites: number): Problem[] {
  const isWalker = childOf(mission, "walker") !== undefined;
  const written = childOf(mission, "satellites");
  if (isWalker && written) return [problemAt(mission, "has `satellites` and `walker`: keep one", "key")];
  if (isWalker || satellites > 0 || (written && written.node.kind !== "map")) return [];
  const message = "has no satellites: expected `satellites` (real, by catalogue number) or `walker` (planned)";
  return [problemAt(mission, message, "key")];
}

function checkWalker(walker: Cursor | undefined): Problem[] {
  if (walker?.node.kind !== "map") return [];
  const problems: Problem[] = [];
  const [satellites, planes, phasing] = ["satellites", "planes", "phasing"].map((key) => childOf(walker, key));
  const [count, planeCount, phase] = [satellites, planes, phasing].map(numberOf);
  if (planes && count !== undefined && planeCount !== undefined && count % planeCount !== 0) {
    problems.push(problemAt(planes, `expected a divisor of ${count} satellites, found ${planeCount} planes`));
  }
  if (phasing && phase !== undefined && planeCount !== undefined && phase >= planeCount) {
    problems.push(problemAt(phasing, `expected 0 to ${planeCount - 1} (planes less one), found ${phase}`));
  }
  return [...problems, ...checkInclination(walker)];
}

function checkInclination(walker: Cursor): Problem[] {
  const [inclination, sun, raan] = ["inclinationDeg", "sunSynchronous", "raanDeg"].map((key) => childOf(walker, key));
  if (inclination && sun) return [problemAt(walker, "has `inclinationDeg` and `sunSynchronous`: keep one", "key")];
  if (!inclination && !sun) return [problemAt(walker, "needs `inclinationDeg` or `sunSynchronous`", "key")];
  if (!sun) return [];
  const altitude = descendantOf(walker, "altitudeKm", "value");
  const altitudeKm = numberOf(altitude);
  const problems: Problem[] = [];
  if (raan) problems.push(problemAt(raan, "`raanDeg` follows from `sunSynchronous.ltanH`: keep one", "key"));
  if (altitude && altitudeKm !== undefined && altitudeKm > MAX_SUN_SYNCHRONOUS_KM) {
    const expected = `expected at most ${MAX_SUN_SYNCHRONOUS_KM} km for a sun-synchronous orbit`;
    problems.push(problemAt(altitude, `${expected}, found ${altitudeKm}`));
  }
  return problems;
}

function checkCatalogueNumbers(network: Cursor): Problem[] {
  const seen = new Map<number, string>();
  return spacecraftOf(network).flatMap((member) => {
    const at = childOf(member, "catalogueNumber");
    const number = numberOf(at);
    if (at === undefined || number === undefined) return [];
    const first = seen.get(number);
    if (first !== undefined) return [problemAt(at, `the catalogue number ${number} is taken by ${first}`)];
    seen.set(number, member.path);
    return [];
  });
}

/** Satellites of all missions, then relays: whatever has a catalogue number. */
export function spacecraftOf(network: Cursor): Cursor[] {
  const missions = entriesOf(childOf(network, "missions"));
  const satellites = missions.flatMap(([, mission]) => entriesOf(childOf(mission, "satellites")));
  return [...satellites, ...entriesOf(childOf(network, "relays"))].map(([, member]) => member);
}
