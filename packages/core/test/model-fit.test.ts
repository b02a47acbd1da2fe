/** Fitting and measuring: known truths are found again, chance is told from skill, and a planted fault shows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Dice } from "../src/numerics/dice.ts";
import { rankSurprise } from "../src/verify/likelihood.ts";
import { type FitRow, fitShrunk, fitTableOf, fitWeights, ratiosUnder, termRatio } from "../src/verify/model-fit.ts";
import {
  aucOf,
  bootstrapOf,
  brierOf,
  intervalOf,
  measuresOf,
  recallOf,
  type Sample,
} from "../src/verify/model-measure.ts";

const OTHERS = Array.from({ length: 99 }, (_, i) => i);

/** Tails drawn from the family itself: density (1 - w) p^-w for true claims, even for false ones. */
function rowsOf(weights01: readonly number[], count: number, periods = 4): FitRow[] {
  const dice = new Dice(3, "fit", weights01.join());
  return Array.from({ length: count }, (_, i) => {
    const isTrue = i % 2 === 0;
    const terms = weights01.map((w) => {
      const tail = dice.uniform() ** (isTrue ? 1 / (1 - w) : 1);
      return { surprise: { ...rankSurprise(0, OTHERS), tail01: Math.max(tail, 1e-6) } };
    });
    return { isTrue, weight: 1, cluster: i, period: i % periods, terms };
  });
}

test("weights with which the rows were drawn are found again; a term that says nothing gets none", () => {
  const table = fitTableOf(rowsOf([0.3, 0, 0.15], 4000));
  const [first = 0, second = 0, third = 0] = fitWeights(table, Array.from(table.rows.keys()));
  assert.ok(Math.abs(first - 0.3) < 0.04, `${first}`);
  assert.ok(second < 0.03, `${second}`);
  assert.ok(Math.abs(third - 0.15) < 0.04, `${third}`);
});

test("a skill that carries over is hardly shrunk; one of the first periods alone is", () => {
  const steady = fitTableOf(rowsOf([0.3], 4000));
  const all = Array.from(steady.rows.keys());
  assert.ok(fitShrunk(steady, all).shrink > 0.85);
  const chance = rowsOf([0], 4000);
  const fading = fitTableOf(
    steady.rows.map((row, i) => (row.period < 2 ? row : { ...(chance[i] as FitRow), period: row.period })),
  );
  assert.ok(fitShrunk(fading, all).shrink < 0.3);
});

test("none seen counts by how far it could have been seen", () => {
  const surprise = rankSurprise(-1, OTHERS);
  const full = termRatio({ surprise, noneShare01: 1 }, 0.3);
  assert.ok(full < 0);
  assert.ok(Math.abs(termRatio({ surprise }, 0.3) - full) < 1e-12);
  assert.equal(Math.abs(termRatio({ surprise, noneShare01: 0 }, 0.3)), 0);
  const half = termRatio({ surprise, noneShare01: 0.5 }, 0.3);
  assert.ok(half < 0 && half > full);
});

const sample = (isTrue: boolean, logit: number, weight = 1, cluster = 0): Sample => ({
  isTrue,
  logit,
  weight,
  cluster,
});

test("the area is the share of pairs in order, with weights and ties", () => {
  const dice = new Dice(5, "area");
  const samples = Array.from({ length: 80 }, (_, i) =>
    sample(dice.chance(0.4), dice.below(6), 0.5 + dice.uniform(), i),
  );
  let [sum, all] = [0, 0];
  for (const a of samples)
    for (const b of samples) {
      if (!a.isTrue || b.isTrue) continue;
      all += a.weight * b.weight;
      sum += a.weight * b.weight * (a.logit > b.logit ? 1 : a.logit === b.logit ? 0.5 : 0);
    }
  assert.ok(Math.abs(aucOf(samples) - sum / all) < 1e-12);
});

test("recall, Brier and calibration of cases that can be reckoned by hand", () => {
  const samples = [sample(true, 2), sample(true, 1), sample(false, 1), sample(false, -3)];
  assert.equal(recallOf(samples, 0.5), 1);
  assert.equal(recallOf(samples, 0), 0.5);
  assert.equal(brierOf([sample(true, 0), sample(false, 0)]), 0.25);
  // Two scores, odds of 3 and of 1/3: the logits say ln 3 each way, the score 1 each way.
  const two = [sample(true, 1, 3), sample(false, 1, 1), sample(true, -1, 1), sample(false, -1, 3)];
  const { slope, intercept } = measuresOf(two);
  assert.ok(Math.abs(slope - Math.log(3)) < 1e-9);
  assert.ok(Math.abs(intercept) < 1e-9);
});

test("the bootstrap draws clusters whole: one place a hundred times is one place", () => {
  const dice = new Dice(1, "bootstrap");
  const places = Array.from({ length: 30 }, (_, p) => dice.below(5) + p * 0);
  const samples = places.flatMap((logit, cluster) =>
    Array.from({ length: 20 }, (_, k) => sample(k % 2 === 0, logit + (k % 2), 1, cluster)),
  );
  const widthOf = (each: readonly Sample[]): number => {
    const { mean } = bootstrapOf(
      each,
      (drawn) => ({ mean: drawn.reduce((sum, { logit }) => sum + logit, 0) / drawn.length }),
      {
        draws: 400,
        dice: new Dice(2, "draws"),
      },
    );
    const [low, high] = intervalOf(mean);
    return high - low;
  };
  // The planted fault: taken one by one, the same numbers look four times as sure as they are.
  const alone = samples.map((each, cluster) => ({ ...each, cluster }));
  assert.ok(widthOf(samples) > 3 * widthOf(alone));
});

test("ratios of rows are the sums of their terms", () => {
  const table = fitTableOf(rowsOf([0.2, 0.1], 50));
  const found = ratiosUnder(table, [0.2, 0.1], [7]);
  const [a, b] = (table.rows[7] as FitRow).terms;
  assert.ok(a !== undefined && b !== undefined);
  assert.ok(Math.abs((found[0] as number) - termRatio(a, 0.2) - termRatio(b, 0.1)) < 1e-9);
});
