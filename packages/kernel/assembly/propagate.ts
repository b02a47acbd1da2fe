/** States of one satellite at many instants, or of many at one: in vectors where they fit, one by one where they do not. */
import * as K from "../src/record";
import { BLOCK, fitted, Instants, nearEarth, Satellites, WORK_BYTES } from "./near-earth";
import { scalarState } from "./scalar";
import { gmstRad } from "./time";

/** Bytes that `propagate` works in. */
export const PROPAGATE_WORK_BYTES: usize = WORK_BYTES + BLOCK * 16 + 16 + 48;

/**
 * @param satellite its record
 * @param utcMs instants, ms since 1970, `count` doubles and room for one more; `gmst` likewise, radians
 * @param out six arrays, `stride` bytes apart (room for an even count): ECEF position (km), velocity over ground (km/s).
 *   NaN where SGP4 has no answer
 * @param work `PROPAGATE_WORK_BYTES` bytes
 * @returns how many have no answer
 */
export function propagate(
  satellite: usize,
  utcMs: usize,
  gmst: usize,
  count: i32,
  out: usize,
  stride: usize,
  work: usize,
): i32 {
  const epochMs = load<f64>(satellite, K.EPOCH_MS << 3);
  const isVector = load<f64>(satellite, K.IS_VECTOR << 3) != 0;
  const minutes = work + WORK_BYTES;
  let failed = 0;
  for (let i = 0; i < count; i += <i32>BLOCK) {
    const n = min(count - i, <i32>BLOCK);
    const at = <usize>i << 3;
    for (let j = 0; j < n; j++) {
      store<f64>(minutes + (<usize>j << 3), (load<f64>(utcMs + at + (<usize>j << 3)) - epochMs) / 60000.0);
    }
    store<f64>(minutes + (<usize>n << 3), load<f64>(minutes));
    if (isVector && nearEarth<Instants>(satellite, minutes, gmst + at, n, out + at, stride, work)) continue;
    // Which way an instant goes depends on that instant alone: whatever stands beside it, it gives the same bits.
    for (let j = 0; j < n; j++) {
      if (isVector && fitted(work, j)) continue;
      failed += one(satellite + (K.SCALAR_AT << 3), minutes + (<usize>j << 3), gmst + at + (<usize>j << 3), out + at + (<usize>j << 3), stride, work);
    }
  }
  return failed;
}

/** One state by the scalar path. @returns 1 where there is none */
function one(record: usize, minutes: usize, gmst: usize, out: usize, stride: usize, work: usize): i32 {
  const state = work + WORK_BYTES + BLOCK * 8 + 16;
  const error = scalarState(record, load<f64>(minutes), load<f64>(gmst), state);
  for (let axis: usize = 0; axis < 6; axis++) store<f64>(out + axis * stride, load<f64>(state + (axis << 3)));
  return error == 0 ? 0 : 1;
}

/**
 * States of `count` satellites (at most `BLOCK`) at one instant.
 *
 * @param vectors their coefficients for the vector kernel: each `BLOCK` times in a row, in the order of `record.ts`
 * @param scalars their records for the scalar path, `scalarBytes` apart
 * @param out six arrays, `stride` bytes apart (room for an even count): ECEF position (km), velocity over ground (km/s).
 *   NaN where SGP4 has no answer
 * @param work `PROPAGATE_WORK_BYTES` bytes
 * @returns how many have no answer
 */
export function propagateBlock(
  vectors: usize,
  scalars: usize,
  scalarBytes: usize,
  utcMs: f64,
  count: i32,
  out: usize,
  stride: usize,
  work: usize,
): i32 {
  const minutes = work + WORK_BYTES;
  const gmst = minutes + BLOCK * 8 + 16 + 48;
  const rad = gmstRad(utcMs);
  const end = (count + 1) & ~1;
  for (let j = 0; j < end; j++) {
    const at = <usize>j << 3;
    store<f64>(minutes + at, (utcMs - load<f64>(vectors + K.EPOCH_MS * BLOCK * 8 + at)) / 60000.0);
    store<f64>(gmst + at, rad);
  }
  const fits = nearEarth<Satellites>(vectors, minutes, gmst, count, out, stride, work);
  let failed = 0;
  for (let j = 0; j < count; j++) {
    const at = <usize>j << 3;
    const isVector = load<f64>(vectors + K.IS_VECTOR * BLOCK * 8 + at) != 0;
    if (isVector && (fits || fitted(work, j))) continue;
    failed += one(scalars + <usize>j * scalarBytes, minutes + at, gmst + at, out + at, stride, work);
  }
  return failed;
}
