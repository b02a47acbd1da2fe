/** Instants: ISO 8601 in and out, and what is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant, isoOf, parseInstant } from "../src/time/instant.ts";

/** What a time value can hold: ECMA-262, section 21.4.1.1. */
const LIMIT_MS = 8.64e15;

/** Published pairs: POSIX's own example (seconds since the epoch, base definitions 4.19), RFC 3339's, and round ones. */
const KNOWN = [
  ["1970-01-01T00:00:00Z", 0],
  ["1985-04-12T23:20:50.52Z", 482_196_050_520],
  ["2000-01-01T12:00:00Z", 946_728_000_000],
  ["2001-09-09T01:46:40Z", 1_000_000_000_000],
  ["2000-02-29T00:00:00Z", 951_782_400_000],
  ["1969-12-31T23:59:59.999Z", -1],
] as const;

test("instants are milliseconds since 1970", () => {
  for (const [iso, utcMs] of KNOWN) assert.equal(parseInstant(iso), utcMs, iso);
});

test("what isoOf writes, parseInstant reads, over the years that a catalogue or a plan can have", () => {
  const from = parseInstant("1957-01-01T00:00:00Z");
  const to = parseInstant("2399-12-31T23:59:59.999Z");
  fc.assert(
    fc.property(fc.integer({ min: from, max: to }), (utcMs) => {
      const iso = isoOf(instant(utcMs));
      assert.match(iso, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.equal(parseInstant(iso), utcMs);
    }),
  );
});

test("the nearest millisecond", () => {
  assert.equal(instant(1000.4), 1000);
  assert.equal(instant(1000.6), 1001);
  assert.equal(instant(-1000.6), -1001);
});

test("what is no time is a bug: NaN, infinities, years beyond a Date", () => {
  for (const utcMs of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, LIMIT_MS + 1, -LIMIT_MS - 1]) {
    assert.throws(() => instant(utcMs), new RangeError(`not an instant: ${utcMs}`));
  }
  assert.equal(isoOf(instant(LIMIT_MS)), "+275760-09-13T00:00:00.000Z");
});

test("local times, offsets, other words and broken text are refused, and the message shows them", () => {
  for (const iso of [
    "",
    "Z",
    "now",
    "2026-06-15",
    "2026-06-15T00:00:00",
    "2026-06-15T00:00:00+02:00",
    "2026-06-15T00:00:00+02:00Z",
    "2026-06-15T00:00:00z",
    "2026-13-01T00:00:00Z",
    "2026-06-32T00:00:00Z",
    "2026-06-15T25:00:00Z",
    "2026-06-15T00:60:00Z",
    "2026-06-30T23:59:60Z",
    "20260615T000000Z",
  ]) {
    assert.throws(
      () => parseInstant(iso),
      (error) => error instanceof RangeError && error.message.endsWith(`: ${iso}`),
      iso,
    );
  }
});

test("days that a month has not, and text that is not ISO 8601 but ends in Z, are refused, never guessed", () => {
  for (const iso of [
    "2026-06-31T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2027-02-29T00:00:00Z",
    "6/15/2026 Z",
    "Mon, 15 Jun 2026 00:00:00 Z",
    "2026-06-15 00:00:00Z",
    "2026-06-15T24:00:00Z",
    "foo 1 Z",
    "1 Z",
  ]) {
    assert.throws(() => parseInstant(iso), RangeError, iso);
  }
});
