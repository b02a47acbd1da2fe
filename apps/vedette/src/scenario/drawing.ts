/** What a person drew (KML or GeoJSON) as shapes with names: lines, polygons with holes, points. */
import type { Place } from "@vedette/core/geo/position";
import { geoJsonOfKml } from "../feeds/kml.ts";
import { InputError, type Problem } from "../problem.ts";
import { shownPath } from "./paths.ts";
import { readText } from "./read.ts";
import { quoted } from "./words.ts";

export const MAX_DRAWING_BYTES = 32 * 1024 * 1024;
export const MAX_VERTICES = 100_000;
const MAX_DEPTH = 16;
const MAX_PROBLEMS = 10;

export type Shape =
  | { readonly kind: "line"; readonly name?: string; readonly line: readonly Place[] }
  | { readonly kind: "polygon"; readonly name?: string; readonly polygon: readonly (readonly Place[])[] }
  | { readonly kind: "points"; readonly name?: string; readonly points: readonly Place[] };

export interface Drawing {
  readonly shapes: readonly Shape[];
  /** What was done that a person may want to know, e.g. longitudes of 0 to 360 degrees. */
  readonly notes: readonly string[];
}

/**
 * Reads a drawing. WGS 84 degrees, longitude first, as both formats have it.
 * @throws InputError where it is not readable, holds nothing to watch, or has coordinates that are no place on Earth.
 */
export async function readDrawing(file: string): Promise<Drawing> {
  const refuse = (message: string) => new InputError([{ file: shownPath(file), message }]);
  if (/\.kmz$/i.test(file)) throw refuse("a .kmz is a zip archive: unpack it and give the doc.kml inside");
  const read = await readText(file, MAX_DRAWING_BYTES);
  if ("message" in read) throw new InputError([read]);
  const drawing = new Tracing(shownPath(file));
  drawing.trace(jsonOf(read.text, refuse), "", undefined, 0);
  return drawing.done();
}

function jsonOf(text: string, refuse: (message: string) => InputError): unknown {
  const start = text.trimStart();
  if (start === "") throw refuse("the file is empty: expected KML or GeoJSON");
  try {
    if (!start.startsWith("<")) return JSON.parse(text);
  } catch (error) {
    throw refuse(`not readable as GeoJSON: ${(error as Error).message}`);
  }
  const root = /<(?:\w+:)?(kml|gpx|svg|html)\b/i.exec(start)?.[1]?.toLowerCase();
  if (root !== "kml") throw refuse(`is ${root ?? "XML"}, not KML: expected KML or GeoJSON`);
  try {
    return geoJsonOfKml(text);
  } catch (error) {
    throw refuse(`not readable as KML: ${(error as Error).message}`);
  }
}

interface Json {
  readonly [key: string]: unknown;
  readonly type?: unknown;
  readonly features?: unknown;
  readonly geometry?: unknown;
  readonly geometries?: unknown;
  readonly coordinates?: unknown;
  readonly properties?: unknown;
}

const isMap = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** One walk over GeoJSON (RFC 7946) that gathers shapes and problems. */
class Tracing {
  readonly #file: string;
  readonly #shapes: Shape[] = [];
  readonly #problems: Problem[] = [];
  #vertices = 0;
  #wrapped = 0;

  constructor(file: string) {
    this.#file = file;
  }

  trace(json: unknown, path: string, name: string | undefined, depth: number): void {
    const at = (key: string) => (path === "" ? key : `${path}.${key}`);
    if (!isMap(json) || typeof json.type !== "string") this.#refuse(path, "expected a GeoJSON object with a `type`");
    else if (depth > MAX_DEPTH) this.#refuse(path, `nested more than ${MAX_DEPTH} deep`);
    else if (json.type === "FeatureCollection") this.#traceAll(json.features, at("features"), name, depth);
    else if (json.type === "GeometryCollection") this.#traceAll(json.geometries, at("geometries"), name, depth);
    else if (json.type !== "Feature") this.#add(json.type, json.coordinates, at("coordinates"), name);
    else if (json.geometry !== null) this.trace(json.geometry, at("geometry"), nameOf(json) ?? name, depth + 1);
  }

