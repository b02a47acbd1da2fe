/** What can be foretold of a watch, on a line drawn for it: nights of day cameras, turns of posts and plans, passes; and what those who know do with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Law, plainLaw } from "../src/exercise/eyes.ts";
import { type Foretold, foretellGaps } from "../src/exercise/gaps.ts";
import { type LargerKind, NO_GAPS, type PredictedGaps, simulateLarger } from "../src/exercise/truce-larger.ts";
import type { TruthKind } from "../src/exercise/truth.ts";
import { groundsOf } from "../src/exercise/truth-grounds.ts";
import { sunElevationDeg } from "../src/geo/sun.ts";
import { DARK } from "../src/sense/look.ts";
import { SURE } from "./exercise-fixture.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.parse("2026-06-14T21:00:00Z");
const DAYS = 3;
/** 100 km to the south, one area on it: ten cells of 10 km. */
const LINE = [
  { latitudeDeg: 49, longitudeDeg: 37 },
  { latitudeDeg: 48.1006, longitudeDeg: 37 },
];
const AREAS = [{ id: "all", atKm: 50, offsetKm: 0, halfKm: 50 }];
const MOVE: LargerKind = {
  id: "move",
  perDay: 20,
  areas: ["all"],
  lastsS: 3600,
  informed01: 1,
  patienceHours: 24,
};
const KIND: TruthKind = {
  id: "move",
  taxonomy: "heavy-weapon",
  isBreach: true,
  class: "move",
  signatures: [{ channel: "crater", strength: 3, lastsS: 3600, fades: "at-once" }],
  speedMps: 8,
  contrast01: 0.3,
  riseK: 5,
  heightM: 2,
};

const ALWAYS: Law = plainLaw({ ...SURE, rangeKm: 6 });
const BY_DAY: Law = { ...ALWAYS, answer: (look, channel) => (look.sunDeg > -6 ? ALWAYS.answer(look, channel) : DARK) };
const UNSURE: Law = plainLaw({ ...SURE, rangeKm: 6, look01: 0.05 });

const grounds = groundsOf(LINE, AREAS);
const standing = (km: number, law: Law, everyS = 0): Foretold["posts"][number] => ({
  law,
  ...grounds.placeAt(-1, km, 0),
  heightM: 10,
  everyS,
  phaseS: 0,
});
const foretold = (changes: Partial<Foretold>): PredictedGaps =>
  foretellGaps({
    truce: { areas: AREAS, larger: [MOVE] },
    kinds: [KIND],
    grounds,
    startMs: START_MS,
    days: DAYS,
    posts: [],
    stints: [],
    roamers: [],
    ...changes,
  });

/** Hours since the start, of one cell. */
function hoursAt(gaps: PredictedGaps, km: number): [number, number][] {
  return Array.from(gaps.area.keys())
    .filter((g) => (gaps.fromKm[g] as number) < km && km < (gaps.toKm[g] as number))
    .map((g) => [(gaps.fromMs[g] as number) / HOUR_MS, (gaps.toMs[g] as number) / HOUR_MS]);
}

test("nobody there, somebody always there, somebody who sees next to nothing: in no case is there a time to wait for", () => {
  assert.deepEqual(foretold({}), NO_GAPS);
  assert.deepEqual(foretold({ posts: [standing(55, ALWAYS)] }), NO_GAPS);
  assert.deepEqual(foretold({ posts: [standing(55, UNSURE)] }), NO_GAPS);
});

test("a day camera leaves the nights of its own stretch, from dusk to dawn by the Sun; a thermal one beside it none", () => {
  const gaps = foretold({ posts: [standing(55, BY_DAY)] });
  const nights = hoursAt(gaps, 55);
  assert.equal(nights.length, DAYS + 1, "the first night had begun, the last has not ended");
  for (const [from, to] of nights) {
    for (const hour of [from, to].filter((h) => h > 0 && h < 24 * DAYS)) {
      const sunDeg = sunElevationDeg(grounds.placeAt(-1, 55, 0), START_MS + hour * HOUR_MS);
      assert.ok(Math.abs(sunDeg + 6) < 1.5, `${sunDeg} degrees`);
    }
  }
  for (const km of [35, 75]) assert.deepEqual(hoursAt(gaps, km), []);
  assert.deepEqual(foretold({ posts: [standing(55, BY_DAY), standing(56, ALWAYS)] }), NO_GAPS);
});

test("a post that looks in turn, a plan that is written down, and passes leave what lies between", () => {
  const turns = hoursAt(foretold({ posts: [standing(55, ALWAYS, 6 * 3600)] }), 55);
  assert.equal(turns.length, 4 * DAYS);
  assert.deepEqual(turns[0], [1 / 6, 6]);
  const stint = {
    ...standing(55, ALWAYS),
    radiusKm: 2,
    fromMs: START_MS + 10 * HOUR_MS,
    toMs: START_MS + 30 * HOUR_MS,
  };
  assert.deepEqual(hoursAt(foretold({ stints: [stint] }), 55), [
    [0, 10],
    [30, 72],
  ]);
  const { latitudeDeg, longitudeDeg } = grounds.placeAt(-1, 55, 0);
  const passes = {
    latitudeDeg: Float64Array.of(latitudeDeg, 10),
    longitudeDeg: Float64Array.of(longitudeDeg, 10),
    reachKm: 3,
    place: [0, 1, 0],
    atMs: [START_MS + 5 * HOUR_MS, START_MS + 9 * HOUR_MS, START_MS + 40 * HOUR_MS],
  };
  const between = hoursAt(foretold({ passes }), 55);
  assert.deepEqual(
    between.map((gap) => gap.map(Math.round)),
    [
      [0, 5],
      [5, 40],
      [40, 72],
    ],
  );
});

test("who moves by a policy is not foretold, but for eyes that see nothing by night", () => {
  const roaming = (law: Law): Foretold["roamers"][number] => ({ ...standing(55, law), radiusKm: 3 });
  assert.deepEqual(foretold({ roamers: [roaming(ALWAYS)] }), NO_GAPS);
  assert.deepEqual(
    hoursAt(foretold({ roamers: [roaming(BY_DAY)] }), 55),
    hoursAt(foretold({ posts: [standing(55, BY_DAY)] }), 55),
  );
});

test("those who know act in the gaps of their own place, as many as without knowing, and never where nothing was to be gained", () => {
  const gaps = foretold({ posts: [15, 55, 85].map((km) => standing(km, BY_DAY)) });
  const span = { fromMs: 0, toMs: DAYS * 24 * HOUR_MS };
  const [knowing, blind] = [gaps, NO_GAPS].map((each) => simulateLarger([MOVE], AREAS, { seed: 3, span, gaps: each }));
  assert.ok(knowing !== undefined && blind !== undefined && blind.tMs.length > 30);
  assert.deepEqual(Array.from(knowing.meantMs).sort(), Array.from(blind.meantMs).sort());
  let moved = 0;
  for (const [i, sKm] of knowing.sKm.entries()) {
    const [t, meant]: [number, number] = [knowing.tMs[i] as number, knowing.meantMs[i] as number];
    const place = hoursAt(gaps, sKm);
    if (knowing.gap[i] === -1) assert.equal(t, meant);
    else {
      assert.ok(place.some(([from, to]) => t >= from * HOUR_MS && (knowing.endMs[i] as number) <= to * HOUR_MS));
      if (t !== meant) moved++;
    }
    if (place.length === 0) assert.equal(t, meant);
  }
  assert.ok(moved > 3, `${moved} waited`);
});
