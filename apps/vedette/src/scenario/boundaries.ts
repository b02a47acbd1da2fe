/** The operator's boundary layer: lines and rings of a GeoJSON file, drawn and never interpreted. */
import type { Problem } from "../problem.ts";
import { shownPath } from "./paths.ts";
import { readText } from "./read.ts";

export interface Boundaries {
  /** [longitude, latitude], degrees. */
  readonly paths: readonly (readonly (readonly [number, number])[])[];
  readonly name: string;
  readonly note: string;
  readonly source: string;
  readonly sha256: string;
}

interface Json {
  readonly [key: string]: unknown;
  readonly type?: unknown;
  readonly features?: unknown;
  readonly geometry?: unknown;
  readonly geometries?: unknown;
  readonly coordinates?: unknown;
  readonly properties?: unknown;
  readonly about?: unknown;
}
const isMap = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads lines and polygons; `name`, `note` and `source` stand at the top of the file, or in the first feature. */
export async function readBoundaries(file: string): Promise<Boundaries | Problem> {
  const read = await readText(file);
  if ("message" in read) return read;
  const refuse = (message: string): Problem => ({
    file: shownPath(file),
    message,
  });
  let json: unknown;
  try {
    json = JSON.parse(read.text);
  } catch (error) {
    return refuse(`not readable as JSON: ${(error as Error).message}`);
  }
  if (!isMap(json)) return refuse("expected GeoJSON: a FeatureCollection, a Feature or a geometry");
  const paths = pathsOf(json, 0);
  const bad = paths.flat().find((position) => !isPosition(position));
  if (bad !== undefined) return refuse(`not a longitude and latitude in degrees: ${JSON.stringify(bad)}`);
  if (paths.length === 0) return refuse("no line and no polygon in it: expected GeoJSON with at least one");
  return {
    paths: paths as Boundaries["paths"],
    ...wordsOf(json),
    sha256: read.sha256,
  };
}

function pathsOf(json: Json, depth: number): unknown[][] {
  if (depth > 8) return [];
  const inside = (values: unknown) => (Array.isArray(values) ? values.filter(isMap) : []);
  const lists = (values: unknown): unknown[][] => (Array.isArray(values) ? values.filter(Array.isArray) : []);
  switch (json.type) {
    case "FeatureCollection":
      return inside(json.features).flatMap((feature) => pathsOf(feature, depth + 1));
    case "Feature":
      return isMap(json.geometry) ? pathsOf(json.geometry, depth + 1) : [];
    case "GeometryCollection":
      return inside(json.geometries).flatMap((geometry) => pathsOf(geometry, depth + 1));
    case "LineString":
      return Array.isArray(json.coordinates) ? [json.coordinates] : [];
    case "MultiLineString":
    case "Polygon":
      return lists(json.coordinates);
    case "MultiPolygon":
      return lists(json.coordinates).flatMap(lists);
    default:
      return [];
  }
}

function isPosition(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [longitude, latitude]: unknown[] = value;
  return (
    typeof longitude === "number" &&
    typeof latitude === "number" &&
    Math.abs(longitude) <= 180 &&
    Math.abs(latitude) <= 90
  );
}

function wordsOf(json: Json): { name: string; note: string; source: string } {
  const features = Array.isArray(json.features) ? json.features : [json];
  const first: unknown = isMap(features[0]) ? features[0].properties : undefined;
  const holders = [json, json.properties, json.about, first].filter(isMap);
  const wordOf = (key: string): string => {
    const word = holders.map((holder) => holder[key]).find((value) => typeof value === "string");
    return typeof word === "string" ? word : "";
  };
  return {
    name: wordOf("name") || wordOf("title"),
    note: wordOf("note"),
    source: wordOf("source"),
  };
}
