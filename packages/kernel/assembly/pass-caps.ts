/**
 * What holds a block of scan nodes, for sites to pass over it: a cap about its middle node, and a slab along the orbit's plane.
 * In floats, four blocks at a time: their rounding, 5e-4 rad at worst, is within what the cap is widened by.
 */
import * as K from "../src/pass-plan";
import { at, int, whole } from "./pass-geometry";

/** Beyond what nodes show, rad: the path between them is an arc but for the Earth's turning (3e-4 at 120 s), and floats are short. */
const SPARE: f32 = 0.002;
/** A cap wider than this, about 78 degrees, is no use: the block is always looked at. */
const LEAST_COS: f32 = 0.2;
/** Shorter arcs, rad, and arcs more bent, rad, have no slab. */
const LEAST_ARC: f32 = 0.05;
const MOST_OFF: f32 = 0.1;

/** Nodes 0 to 4 of each of four blocks: x, y, z; each thread's instance has its own. */
let x0 = f32x4.splat(0);
let x1 = f32x4.splat(0);
let x2 = f32x4.splat(0);
let x3 = f32x4.splat(0);
let x4 = f32x4.splat(0);

/**
 * For each block: axis, cosine and sine of the cap's radius; the plane's normal and the sine of what nodes are off it, the
 * Earth's turning included. Blocks beyond the last node hold anything: they are never asked.
 */
export function capBlocks(plan: usize): void {
  const stride = whole(plan, K.SCAN_STRIDE);
  const count = int(plan, K.BLOCK_COUNT);
  const plane = <usize>count << 2;
  const invLeastKm = f32x4.splat(<f32>(1.0 / at(plan, K.MIN_KM)));
  let from = whole(plan, K.SCAN);
  let to = whole(plan, K.BLOCKS);
  for (let b = 0; b < count; b += 4) {
    capFour(from, stride, invLeastKm, to, plane);
    from += 4 * K.BLOCK_STEPS * 8;
    to += 16;
  }
}

/** Four nodes as floats. */
// @ts-ignore: decorator
@inline function four(p: usize): v128 {
  return i32x4.shuffle(f32x4.demote_f64x2_zero(v128.load(p)), f32x4.demote_f64x2_zero(v128.load(p + 16)), 0, 1, 4, 5);
}

/** One coordinate of the nodes of four blocks, by node. */
// @ts-ignore: decorator
@inline function gather(p: usize): void {
  const b0 = four(p);
  const b1 = four(p + 32);
  const b2 = four(p + 64);
  const b3 = four(p + 96);
  const low0 = i32x4.shuffle(b0, b1, 0, 4, 1, 5);
  const low1 = i32x4.shuffle(b2, b3, 0, 4, 1, 5);
  const high0 = i32x4.shuffle(b0, b1, 2, 6, 3, 7);
  const high1 = i32x4.shuffle(b2, b3, 2, 6, 3, 7);
  x0 = i32x4.shuffle(low0, low1, 0, 1, 4, 5);
  x1 = i32x4.shuffle(low0, low1, 2, 3, 6, 7);
  x2 = i32x4.shuffle(high0, high1, 0, 1, 4, 5);
  x3 = i32x4.shuffle(high0, high1, 2, 3, 6, 7);
  x4 = i32x4.shuffle(x0, f32x4.splat(<f32>load<f64>(p, 128)), 1, 2, 3, 4);
}

// @ts-ignore: decorator
@inline function dot(ax: v128, ay: v128, az: v128, bx: v128, by: v128, bz: v128): v128 {
  return f32x4.add(f32x4.add(f32x4.mul(ax, bx), f32x4.mul(ay, by)), f32x4.mul(az, bz));
}
// @ts-ignore: decorator
@inline function cross(ay: v128, az: v128, by: v128, bz: v128): v128 {
  return f32x4.sub(f32x4.mul(ay, bz), f32x4.mul(az, by));
}
/** Square of the cosine between a unit vector and another. */
// @ts-ignore: decorator
@inline function cosSquare(cx: v128, cy: v128, cz: v128, x: v128, y: v128, z: v128): v128 {
  const along = f32x4.max(dot(cx, cy, cz, x, y, z), f32x4.splat(0));
  return f32x4.div(f32x4.mul(along, along), dot(x, y, z, x, y, z));
}

