/** The chance of a clear sky: the mean over the days, and unknown wherever a part of it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type CloudGrid, clearSky01 } from "../src/access/clear-sky.ts";
import { type Interval, instant, MS_PER_DAY, MS_PER_HOUR, parseInstant } from "../src/time/instant.ts";

/** Two rows of three boxes, 2.5 deg wide, from 45 N 30 E. June differs from July; one box has no July. */
const GRID: CloudGrid = {
  south: 45,
  west: 30,
  stepDeg: 2.5,
  rows: 2,
  columns: 3,
  cloudProbability01: {
    "06": [
      [0.1, 0.2, 0.3],
      [0.4, null, 0.6],
    ],
    "07": [
      [0.5, 0.5, 0.5],
      [0.5, 0.5, null],
    ],
  },
};

const days = (start: string, count: number): Interval => {
  const from = parseInstant(start);
  return { start: from, end: instant(from + count * MS_PER_DAY) };
};
const JUNE = days("2026-06-15T00:00:00Z", 7);
const at = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });
const assertClose = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-12, `${found}`);

test("one minus the cloud of the box, south-west corner included and north-east not", () => {
  assertClose(clearSky01(GRID, at(46, 31), JUNE), 0.9);
  assertClose(clearSky01(GRID, at(45, 30), JUNE), 0.9);
  assertClose(clearSky01(GRID, at(47.4999, 37.4999), JUNE), 0.7);
  assertClose(clearSky01(GRID, at(47.5, 30), JUNE), 0.6);
  assertClose(clearSky01(GRID, at(49.9, 37.4), JUNE), 0.4);
});

test("a span over the end of a month is the mean over its days", () => {
  assertClose(clearSky01(GRID, at(46, 31), days("2026-06-28T00:00:00Z", 7)), (3 * 0.9 + 4 * 0.5) / 7);
  const halfDay = { start: parseInstant("2026-06-30T00:00:00Z"), end: parseInstant("2026-06-30T12:00:00Z") };
  assertClose(clearSky01(GRID, at(46, 31), halfDay), 0.9);
});

test("unknown: no grid, no box, a box without a figure, a month without one, even for one of the days", () => {
  const unknown = [
    clearSky01(undefined, at(46, 31), JUNE),
    clearSky01(GRID, at(44.9, 31), JUNE),
    clearSky01(GRID, at(50, 31), JUNE),
    clearSky01(GRID, at(46, 29.9), JUNE),
    clearSky01(GRID, at(46, 37.5), JUNE),
    clearSky01(GRID, at(48, 33), JUNE),
    clearSky01(GRID, at(46, 31), days("2026-08-01T00:00:00Z", 7)),
    clearSky01(GRID, at(48, 36), days("2026-06-30T00:00:00Z", 2)),
    clearSky01(GRID, at(46, 31), days("2026-07-31T00:00:00Z", 2)),
  ];
  assert.deepEqual(
    unknown,
    unknown.map(() => Number.NaN),
  );
  assertClose(clearSky01(GRID, at(48, 36), days("2026-06-30T00:00:00Z", 1)), 0.4);
});

test("property: never beyond the least and the greatest figure of the box, whatever the span", () => {
  fc.assert(
    fc.property(fc.nat(45), fc.integer({ min: 1, max: 300 }), (from, hours) => {
      const start = instant(parseInstant("2026-06-01T00:00:00Z") + from * MS_PER_DAY);
      const clear = clearSky01(GRID, at(46, 31), {
        start,
        end: instant(start + Math.min(hours, 15 * 24) * MS_PER_HOUR),
      });
      assert.ok(clear >= 0.5 - 1e-12 && clear <= 0.9 + 1e-12, `${clear}`);
    }),
  );
});
