/** What is usual: found points against all points, seasons, furnaces, land use, level and own weeks on worlds made for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Dice } from "../src/numerics/dice.ts";
import { poisson } from "../src/numerics/variates.ts";
import { baselineOf, countAnomalies } from "../src/verify/baseline.ts";
import { hotSpotsOf } from "../src/verify/baseline-hot-spots.ts";
import { nearKm, pointFinder } from "../src/verify/baseline-points.ts";
import { dayNumber, dayOfYear, isoDayOf, parseDay, seasonOffset, yearOf } from "../src/verify/claim-day.ts";
import { overpassReader, skyReader } from "../src/verify/observable.ts";
import { PLACE, type Point, pointsOf, THERMAL, world, YEARS } from "./corroborate-fixture.ts";

test("points within a distance are those of a search through all", () => {
  const dice = new Dice(1, "points");
  const points = pointsOf(
    Array.from({ length: 3000 }, () => ({
      latitudeDeg: dice.between(44, 52),
      longitudeDeg: dice.between(22, 40),
      day: 0,
    })),
  );
  const find = pointFinder(points);
  for (const [latitudeDeg, longitudeDeg, km] of [
    [48, 31, 60],
    [44.05, 22.1, 120],
    [51.99, 39.9, 5],
    [40, 10, 50],
  ] as const) {
    const found = new Set<number>();
    find({ latitudeDeg, longitudeDeg }, km, (at) => found.add(at));
    const expected = Array.from(points.day.keys()).filter(
      (i) =>
        nearKm({ latitudeDeg, longitudeDeg }, points.latitudeDeg[i] as number, points.longitudeDeg[i] as number) < km,
    );
    assert.deepEqual(
      [...found].sort((a, b) => a - b),
      expected,
    );
  }
});

test("days: the calendar both ways, leap years, and the short way round the year", () => {
  for (let day = dayNumber(1999, 12, 25); day < dayNumber(2001, 1, 10); day++) {
    const iso = new Date(day * 86_400_000).toISOString().slice(0, 10);
    assert.equal(isoDayOf(day), iso);
    assert.equal(yearOf(day), Number(iso.slice(0, 4)));
    assert.equal(parseDay(iso), day);
  }
  assert.equal(dayOfYear(dayNumber(2020, 12, 31)), 364);
  assert.equal(seasonOffset(360, 3), 8);
  assert.equal(seasonOffset(3, 360), -8);
  for (const text of ["2022-02-29", "2022-13-01", "0000-01-01", "9999-01-01", "2022-6-1", ""])
    assert.equal(parseDay(text), undefined);
});

const DAY = dayNumber(2022, 6, 15);
const claim = { place: PLACE, day: DAY };

test("a steady rate is what is expected, on average over many places", () => {
  const dice = new Dice(2, "steady");
  const [claims, rate] = [60, 0.3];
  let [count, expected] = [0, 0];
  for (let c = 0; c < claims; c++) {
    const points: Point[] = [];
    for (const year of YEARS)
      for (let d = 60; d < 300; d++) {
        const day = dayNumber(year, 1, 1) + d;
        for (let n = poisson(dice, rate); n > 0; n--) points.push(scattered(dice, 5, day));
        for (let n = poisson(dice, 4); n > 0; n--) points.push({ ...scattered(dice, 20, day), latitudeDeg: 49.5 });
      }
    const found = countAnomalies(baselineOf(pointsOf([...points, ...yearEnds()]), THERMAL), claim, THERMAL);
    count += found?.near.count ?? Number.NaN;
    expected += found?.near.expected ?? Number.NaN;
  }
  assert.ok(Math.abs(count / claims - 5 * rate) < 0.5, `seen ${count / claims}`);
  assert.ok(Math.abs(expected / claims - 5 * rate) < 0.3, `expected ${expected / claims}`);
});

test("stubble burnt every June is expected in June; the same fires once are not", () => {
  const burnt = (years: readonly number[]): Point[] =>
    years.flatMap((year) =>
      Array.from({ length: 12 }, (_, i) => ({ ...shifted(2), day: dayNumber(year, 6, 10 + (i % 10)) })),
    );
  const expectedOf = (points: readonly Point[]): number =>
    countAnomalies(baselineOf(pointsOf([...points, ...yearEnds()]), THERMAL), claim, THERMAL)?.near.expected ??
    Number.NaN;
  assert.ok(expectedOf(burnt(YEARS)) > 10 * expectedOf(burnt([2022])));
});

test("a furnace counts for nothing, however hot the week; a fire beside it does", () => {
  const furnace = YEARS.flatMap((year) =>
    Array.from({ length: 40 }, (_, i) => ({ ...shifted(1), day: dayNumber(year, 1, 8) + 9 * i })),
  );
  const burning = Array.from({ length: 9 }, () => ({ ...shifted(1), day: DAY }));
  const fire = { ...shifted(4), day: DAY };
  const points = pointsOf([...furnace, ...burning, fire, ...yearEnds()]);
  const found = countAnomalies(baselineOf(points, THERMAL), claim, THERMAL);
  assert.equal(found?.near.count, 1);
  assert.equal(found?.persistent, 9);
  // The planted fault: without the rule all ten count.
  const all = { ...THERMAL, persistent: { ...THERMAL.persistent, days: 1e6 } };
  assert.equal(countAnomalies(baselineOf(points, all), claim, all)?.near.count, 10);
  assert.equal(hotSpotsOf(points, { days: 30, years: 3, months: 5 }).cells.length, 1);
  assert.equal(hotSpotsOf(points, { days: 30, years: 9, months: 5 }).cells.length, 0);
  const june = pointsOf(
    YEARS.flatMap((year) => Array.from({ length: 25 }, (_, i) => ({ ...shifted(1), day: dayNumber(year, 6, 1) + i }))),
  );
  assert.equal(hotSpotsOf(june, THERMAL.persistent).cells.length, 0, "stubble is no furnace");
});

test("land that burns more gives a place without a record a higher expectation", () => {
  const { points, landUse } = world();
  const expectedOf = (landUseYears: number): number => {
    const model = { ...THERMAL, landUseYears };
    return countAnomalies(baselineOf(points, model, landUse), claim, model)?.near.seasonal ?? Number.NaN;
  };
  assert.ok(expectedOf(2) > expectedOf(0));
});

test("a day on which the whole region burns explains a fire at the place; the place's own restless weeks do, too", () => {
  const fires = [0, 0, 1].map((d) => ({ ...shifted(3), day: DAY + d }));
  const expectedWith = (others: readonly Point[]): number =>
    countAnomalies(baselineOf(pointsOf([...background(), ...fires, ...others, ...yearEnds()]), THERMAL), claim, THERMAL)
      ?.near.expected ?? Number.NaN;
  const quiet = expectedWith([]);
  const region = Array.from({ length: 200 }, (_, i) => ({ ...shifted(40), day: DAY - 2 + (i % 5) }));
  const weeks = Array.from({ length: 30 }, (_, i) => ({ ...shifted(3), day: DAY - 20 + (i % 15) }));
  assert.ok(expectedWith(region) > 2 * quiet);
  assert.ok(expectedWith(weeks) > 2 * quiet);
});

test("a day or a year that the record does not cover is unknown, not empty", () => {
  const baseline = baselineOf(pointsOf([...background(), ...yearEnds()]), THERMAL);
  assert.equal(countAnomalies(baseline, { place: PLACE, day: dayNumber(2025, 6, 1) }, THERMAL), undefined);
  const single = baselineOf(pointsOf(yearEnds().filter(({ day }) => yearOf(day) === 2022)), THERMAL);
  assert.equal(countAnomalies(single, claim, THERMAL), undefined);
});

test("the sky is open where furnaces are seen, closed where they are not, unknown where there are none", () => {
  const dark = new Set([DAY - 2, DAY - 1, DAY, DAY + 1, DAY + 2]);
  const always = Array.from({ length: 41 }, (_, i) => DAY - 20 + i);
  const cells = (days: readonly number[]) => [0, 1, 2, 3].map((k) => ({ ...shifted(30 + k), days }));
  const skyOf = (days: readonly number[]) =>
    skyReader(cells(days), { withinKm: 100, windowDays: 2, surroundingDays: 20 }).skyOver(PLACE, DAY);
  assert.deepEqual(skyOf(always), { open01: 1, furnaces: 4, seen: 4 });
  assert.deepEqual(skyOf(always.filter((day) => !dark.has(day))), { open01: 0, furnaces: 4, seen: 0 });
  assert.equal(
    skyReader([], { withinKm: 100, windowDays: 2, surroundingDays: 20 }).skyOver(PLACE, DAY).open01,
    undefined,
  );
});

test("passes are those that a pixel gives away, each once", () => {
  const at = [
    [48, 31, DAY, 500, 0],
    [48.5, 32, DAY, 502, 0],
    [48, 31, DAY, 600, 1],
    [48, 31, DAY + 1, 500, 0],
    [38, 31, DAY, 700, 0],
  ] as const;
  const looks = {
    latitudeDeg: Float32Array.from(at, ([lat]) => lat),
    longitudeDeg: Float32Array.from(at, ([, lon]) => lon),
    day: Int32Array.from(at, ([, , day]) => day),
    minuteOfDay: Int16Array.from(at, ([, , , minute]) => minute),
    frpMw: new Float32Array(5),
    sensor: Uint8Array.from(at, ([, , , , sensor]) => sensor),
    sensors: ["Terra", "Aqua"],
  };
  assert.deepEqual(overpassReader(looks)(PLACE, DAY), [
    { sensor: "Terra", minuteOfDay: 500 },
    { sensor: "Aqua", minuteOfDay: 600 },
  ]);
});

const shifted = (km: number) => ({ latitudeDeg: PLACE.latitudeDeg + km / 111.2, longitudeDeg: PLACE.longitudeDeg });

function scattered(dice: Dice, km: number, day: number): Point {
  const [angle, far] = [dice.between(0, 2 * Math.PI), km * Math.sqrt(dice.uniform())];
  return {
    latitudeDeg: PLACE.latitudeDeg + (far * Math.sin(angle)) / 111.2,
    longitudeDeg:
      PLACE.longitudeDeg + (far * Math.cos(angle)) / (111.32 * Math.cos((PLACE.latitudeDeg * Math.PI) / 180)),
    day,
  };
}

/** So that a year counts as watched: a pixel far away on its first and last day. */
function yearEnds(): Point[] {
  return YEARS.flatMap((year) =>
    [1, 365].map((d) => ({ latitudeDeg: 45, longitudeDeg: 25, day: dayNumber(year, 1, 1) + d - 1 })),
  );
}

/** A little of everything, everywhere, in all years. */
function background(): Point[] {
  const dice = new Dice(9, "background");
  return YEARS.flatMap((year) =>
    Array.from({ length: 400 }, () => scattered(dice, 80, dayNumber(year, 4, 1) + dice.below(150))),
  );
}
