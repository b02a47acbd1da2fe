/** What the replay is drawn on: land, boundary and settlements of the shipped basemap, cut to the run; the line, where there is one. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { boundsOf, cutBasemap } from "../../report/cut-basemap.ts";
import { PLACE_STEP_DEG, type Recording } from "../../report/replay-packed.ts";
import { SHIPPED_ROOT } from "../../scenario/paths.ts";
import type { Plan } from "../load.ts";
import type { PageGround } from "./html.ts";

type Path = readonly (readonly [number, number])[];

interface Shape {
  readonly properties: Readonly<Record<string, string | undefined>>;
  readonly geometry: { readonly type: string; readonly coordinates: readonly (readonly Path[])[] };
}

export const NO_GROUND: PageGround = { land: [], boundaries: [], places: [], zones: [], note: "" };

export function groundOf({ line }: Plan, { columns }: Recording): PageGround {
  const paths: Path[] =
    line === undefined ? [] : [line.map(({ longitudeDeg, latitudeDeg }) => [longitudeDeg, latitudeDeg])];
  const zones = paths.map((path) => ({ name: "line", closed: false, paths: [path] }));
  const points = pointsOf(columns);
  if (points.length === 0 && zones.length === 0) return NO_GROUND;
  const land = shipped<{ features: readonly Shape[] }>("basemap", "black-sea-land.geojson");
  const outline = shipped<{ features: readonly Shape[] }>("boundaries", "ukraine.geojson");
  const { places } = shipped<{ places: PageGround["places"] }>("basemap", "ukraine-places.json");
  const basemap = {
    land: land.features.flatMap(({ geometry }) => geometry.coordinates.flat()),
    boundaries: outline.features.flatMap(({ geometry }) => geometry.coordinates.flat()),
    places,
    boundariesNote: "",
  };
  const { name = "", source = "", note = "" } = outline.features[0]?.properties ?? {};
  const bounds = boundsOf(points, zones);
  return {
    ...cutBasemap(basemap, bounds),
    zones,
    note: `Boundaries: ${[name, source, note].filter(Boolean).join(". ")}`,
  };
}

/** Corners of all that the run shows. */
function pointsOf(columns: Recording["columns"]): Path {
  return (["breach", "fixed", "track"] as const).flatMap((what) => {
    const [lats, lons] = [columns[`${what}Lat`], columns[`${what}Lon`]];
    if (lats.length === 0) return [];
    const [south, north] = rangeOf(lats);
    const [west, east] = rangeOf(lons);
    return [
      [west, south],
      [east, north],
    ] as const;
  });
}

function rangeOf(values: Int32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low * PLACE_STEP_DEG, high * PLACE_STEP_DEG];
}

function shipped<T>(folder: string, name: string): T {
  return JSON.parse(readFileSync(join(SHIPPED_ROOT, "data", folder, name), "utf8")) as T;
}
