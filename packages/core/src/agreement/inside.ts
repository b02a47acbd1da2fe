/**
 * How much of a circle of uncertainty lies in a region. On rays from its middle the stretches inside are found exactly,
 * and the circle's radial distribution is integrated over each: no dice, and no error but that of the angles between rays.
 */
import { capsuleStretch, distanceToKm } from "../geo/buffer.ts";
import type { Located, LocationBasis } from "../geo/located.ts";
import { type PlanePart, planeOf } from "./plane.ts";
import type { Region } from "./region.ts";

const RAYS = 720;
/** Of a circular normal distribution, 95 in 100 lie within so many standard deviations: sqrt(-2 ln 0.05). */
const SIGMAS_95 = 2.447746830680816;
/** Of a normal distribution, 4 in a million lie beyond: taken as nothing. */
const REACH_SIGMAS = 5;
/** A place without radius is a point; the sums below want a length. */
const LEAST_KM = 1e-6;
/** Seams of cut polygons are no edges. */
const SEAM_KM = 1e-3;

export interface Inside {
  readonly share01: number;
  /** From the middle to the region's edge, either side; null where it is out of reach and cannot be told cheaply. */
  readonly edgeKm: number | null;
  readonly isMiddleInside: boolean;
}

/** As the place was found: errors of fixes and statements heap up in the middle, a pixel or an area is the same all over. */
const IS_EVEN: Readonly<Record<LocationBasis, boolean>> = {
  fix: false,
  map: false,
  stated: false,
  pixel: true,
  settlement: true,
  area: true,
};

interface Spread {
  readonly reachKm: number;
  /** Share of the probability within so many kilometres of the middle. */
  readonly within01: (km: number) => number;
}

function spreadOf({ radiusKm, basis }: Located): Spread {
  const km95 = Math.max(radiusKm, LEAST_KM);
  if (IS_EVEN[basis]) {
    const edgeKm = km95 / Math.sqrt(0.95);
    return { reachKm: edgeKm, within01: (km) => Math.min(1, (km / edgeKm) ** 2) };
  }
  const sigmaKm = km95 / SIGMAS_95;
  const reachKm = REACH_SIGMAS * sigmaKm;
  return { reachKm, within01: (km) => (km >= reachKm ? 1 : 1 - Math.exp(-((km / sigmaKm) ** 2) / 2)) };
}

export function insideOf(region: Region, where: Located): Inside {
  const { reachKm, within01 } = spreadOf(where);
  const parts = planeOf(region, where, reachKm);
  let [share, edgeKm, insideRays] = [0, Number.POSITIVE_INFINITY, 0];
  const hasEdges = parts.some(({ ringEdges, pathEdges }) => ringEdges.length + pathEdges.length > 0);
  if (!hasEdges) {
    const isInside = parts.some((part) => part.isInside);
    return { share01: isInside ? 1 : 0, edgeKm: farEdgeKm(region, where, isInside), isMiddleInside: isInside };
  }
  if (parts.some((part) => holdsAll(part, reachKm))) {
    return { share01: 1, edgeKm: farEdgeKm(region, where, true), isMiddleInside: true };
  }
  for (let ray = 0; ray < RAYS; ray++) {
    const angle = ((ray + 0.5) * 2 * Math.PI) / RAYS;
    const stretches = joined(parts.flatMap((part) => stretchesOf(part, Math.cos(angle), Math.sin(angle), reachKm)));
    for (const [from, to] of stretches) {
      share += within01(to) - within01(from);
      if (from > 0) edgeKm = Math.min(edgeKm, from);
      if (to < reachKm) edgeKm = Math.min(edgeKm, to);
    }
    if (stretches[0]?.[0] === 0) insideRays++;
  }
  const isMiddleInside = insideRays > RAYS / 2;
  return {
    share01: Math.min(1, share / RAYS),
    edgeKm: edgeKm < reachKm ? edgeKm : farEdgeKm(region, where, isMiddleInside),
    isMiddleInside,
  };
}

function farEdgeKm(region: Region, where: Located, isInside: boolean): number | null {
  // Inside several parts the nearest edge may be a seam between them.
  if (isInside && region.length > 1) return null;
  const distances = region.map(({ pieces, radiusKm }) => distanceToKm(pieces, where) - radiusKm);
  return distances.length === 0 ? null : Math.abs(Math.min(...distances));
}

/** All that is within reach lies about one stretch of the path: no ray needs to be followed. */
function holdsAll({ pathEdges, radiusKm }: PlanePart, reachKm: number): boolean {
  for (let k = 0; k < pathEdges.length; k += 4) {
    const [x, y] = [pathEdges[k] as number, pathEdges[k + 1] as number];
    const [east, north] = [(pathEdges[k + 2] as number) - x, (pathEdges[k + 3] as number) - y];
    const length2 = east * east + north * north;
    const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(x * east + y * north) / length2));
    if (Math.hypot(x + along * east, y + along * north) + reachKm < radiusKm - SEAM_KM) return true;
  }
  return false;
}

type Stretch = readonly [number, number];

/** Stretches of one ray, from the middle outwards as far as the reach, that lie in a part. */
function stretchesOf(part: PlanePart, cos: number, sin: number, reachKm: number): Stretch[] {
  return [...ringStretches(part, cos, sin, reachKm), ...pathStretches(part, cos, sin, reachKm)];
}

function ringStretches({ ringEdges, isInside }: PlanePart, cos: number, sin: number, reachKm: number): Stretch[] {
  if (ringEdges.length === 0) return isInside ? [[0, reachKm]] : [];
  const crossings: number[] = [];
  for (let k = 0; k < ringEdges.length; k += 4) {
    const [x0, y0, x1, y1] = turned(ringEdges, k, cos, sin);
    if (y0 > 0 === y1 > 0) continue;
    const at = x0 + ((x1 - x0) * y0) / (y0 - y1);
    if (at > 0) crossings.push(at);
  }
  // Each ray counts for itself whether it sets out inside: so a place on the very edge is no trap.
  const near = crossings.filter((at) => at < reachKm).sort((a, b) => a - b);
  const bounds = [...(crossings.length % 2 === 1 ? [0] : []), ...near];
  if (bounds.length % 2 === 1) bounds.push(reachKm);
  return Array.from({ length: bounds.length / 2 }, (_, i) => [bounds[2 * i] as number, bounds[2 * i + 1] as number]);
}

function pathStretches({ pathEdges, radiusKm }: PlanePart, cos: number, sin: number, reachKm: number): Stretch[] {
  const found: Stretch[] = [];
  for (let k = 0; k < pathEdges.length; k += 4) {
    const [x0, y0, x1, y1] = turned(pathEdges, k, cos, sin);
    const stretch = capsuleStretch(x1 - x0, y1 - y0, -y0, radiusKm);
    if (stretch === undefined) continue;
    const [from, to] = [Math.max(0, x0 + stretch[0]), Math.min(reachKm, x0 + stretch[1])];
    if (from < to) found.push([from, to]);
  }
  return found;
}

/** An edge with the ray as its axis. */
function turned(edges: Float64Array, k: number, cos: number, sin: number): [number, number, number, number] {
  const [x0, y0, x1, y1] = [edges[k], edges[k + 1], edges[k + 2], edges[k + 3]] as [number, number, number, number];
  return [x0 * cos + y0 * sin, y0 * cos - x0 * sin, x1 * cos + y1 * sin, y1 * cos - x1 * sin];
}

function joined(stretches: Stretch[]): Stretch[] {
  const out: [number, number][] = [];
  for (const [from, to] of stretches.sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last !== undefined && from <= last[1] + SEAM_KM) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
