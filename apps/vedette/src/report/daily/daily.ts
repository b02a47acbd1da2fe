/** The daily report as data. A pure function of its input. */
import { isoOf } from "@vedette/core/time/instant";
import type { Incident } from "@vedette/core/verify/incident";
import type { DailyReport } from "@vedette/wire/daily-report";
import { dayBefore } from "./day.ts";
import { incidentRows, isCounted, isOfDay } from "./incidents.ts";
import type { DailyInput } from "./input.ts";
import { clockRows, replyRows } from "./owed.ts";
import { unseenOf } from "./unseen.ts";

/** What keeps monitors from seeing. */
const RESTRICTIONS = ["obstruction", "jamming"];

export function dailyReport(input: DailyInput): DailyReport {
  const { day, messages, taxonomy, asOf } = input;
  const { say } = messages;
  const incidents = incidentRows(input);
  return {
    format: "vedette-daily-report/1",
    title: input.title ?? say("title"),
    date: day.date,
    zone: day.zone,
    span: { start: isoOf(day.span.start), end: isoOf(day.span.end) },
    asOf: isoOf(asOf),
    language: messages.language,
    marking: markingOf(input),
    for: input.nation ?? null,
    software: input.software,
    totals: totalsOf(input),
    incidents,
    restrictions: incidents.filter(({ kind }) => RESTRICTIONS.includes(kind)).map(({ id }) => id),
    unseen: unseenOf(input),
    clocks: clockRows(input),
    replies: replyRows(input),
    method: [
      say("method.day", { zone: day.zone }),
      say("method.states", { km: taxonomy.rules.locatedWithinKm }),
      say("method.independent"),
      say("method.heat", { ratio: taxonomy.rules.countsFromRatio }),
      say("method.alerts"),
      ...(input.probability === undefined ? [] : [say("method.probability", { prior: input.probability.prior01 })]),
      say("method.places"),
      say("method.kinds", { id: taxonomy.id, version: taxonomy.version }),
      say("method.none"),
    ],
    sources: sourcesOf(input),
  };
}

function markingOf({ nation, isExercise, messages: { say } }: DailyInput): string {
  const release = nation === undefined ? say("forAll") : say("for", { nation });
  return isExercise ? `${say("exercise")} · ${release}` : release;
}

function totalsOf(input: DailyInput): DailyReport["totals"] {
  const { day, taxonomy, gazetteer, messages } = input;
  const counted = input.incidents.filter(isCounted);
  const today = counted.filter((one) => isOfDay(one, day));
  const before = counted.filter((one) => isOfDay(one, dayBefore(day)));
  const areaOf = ({ where }: Incident): string => gazetteer.nearest(where)?.area ?? "?";
  const names = new Map(gazetteer.areas.map(({ id, names: all }) => [id, all[messages.language] ?? all["en"] ?? id]));
  const rows = (of: (incident: Incident) => string, title: (id: string) => string) =>
    [...new Set([...today, ...before].map(of))]
      .map((id) => ({
        id,
        title: title(id),
        today: today.filter((one) => of(one) === id).length,
        before: before.filter((one) => of(one) === id).length,
      }))
      .sort((a, b) => b.today - a.today || b.before - a.before || (a.id < b.id ? -1 : 1));
  return {
    today: today.length,
    before: before.length,
    byKind: rows(
      ({ kind }) => kind,
      (kind) => taxonomy.titleOf(kind, messages.language),
    ).map((row) => ({
      ...row,
      group: taxonomy.groupTitleOf(taxonomy.kindOf(row.id).group, messages.language),
    })),
    byArea: rows(areaOf, (area) => names.get(area) ?? area),
    byState: rows(
      ({ state }) => state,
      (state) => messages.say(`state.${state}`),
    ),
  };
}

/** Who made what is in it, each once: of the day's tables, and of sources of evidence that the report rests on. */
function sourcesOf({ licences, evidence, sources }: DailyInput): DailyReport["sources"] {
  if (licences.length > 0) return licences;
  const used = [...new Set([...evidence.values()].map(({ origin }) => origin.source))].sort();
  return used.flatMap((id) => {
    const source = sources.get(id);
    if (source === undefined) return [];
    const { title, operator, about } = source;
    return [{ title, publisher: operator.name, licence: about.licence ?? "–", url: null, note: null }];
  });
}

/** Words at the head of the report: the day in one paragraph. */
export function summaryText({ totals, incidents, clocks, replies }: DailyReport, input: DailyInput): string {
  const { say } = input.messages;
  const atLeast = (states: readonly string[]): number => incidents.filter(({ state }) => states.includes(state)).length;
  return say("summary", {
    today: totals.today,
    before: totals.before,
    corroborated: incidents.filter(({ independent }) => independent >= input.taxonomy.rules.corroboratedBy).length,
    verified: atLeast(["verified", "assessed", "referred", "closed"]),
    assessed: atLeast(["assessed", "referred", "closed"]),
    clocks: clocks.filter(({ due }) => due !== null).length,
    replies: replies.filter(({ state }) => state === say("reply.awaited")).length,
  });
}
