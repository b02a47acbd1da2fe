/** The folder `places`, and what stands in for it: in which oblast a place lies, and where settlements are. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Place } from "@vedette/core/geo/position";
import { nearKm } from "@vedette/core/verify/baseline-points";
import { reasonOf } from "../feeds/reason.ts";
import { InputError } from "../problem.ts";
import type { FeedNotes } from "./notes.ts";
import { alertsNameOf, alertsNameOfCode } from "./oblast-names.ts";
import { gridKey, type OblastGrid } from "./read-firms.ts";

export interface Settlement extends Place {
  readonly name: string;
}

export interface PlacesFolder {
  readonly oblasts: readonly Outline[];
  readonly settlements: readonly Settlement[];
}

interface Outline {
  /** As the alerts spell it. */
  readonly name: string;
  /** Rings of each part, outer one first: longitude, latitude. */
  readonly parts: readonly (readonly (readonly (readonly [number, number])[])[])[];
  readonly box: { readonly south: number; readonly west: number; readonly north: number; readonly east: number };
}

export async function readPlaces(folder: string, notes: FeedNotes): Promise<PlacesFolder> {
  const oblasts: Outline[] = [];
  const settlements: Settlement[] = [];
  for (const file of (await readdir(folder)).filter((each) => /\.(geo)?json$/i.test(each)).sort()) {
    const path = join(folder, file);
    const json = await readJson(path);
    const found = Array.isArray(json) ? settlementsOf(json) : outlinesOf(json);
    if (found.length === 0) notes.passOver("places", file);
    for (const each of found) {
      notes.take("places", file);
      if ("parts" in each) oblasts.push(each);
      else settlements.push(each);
    }
  }
  return { oblasts, settlements };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    const message =
      error instanceof SyntaxError ? `is no JSON: ${error.message}` : `cannot be read: ${reasonOf(error)}`;
    throw new InputError([{ file: path, message }]);
  }
}

function settlementsOf(rows: readonly unknown[]): Settlement[] {
  return rows.flatMap((row) => {
    const { name, lat, lon } = (row ?? {}) as Record<string, unknown>;
    if (typeof name !== "string" || typeof lat !== "number" || typeof lon !== "number") return [];
    return [{ name, latitudeDeg: lat, longitudeDeg: lon }];
  });
}

type Ring = readonly (readonly [number, number])[];

function outlinesOf(json: unknown): Outline[] {
  const features = (json as { features?: unknown } | null)?.features;
  if (!Array.isArray(features)) return [];
  return features.flatMap((feature): Outline[] => {
    const { geometry, properties } = (feature ?? {}) as Record<string, Record<string, unknown> | undefined>;
    const name = alertsNameOf(String(properties?.["name"] ?? ""));
    const { type, coordinates } = geometry ?? {};
    if (name === undefined || !Array.isArray(coordinates)) return [];
    const parts = (type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : []) as Ring[][];
    const outer = parts.flatMap(([ring = []]) => ring);
    if (outer.length < 4) return [];
    const [lons, lats] = [outer.map(([lon]) => lon), outer.map(([, lat]) => lat)];
    const box = { south: least(lats), west: least(lons), north: most(lats), east: most(lons) };
    return [{ name, parts, box }];
  });
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** The city is an area of its own in the alerts, and lies inside the oblast's outline. Its limits reach about so far. */
const KYIV = { latitudeDeg: 50.45, longitudeDeg: 30.523, radiusKm: 17 };
const KYIV_CITY = "Kyiv City";

/** By outline where there are outlines, otherwise by the grid of the folder `firms`. */
export function oblastFinder(
  places: PlacesFolder | undefined,
  grid: OblastGrid | undefined,
): (at: Place) => string | undefined {
  const gridNames = grid === undefined ? new Map<string, string>() : namesOfGrid(grid);
  return (at) => {
    if (nearKm(KYIV, at.latitudeDeg, at.longitudeDeg) <= KYIV.radiusKm) return KYIV_CITY;
    const outline = places?.oblasts.find((each) => isInside(each, at));
    if (outline !== undefined) return outline.name;
    const code = grid?.codes.get(gridKey(at.latitudeDeg, at.longitudeDeg));
    const name = gridNames.get(code ?? "");
    return name === KYIV_CITY ? "Kyivska oblast" : name;
  };
}

/** Some grids have the codes of Kyiv and of its oblast the wrong way round: both are the oblast here, the city is told by distance. */
function namesOfGrid({ codes }: OblastGrid): Map<string, string> {
  const names = new Map<string, string>();
  for (const code of new Set(codes.values())) {
    const name = alertsNameOfCode(code);
    if (name !== undefined) names.set(code, name);
  }
  return names;
}

function isInside({ parts, box }: Outline, { latitudeDeg: y, longitudeDeg: x }: Place): boolean {
  if (y < box.south || y > box.north || x < box.west || x > box.east) return false;
  return parts.some(([outer = [], ...holes]) => isInRing(outer, x, y) && !holes.some((hole) => isInRing(hole, x, y)));
}

/** Even-odd rule. */
function isInRing(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i] as [number, number], ring[j] as [number, number]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
