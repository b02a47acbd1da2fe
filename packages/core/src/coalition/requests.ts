/** Requests, wanted against got. */
import type { Sky } from "../access/sky.ts";
import { quantileOf } from "../numerics/distribution.ts";
import type { Taken } from "../plan/looks.ts";
import { MS_PER_HOUR } from "../time/instant.ts";
import type { AssessmentDetail, TakenByCell, Watch } from "./watch.ts";

/** Cells of one request, and how many of them got what was wanted. */
export interface RequestFigures {
  readonly cells: number;
  /** Longest gap among opportunities within the revisit wanted. */
  accessibleMet: number;
  /** Longest gap among looks taken within the revisit wanted. */
  takenMet: number;
  /** At least one picture came, and nine in ten within the latency wanted. */
  latencyMet: number;
  /** Both of the last two. */
  met: number;
  /** Cells of which a picture came at all. */
  withPicture: number;
}

/** One row per request. Gaps at the span's ends count. Without `acceptance` the accessible column stays 0. */
export function requestFigures(
  watch: Watch,
  sky: Sky,
  detail: Pick<AssessmentDetail, "plan" | "byCell"> & Partial<AssessmentDetail>,
): RequestFigures[] {
  const answers = detail.acceptance?.answers;
  return watch.requests.map((request, r) => {
    const bit = 1 << r;
    const cells = watch.cellRequests.reduce((sum, bits) => sum + ((bits & bit) === 0 ? 0 : 1), 0);
    const row: RequestFigures = { cells, accessibleMet: 0, takenMet: 0, latencyMet: 0, met: 0, withPicture: 0 };
    const wantedMs = request.revisitH * MS_PER_HOUR;
    for (let cell = 0; cell < sky.cells; cell++) {
      if (((watch.cellRequests[cell] as number) & bit) === 0) continue;
      if (answers !== undefined && accessibleGapMs(watch, sky, answers, cell, bit) <= wantedMs) row.accessibleMet++;
      const { gapMs, latenciesMs } = takenOf(watch, sky, detail.plan, detail.byCell, cell, bit);
      const latency = latenciesMs.length > 0 && quantileOf(latenciesMs, 0.9) <= request.latencyH * MS_PER_HOUR;
      if (latenciesMs.length > 0) row.withPicture++;
      if (gapMs <= wantedMs) row.takenMet++;
      if (latency) row.latencyMet++;
      if (latency && gapMs <= wantedMs) row.met++;
    }
    return row;
  });
}

/** Share of (request, cell) pairs that got both revisit and latency; undefined where nothing is asked. */
export function requestsMet01(watch: Watch, sky: Sky, plan: Taken, byCell: TakenByCell): number | undefined {
  const rows = requestFigures(watch, sky, { plan, byCell });
  const cells = rows.reduce((sum, row) => sum + row.cells, 0);
  return cells === 0 ? undefined : rows.reduce((sum, row) => sum + row.met, 0) / cells;
}

function accessibleGapMs({ span }: Watch, sky: Sky, answers: Uint32Array, cell: number, bit: number): number {
  let [last, longest]: [number, number] = [span.start, 0];
  for (let k = sky.cellFirst[cell] as number; k < (sky.cellFirst[cell + 1] as number); k++) {
    const i = sky.order[k] as number;
    if (((answers[i] as number) & bit) === 0) continue;
    longest = Math.max(longest, (sky.atMs[i] as number) - last);
    last = sky.atMs[i] as number;
  }
  return Math.max(longest, span.end - last);
}

function takenOf({ span }: Watch, sky: Sky, plan: Taken, byCell: TakenByCell, cell: number, bit: number) {
  let [last, longest]: [number, number] = [span.start, 0];
  const latenciesMs: number[] = [];
  for (let k = byCell.first[cell] as number; k < (byCell.first[cell + 1] as number); k++) {
    const row = byCell.rows[k] as number;
    const look = plan.looks[plan.look[row] as number];
    if (look === undefined || (look.sensor.answers & bit) === 0) continue;
    const atMs = sky.atMs[plan.opportunity[row] as number] as number;
    longest = Math.max(longest, atMs - last);
    last = atMs;
    if (look.deliveredMs <= span.end) latenciesMs.push(look.deliveredMs - atMs);
  }
  return { gapMs: Math.max(longest, span.end - last), latenciesMs };
}
