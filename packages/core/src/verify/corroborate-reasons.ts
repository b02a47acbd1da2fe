/** Why a claim has its probability, in words and numbers: one sentence for each kind of evidence, in their order. */
import { isoDayOf } from "./claim-day.ts";
import type { Scored } from "./corroborate.ts";
import type { AlertFinding } from "./corroborate-alerts.ts";
import type { NewsFinding } from "./corroborate-news.ts";
import type { SourceFinding } from "./corroborate-sources.ts";
import type { ThermalFinding } from "./corroborate-thermal.ts";
import type { CorroborationModel } from "./model.ts";
import type { Overpass } from "./observable.ts";

export type Observed = "seen" | "not seen" | "unknown";

/** Whether anomalies that no furnace explains were seen near by: not whether they mean anything. */
export function observedOf({ findings }: Scored): Observed {
  if ("unknown" in findings.thermal) return "unknown";
  return findings.thermal.counts.near.count > 0 ? "seen" : "not seen";
}

export function reasonsOf(scored: Scored, model: CorroborationModel): string[] {
  const { findings, ratios } = scored;
  return [
    ...("unknown" in findings.thermal
      ? [`heat: ${SILENCE[findings.thermal.unknown]}`]
      : heatReasons(findings.thermal, scored, model)),
    "unknown" in findings.alerts
      ? `alerts: ${SILENCE[findings.alerts.unknown]}`
      : alertReason(findings.alerts, ratios.alerts, scored),
    "unknown" in findings.news
      ? `news: ${SILENCE[findings.news.unknown]}`
      : newsReason(findings.news, ratios.news, model),
    ...findings.sources.map(sourceReason),
  ];
}

const SILENCE = {
  "no-feed": "unknown, no such feed was given",
  blind: "not weighed, this kind of event does not show there",
  "not-covered": "unknown, the feed does not cover this day and its surroundings",
  "no-area": "unknown, no area with alerts is known for this place",
} as const;

function heatReasons(
  finding: ThermalFinding,
  { thermal, claim }: Scored,
  { thermal: model }: CorroborationModel,
): string[] {
  const { counts, sky } = finding;
  const days = `${isoDayOf(claim.day - model.windowDays)} to ${isoDayOf(claim.day + model.windowDays)}`;
  const power = finding.strongestMw === undefined ? "" : `, strongest ${number(finding.strongestMw)} MW`;
  const furnaces = counts.persistent === 0 ? "" : `, ${counts.persistent} more from furnaces or flares left out`;
  const reasons = [
    `heat: ${counted(counts.near.count, "anomaly", "anomalies")} within ${model.near.toKm} km on ${days}, ` +
      `${number(counts.near.expected)} expected of season, land use, the region's level (${number(counts.level)} of usual) ` +
      `and the place's own weeks${furnaces}${power}: ${factor(thermal?.near ?? 0)}`,
    `heat around: ${counts.around.count} at ${model.around.fromKm} to ${model.around.toKm} km, ` +
      `${number(counts.around.expected)} expected: ${factor(thermal?.around ?? 0)}`,
  ];
  const open =
    sky.open01 === undefined
      ? `sky: unknown, too few furnaces within ${model.sky.withinKm} km to tell`
      : `sky: ${percent(sky.open01)} open, ${sky.seen} of ${counted(sky.furnaces, "furnace")} within ${model.sky.withinKm} km seen`;
  return [...reasons, `${open}${passes(finding.overpasses)}${shows(thermal?.observable01)}`];
}

const shows = (observable01: number | undefined): string =>
  observable01 === undefined ? "" : `; a true event would have shown beyond the usual with ${percent(observable01)}`;

const MOST_PASSES = 6;

function passes(overpasses: readonly Overpass[]): string {
  if (overpasses.length === 0) return "; no pass on record for the day";
  const told = overpasses.slice(0, MOST_PASSES).map(({ sensor, minuteOfDay }) => `${sensor} ${clock(minuteOfDay)}`);
  const more = overpasses.length > MOST_PASSES ? ` and ${overpasses.length - MOST_PASSES} more` : "";
  return `; passes on record (UTC): ${told.join(" ")}${more}`;
}

const clock = (minuteOfDay: number): string =>
  `${String(Math.floor(minuteOfDay / 60)).padStart(2, "0")}:${String(minuteOfDay % 60).padStart(2, "0")}`;

function alertReason(finding: AlertFinding, ratio: number, { claim }: Scored): string {
  const span = claim.hasTime ? "around the hour" : "around the day";
  return (
    `alerts: ${finding.minutes} min in ${counted(finding.onsets, "alert")} ${span} (${finding.areas[0]}), ` +
    `${number(finding.usualMinutes)} min usual in ${finding.windows} like spans of the weeks around: ${factor(ratio)}`
  );
}

function newsReason(finding: NewsFinding, ratio: number, { news: model }: CorroborationModel): string {
  const own = finding.own === 0 ? "" : `; ${counted(finding.own, "report")} left out as the claim's own or copies`;
  const whose =
    finding.counted === finding.places ? "" : ` (of ${finding.places}; the rest may be the claim's own medium)`;
  return (
    `news: ${counted(finding.counted, "other place")}${whose} told of at ${model.fromKm} to ${model.toKm} km within ` +
    `${counted(model.windowDays, "day")}, ${number(finding.expected)} usual: ${factor(ratio)}${own}`
  );
}

const sourceReason = ({ title, isSeen, chanceSeen01, falseExpected, logRatio }: SourceFinding): string =>
  isSeen
    ? `${title}: seen, ${number(falseExpected)} false alarms expected by its table: ${factor(logRatio)}`
    : `${title}: looked and saw nothing, would have seen it with ${percent(chanceSeen01)}: ${factor(logRatio)}`;

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
const percent = (share01: number): string => `${number(100 * share01)} %`;
const factor = (logRatio: number): string => `odds x ${Math.exp(logRatio).toFixed(2)}`;

/** Two significant digits below 10, whole above. */
function number(value: number): string {
  if (value >= 10) return String(Math.round(value));
  return String(Number(value.toPrecision(2)));
}
