/** Passes against a brute-force scan at 2 s, passes that only just rise among them; and spans that move. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { findPasses, type Pass } from "../src/access/passes.ts";
import type { Site } from "../src/geo/position.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { ephemerisOf, tabulate } from "../src/orbit/table.ts";
import { parseTle } from "../src/orbit/tle.ts";
import { type Interval, instant, MS_PER_DAY, parseInstant } from "../src/time/instant.ts";
import { assertWithin, GATES, isCaught } from "./accuracy.ts";
import { elevationOf, peaksOf, type Run, runsAbove, type Series, sample } from "./bruteforce.ts";

interface Satellite {
  readonly name: string;
  readonly line1: string;
  readonly line2: string;
}
const oracle: { readonly sites: readonly Site[]; readonly satellites: readonly Satellite[] } = JSON.parse(
  readFileSync(new URL("../oracle/windows.skyfield.json", import.meta.url), "utf8"),
);
const START = parseInstant("2026-06-16T00:00:00Z");
const DAY: Interval = { start: START, end: instant(START + MS_PER_DAY) };
const STEP_MS = 2_000;
const OPTIONS = { staleAfterMs: 14 * MS_PER_DAY };
/** Low, polar, retrograde, very low (195 km), eccentric, Molniya, medium. */
const NAMES = ["ISS (ZARYA)", "SENTINEL-1A", "EROS C3", "MCUBED-2", "PODSAT", "YAOGAN-9 01B", "MERIDIAN 7", "LAGEOS 1"];

function prepare(satellite: Satellite, span: Interval) {
  const elements = parseTle(satellite);
  if (isRefusal(elements)) throw new Error(elements.message);
  return { table: tabulate(elements, span, OPTIONS), exact: ephemerisOf(elements, OPTIONS) };
}

const satellites = NAMES.map((name) => oracle.satellites.find((s) => s.name === name) ?? assert.fail(name));
const cases = satellites.flatMap((satellite, s) => {
  const prepared = prepare(satellite, DAY);
  // Five sites each, another five for every second satellite.
  return oracle.sites
    .filter((_, k) => k % 2 === s % 2)
    .map((site) => ({
      what: `${satellite.name} over ${site.id}`,
      site,
      ...prepared,
      series: sample(elevationOf(satellite, site), DAY.start, DAY.end, STEP_MS),
    }));
});
type Case = (typeof cases)[number];

const passesOf = ({ table, exact, site }: Case, maskDeg: number): readonly Pass[] => {
  const { windows, unknown } = findPasses({ table, exact, site, span: DAY, maskDeg });
  assert.deepEqual(unknown, []);
  return windows;
};

/** Samples a quarter of a second apart about one instant. */
const closeUp = ({ elevation }: Series, utcMs: number) => sample(elevation, utcMs - 30_000, utcMs + 30_000, 250);

/** What one side has and the other has not; and how far edges are apart at worst, ms. */
function compare({ what, series }: Case, found: readonly Pass[], maskDeg: number) {
  const expected = runsAbove(series, maskDeg);
  const faults: string[] = [];
  let worstMs = 0;
  const matched = new Set<Run>();
  for (const pass of found) {
    // A pass between two samples is real where a closer look shows it.
    const isShort = pass.end - pass.start <= 2 * STEP_MS;
    const runs = isShort ? runsAbove(closeUp(series, pass.peak), maskDeg) : expected;
    const run = runs.find(({ start, end }) => start < pass.end && pass.start < end);
    if (run === undefined) {
      faults.push(`${what}, mask ${maskDeg}: invented at ${pass.start - DAY.start}`);
      continue;
    }
    worstMs = Math.max(worstMs, Math.abs(run.start - pass.start), Math.abs(run.end - pass.end));
    for (const e of expected) if (e.start < pass.end && pass.start < e.end) matched.add(e);
  }
  for (const { start, end } of expected.filter((run) => !matched.has(run))) {
    faults.push(`${what}, mask ${maskDeg}: dropped at ${start - DAY.start}, ${end - start} ms long`);
  }
  return { faults, worstMs, count: expected.length };
}

/** A mask under which a peak stands above for so long, by the elevation's bend. */
const maskFor = (elevationDeg: number, bendDegps2: number, seconds: number) =>
  elevationDeg - (bendDegps2 * seconds ** 2) / 8;

test("no pass is missing and none invented against a scan at 2 s", (t) => {
  assert.equal(cases.length, 40);
  const results = cases.flatMap((c) => [0, 10, 42].map((maskDeg) => compare(c, passesOf(c, maskDeg), maskDeg)));
  assert.deepEqual(
    results.flatMap(({ faults }) => faults),
    [],
  );
  const count = results.reduce((sum, r) => sum + r.count, 0);
  assert.ok(count > 300, `only ${count} passes`);
  const worstMs = Math.max(...results.map((r) => r.worstMs));
  t.diagnostic(`${count} passes, worst edge ${worstMs} ms`);
  assertWithin("pass-bruteforce-edge", worstMs);
});

