/** A thread of the bench: passes of its share of a catalogue over all sites. */
import { parentPort, workerData } from "node:worker_threads";
import { type FleetQuery, findFleetPasses } from "@vedette/core/access/fleet-passes";

export interface PassCount {
  readonly passes: number;
  /** Sum of the passes' lengths, seconds: what two runs must have in common. */
  readonly seconds: number;
  readonly unknown: number;
}

const query: FleetQuery = workerData;
parentPort?.on("message", () => {
  const { count, startMs, endMs, unknown } = findFleetPasses(query);
  const seconds = endMs.reduce((sum, end, i) => sum + end - (startMs[i] as number), 0) / 1000;
  const told: PassCount = { passes: count, seconds, unknown: unknown.filter(({ length }) => length > 0).length };
  parentPort?.postMessage(told);
});
parentPort?.postMessage("ready");
