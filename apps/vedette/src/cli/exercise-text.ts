/** What `vedette exercise` prints: the headline with its interval first. */

import type { Exercise } from "@vedette/core/exercise/exercise";
import { curveOf } from "@vedette/core/exercise/score/campaign";
import { STAGES } from "@vedette/core/exercise/score/score";
import { MISSED, UNKNOWN } from "@vedette/core/exercise/watch/sights";
import { REASONS } from "@vedette/core/sense/look";
import { instant, isoOf } from "@vedette/core/time/instant";
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import type { Campaign, Difference, NetworkResult } from "../exercise/monte-carlo.ts";

const percent = (share: number): string => (Number.isNaN(share) ? "-" : `${(100 * share).toFixed(1)} %`);

/** @param files that were written */
export function campaignText(campaign: Campaign, result: ExerciseResult, files: readonly string[]): string {
  const { networks, differences, made, asked, seed } = campaign;
  const stopped = made < asked ? `, stopped at ${made} of ${asked}: precise enough` : "";
  return [
    `EXERCISE  ${made} runs of seed ${seed}${stopped}`,
    ...networks.map(networkText),
    ...differences.map((rows, i) =>
      [differenceText(networks[i + 1]?.title ?? "", rows), `  ${result.differences[i]?.driver.text ?? ""}`].join("\n"),
    ),
    ...sensitivityText(result),
    ...(files.length === 0 ? [] : [`Written: ${files.join("  ")}`]),
    "",
  ].join("\n\n");
}

const MOST_GROUPS = 10;

function sensitivityText({ sensitivity }: ExerciseResult): string[] {
  if (sensitivity === null) return [];
  const { rows, runs, hours } = sensitivity;
  const points = (share: number | null): string =>
    share === null ? "-" : `${share > 0 ? "+" : ""}${(100 * share).toFixed(1)}`;
  const lines = rows
    .slice(0, MOST_GROUPS)
    .map(({ group, low, high }) => `  ${group}: ${points(low.estimate)} and ${points(high.estimate)} points`);
  const head = `Assumed figures half as large, and half as large again (within ${hours} h, ${runs} runs each)`;
  return [[head, ...lines].join("\n")];
}

function networkText({ title, headline, total, failed }: NetworkResult): string {
  const perDay = (count: number): string => (total.days > 0 ? (count / total.days).toFixed(2) : "-");
  const lines = [
    title,
    ...headline.map(
      ({ hours, estimate, low, high }) =>
        `  verified within ${hours} h: ${Number.isNaN(estimate) ? `none counted: no breach began ${hours} h before its run ended` : `${percent(estimate)}  (95 %: ${percent(low)} to ${percent(high)})`}`,
    ),
    ...classLines(total.rows),
    `  verified incidents a day: ${perDay(total.verifiedIncidents)}, of them of nothing real: ${perDay(total.wronglyVerified)}`,
    `  reports a day: ${perDay(total.reports)}, of them false: ${perDay(total.falseReports)}; claims a day: ${perDay(total.claims)}`,
    ...spentLines(total),
    `  looks that saw nothing: ${missedText(total.missed)}`,
    ...failed.slice(0, 5).map(({ run, seed, message }) => `  run ${run} (--replay ${seed}) ended: ${message}`),
    ...(failed.length > 5 ? [`  and ${failed.length - 5} more runs ended so`] : []),
  ];
  return lines.join("\n");
}

function classLines(rows: NetworkResult["total"]["rows"]): string[] {
  const classes = Map.groupBy(rows, (row) => row.class);
  if (classes.size < 2) return [];
  return [...classes].map(([name, own]) => {
    const sum = (of: (row: (typeof own)[number]) => number): number => own.reduce((n, row) => n + of(row), 0);
    const counted = sum((row) => row.counted[0] as number);
    const last = (row: (typeof own)[number]): number => curveOf(row).at(-1)?.seen01 ?? 0;
    // A row that counted nothing has no share.
    const seen = sum((row) => ((row.counted[0] as number) > 0 ? last(row) * (row.counted[0] as number) : 0));
    const verified = sum((row) => row.verified[0] as number);
    return `    ${name}: ${counted} counted, seen ${percent(seen / counted)}, verified within 24 h ${percent(verified / counted)}`;
  });
}

function spentLines({ spent }: NetworkResult["total"]): string[] {
  const parts = STAGES.map((stage) => {
    const { hours, count } = spent[stage];
    return `${stage} ${count > 0 ? (hours / count).toFixed(2) : "-"}`;
  });
  return [`  mean hours of a verified breach: ${parts.join(", ")}`];
}

const WHY = (why: number): string =>
  why === MISSED ? "looked and missed" : why === UNKNOWN ? "unknown ground" : (REASONS[why] ?? "") || "faded";

function missedText(missed: readonly number[]): string {
  const all = Array.from(missed).reduce((a, b) => a + b, 0);
  if (all === 0) return "none";
  return Array.from(missed, (count, why) => ({ why, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 6)
    .map(({ why, count }) => `${WHY(why)} ${percent(count / all)}`)
    .join(", ");
}

function differenceText(title: string, rows: readonly Difference[]): string {
  const signed = (share: number): string => `${share > 0 ? "+" : ""}${(100 * share).toFixed(1)}`;
  return [
    `Change: ${title}`,
    ...rows
      .filter(({ estimate }) => !Number.isNaN(estimate))
      .map(
        ({ hours, estimate, low, high, pairs }) =>
          `  within ${hours} h: ${signed(estimate)} points (95 %: ${signed(low)} to ${signed(high)}), ${pairs} pairs of runs`,
      ),
  ].join("\n");
}

/** One run: its incidents, how each went, and the hash that another replay must have. */
export function replayText(run: Exercise): string {
  const { desk, log, passages } = run.headquarters;
  const incidents = [...desk.incidents.values()].sort((a, b) => a.when.start - b.when.start);
  const rows = incidents.map(({ id, kind, where, when, state, links }) => {
    const at = passages.get(id)?.verifiedMs ?? Number.NaN;
    const verified = Number.isNaN(at) ? "" : `  verified ${isoOf(instant(at)).slice(0, 16)}Z`;
    const place = `${where.latitudeDeg.toFixed(3)} ${where.longitudeDeg.toFixed(3)}`;
    return `${isoOf(when.start).slice(0, 16)}Z  ${place}  ${kind}  ${state}  ${links.size} items${verified}`;
  });
  return [`EXERCISE  seed ${run.seed}, ${log.count} events, hash ${log.hash}`, ...rows, ""].join("\n");
}
