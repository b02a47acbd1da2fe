/** Edges two at a time: where to begin, the satellite's path about there, and Newton's steps. */
import * as K from "../src/pass-plan";
import { int, whole } from "./pass-geometry";
import { add, both, div, HALF, mul, ONE, sub } from "./vector";

const MINUS_TWO: usize = memory.data<f64>([-2.0]);
const THREE: usize = memory.data<f64>([3.0]);
const FOUR: usize = memory.data<f64>([4.0]);
const FIVE: usize = memory.data<f64>([5.0]);
const SIX: usize = memory.data<f64>([6.0]);
const SEVEN: usize = memory.data<f64>([7.0]);
const TEN: usize = memory.data<f64>([10.0]);
const FIFTEEN: usize = memory.data<f64>([15.0]);
const SIGN: usize = memory.data<f64>([-0.0]);
/** Of a pair at work, bytes: polynomials of three axes; sine of the mask; half the bend; fraction of the base step; what `newton` found. */
const AXIS_BYTES: usize = 112;
/** Within an axis: the site's vertical. */
const UP: usize = 96;
const SIN: usize = 336;
const HALF_BEND: usize = 352;
export const FRACTION: usize = 368;
export const LAST: usize = 384;
export const BENT: usize = 400;
export const RATE: usize = 416;
export const RANGE: usize = 432;

// @ts-ignore: decorator
@inline function pair(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}
// @ts-ignore: decorator
@inline function siteOf(plan: usize, event: usize): usize {
  return whole(plan, K.SITES) + <usize>load<i32>(event, 28) * (K.SITE_LENGTH << 3);
}
// @ts-ignore: decorator
@inline function stepOf(event: usize): i32 {
  return max(0, load<i32>(event, 24));
}

/** Where two edges begin: the root of the parabola through three nodes. */
// @ts-ignore: decorator
@inline export function begin(plan: usize, first: usize, second: usize, to: usize): void {
  const shift = int(plan, K.FILL) - 1;
  const share = shift == 1 ? both(HALF) : both(ONE);
  const low = f64x2.replace_lane(f64x2.splat(<f64>(stepOf(first) & shift)), 1, <f64>(stepOf(second) & shift));
  const h0 = pair(first, second);
  const bend = pair(first + 16, second + 16);
  const b = sub(sub(pair(first + 8, second + 8), h0), bend);
  const root = f64x2.sqrt(sub(mul(b, b), mul(mul(both(FOUR), bend), h0)));
  // Of its two roots the one where the sign changes as it does between the nodes.
  const guess = div(mul(both(MINUS_TWO), h0), add(b, v128.xor(root, v128.andnot(both(SIGN), h0))));
  v128.store(to, mul(share, add(low, guess)), FRACTION);
  v128.store(to, div(bend, mul(share, share)), HALF_BEND);
  const knots = whole(plan, K.KNOTS);
  const site1 = siteOf(plan, first);
  const site2 = siteOf(plan, second);
  v128.store(to, pair(site1 + (K.SIN_MASK << 3), site2 + (K.SIN_MASK << 3)), SIN);
  expandTwo(knots + <usize>(stepOf(first) >> shift) * K.KNOT_BYTES, knots + <usize>(stepOf(second) >> shift) * K.KNOT_BYTES, site1, site2, to);
}

/** The first of two doubles at each address; the second. */
// @ts-ignore: decorator
@inline function firsts(a: usize, b: usize): v128 {
  return i64x2.shuffle(v128.load(a), v128.load(b), 0, 2);
}
// @ts-ignore: decorator
@inline function seconds(a: usize, b: usize): v128 {
  return i64x2.shuffle(v128.load(a), v128.load(b), 1, 3);
}

/** From knots and sites, in the order in which they hold their doubles. */
// @ts-ignore: decorator
@inline function expandTwo(a: usize, b: usize, site1: usize, site2: usize, to: usize): void {
  const c = a + K.KNOT_BYTES;
  const d = b + K.KNOT_BYTES;
  expand(to, firsts(a, b), seconds(a + 16, b + 16), firsts(a + 48, b + 48), firsts(c, d), seconds(c + 16, d + 16), firsts(c + 48, d + 48), seconds(site1 + 16, site2 + 16), firsts(site1, site2));
  expand(to + AXIS_BYTES, seconds(a, b), firsts(a + 32, b + 32), seconds(a + 48, b + 48), seconds(c, d), firsts(c + 32, d + 32), seconds(c + 48, d + 48), firsts(site1 + 32, site2 + 32), seconds(site1, site2));
  expand(to + 2 * AXIS_BYTES, firsts(a + 16, b + 16), seconds(a + 32, b + 32), firsts(a + 64, b + 64), firsts(c + 16, d + 16), seconds(c + 32, d + 32), firsts(c + 64, d + 64), seconds(site1 + 32, site2 + 32), firsts(site1 + 16, site2 + 16));
}

