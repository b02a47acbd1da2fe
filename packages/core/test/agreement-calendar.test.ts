/** Deadlines: against a naive walk hour by hour and day by day, in leap years, over changes of summer time, with pauses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deadlineOf, deadlinesOf, type Pause } from "../src/agreement/calendar.ts";
import { localTextIn } from "../src/agreement/local-time.ts";
import type { Term } from "../src/agreement/terms.ts";
import { type Instant, instant, isoOf, MS_PER_DAY, MS_PER_HOUR, parseInstant } from "../src/time/instant.ts";

const WEEK = { weekend: [6, 7] };
const ends = (term: Term, start: string, calendar: { weekend: number[]; holidays?: Record<string, string> } = WEEK) => {
  const at = deadlineOf(term, parseInstant(start), { calendar });
  return at === undefined ? undefined : isoOf(at);
};

test("hours are hours: over the leap day, over both changes of summer time in Kyiv", () => {
  assert.equal(ends({ hours: 24 }, "2028-02-28T18:30:00Z"), "2028-02-29T18:30:00.000Z");
  assert.equal(ends({ hours: 24 }, "2027-02-28T18:30:00Z"), "2027-03-01T18:30:00.000Z");
  // 29 March 2026, 01:00 UTC, clocks in Kyiv go from 03:00 to 04:00; 25 October 2026 back.
  assert.equal(ends({ hours: 24 }, "2026-03-28T12:00:00Z"), "2026-03-29T12:00:00.000Z");
  assert.equal(
    localTextIn("Europe/Kyiv")(parseInstant("2026-03-28T12:00:00Z")),
    "2026-03-28 14:00 UTC+02:00 (Europe/Kyiv)",
  );
  assert.equal(
    localTextIn("Europe/Kyiv")(parseInstant("2026-03-29T12:00:00Z")),
    "2026-03-29 15:00 UTC+03:00 (Europe/Kyiv)",
  );
  assert.equal(ends({ hours: 24 }, "2026-10-24T12:00:00Z"), "2026-10-25T12:00:00.000Z");
  assert.equal(
    localTextIn("Europe/Kyiv")(parseInstant("2026-10-25T00:30:00Z")),
    "2026-10-25 03:30 UTC+03:00 (Europe/Kyiv)",
  );
  assert.equal(
    localTextIn("Europe/Kyiv")(parseInstant("2026-10-25T01:30:00Z")),
    "2026-10-25 03:30 UTC+02:00 (Europe/Kyiv)",
  );
  assert.equal(
    localTextIn("Pacific/Chatham")(parseInstant("2028-02-29T12:00:00Z")),
    "2028-03-01 01:45 UTC+13:45 (Pacific/Chatham)",
  );
});

test("days as Regulation 1182/71 counts them: not the first, to the end of the last, and on to a working day", () => {
  // Friday 3 April 2026 to Monday 6, Easter Monday.
  assert.equal(ends({ days: 1 }, "2026-04-03T09:00:00Z"), "2026-04-05T00:00:00.000Z");
  const easter = { weekend: [6, 7], holidays: { "2026-04-06": "Easter Monday" } };
  assert.equal(ends({ days: 1, endsOnWorkingDay: true }, "2026-04-03T09:00:00Z", easter), "2026-04-08T00:00:00.000Z");
  assert.equal(ends({ workingDays: 1 }, "2026-04-03T09:00:00Z", easter), "2026-04-08T00:00:00.000Z");
  assert.equal(ends({ workingDays: 2 }, "2026-04-03T00:00:00Z", easter), "2026-04-09T00:00:00.000Z");
  // Another week: Friday and Saturday are free, and a leap day is a holiday.
  const other = { weekend: [5, 6], holidays: { "2028-02-29": "a leap day" } };
  assert.equal(ends({ workingDays: 2 }, "2028-02-27T23:59:59Z", other), "2028-03-02T00:00:00.000Z");
  assert.equal(ends({ workingDays: 1 }, "2028-03-02T10:00:00Z", other), "2028-03-06T00:00:00.000Z");
});

test("a clock that stands still ends later, or not yet", () => {
  const calendar = WEEK;
  const at = (text: string) => parseInstant(text);
  const start = at("2026-05-04T10:00:00Z");
  const paused = { start: at("2026-05-04T20:00:00Z"), end: at("2026-05-05T02:00:00Z") };
  const open = { start: at("2026-05-04T20:00:00Z") };
  assert.equal(deadlineOf({ hours: 24 }, start, { calendar, pauses: [paused] }), at("2026-05-05T16:00:00Z"));
  assert.equal(deadlineOf({ hours: 24 }, start, { calendar, pauses: [open] }), undefined);
  assert.equal(deadlineOf({ hours: 10 }, start, { calendar, pauses: [open] }), at("2026-05-04T20:00:00Z"));
  assert.equal(deadlineOf({ days: 2 }, start, { calendar, pauses: [paused] }), at("2026-05-08T00:00:00Z"));
  assert.equal(
    deadlineOf({ workingDays: 1 }, start, { calendar, pauses: [{ start: at("2026-05-05T00:00:00Z") }] }),
    undefined,
  );
});

test("a weekend of seven days is a bug, not a circle", () => {
  assert.throws(() => ends({ workingDays: 1 }, "2026-05-04T00:00:00Z", { weekend: [1, 2, 3, 4, 5, 6, 7] }), /7 days/);
});

const YEAR = parseInstant("2027-06-01T00:00:00Z");
const minutes = (max: number) => fc.integer({ min: 0, max });
const pausesOf = fc.uniqueArray(minutes(60 * 24 * 30), { maxLength: 8 }).map((cuts): Pause[] => {
  const sorted = cuts.sort((a, b) => a - b).map((cut) => instant(YEAR + cut * 60_000));
  return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => ({
    start: sorted[2 * i] as Instant,
    end: sorted[2 * i + 1] as Instant,
  }));
});
const terms = fc.oneof(
  fc.integer({ min: 1, max: 200 }).map((hours): Term => ({ hours })),
  fc.tuple(fc.integer({ min: 1, max: 20 }), fc.boolean()).map(([days, on]): Term => ({ days, endsOnWorkingDay: on })),
  fc.integer({ min: 1, max: 12 }).map((workingDays): Term => ({ workingDays })),
);
const calendars = fc.record({
  weekend: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
  holidays: fc
    .uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 5 })
    .map((days) => Object.fromEntries(days.map((day) => [`2027-06-${String(day).padStart(2, "0")}`, "feast"]))),
});

/** Minute by minute, and day by day through a Date: nothing of the code under test. */
function naive(
  term: Term,
  start: number,
  calendar: { weekend: number[]; holidays: Record<string, string> },
  pauses: Pause[],
) {
  const isStill = (from: number, to: number) => pauses.some((one) => one.start < to && (one.end ?? Infinity) > from);
  if ("hours" in term) {
    let at = start;
    for (let left = term.hours * 60; left > 0; at += 60_000) if (!isStill(at, at + 60_000)) left--;
    return at;
  }
  const isWorking = (day: Date) =>
    !calendar.weekend.includes(day.getUTCDay() || 7) && calendar.holidays[day.toISOString().slice(0, 10)] === undefined;
  const day = new Date(start);
  day.setUTCHours(0, 0, 0, 0);
  let left = "days" in term ? term.days : term.workingDays;
  while (left > 0) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (isStill(+day, +day + MS_PER_DAY)) continue;
    if ("days" in term || isWorking(day)) left--;
  }
  if ("days" in term && term.endsOnWorkingDay) while (!isWorking(day)) day.setUTCDate(day.getUTCDate() + 1);
  return +day + MS_PER_DAY;
}