/** Passes of 1 to 10 s, made by masks just under each peak; `lateMs` plants a fault. */
function compareGrazing(some: readonly Case[], lateMs = 0): { readonly worstMs: number; readonly count: number } {
  const seconds = [1, 1.5, 2, 3, 5, 7, 10];
  let [worstMs, count] = [0, 0];
  for (const c of some) {
    for (const { utcMs, elevationDeg, bendDegps2 } of peaksOf(c.series)) {
      const maskDeg = maskFor(elevationDeg, bendDegps2, seconds[count % seconds.length] ?? 1);
      // Near the zenith the peak is a cusp; at an apogee a second is 1e-8 deg, which no arithmetic resolves.
      if (
        elevationDeg > 80 ||
        bendDegps2 < 1e-5 ||
        maskDeg < -1 ||
        utcMs < DAY.start + 60_000 ||
        utcMs > DAY.end - 60_000
      )
        continue;
      const found = passesOf(c, maskDeg);
      assert.deepEqual(compare(c, found, maskDeg).faults, []);
      const [run, ...others] = runsAbove(closeUp(c.series, utcMs), maskDeg);
      assert.ok(run !== undefined && others.length === 0, `${c.what}: the mask was not made well`);
      const pass = found.find(({ start, end }) => start < run.end && run.start < end);
      assert.ok(
        pass !== undefined,
        `${c.what}, mask ${maskDeg}: ${run.end - run.start} ms at ${utcMs - DAY.start} is missing`,
      );
      const [startMs, endMs] = [pass.start + lateMs, pass.end + lateMs];
      worstMs = Math.max(worstMs, Math.abs(startMs - run.start), Math.abs(endMs - run.end));
      count++;
    }
  }
  return { worstMs, count };
}

test("passes of 1 to 10 s, made by masks just under a peak, are found", (t) => {
  const { worstMs, count } = compareGrazing(cases);
  t.diagnostic(`${count} grazing passes, worst edge ${worstMs} ms`);
  assert.ok(count > 150, `only ${count} grazing passes`);
  assertWithin("pass-grazing-edge", worstMs);
});

test("planted fault: grazing passes 3 ms late are caught", () => {
  const some = cases.slice(0, 5);
  assert.ok(!isCaught("pass-grazing-edge", compareGrazing(some).worstMs));
  assert.ok(isCaught("pass-grazing-edge", compareGrazing(some, 3).worstMs));
});

test("a mask just above a peak gives no pass there", () => {
  for (const c of cases.slice(0, 10)) {
    for (const { utcMs, elevationDeg, bendDegps2 } of peaksOf(c.series)) {
      if (elevationDeg > 80 || elevationDeg < 0) continue;
      const maskDeg = elevationDeg + bendDegps2 / 800;
      assert.ok(
        !passesOf(c, maskDeg).some(({ start, end }) => start <= utcMs && utcMs < end),
        `${c.what}, mask ${maskDeg}`,
      );
    }
  }
});

test("planted faults: a pass left out, one too many, an edge 5 ms off are caught", () => {
  const c = cases[0] ?? assert.fail();
  const found = passesOf(c, 0);
  assert.ok(found.length > 2);
  assert.equal(compare(c, found.slice(1), 0).faults.length, 1);
  const [first] = found;
  assert.ok(first !== undefined);
  const nowhere = { ...first, start: instant(first.end + 600_000), end: instant(first.end + 900_000) };
  assert.equal(compare(c, [...found, nowhere], 0).faults.length, 1);
  const late = { ...first, start: instant(first.start + 5) };
  assert.ok(compare(c, [late, ...found.slice(1)], 0).worstMs > GATES["pass-bruteforce-edge"].gate);
});

test("property: moving an end of the span by any number of milliseconds moves no window", () => {
  const whole = satellites.map((satellite) => prepare(satellite, DAY));
  fc.assert(
    fc.property(
      fc.nat(satellites.length - 1),
      fc.constantFrom(...oracle.sites),
      fc.double({ min: -1, max: 60, noNaN: true }),
      fc.integer({ min: 0, max: MS_PER_DAY / 2 - 1 }),
      fc.integer({ min: 0, max: MS_PER_DAY / 2 - 1 }),
      fc.boolean(),
      (s, site, maskDeg, laterMs, soonerMs, isExact) => {
        const span = { start: instant(DAY.start + laterMs), end: instant(DAY.end - soonerMs) };
        const [all, some] = [whole[s] ?? assert.fail(), prepare(satellites[s] ?? assert.fail(), span)];
        const find = ({ table, exact }: typeof all, within: Interval) =>
          findPasses({ table, site, span: within, maskDeg, ...(isExact ? { exact } : {}) }).windows;
        const expected = find(all, DAY)
          .filter(({ start, end }) => start < span.end && end > span.start)
          .map(({ start, end }) => [Math.max(start, span.start), Math.min(end, span.end)]);
        assert.deepEqual(
          find(some, span).map(({ start, end }) => [start, end]),
          expected,
        );
      },
    ),
    { numRuns: 300, seed: 20260615 },
  );
});

test("a span that ends in the millisecond of a rise, or begins in that of a set, holds nothing of the pass", () => {
  const [satellite = assert.fail()] = satellites;
  const [site = assert.fail()] = oracle.sites;
  const { table, exact } = prepare(satellite, DAY);
  const found = (span: Interval) => findPasses({ table, site, span, maskDeg: 0, exact }).windows;
  for (const { start, end } of found(DAY)) {
    assert.notEqual(found({ start: DAY.start, end: start }).at(-1)?.end, start);
    assert.notEqual(found({ start: end, end: DAY.end })[0]?.start, end);
    const last = found({ start: DAY.start, end: instant(start + 1) }).at(-1);
    assert.deepEqual([last?.start, last?.end, last?.clipped], [start, start + 1, "end"]);
  }
});
