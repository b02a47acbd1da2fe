/** A coverage sweep and its questions on all threads; on one, where threads cannot share a kernel's memory. Same bytes. */
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { type Coverage, type CoveragePlan, placeCoverage } from "@vedette/core/access/coverage";
import { mergeAges, type PictureAges, pictureAgesOf } from "@vedette/core/access/coverage-age";
import {
  type Groups,
  mergeObservability,
  type Observability,
  observabilityOf,
} from "@vedette/core/access/coverage-query";
import { coverageSteps, gatherParts, slicesOf } from "@vedette/core/access/coverage-sweep";
import { type Kernel, kernelOf, kernelOn, type Machine, type Memory, sharedMemoryOf } from "@vedette/kernel/kernel";
import type * as worker from "./coverage-worker.ts";
import { ThreadPool } from "./pool.ts";

export interface CoverageOptions {
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Slices of hours done, of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** For tests: a machine that lacks something. */
  readonly machine?: Machine | undefined;
}

/** One subset of groups, by channel: any imaging kind first, then `SENSOR_KINDS`. */
export interface CoverageAnswer {
  readonly observability: readonly Observability[];
  readonly ages: readonly PictureAges[];
}

/** A sweep to be asked many times, and closed at the end. */
export interface CoverageSession {
  readonly coverage: Coverage;
  ask(groups: Groups): Promise<CoverageAnswer>;
  close(): Promise<void>;
}

export async function openCoverage(plan: CoveragePlan, options: CoverageOptions = {}): Promise<CoverageSession> {
  const { threads = availableParallelism(), machine = globalThis as unknown as Machine } = options;
  const memory = sharedMemoryOf(machine);
  const shared = memory && sharedPartsOf(plan, memory, threads, machine);
  if (memory === undefined || shared === undefined) return alone(plan, options, machine);
  const { place, front, back, firstByte, bytes, workers } = shared;
  const taken = new Int32Array(new SharedArrayBuffer(4));
  const data = { plan, place, memory, taken, firstByte, bytes, parts: workers };
  const pool = new ThreadPool<Tasks>(new URL("./coverage-worker.ts", import.meta.url), data, workers);
  try {
    const parts = await sweptParts(pool, plan, options);
    const swept = gatherParts(plan, parts, back, (size) => new SharedArrayBuffer(size));
    const coverage = { plan, place, kernel: front, bits: () => memory.buffer, swept };
    const ask = inTurn((groups: Groups) => asked(pool, coverage, groups, workers));
    return { coverage, ask, close: () => pool.close() };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** All questions work in the same channels of the memory: one begins when the one before has ended. */
function inTurn<Q, A>(answerTo: (question: Q) => Promise<A>): (question: Q) => Promise<A> {
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    const answer = last.then(() => answerTo(question));
    last = answer.catch(() => {});
    return answer;
  };
}

type Tasks = Omit<typeof worker, "default">;

/** Bytes of a thread beside its satellites' records and what it answers: states and clocks of a slice, working arrays. */
const THREAD_BYTES = 32 * 2 ** 20;
const SATELLITE_BYTES = 4096;
const COARSE_CELL_BYTES = 2048;
const CELL_BYTES = 8;
/** Ages by the minute, of all channels. */
const MINUTE_BYTES = 80;
const PAGE = 65_536;
/** More threads cost memory and bring nothing. */
const MOST_PER_CORE = 4;

/** Cells and planes first, then a part for each thread (as many as there is room for), then the moments. */
function sharedPartsOf(plan: CoveragePlan, memory: Memory, threads: number, machine: Machine) {
  const empty = kernelOn(memory, { start: 0, end: 0 }, machine);
  if (empty === undefined) return undefined;
  const most = 2 ** 32;
  const first = kernelOn(memory, { start: aligned(empty.run.BASE.value), end: most }, machine) as Kernel;
  const place = placeCoverage(plan, first);
  const firstByte = aligned(first.take(0));
  const { satellites, coarse, grid, hours } = plan;
  const forCells = COARSE_CELL_BYTES * coarse.count + CELL_BYTES * grid.count;
  const bytes = aligned(
    THREAD_BYTES + SATELLITE_BYTES * satellites.length + forCells + MINUTE_BYTES * 60 * (hours + 1),
  );
  // At least half of what is left is for the moments.
  const room = Math.floor((most - firstByte) / 2 / bytes) - 1;
  const workers = Math.max(1, Math.min(threads, room, MOST_PER_CORE * availableParallelism()));
  const end = firstByte + (workers + 1) * bytes;
  // The first of these parts is this thread's own, for questions that are not worth a message.
  const front = kernelOn(memory, { start: firstByte, end: firstByte + bytes }, machine) as Kernel;
  const back = kernelOn(memory, { start: end, end: most }, machine) as Kernel;
  // The memory grows here, once: threads that grow it at the same time add up what each one lacks.
  back.take(0);
  return { place, front, back, firstByte: firstByte + bytes, bytes, workers };
}

const aligned = (bytes: number) => Math.ceil(bytes / PAGE) * PAGE;

async function sweptParts(pool: ThreadPool<Tasks>, plan: CoveragePlan, { signal, onProgress }: CoverageOptions) {
  const slices = slicesOf(plan);
  let done = 0;
  onProgress?.(done, slices.length);
  return Promise.all(
    slices.map(async (slice) => {
      const part = await pool.run("sliceTask", slice, signal);
      onProgress?.(++done, slices.length);
      return part;
    }),
  );
}

async function asked(
  pool: ThreadPool<Tasks>,
  { plan, swept }: Coverage,
  groups: Groups,
  threads: number,
): Promise<CoverageAnswer> {
  const task = { swept: { ...swept, unknown: [] }, groups };
  const run = <K extends keyof Tasks & ("uniteTask" | "gapsTask" | "agesTask")>(name: K, total: number) =>
    Promise.all(rangesOf(total, threads).map((range) => pool.run(name, { ...task, ...range })));
  // Ages need no united bits: threads that have done their hours go on with them.
  const uniting = run("uniteTask", plan.hours);
  const aging = run("agesTask", plan.coarse.count);
  const gapping = uniting.then(() => run("gapsTask", plan.tree.words));
  const [lit, ages, gaps] = await Promise.all([uniting, aging, gapping]);
  return { observability: mergeObservability(plan, lit, gaps), ages: mergeAges(ages) };
}

/** As equal as whole numbers allow. */
function rangesOf(total: number, parts: number): { readonly from: number; readonly to: number }[] {
  return Array.from({ length: parts }, (_, i) => ({
    from: Math.floor((total * i) / parts),
    to: Math.floor((total * (i + 1)) / parts),
  })).filter(({ from, to }) => to > from);
}

/** In this thread, by the kernel where there is one. */
async function alone(
  plan: CoveragePlan,
  { signal, onProgress }: CoverageOptions,
  machine: Machine,
): Promise<CoverageSession> {
  const steps = coverageSteps(plan, kernelOf(machine));
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    onProgress?.(...step.value);
    // Ctrl-C is heard only where the thread rests.
    await setImmediate();
    signal?.throwIfAborted();
  }
  const coverage = step.value;
  return {
    coverage,
    ask: async (groups) => {
      await setImmediate();
      return { observability: observabilityOf(coverage, groups), ages: pictureAgesOf(coverage, groups) };
    },
    close: async () => {},
  };
}
