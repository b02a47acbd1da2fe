/** The scan nodes of one satellite seen from one site: caps first, then nodes, then what happens between them. */
import * as K from "../src/pass-plan";
import { extremum, sideOfTurn, tangentFrom, tangentTo } from "./pass-tangents";
import { at, whole } from "./pass-geometry";
import { add, both, mul, sub } from "./vector";

/** Scan steps looked at together: with a node beyond either end and rounding up, as many bits as a word has. */
const CHUNK: i32 = 58;
const ABSOLUTE: usize = memory.data<i64>([0x7fffffffffffffff]);

// Of the site at work; each thread's instance has its own.
let next: usize = 0;
let isFull: bool = false;
let siteIndex: i32 = 0;

/**
 * Events of one site within the part, in time order, from address `event` on.
 * @returns the address after the last, or 0 where there is no room for all
 */
export function scanSite(plan: usize, site: usize, index: i32, event: usize): usize {
  next = event;
  isFull = false;
  siteIndex = index;
  const stepMs = at(plan, K.BASE_STEP_MS) / at(plan, K.FILL);
  const firstMs = at(plan, K.FIRST_MS);
  const first = <i32>floor((at(plan, K.PART_START) - firstMs) / stepMs);
  const last = <i32>ceil((at(plan, K.PART_END) - firstMs) / stepMs);
  const near = nearKm(plan, site, stepMs / 1000.0);
  reachOf(plan, site);
  // Blocks of the part, a word of bits at a time; a run of blocks may begin in one and go on in the next.
  const end = (last - 1) / K.BLOCK_STEPS + 1;
  for (let b = (first / K.BLOCK_STEPS) & ~63; b < end; b += 64) {
    let bits = survivors(plan, b, min(64, end - b));
    while (bits) {
      const skip = ctz(bits);
      const length = ctz(~(bits >> skip));
      bits &= length == 64 ? 0 : ~(((<u64>1 << length) - 1) << skip);
      const from = b + <i32>skip;
      run(plan, site, max(first, from * K.BLOCK_STEPS), min(last, (from + <i32>length) * K.BLOCK_STEPS), near, first);
      if (isFull) return 0;
    }
  }
  return next;
}

/**
 * How far beyond its ends the height may reach within a step, km: h^2 / 8 of its greatest second derivative, which is an
 * acceleration, and for the range in it the square of the speed across over the range.
 */
function nearKm(plan: usize, site: usize, stepS: f64): f64 {
  const sin = abs(load<f64>(site, K.SIN_MASK << 3));
  const leastKm = max(50.0, at(plan, K.MIN_KM) - load<f64>(site, K.DISTANCE << 3));
  const kmps = at(plan, K.MAX_KMPS);
  return 0.14 * stepS * stepS * ((1.0 + sin) * at(plan, K.MAX_KMPS2) + (sin * kmps * kmps) / leastKm);
}

/** Direction of the site at work, and how near a block must be: cosine and sine of the reach, the latter for slabs as well. */
let sx = f32x4.splat(0);
let sy = f32x4.splat(0);
let sz = f32x4.splat(0);
let cosReach = f32x4.splat(0);
let sinReach = f32x4.splat(0);
let slabReach = f32x4.splat(0);

/** The reach is the greatest central angle at which the satellite can be above the mask. */
function reachOf(plan: usize, site: usize): void {
  const q = min(1.0, (load<f64>(site, K.DISTANCE << 3) * load<f64>(site, K.COS_LOW << 3)) / at(plan, K.MAX_KM));
  const p = sqrt(1.0 - q * q);
  const cosLower = load<f64>(site, K.COS_LOWER << 3);
  const sinLower = load<f64>(site, K.SIN_LOWER << 3);
  const cos = q * cosLower + p * sinLower;
  const sin = p * cosLower - q * sinLower;
  cosReach = f32x4.splat(<f32>cos);
  sinReach = f32x4.splat(<f32>sin);
  // Sines of two angles add up to more than the sine of both; no bound where both may be more than a right angle.
  slabReach = f32x4.splat(cos > 0.2 ? <f32>sin : 2.0);
  sx = f32x4.splat(<f32>load<f64>(site, K.AXIS << 3));
  sy = f32x4.splat(<f32>load<f64>(site, (K.AXIS + 1) << 3));
  sz = f32x4.splat(<f32>load<f64>(site, (K.AXIS + 2) << 3));
}

/** Bits of the blocks that the site may see, of `count` from block `from` on: four at a time. */
function survivors(plan: usize, from: i32, count: i32): u64 {
  const plane = whole(plan, K.BLOCK_COUNT) << 2;
  let c = whole(plan, K.BLOCKS) + (<usize>from << 2);
  const ux = sx;
  const uy = sy;
  const uz = sz;
  const cos = cosReach;
  const sin = sinReach;
  const slab = slabReach;
  let bits: u64 = 0;
  for (let k = 0; k < count; k += 4) {
    const xy = f32x4.add(f32x4.mul(v128.load(c), ux), f32x4.mul(v128.load(c + plane), uy));
    const dot = f32x4.add(xy, f32x4.mul(v128.load(c + 2 * plane), uz));
    const least = f32x4.sub(f32x4.mul(v128.load(c + 3 * plane), cos), f32x4.mul(v128.load(c + 4 * plane), sin));
    const ab = f32x4.add(f32x4.mul(v128.load(c + 5 * plane), ux), f32x4.mul(v128.load(c + 6 * plane), uy));
    const aside = f32x4.abs(f32x4.add(ab, f32x4.mul(v128.load(c + 7 * plane), uz)));
    const isNear = f32x4.lt(aside, f32x4.add(slab, v128.load(c + 8 * plane)));
    bits |= <u64>i32x4.bitmask(v128.and(f32x4.gt(dot, least), isNear)) << <u64>k;
    c += 16;
  }
  return count >= 64 ? bits : bits & ((<u64>1 << <u64>count) - 1);
}

