/** Dates and times as people and instruments write them, each with how well it is known: a day, an hour, a minute, a second. */
import {
  type Instant,
  type Interval,
  instant,
  interval,
  isoOf,
  MS_PER_DAY,
  MS_PER_HOUR,
} from "@vedette/core/time/instant";
import { Refused } from "./refusal.ts";

/** No sensor that we read is older, and no report of 2100 can be true yet. */
const [FIRST_YEAR, LAST_YEAR] = [1957, 2099];

export interface TimeRule {
  /** IANA zone of dates and of times without an offset; absent: dates are UTC, times need an offset. */
  readonly zone?: string;
  /** Nothing can be recorded before it happened. */
  readonly latest: Instant;
}

const DATE = /^(\d{4})-?(\d{2})-?(\d{2})$/;
const DATE_TIME = /^(\d{4})-?(\d{2})-?(\d{2})[T ](.+)$/;
const CLOCK = /^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?$/;
const DIGITS = /^(\d{1,4})$/;
const OFFSET = /(Z|UTC|[+-]\d{2}(?::?\d{2})?)$/;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A span of a day's clock, ms since its midnight. */
interface Clock {
  readonly startMs: number;
  readonly lengthMs: number;
}

/**
 * Reads dates and times of one feed. Days are remembered: a file has few of them, and zones are slow.
 */
export class Times {
  readonly #rule: TimeRule;
  readonly #days = new Map<string, Interval | Refused>();

  constructor(rule: TimeRule) {
    this.#rule = rule;
  }

  /** `2022-06-01` or `20220601`: that day in the zone. */
  day(text: string, column: string): Interval | Refused {
    const known = this.#days.get(text);
    if (known !== undefined) return known;
    if (this.#days.size > 4096) this.#days.clear();
    const day = dayOf(text, column);
    const found = day instanceof Refused ? day : this.#bounded(this.#spanOf(day), text, column);
    this.#days.set(text, found);
    return found;
  }

  /** A date with a clock time beside it: `0906`, `906` or `09:06`, `9:06:31`; just the day where there is none. */
  dayAndClock(
    date: string,
    clock: string,
    columns: { readonly date: string; readonly time: string },
  ): Interval | Refused {
    if (clock === "") return this.day(date, columns.date);
    const zoned = OFFSET.exec(clock)?.[1];
    if (zoned !== undefined) return this.moment(`${date}T${clock}`, columns.time);
    const span = clockOf(clock, columns.time);
    if (span instanceof Refused) return span;
    const { zone = "UTC" } = this.#rule;
    if (zone !== "UTC") {
      const day = dayOf(date, columns.date);
      return day instanceof Refused
        ? day
        : this.#bounded(this.#local(day, span, clock, columns.time), clock, columns.time);
    }
    const day = this.day(date, columns.date);
    if (day instanceof Refused) return day;
    const start = (day.start + span.startMs) as Instant;
    return this.#bounded({ start, end: (start + span.lengthMs) as Instant }, `${date} ${clock}`, columns.time);
  }

  /** ISO 8601 with an offset or in the zone: `2022-03-15 16:10:34+00:00`, `2022-03-15T16:10Z`; a date alone is a day. */
  moment(text: string, column: string): Interval | Refused {
    if (DATE.test(text)) return this.day(text, column);
    const parts = DATE_TIME.exec(text);
    if (parts === null) return new Refused("time", `expected ${EXPECTED}`, { column, value: text });
    const day = dayOf(`${parts[1]}-${parts[2]}-${parts[3]}`, column, text);
    if (day instanceof Refused) return day;
    const rest = (parts[4] ?? "").trim();
    const offset = OFFSET.exec(rest)?.[1];
    const clock = clockOf(offset === undefined ? rest : rest.slice(0, -offset.length).trim(), column, text);
    if (clock instanceof Refused) return clock;
    if (offset === undefined) return this.#bounded(this.#local(day, clock, text, column), text, column);
    const offsetMs = offsetMsOf(offset);
    if (offsetMs === undefined) return new Refused("time", "an offset beyond 14 hours", { column, value: text });
    const start = Date.UTC(day.year, day.month - 1, day.day) + clock.startMs - offsetMs;
    return this.#bounded({ start: instant(start), end: instant(start + clock.lengthMs) }, text, column);
  }

  /** Seconds or milliseconds since 1970. */
  sinceEpoch(value: number, unitMs: 1 | 1000, column: string): Interval | Refused {
    const startMs = value * unitMs;
    if (!(Math.abs(startMs) < 1e14)) return new Refused("time", "expected a time since 1970", { column, value });
    // Whole seconds say no more than the second.
    const lengthMs = unitMs === 1000 && Number.isInteger(value) ? 1000 : 1;
    return this.#bounded({ start: instant(startMs), end: instant(startMs + lengthMs) }, String(value), column);
  }

  #spanOf(day: Day): Interval | Refused {
    const { zone = "UTC" } = this.#rule;
    const startMs = Date.UTC(day.year, day.month - 1, day.day);
    if (zone === "UTC") return { start: instant(startMs), end: instant(startMs + MS_PER_DAY) };
    const start = firstOf(startMs, zone);
    return { start: instant(start), end: instant(firstOf(startMs + MS_PER_DAY, zone)) };
  }

