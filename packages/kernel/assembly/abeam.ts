/**
 * When cells come abeam of one satellite within one step between nodes, and how it sees them then; 64 cells at a time.
 *
 * Between nodes the position r(u) is the cubic Hermite interpolant and v(u) its derivative, u from 0 to 1. A cell p is
 * abeam where h(u) = (p - r) . v = 0: p meets three constant vectors, and r . v is one quintic for all cells of a step.
 */
import { A, A1, B, C, NADIR, NADIR_CHANGE, Q, Q1, R, SUN, SUN_CHANGE } from "./abeam-step";
import { add, both, div, mul, ONE, sub } from "./vector";

const ZERO: usize = memory.data<f64>([0]);
const THREE: usize = memory.data<f64>([3]);
const FOUR: usize = memory.data<f64>([4]);
/** Part of a step that a last round may move by: 12 ms of 120 s, whose own rest is far below a millisecond. */
const SETTLED: usize = memory.data<f64>([1e-4]);
const FIVE: usize = memory.data<f64>([5]);

/** Cells are looked at in words of 64: one array of doubles in `work` each. */
export const WORD: usize = 64;
const PLANE: usize = WORD * 8;
export const U: usize = 0;
/** All bits set where the cell is abeam within the step. */
export const WITHIN: usize = 1;
/** Square of the range; the range times the sine of elevation; sine of the Sun's elevation. */
export const RANGE2: usize = 2;
export const RISE: usize = 3;
export const SUN_SINE: usize = 4;
/** Range times length of the nadir vector times cosine of off-nadir; the square of the first two factors. */
export const DOWN: usize = 5;
export const DOWN2: usize = 6;
/** p . (r x v): left of the flight is positive; and the square of |r x v|. */
export const ACROSS: usize = 7;
export const ACROSS2: usize = 8;
const X: usize = 9;
const Y: usize = 10;
const Z: usize = 11;
export const WORK_LENGTH: usize = 12 * WORD;

// @ts-ignore: decorator
@inline function c(step: usize, place: usize): v128 {
  return both(step + (place << 3));
}
/** The vector at a place times (x, y, z). */
// @ts-ignore: decorator
@inline function along(step: usize, place: usize, x: v128, y: v128, z: v128): v128 {
  return add(add(mul(x, c(step, place)), mul(y, c(step, place + 1))), mul(z, c(step, place + 2)));
}

/**
 * Moments abeam of 64 cells, `U` and `WITHIN`, by Newton from the chord: two rounds with one slope settle it in low orbits.
 * `cells`: x, y and z (km) and the unit vertical, six arrays of 64 doubles, one after another; NaN for none.
 * @returns whether any is within the step
 */
export function solve(step: usize, cells: usize, work: usize): bool {
  let any = i64x2.splat(0);
  let open = i64x2.splat(0);
  for (let i: usize = 0; i < PLANE; i += 16) {
    const x = v128.load(cells + i);
    const y = v128.load(cells + PLANE + i);
    const z = v128.load(cells + 2 * PLANE + i);
    const e0 = add(along(step, A, x, y, z), c(step, Q));
    const h1 = add(along(step, A1, x, y, z), c(step, Q1));
    const within = v128.and(f64x2.ge(e0, both(ZERO)), f64x2.lt(h1, both(ZERO)));
    any = v128.or(any, within);
    v128.store(work + WITHIN * PLANE + i, within);
    const e1 = add(along(step, B, x, y, z), c(step, Q + 1));
    const e2 = add(along(step, C, x, y, z), c(step, Q + 2));
    let u = div(e0, sub(e0, h1));
    const u2 = mul(u, u);
    const slopeHigh = add(mul(c(step, Q + 3), both(THREE)), mul(u, mul(c(step, Q + 4), both(FOUR))));
    const slope = add(
      add(e1, mul(u, add(e2, e2))),
      mul(u2, add(slopeHigh, mul(u2, mul(c(step, Q + 5), both(FIVE))))),
    );
    const inverse = div(both(ONE), slope);
    u = sub(u, mul(valueAt(step, u, e0, e1, e2), inverse));
    const last = mul(valueAt(step, u, e0, e1, e2), inverse);
    u = sub(u, last);
    // Also where it is no number.
    open = v128.or(open, v128.andnot(within, f64x2.le(f64x2.abs(last), both(SETTLED))));
    v128.store(work + U * PLANE + i, f64x2.pmin(f64x2.pmax(u, both(ZERO)), both(ONE)));
  }
  if (v128.any_true(open)) settle(step, cells, work);
  return v128.any_true(any);
}

/** Cells one by one, Newton between ever closer bounds: far out in an eccentric orbit the slope is small and turns. */
function settle(step: usize, cells: usize, work: usize): void {
  for (let i: usize = 0; i < PLANE; i += 8) {
    if (load<u64>(work + WITHIN * PLANE + i) === 0) continue;
    const x = load<f64>(cells + i);
    const y = load<f64>(cells + PLANE + i);
    const z = load<f64>(cells + 2 * PLANE + i);
    const e0 = meets(step, A, x, y, z) + load<f64>(step + (Q << 3));
    const e1 = meets(step, B, x, y, z) + load<f64>(step + (Q << 3), 8);
    const e2 = meets(step, C, x, y, z) + load<f64>(step + (Q << 3), 16);
    const q3 = load<f64>(step + (Q << 3), 24);
    const q4 = load<f64>(step + (Q << 3), 32);
    const q5 = load<f64>(step + (Q << 3), 40);
    let low = 0.0;
    let high = 1.0;
    let u = 0.5;
    for (let round = 0; round < 60; round++) {
      const value = e0 + u * (e1 + u * (e2 + u * (q3 + u * (q4 + u * q5))));
      if (value >= 0.0) low = u;
      else high = u;
      const slope = e1 + u * (2.0 * e2 + u * (3.0 * q3 + u * (4.0 * q4 + u * 5.0 * q5)));
      const next = u - value / slope;
      const to = next >= low && next <= high ? next : 0.5 * (low + high);
      const isClose = abs<f64>(to - u) < 1e-9;
      u = to;
      if (isClose) break;
    }
    store<f64>(work + U * PLANE + i, u);
  }
}

