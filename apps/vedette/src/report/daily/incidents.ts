/** The rows of incidents: place in words, how it is known, what it rests on. */
import { isoOf } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident } from "@vedette/core/verify/incident";
import { independentOf, witnessesOf } from "@vedette/core/verify/incident-independent";
import type { DailyIncident } from "@vedette/wire/daily-report";
import { relaysIn } from "../../engine/cases/rates.ts";
import { type Day, dayAfter, dayBefore, localOf, overlapMs } from "./day.ts";
import type { DailyInput } from "./input.ts";

/** One that was merged is a part of another; one that was retracted is none. */
export const isCounted = ({ mergedInto, state }: Incident): boolean =>
  mergedInto === undefined && state !== "retracted";

/** The day on which it most likely happened; of days that are alike, the latest. */
export function isOfDay({ when }: Incident, day: Day): boolean {
  const own = overlapMs(when, day.span);
  if (own === 0) return false;
  // Days are not alike: where clocks are changed they have 23 or 25 hours.
  for (let one = dayBefore(day); one.span.end > when.start; one = dayBefore(one))
    if (overlapMs(when, one.span) > own) return false;
  for (let one = dayAfter(day); one.span.start < when.end; one = dayAfter(one))
    if (overlapMs(when, one.span) >= own) return false;
  return true;
}

/** `2(b)` before `10(a)`. */
export const { compare: byNumber } = new Intl.Collator("en", { numeric: true });

export function incidentRows(input: DailyInput): DailyIncident[] {
  const relays = relaysIn(input.sources);
  const rows = input.incidents.filter((one) => isCounted(one) && isOfDay(one, input.day));
  return rows
    .map((incident) => rowOf(incident, input, relays))
    .sort((a, b) => b.independent - a.independent || b.witnesses - a.witnesses || (a.id < b.id ? -1 : 1));
}

function rowOf(incident: Incident, input: DailyInput, relays: ReadonlySet<string>): DailyIncident {
  const { messages, taxonomy, evidence } = input;
  const { id, kind, when, state, assessment } = incident;
  const witnesses = witnessesOf(incident).flatMap((one) => evidence.get(one) ?? []);
  const context = [...incident.links.values()].filter((link) => link.role === "context" && evidence.has(link.evidence));
  const linked = witnesses.flatMap((one) => incident.links.get(one.id)?.confidence01 ?? []);
  const chance = input.probability?.of(incident);
  const directions = witnesses.flatMap(({ direction }) => direction ?? []);
  return {
    id,
    kind,
    title: taxonomy.titleOf(kind, messages.language),
    place: placeOf(incident, input),
    when: { start: isoOf(when.start), end: isoOf(when.end) },
    whenText: whenText(incident, input),
    perceived: perceivedOf(witnesses),
    directions: directions.map(({ of, deg, plusMinusDeg }) => ({ of, deg, plusMinusDeg: plusMinusDeg ?? null })),
    state,
    stateTitle: messages.say(`state.${state}`),
    independent: independentOf(incident, evidence, relays).count,
    witnesses: witnesses.length,
    context: context.length,
    grade: bestGrade(witnesses),
    linked01: linked.length === 0 ? null : linked.reduce((sum, one) => sum + one, 0) / linked.length,
    probability01: chance?.probability01 ?? null,
    reasons: [...(chance?.reasons ?? [])],
    finding: assessment?.finding ?? null,
    clauses: (assessment?.clauses ?? []).toSorted(byNumber),
  };
}

function placeOf({ where }: Incident, { gazetteer, messages }: DailyInput): DailyIncident["place"] {
  const near = gazetteer.nearest(where);
  const km = near === undefined ? null : Math.round(near.km * 10) / 10;
  const bearing = near?.bearing === undefined ? null : messages.say(`bearing.${near.bearing}`);
  const { latitudeDeg, longitudeDeg, radiusKm, basis } = where;
  const base = { latitudeDeg, longitudeDeg, radiusKm: Math.round(radiusKm * 10) / 10, basis };
  if (near === undefined || km === null) {
    return { text: messages.say("place.none"), settlement: null, km: null, bearing: null, area: null, ...base };
  }
  const { area } = near;
  // A report names its settlement itself; the table of settlements knows quarters of towns too.
  const own = basis === "settlement" ? where.name : undefined;
  if (own !== undefined) return { text: own, settlement: own, km: null, bearing: null, area, ...base };
  const { name } = near;
  const text =
    bearing === null
      ? messages.say("place.at", { name })
      : messages.say("place.off", { km: km < 10 ? km : Math.round(km), bearing, name });
  return { text, settlement: name, km, bearing, area, ...base };
}

/** Days where it is known to days; else both ends, local time. */
function whenText({ when }: Incident, { day, messages }: DailyInput): string {
  const [first, last] = [localOf(when.start, day.zone), localOf(when.end - 1, day.zone)];
  const isWhole = first.time === "00:00" && localOf(when.end, day.zone).time === "00:00";
  const word = ({ date, time }: typeof first): string =>
    isWhole ? messages.date(date) : `${messages.date(date)}, ${time}`;
  if (word(first) === word(last)) return messages.say("when.at", { start: word(first) });
  if (isWhole && first.date.slice(0, 7) === last.date.slice(0, 7)) {
    return messages.say("when.days", { first: String(Number(first.date.slice(8))), last: word(last) });
  }
  return messages.say("when.range", { start: word(first), end: word(last) });
}

/** A report says seen or heard where it was a monitor's own; a medium's tells of it. */
function perceivedOf(witnesses: readonly Evidence[]): DailyIncident["perceived"] {
  const groups = Map.groupBy(witnesses, ({ form, measured }) => {
    const by = measured?.["by"];
    if (by === "seen" || by === "heard" || by === "found" || by === "sensed") return by;
    if (form === "detection" || form === "alert") return "sensed";
    return form === "claim" ? "claimed" : "told";
  });
  return [...groups]
    .map(([how, items]) => ({
      how,
      count: items.length,
      by: [...new Set(items.map(({ origin }) => origin.operator ?? origin.source))].sort(),
    }))
    .sort((a, b) => b.count - a.count || (a.how < b.how ? -1 : 1));
}

/** The best that one item has, source first: grades of several are not mixed. */
function bestGrade(witnesses: readonly Evidence[]): string | null {
  const grades = witnesses.map(({ grade }) => `${grade.source}${grade.information}`).sort();
  return grades[0] ?? null;
}
