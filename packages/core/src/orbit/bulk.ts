/** States of one satellite at many instants: by the compiled kernel where the machine has one, else one by one. */
import type { Kernel } from "@vedette/kernel/kernel";
import { SATELLITE_LENGTH } from "@vedette/kernel/writer";
import { MS_PER_MINUTE } from "../time/instant.ts";
import { EARTH_ROTATION_RADPS, gmstRad } from "../time/sidereal.ts";
import type { MeanElements } from "./elements.ts";
import { type Sgp4, sgp4Of, writeRecord } from "./sgp4.ts";

/** Equal steps: state `i` is that of `firstMs + i * stepMs` (UTC ms). */
export interface Steps {
  readonly firstMs: number;
  readonly stepMs: number;
  readonly count: number;
}

/** Stride 3, ECEF: km, and km/s relative to the rotating Earth. NaN where SGP4 has no answer. */
export interface States {
  readonly rEcefKm: Float64Array;
  readonly vEcefKmps: Float64Array;
}

/** All states; `kernel` is undefined on a machine without SIMD. @returns whether any is missing */
export function fillStates(elements: MeanElements, steps: Steps, states: States, kernel: Kernel | undefined): boolean {
  return kernel === undefined ? fillOneByOne(elements, steps, states) : fillInBulk(elements, steps, states, kernel);
}

function fillOneByOne(
  elements: MeanElements,
  { firstMs, stepMs, count }: Steps,
  { rEcefKm, vEcefKmps }: States,
): boolean {
  const model = sgp4Of(elements);
  let isMissing = false;
  for (let i = 0; i < count; i++) {
    if (!writeState(model, firstMs + i * stepMs, i, rEcefKm, vEcefKmps)) isMissing = true;
  }
  return isMissing;
}

/** One state in ECEF at place `i`; false where SGP4 has no answer, and NaN there. */
export function writeState(model: Sgp4, utcMs: number, i: number, r: Float64Array, v: Float64Array): boolean {
  const state = model.stateAt((utcMs - model.elements.epochUtcMs) / MS_PER_MINUTE);
  if ("code" in state) {
    r.fill(Number.NaN, 3 * i, 3 * i + 3);
    v.fill(Number.NaN, 3 * i, 3 * i + 3);
    return false;
  }
  const gmst = gmstRad(utcMs);
  const [sin, cos] = [Math.sin(gmst), Math.cos(gmst)];
  const [x, y, z] = state.rKm;
  const [vx, vy, vz] = state.vKmps;
  const [ex, ey] = [x * cos + y * sin, y * cos - x * sin];
  r[3 * i] = ex;
  r[3 * i + 1] = ey;
  r[3 * i + 2] = z;
  v[3 * i] = vx * cos + vy * sin + EARTH_ROTATION_RADPS * ey;
  v[3 * i + 1] = vy * cos - vx * sin - EARTH_ROTATION_RADPS * ex;
  v[3 * i + 2] = vz;
  return true;
}

function fillInBulk(elements: MeanElements, steps: Steps, { rEcefKm, vEcefKmps }: States, kernel: Kernel): boolean {
  const { count } = steps;
  const clock = clockOf(kernel, steps);
  const stride = 8 * (count + (count & 1));
  const record = kernel.take(8 * SATELLITE_LENGTH);
  const out = kernel.take(6 * stride);
  const work = kernel.take(kernel.run.PROPAGATE_WORK_BYTES.value);
  try {
    writeRecord(elements, kernel.doubles(record, SATELLITE_LENGTH));
    const missing = kernel.run.propagate(record, clock.utcMs, clock.gmst, count, out, stride, work);
    interleave(kernel.doubles(out, 3 * (stride >> 3)), stride >> 3, count, rEcefKm);
    interleave(kernel.doubles(out + 3 * stride, 3 * (stride >> 3)), stride >> 3, count, vEcefKmps);
    return missing > 0;
  } finally {
    kernel.release(record);
  }
}

function interleave(planes: Float64Array, stride: number, count: number, out: Float64Array): void {
  for (let i = 0, k = 0; i < count; i++) {
    out[k++] = planes[i] as number;
    out[k++] = planes[stride + i] as number;
    out[k++] = planes[2 * stride + i] as number;
  }
}

/** Addresses of a clock: instants (UTC ms) and sidereal time (rad), `count` doubles each and one to spare. */
interface Clock {
  readonly utcMs: number;
  readonly gmst: number;
}

/** The last clock of each kernel, kept for as long as the kernel: satellites come one after another at the same instants. */
const clocks = new WeakMap<Kernel, Clock & { readonly steps: Steps; readonly capacity: number }>();

function clockOf(kernel: Kernel, steps: Steps): Clock {
  const last = clocks.get(kernel);
  const { firstMs, stepMs, count } = steps;
  if (last?.steps.firstMs === firstMs && last.steps.stepMs === stepMs && last.steps.count >= count) return last;
  // Taken for good: only ever asked for when nothing else is taken. Doubled, so that growing ends.
  const capacity = last !== undefined && last.capacity > count ? last.capacity : 2 * count + 2;
  const utcMs = capacity === last?.capacity ? last.utcMs : kernel.take(16 * capacity);
  const clock = { utcMs, gmst: utcMs + 8 * capacity, steps, capacity };
  const times = kernel.doubles(utcMs, capacity);
  for (let i = 0; i <= count; i++) times[i] = firstMs + i * stepMs;
  kernel.run.gmstOf(utcMs, count + 1, clock.gmst);
  clocks.set(kernel, clock);
  return clock;
}
