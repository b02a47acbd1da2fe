/** One run: exact replay, snapshots, forks, dice that do not disturb each other, and worlds whose answers are known beforehand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Exercise, type RunOptions } from "../src/exercise/exercise.ts";
import type { Scene } from "../src/exercise/scene.ts";
import { type Score, scoreOf } from "../src/exercise/score/score.ts";
import { NO_CLAIMS, NO_JAMS, truthOf } from "../src/exercise/truth/truth.ts";
import { periodicLooks01 } from "../src/sense/search.ts";
import { foldCases, inCaseOrder } from "../src/verify/incident-fold.ts";
import { HERE, START_MS, scene, strike, UNLIMITED, watcher } from "./exercise-fixture.ts";

function played(of: Scene, seed: number, options: RunOptions = {}): Exercise {
  const run = new Exercise(of, seed, options);
  run.advance(Number.POSITIVE_INFINITY);
  return run;
}

const headline = ({ rows }: Score): readonly [number, number] =>
  rows.reduce<readonly [number, number]>(
    ([x, n], { verified, counted }) => [x + (verified[0] as number), n + (counted[0] as number)],
    [0, 0],
  );

test("perfect sensors and unlimited staff: everything real is verified within minutes, and nothing false is", () => {
  let all = 0;
  for (let seed = 0; seed < 20; seed++) {
    const score = scoreOf(played(scene(), seed));
    const [verified, counted] = headline(score);
    assert.equal(verified, counted, `seed ${seed}`);
    assert.equal(score.wronglyVerified, 0);
    assert.deepEqual(score.rows[0]?.verifiedBy[0] ?? 0, counted, "within a quarter of an hour");
    all += counted;
  }
  assert.ok(all > 100);
});

test("no sensors: an exercise in which nobody watches does not begin, and one whose sensors see nothing verifies nothing", () => {
  assert.throws(() => new Exercise(scene({ entities: [] }), 1), /nobody watches/);
  const blind = scene({ entities: [watcher("west", { plain: { look01: 0 } })] });
  const score = scoreOf(played(blind, 1));
  assert.deepEqual([score.verifiedIncidents, score.reports], [0, 0]);
});

test("one entity alone: all is reported, nothing is corroborated", () => {
  const score = scoreOf(played(scene({ entities: [watcher("west")] }), 1));
  assert.ok(score.reports > 5);
  assert.equal(score.verifiedIncidents, 0);
});

test("the same scene and seed give the same log; another seed another", () => {
  const hash = (seed: number): string => scoreOf(played(scene(), seed)).hash;
  assert.equal(hash(7), hash(7));
  assert.notEqual(hash(7), hash(8));
});

test("stopping on the way changes nothing; a snapshot goes on as the run that it was taken from; a fork leaves it alone", () => {
  const whole = scoreOf(played(scene(), 7));
  const run = new Exercise(scene(), 7);
  for (let k = 1; k <= 10; k++) run.advance(START_MS + k * 7_777_777);
  const saved = run.snapshot();
  const fork = run.fork();
  const other = run.fork(1234);
  other.advance(Number.POSITIVE_INFINITY);
  run.advance(Number.POSITIVE_INFINITY);
  assert.deepEqual(scoreOf(run), whole);
  fork.advance(Number.POSITIVE_INFINITY);
  assert.deepEqual(scoreOf(fork), whole);
  run.restore(saved);
  run.advance(Number.POSITIVE_INFINITY);
  assert.deepEqual(scoreOf(run), whole);
  assert.notEqual(scoreOf(other).hash, whole.hash);
  const past = (of: Exercise): number[] => [...of.world.truth.tMs].filter((t) => t < saved.nowMs);
  assert.deepEqual(past(other), past(run), "what has begun is the same");
});

test("one camera more changes no other dice: what the others see and err stays to the last bit", () => {
  const half = { plain: { look01: 0.5, falseAlarmsPerDay: 3, locationM: 300 } };
  const two = [watcher("west", half), watcher("east", { ...half, nation: "DEU" })];
  const seen = (of: Scene): string[] => {
    const reports = played(of, 3).senses.reports.rows;
    return Array.from({ length: reports.length }, (_, i) => {
      const { entity, cause, latitudeDeg, longitudeDeg, lookMs } = reports.columns;
      return [of.entities[entity[i] as number]?.id, cause[i], latitudeDeg[i], longitudeDeg[i], lookMs[i]].join(" ");
    }).sort();
  };
  const before = seen(scene({ entities: two }));
  const after = seen(scene({ entities: [watcher("north", { ...half, nation: "POL" }), ...two] }));
  assert.ok(before.length > 20);
  assert.deepEqual(
    after.filter((line) => !line.startsWith("north")),
    before,
  );
});

test("a periodic search of a Poisson event finds as many as the closed form says", () => {
  const [everyS, lastsS, look01] = [3600, 9000, 0.4];
  const kinds = [strike({ lastsS, perDay: 40 })];
  const of = scene({ kinds, entities: [watcher("west", { everyS, plain: { look01 } })], days: 5 });
  let [seen, all] = [0, 0];
  for (let seed = 0; seed < 40; seed++) {
    const run = played(of, seed);
    const { tMs, endMs } = run.world.truth;
    tMs.forEach((_, i) => {
      if ((endMs[i] as number) > run.endMs) return;
      all++;
      if (!Number.isNaN(run.senses.sights.firstSeenMs[i])) seen++;
    });
  }
  const expected = periodicLooks01(everyS, lastsS, look01);
  const sigma = Math.sqrt((expected * (1 - expected)) / all);
  assert.ok(all > 7000);
  assert.ok(Math.abs(seen / all - expected) < 4 * sigma, `${seen / all} against ${expected} +- ${sigma}`);
});

test("two periodic searchers of two nations: breaches are verified as often as both look while a breach lasts", () => {
  const of = pairOfSearchers();
  let [verified, counted] = [0, 0];
  for (let seed = 0; seed < 60; seed++) {
    const [x, n] = headline(scoreOf(played(of, seed)));
    verified += x;
    counted += n;
  }
  const sigma = Math.sqrt((PAIR_01 * (1 - PAIR_01)) / counted);
  assert.ok(counted > 300);
  assert.ok(Math.abs(verified / counted - PAIR_01) < 4 * sigma, `${verified / counted} against ${PAIR_01} +- ${sigma}`);
});

/**
 * Looks every 4 h, the second an hour after the first, each sure; a breach lasts 2 h. Both look while it lasts if it begins from 2 h
 * to 0 h before the first look and from 1 h before that to 1 h after: one hour of four. Small places keep breaches apart.
 */
