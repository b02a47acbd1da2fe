/** Intervals over many runs hold what they promise, also where runs stop early; looks, seeds and sums are the same however runs are dealt out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Exercise } from "../src/exercise/exercise.ts";
import type { Scene } from "../src/exercise/scene.ts";
import {
  added,
  differenceOf,
  headlineOf,
  isEnough,
  lineOf,
  NO_TOTAL,
  type RunLine,
  seedOf,
  stoppingOf,
} from "../src/exercise/score/campaign.ts";
import { scoreOf } from "../src/exercise/score/score.ts";
import { bootstrap, quantile } from "../src/numerics/bootstrap.ts";
import { Dice } from "../src/numerics/dice.ts";
import { clusteredShare, wilson, zOf } from "../src/numerics/proportion.ts";
import { jointZ, looksUpTo, stays01 } from "../src/numerics/sequential.ts";
import { poisson } from "../src/numerics/variates.ts";
import { scene, strike, watcher } from "./exercise-fixture.ts";

test("bounds for looks at equal steps are Pocock's (1977, table 1, two-sided 5 %)", () => {
  for (const [looks, published] of [
    [1, 1.96],
    [2, 2.178],
    [3, 2.289],
    [4, 2.361],
    [5, 2.413],
    [10, 2.555],
  ] as const) {
    const counts = Array.from({ length: looks }, (_, i) => i + 1);
    assert.ok(Math.abs(jointZ(counts, 0.95) - published) < 0.0015, `${looks}: ${jointZ(counts, 0.95)}`);
  }
  assert.ok(Math.abs(stays01([1], 1.959964) - 0.95) < 1e-6);
});

test("looks double, end at all runs, and none stands hard by the last", () => {
  assert.deepEqual(looksUpTo(400, 25), [25, 50, 100, 200, 400]);
  assert.deepEqual(looksUpTo(450, 25), [25, 50, 100, 200, 450]);
  assert.deepEqual(looksUpTo(20, 25), [20]);
  assert.deepEqual(stoppingOf(200, undefined), { looks: [200], z: zOf(0.95) });
});

test("Wilson's interval is the one of the textbooks", () => {
  // Newcombe 1998, table I: 81 of 263, and 1 of 29; without correction for continuity.
  const [a, b] = [wilson(81, 263, zOf(0.95)), wilson(1, 29, zOf(0.95))];
  for (const [value, published] of [
    [a.low, 0.2553],
    [a.high, 0.3662],
    [b.low, 0.0061],
    [b.high, 0.1718],
  ] as const)
    assert.ok(Math.abs(value - published) < 5e-5, `${value} ${published}`);
  assert.deepEqual([wilson(0, 10, 2).low, wilson(10, 10, 2).high], [0, 1]);
});

test("things of one run are not taken for independent: runs that go all one way are worth one thing each", () => {
  const counts = new Float64Array(40).fill(50);
  const split = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 50 : 0));
  const { low, high } = clusteredShare(split, counts, zOf(0.95));
  const alone = wilson(20, 40, zOf(0.95));
  assert.ok(Math.abs(high - low - (alone.high - alone.low)) < 0.02);
  // Without any scatter nothing is learnt of it: no narrower than one thing a run.
  assert.ok(clusteredShare(counts, counts, zOf(0.95)).low < wilson(40, 40, zOf(0.95)).low + 0.01);
});

test("95 of 100 intervals hold the truth, judged once and stopped early; stopping by eye would hold fewer", () => {
  const dice = new Dice(11, "campaigns", "coverage");
  const truth = 0.7;
  const [single, several] = [stoppingOf(400, undefined), stoppingOf(400, 0.06)];
  const campaign = (untilCi: number | undefined, z?: number): boolean => {
    const stopping = untilCi === undefined ? single : several;
    const lines: RunLine[] = [];
    for (const look of stopping.looks) {
      while (lines.length < look) lines.push(drawnLine(dice, lines.length, truth));
      if (untilCi !== undefined && isEnough(lines, z ?? stopping.z, untilCi)) break;
    }
    const { low, high } = headlineOf(lines, 0, z ?? stopping.z);
    return low <= truth && truth <= high;
  };
  const share = (hold: () => boolean): number => Array.from({ length: 1500 }, hold).filter(Boolean).length / 1500;
  const [once, early, naive] = [
    share(() => campaign(undefined)),
    share(() => campaign(0.06)),
    share(() => campaign(0.06, zOf(0.95))),
  ];
  // 1,500 campaigns: a share of .95 is known within .017 (three sigmas).
  assert.ok(once > 0.933 && once < 0.972, `${once}`);
  assert.ok(early > 0.94, `${early}`);
  assert.ok(naive < early, `${naive}: the planted fault, bounds of a single look at many`);
});

/** Runs of some things each that share their luck: as many as a run's weather lets through. */
function drawnLine(dice: Dice, run: number, truth: number): RunLine {
  const counted = 1 + poisson(dice, 6);
  const luck = dice.uniform() < 0.5 ? truth + 0.15 : truth - 0.15;
  let verified = 0;
  for (let i = 0; i < counted; i++) if (dice.chance(luck)) verified++;
  return {
    run,
    seed: run,
    hash: "",
    counted: [counted, 0],
    verified: [verified, 0],
    funnel: [],
    verifiedIncidents: 0,
    wronglyVerified: 0,
    classes: {},
  };
}

