/**
 * Deadlines. All in UTC: a day is a UTC day, so a change to summer time moves no deadline. Days are counted as Regulation
 * (EEC, Euratom) No 1182/71, article 3, counts them: not the day of the event, and to the end of the last day.
 */
import { type Instant, type Interval, instant, MS_PER_DAY, MS_PER_HOUR, parseInstant } from "../time/instant.ts";
import type { Agreement, Term } from "./terms.ts";

/** A clock stood still; without an end it still does. */
export interface Pause {
  readonly start: Instant;
  readonly end?: Instant;
}

export interface Counting {
  readonly calendar: Pick<Agreement["calendar"], "weekend" | "holidays">;
  readonly pauses?: readonly Pause[];
}

/** Both ends of a time that is known to lie between them, both inside. */
export interface Ends {
  readonly earliest: Instant;
  readonly latest: Instant;
}

/** The last instant of a half-open interval is a millisecond before its end. */
export const endsOf = ({ start, end }: Interval): Ends => ({ earliest: start, latest: instant(end - 1) });

/** When a term ends that starts at an instant; `undefined` while the clock stands still before that. */
export function deadlineOf(term: Term, start: Instant, { calendar, pauses = [] }: Counting): Instant | undefined {
  const sorted = pauses.toSorted((a, b) => a.start - b.start);
  if ("hours" in term) return afterHours(term.hours * MS_PER_HOUR, start, sorted);
  const isWorking = workingDaysOf(calendar);
  const [count, counts] =
    "days" in term ? [term.days, () => true] : [term.workingDays, isWorking as (day: number) => boolean];
  let day = dayOf(start);
  for (let counted = 0; counted < count; ) {
    day++;
    const pause = sorted.find((one) => touchesDay(one, day));
    if (pause !== undefined && pause.end === undefined) return undefined;
    if (pause === undefined && counts(day)) counted++;
  }
  if ("days" in term && term.endsOnWorkingDay === true) while (!isWorking(day)) day++;
  return instant((day + 1) * MS_PER_DAY);
}

/** Deadlines of both ends of a start; later starts never end earlier. */
export function deadlinesOf(term: Term, start: Ends, counting: Counting): Ends | undefined {
  const [earliest, latest] = [start.earliest, start.latest].map((at) => deadlineOf(term, at, counting));
  return earliest === undefined || latest === undefined ? undefined : { earliest, latest };
}

function afterHours(termMs: number, start: Instant, pauses: readonly Pause[]): Instant | undefined {
  let [at, leftMs]: [number, number] = [start, termMs];
  for (const pause of pauses) {
    if (pause.end !== undefined && pause.end <= at) continue;
    const runs = Math.max(0, pause.start - at);
    if (runs >= leftMs) break;
    if (pause.end === undefined) return undefined;
    [at, leftMs] = [pause.end, leftMs - runs];
  }
  return instant(at + leftMs);
}

const dayOf = (at: number): number => Math.floor(at / MS_PER_DAY);

/** A day on which a clock stood still for a moment is not counted. */
function touchesDay({ start, end = Number.POSITIVE_INFINITY as Instant }: Pause, day: number): boolean {
  return start < (day + 1) * MS_PER_DAY && end > day * MS_PER_DAY;
}

/** @throws where no day of the week is left to work on */
function workingDaysOf({ weekend, holidays = {} }: Counting["calendar"]): (day: number) => boolean {
  const free = new Set(weekend);
  if (free.size >= 7) throw new RangeError(`a weekend of ${free.size} days leaves no working day`);
  const feasts = new Set(Object.keys(holidays).map((date) => dayOf(parseInstant(`${date}T00:00:00Z`))));
  return (day) => !free.has(weekdayOf(day)) && !feasts.has(day);
}

/** ISO 8601, Monday is 1; day 0, 1 January 1970, was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
