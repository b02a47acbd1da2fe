/** A whole sweep: on one thread, or gathered from slices that threads did. */
import type { Kernel } from "@vedette/kernel/kernel";
import {
  type Coverage,
  type CoveragePlan,
  type Moments,
  type PlacedMoments,
  placeCoverage,
  planeBytes,
  type SlicePart,
  type Swept,
  storeBytes,
} from "./coverage.ts";
import { CoverageSweep } from "./coverage-slice.ts";

/** Hours of a slice: long enough that clocks and ends cost little, short enough that threads end together. */
export const SLICE_HOURS = 12;

/** The whole span on this thread. `kernel`: one of its own, nothing taken yet; undefined, as on a machine without SIMD. */
export function sweepCoverage(
  plan: CoveragePlan,
  kernel: Kernel | undefined,
  sliceHours: number = SLICE_HOURS,
): Coverage {
  const steps = coverageSteps(plan, kernel, sliceHours);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same slice by slice: yields how many are done, of how many. */
export function* coverageSteps(
  plan: CoveragePlan,
  kernel: Kernel | undefined,
  sliceHours: number = SLICE_HOURS,
): Generator<readonly [number, number], Coverage> {
  const plain = kernel === undefined ? new ArrayBuffer(storeBytes(plan)) : undefined;
  const bits = () => plain ?? (kernel as Kernel).memory.buffer;
  const place = kernel === undefined ? { planes: 0, channels: planeBytes(plan) } : placeCoverage(plan, kernel);
  const sweep = new CoverageSweep(plan, place, kernel, bits);
  const slices = slicesOf(plan, sliceHours);
  const parts: SlicePart[] = [];
  for (const { fromHour, toHour } of slices) {
    yield [parts.length, slices.length];
    parts.push(sweep.slice(fromHour, toHour));
  }
  return { plan, place, kernel, bits, swept: gatherParts(plan, parts, kernel) };
}

export interface HourSlice {
  readonly fromHour: number;
  readonly toHour: number;
}

/** The span cut into slices of whole hours. */
export function slicesOf({ hours }: CoveragePlan, sliceHours: number = SLICE_HOURS): HourSlice[] {
  return Array.from({ length: Math.ceil(hours / sliceHours) }, (_, i) => ({
    fromHour: i * sliceHours,
    toHour: Math.min(hours, (i + 1) * sliceHours),
  }));
}

/** Slices together, in whatever order they came; moments into `kernel`'s memory, where there is one: taken for good. */
export function gatherParts(
  plan: CoveragePlan,
  parts: readonly SlicePart[],
  kernel: Kernel | undefined,
  allocate: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): Swept {
  const inOrder = [...parts].sort((a, b) => a.fromHour - b.fromHour);
  const lit = new Uint32Array(allocate(4 * plan.planes.length * plan.hours));
  for (const part of inOrder) {
    const hours = part.toHour - part.fromHour;
    plan.planes.forEach((_, plane) => {
      lit.set(part.lit.subarray(plane * hours, (plane + 1) * hours), plane * plan.hours + part.fromHour);
    });
  }
  return {
    lit,
    moments: kernel === undefined ? gatherMoments(plan, inOrder) : momentsInKernel(plan, inOrder, kernel),
    unknown: inOrder.flatMap(({ unknown }) => unknown),
  };
}

function momentsInKernel(plan: CoveragePlan, parts: readonly SlicePart[], kernel: Kernel): PlacedMoments {
  const count = countOf(parts);
  const firstAt = kernel.take(4 * (plan.coarse.count + 1));
  const atAt = kernel.take(4 * count);
  const tagAt = kernel.take(2 * count);
  const { buffer } = kernel.memory;
  fill(parts, {
    first: new Uint32Array(buffer, firstAt, plan.coarse.count + 1),
    at: new Uint32Array(buffer, atAt, count),
    tag: new Uint16Array(buffer, tagAt, count),
  });
  return { firstAt, atAt, tagAt };
}

function gatherMoments(plan: CoveragePlan, parts: readonly SlicePart[]): Moments {
  const count = countOf(parts);
  const moments = {
    first: new Uint32Array(plan.coarse.count + 1),
    at: new Uint32Array(count),
    tag: new Uint16Array(count),
  };
  fill(parts, moments);
  return moments;
}

const countOf = (parts: readonly SlicePart[]) => parts.reduce((sum, { moments }) => sum + moments.at.length, 0);

/** Cell by cell, slice by slice: in order of time, because slices are. */
function fill(parts: readonly SlicePart[], { first, at, tag }: Moments): void {
  let to = 0;
  for (let cell = 0; cell + 1 < first.length; cell++) {
    first[cell] = to;
    for (const { moments } of parts) {
      const [from, end] = [moments.first[cell] as number, moments.first[cell + 1] as number];
      for (let row = from; row < end; row++) {
        at[to] = moments.at[row] as number;
        tag[to++] = moments.tag[row] as number;
      }
    }
  }
  first[first.length - 1] = to;
}
