/** States of one satellite at many instants: in vectors where they fit, one by one where they do not. */
import * as K from "../src/record";
import { BLOCK, fitted, nearEarth, WORK_BYTES } from "./near-earth";
import { scalarState } from "./scalar";

/** Bytes that `propagate` works in. */
export const PROPAGATE_WORK_BYTES: usize = WORK_BYTES + BLOCK * 8 + 16 + 48;

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
    if (isVector && nearEarth(satellite, minutes, gmst + at, n, out + at, stride, work)) continue;
    // Which way an instant goes depends on that instant alone: whatever stands beside it, it gives the same bits.
    for (let j = 0; j < n; j++) {
      if (isVector && fitted(work, j)) continue;
      failed += one(satellite, minutes + (<usize>j << 3), gmst + at + (<usize>j << 3), out + at + (<usize>j << 3), stride, work);
    }
  }
  return failed;
}

/** One state by the scalar path. @returns 1 where there is none */
function one(satellite: usize, minutes: usize, gmst: usize, out: usize, stride: usize, work: usize): i32 {
  const state = work + WORK_BYTES + BLOCK * 8 + 16;
  const error = scalarState(satellite + (K.SCALAR_AT << 3), load<f64>(minutes), load<f64>(gmst), state);
  for (let axis: usize = 0; axis < 6; axis++) store<f64>(out + axis * stride, load<f64>(state + (axis << 3)));
  return error == 0 ? 0 : 1;
}
