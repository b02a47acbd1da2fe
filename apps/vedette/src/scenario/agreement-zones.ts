/** Zones of an agreement: of a zones file, or GeoJSON of its own, checked position by position. */
import type { AgreementZone, Geometry } from "@vedette/core/agreement/terms";
import type { Zone } from "@vedette/core/geo/zone";
import type { Agreement as AgreementFile } from "@vedette/wire/agreement";
import type { Zones } from "@vedette/wire/place";
import type { Problem } from "../problem.ts";
import { checkZones } from "./check-place.ts";
import { readDataFile } from "./data-file.ts";
import { fileNamedBy } from "./documents.ts";
import { type Cursor, childOf, descendantOf, entriesOf, itemsOf, numberOf, problemAt } from "./located.ts";
import { foundOf, quoted, suggestionOf } from "./words.ts";

export interface ResolvedZones {
  readonly zones: Readonly<Record<string, AgreementZone>>;
  readonly problems: readonly Problem[];
}

/** @throws InputError where a zones file that is named is itself at fault */
export async function resolveZones(root: Cursor, { zones }: AgreementFile): Promise<ResolvedZones> {
  const resolved: Record<string, AgreementZone> = {};
  const problems: Problem[] = [];
  for (const [id, cursor] of entriesOf(childOf(root, "zones"))) {
    const zone = zones[id];
    if (zone === undefined) continue;
    if ("geometry" in zone) {
      problems.push(...geometryProblems(cursor, zone.geometry));
      resolved[id] = zone;
      continue;
    }
    const { from, bufferKm, ...head } = zone;
    const found = await zoneNamed(childOf(cursor, "from") ?? cursor, from.zone);
    if ("problems" in found) problems.push(...found.problems);
    else resolved[id] = { ...head, parts: [widened(found.zone, bufferKm)] };
  }
  return { zones: resolved, problems };
}

async function zoneNamed(
  from: Cursor,
  id: string,
): Promise<{ readonly zone: Zone } | { readonly problems: readonly Problem[] }> {
  const reference = childOf(from, "file");
  const path = reference === undefined ? [] : fileNamedBy(reference);
  if (typeof path !== "string") return { problems: path };
  const { value, cursor } = await readDataFile<Zones>("zones", path);
  const faults = checkZones(cursor);
  if (faults.length > 0) return { problems: faults };
  const zone = Object.hasOwn(value.zones, id) ? value.zones[id] : undefined;
  if (zone !== undefined) return { zone: bareOf(zone) };
  const known = Object.keys(value.zones);
  const at = childOf(from, "zone") ?? from;
  return { problems: [problemAt(at, `no zone ${quoted(id)} in that file${suggestionOf(id, known)}`)] };
}

/** Names of settlements along a line are no part of its geometry: they shall not change the digest. */
function bareOf(zone: Zones["zones"][string]): Zone {
  const place = ({ latitudeDeg, longitudeDeg }: { latitudeDeg: number; longitudeDeg: number }) => ({
    latitudeDeg,
    longitudeDeg,
  });
  if ("line" in zone) return { line: zone.line.map(place), bufferKm: zone.bufferKm };
  if ("points" in zone) return { points: zone.points.map(place), radiusKm: zone.radiusKm };
  return { polygon: zone.polygon.map((ring) => ring.map(place)) };
}

function widened(zone: Zone, bufferKm: number | undefined): Zone {
  if (bufferKm === undefined || "polygon" in zone) return zone;
  return "line" in zone ? { ...zone, bufferKm } : { ...zone, radiusKm: bufferKm };
}

/** How deep the positions lie in `coordinates`, and how many each innermost list needs. */
const SHAPES: Readonly<Record<Geometry["type"], { readonly depth: number; readonly least: number }>> = {
  Point: { depth: 0, least: 1 },
  MultiPoint: { depth: 1, least: 1 },
  LineString: { depth: 1, least: 2 },
  MultiLineString: { depth: 2, least: 2 },
  Polygon: { depth: 2, least: 4 },
  MultiPolygon: { depth: 3, least: 4 },
};

function geometryProblems(zone: Cursor, { type }: { readonly type: Geometry["type"] }): Problem[] {
  const coordinates = descendantOf(zone, "geometry", "coordinates");
  const isArea = type === "Polygon" || type === "MultiPolygon";
  const buffer = childOf(zone, "bufferKm");
  const shape = SHAPES[type];
  const problems = coordinates === undefined ? [] : positionsProblems(coordinates, shape.depth, shape.least, isArea);
  if (isArea && buffer !== undefined) {
    problems.push(problemAt(buffer, `a ${type} has an inside of its own: leave \`bufferKm\` out`, "key"));
  }
  if (!isArea && buffer === undefined) {
    problems.push(problemAt(zone, `a ${type} has no inside: expected \`bufferKm\``, "key"));
  }
  return problems;
}

function positionsProblems(at: Cursor, depth: number, least: number, isRing: boolean): Problem[] {
  if (depth === 0) return positionProblems(at);
  if (at.node.kind !== "list") return [problemAt(at, `expected a list of positions, found ${foundOf(at.node)}`)];
  const items = itemsOf(at);
  if (items.length === 0) return [problemAt(at, "expected positions, found an empty list")];
  if (depth > 1) return items.flatMap((item) => positionsProblems(item, depth - 1, least, isRing));
  const faults = items.flatMap(positionProblems);
  if (faults.length > 0) return faults;
  if (items.length < least) {
    const expected = isRing
      ? `a ring of ${least} or more positions, the last the same as the first`
      : `${least} or more positions`;
    return [problemAt(at, `expected ${expected}, found ${items.length}`)];
  }
  return isRing ? ringProblems(at, items) : [];
}

function positionProblems(at: Cursor): Problem[] {
  const [longitude, latitude] = itemsOf(at).map(numberOf);
  const expected = "expected [longitude, latitude] in degrees, longitude first";
  if (at.node.kind !== "list") return [problemAt(at, `${expected}, found ${foundOf(at.node)}`)];
  if (longitude === undefined || latitude === undefined)
    return [problemAt(at, `${expected}, found ${foundOf(at.node)}`)];
  if (Math.abs(longitude) <= 180 && Math.abs(latitude) <= 85) return [];
  return [problemAt(at, `${expected}, to 180 and 85 at most, found [${longitude}, ${latitude}]`)];
}

/** RFC 7946, 3.1.6: closed. Edges that cross or corners all on one line are the author's affair; no corner at all is not. */
function ringProblems(at: Cursor, items: readonly Cursor[]): Problem[] {
  const keys = items.map((item) => itemsOf(item).slice(0, 2).map(numberOf).join(" "));
  if (keys[0] !== keys.at(-1)) {
    return [problemAt(at, `the ring is open: its last position [${keys.at(-1)}] is not its first [${keys[0]}]`)];
  }
  const distinct = new Set(keys).size;
  return distinct < 3 ? [problemAt(at, `expected three or more different positions, found ${distinct}`)] : [];
}
