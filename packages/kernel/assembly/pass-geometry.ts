/** One satellite seen from one site at one instant: interpolated, and by SGP4 itself. */
import * as K from "../src/pass-plan";
import { propagate } from "./propagate";
import { gmstRad } from "./time";

// What `seen` and `seenBySgp4` found; each thread's instance has its own.
/** Height above the cone of the mask, km: the vertical part of the range less the range times the sine of the mask. */
export let heightKm: f64 = 0.0;
/** Its slope, km a base step. */
export let slope: f64 = 0.0;
export let rangeKm: f64 = 0.0;
/** Sine of the elevation, and its slope a base step. */
export let sine: f64 = 0.0;
export let sineSlope: f64 = 0.0;

/** A number of the plan. */
// @ts-ignore: decorator
@inline export function at(plan: usize, field: usize): f64 {
  return load<f64>(plan + (field << 3));
}
/** The same as a whole number: from the copy that `open` makes, because turning one into the other costs ten instructions. */
// @ts-ignore: decorator
@inline export function whole(plan: usize, field: usize): usize {
  return load<u32>(plan + (K.PLAN_LENGTH << 3) + (field << 2));
}
// @ts-ignore: decorator
@inline export function int(plan: usize, field: usize): i32 {
  return load<i32>(plan + (K.PLAN_LENGTH << 3) + (field << 2));
}
/** Before anything else is done with a plan that the caller has changed. */
export function open(plan: usize): void {
  for (let field: usize = 0; field < <usize>K.PLAN_LENGTH; field++) {
    store<i32>(plan + (K.PLAN_LENGTH << 3) + (field << 2), <i32>(<i64>load<f64>(plan + (field << 3))));
  }
}

/** At so many base steps after base node 0. */
export function seen(plan: usize, site: usize, steps: f64): void {
  const k = <usize>max(0.0, floor(steps));
  const u = steps - <f64>k;
  const knot = whole(plan, K.KNOTS) + k * K.KNOT_BYTES;
  let up = 0.0;
  let square = 0.0;
  let upRate = 0.0;
  let along = 0.0;
  for (let axis: usize = 0; axis < 3; axis++) {
    const p = knot + (axis << 3);
    const r0 = load<f64>(p);
    const v0 = load<f64>(p, 24);
    const a0 = load<f64>(p, 48);
    const da = load<f64>(p, K.KNOT_BYTES + 48) - a0;
    // Hermite of the fifth degree, from its left end on.
    const d = load<f64>(p, K.KNOT_BYTES) - r0 - v0 - a0;
    const e = load<f64>(p, K.KNOT_BYTES + 24) - v0 - 2.0 * a0;
    const c3 = 10.0 * d - 4.0 * e + da;
    const c4 = 7.0 * e - 15.0 * d - 2.0 * da;
    const c5 = 6.0 * d - 3.0 * e + da;
    const offset = r0 - load<f64>(site + (axis << 3), K.PLACE << 3);
    const x = offset + u * (v0 + u * (a0 + u * (c3 + u * (c4 + u * c5))));
    const v = v0 + u * (2.0 * a0 + u * (3.0 * c3 + u * (4.0 * c4 + u * (5.0 * c5))));
    const n = load<f64>(site + (axis << 3), K.UP << 3);
    up += x * n;
    upRate += v * n;
    square += x * x;
    along += x * v;
  }
  finish(site, up, upRate, square, along);
}

function finish(site: usize, up: f64, upRate: f64, square: f64, along: f64): void {
  const sinMask = load<f64>(site, K.SIN_MASK << 3);
  rangeKm = sqrt(square);
  heightKm = up - sinMask * rangeKm;
  slope = upRate - (sinMask * along) / rangeKm;
  sine = up / rangeKm;
  sineSlope = (upRate - (up * along) / square) / rangeKm;
}

/** By SGP4 itself; slopes are then a second, of its own velocity. NaN where it has no answer. */
export function seenBySgp4(plan: usize, site: usize, utcMs: f64): void {
  const one = whole(plan, K.POLISH) + 10 * ((K.POLISH_LENGTH + 2) << 3);
  const sgp4Ms = utcMs - at(plan, K.REBASE_MS);
  const gmst = gmstRad(sgp4Ms);
  store<f64>(one, sgp4Ms);
  store<f64>(one, gmst, 16);
  store<f64>(one, gmst, 24);
  propagate(whole(plan, K.SATELLITE), one, one + 16, 1, one + 32, 16, whole(plan, K.WORK));
  seenFrom(site, one + 32, 16);
}

/** From a state: six doubles, `stride` bytes apart. */
export function seenFrom(site: usize, state: usize, stride: usize): void {
  let up = 0.0;
  let square = 0.0;
  let upRate = 0.0;
  let along = 0.0;
  for (let axis: usize = 0; axis < 3; axis++) {
    const x = load<f64>(state + axis * stride) - load<f64>(site + (axis << 3), K.PLACE << 3);
    const v = load<f64>(state + (axis + 3) * stride);
    const n = load<f64>(site + (axis << 3), K.UP << 3);
    up += x * n;
    upRate += v * n;
    square += x * x;
    along += x * v;
  }
  finish(site, up, upRate, square, along);
}

/** A function of the instant that a root is sought of: sine of the elevation above the mask, by SGP4. */
export function aboveMask(plan: usize, site: usize, utcMs: f64): f64 {
  seenBySgp4(plan, site, utcMs);
  return sine - load<f64>(site, K.SIN_MASK << 3);
}

/** Where `aboveMask` changes sign between two instants, to a hundredth of a millisecond: false position, Illinois (Dowell and Jarratt 1971), then halves. */
export function crossingBySgp4(plan: usize, site: usize, fromMs: f64, toMs: f64): f64 {
  let a = fromMs;
  let b = toMs;
  let fa = aboveMask(plan, site, a);
  let fb = aboveMask(plan, site, b);
  if (fa >= 0 == fb >= 0) return abs(fa) <= abs(fb) ? a : b;
  const isRise = fb >= 0;
  let side = 0;
  for (let n = 0; n < 100 && b - a > 0.01; n++) {
    // Never nearer to an end than the tolerance's half: a bracket shrinks from both.
    const x = n < 40 ? max(a + 0.004, min(b - 0.004, (fb * a - fa * b) / (fb - fa))) : 0.5 * (a + b);
    const f = aboveMask(plan, site, x);
    if (f >= 0 == isRise) {
      b = x;
      fb = f;
      if (side == 1) fa *= 0.5;
      side = 1;
    } else {
      a = x;
      fa = f;
      if (side == -1) fb *= 0.5;
      side = -1;
    }
  }
  return 0.5 * (a + b);
}
