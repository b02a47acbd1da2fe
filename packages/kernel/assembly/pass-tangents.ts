/** Steps within which the height above the mask turns: whether it crosses there and back, and when. */
import * as K from "../src/pass-plan";
import { edgeBetween } from "./pass-edges";
import { aboveMask, at, crossingBySgp4, heightKm, rangeKm, seen, slope } from "./pass-geometry";

/** Interpolation moves the sine of an elevation by less than this: within it, SGP4 itself decides. */
const NEAR_SIN: f64 = 5e-5;

/**
 * In orbits below this the height is concave wherever it is near zero: gravity bends it down by 4e-3 km/s2 or more, and so does the
 * range; the turning Earth bends it up by 1.1e-3 at most (2 w v).
 */
const MOST_CONCAVE_KM: f64 = 8500.0;

/** Where the mask is crossed and crossed back, ms; each thread's instance has its own. */
export let tangentFrom: f64 = 0.0;
export let tangentTo: f64 = 0.0;

/**
 * Where the height turns next to a scan node that is higher than both its neighbours (`sign` 1), or lower (-1).
 * @returns 1 after it, -1 before it, 0 where the turn cannot reach the mask: no farther than the node's tangent does in a step
 */
export function sideOfTurn(plan: usize, site: usize, node: i32, sign: f64): i32 {
  const fill = at(plan, K.FILL);
  seen(plan, site, <f64>node / fill);
  const margin = NEAR_SIN * rangeKm + 2.0 * at(plan, K.ERROR_KM);
  if (sign > 0 && at(plan, K.MAX_KM) < MOST_CONCAVE_KM && heightKm + abs(slope) / fill < -margin) return 0;
  return slope * sign > 0 ? 1 : -1;
}

/** Looks for a turn between two instants, in base steps. @returns whether the mask is crossed about it */
export function extremum(plan: usize, site: usize, from: f64, to: f64): bool {
  seen(plan, site, from);
  const isPeak = heightKm < 0;
  const h0 = heightKm;
  const s0 = slope;
  seen(plan, site, to);
  if (isPeak ? !(s0 > 0 && slope < 0) : !(s0 < 0 && slope > 0)) return false;
  if (isPeak && at(plan, K.MAX_KM) < MOST_CONCAVE_KM) {
    // No higher than where the tangents at both ends meet.
    const meet = (heightKm - h0 - slope * (to - from)) / (s0 - slope);
    if (h0 + s0 * meet < -NEAR_SIN * rangeKm - 2.0 * at(plan, K.ERROR_KM)) return false;
  }
  const x = turnIn(plan, site, from, to, s0, slope);
  seen(plan, site, x);
  const stepMs = at(plan, K.BASE_STEP_MS);
  const base = floor(x);
  if (abs(heightKm) < max(NEAR_SIN * rangeKm, 2.0 * at(plan, K.ERROR_KM))) {
    return nearTangent(plan, site, at(plan, K.FIRST_MS) + base * stepMs + (x - base) * stepMs, isPeak ? 1.0 : -1.0);
  }
  if (heightKm < 0 == isPeak) return false;
  tangentFrom = edgeBetween(plan, site, from, x);
  tangentTo = edgeBetween(plan, site, x, to);
  return true;
}

/** Where the slope of the height is zero, in base steps: false position with the Illinois step (Dowell and Jarratt 1971). */
function turnIn(plan: usize, site: usize, from: f64, to: f64, slopeFrom: f64, slopeTo: f64): f64 {
  let a = from;
  let b = to;
  let fa = slopeFrom;
  let fb = slopeTo;
  let side = 0;
  let x = a;
  for (let n = 0; n < 60 && b - a > 1e-7; n++) {
    const last = x;
    x = n < 30 ? (fb * a - fa * b) / (fb - fa) : 0.5 * (a + b);
    seen(plan, site, x);
    if (slope == 0 || abs(x - last) < 1e-9) break;
    if (slope > 0 == slopeTo > 0) {
      b = x;
      fb = slope;
      if (side == 1) fa *= 0.5;
      side = 1;
    } else {
      a = x;
      fa = slope;
      if (side == -1) fb *= 0.5;
      side = -1;
    }
  }
  return x;
}

/** A turn within a hair of the mask: SGP4 itself says whether, and where, the mask is crossed. */
function nearTangent(plan: usize, site: usize, ms: f64, sign: f64): bool {
  let centre = ms;
  // A parabola through three points is exact enough at this scale, 7 s in low orbits; each round centres it.
  let d = at(plan, K.BASE_STEP_MS) / 32.0;
  for (let n = 0; n < 2; n++, d *= 0.1) {
    const left = aboveMask(plan, site, centre - d) * sign;
    const right = aboveMask(plan, site, centre + d) * sign;
    const bend = left + right - 2.0 * aboveMask(plan, site, centre) * sign;
    if (bend < 0) centre += max(-d, min(d, (0.5 * d * (left - right)) / bend));
  }
  if (!(aboveMask(plan, site, centre) * sign >= 0)) return false;
  tangentFrom = crossingBySgp4(plan, site, centre - reachMs(plan, site, centre, -1.0, sign), centre);
  tangentTo = crossingBySgp4(plan, site, centre, centre + reachMs(plan, site, centre, 1.0, sign));
  return true;
}

/** How far from the turn the mask is certainly crossed again: the slower the satellite, the farther. */
function reachMs(plan: usize, site: usize, centre: f64, way: f64, sign: f64): f64 {
  let reach = 8_000.0;
  while (reach < at(plan, K.BASE_STEP_MS) && aboveMask(plan, site, centre + way * reach) * sign >= 0) reach *= 2.0;
  return reach;
}
