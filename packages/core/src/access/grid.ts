/** Cells as arrays, for sweeps. */
import { type Cell, centreOf } from "../geo/cells.ts";
import type { Place } from "../geo/position.ts";
import { ecefOf, upOf } from "../geo/wgs84.ts";

/** Cell centres on the ellipsoid. Memory comes from `allocate`: shared, where threads are to read it. */
export interface CellGrid {
  readonly count: number;
  /** Stride 3, ECEF, km. */
  readonly pEcefKm: Float64Array;
  /** Stride 3, unit vertical, ECEF. */
  readonly up: Float64Array;
  /** A cap that holds every centre: unit vector of its middle, and its radius. */
  readonly cap: { readonly x: number; readonly y: number; readonly z: number; readonly radiusRad: number };
}

export function gridOf(
  cells: readonly Cell[],
  allocate: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): CellGrid {
  return gridOfPlaces(cells.map(centreOf), allocate);
}

/** The same of places of any kind: points along a line. */
export function gridOfPlaces(
  places: readonly Place[],
  allocate: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): CellGrid {
  const pEcefKm = new Float64Array(allocate(24 * places.length));
  const up = new Float64Array(allocate(24 * places.length));
  const sites = places.map((place, i) => ({ id: `${i}`, ...place, heightM: 0 }));
  sites.forEach((site, i) => {
    const { xKm, yKm, zKm } = ecefOf(site);
    pEcefKm.set([xKm, yKm, zKm], 3 * i);
    up.set(upOf(site), 3 * i);
  });
  return { count: places.length, pEcefKm, up, cap: capOf(pEcefKm) };
}

function capOf(p: Float64Array): CellGrid["cap"] {
  let [x, y, z] = [0, 0, 0];
  for (let k = 0; k < p.length; k += 3) {
    const norm = Math.hypot(p[k] as number, p[k + 1] as number, p[k + 2] as number);
    x += (p[k] as number) / norm;
    y += (p[k + 1] as number) / norm;
    z += (p[k + 2] as number) / norm;
  }
  const norm = Math.hypot(x, y, z) || 1;
  [x, y, z] = [x / norm, y / norm, z / norm];
  let minCos = 1;
  for (let k = 0; k < p.length; k += 3) {
    const [px, py, pz] = [p[k] as number, p[k + 1] as number, p[k + 2] as number];
    minCos = Math.min(minCos, (px * x + py * y + pz * z) / Math.hypot(px, py, pz));
  }
  return { x, y, z, radiusRad: Math.acos(Math.max(-1, minCos)) };
}