/** Hermite's polynomial of the fifth degree along one axis, from the site on: six coefficients, and the site's vertical. */
// @ts-ignore: decorator
@inline function expand(to: usize, r: v128, v: v128, a: v128, r1: v128, v1: v128, a1: v128, place: v128, up: v128): void {
  const d = sub(sub(sub(r1, r), v), a);
  const e = sub(sub(v1, v), add(a, a));
  const f = sub(a1, a);
  v128.store(to, sub(r, place));
  v128.store(to, v, 16);
  v128.store(to, a, 32);
  v128.store(to, add(sub(mul(both(TEN), d), mul(both(FOUR), e)), f), 48);
  v128.store(to, sub(sub(mul(both(SEVEN), e), mul(both(FIFTEEN), d)), add(f, f)), 64);
  v128.store(to, add(sub(mul(both(SIX), d), mul(both(THREE), e)), f), 80);
  v128.store(to, up, 96);
}

/** Along one axis: value and slope at `w`, whose square and fourth power come along. */
// @ts-ignore: decorator
@inline function valueAt(p: usize, w: v128, w2: v128, w4: v128): v128 {
  const low = add(v128.load(p), mul(w, v128.load(p, 16)));
  const middle = add(v128.load(p, 32), mul(w, v128.load(p, 48)));
  const high = add(v128.load(p, 64), mul(w, v128.load(p, 80)));
  return add(add(low, mul(w2, middle)), mul(w4, high));
}
// @ts-ignore: decorator
@inline function slopeAt(p: usize, w: v128, w2: v128, w4: v128): v128 {
  const c2 = v128.load(p, 32);
  const low = add(v128.load(p, 16), mul(w, add(c2, c2)));
  const middle = add(mul(both(THREE), v128.load(p, 48)), mul(mul(both(FOUR), w), v128.load(p, 64)));
  return add(add(low, mul(w2, middle)), mul(mul(both(FIVE), w4), v128.load(p, 80)));
}
// @ts-ignore: decorator
@inline function dot(ax: v128, ay: v128, az: v128, bx: v128, by: v128, bz: v128): v128 {
  return add(add(mul(ax, bx), mul(ay, by)), mul(az, bz));
}

/** One step towards the edges of a pair, that allows for the bend. */
// @ts-ignore: decorator
@inline export function newton(pairAt: usize): void {
  const w = v128.load(pairAt, FRACTION);
  const w2 = mul(w, w);
  const w4 = mul(w2, w2);
  const x = valueAt(pairAt, w, w2, w4);
  const y = valueAt(pairAt + AXIS_BYTES, w, w2, w4);
  const z = valueAt(pairAt + 2 * AXIS_BYTES, w, w2, w4);
  const vx = slopeAt(pairAt, w, w2, w4);
  const vy = slopeAt(pairAt + AXIS_BYTES, w, w2, w4);
  const vz = slopeAt(pairAt + 2 * AXIS_BYTES, w, w2, w4);
  const ux = v128.load(pairAt, UP);
  const uy = v128.load(pairAt, AXIS_BYTES + UP);
  const uz = v128.load(pairAt, 2 * AXIS_BYTES + UP);
  const sin = v128.load(pairAt, SIN);
  const range = f64x2.sqrt(dot(x, y, z, x, y, z));
  const rate = sub(dot(vx, vy, vz, ux, uy, uz), mul(sin, div(dot(x, y, z, vx, vy, vz), range)));
  const inv = div(both(ONE), rate);
  const step = mul(sub(dot(x, y, z, ux, uy, uz), mul(sin, range)), inv);
  const bent = mul(mul(mul(step, step), v128.load(pairAt, HALF_BEND)), inv);
  v128.store(pairAt, sub(w, add(step, bent)), FRACTION);
  v128.store(pairAt, step, LAST);
  v128.store(pairAt, bent, BENT);
  v128.store(pairAt, rate, RATE);
  v128.store(pairAt, range, RANGE);
}
