/**
 * What could not be observed, from the records of sensors alone: a pass is known by what it saw, a clear sky by something
 * that is always hot; all else is unknown. No orbit is reckoned back.
 */
import { distanceKm } from "@vedette/core/geo/geodesic";
import { isoOf, MS_PER_HOUR, MS_PER_MINUTE } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import { USUAL_PER_DAY } from "@vedette/core/verify/incident-near";
import type { DailyReport } from "@vedette/wire/daily-report";
import type { NamedArea } from "../../engine/cases/gazetteer.ts";
import type { DailyInput } from "./input.ts";
import { LEDGER_LETTERS, ledgerStrips } from "./ledger.ts";

/** Acquisitions of one instrument further apart than this are of two passes. */
const ONE_PASS_MS = 30 * MS_PER_MINUTE;
/** What it saw so near tells that it looked here too: swaths are 2,300 (MODIS) and 3,000 km wide (VIIRS). */
const PASS_KM = 300;
/** Longer ones say the day, not the time. */
const TIMED_MS = 6 * MS_PER_HOUR;
/** Seen on most clear days of other years: a steelworks, a flare. */
const ALWAYS_HOT_PER_DAY = 0.25;

interface Pass {
  readonly start: number;
  readonly end: number;
  readonly sensor: string;
  readonly items: readonly Evidence[];
}

export function unseenOf(input: DailyInput): DailyReport["unseen"] {
  const { day, messages, gazetteer, evidence, ledger } = input;
  const isIn = (at: number): boolean => at >= day.span.start && at < day.span.end;
  const isTimed = ({ when }: Evidence): boolean => when.end - when.start <= TIMED_MS;
  const looks = [...evidence.values()].filter((item) => {
    const { form, when } = item;
    // A day that is not ours from midnight to midnight counts where its middle lies.
    return form === "detection" && isIn(isTimed(item) ? momentOf(when) : (when.start + when.end) / 2);
  });
  const undated = looks.filter((item) => !isTimed(item));
  const passes = passesOf(looks.filter(isTimed));
  const hot = (items: readonly Evidence[]): Set<string> => hotAreas(items, input);
  const clearByPass = new Map(passes.map((pass) => [pass, hot(pass.items)]));
  const clearOnce = hot(undated);
  const hours = Math.round((day.span.end - day.span.start) / MS_PER_HOUR);
  const letterAt = (area: NamedArea, hour: number): string => {
    const from = day.span.start + hour * MS_PER_HOUR;
    const inHour = passes.filter(({ start, end }) => start < from + MS_PER_HOUR && end >= from);
    if (inHour.some((pass) => clearByPass.get(pass)?.has(area.id))) return "c";
    return inHour.some(({ items }) => items.some(({ where }) => distanceKm(where, area) <= PASS_KM)) ? "p" : "u";
  };
  const areas = gazetteer.areas.map((area) => {
    const { id, names } = area;
    const line = Array.from({ length: hours }, (_, hour) => letterAt(area, hour)).join("");
    const counts = Object.fromEntries(["c", "p", "u"].map((one) => [one, line.split(one).length - 1]));
    const title = names[messages.language] ?? names["en"] ?? id;
    return { id, title, hours: line, counts, clearOnce: clearOnce.has(id) };
  });
  const notes = [
    ...(looks.length === 0 ? [messages.say("unseen.none")] : [messages.say("unseen.note.passes")]),
    ...(undated.length === 0 ? [] : [messages.say("unseen.note.undated", { count: undated.length })]),
    messages.say("unseen.note.reports"),
    ...(ledger === undefined ? [] : [messages.say("unseen.note.ledger", { title: ledger.title, cells: ledger.cells })]),
  ];
  const letters = ledger === undefined ? ["c", "p", "u"] : [...new Set(["c", "p", ...LEDGER_LETTERS])];
  return {
    letters: letters.map((letter) => ({
      letter,
      title: messages.say(`letter.${letter}.title`),
      why: messages.say(`letter.${letter}.why`),
    })),
    areas: [
      ...(ledger === undefined ? [] : ledgerStrips(ledger, input)),
      ...areas.sort((a, b) => (a.id < b.id ? -1 : 1)),
    ],
    passes: passes.map(({ start, end, sensor, items }) => ({
      start: isoOf(start as never),
      end: isoOf(end as never),
      sensor,
      detections: items.length,
    })),
    notes,
  };
}

/** When the instrument looked: what it tells of may have burned for hours before. */
const momentOf = (when: Evidence["when"]): number => when.end - 1;

function passesOf(items: readonly Evidence[]): Pass[] {
  const bySensor = Map.groupBy(items, ({ origin }) => origin.sensor ?? origin.source);
  return [...bySensor]
    .flatMap(([sensor, seen]) => {
      const sorted = seen.toSorted((a, b) => momentOf(a.when) - momentOf(b.when) || (a.id < b.id ? -1 : 1));
      const passes: { start: number; end: number; sensor: string; items: Evidence[] }[] = [];
      for (const item of sorted) {
        const at = momentOf(item.when);
        const last = passes.at(-1);
        if (last !== undefined && at - last.end <= ONE_PASS_MS) {
          last.items.push(item);
          last.end = at;
        } else passes.push({ start: at, end: at, sensor, items: [item] });
      }
      return passes;
    })
    .sort((a, b) => a.start - b.start || (a.sensor < b.sensor ? -1 : 1));
}

function hotAreas(items: readonly Evidence[], { gazetteer }: DailyInput): Set<string> {
  const hot = items.filter(({ measured }) => Number(measured?.[USUAL_PER_DAY] ?? 0) >= ALWAYS_HOT_PER_DAY);
  return new Set(hot.flatMap(({ where }) => gazetteer.nearest(where)?.area ?? []));
}
