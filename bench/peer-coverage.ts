/** The peer's coverage: for each cell the steps at which the distance is least, a parabola through three, then the angles. */
import type { CellGrid } from "@vedette/core/access/grid";
import type { Interval } from "@vedette/core/time/instant";
import { eciToGeodetic } from "satellite.js";
import { PEER_STEP_MS, type Peer, steppedPositions, type Vector } from "./peer.ts";

const DEG = Math.PI / 180;
const EARTH_KM = 6371;
/** The ellipsoid, and the cells' own vertical: what the peer's horizon allows for. */
const HORIZON_MARGIN_RAD = 0.02;

/** A satellite at its nearest to a cell, above the cell's horizon; whether a sensor accepts it is a further question. */
export interface Approach {
  readonly cell: number;
  readonly atMs: number;
  readonly offNadirDeg: number;
  readonly incidenceDeg: number;
  /** Left of the flight is positive; only its sign matters. */
  readonly side: number;
}

/** One pair: the satellite propagated anew for the cell. */
export function steppedApproaches(satellite: Peer, grid: CellGrid, cell: number, span: Interval): Approach[] {
  const positions = steppedPositions(satellite, spanWithEnds(span));
  return approachesTo(satellite, grid, cell, span, positions, [[1, positions.length - 2]]);
}

/** All cells: the satellite propagated once, and steps left out while it is below the horizon of every cell. */
export function sharedApproaches(satellite: Peer, grid: CellGrid, span: Interval): Approach[] {
  const positions = steppedPositions(satellite, spanWithEnds(span));
  const stretches = stretchesInView(positions, grid.cap);
  const found: Approach[] = [];
  for (let cell = 0; cell < grid.count; cell++)
    found.push(...approachesTo(satellite, grid, cell, span, positions, stretches));
  return found;
}

/** A step more on either side, so that an approach at an end of the span shows. */
const spanWithEnds = ({ start, end }: Interval) => ({ start: start - PEER_STEP_MS, end: end + PEER_STEP_MS });

function stretchesInView(positions: readonly Vector[], cap: CellGrid["cap"]): [number, number][] {
  const found: [number, number][] = [];
  for (let i = 1; i < positions.length - 1; i++) {
    const { x, y, z } = positions[i] as Vector;
    const radius = Math.hypot(x, y, z);
    const limit = cap.radiusRad + Math.acos(EARTH_KM / radius) + HORIZON_MARGIN_RAD;
    if (x * cap.x + y * cap.y + z * cap.z < radius * Math.cos(limit)) continue;
    const last = found.at(-1);
    if (last?.[1] === i - 1) last[1] = i;
    else found.push([i, i]);
  }
  return found;
}

function approachesTo(
  satellite: Peer,
  { pEcefKm, up }: CellGrid,
  cell: number,
  { start, end }: Interval,
  positions: readonly Vector[],
  stretches: readonly (readonly [number, number])[],
): Approach[] {
  const place = tripleAt(pEcefKm, cell);
  const vertical = tripleAt(up, cell);
  const [px, py, pz] = place;
  const squareAt = (i: number) => {
    const { x, y, z } = positions[i] as Vector;
    return (x - px) ** 2 + (y - py) ** 2 + (z - pz) ** 2;
  };
  const found: Approach[] = [];
  for (const [first, last] of stretches) {
    let [before, here] = [squareAt(first - 1), squareAt(first)];
    for (let i = first; i <= last; i++) {
      const after = squareAt(i + 1);
      const isNearest = here <= before && here < after;
      const shift = (0.5 * (before - after)) / (before - 2 * here + after);
      [before, here] = [here, after];
      if (!isNearest) continue;
      const atMs = start + (i - 1 + shift) * PEER_STEP_MS;
      if (atMs < start || atMs >= end) continue;
      const approach = approachAt(satellite, cell, atMs, place, vertical);
      if (approach !== undefined) found.push(approach);
    }
  }
  return found;
}

type Triple = readonly [number, number, number];

function approachAt(satellite: Peer, cell: number, atMs: number, p: Triple, up: Triple): Approach | undefined {
  const r = satellite(atMs);
  const d: Triple = [p[0] - r.x, p[1] - r.y, p[2] - r.z];
  const range = Math.hypot(...d);
  const cosIncidence = -dot(d, up) / range;
  if (cosIncidence <= 0) return undefined;
  const { latitude, longitude } = eciToGeodetic(r, 0);
  const cos = Math.cos(latitude);
  const nadir: Triple = [-cos * Math.cos(longitude), -cos * Math.sin(longitude), -Math.sin(latitude)];
  const next = satellite(atMs + 1000);
  const forward: Triple = [next.x - r.x, next.y - r.y, next.z - r.z];
  return {
    cell,
    atMs,
    offNadirDeg: Math.acos(Math.min(1, dot(d, nadir) / range)) / DEG,
    incidenceDeg: Math.acos(Math.min(1, cosIncidence)) / DEG,
    side: dot(d, cross([r.x, r.y, r.z], forward)),
  };
}

const tripleAt = (values: Float64Array, i: number): Triple => [
  values[3 * i] as number,
  values[3 * i + 1] as number,
  values[3 * i + 2] as number,
];
const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Triple, b: Triple): Triple => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