/** Scan nodes `from` to `to` of a run of blocks. */
function run(plan: usize, site: usize, from: i32, to: i32, near: f64, first: i32): void {
  for (let n = from; n < to && !isFull; n += CHUNK) chunk(plan, site, n, min(to, n + CHUNK), near, n == first);
}

function chunk(plan: usize, site: usize, from: i32, to: i32, near: f64, isFirst: bool): void {
  const shift = <u64>1;
  // One node more at either end: base nodes reach beyond every part.
  heights(plan, site, from - 1, to - from + 3, near);
  const range = ((<u64>1 << (<u64>(to - from) + 3)) - 1);
  const up = upBits & range;
  const down = ~upBits & range;
  const close = nearBits & range;
  if (isFirst && (up >> shift) & 1) push(-Infinity, 0.0, 0.0, K.DONE, plan);
  const steps = ((<u64>1 << <u64>(to - from)) - 1) << shift;
  let crossings = (up ^ (up >> 1)) & steps;
  const nodes = steps | (steps << 1);
  let turns = ((close & down & ~(up << 1) & ~(up >> 1)) | (close & up & ~(down << 1) & ~(down >> 1))) & nodes;
  const g = whole(plan, K.HEIGHTS);
  let extrema: u64 = 0;
  while (turns) {
    const bit = ctz(turns);
    turns &= turns - 1;
    const p = g + (<usize>bit << 3);
    const sign = (up >> bit) & 1 ? -1.0 : 1.0;
    const h = load<f64>(p) * sign;
    if (h < load<f64>(p - 8) * sign || h < load<f64>(p + 8) * sign) continue;
    const side = sideOfTurn(plan, site, from - 1 + <i32>bit, sign);
    if (side == 0) continue;
    extrema |= (<u64>1 << (side > 0 ? bit : bit - 1)) & steps;
  }
  for (let todo = crossings | extrema; todo; todo &= todo - 1) {
    const bit = ctz(todo);
    const step = from - 1 + <i32>bit;
    if ((extrema >> bit) & 1) turn(plan, site, step);
    else cross(plan, g + (<usize>bit << 3), step);
  }
}

let upBits: u64 = 0;
let nearBits: u64 = 0;

/** Heights of `count` nodes, with bits that say which are above the mask's cone and which within `near` of it. */
function heights(plan: usize, site: usize, from: i32, count: i32, near: f64): void {
  const stride = whole(plan, K.SCAN_STRIDE);
  let p = whole(plan, K.SCAN) + (<usize>from << 3);
  let to = whole(plan, K.HEIGHTS);
  const nx = both(site);
  const ny = both(site + 8);
  const nz = both(site + 16);
  const px = both(site + (K.PLACE << 3));
  const py = both(site + (K.PLACE << 3) + 8);
  const pz = both(site + (K.PLACE << 3) + 16);
  const sin = both(site + (K.SIN_MASK << 3));
  const most = f64x2.splat(near);
  const zero = f64x2.splat(0);
  let ups: u64 = 0;
  let nears: u64 = 0;
  // Most runs are shorter than this: one count for all of them is guessed right.
  const rounds = max(16, <u64>count);
  for (let k: u64 = 0; k < rounds; k += 2) {
    const x = sub(v128.load(p), px);
    const y = sub(v128.load(p + stride), py);
    const z = sub(v128.load(p + 2 * stride), pz);
    const square = add(add(mul(x, x), mul(y, y)), mul(z, z));
    const h = sub(add(add(mul(x, nx), mul(y, ny)), mul(z, nz)), mul(sin, f64x2.sqrt(square)));
    v128.store(to, h);
    ups |= <u64>i64x2.bitmask(f64x2.ge(h, zero)) << k;
    nears |= <u64>i64x2.bitmask(f64x2.le(v128.and(h, both(ABSOLUTE)), most)) << k;
    p += 16;
    to += 16;
  }
  upBits = ups;
  nearBits = nears;
}

/** An edge between two nodes, to be found later: with the bend of the parabola through them and one more. */
function cross(plan: usize, p: usize, step: i32): void {
  const h0 = load<f64>(p);
  const h1 = load<f64>(p, 8);
  // On the side that is above: within the run, so that the same edge has the same guess wherever runs begin.
  const rising = load<f64>(p, 16) - h1 - h1 + h0;
  const setting = h1 - h0 - h0 + load<f64>(p - 8);
  push(h0, h1, 0.5 * select(rising, setting, h0 < 0), step, plan);
}

/** A step in which the height turns: no edge, or two. */
function turn(plan: usize, site: usize, step: i32): void {
  const fill = at(plan, K.FILL);
  if (!extremum(plan, site, <f64>step / fill, <f64>(step + 1) / fill)) return;
  push(tangentFrom, 0.0, 0.0, K.DONE, plan);
  push(tangentTo, 0.0, 0.0, K.DONE, plan);
}

function push(h0: f64, h1: f64, bend: f64, step: i32, plan: usize): void {
  if (next + K.EVENT_BYTES > whole(plan, K.EVENTS) + whole(plan, K.EVENT_CAPACITY) * K.EVENT_BYTES) {
    isFull = true;
    return;
  }
  store<f64>(next, h0);
  store<f64>(next, h1, 8);
  store<f64>(next, bend, 16);
  store<i32>(next, step, 24);
  store<i32>(next, siteIndex, 28);
  next += K.EVENT_BYTES;
}
