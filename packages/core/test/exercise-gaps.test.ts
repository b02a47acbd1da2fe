/** What can be foretold of a watch, on a line drawn for it: nights of day cameras, turns of posts and plans, passes; and what those who know do with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Foresight, type LargerKind, NO_FORESIGHT, simulateLarger } from "../src/exercise/truce/larger.ts";
import { groundsOf } from "../src/exercise/truth/grounds.ts";
import type { TruthKind } from "../src/exercise/truth/truth.ts";
import { type Law, plainLaw } from "../src/exercise/watch/eyes.ts";
import { foresightOf, type Watch } from "../src/exercise/watch/gaps.ts";
import { sunElevationDeg } from "../src/geo/sun.ts";
import { DARK } from "../src/sense/look.ts";
import { SURE } from "./exercise-fixture.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.parse("2026-06-14T21:00:00Z");
const DAYS = 3;
/** 100 km to the south, one area on it. */
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
const standing = (km: number, law: Law, everyS = 0): Watch["posts"][number] => ({
  law,
  ...grounds.placeAt(-1, km, 0),
  heightM: 10,
  everyS,
  phaseS: 0,
});
const foretold = (changes: Partial<Watch>): Foresight =>
  foresightOf({
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

/** Hours since the start of gaps at a place. */
const hoursAt = (foresight: Foresight, sKm: number, yKm = 0): [number, number][] =>
  foresight({ kind: 0, area: 0, sKm, yKm }).map(({ fromMs, toMs }) => [fromMs / HOUR_MS, toMs / HOUR_MS]);

test("nobody there, somebody always there, somebody who sees next to nothing: in no case is there a time to wait for", () => {
  assert.deepEqual(hoursAt(foretold({}), 55), []);
  for (const law of [ALWAYS, UNSURE]) assert.deepEqual(hoursAt(foretold({ posts: [standing(55, law)] }), 55), []);
});

test("a day camera leaves the nights of its own stretch, from dusk to dawn by the Sun; a thermal one beside it none", () => {
  const foresight = foretold({ posts: [standing(55, BY_DAY)] });
  const nights = hoursAt(foresight, 55);
  assert.equal(nights.length, DAYS + 1, "the first night had begun, the last has not ended");
  for (const hour of nights.flat().filter((h) => h > 0 && h < 24 * DAYS)) {
    const sunDeg = sunElevationDeg(grounds.placeAt(-1, 55, 0), START_MS + hour * HOUR_MS);
    assert.ok(Math.abs(sunDeg + 6) < 1.5, `${sunDeg} degrees`);
  }
  for (const [sKm, yKm] of [
    [45, 0],
    [65, 0],
    [55, 7],
  ] as const) {
    assert.deepEqual(hoursAt(foresight, sKm, yKm), [], "out of its reach");
  }
  assert.deepEqual(hoursAt(foretold({ posts: [standing(55, BY_DAY), standing(56, ALWAYS)] }), 55), []);
});

test("posts that are unsure alone are a watch together", () => {
  const half: Law = { ...BY_DAY, answer: (look, channel) => 0.4 * Math.max(0, BY_DAY.answer(look, channel)) };
  assert.deepEqual(hoursAt(foretold({ posts: [standing(55, half)] }), 55), []);
  assert.equal(hoursAt(foretold({ posts: [standing(54, half), standing(56, half)] }), 55).length, DAYS + 1);
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
    place: [0, 1, 0, 0],
    // The last two are of use by day alone; 49 hours after midnight it is night.
    atMs: [5, 9, 40, 49].map((hour) => START_MS + hour * HOUR_MS),
    byDay: [0, 0, 1, 1],
  };
  assert.deepEqual(
    hoursAt(foretold({ passes }), 55).map((gap) => gap.map(Math.round)),
    [
      [0, 5],
      [5, 40],
      [40, 72],
    ],
  );
});

test("who moves by a policy is not foretold, but for eyes that see nothing by night", () => {
  const roaming = (law: Law): Watch["roamers"][number] => ({ ...standing(55, law), radiusKm: 3 });
  assert.deepEqual(hoursAt(foretold({ roamers: [roaming(ALWAYS)] }), 55), []);
  assert.deepEqual(
    hoursAt(foretold({ roamers: [roaming(BY_DAY)] }), 55),
    hoursAt(foretold({ posts: [standing(55, BY_DAY)] }), 55),
  );
});

test("those who know act in the gaps of their own place, as many as without knowing, and never later where nothing was to be gained", () => {
  const foresight = foretold({ posts: [15, 55, 85].map((km) => standing(km, BY_DAY)) });
  const span = { fromMs: 0, toMs: DAYS * 24 * HOUR_MS };
  const run = (of: Foresight) => simulateLarger([MOVE], AREAS, { seed: 3, span, foresight: of });
  const [knowing, blind] = [run(foresight), run(NO_FORESIGHT)];
  assert.ok(blind.tMs.length > 30);
  assert.deepEqual(Array.from(knowing.meantMs).sort(), Array.from(blind.meantMs).sort());
  let moved = 0;
  for (const [i, sKm] of knowing.sKm.entries()) {
    const [t, meant]: [number, number] = [knowing.tMs[i] as number, knowing.meantMs[i] as number];
    const gap = hoursAt(foresight, sKm)[knowing.gap[i] as number];
    if (gap === undefined) assert.equal(t, meant);
    else {
      assert.ok(t >= gap[0] * HOUR_MS && (knowing.endMs[i] as number) <= gap[1] * HOUR_MS);
      if (t !== meant) moved++;
    }
  }
  assert.ok(moved > 3, `${moved} waited`);
});
