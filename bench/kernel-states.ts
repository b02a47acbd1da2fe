/** States of satellites at equal steps, left where the kernel puts them: six arrays each, one satellite after another. */

import type { Steps } from "@vedette/core/orbit/bulk";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { writeRecord } from "@vedette/core/orbit/sgp4";
import type { Kernel } from "@vedette/kernel/kernel";
import { SATELLITE_LENGTH } from "@vedette/kernel/writer";

/** Bytes that one satellite's states take. */
export const stateBytes = ({ count }: Steps): number => 48 * (count + (count & 1));

/** Bytes that a kernel needs beside the states. */
export const scratchBytes = ({ count }: Steps): number => 16 * (count + 2) + 8 * SATELLITE_LENGTH + 32_768;

/** Fills `stateBytes` a satellite from `out` on; set-up of the satellites included. @returns how many states SGP4 has no answer for */
export function fillSatellites(kernel: Kernel, satellites: readonly MeanElements[], steps: Steps, out: number): number {
  const { count, firstMs, stepMs } = steps;
  const times = kernel.take(8 * (count + 1));
  const gmst = kernel.take(8 * (count + 1));
  const record = kernel.take(8 * SATELLITE_LENGTH);
  const work = kernel.take(kernel.run.PROPAGATE_WORK_BYTES.value);
  kernel.doubles(times, count + 1).set(Float64Array.from({ length: count + 1 }, (_, i) => firstMs + i * stepMs));
  kernel.run.gmstOf(times, count + 1, gmst);
  const bytes = stateBytes(steps);
  const coefficients = kernel.doubles(record, SATELLITE_LENGTH);
  let missing = 0;
  satellites.forEach((elements, i) => {
    writeRecord(elements, coefficients);
    missing += kernel.run.propagate(record, times, gmst, count, out + i * bytes, bytes / 6, work);
  });
  kernel.release(times);
  return missing;
}
