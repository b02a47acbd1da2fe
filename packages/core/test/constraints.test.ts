/** Constraints as an algebra: they commute, adding one adds no time, the three answers part the span; and what is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { geodeticToEcf } from "satellite.js";
import { horizonDeg } from "../src/access/horizon.ts";
import { lookTurn, readings } from "../src/access/readings.ts";
import { findWindows, type LookConstraints, type Windows } from "../src/access/windows.ts";
import type { StateTable } from "../src/orbit/ephemeris.ts";
import { positionInto, tabulate } from "../src/orbit/table.ts";
import { type Interval, instant, MS_PER_HOUR } from "../src/time/instant.ts";
import { durationMs, intersect, subtract, union } from "../src/time/intervals.ts";
import { elementsNamed, NEVER_STALE, spanOf } from "./real-sky.ts";

const SPAN = spanOf("2026-06-16T00:00:00Z", 24);
const SITE = { id: "kharkiv", latitudeDeg: 49.9935, longitudeDeg: 36.2304, heightM: 130 };
const STATIONS = [
  { site: { id: "svalbard", latitudeDeg: 78.23, longitudeDeg: 15.39, heightM: 450 }, maskDeg: 5 },
  { site: { id: "matera", latitudeDeg: 40.65, longitudeDeg: 16.7, heightM: 500 }, maskDeg: 10 },
];
const RAD = Math.PI / 180;
const SITE_KM = Object.values(
  geodeticToEcf({ latitude: SITE.latitudeDeg * RAD, longitude: SITE.longitudeDeg * RAD, height: 0.13 }),
);
const SKYLINE = [
  { azimuthDeg: 10, elevationDeg: 5 },
  { azimuthDeg: 120, elevationDeg: 30 },
  { azimuthDeg: 300, elevationDeg: 2 },
];

/** Known for so many hours on either side of an instant of the span. */
function knownFor(name: string, hours: number): StateTable {
  const elements = elementsNamed(name);
  const staleAfterMs = SPAN.start - elements.epochUtcMs + hours * MS_PER_HOUR;
  return named(`${name} for ${hours} h`, tabulate(elements, SPAN, { staleAfterMs }));
}
/** For counterexamples that can be read. */
const named = (name: string, table: StateTable): StateTable =>
  Object.assign({ [fc.toStringMethod]: () => name }, table);
const tableOf = (name: string) => named(name, tabulate(elementsNamed(name), SPAN, NEVER_STALE));
const TABLES = ["SENTINEL-2A", "ISS (ZARYA)", "MERIDIAN 7", "PODSAT"].map(tableOf);
const PLATFORMS = [...TABLES, knownFor("SENTINEL-2A", 15)];
const RELAY = tableOf("ECHOSTAR 10");
const LOST_RELAY = knownFor("TDRS 3", 11);

const bandOf = (min: number, max: number) =>
  fc.tuple(fc.double({ min, max, noNaN: true }), fc.double({ min, max, noNaN: true })).map(([a, b]) => ({
    min: Math.min(a, b),
    max: Math.max(a, b),
  }));
/** One constraint each; an elevation of 0 stands in every one of them. */
const one: fc.Arbitrary<LookConstraints> = fc.oneof(
  fc.record({ minElevationDeg: fc.double({ min: 0, max: 60, noNaN: true }) }),
  fc.record({ rangeKm: bandOf(300, 3000) }),
  fc.record({ incidenceDeg: bandOf(0, 90) }),
  fc.record({ offNadirDeg: bandOf(0, 70) }),
  fc.record({ side: fc.constantFrom("left" as const, "right" as const, "both" as const) }),
  // Apart from each other: a least above a most is refused.
  fc.record({ minSunElevationDeg: fc.double({ min: -15, max: 20, noNaN: true }) }),
  fc.record({ maxSunElevationDeg: fc.double({ min: 20, max: 60, noNaN: true }) }),
  fc.record({ platformSunlit: fc.boolean() }),
  fc.constant({ horizonMask: SKYLINE }),
  fc.constant({ stationContact: STATIONS }),
  fc.constantFrom({ lineOfSight: [RELAY] }, { lineOfSight: [LOST_RELAY] }, { lineOfSight: [LOST_RELAY, RELAY] }),
);
const find = (table: StateTable, constraints: LookConstraints) =>
  findWindows({ table, site: SITE, span: SPAN, constraints });
const platform = fc.constantFrom(...PLATFORMS);

