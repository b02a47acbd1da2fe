/** Edges of passes: times at which heights that differ in sign between two scan nodes are zero. */
import * as K from "../src/pass-plan";
import { aboveMask, at, crossingBySgp4, heightKm, int, rangeKm, seen, seenFrom, sine, slope, whole } from "./pass-geometry";
import { begin, BENT, FRACTION, LAST, newton, RANGE, RATE } from "./pass-pairs";
import { propagate } from "./propagate";
import { gmstOf } from "./time";

/** Interpolation may move an edge by so much, ms: where it could by more, SGP4 is asked. */
const ENOUGH_MS: f64 = 0.25;
/** What the last of two Newton steps may leave, ms, before the bend is allowed for. */
const LEFT_MS: f64 = 0.5;
const STRIDE: usize = (K.POLISH_LENGTH + 2) << 3;

/** Edges that wait for SGP4; each thread's instance has its own. */
let waiting: i32 = 0;

/**
 * Times in place of heights, in the events from one address to another: two at a time by Newton, the hard ones one by one. Many pairs at
 * each stage in turn, so that the processor overlaps what does not depend on one another.
 */
export function findEdges(plan: usize, from: usize, to: usize): void {
  waiting = 0;
  const pairs = whole(plan, K.PAIRS);
  for (let first = from; first < to; first += K.BATCH * K.EVENT_BYTES) {
    const end = min(to, first + K.BATCH * K.EVENT_BYTES);
    let last = pairs;
    for (let event = first; event < end; event += 2 * K.EVENT_BYTES) {
      begin(plan, event, event + K.EVENT_BYTES < end ? event + K.EVENT_BYTES : event, last);
      last += K.PAIR_BYTES;
    }
    for (let p = pairs; p < last; p += K.PAIR_BYTES) newton(p);
    for (let p = pairs; p < last; p += K.PAIR_BYTES) newton(p);
    let lane = pairs;
    for (let event = first; event < end; event += K.EVENT_BYTES) {
      take(plan, event, lane);
      // The other lane, then the next pair.
      lane += (lane - pairs) % K.PAIR_BYTES == 0 ? 8 : K.PAIR_BYTES - 8;
    }
  }
  polish(plan);
}

// @ts-ignore: decorator
@inline function siteOf(plan: usize, event: usize): usize {
  return whole(plan, K.SITES) + <usize>load<i32>(event, 28) * (K.SITE_LENGTH << 3);
}

/** Notes an edge, or sends it where it is looked at more closely. `lane`: a pair, or 8 bytes on where it is the second of one. */
// @ts-ignore: decorator
@inline function take(plan: usize, event: usize, lane: usize): void {
  const scan = load<i32>(event, 24);
  if (scan < 0) return;
  const fill = int(plan, K.FILL);
  const base = scan >> (fill - 1);
  const share = fill == 2 ? 0.5 : 1.0;
  const low = share * <f64>(scan & (fill - 1));
  const stepMs = at(plan, K.BASE_STEP_MS);
  const fraction = load<f64>(lane, FRACTION);
  const rate = load<f64>(lane, RATE);
  const isRise = load<f64>(event) < 0;
  // Between its nodes, the slope that they say, and near enough to where the last step began.
  const isSound = fraction >= low && fraction <= low + share && rate > 0 == isRise && abs(load<f64>(lane, BENT)) * stepMs < LEFT_MS && abs(load<f64>(lane, LAST)) * stepMs < 1000.0;
  if (!isSound) {
    store<f64>(event, edgeBetween(plan, siteOf(plan, event), <f64>base + low, <f64>base + low + share));
    return;
  }
  // In this order, so that the same edge is the same number wherever the nodes begin.
  const ms = at(plan, K.FIRST_MS) + <f64>base * stepMs + fraction * stepMs;
  store<f64>(event, ms);
  if (at(plan, K.ERROR_KM) * stepMs > ENOUGH_MS * abs(rate)) wait(plan, event, ms, (rate * 1000.0) / (load<f64>(lane, RANGE) * stepMs));
}

function wait(plan: usize, event: usize, ms: f64, slopePerS: f64): void {
  const to = whole(plan, K.POLISH) + (<usize>waiting << 3);
  store<f64>(to, ms - at(plan, K.REBASE_MS));
  store<f64>(to + 8 * STRIDE, slopePerS);
  store<f64>(to + 9 * STRIDE, <f64>event);
  if (++waiting == K.POLISH_LENGTH) polish(plan);
}

/** Moves the edges that wait to where SGP4 has them. */
function polish(plan: usize): void {
  const from = whole(plan, K.POLISH);
  const count = waiting;
  waiting = 0;
  if (count == 0) return;
  store<f64>(from + (<usize>count << 3), load<f64>(from));
  gmstOf(from, count + 1, from + STRIDE);
  propagate(whole(plan, K.SATELLITE), from, from + STRIDE, count, from + 2 * STRIDE, STRIDE, whole(plan, K.WORK));
  for (let i: usize = 0; i < <usize>count; i++) {
    const p = from + (i << 3);
    const event = <usize>load<f64>(p + 9 * STRIDE);
    const site = siteOf(plan, event);
    seenFrom(site, p + 2 * STRIDE, STRIDE);
    store<f64>(event, moved(plan, site, load<f64>(event), sine - load<f64>(site, K.SIN_MASK << 3), load<f64>(p + 8 * STRIDE)));
  }
}

/** An edge moved to SGP4's: by Newton where the curve is steep; where it is nearly level, by a bracket. */
function moved(plan: usize, site: usize, ms: f64, above: f64, slopePerS: f64): f64 {
  const step = (-1000.0 * above) / slopePerS;
  if (abs(step) < 20.0 && abs(slopePerS) > 1e-5) return ms + step;
  for (let half = 100.0; half < 20_000.0; half *= 10.0) {
    if (aboveMask(plan, site, ms - half) >= 0 != aboveMask(plan, site, ms + half) >= 0) return crossingBySgp4(plan, site, ms - half, ms + half);
  }
  return ms;
}

/** The one crossing between two instants, in base steps: Newton kept inside the bracket; ms, by SGP4 where that matters. */
export function edgeBetween(plan: usize, site: usize, from: f64, to: f64): f64 {
  seen(plan, site, from);
  const h0 = heightKm;
  seen(plan, site, to);
  let low = from;
  let high = to;
  let x = from + ((to - from) * h0) / (h0 - heightKm);
  const stepMs = at(plan, K.BASE_STEP_MS);
  for (let n = 0; n < 60; n++) {
    seen(plan, site, x);
    if (heightKm >= 0 == h0 >= 0) low = x;
    else high = x;
    const next = x - heightKm / slope;
    const inside = next > low && next < high;
    const then = inside ? next : 0.5 * (low + high);
    const isClose = abs(then - x) * stepMs < 0.01;
    x = then;
    if (isClose) break;
  }
  const base = floor(x);
  const ms = at(plan, K.FIRST_MS) + base * stepMs + (x - base) * stepMs;
  if (!(at(plan, K.ERROR_KM) * stepMs > ENOUGH_MS * abs(slope))) return ms;
  const slopePerS = (slope * 1000.0) / (rangeKm * stepMs);
  return moved(plan, site, ms, aboveMask(plan, site, ms), slopePerS);
}
