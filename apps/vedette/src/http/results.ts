/** The workspace's scenario as it was computed last: what satellites could see of its zones, and when. */
import type { PassRow, Result } from "@vedette/wire/result";
import { computeResult } from "../engine/compute.ts";
import { coverageGeojson } from "../report/files/coverage-geojson.ts";
import { passesCsv } from "../report/files/passes-csv.ts";
import { loadScenario } from "../scenario/load.ts";
import { ApiProblem } from "./api-problem.ts";
import type { JobResult, JobWatch } from "./jobs.ts";

export interface ScenarioOrder {
  readonly scenario: string;
  readonly start?: string;
  readonly days?: number;
}

/** Threads of a computation: the rest of the machine answers requests. */
export const JOB_THREADS = 2;

/** Kept in memory, by workspace: a few megabytes each. */
export class Results {
  readonly #kept = new Map<string, Result>();

  /** @throws ApiProblem 404 until it was computed */
  of(workspace: string): Result {
    const result = this.#kept.get(workspace);
    if (result === undefined) throw new ApiProblem("not-found", "nothing was computed yet: begin with POST scenario");
    return result;
  }

  async compute(
    workspace: string,
    { scenario, ...span }: ScenarioOrder,
    { signal, at }: JobWatch,
  ): Promise<JobResult[]> {
    const loaded = await loadScenario(scenario, span);
    const result = await computeResult(loaded, {
      threads: JOB_THREADS,
      signal,
      onProgress: ({ phase, done, total }) =>
        at((phase === "sweep" ? 0 : 0.5) + (0.5 * done) / Math.max(1, total), phase),
    });
    signal.throwIfAborted();
    this.#kept.set(workspace, result);
    const text = (name: string, type: string, content: string): JobResult => ({
      name,
      type,
      bytes: new TextEncoder().encode(content),
    });
    return [
      text("summary.json", "application/json", `${JSON.stringify(result.summary, null, 2)}\n`),
      text("passes.csv", "text/csv; charset=utf-8", passesCsv(result)),
      text("coverage.geojson", "application/geo+json", coverageGeojson(result)),
    ];
  }
}

/** Overlapping the span. */
export function passesWithin(
  { passes }: Result,
  { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }: { fromMs?: number; toMs?: number },
  { nation, kind }: { readonly nation?: string | undefined; readonly kind?: string | undefined },
): PassRow[] {
  return passes.filter(
    (pass) =>
      pass.endMs >= fromMs &&
      pass.startMs < toMs &&
      (nation === undefined || pass.nation === nation) &&
      (kind === undefined || pass.kinds.includes(kind)),
  );
}