/** Milliseconds that one list has and the other has not, more than a rounded edge at each end. */
function differenceMs(a: readonly Interval[], b: readonly Interval[]): number {
  return [...subtract(a, b), ...subtract(b, a)].reduce((sum, { start, end }) => sum + Math.max(0, end - start - 1), 0);
}
const maybe = ({ windows, unknown }: Windows) => union([...windows, ...unknown]);

test("property: constraints commute: together they are what each alone leaves of the others, whichever comes first", () => {
  fc.assert(
    fc.property(platform, one, one, (table, a, b) => {
      if (Object.keys(a)[0] === Object.keys(b)[0]) return;
      const [alone, other] = [find(table, a), find(table, b)];
      for (const both of [find(table, { ...a, ...b }), find(table, { ...b, ...a })]) {
        assert.ok(differenceMs(both.windows, intersect(alone.windows, other.windows)) === 0);
        assert.ok(differenceMs(maybe(both), intersect(maybe(alone), maybe(other))) === 0);
      }
    }),
    { numRuns: 300, seed: 20260616 },
  );
});

test("property: one constraint more adds neither windows nor what is unknown or a window", () => {
  fc.assert(
    fc.property(platform, one, one, one, (table, a, b, c) => {
      const [fewer, more] = [find(table, { ...b, ...a }), find(table, { ...c, ...b, ...a })];
      if (Object.keys(c)[0] === Object.keys(a)[0] || Object.keys(c)[0] === Object.keys(b)[0]) return;
      assert.ok(durationMs(subtract(more.windows, fewer.windows)) <= more.windows.length);
      assert.ok(durationMs(subtract(maybe(more), maybe(fewer))) <= more.windows.length + more.unknown.length);
    }),
    { numRuns: 300, seed: 20260617 },
  );
});

test("property: windows, unknown and the rest part the span, in order, none over another", () => {
  fc.assert(
    fc.property(platform, one, one, (table, a, b) => {
      const { windows, unknown } = find(table, { ...a, ...b });
      const all = [...windows, ...unknown].sort((x, y) => x.start - y.start);
      const no = subtract([SPAN], all);
      const sum = [windows, unknown, no].flat().reduce((ms, { start, end }) => ms + (end - start), 0);
      assert.equal(sum, SPAN.end - SPAN.start);
      assert.ok(all.every(({ start, end }, i) => start < end && start >= (all[i - 1]?.end ?? SPAN.start)));
    }),
    { numRuns: 300, seed: 20260618 },
  );
});

test("a relay that is lost makes unknown what it alone decides: nothing by night, nothing where another relay is seen", () => {
  const table = tableOf("SENTINEL-2A");
  const lost = LOST_RELAY.unknown;
  assert.ok(lost.length === 1 && lost[0]?.code === "stale");
  const alone = find(table, {});
  const through = find(table, { lineOfSight: [LOST_RELAY] });
  assert.ok(through.unknown.length > 0);
  assert.deepEqual(
    through.unknown,
    intersect(alone.windows, lost).map((part) => ({ ...part, code: "stale" })),
  );
  const day = { minSunElevationDeg: 20 };
  const byDay = find(table, { ...day, lineOfSight: [LOST_RELAY] });
  const light = find(table, day).windows;
  assert.deepEqual(subtract(byDay.unknown, light), []);
  assert.ok(durationMs(byDay.unknown) < durationMs(through.unknown));
  const two = find(table, { lineOfSight: [LOST_RELAY, RELAY] });
  const seen = find(table, { lineOfSight: [RELAY] }).windows;
  assert.deepEqual(intersect(two.unknown, seen), []);
  assert.deepEqual(subtract(seen, two.windows), []);
});

test("where the platform is unknown, only what is known without it says no: the Sun at the target", () => {
  const table = knownFor("SENTINEL-2A", 3);
  const [lost] = table.unknown;
  assert.ok(lost !== undefined);
  assert.deepEqual(find(table, { offNadirDeg: { min: 0, max: 30 }, side: "left" }).unknown, [lost]);
  const night = { maxSunElevationDeg: -3, stationContact: STATIONS, platformSunlit: true };
  const { unknown } = find(table, night);
  const always = findWindows({ table: RELAY, site: { ...SITE, id: "seen from GEO" }, span: SPAN, constraints: {} });
  assert.deepEqual(always.windows, [], "the GEO relay does not see this site: its table only lends its span");
  assert.equal(unknown.length, 1);
  assert.ok((unknown[0]?.start ?? 0) > lost.start + 10 * MS_PER_HOUR && (unknown[0]?.end ?? 0) <= lost.end);
});