test("property: any term, any week, any pauses: the naive walk ends at the same minute", () => {
  fc.assert(
    fc.property(terms, minutes(60 * 24 * 20), calendars, pausesOf, (term, offset, calendar, pauses) => {
      const start = instant(YEAR + offset * 60_000);
      const expected = naive(term, start, calendar, pauses);
      const found = deadlineOf(term, start, { calendar, pauses });
      // A pause that begins at the very deadline stands after it; the naive walk never sees it either.
      assert.equal(found, expected, `${JSON.stringify({ term, start: isoOf(start), calendar, pauses })}`);
    }),
    { numRuns: 300 },
  );
});

test("property: a later start never ends earlier, the latest end never before the earliest, a pause never shortens", () => {
  fc.assert(
    fc.property(terms, minutes(30_000), minutes(5000), calendars, pausesOf, (term, from, later, calendar, pauses) => {
      const start = { earliest: instant(YEAR + from * 60_000), latest: instant(YEAR + (from + later) * 60_000) };
      const both = deadlinesOf(term, start, { calendar, pauses }) ?? assert.fail();
      assert.ok(both.earliest <= both.latest);
      const plain = deadlinesOf(term, start, { calendar }) ?? assert.fail();
      assert.ok(plain.earliest <= both.earliest && plain.latest <= both.latest);
      if ("hours" in term) assert.equal(plain.latest - plain.earliest, later * 60_000);
      assert.ok(plain.earliest - start.earliest >= ("hours" in term ? term.hours * MS_PER_HOUR : MS_PER_DAY));
    }),
    { numRuns: 300 },
  );
});
