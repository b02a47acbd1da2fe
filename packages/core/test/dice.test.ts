/** Dice: streams that do not touch, draws with the right distribution, snapshots. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DICE_WORDS, Dice } from "../src/numerics/dice.ts";
import { beta, cutPareto, cutParetoMoment, gamma, logFactorial, poisson } from "../src/numerics/variates.ts";
import { assertLaw, assertMoments, chiSquareZ, meanOf, SIGMAS } from "./laws.ts";

const N = 100_000;
const drawsOf = (name: string, draw: (dice: Dice) => number, n = N): Float64Array => {
  const dice = new Dice(7, name, "test");
  return Float64Array.from({ length: n }, () => draw(dice));
};

test("uniform: law, moments, no tie between neighbours, each of the upper and lower bits as often 0 as 1", () => {
  const values = drawsOf("uniform", (dice) => dice.uniform());
  assertLaw(values, (x) => x);
  assertMoments(values, 1 / 2, 1 / 12, 1.8);
  let product = 0;
  for (let i = 1; i < N; i++) product += ((values[i] as number) - 0.5) * ((values[i - 1] as number) - 0.5);
  assert.ok(Math.abs((product / N) * 12) < SIGMAS / Math.sqrt(N), "serial correlation");
  for (const bit of [0, 1, 5, 16, 30, 31]) {
    const dice = new Dice(7, "bits", bit);
    let ones = 0;
    for (let i = 0; i < N; i++) ones += (dice.word() >>> bit) & 1;
    assert.ok(Math.abs(ones - N / 2) < (SIGMAS * Math.sqrt(N)) / 2, `bit ${bit}: ${ones} ones of ${N}`);
  }
});

test("pairs of neighbours fill the square evenly", () => {
  const dice = new Dice(7, "pairs");
  const counts = new Array<number>(256).fill(0);
  for (let i = 0; i < N; i++) {
    const cell = dice.below(16) * 16 + Math.floor(dice.uniform() * 16);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const z = chiSquareZ(counts, new Array(256).fill(N / 256));
  assert.ok(Math.abs(z) < SIGMAS, `${z}`);
});

test("normal, exponential, gamma, beta: law where it has a closed form, moments", () => {
  assertMoments(
    drawsOf("normal", (dice) => dice.normal()),
    0,
    1,
  );
  assertLaw(
    drawsOf("exponential", (dice) => dice.exponential()),
    (x) => 1 - Math.exp(-x),
  );
  for (const shape of [0.4, 1, 3.7, 40]) {
    assertMoments(
      drawsOf(`gamma ${shape}`, (dice) => gamma(dice, shape)),
      shape,
      shape,
      3 + 6 / shape,
    );
  }
  const [a, b] = [2, 5];
  assertMoments(
    drawsOf("beta", (dice) => beta(dice, a, b)),
    a / (a + b),
    (a * b) / ((a + b) ** 2 * (a + b + 1)),
  );
});

test("normal: half, 1.28 and 2.33 sigmas cut off what the table says", () => {
  const values = drawsOf("normal tail", (dice) => dice.normal());
  for (const [x, share] of [
    [0, 0.5],
    [1.2816, 0.1],
    [2.3263, 0.01],
  ] as const) {
    const above = values.filter((value) => value > x).length;
    assert.ok(Math.abs(above - N * share) < SIGMAS * Math.sqrt(N * share * (1 - share)), `${above} above ${x}`);
  }
});

test("Poisson: each count as often as its closed form says, either side of the change of method", () => {
  for (const mean of [0.3, 4, 9.99, 10, 37, 900]) {
    const values = drawsOf(`poisson ${mean}`, (dice) => poisson(dice, mean));
    assertMoments(values, mean, mean, 3 + 1 / mean);
    const low = Math.max(0, Math.floor(mean - 3 * Math.sqrt(mean)));
    const high = Math.ceil(mean + 3 * Math.sqrt(mean));
    const counts: number[] = [];
    const expected: number[] = [];
    let rest = N;
    let restExpected = N;
    for (let k = low; k <= high; k++) {
      counts.push(values.filter((value) => value === k).length);
      expected.push(N * Math.exp(k * Math.log(mean) - mean - logFactorial(k)));
      rest -= counts.at(-1) as number;
      restExpected -= expected.at(-1) as number;
    }
    const z = chiSquareZ([...counts, rest], [...expected, restExpected]);
    assert.ok(Math.abs(z) < SIGMAS, `mean ${mean}: ${z} sigmas`);
  }
});

test("a size with a heavy tail: law and moments in closed form", () => {
  const sizes = { low: 0.5, high: 60, tail: 1.4 };
  const values = drawsOf("pareto", (dice) => cutPareto(dice, sizes));
  const cut = 1 - (sizes.low / sizes.high) ** sizes.tail;
  assertLaw(values, (x) => (1 - (sizes.low / x) ** sizes.tail) / cut);
  const second = cutParetoMoment(sizes, 2);
  const mean = cutParetoMoment(sizes, 1);
  assert.ok(Math.abs(cutParetoMoment(sizes, 0) - 1) < 1e-12);
  assert.ok(Math.abs(meanOf(values) - mean) < SIGMAS * Math.sqrt((second - mean ** 2) / N));
});

test("pick: as often as the weights say, never what weighs nothing", () => {
  const dice = new Dice(7, "pick");
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < N; i++) {
    const k = dice.pick([0, 1, 1, 4]);
    counts[k] = (counts[k] as number) + 1;
  }
  assert.equal(counts[0], 0);
  assert.equal(counts[2], 0);
  assert.ok(Math.abs((counts[1] as number) - N / 4) < SIGMAS * Math.sqrt((N * 3) / 16));
});

test("streams: names are told apart, and their draws have nothing to do with each other", () => {
  const names: readonly (readonly (string | number)[])[] = [
    [1, "a"],
    [2, "a"],
    [1, "b"],
    ["1", "a"],
    [1, "a", ""],
    [1, "a", 0],
    ["a", 1],
    [1, "ab", "c"],
    [1, "a", "bc"],
    [1, "abc"],
    [-1, "a"],
    [1 + 2 ** 32, "a"],
    [1, "a\0"],
    [],
  ];
  const firsts = names.map((name) => {
    const dice = new Dice(...name);
    return `${dice.word()} ${dice.word()}`;
  });
  assert.equal(new Set(firsts).size, names.length);
  for (let i = 0; i < 50; i++) {
    const [x, y] = [new Dice(1, i, "detect"), new Dice(1, i + 1, "detect")];
    let product = 0;
    for (let k = 0; k < 2000; k++) product += (x.uniform() - 0.5) * (y.uniform() - 0.5);
    assert.ok(Math.abs((product / 2000) * 12) < 4.5 / Math.sqrt(2000), `streams ${i} and ${i + 1}`);
  }
});

test("the first draws of many streams are as even as the draws of one", () => {
  assertLaw(
    Float64Array.from({ length: 20_000 }, (_, i) => new Dice(3, i, "first").uniform()),
    (x) => x,
  );
  const root = new Dice(3, "root");
  const branch = new Dice();
  assertLaw(
    Float64Array.from({ length: 20_000 }, (_, i) => root.branch(i, branch).uniform()),
    (x) => x,
  );
});

test("property: what one stream draws moves no other, and a branch begins where it always does", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.string(), fc.nat(300), fc.nat(1000), (seed, entity, other, index) => {
      const alone = new Dice(seed, entity, "x");
      const expected = [alone.word(), alone.uniform(), alone.normal()];
      const [again, noise] = [new Dice(seed, entity, "x"), new Dice(seed, `${entity}+`, "x")];
      const first = again.word();
      for (let i = 0; i < other; i++) noise.word();
      assert.deepEqual([first, again.uniform(), again.normal()], expected);
      const begun = new Dice(seed, entity, "x").branch(index, new Dice()).word();
      assert.equal(again.branch(index, new Dice()).word(), begun);
    }),
  );
});

test("property: a saved stream goes on where it stood, and a renamed one begins anew", () => {
  fc.assert(
    fc.property(fc.nat(50), (drawn) => {
      const dice = new Dice(5, "saved");
      for (let i = 0; i < drawn; i++) dice.word();
      const words = new Uint32Array(DICE_WORDS + 2);
      dice.save(words, 2);
      const rest = Array.from({ length: 9 }, () => dice.word());
      const loaded = new Dice("other");
      loaded.load(words, 2);
      assert.deepEqual(
        Array.from({ length: 9 }, () => loaded.word()),
        rest,
      );
      assert.equal(dice.rename(5, "saved").word(), new Dice(5, "saved").word());
    }),
  );
});

test("what is no die, no name, no branch and no mean is refused", () => {
  const dice = new Dice(1);
  assert.throws(() => new Dice(0.5), /0\.5/);
  assert.throws(() => dice.below(0), /0 faces/);
  assert.throws(() => dice.branch(-1, new Dice()), /-1/);
  assert.throws(() => dice.branch(0, new Dice()).branch(0, new Dice()), /no branches/);
  assert.throws(() => poisson(dice, -1), /-1/);
  assert.throws(() => gamma(dice, 0), /0/);
});

test("planted: a law that is slightly wrong is found out", () => {
  const skewed = drawsOf("skewed", (dice) => dice.uniform() ** 1.03);
  assert.throws(() => assertLaw(skewed, (x) => x));
  assert.throws(() =>
    assertMoments(
      drawsOf("wide", (dice) => 1.02 * dice.normal()),
      0,
      1,
    ),
  );
});
