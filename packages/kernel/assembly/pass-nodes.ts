/** What of a satellite's path is shared by all sites: base nodes, scan nodes, and caps about blocks of them. */
import * as K from "../src/pass-plan";
import { capBlocks } from "./pass-caps";
import { at, int, open, whole } from "./pass-geometry";
import { propagate } from "./propagate";
import { add, both, HALF, mul, sub } from "./vector";

/** Central differences of the eighth order (Fornberg 1988, table 1): of the first derivative, and of the second. */
const V1: usize = memory.data<f64>([0.8]);
const V2: usize = memory.data<f64>([-0.2]);
const V3: usize = memory.data<f64>([0.0380952380952380952]);
const V4: usize = memory.data<f64>([-0.00357142857142857143]);
const A0: usize = memory.data<f64>([-2.84722222222222222]);
const A1: usize = memory.data<f64>([1.6]);
const A2: usize = memory.data<f64>([-0.2]);
const A3: usize = memory.data<f64>([0.0253968253968253968]);
const A4: usize = memory.data<f64>([-0.00178571428571428571]);
const MU_KM3PS2: f64 = 398600.8; // WGS 72, as SGP4
const SPIN_RADPS: f64 = 7.292115855306589e-5;
/** Hermite's weights of the fifth degree at half a step: of velocities, of accelerations. */
const MID_V: usize = memory.data<f64>([0.15625]);
const MID_A: usize = memory.data<f64>([0.015625]);
/**
 * States by SGP4, then all that follows from them. Velocity and acceleration are taken from the positions, because SGP4's own velocity
 * is a centimetre a second off its positions' rate: half a metre between nodes 240 s apart.
 * @returns how many raw states SGP4 has no answer for; with any, nothing here is to be used
 */
export function passNodes(plan: usize): i32 {
  open(plan);
  const missing = states(plan);
  if (missing > 0) return missing;
  bound(plan);
  if (at(plan, K.FILL) == 2) halve(plan);
  capBlocks(plan);
  return 0;
}

/** As `passNodes`, on a clock of half base steps. @returns km by which positions at half steps are off SGP4; NaN where it has none */
export function passErrorKm(plan: usize): f64 {
  open(plan);
  const count = int(plan, K.RAW_COUNT);
  const stride = whole(plan, K.RAW_STRIDE);
  const raw = whole(plan, K.RAW);
  if (propagate(whole(plan, K.SATELLITE), whole(plan, K.CLOCK_MS), whole(plan, K.CLOCK_GMST), count, raw, stride, whole(plan, K.WORK)) > 0) return NaN;
  let worst = 0.0;
  for (let i = 8; i + 10 < count; i += 2) {
    let square = 0.0;
    for (let axis: usize = 0; axis < 3; axis++) {
      const d = middle(raw + axis * stride + (<usize>i << 3)) - load<f64>(raw + axis * stride + (<usize>i << 3), 8);
      square += d * d;
    }
    worst = max(worst, square);
  }
  return sqrt(worst);
}

/** The position half a base step after `p`, where two values are a base step apart. */
function middle(p: usize): f64 {
  const v = velocity(p) - velocity(p + 16);
  const a = acceleration(p) + acceleration(p + 16);
  return 0.5 * (load<f64>(p) + load<f64>(p, 16)) + 0.15625 * v + 0.015625 * a;
}
function velocity(p: usize): f64 {
  const near = load<f64>(V1) * (load<f64>(p, 16) - load<f64>(p - 16)) + load<f64>(V2) * (load<f64>(p, 32) - load<f64>(p - 32));
  return near + load<f64>(V3) * (load<f64>(p, 48) - load<f64>(p - 48)) + load<f64>(V4) * (load<f64>(p, 64) - load<f64>(p - 64));
}
function acceleration(p: usize): f64 {
  const near = load<f64>(A0) * load<f64>(p) + load<f64>(A1) * (load<f64>(p, 16) + load<f64>(p - 16)) + load<f64>(A2) * (load<f64>(p, 32) + load<f64>(p - 32));
  return near + load<f64>(A3) * (load<f64>(p, 48) + load<f64>(p - 48)) + load<f64>(A4) * (load<f64>(p, 64) + load<f64>(p - 64));
}

/** Raw states; velocities and accelerations of those that have neighbours enough. */
function states(plan: usize): i32 {
  const count = int(plan, K.RAW_COUNT);
  const stride = whole(plan, K.RAW_STRIDE);
  const raw = whole(plan, K.RAW);
  const missing = propagate(whole(plan, K.SATELLITE), whole(plan, K.CLOCK_MS), whole(plan, K.CLOCK_GMST), count, raw, stride, whole(plan, K.WORK));
  if (missing > 0) return missing;
  const end = <usize>(count - K.MARGIN) << 3;
  for (let axis: usize = 0; axis < 3; axis++) {
    const r = raw + axis * stride;
    for (let i: usize = K.MARGIN << 3; i < end; i += 16) differentiate(r + i, 3 * stride);
  }
  let to = whole(plan, K.KNOTS);
  for (let i: usize = K.MARGIN << 3; i < end; i += 16) {
    knot(raw + i, stride, to);
    to += 2 * K.KNOT_BYTES;
  }
  return 0;
}

