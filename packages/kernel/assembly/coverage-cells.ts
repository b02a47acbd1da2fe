/** Bits, rows and moments of cells: of whole words as `decide` left them, or of each cell by itself. */
import * as K from "../src/coverage-record";
import * as abeam from "./abeam";
import { look, lookAcross, lookDown, solve, WORD } from "./abeam";
import { arcCosineDeg, arcSineDeg } from "./arcs";
import { byDay, byNight, hour } from "./coverage-ball";
import {
  mode,
  sensorCount,
  step,
  work,
  cells,
  order,
  cellCount,
  out,
  capacity,
  asksDown,
  asksAcross,
  fromMs,
  toMs,
  startMs,
  rowBytes,
  tag,
  unitMs,
  stepFromMs,
  stepMs,
  field,
  address,
  sensorAt,
  MS_PER_HOUR,
  WORD_BYTES,
} from "./coverage-job";
import { both, div, mul } from "./vector";

const EARTH_KM: usize = memory.data<f64>([6371]);
/** 6371 km times a degree. */
const KM_PER_DEG: usize = memory.data<f64>([111.19492664455873]);
const ZERO: usize = memory.data<f64>([0]);

/** Rows written since the job began. */
export let rows: i32 = 0;

export function beginRows(): void {
  rows = 0;
}

/** Sets the bits of whole words, as `decide` left it. */
export function markAll(first: i32, end: i32): void {
  for (let k = 0; k < sensorCount; k++) {
    const sensor = sensorAt(k);
    const isDay = (byDay >> k) & 1;
    if (((byDay | byNight) >> k & 1) === 0) continue;
    const plane = address(sensor, isDay ? K.DAY_PLANE : K.NIGHT_PLANE);
    if (plane === 0) continue;
    const row = plane + <usize>hour * rowBytes;
    memory.fill(row + (<usize>first << 3), 0xff, <usize>(end - first) << 3);
    const beyond = (end << 6) - cellCount;
    if (beyond > 0) store<u64>(row + (<usize>(end - 1) << 3), <u64>-1 >> <u64>beyond);
  }
}

/** The cells of a word. @returns false where there was no room for all rows */
export function oneByOne(word: i32): bool {
  const at = cells + <usize>word * 6 * WORD_BYTES;
  if (!solve(step, at, work)) return true;
  look(step, at, work);
  if (asksDown) lookDown(step, at, work);
  if (asksAcross) lookAcross(step, at, work);
  if (mode === K.MODE_ROWS) return writeRows(word);
  if (mode === K.MODE_MOMENTS) return writeMoments(word);
  for (let k = 0; k < sensorCount; k++) {
    const sensor = sensorAt(k);
    test(sensor);
    mark(address(sensor, K.DAY_PLANE), word, inDay);
    mark(address(sensor, K.NIGHT_PLANE), word, inNight);
  }
  return true;
}

/** Cells of the word that a sensor reaches, by day and but for the sun, as `test` found them. */
let inDay: u64 = 0;
let inNight: u64 = 0;

function test(sensor: usize): void {
  const isOffNadir = field(sensor, K.IS_OFF_NADIR) !== 0.0;
  const numerator = work + (isOffNadir ? abeam.DOWN : abeam.RISE) * WORD_BYTES;
  const square = work + (isOffNadir ? abeam.DOWN2 : abeam.RANGE2) * WORD_BYTES;
  inDay = 0;
  inNight = 0;
  for (let i: usize = 0; i < WORD_BYTES; i += 16) {
    const cos = v128.load(numerator + i);
    const cos2 = mul(cos, cos);
    const length2 = v128.load(square + i);
    let ok = v128.load(work + abeam.WITHIN * WORD_BYTES + i);
    ok = v128.and(ok, f64x2.gt(v128.load(work + abeam.RISE * WORD_BYTES + i), both(ZERO)));
    ok = v128.and(ok, f64x2.gt(cos, both(ZERO)));
    ok = v128.and(ok, f64x2.ge(cos2, mul(both(sensor + (K.COS2_MAX << 3)), length2)));
    ok = v128.and(ok, f64x2.le(cos2, mul(both(sensor + (K.COS2_MIN << 3)), length2)));
    const day = f64x2.ge(v128.load(work + abeam.SUN_SINE * WORD_BYTES + i), both(sensor + (K.SIN_MIN_SUN << 3)));
    inDay |= <u64>i64x2.bitmask(v128.and(ok, day)) << (<u64>i >> 3);
    inNight |= <u64>i64x2.bitmask(v128.andnot(ok, day)) << (<u64>i >> 3);
  }
  if (field(sensor, K.SIDE) === 0.0) return;
  const onSide = bitsOnSide(sensor + (K.SIDE << 3));
  inDay &= onSide;
  inNight &= onSide;
}

/** Cells of the word on the side whose sign is at `side`; those under the track are on both. */
function bitsOnSide(side: usize): u64 {
  let bits: u64 = 0;
  for (let i: usize = 0; i < WORD_BYTES; i += 16) {
    const across = mul(both(side), v128.load(work + abeam.ACROSS * WORD_BYTES + i));
    bits |= <u64>i64x2.bitmask(f64x2.ge(across, both(ZERO))) << (<u64>i >> 3);
  }
  return bits;
}