  #local(day: Day, clock: Clock, value: string, column: string): Interval | Refused {
    const { zone } = this.#rule;
    if (zone === undefined) {
      return new Refused("time", "a time without an offset: expected Z or +02:00 at its end", { column, value });
    }
    const found = instantsAt(Date.UTC(day.year, day.month - 1, day.day) + clock.startMs, zone);
    const [first, last = first] = found;
    if (first === undefined || last === undefined) {
      return new Refused("time", `this time was left out in ${zone}: clocks were put forward`, { column, value });
    }
    // An hour that came twice may be meant either time.
    return interval(instant(first), instant(last + clock.lengthMs));
  }

  #bounded(span: Interval | Refused, value: string, column: string): Interval | Refused {
    if (span instanceof Refused || span.start <= this.#rule.latest) return span;
    return new Refused("time", `lies after ${isoOf(this.#rule.latest)}, when it was recorded`, { column, value });
  }
}

const EXPECTED = "a date such as 2022-06-01, or a time such as 2022-06-01T16:10:34Z";

function dayOf(text: string, column: string, value: string = text): Day | Refused {
  const parts = DATE.exec(text);
  const refuse = (message: string) => new Refused("time", message, { column, value });
  if (parts === null) return refuse("expected a date such as 2022-06-01");
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < FIRST_YEAR || year > LAST_YEAR) return refuse(`expected a year from ${FIRST_YEAR} to ${LAST_YEAR}`);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return refuse("there is no such date");
  return { year, month, day };
}

function clockOf(text: string, column: string, value: string = text): Clock | Refused {
  const refuse = () => new Refused("time", "expected a time of day such as 09:06 or 0906", { column, value });
  const digits = DIGITS.exec(text)?.[1];
  // Spreadsheets take the zeros from 0006.
  if (digits !== undefined && digits.length !== 2)
    return clockFrom(digits.padStart(4, "0").replace(/(..)$/, ":$1"), refuse);
  return clockFrom(text, refuse);
}

function clockFrom(text: string, refuse: () => Refused): Clock | Refused {
  const parts = CLOCK.exec(text);
  if (parts === null) return refuse();
  const [hours, minutes, seconds] = [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 60) return refuse();
  const startMs = hours * MS_PER_HOUR + minutes * 60_000 + Math.min(seconds, 59) * 1000;
  if (parts[2] === undefined) return { startMs, lengthMs: MS_PER_HOUR };
  if (parts[3] === undefined) return { startMs, lengthMs: 60_000 };
  if (parts[4] === undefined) return { startMs, lengthMs: 1000 };
  return { startMs: startMs + Math.floor(Number(`0.${parts[4]}`) * 1000), lengthMs: 1 };
}

function offsetMsOf(text: string): number | undefined {
  if (text === "Z" || text === "UTC") return 0;
  const [, sign, hours, minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  const ms = Number(hours) * MS_PER_HOUR + Number(minutes) * 60_000;
  if (!(ms <= 14 * MS_PER_HOUR) || Number(minutes) > 59) return undefined;
  return sign === "-" ? -ms : ms;
}

/** The first instant at or after which a zone's clocks show this local time: midnight itself may be left out. */
function firstOf(localMs: number, zone: string): number {
  const [first] = instantsAt(localMs, zone);
  return first ?? instantsAt(localMs + MS_PER_HOUR, zone)[0] ?? localMs - shiftMs(localMs, zone);
}

/** Every instant at which a zone's clocks show this local time: one, two when they are put back, none when forward. */
function instantsAt(localMs: number, zone: string): number[] {
  const shifts = new Set([shiftMs(localMs - MS_PER_DAY, zone), shiftMs(localMs + MS_PER_DAY, zone)]);
  return [...shifts]
    .map((shift) => localMs - shift)
    .filter((utcMs) => utcMs + shiftMs(utcMs, zone) === localMs)
    .sort((a, b) => a - b);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Local time less UTC, ms. */
function shiftMs(utcMs: number, zone: string): number {
  let format = FORMATS.get(zone);
  if (format === undefined) {
    const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
    format = new Intl.DateTimeFormat("en-US", { ...fields, second: "numeric", hourCycle: "h23", timeZone: zone });
    FORMATS.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utcMs / 1000) * 1000;
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