// @ts-ignore: decorator
@inline function meets(step: usize, place: usize, x: f64, y: f64, z: f64): f64 {
  const at = step + (place << 3);
  return x * load<f64>(at) + y * load<f64>(at, 8) + z * load<f64>(at, 16);
}

// @ts-ignore: decorator
@inline function valueAt(step: usize, u: v128, e0: v128, e1: v128, e2: v128): v128 {
  const u2 = mul(u, u);
  const low = add(e0, mul(u, e1));
  const middle = add(e2, mul(u, c(step, Q + 3)));
  const high = add(c(step, Q + 4), mul(u, c(step, Q + 5)));
  return add(low, mul(u2, add(middle, mul(u2, high))));
}

/** Where the satellite is at the moments abeam, and `RANGE2`, `RISE` and `SUN_SINE`. */
export function look(step: usize, cells: usize, work: usize): void {
  for (let i: usize = 0; i < PLANE; i += 16) {
    const w = work + i;
    const u = v128.load(w + U * PLANE);
    const x = at3(step, R, u);
    const y = at3(step, R + 1, u);
    const z = at3(step, R + 2, u);
    v128.store(w + X * PLANE, x);
    v128.store(w + Y * PLANE, y);
    v128.store(w + Z * PLANE, z);
    const dx = sub(v128.load(cells + i), x);
    const dy = sub(v128.load(cells + PLANE + i), y);
    const dz = sub(v128.load(cells + 2 * PLANE + i), z);
    v128.store(w + RANGE2 * PLANE, add(add(mul(dx, dx), mul(dy, dy)), mul(dz, dz)));
    const ux = v128.load(cells + 3 * PLANE + i);
    const uy = v128.load(cells + 4 * PLANE + i);
    const uz = v128.load(cells + 5 * PLANE + i);
    v128.store(w + RISE * PLANE, f64x2.neg(add(add(mul(dx, ux), mul(dy, uy)), mul(dz, uz))));
    v128.store(w + SUN_SINE * PLANE, add(along(step, SUN, ux, uy, uz), mul(u, along(step, SUN_CHANGE, ux, uy, uz))));
  }
}

/** `DOWN` and `DOWN2`, after `look`: what bands of off-nadir ask for. */
export function lookDown(step: usize, cells: usize, work: usize): void {
  for (let i: usize = 0; i < PLANE; i += 16) {
    const w = work + i;
    const x = v128.load(w + X * PLANE);
    const y = v128.load(w + Y * PLANE);
    const z = v128.load(w + Z * PLANE);
    const q = add(c(step, NADIR), mul(v128.load(w + U * PLANE), c(step, NADIR_CHANGE)));
    const nx = mul(x, q);
    const ny = mul(y, q);
    const dx = sub(x, v128.load(cells + i));
    const dy = sub(y, v128.load(cells + PLANE + i));
    const dz = sub(z, v128.load(cells + 2 * PLANE + i));
    v128.store(w + DOWN * PLANE, add(add(mul(dx, nx), mul(dy, ny)), mul(dz, z)));
    const n2 = add(add(mul(nx, nx), mul(ny, ny)), mul(z, z));
    v128.store(w + DOWN2 * PLANE, mul(n2, v128.load(w + RANGE2 * PLANE)));
  }
}

/** `ACROSS` and `ACROSS2`, after `look`: what sides, and rows, ask for. */
export function lookAcross(step: usize, cells: usize, work: usize): void {
  for (let i: usize = 0; i < PLANE; i += 16) {
    const w = work + i;
    const u = v128.load(w + U * PLANE);
    const x = v128.load(w + X * PLANE);
    const y = v128.load(w + Y * PLANE);
    const z = v128.load(w + Z * PLANE);
    const vx = at2(step, A, u);
    const vy = at2(step, A + 1, u);
    const vz = at2(step, A + 2, u);
    const wx = sub(mul(y, vz), mul(z, vy));
    const wy = sub(mul(z, vx), mul(x, vz));
    const wz = sub(mul(x, vy), mul(y, vx));
    const px = v128.load(cells + i);
    const py = v128.load(cells + PLANE + i);
    const pz = v128.load(cells + 2 * PLANE + i);
    v128.store(w + ACROSS * PLANE, add(add(mul(px, wx), mul(py, wy)), mul(pz, wz)));
    v128.store(w + ACROSS2 * PLANE, add(add(mul(wx, wx), mul(wy, wy)), mul(wz, wz)));
  }
}

/** Cubic and quadratic of one axis. */
// @ts-ignore: decorator
@inline function at3(step: usize, place: usize, u: v128): v128 {
  const low = add(c(step, place), mul(u, c(step, place + 3)));
  return add(low, mul(mul(u, u), add(c(step, place + 6), mul(u, c(step, place + 9)))));
}
// @ts-ignore: decorator
@inline function at2(step: usize, place: usize, u: v128): v128 {
  return add(c(step, place), mul(u, add(c(step, place + 3), mul(u, c(step, place + 6)))));
}