/** As in `exercise.test.ts`: both searchers look while a breach lasts if it begins within one hour of four; one breach a run or so. */
const PAIR_01 = 0.25;
function smallWorld(): Scene {
  const every = { everyS: 4 * 3600 };
  return scene({
    kinds: [strike({ lastsS: 7200, perDay: 4 })],
    days: 1.5,
    radiusKm: 45,
    entities: [watcher("west", every), watcher("east", { ...every, nation: "DEU", phaseS: 3600 })],
  });
}

function linesOf(of: Scene, seed: number, runs: number): RunLine[] {
  return Array.from({ length: runs }, (_, run) => {
    const own = new Exercise(of, seedOf(seed, run));
    own.advance(Number.POSITIVE_INFINITY);
    return lineOf(run, scoreOf(own));
  });
}

test("of 100 campaigns over a small world, whose answer is known exactly, 95 or so hold it", () => {
  const of = smallWorld();
  let held = 0;
  for (let seed = 0; seed < 100; seed++) {
    const { low, high } = headlineOf(linesOf(of, seed, 25), 0, stoppingOf(25, undefined).z);
    if (low <= PAIR_01 && PAIR_01 <= high) held++;
  }
  // Binomial with .95: fewer than 89 come once in a hundred times.
  assert.ok(held >= 89, `${held}`);
});

test("paired networks: the difference is of the same worlds, and much better known than two shares apart", () => {
  const of = smallWorld();
  const [west, east] = of.entities;
  if (west === undefined || east === undefined) throw new Error("two entities");
  const better = { ...of, entities: [west, { ...east, phaseS: 0 }] };
  const [first, second] = [linesOf(of, 1, 60), linesOf(better, 1, 60)];
  assert.deepEqual(
    first.map(({ counted }) => counted),
    second.map(({ counted }) => counted),
    "the same breaches",
  );
  const { estimate, low, high, pairs } = differenceOf(first, second, 0, 1);
  assert.equal(pairs, 60);
  // Both at once: two hours of four.
  assert.ok(low <= 0.25 && 0.25 <= high && low > 0 && Math.abs(estimate - 0.25) < 0.15);
  const apart = headlineOf(first, 0, zOf(0.95));
  const alone = headlineOf(second, 0, zOf(0.95));
  assert.ok(high - low < apart.high - apart.low + (alone.high - alone.low));
  assert.throws(() => differenceOf(first, linesOf(of, 2, 60), 0, 1), /two worlds/);
});

test("seeds of runs differ, and do not depend on how many there are", () => {
  const seeds = Array.from({ length: 5000 }, (_, run) => seedOf(9, run));
  assert.ok(new Set(seeds).size >= 4998);
  assert.equal(seedOf(9, 4321), seeds[4321]);
});

test("sums of runs: each number is there once", () => {
  const scores = [1, 2, 3].map((seed) => {
    const run = new Exercise(smallWorld(), seed);
    run.advance(Number.POSITIVE_INFINITY);
    return scoreOf(run);
  });
  const total = scores.reduce(added, NO_TOTAL);
  const sum = (of: (score: (typeof scores)[number]) => number): number => scores.reduce((n, score) => n + of(score), 0);
  assert.equal(
    total.reports,
    sum(({ reports }) => reports),
  );
  assert.equal(total.days, 4.5);
  assert.equal(
    total.rows[0]?.counted[0],
    sum(({ rows }) => rows[0]?.counted[0] ?? 0),
  );
  assert.equal(
    total.spent.look.count,
    sum(({ spent }) => spent.look.count),
  );
});

test("the bootstrap of a mean agrees with its formula", () => {
  const dice = new Dice(2, "bootstrap", "test");
  const values = Float64Array.from({ length: 200 }, () => dice.normal());
  const mean = (times: Uint32Array): number => times.reduce((sum, n, i) => sum + n * (values[i] as number), 0) / 200;
  const { low, high, estimate } = bootstrap(mean, 200, { seed: 1 });
  const sigma = Math.sqrt(values.reduce((sum, v) => sum + (v - estimate) ** 2, 0) / 200 / 200);
  assert.ok(Math.abs(high - low - 2 * 1.96 * sigma) < 0.15 * sigma * 2);
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2.5);
});
