/** Days and times of the place that the report is about. */
import { type Instant, type Interval, instant, MS_PER_DAY, MS_PER_HOUR } from "@vedette/core/time/instant";

export interface Day {
  /** Calendar date there. */
  readonly date: string;
  readonly zone: string;
  readonly span: Interval;
}

interface Local {
  readonly date: string;
  readonly time: string;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

export function localOf(at: number, zone: string): Local {
  const format =
    FORMATS.get(zone) ??
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23" });
  FORMATS.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { date: `${part["year"]}-${part["month"]}-${part["day"]}`, time: `${part["hour"]}:${part["minute"]}` };
}

export const isZone = (zone: string): boolean => {
  try {
    localOf(0, zone);
    return true;
  } catch {
    return false;
  }
};

/** The calendar day: 23 or 25 hours where clocks are changed. */
export function dayOf(date: string, zone: string): Day {
  const key = `${date} ${zone}`;
  const day = DAYS.get(key) ?? {
    date,
    zone,
    span: { start: midnight(date, zone), end: midnight(nextDate(date, 1), zone) },
  };
  DAYS.set(key, day);
  return day;
}

/** Looked up for every incident: a midnight is searched for, and costs a tenth of a millisecond. */
const DAYS = new Map<string, Day>();

export const dayAfter = ({ date, zone }: Day): Day => dayOf(nextDate(date, 1), zone);
export const dayBefore = ({ date, zone }: Day): Day => dayOf(nextDate(date, -1), zone);

export function nextDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The first instant of the date there. */
function midnight(date: string, zone: string): Instant {
  const utc = Date.parse(`${date}T00:00:00Z`);
  const hours = Array.from({ length: 4 * 27 }, (_, i) => utc + (i / 4 - 14) * MS_PER_HOUR);
  const first = hours.find((at) => localOf(at, zone).date >= date);
  if (first === undefined) throw new RangeError(`no midnight of ${date} in ${zone}`);
  return instant(first);
}

export const overlapMs = (a: Interval, b: Interval): number =>
  Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
