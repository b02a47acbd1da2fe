/** Group commit: what comes while a write is being made goes into the next one together, and each is told when it is on disk. */
import { setImmediate as pause } from "node:timers/promises";
import { InputError } from "../problem.ts";
import type { Appender, Outcome } from "./appender.ts";

/** One thing to append: all of it or nothing. */
export interface Job {
  /** Rows that it brings. */
  readonly weight: number;
  /** Of members, to be looked up before. */
  readonly keys: readonly string[];
  readonly append: (appender: Appender) => unknown;
}

interface Waiting {
  readonly job: Job;
  readonly settle: (outcome: Outcome) => void;
}

/** Rows that may wait: some hundred megabytes of reports. */
const MOST_WAITING = 200_000;
/** Rows of one write: those who wait longest are told within a second. */
const MOST_TOGETHER = 20_000;

/** The server has more to write than it can: nothing of this was recorded; try again. */
export class BusyError extends InputError {}

export class GroupCommit {
  readonly #commit: (jobs: readonly Job[]) => Promise<readonly Outcome[]>;
  readonly #place: string;
  readonly #most: number;
  #waiting: Waiting[] = [];
  #rows = 0;
  #running: Promise<void> | undefined;

  /** @param commit makes one write of them; what it throws undoes them all */
  constructor(
    commit: (jobs: readonly Job[]) => Promise<readonly Outcome[]>,
    place: string,
    most: number = MOST_WAITING,
  ) {
    this.#commit = commit;
    this.#place = place;
    this.#most = most;
  }

  /** @throws BusyError where too many wait already */
  add(job: Job): Promise<unknown> {
    if (this.#rows > 0 && this.#rows + job.weight > this.#most) {
      const message = `too busy: ${this.#rows} records wait to be written; try again in a moment`;
      return Promise.reject(new BusyError([{ file: this.#place, message }]));
    }
    return new Promise((resolve, reject) => {
      const settle = (outcome: Outcome): void => ("error" in outcome ? reject(outcome.error) : resolve(outcome.value));
      this.#waiting.push({ job, settle });
      this.#rows += job.weight;
      this.#running ??= this.#run();
    });
  }

  /** When nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Those who come in the same turn of the loop come along.
      await pause();
      const group = this.#next();
      const outcomes = await this.#outcomesOf(group.map(({ job }) => job));
      for (const [i, { job, settle }] of group.entries()) {
        this.#rows -= job.weight;
        settle(outcomes[i] as Outcome);
      }
    }
    this.#running = undefined;
  }

  #next(): Waiting[] {
    let [count, rows] = [0, 0];
    for (const { job } of this.#waiting) {
      if (count > 0 && rows + job.weight > MOST_TOGETHER) break;
      count++;
      rows += job.weight;
    }
    return this.#waiting.splice(0, count);
  }

  async #outcomesOf(jobs: readonly Job[]): Promise<readonly Outcome[]> {
    try {
      return await this.#commit(jobs);
    } catch (error) {
      return jobs.map(() => ({ error }));
    }
  }
}
