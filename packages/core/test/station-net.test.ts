/** The net for stations: exact numbers, any number and order of areas, nations apart; and the evolution that trains it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drive, Environment } from "../src/exercise/policy/environment.ts";
import { centredRanks, type Evolution, evolutionFrom, evolved, triedBy } from "../src/exercise/policy/evolution.ts";
import { PolicyError } from "../src/exercise/policy/policy.ts";
import {
  FEATURES,
  inferBy,
  NET_LENGTH,
  plainValues,
  STATION_FEATURES,
  stationNetOf,
  stationPolicy,
  WORTHS,
} from "../src/exercise/policy/station-net.ts";
import { Dice } from "../src/numerics/dice.ts";
import { scene, strike, watcher } from "./exercise-fixture.ts";

const randomValues = (seed: number): Float64Array => {
  const dice = new Dice(seed, "test", "net");
  return Float64Array.from({ length: NET_LENGTH }, () => 3 * dice.normal());
};

const AREAS = [0, 1, 2, 3].map((k) => ({
  id: `area-${k}`,
  latitudeDeg: 47.9 + 0.11 * k,
  longitudeDeg: 37.2 + 0.02 * k * k,
}));

/** @param order of the areas: the same places under other numbers */
function watched(order: readonly number[], nations = ["FRA", "DEU", "POL", "FRA"]) {
  const areas = order.map((k) => AREAS[k] as (typeof AREAS)[number]);
  const rounds = areas.map(({ latitudeDeg, longitudeDeg }) =>
    Float64Array.from([latitudeDeg, longitudeDeg - 0.05, latitudeDeg, longitudeDeg + 0.05]),
  );
  const mover = { speedMps: 40, enduranceS: 21_600, turnaroundS: 1800, reserve01: 0.1, rounds };
  const entities = nations.map((nation, i) =>
    watcher(`drone-${i}`, { mover, nation, everyS: 300, plain: { rangeKm: 12 }, latitudeDeg: 47.95 + 0.07 * i }),
  );
  return scene({ areas, entities, days: 1, kinds: [strike({ lastsS: 21_600, perDay: 30 })], radiusKm: 30 });
}

test("the net says the same in 32-bit floats as in whole numbers of any size", () => {
  const net = stationNetOf(randomValues(4));
  const dice = new Dice(4, "test", "rows");
  const count = 500;
  const rows = Float32Array.from({ length: count * FEATURES }, () => dice.below(256) - 128);
  const worths = inferBy(net)(rows, count);
  const big = (value: number | undefined): bigint => BigInt(value ?? 0);
  for (let row = 0; row < count; row++) {
    for (let w = 0; w < WORTHS; w++) {
      let sum = 0n;
      for (let k = 0; k < FEATURES; k++) sum += big(rows[row * FEATURES + k]) * big(net.straight[k * WORTHS + w]);
      for (let h = 0; h < net.outward.length / WORTHS; h++) {
        let inner = 0n;
        for (let k = 0; k < FEATURES; k++)
          inner += big(rows[row * FEATURES + k]) * big(net.inward[(k * net.outward.length) / WORTHS + h]);
        const hidden = inner < 0n ? 0n : inner / 16n;
        sum += (hidden > 255n ? 255n : hidden) * big(net.outward[h * WORTHS + w]);
      }
      assert.equal(BigInt(worths[row * WORTHS + w] as number), sum);
      assert.ok(sum < 2n ** 24n && sum > -(2n ** 24n));
    }
  }
});

test("areas under other numbers: every agent goes to the same place", () => {
  const noise = randomValues(8);
  const values = plainValues().map((value, k) => value + 0.2 * (noise[k] as number));
  const policy = stationPolicy(inferBy(stationNetOf(values)));
  const goes = (order: readonly number[]): string[] => {
    const environment = new Environment(watched(order));
    environment.reset(11);
    const said: string[] = [];
    while (!environment.run.isOver) {
      const actions = policy.choose(environment.turn()) as Record<string, number>;
      said.push(
        Object.values(actions)
          .map((action) => (action === 0 ? "base" : environment.areas[action - 1]))
          .join(" "),
      );
      environment.step(actions);
    }
    return said;
  };
  const said = goes([0, 1, 2, 3]);
  assert.ok(new Set(said).size > 3, "it does more than one thing");
  assert.deepEqual(goes([2, 0, 3, 1]), said);
});

