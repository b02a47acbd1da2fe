/** Many runs on many threads: dealt out as threads are free, taken in by their numbers, judged only at fixed counts. */
import { availableParallelism } from "node:os";
import {
  added,
  differenceOf,
  headlineOf,
  isEnough,
  lineOf,
  NO_TOTAL,
  type RunLine,
  type Stopping,
  seedOf,
  stoppingOf,
  type Total,
} from "@vedette/core/exercise/score/campaign";
import { HEADLINE_HOURS, type Score } from "@vedette/core/exercise/score/score";
import type { Share01 } from "@vedette/core/numerics/proportion";
import { ThreadPool } from "../engine/pool.ts";
import type { Recording } from "../report/replay-packed.ts";
import type { Plan } from "./load.ts";
import type { Played } from "./play.ts";
import type * as worker from "./worker.ts";

export interface Order {
  readonly plans: readonly Plan[];
  readonly runs: number;
  readonly seed: number;
  readonly untilCi?: number;
  readonly threads?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunsDone) => void;
}

/** Runs of all networks together, and the first network's first headline so far. */
export interface RunsDone {
  readonly done: number;
  readonly total: number;
  readonly headline: Share01;
}

export interface FailedRun {
  readonly run: number;
  readonly seed: number;
  readonly message: string;
}

export interface NetworkResult {
  readonly title: string;
  readonly headline: readonly (Share01 & { readonly hours: number })[];
  readonly total: Total;
  readonly lines: readonly RunLine[];
  readonly failed: readonly FailedRun[];
}

export interface Difference {
  readonly hours: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly pairs: number;
}

export interface Campaign {
  readonly seed: number;
  readonly asked: number;
  readonly made: number;
  readonly looks: readonly number[];
  readonly z: number;
  readonly networks: readonly NetworkResult[];
  /** Of each further network against the first. */
  readonly differences: readonly (readonly Difference[])[];
}

type Tasks = Pick<typeof worker, "playTask" | "recordTask">;

const WORKER = new URL("./worker.ts", import.meta.url);

export async function playMany(order: Order): Promise<Campaign> {
  const threads = order.threads ?? availableParallelism();
  const pool = new ThreadPool<Tasks>(WORKER, { plans: order.plans }, threads);
  try {
    return await new Runs(order, pool, threads).play();
  } finally {
    await pool.close();
  }
}

/** Of one run that was made by itself, as a campaign of one. */
export function campaignOfOne({ title }: Plan, score: Score): Campaign {
  const lines = [lineOf(0, score)];
  const { z } = stoppingOf(1, undefined);
  const headline = HEADLINE_HOURS.map((hours, k) => ({ hours, ...headlineOf(lines, k, z) }));
  const network = { title, headline, total: added(NO_TOTAL, score), lines, failed: [] };
  return { seed: score.seed, asked: 1, made: 1, looks: [1], z, networks: [network], differences: [] };
}

/** One run again, recorded for the map; on a thread of its own, so that it can be broken off. */
export async function recorded(
  plan: Plan,
  { run, seed, signal }: { readonly run: number; readonly seed: number; readonly signal?: AbortSignal },
): Promise<Recording> {
  const pool = new ThreadPool<Tasks>(WORKER, { plans: [plan] }, 1);
  try {
    return await pool.run("recordTask", { network: 0, seed, run }, signal);
  } finally {
    await pool.close();
  }
}

class Runs {
  readonly #order: Order;
  readonly #pool: ThreadPool<Tasks>;
  readonly #threads: number;
  readonly #stopping: Stopping;
  readonly #totals: Total[];
  readonly #lines: RunLine[][];
  readonly #failed: FailedRun[][];
  #done = 0;

  constructor(order: Order, pool: ThreadPool<Tasks>, threads: number) {
    this.#order = order;
    this.#pool = pool;
    this.#threads = threads;
    this.#stopping = stoppingOf(order.runs, order.untilCi);
    this.#totals = order.plans.map(() => NO_TOTAL);
    this.#lines = order.plans.map(() => []);
    this.#failed = order.plans.map(() => []);
  }

  async play(): Promise<Campaign> {
    let made = 0;
    for (const look of this.#stopping.looks) {
      await this.#playUntil(made, look);
      made = look;
      const { untilCi } = this.#order;
      const { z } = this.#stopping;
      if (untilCi !== undefined && this.#lines.every((lines) => isEnough(lines, z, untilCi))) break;
    }
    return this.#campaign(made);
  }

  /** As many at once as keep all threads busy; results wait until those before them are in, so that sums have one order. */
  async #playUntil(from: number, to: number): Promise<void> {
    const { plans, seed, signal } = this.#order;
    const n = (to - from) * plans.length;
    const waiting = new Map<number, Played>();
    let [next, taken] = [0, 0];
    const lane = async (): Promise<void> => {
      while (next < n) {
        const task = next++;
        const run = from + Math.floor(task / plans.length);
        const network = task % plans.length;
        waiting.set(task, await this.#pool.run("playTask", { network, seed: seedOf(seed, run) }, signal));
        for (let played = waiting.get(taken); played !== undefined; played = waiting.get(taken)) {
          waiting.delete(taken);
          this.#take(from + Math.floor(taken / plans.length), taken % plans.length, played);
          taken++;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(n, 2 * this.#threads) }, lane));
  }

  #take(run: number, network: number, played: Played): void {
    if (played.code === "failed") this.#failed[network]?.push({ run, seed: played.seed, message: played.message });
    else {
      this.#totals[network] = added(this.#totals[network] as Total, played.score);
      this.#lines[network]?.push(lineOf(run, played.score));
    }
    this.#done++;
    this.#order.onProgress?.({
      done: this.#done,
      total: this.#order.runs * this.#order.plans.length,
      headline: headlineOf(this.#lines[0] as RunLine[], 0, this.#stopping.z),
    });
  }

  #campaign(made: number): Campaign {
    const { plans, seed, runs } = this.#order;
    const { looks, z } = this.#stopping;
    const networks = plans.map(({ title }, i): NetworkResult => {
      const lines = this.#lines[i] as RunLine[];
      const headline = HEADLINE_HOURS.map((hours, k) => ({ hours, ...headlineOf(lines, k, z) }));
      return { title, headline, total: this.#totals[i] as Total, lines, failed: this.#failed[i] as FailedRun[] };
    });
    const [first, ...others] = this.#lines;
    const differences = others.map((lines) =>
      HEADLINE_HOURS.map((hours, k) => ({ hours, ...differenceOf(first as RunLine[], lines, k, seed) })),
    );
    return { seed, asked: runs, made, looks, z, networks, differences };
  }
}