// @ts-ignore: decorator
@inline function momentMs(cell: i32): f64 {
  return stepFromMs + load<f64>(work + abeam.U * WORD_BYTES + (<usize>cell << 3)) * stepMs;
}

function mark(plane: usize, word: i32, bits: u64): void {
  if (plane === 0 || bits === 0) return;
  const column = plane + (<usize>word << 3);
  if (hour >= 0) {
    const at = column + <usize>hour * rowBytes;
    store<u64>(at, load<u64>(at) | bits);
    return;
  }
  for (let left = bits; left !== 0; left &= left - 1) {
    const cell = <i32>ctz<u64>(left);
    const ms = momentMs(cell);
    if (!(ms >= fromMs && ms < toMs)) continue;
    const at = column + <usize>floor<f64>((ms - startMs) / MS_PER_HOUR) * rowBytes;
    store<u64>(at, load<u64>(at) | (<u64>1 << cell));
  }
}

/** Every cell within the step and above its horizon: what its angles are worth is for the caller to say. */
function writeRows(word: i32): bool {
  if (rows + <i32>WORD > capacity) return false;
  let all: u64 = 0;
  for (let k = 0; k < sensorCount; k++) {
    test(sensorAt(k));
    all |= inDay | inNight;
  }
  if (all === 0) return true;
  toDegrees();
  for (let left = all; left !== 0; left &= left - 1) {
    const cell = <i32>ctz<u64>(left);
    const ms = momentMs(cell);
    if (!(ms >= fromMs && ms < toMs)) continue;
    const row = out + <usize>rows * (K.ROW_LENGTH << 3);
    const w = work + (<usize>cell << 3);
    store<f64>(row, <f64>load<u32>(order + (<usize>(word * <i32>WORD + cell) << 2)));
    store<f64>(row, ms, 8);
    store<f64>(row, load<f64>(w + abeam.ACROSS * WORD_BYTES), 16);
    store<f64>(row, load<f64>(w + abeam.DOWN * WORD_BYTES), 24);
    store<f64>(row, load<f64>(w + abeam.RISE * WORD_BYTES), 32);
    store<f64>(row, load<f64>(w + abeam.SUN_SINE * WORD_BYTES), 40);
    rows++;
  }
  return true;
}

/** What rows hold, in place: distance across track, and angles. */
function toDegrees(): void {
  for (let i: usize = 0; i < WORD_BYTES; i += 16) {
    const w = work + i;
    const across = div(v128.load(w + abeam.ACROSS * WORD_BYTES), f64x2.sqrt(v128.load(w + abeam.ACROSS2 * WORD_BYTES)));
    const angle = arcSineDeg(div(across, both(EARTH_KM)));
    v128.store(w + abeam.ACROSS * WORD_BYTES, mul(angle, both(KM_PER_DEG)));
    const rise = div(v128.load(w + abeam.RISE * WORD_BYTES), f64x2.sqrt(v128.load(w + abeam.RANGE2 * WORD_BYTES)));
    v128.store(w + abeam.RISE * WORD_BYTES, arcCosineDeg(rise));
  }
  for (let i: usize = 0; i < WORD_BYTES; i += 16) {
    const w = work + i;
    const down = div(v128.load(w + abeam.DOWN * WORD_BYTES), f64x2.sqrt(v128.load(w + abeam.DOWN2 * WORD_BYTES)));
    v128.store(w + abeam.DOWN * WORD_BYTES, arcCosineDeg(down));
    v128.store(w + abeam.SUN_SINE * WORD_BYTES, arcSineDeg(v128.load(w + abeam.SUN_SINE * WORD_BYTES)));
  }
}

/** Time since the start (32 bits), cell and tag (16 bits each), of looks that are not lost to the sun. */
function writeMoments(word: i32): bool {
  if (rows + <i32>WORD > capacity) return false;
  const looks = work + abeam.WORK_LENGTH * 8;
  let all: u64 = 0;
  for (let k = 0; k < sensorCount; k++) {
    const sensor = sensorAt(k);
    test(sensor);
    store<u64>(looks + (<usize>k << 3), inDay);
    all |= inDay;
  }
  for (let left = all; left !== 0; left &= left - 1) {
    const cell = <i32>ctz<u64>(left);
    const ms = momentMs(cell);
    if (!(ms >= fromMs && ms < toMs)) continue;
    let bits = tag;
    for (let k = 0; k < sensorCount; k++) {
      const sensor = sensorAt(k);
      if ((load<u64>(looks + (<usize>k << 3)) >> cell) & 1) bits |= <u32>field(sensor, K.KIND_BIT);
    }
    const row = out + (<usize>rows << 3);
    store<u32>(row, <u32>floor<f64>((ms - startMs) / unitMs));
    store<u16>(row, <u16>load<u32>(order + (<usize>(word * <i32>WORD + cell) << 2)), 4);
    store<u16>(row, <u16>bits, 6);
    rows++;
  }
  return true;
}