const PAIR_01 = 0.25;
function pairOfSearchers(): Scene {
  const every = { everyS: 4 * 3600 };
  return scene({
    kinds: [strike({ lastsS: 7200, perDay: 3 })],
    days: 4,
    radiusKm: 45,
    entities: [watcher("west", every), watcher("east", { ...every, nation: "DEU", phaseS: 3600 })],
  });
}

test("the log folds to the incidents that the run ended with, and every event is marked as an exercise", () => {
  const run = played(scene(), 5, { keepsLog: true });
  const { events } = run.headquarters.log;
  assert.ok(events.every(({ draft }) => draft.marking.use === "exercise"));
  const folded = foldCases(
    events
      .map(({ draft, recordedAt }, sequence) => ({ ...draft, id: `${sequence}`, node: "n", sequence, recordedAt }))
      .sort(inCaseOrder),
  );
  assert.deepEqual(folded.refused, []);
  const states = (incidents: ReadonlyMap<string, { state: string }>): string[] =>
    [...incidents].map(([id, { state }]) => `${id} ${state}`).sort();
  assert.deepEqual(states(folded.incidents), states(run.headquarters.desk.incidents));
  assert.ok(states(folded.incidents).some((line) => line.endsWith("assessed")));
});

test("two people: with one verifier nothing is ever assessed, and the wait for the first is counted", () => {
  const staff = { ...UNLIMITED, verifiers: [{ fromHour: 8, toHour: 16, people: 1 }] };
  const run = played(scene({ staff }), 5);
  const states = [...run.headquarters.desk.incidents.values()].map(({ state }) => state);
  assert.ok(states.includes("verified"));
  assert.ok(!states.includes("assessed"));
  const { spent } = scoreOf(run);
  assert.ok(spent.verifier.hours > 1);
});

test("a world in which nothing happens ends with nothing counted", () => {
  const nothing = { truth: truthOf([strike()], []), claims: NO_CLAIMS, jams: NO_JAMS };
  const score = scoreOf(played(scene({ world: () => nothing }), 1));
  assert.deepEqual(score.rows, []);
});

test("faults are said with their numbers", () => {
  const mover = { speedMps: 0, enduranceS: 0, turnaroundS: 0, reserve01: 0.1, rounds: [undefined] };
  const areas = [{ id: "north", ...HERE }];
  assert.throws(
    () => new Exercise(scene({ areas, entities: [watcher("d", { mover })] }), 1),
    (error: Error) => {
      for (const part of [/speed of 0 m\/s/, /endurance of 0 s/, /none of 1 areas/]) assert.match(error.message, part);
      return true;
    },
  );
  assert.throws(() => new Exercise(scene({ entities: [watcher("a"), watcher("a")] }), 1), /a: two entities of one id/);
});