test("GEO is read every twenty minutes, and no line of sight turns by more than 6 degrees between two readings", () => {
  const longSpan = spanOf("2026-06-16T00:00:00Z", 24 * 10);
  const geo = tabulate(elementsNamed("ECHOSTAR 10"), longSpan, NEVER_STALE);
  const few = [...readings(geo, longSpan, lookTurn(geo, SITE))];
  assert.ok(few.length <= 10 * 24 * 3 + 1 && few.length >= 10 * 24 * 2, `${few.length} readings`);
  for (const table of TABLES) {
    const at = new Float64Array(3);
    const sight = (utcMs: number) => {
      positionInto(table, utcMs, at);
      const d = [0, 1, 2].map((j) => (at[j] ?? 0) - (SITE_KM[j] ?? 0));
      return d.map((x) => x / Math.hypot(...d));
    };
    const times = [...readings(table, SPAN, lookTurn(table, SITE))].filter((t) => t >= SPAN.start);
    const turns = times.slice(1).map((t, i) => {
      const [a, b] = [sight(times[i] ?? t), sight(t)];
      return 2 * Math.asin(Math.hypot(...a.map((x, j) => x - (b[j] ?? 0))) / 2);
    });
    assert.ok(Math.max(...turns) < 0.1, `${Math.max(...turns)} rad`);
    assert.ok(times.length > 70 && times.length < 4000, `${times.length} readings`);
  }
});

test("a mask is straight between its points, across north too", () => {
  const cases = [
    [10, 5],
    [65, 17.5],
    [120, 30],
    [210, 16],
    [300, 2],
    [335, 3.5],
    [0, 5 - (10 * 3) / 70],
    [360, 5 - (10 * 3) / 70],
  ] as const;
  for (const [azimuthDeg, expected] of cases) assert.ok(Math.abs(horizonDeg(SKYLINE, azimuthDeg) - expected) < 1e-9);
  assert.equal(horizonDeg([{ azimuthDeg: 200, elevationDeg: 7 }], 20), 7);
});

test("what cannot be asked is refused with the number", () => {
  const table = RELAY;
  const refused: readonly (readonly [LookConstraints, RegExp])[] = [
    [{ minElevationDeg: 91 }, /minElevationDeg.* 91/],
    [{ minElevationDeg: Number.NaN }, /NaN/],
    [{ rangeKm: { min: 500, max: 400 } }, /rangeKm.*500 to 400/],
    [{ rangeKm: { min: -1, max: 400 } }, /-1/],
    [{ incidenceDeg: { min: 20, max: Number.NaN } }, /incidenceDeg.*NaN/],
    [{ offNadirDeg: { min: 0, max: 181 } }, /181/],
    [{ minSunElevationDeg: 10, maxSunElevationDeg: -10 }, /10 to -10/],
    [{ maxSunElevationDeg: -91 }, /-91/],
    [{ horizonMask: [] }, /0 points/],
    [{ horizonMask: [{ azimuthDeg: 360, elevationDeg: 0 }] }, /360$/],
    [{ horizonMask: [{ azimuthDeg: 5, elevationDeg: 95 }] }, /95/],
    [{ horizonMask: SKYLINE.toReversed() }, /300, then 120/],
    [{ lineOfSight: [] }, /0 satellites/],
    [{ stationContact: [] }, /0 stations/],
    [{ stationContact: [{ site: SITE, maskDeg: -7 }] }, /maskDeg.*-7/],
  ];
  for (const [constraints, says] of refused) {
    assert.throws(
      () => find(table, constraints),
      (error) => error instanceof RangeError && says.test(error.message),
      `${says}`,
    );
  }
  const empty = { start: SPAN.start, end: SPAN.start };
  assert.throws(() => findWindows({ table, site: SITE, span: empty, constraints: {} }), RangeError);
  const later = { start: SPAN.start, end: instant(SPAN.end + MS_PER_HOUR) };
  assert.throws(() => findWindows({ table, site: SITE, span: later, constraints: {} }), /does not cover/);
});

test("a band that meets no geometry, and one that meets all, are no refusals", () => {
  const [table] = TABLES;
  assert.ok(table !== undefined);
  assert.deepEqual(find(table, { rangeKm: { min: 1, max: 2 } }), { windows: [], unknown: [] });
  const all = find(table, {}).windows;
  const open: LookConstraints = {
    rangeKm: { min: 0, max: Number.POSITIVE_INFINITY },
    incidenceDeg: { min: 0, max: 90 },
    offNadirDeg: { min: 0, max: 180 },
    minSunElevationDeg: -90,
    maxSunElevationDeg: 90,
    side: "both",
    horizonMask: [{ azimuthDeg: 0, elevationDeg: -90 }],
  };
  assert.deepEqual(find(table, open).windows, all);
});
