/** One report for a barrage: the first at once, the rest by windows, each with its count, and every breach still found behind it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Exercise } from "../src/exercise/exercise.ts";
import type { Fusing, Scene } from "../src/exercise/scene.ts";
import { scoreOf } from "../src/exercise/score/score.ts";
import { keyOf, NO_CLAIMS, NO_JAMS, type Row, truthOf } from "../src/exercise/truth/truth.ts";
import { HERE, START_MS, scene, strike, watcher } from "./exercise-fixture.ts";

const FUSING: Fusing = { windowMs: 600_000, reachKm: 2, classes: ["fire"] };
const MINUTE = 60_000;

/** So many strikes, one each `everyMs`, the k-th so far to the north. */
function barrage(count: number, everyMs: number, northKm: (k: number) => number = () => 0): Scene["world"] {
  const rows = Array.from(
    { length: count },
    (_, k): Row => ({
      tMs: START_MS + MINUTE + k * everyMs,
      latitudeDeg: HERE.latitudeDeg + northKm(k) / 111.195,
      longitudeDeg: HERE.longitudeDeg,
      kind: 0,
      key: keyOf(0, k),
    }),
  );
  return () => ({ truth: truthOf([strike()], rows), claims: NO_CLAIMS, jams: NO_JAMS });
}

function played(changes: Partial<Scene>): Exercise {
  const run = new Exercise(scene({ fusing: FUSING, entities: [watcher("west")], days: 3, ...changes }), 1);
  run.advance(Number.POSITIVE_INFINITY);
  return run;
}

const countsOf = ({ headquarters }: Exercise): unknown[] =>
  headquarters.items.map(({ measured }) => measured?.["events"] ?? 1);

test("240 strikes in 35 minutes are five reports of one post: the first at once, then by ten minutes", () => {
  const run = played({ world: barrage(240, (35 * MINUTE) / 240) });
  assert.deepEqual(countsOf(run), [1, 68, 69, 68, 34]);
  const { items, readings } = run.headquarters;
  assert.equal(readings[0]?.arrivedMs, START_MS + MINUTE + 1);
  const minutes = readings.map(({ arrivedMs }) => Math.floor((arrivedMs - START_MS) / MINUTE));
  assert.deepEqual(minutes, [1, 11, 21, 31, 41]);
  // Spans hold what they count: from the first of its strikes to the last.
  const last = items.at(-1);
  assert.ok(
    (last?.when.start ?? 0) >= START_MS + 31 * MINUTE && (last?.when.end ?? 0) <= START_MS + 36 * MINUTE + 1000,
  );
});

test("every breach behind a report is scored: two posts of two nations verify all 240 of a barrage", () => {
  const two = [watcher("west"), watcher("east", { nation: "DEU" })];
  const run = played({ entities: two, world: barrage(240, 8_000) });
  const score = scoreOf(run);
  assert.deepEqual([score.rows[0]?.counted[0], score.rows[0]?.verified[0]], [240, 240]);
  assert.ok(run.headquarters.items.length < 20, `${run.headquarters.items.length} reports`);
  assert.deepEqual([score.falseReports, score.wronglyVerified], [0, 0]);
});

test("what lies beyond reach, is of another class, or comes after a quiet window is a report of its own", () => {
  const apart = played({ world: barrage(2, MINUTE, (k) => 5 * k) });
  assert.deepEqual(countsOf(apart), [1, 1]);
  assert.equal(apart.headquarters.readings[1]?.arrivedMs, START_MS + 2 * MINUTE + 1, "at once");
  const quiet = played({ world: barrage(2, 11 * MINUTE) });
  assert.equal(quiet.headquarters.readings[1]?.arrivedMs, START_MS + 12 * MINUTE + 1, "at once");
  const other = played({ fusing: { ...FUSING, classes: ["larger"] }, world: barrage(5, MINUTE) });
  assert.deepEqual(countsOf(other), [1, 1, 1, 1, 1]);
});

test("a place of many is in their middle, and as uncertain as they lie apart", () => {
  const run = played({ world: barrage(3, MINUTE, (k) => [0, 0, 1.2][k] as number) });
  const [, many] = run.headquarters.items;
  assert.ok(Math.abs(((many?.where.latitudeDeg ?? 0) - HERE.latitudeDeg) * 111.195 - 0.6) < 0.03);
  assert.ok(Math.abs((many?.where.radiusKm ?? 0) - 0.6) < 0.03);
});

test("a snapshot within a window goes on as the run that it was taken from", () => {
  const world = barrage(240, 8_000);
  const whole = played({ world }).headquarters.log.hash;
  const run = new Exercise(scene({ fusing: FUSING, entities: [watcher("west")], world }), 1);
  run.advance(START_MS + 15 * MINUTE);
  const fork = run.fork();
  fork.advance(Number.POSITIVE_INFINITY);
  run.advance(Number.POSITIVE_INFINITY);
  assert.deepEqual([fork.headquarters.log.hash, run.headquarters.log.hash], [whole, whole]);
});
