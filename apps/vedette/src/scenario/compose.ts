/** A new scenario from a drawing: zones by name, generic requests, and cells that are fine but few enough. */
import type { Place } from "@vedette/core/geo/position";
import { areaKm2, cellsOf, type Zone } from "@vedette/core/geo/zone";
import type { Shape } from "./drawing.ts";

/** Beyond it, laying out cells takes minutes and gigabytes; a run holds far fewer. */
const MOST_CELLS = 2_000_000;
export const MAX_CELLS = 5000;
/** The report numbers zones in one byte. */
export const MAX_ZONES = 200;
const COARSEST = 3;
const FINEST = 8;
/** Mean area of an H3 cell of resolution 0, km2: https://h3geo.org/docs/core-library/restable (each next is a seventh). */
const H3_AREA_0_KM2 = 4_357_449.4;

export type NamedZone = Zone & { readonly name: string };

/** Shapes as zones with ids made from their names. Points without a name become one zone. */
export function zonesOf(shapes: readonly Shape[], bufferKm: number): Record<string, NamedZone> {
  const nameless = shapes.flatMap((shape) => (shape.kind === "points" && shape.name === undefined ? shape.points : []));
  const named = shapes.filter(({ kind, name }) => kind !== "points" || name !== undefined);
  const all: Shape[] = nameless.length === 0 ? named : [...named, { kind: "points", name: "Points", points: nameless }];
  const zones: Record<string, NamedZone> = {};
  for (const shape of all) {
    const name = shape.name ?? (shape.kind === "line" ? "Line" : "Area");
    const id = unusedId(slugOf(name) || "zone", zones);
    zones[id] = { name, ...zoneOf(shape, bufferKm) };
  }
  return zones;
}

function zoneOf(shape: Shape, bufferKm: number): Zone {
  if (shape.kind === "line") return { bufferKm, line: shape.line };
  return shape.kind === "polygon" ? { polygon: shape.polygon } : { radiusKm: bufferKm, points: shape.points };
}

/** `Лінія 1` has no Latin letter: then empty. At most 40 characters, so that request ids made from it fit. */
export function slugOf(name: string): string {
  const latin = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return latin
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}

function unusedId(wanted: string, taken: Readonly<Record<string, unknown>>): string {
  const reserved = ["constructor", "prototype"].includes(wanted);
  let id = reserved ? `${wanted}-1` : wanted;
  for (let n = 2; Object.hasOwn(taken, id); n++) id = `${wanted}-${n}`;
  return id;
}

/** The finest resolution, at most 8, whose cells are at most `MAX_CELLS`; `undefined` where even the coarsest has more. */
export function h3ResolutionOf(
  zones: readonly Zone[],
): { readonly resolution: number; readonly cells: number } | undefined {
  for (let resolution = FINEST; resolution >= COARSEST; resolution--) {
    // Cells vary by about a factor of two over the globe: only a plain excess is believed without counting.
    if (estimatedCells(zones, resolution) > 2 * MAX_CELLS) continue;
    const cells = cellCountOf(zones, resolution);
    if (cells <= MAX_CELLS) return { resolution, cells };
  }
  return undefined;
}

/** By area alone, so that nothing is laid out; within a factor of two. */
export function estimatedCells(zones: readonly Zone[], resolution: number): number {
  return Math.round(zones.reduce((sum, zone) => sum + areaKm2(zone), 0) / (H3_AREA_0_KM2 / 7 ** resolution));
}

/** What is wrong with cells of this size, before any is laid out; `undefined` where nothing is. */
export function cellCountProblem(zones: readonly Zone[], resolution: number): string | undefined {
  const cells = estimatedCells(zones, resolution);
  if (cells <= MOST_CELLS) return undefined;
  return `about ${cells} cells: expected at most ${MOST_CELLS}; choose a lower resolution, or smaller zones`;
}

/** A cell of two zones counts once. */
export function cellCountOf(zones: readonly Zone[], resolution: number): number {
  return new Set(zones.flatMap((zone) => cellsOf(zone, resolution))).size;
}

interface Wish {
  readonly kinds: readonly string[];
  readonly resolutionM: number;
  readonly revisitH: number;
  readonly latencyH: number;
  readonly priority: number;
}

/** Generic wishes, for a person to change: any look twice a day, radar through cloud daily, sharp optical every two days. */
const WISHES: Readonly<Record<string, Wish>> = {
  any: { kinds: ["optical", "radar", "thermal"], resolutionM: 30, revisitH: 12, latencyH: 12, priority: 3 },
  radar: { kinds: ["radar"], resolutionM: 5, revisitH: 24, latencyH: 6, priority: 1 },
  optical: { kinds: ["optical"], resolutionM: 1, revisitH: 48, latencyH: 12, priority: 2 },
};

export function requestsOver(
  zoneIds: readonly string[],
  nation: string,
): Record<string, Wish & { zone: string; nation: string }> {
  return Object.fromEntries(
    zoneIds.flatMap((zone) =>
      Object.entries(WISHES).map(([name, wish]) => [`${zone}-${name}`, { zone, nation, ...wish }] as const),
    ),
  );
}

/** Middle of the places, for a person to see that the line lies where it should. */
export function middleOf(places: readonly Place[]): string {
  let [x, y, z] = [0, 0, 0];
  for (const { latitudeDeg, longitudeDeg } of places) {
    const [lat, lon] = [(latitudeDeg * Math.PI) / 180, (longitudeDeg * Math.PI) / 180];
    x += Math.cos(lat) * Math.cos(lon);
    y += Math.cos(lat) * Math.sin(lon);
    z += Math.sin(lat);
  }
  const latitude = (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI;
  const longitude = (Math.atan2(y, x) * 180) / Math.PI;
  const north = `${Math.abs(latitude).toFixed(2)} ${latitude < 0 ? "S" : "N"}`;
  return `${north}, ${Math.abs(longitude).toFixed(2)} ${longitude < 0 ? "W" : "E"}`;
}
