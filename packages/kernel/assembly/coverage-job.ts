/** The sweep's job and the step at hand, as every part of the sweep reads them; each thread's instance has its own. */
import * as K from "../src/coverage-record";
import { WORD, WORK_LENGTH } from "./abeam";
import { STEP_LENGTH } from "./abeam-step";

export const MS_PER_HOUR: f64 = 3600000.0;
export const WORD_BYTES: usize = WORD * 8;
/** Of one satellite. */
const MOST_SENSORS: usize = 8;
/** Bytes that a job works in. */
export const COVER_WORK_BYTES: usize = (STEP_LENGTH + WORK_LENGTH + MOST_SENSORS + 2) * 8;

export let mode: i32 = 0;
export let sensors: usize = 0;
export let sensorCount: i32 = 0;
export let step: usize = 0;
export let work: usize = 0;
export let cells: usize = 0;
export let order: usize = 0;
export let cellCount: i32 = 0;
export let out: usize = 0;
export let capacity: i32 = 0;
/** Does any sensor ask for off-nadir, or for a side? Rows ask for both. */
export let asksDown: bool = false;
export let asksAcross: bool = false;
export let fromMs: f64 = 0.0;
export let toMs: f64 = 0.0;
export let startMs: f64 = 0.0;
export let rowBytes: usize = 0;
export let limitKm: f64 = 0.0;
export let tag: u32 = 0;
export let unitMs: f64 = 1.0;
export let stepFromMs: f64 = 0.0;
export let stepMs: f64 = 0.0;
/** Are the states known beyond either end of the step? */
export let isKnownBefore: bool = false;
export let isKnownAfter: bool = false;

// @ts-ignore: decorator
@inline export function field(job: usize, place: usize): f64 {
  return load<f64>(job + (place << 3));
}
// @ts-ignore: decorator
@inline export function address(job: usize, place: usize): usize {
  return <usize>load<f64>(job + (place << 3));
}

/** Sensor `k`. */
// @ts-ignore: decorator
@inline export function sensorAt(k: i32): usize {
  return sensors + <usize>k * (K.SENSOR_LENGTH << 3);
}

export function begin(job: usize): void {
  mode = <i32>field(job, K.MODE);
  sensors = address(job, K.SENSORS);
  sensorCount = <i32>field(job, K.SENSOR_COUNT);
  step = address(job, K.WORK);
  work = (step + STEP_LENGTH * 8 + 15) & ~15;
  cells = address(job, K.CELLS);
  order = address(job, K.ORDER);
  cellCount = <i32>field(job, K.CELL_COUNT);
  out = address(job, K.OUT);
  capacity = <i32>field(job, K.CAPACITY);
  fromMs = field(job, K.FROM_MS);
  toMs = field(job, K.TO_MS);
  startMs = field(job, K.START_MS);
  rowBytes = address(job, K.ROW_BYTES);
  limitKm = field(job, K.LIMIT_KM);
  tag = <u32>field(job, K.TAG);
  unitMs = field(job, K.UNIT_MS);
  stepMs = field(job, K.STEP_MS);
  asksDown = asksAcross = mode === K.MODE_ROWS;
  for (let k = 0; k < sensorCount; k++) {
    const sensor = sensorAt(k);
    if (field(sensor, K.IS_OFF_NADIR) !== 0.0) asksDown = true;
    if (field(sensor, K.SIDE) !== 0.0) asksAcross = true;
  }
}

export function beginStep(fromMs: f64, isBefore: bool, isAfter: bool): void {
  stepFromMs = fromMs;
  isKnownBefore = isBefore;
  isKnownAfter = isAfter;
}
