/** The peer's threads, in a thread of their own: its runtime ends the process that disposes of it. */
import { parentPort, workerData } from "node:worker_threads";
import type { Steps } from "@vedette/core/orbit/bulk";
import {
  BulkPropagator,
  createMultiThreadRuntime,
  EcfPositionCalculator,
  EcfVelocityCalculator,
  EciBaseCalculator,
  GmstCalculator,
  twoline2satrec,
} from "satellite.js";

export interface PeerJob {
  readonly lines: readonly (readonly [string, string])[];
  readonly steps: Steps;
  readonly threads: number;
  /** Its memory holds the results of so many satellites at a time. */
  readonly batch: number;
}

export interface PeerAnswer {
  readonly sample: Float64Array;
  /** Of its time, what went into making satellites and dates ready, which it does on one thread. */
  readonly setUpS: number;
}

const { lines, steps, threads, batch }: PeerJob = workerData;
const batches = Array.from({ length: Math.ceil(lines.length / batch) }, (_, b) =>
  lines.slice(b * batch, (b + 1) * batch),
);
const propagator = new BulkPropagator({
  runtime: await createMultiThreadRuntime({ threadsCount: threads }),
  calculators: [
    new EciBaseCalculator(),
    new GmstCalculator(),
    new EcfPositionCalculator(),
    new EcfVelocityCalculator(),
  ],
  satRecsCount: Math.min(batch, lines.length),
  datesCount: steps.count,
});
const dates = Array.from({ length: steps.count }, (_, i) => new Date(steps.firstMs + i * steps.stepMs));

/** Positions of the last batch's satellites at every 61st step, stride 3, ECEF, km: what is held against ours. */
async function run(): Promise<PeerAnswer> {
  let setUpMs = 0;
  for (const some of batches) {
    const startMs = performance.now();
    propagator.setSatRecs(some.map((pair) => twoline2satrec(...pair)));
    propagator.setDates(dates);
    setUpMs += performance.now() - startMs;
    await propagator.run();
  }
  const { ecfPosition } = propagator.getRawOutput();
  const last = batches.at(-1)?.length ?? 0;
  const sample: number[] = [];
  for (let s = 0; s < last; s++) {
    for (let i = 0; i < steps.count; i += 61) {
      const k = 3 * (s * steps.count + i);
      sample.push(...ecfPosition.subarray(k, k + 3));
    }
  }
  return { sample: Float64Array.from(sample), setUpS: setUpMs / 1000 };
}

parentPort?.on("message", async () => parentPort?.postMessage(await run()));
parentPort?.postMessage("ready");
