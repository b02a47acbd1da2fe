/** Long computations: one at a time for a workspace, looked at and broken off by whoever began them, and by nobody else. */
import { randomBytes } from "node:crypto";
import { MS_PER_DAY } from "@vedette/core/time/instant";
import type { JobOne } from "@vedette/wire/api-jobs";
import { InputError, Interrupted } from "../problem.ts";
import { ApiProblem } from "./api-problem.ts";

export interface JobResult {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface JobWatch {
  readonly signal: AbortSignal;
  readonly at: (progress01: number, note?: string) => void;
}

export type JobWork = (watch: JobWatch) => Promise<readonly JobResult[]>;

interface Job {
  readonly id: string;
  readonly workspace: string;
  readonly person: string;
  readonly kind: JobOne["kind"];
  readonly abort: AbortController;
  readonly work: JobWork;
  readonly madeMs: number;
  state: JobOne["state"];
  progress01: number;
  note?: string;
  endedMs?: number;
  problem?: string;
  results: readonly JobResult[];
}

/** Of one person in one workspace, waiting or running. */
const MOST_WAITING = 5;
const MOST_KEPT = 20;

export class JobBook {
  readonly #jobs = new Map<string, Job>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #clock: () => number;
  readonly #onFault: (error: unknown) => void;

  /** @param onFault what a job threw that is no fault of its input */
  constructor(clock: () => number, onFault: (error: unknown) => void) {
    this.#clock = clock;
    this.#onFault = onFault;
  }

  /** @throws ApiProblem 503 where too many of theirs wait */
  begin(workspace: string, person: string, kind: JobOne["kind"], work: JobWork): JobOne {
    this.#forget();
    const own = this.#of(workspace, person);
    if (own.filter(({ state }) => state === "waiting" || state === "running").length >= MOST_WAITING)
      throw new ApiProblem("busy", "wait for one of your jobs, or cancel it", {}, { "retry-after": "10" });
    const ended = own.filter(({ endedMs }) => endedMs !== undefined);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - MOST_KEPT + 1))) this.#jobs.delete(id);
    const job: Job = {
      id: `job-${randomBytes(12).toString("hex")}`,
      workspace,
      person,
      kind,
      work,
      abort: new AbortController(),
      madeMs: this.#clock(),
      state: "waiting",
      progress01: 0,
      results: [],
    };
    this.#jobs.set(job.id, job);
    const before = this.#running.get(workspace) ?? Promise.resolve();
    const run = before.then(() => this.#run(job));
    this.#running.set(workspace, run);
    return shownOf(job);
  }

  all(workspace: string, person: string): JobOne[] {
    this.#forget();
    return this.#of(workspace, person).map(shownOf);
  }

  one(workspace: string, person: string, id: string): JobOne | undefined {
    const job = this.#find(workspace, person, id);
    return job === undefined ? undefined : shownOf(job);
  }

  result(workspace: string, person: string, id: string, name: string): JobResult | undefined {
    return this.#find(workspace, person, id)?.results.find((one) => one.name === name);
  }

  /** What has ended stays as it is. */
  cancel(workspace: string, person: string, id: string): JobOne | undefined {
    const job = this.#find(workspace, person, id);
    if (job === undefined) return undefined;
    if (job.endedMs === undefined) {
      job.abort.abort(new Interrupted());
      this.#end(job, "cancelled");
    }
    return shownOf(job);
  }

  /** All are broken off. */
  async close(): Promise<void> {
    for (const job of this.#jobs.values()) this.cancel(job.workspace, job.person, job.id);
    await Promise.all(this.#running.values());
  }

  async #run(job: Job): Promise<void> {
    if (job.endedMs !== undefined) return;
    job.state = "running";
    const at = (progress01: number, note?: string): void => {
      job.progress01 = Math.min(1, Math.max(job.progress01, progress01));
      if (note !== undefined) job.note = note;
    };
    try {
      const results = await job.work({ signal: job.abort.signal, at });
      if (job.abort.signal.aborted) return;
      job.results = results;
      job.progress01 = 1;
      this.#end(job, "done");
    } catch (error) {
      if (job.abort.signal.aborted) return;
      const isInput = error instanceof InputError || error instanceof ApiProblem || error instanceof RangeError;
      job.problem = isInput ? error.message : "a fault of the server";
      if (!isInput) this.#onFault(error);
      this.#end(job, "failed");
    }
  }

  #end(job: Job, state: JobOne["state"]): void {
    job.state = state;
    job.endedMs = this.#clock();
  }

  #of(workspace: string, person: string): Job[] {
    return [...this.#jobs.values()].filter((job) => job.workspace === workspace && job.person === person);
  }

  #find(workspace: string, person: string, id: string): Job | undefined {
    const job = this.#jobs.get(id);
    return job?.workspace === workspace && job.person === person ? job : undefined;
  }

  #forget(): void {
    for (const { id, endedMs } of this.#jobs.values())
      if (endedMs !== undefined && this.#clock() - endedMs > MS_PER_DAY) this.#jobs.delete(id);
  }
}

const timeText = (ms: number): string => new Date(ms).toISOString();

function shownOf({ id, workspace, kind, state, progress01, note, madeMs, endedMs, problem, results }: Job): JobOne {
  return {
    id,
    kind,
    state,
    progress01,
    ...(note !== undefined && { note }),
    madeAt: timeText(madeMs),
    ...(endedMs !== undefined && { endedAt: timeText(endedMs) }),
    ...(problem !== undefined && { problem }),
    results: results.map(({ name, type, bytes }) => ({
      name,
      type,
      bytes: bytes.byteLength,
      path: `/api/workspaces/${workspace}/jobs/${id}/results/${name}`,
    })),
  };
}