function capFour(p: usize, stride: usize, invLeastKm: v128, to: usize, plane: usize): void {
  gather(p);
  const px0 = x0;
  const px1 = x1;
  const px2 = x2;
  const px3 = x3;
  const px4 = x4;
  gather(p + stride);
  const py0 = x0;
  const py1 = x1;
  const py2 = x2;
  const py3 = x3;
  const py4 = x4;
  gather(p + 2 * stride);
  const one = f32x4.splat(1);
  const inv = f32x4.div(one, f32x4.sqrt(dot(px2, py2, x2, px2, py2, x2)));
  const cx = f32x4.mul(px2, inv);
  const cy = f32x4.mul(py2, inv);
  const cz = f32x4.mul(x2, inv);
  const near = f32x4.min(cosSquare(cx, cy, cz, px1, py1, x1), cosSquare(cx, cy, cz, px3, py3, x3));
  const far = f32x4.min(cosSquare(cx, cy, cz, px0, py0, x0), cosSquare(cx, cy, cz, px4, py4, x4));
  const square = f32x4.min(one, f32x4.min(near, far));
  const cos = f32x4.sqrt(square);
  const sin = f32x4.sqrt(f32x4.sub(one, square));
  const isCap = f32x4.gt(cos, f32x4.splat(LEAST_COS));
  const spare = f32x4.splat(SPARE);
  // The radius and the spare added: the spare's cosine is close to 1.
  v128.store(to, v128.and(cx, isCap));
  v128.store(to + plane, v128.and(cy, isCap));
  v128.store(to + 2 * plane, v128.and(cz, isCap));
  v128.store(to + 3 * plane, v128.bitselect(f32x4.sub(cos, f32x4.mul(sin, spare)), f32x4.splat(-4), isCap));
  v128.store(to + 4 * plane, v128.bitselect(f32x4.add(sin, f32x4.mul(cos, spare)), f32x4.splat(4), isCap));
  // The plane through both ends and the Earth's centre. A short arc has none to speak of: the slab is then the whole sky.
  const ax = cross(py0, x0, py4, x4);
  const ay = cross(x0, px0, x4, px4);
  const az = cross(px0, py0, px4, py4);
  const area = f32x4.sqrt(dot(ax, ay, az, ax, ay, az));
  const perArea = f32x4.div(one, area);
  const off1 = f32x4.abs(dot(ax, ay, az, px1, py1, x1));
  const off2 = f32x4.abs(dot(ax, ay, az, px2, py2, x2));
  const off3 = f32x4.abs(dot(ax, ay, az, px3, py3, x3));
  const off = f32x4.mul(f32x4.mul(f32x4.max(off1, f32x4.max(off2, off3)), perArea), invLeastKm);
  const sinOff = f32x4.add(off, spare);
  const arc = f32x4.mul(f32x4.mul(area, invLeastKm), invLeastKm);
  const isArc = v128.and(f32x4.gt(arc, f32x4.splat(LEAST_ARC)), f32x4.lt(sinOff, f32x4.splat(MOST_OFF)));
  const isSlab = v128.and(isCap, isArc);
  v128.store(to + 5 * plane, v128.and(f32x4.mul(ax, perArea), isSlab));
  v128.store(to + 6 * plane, v128.and(f32x4.mul(ay, perArea), isSlab));
  v128.store(to + 7 * plane, v128.and(f32x4.mul(az, perArea), isSlab));
  v128.store(to + 8 * plane, v128.bitselect(sinOff, f32x4.splat(4), isSlab));
}