/** Two base nodes, one after the other. */
// @ts-ignore: decorator
@inline function knot(p: usize, stride: usize, to: usize): void {
  const x = v128.load(p);
  const y = v128.load(p + stride);
  const z = v128.load(p + 2 * stride);
  const vx = v128.load(p + 3 * stride);
  const vy = v128.load(p + 4 * stride);
  const vz = v128.load(p + 5 * stride);
  const ax = mul(both(HALF), v128.load(p + 6 * stride));
  const ay = mul(both(HALF), v128.load(p + 7 * stride));
  const az = mul(both(HALF), v128.load(p + 8 * stride));
  v128.store(to, i64x2.shuffle(x, y, 0, 2));
  v128.store(to, i64x2.shuffle(z, vx, 0, 2), 16);
  v128.store(to, i64x2.shuffle(vy, vz, 0, 2), 32);
  v128.store(to, i64x2.shuffle(ax, ay, 0, 2), 48);
  v128.store(to, az, 64);
  v128.store(to, i64x2.shuffle(x, y, 1, 3), 80);
  v128.store(to, i64x2.shuffle(z, vx, 1, 3), 96);
  v128.store(to, i64x2.shuffle(vy, vz, 1, 3), 112);
  v128.store(to, i64x2.shuffle(ax, ay, 1, 3), 128);
  v128.store(to, i64x2.shuffle(az, az, 1, 1), 144);
}

/** Of two neighbours at `p`: velocity `to` bytes further on, acceleration twice as far. */
// @ts-ignore: decorator
@inline function differentiate(p: usize, to: usize): void {
  const l1 = v128.load(p - 8);
  const r1 = v128.load(p + 8);
  const l2 = v128.load(p - 16);
  const r2 = v128.load(p + 16);
  const l3 = v128.load(p - 24);
  const r3 = v128.load(p + 24);
  const l4 = v128.load(p - 32);
  const r4 = v128.load(p + 32);
  const v = add(mul(both(V1), sub(r1, l1)), mul(both(V2), sub(r2, l2)));
  v128.store(p + to, add(v, add(mul(both(V3), sub(r3, l3)), mul(both(V4), sub(r4, l4)))));
  const a = add(mul(both(A1), add(r1, l1)), mul(both(A2), add(r2, l2)));
  const b = add(mul(both(A3), add(r3, l3)), mul(both(A4), add(r4, l4)));
  v128.store(p + to + to, add(mul(both(A0), v128.load(p)), add(a, b)));
}

/** Extremes of distance at base nodes, and what they say of speed and acceleration in a Kepler orbit seen from the turning Earth. */
function bound(plan: usize): void {
  const stride = whole(plan, K.RAW_STRIDE);
  const from = whole(plan, K.RAW) + (K.MARGIN << 3);
  const end = from + (<usize>(int(plan, K.RAW_COUNT) - 2 * K.MARGIN) << 3) - 8;
  let far = squares(from, stride);
  let near = far;
  for (let p = from; p < end; p += 16) {
    const r = squares(p, stride);
    far = f64x2.pmax(far, r);
    near = f64x2.pmin(near, r);
  }
  // Half a base step holds less than 8 degrees of the orbit: what lies between nodes is within these factors.
  const most = sqrt(greater(far)) * 1.001;
  const least = sqrt(-greater(f64x2.neg(near))) * 0.999;
  // Vis-viva, the major axis being no shorter than both extremes together; then the Earth's turn, and its oblateness.
  const kmps = 1.01 * sqrt(MU_KM3PS2 * (2.0 / least - 2.0 / (least + most))) + SPIN_RADPS * most;
  store<f64>(plan, most, K.MAX_KM << 3);
  store<f64>(plan, least, K.MIN_KM << 3);
  store<f64>(plan, kmps, K.MAX_KMPS << 3);
  store<f64>(plan, (1.01 * MU_KM3PS2) / (least * least) + SPIN_RADPS * (2.0 * kmps + SPIN_RADPS * most), K.MAX_KMPS2 << 3);
}

// @ts-ignore: decorator
@inline function squares(p: usize, stride: usize): v128 {
  const x = v128.load(p);
  const y = v128.load(p + stride);
  const z = v128.load(p + 2 * stride);
  return add(add(mul(x, x), mul(y, y)), mul(z, z));
}
// @ts-ignore: decorator
@inline function greater(a: v128): f64 {
  return max(f64x2.extract_lane(a, 0), f64x2.extract_lane(a, 1));
}

/** Scan nodes: base nodes and, between them, positions at half steps. */
function halve(plan: usize): void {
  const stride = whole(plan, K.RAW_STRIDE);
  const toStride = whole(plan, K.SCAN_STRIDE);
  const count = <usize>(int(plan, K.RAW_COUNT) - 2 * K.MARGIN);
  for (let axis: usize = 0; axis < 3; axis++) {
    const from = whole(plan, K.RAW) + axis * stride + (K.MARGIN << 3);
    const to = whole(plan, K.SCAN) + axis * toStride;
    for (let i: usize = 0; i < count << 3; i += 16) {
      const p = from + i;
      const r = v128.load(p);
      const v = sub(v128.load(p + 3 * stride), v128.load(p + 3 * stride + 8));
      const a = add(v128.load(p + 6 * stride), v128.load(p + 6 * stride + 8));
      const chord = mul(both(HALF), add(r, v128.load(p + 8)));
      const mid = add(chord, add(mul(both(MID_V), v), mul(both(MID_A), a)));
      v128.store(to + 2 * i, i64x2.shuffle(r, mid, 0, 2));
      v128.store(to + 2 * i + 16, i64x2.shuffle(r, mid, 1, 3));
    }
  }
}