  #traceAll(members: unknown, path: string, name: string | undefined, depth: number): void {
    if (!Array.isArray(members)) this.#refuse(path, "expected a list");
    for (const [i, member] of listOf(members).entries()) this.trace(member, `${path}[${i}]`, name, depth + 1);
  }

  #add(type: string, coordinates: unknown, path: string, shapeName: string | undefined): void {
    const name = shapeName === undefined ? {} : { name: shapeName };
    const parts = listOf(coordinates);
    if (type === "Point") this.#addPoints([coordinates], path, name);
    else if (type === "MultiPoint") this.#addPoints(parts, path, name);
    else if (type === "LineString") this.#addLine(parts, path, name);
    else if (type === "Polygon") this.#addPolygon(parts, path, name);
    else if (type === "MultiLineString") {
      for (const [i, part] of parts.entries()) this.#addLine(listOf(part), `${path}[${i}]`, name);
    } else if (type === "MultiPolygon") {
      for (const [i, part] of parts.entries()) this.#addPolygon(listOf(part), `${path}[${i}]`, name);
    } else this.#refuse(path, `unknown type ${quoted(type)}: expected a GeoJSON geometry`);
  }

  #addPoints(positions: readonly unknown[], path: string, name: { name?: string }): void {
    const points = this.#placesOf(positions, path);
    if (points.length > 0) this.#shapes.push({ kind: "points", ...name, points });
  }

  #addLine(positions: readonly unknown[], path: string, name: { name?: string }): void {
    const line = withoutRepeats(this.#placesOf(positions, path));
    if (line.length >= 2) this.#shapes.push({ kind: "line", ...name, line });
    else this.#refuse(path, "a line without a length: expected two different places or more");
  }

  #addPolygon(rings: readonly unknown[], path: string, name: { name?: string }): void {
    const polygon = rings.map((ring, i) => {
      const places = opened(withoutRepeats(this.#placesOf(listOf(ring), `${path}[${i}]`)));
      if (places.length < 3)
        this.#refuse(`${path}[${i}]`, "a ring without an area: expected three different places or more");
      return places;
    });
    if (polygon.length > 0) this.#shapes.push({ kind: "polygon", ...name, polygon });
    else this.#refuse(path, "a polygon without a ring");
  }

  #placesOf(positions: readonly unknown[], path: string): Place[] {
    this.#vertices += positions.length;
    if (this.#vertices > MAX_VERTICES) {
      const advice = "simplify it first (in QGIS: Vector geometry, Simplify); 100 m is ample for this purpose";
      throw new InputError([{ file: this.#file, message: `more than ${MAX_VERTICES} vertices: ${advice}` }]);
    }
    return positions.flatMap((position, i) => this.#placeOf(position, `${path}[${i}]`) ?? []);
  }

  #placeOf(position: unknown, path: string): Place | undefined {
    const [longitude, latitude]: readonly unknown[] = listOf(position);
    if (typeof longitude !== "number" || typeof latitude !== "number") {
      this.#refuse(path, "expected [longitude, latitude] in degrees");
      return undefined;
    }
    const fault = faultOf(latitude, longitude);
    if (fault !== undefined) {
      this.#refuse(path, fault);
      return undefined;
    }
    if (Math.abs(longitude) > 180) this.#wrapped++;
    return { latitudeDeg: rounded(latitude), longitudeDeg: rounded(wrapped(longitude)) };
  }

  done(): Drawing {
    if (this.#problems.length > MAX_PROBLEMS) {
      const more = this.#problems.length - MAX_PROBLEMS;
      throw new InputError([
        ...this.#problems.slice(0, MAX_PROBLEMS),
        { file: this.#file, message: `and ${more} more` },
      ]);
    }
    if (this.#problems.length > 0) throw new InputError(this.#problems);
    if (this.#shapes.length === 0) {
      throw new InputError([
        { file: this.#file, message: "nothing drawn in it: expected a line, a polygon or a point" },
      ]);
    }
    const notes =
      this.#wrapped === 0 ? [] : [`${this.#wrapped} longitudes beyond 180 degrees were counted round the globe`];
    return { shapes: this.#shapes, notes };
  }

  #refuse(path: string, message: string): void {
    this.#problems.push({ file: this.#file, ...(path === "" ? {} : { path }), message });
  }
}

/** Degrees that are no place; a swap and a projection are the two usual reasons. */
function faultOf(latitude: number, longitude: number): string | undefined {
  const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360;
  if (isPlace) return undefined;
  const found = `expected longitude, then latitude, in degrees; found ${longitude}, ${latitude}`;
  if (Math.abs(latitude) > 360 || Math.abs(longitude) > 360)
    return `${found}: projected? Save it as WGS 84 (EPSG:4326)`;
  if (Math.abs(longitude) <= 90) return `${found}: are the two swapped?`;
  return found;
}

function wrapped(longitudeDeg: number): number {
  if (longitudeDeg > 180) return longitudeDeg - 360;
  return longitudeDeg < -180 ? longitudeDeg + 360 : longitudeDeg;
}

/** 0.00001 degrees is 1 m. */
function rounded(deg: number): number {
  return Math.round(deg * 1e5) / 1e5;
}

function isSame(a: Place | undefined, b: Place | undefined): boolean {
  return a?.latitudeDeg === b?.latitudeDeg && a?.longitudeDeg === b?.longitudeDeg;
}

function withoutRepeats(places: readonly Place[]): Place[] {
  return places.filter((place, i) => i === 0 || !isSame(place, places[i - 1]));
}

/** Rings close by themselves: the repeated last vertex goes. */
function opened(ring: readonly Place[]): readonly Place[] {
  return ring.length > 1 && isSame(ring[0], ring.at(-1)) ? ring.slice(0, -1) : ring;
}

function nameOf({ properties }: Json): string | undefined {
  if (!isMap(properties)) return undefined;
  const words = ["name", "Name", "NAME", "title", "label"].map((key) => properties[key]);
  const word = words.find((one) => typeof one === "string" && one.trim() !== "");
  // Control characters would not survive in the YAML that is written.
  return typeof word === "string"
    ? word
        .replace(/\p{Cc}+/gu, " ")
        .trim()
        .slice(0, 120)
    : undefined;
}
