/** Where the time of verified breaches went, stage by stage: sums, the part of it that was work, and counts by hours for quantiles. */
import type { Exercise } from "../exercise.ts";
import type { Passage } from "../headquarters/passage.ts";
import type { TruthKind } from "../truth/truth.ts";
import type { Fates } from "./fates.ts";
import { SPENT_HOURS, type Spent, STAGES, type Stage, type StageSpent } from "./terms.ts";

const MS_PER_HOUR = 3_600_000;

const NO_STAGE: StageSpent = {
  hours: 0,
  count: 0,
  workHours: 0,
  bins: new Array<number>(SPENT_HOURS.length + 1).fill(0),
};
export const NOTHING_SPENT: Spent = byStage(() => NO_STAGE);

/** Stages add up to the time from the breach to the second person's word. */
export function spentOf(run: Exercise, fates: Fates): Spent {
  const { truth } = run.world;
  const spent = byStage(() => ({ hours: 0, count: 0, workHours: 0, bins: [...NO_STAGE.bins] }));
  const add = (stage: Stage, ms: number, workMs = 0): void => {
    if (!Number.isFinite(ms)) return;
    const own = spent[stage];
    const hours = Math.max(0, ms) / MS_PER_HOUR;
    const bin = binOf(hours);
    own.hours += hours;
    own.count++;
    own.workHours += Math.min(hours, Math.max(0, workMs) / MS_PER_HOUR);
    own.bins[bin] = (own.bins[bin] as number) + 1;
  };
  for (let i = 0; i < truth.tMs.length; i++) {
    const incident = fates.through[i];
    if (incident === undefined || (truth.kinds[truth.kind[i] as number] as TruthKind).isBreach !== true) continue;
    const passage = run.headquarters.passages.get(incident.id) as Passage;
    const at = (column: Float64Array): number => column[i] as number;
    add("look", at(fates.seenMs) - at(truth.tMs));
    add("downlink", at(fates.receivedMs) - at(fates.seenMs));
    add("analyst", at(fates.readMs) - at(fates.receivedMs), at(fates.readingMs));
    add("corroboration", at(fates.corroboratedMs) - at(fates.readMs));
    add("verifier", at(fates.verifiedMs) - at(fates.corroboratedMs), passage.verifiedMs - passage.takenMs);
    const heardMs = Math.max(passage.verifiedMs, passage.repliesMs);
    if (!Number.isNaN(passage.repliesMs)) add("replies", heardMs - passage.verifiedMs);
    const from = Number.isNaN(heardMs) ? passage.verifiedMs : heardMs;
    add("second-person", passage.assessedMs - from, passage.assessedMs - passage.secondTakenMs);
  }
  return spent;
}

export const addedSpent = (a: Spent, b: Spent): Spent =>
  byStage((stage) => ({
    hours: a[stage].hours + b[stage].hours,
    count: a[stage].count + b[stage].count,
    workHours: a[stage].workHours + b[stage].workHours,
    bins: a[stage].bins.map((n, k) => n + (b[stage].bins[k] as number)),
  }));

/** Hours below which so large a share stayed, by straight lines within a bin; NaN where nothing passed. Beyond the last edge: that edge. */
export function spentQuantileH({ bins, count }: StageSpent, share01: number): number {
  if (count === 0) return Number.NaN;
  let before = 0;
  for (const [k, n] of bins.entries()) {
    if (n > 0 && before + n >= share01 * count) {
      const [from, to] = [SPENT_HOURS[k - 1] ?? 0, SPENT_HOURS[k] ?? (SPENT_HOURS.at(-1) as number)];
      return from + ((share01 * count - before) / n) * (to - from);
    }
    before += n;
  }
  return SPENT_HOURS.at(-1) as number;
}

function binOf(hours: number): number {
  const k = SPENT_HOURS.findIndex((edge) => hours <= edge);
  return k < 0 ? SPENT_HOURS.length : k;
}

function byStage<T>(of: (stage: Stage) => T): Record<Stage, T> {
  return Object.fromEntries(STAGES.map((stage) => [stage, of(stage)])) as Record<Stage, T>;
}
