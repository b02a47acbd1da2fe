/** Who saw a breach first: how many each group did, of those that began a day and more before the end. For the score. */
import type { Exercise } from "../exercise.ts";

const WITHIN_MS = 24 * 3_600_000;

/** Breaches by the group that was the first to see them, within a day of their beginning. */
export function firstSeenBy(run: Exercise): Record<string, number> {
  const { truth } = run.world;
  const { columns, length } = run.senses.reports.members;
  const { entity } = run.senses.reports.rows.columns;
  const { firstSeenMs } = run.senses.sights;
  const counts: Record<string, number> = {};
  const taken = new Uint8Array(truth.tMs.length);
  for (let i = 0; i < length; i++) {
    const cause = columns.cause[i] as number;
    if (cause < 0 || taken[cause] !== 0 || columns.lookMs[i] !== firstSeenMs[cause]) continue;
    const begun = truth.tMs[cause] as number;
    const late = (columns.lookMs[i] as number) - begun > WITHIN_MS || begun + WITHIN_MS > run.nowMs;
    if (late || truth.kinds[truth.kind[cause] as number]?.isBreach !== true) continue;
    taken[cause] = 1;
    const group = run.scene.entities[entity[columns.report[i] as number] as number]?.group ?? "";
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return counts;
}