test("by its numbers for others there, two of one nation part and two of two nations meet", () => {
  const values = new Float64Array(NET_LENGTH);
  // Of the constant feature: worth 0 alone, less with its own nation, more with another.
  values.set([0, -4, 4, -4], STATION_FEATURES.indexOf("one") * WORTHS);
  values[STATION_FEATURES.indexOf("isBase") * WORTHS] = -7;
  values[STATION_FEATURES.indexOf("km20") * WORTHS] = -0.5;
  const goes = (nations: string[]): number => {
    const environment = new Environment(watched([0, 1, 2, 3], nations));
    environment.reset(1);
    drive(environment, stationPolicy(inferBy(stationNetOf(values))), environment.run.nowMs + 1);
    return new Set(environment.run.movers.order).size;
  };
  assert.equal(goes(["FRA", "FRA"]), 2);
  assert.equal(goes(["FRA", "DEU"]), 1);
});

test("a net that answers too little or no number ends the run by a message that says where", () => {
  const environment = new Environment(watched([0, 1, 2, 3]));
  const ends = (worths: (count: number) => Float32Array, message: RegExp): void => {
    environment.reset(1);
    const policy = stationPolicy((_, count) => worths(count));
    assert.throws(
      () => drive(environment, policy),
      (error) => error instanceof PolicyError && message.test(error.message),
    );
  };
  ends((count) => new Float32Array(count), /expected 20 x 4 worths, found 20/);
  ends((count) => new Float32Array(count * WORTHS).fill(Number.NaN, 9), /row 2: expected a number, found NaN/);
  assert.throws(() => stationNetOf([1, 2]), /expected 188 values, found 2/);
  assert.equal(plainValues().length, NET_LENGTH);
});

const OPTIONS = { seed: 5, pairs: 12, sigma: 0.1, rate: 0.05 };
/** Its one highest point is at 1, -2, 3. */
const worthOf = (values: ArrayLike<number>): number =>
  -[1, -2, 3].reduce((sum, at, k) => sum + ((values[k] as number) - at) ** 2, 0);

const after = (generations: number, from: Evolution = evolutionFrom([0, 0, 0])): Evolution => {
  let state = from;
  while (state.generation < generations) state = evolved(state, triedBy(state, OPTIONS).map(worthOf), OPTIONS);
  return state;
};

test("evolution climbs to the highest point, and goes on from a state that was written down as if it had never stopped", () => {
  const { values } = after(200);
  for (const [k, at] of [1, -2, 3].entries()) assert.ok(Math.abs((values[k] as number) - at) < 0.1, `${values}`);
  const written = JSON.parse(JSON.stringify(after(7))) as Evolution;
  assert.deepEqual(after(20, written), after(20));
  assert.notDeepEqual(triedBy(after(1), OPTIONS), triedBy(after(1), { ...OPTIONS, seed: 6 }));
});

test("tries come in pairs about the middle; ranks alone count, and equals share theirs", () => {
  const tries = triedBy(evolutionFrom([2, 3]), OPTIONS);
  for (let pair = 0; pair < OPTIONS.pairs; pair++) {
    const [a, b] = [tries[2 * pair] as Float64Array, tries[2 * pair + 1] as Float64Array];
    assert.ok(Math.abs((a[0] as number) + (b[0] as number) - 4) < 1e-12 && a[0] !== b[0]);
  }
  assert.deepEqual(centredRanks([10, -5, 1e9, 10]), [0, -0.5, 0.5, 0]);
  assert.throws(() => evolved(evolutionFrom([0]), [1, Number.NaN], { ...OPTIONS, pairs: 1 }), /expected 2 scores/);
});
