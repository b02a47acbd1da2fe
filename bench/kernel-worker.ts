/** A thread of the bench: its share of a catalogue into a memory that all threads share. */
import { parentPort, workerData } from "node:worker_threads";
import type { Steps } from "@vedette/core/orbit/bulk";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { kernelOn, type Machine, type Memory } from "@vedette/kernel/kernel";
import { fillSatellites } from "./kernel-states.ts";

export interface Share {
  readonly memory: Memory;
  /** Of this thread alone. */
  readonly scratch: { readonly start: number; readonly end: number };
  readonly satellites: readonly MeanElements[];
  readonly steps: Steps;
  /** Where its first satellite's states go. */
  readonly out: number;
}

const { memory, scratch, satellites, steps, out }: Share = workerData;
const kernel = kernelOn(memory, scratch, globalThis as unknown as Machine);
if (kernel === undefined) throw new Error("this machine has no WebAssembly with SIMD");
parentPort?.on("message", () => parentPort?.postMessage(fillSatellites(kernel, satellites, steps, out)));
parentPort?.postMessage("ready");
