/** Likelihood ratios against SciPy's tails, and against closed forms. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { chanceToShow, countSurprise, logRatioOf, posteriorOf, rankSurprise } from "../src/verify/likelihood.ts";
import { type DeclaredRates, falseAlarmsOf, ratesRatio } from "../src/verify/likelihood-rates.ts";
import { aucOf, calibrationOf, type Sample } from "../src/verify/model-measure.ts";

interface Oracle {
  readonly tails: readonly (readonly [number, number, number, number, number])[];
  readonly calibrations: readonly {
    readonly logit: readonly number[];
    readonly truth: readonly number[];
    readonly weight: readonly number[];
    readonly intercept: number;
    readonly slope: number;
    readonly aucUnweighted: number;
  }[];
}
const oracle: Oracle = JSON.parse(readFileSync(new URL("../oracle/count-tail.scipy.json", import.meta.url), "utf8"));

const near = (found: number, expected: number, within: number, what: string): void =>
  assert.ok(Math.abs(found - expected) <= within, `${what}: ${found}, expected ${expected}`);

test("mid-p tails and their usual power are SciPy's", () => {
  assert.equal(oracle.tails.length, 80);
  for (const [mean, shape, count, tail, usual] of oracle.tails) {
    const surprise = countSurprise(count, mean, shape);
    const what = `mean ${mean}, shape ${shape}, count ${count}`;
    // Beyond a millionth a tail says no more.
    if (tail > 1e-6) near(surprise.tail01, tail, 1e-6, what);
    const expected = -0.2 * Math.log(Math.max(tail, 1e-6)) - Math.log(usual);
    near(logRatioOf(surprise, 0.2), expected, 2e-3, `log ratio at ${what}`);
  }
});

test("what is usual moves nothing on average, whatever the weight: the ratio's mean under it is 1", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 12, noNaN: true }),
      fc.double({ min: 0.02, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 0.6, noNaN: true }),
      (mean, shape, weight01) => {
        const all = countSurprise(0, mean, shape);
        let sum = 0;
        all.chances01.forEach((chance, n) => {
          const surprise = { ...all, tail01: all.tails01[n] as number };
          sum += chance * Math.exp(logRatioOf(surprise, weight01));
        });
        near(sum, 1, 1e-3, `mean ${mean}, shape ${shape}, weight ${weight01}`);
      },
    ),
    { numRuns: 40 },
  );
});

test("more seen never speaks less; none seen never speaks for", () => {
  for (const mean of [0.04, 0.7, 9]) {
    let before = Number.NEGATIVE_INFINITY;
    for (let count = 0; count < 40; count++) {
      const ratio = logRatioOf(countSurprise(count, mean, 0.2), 0.2);
      assert.ok(ratio >= before, `${count} of ${mean}`);
      before = ratio;
    }
    const none = logRatioOf(countSurprise(0, mean, 0.2), 0.2);
    assert.ok(none <= 0);
    near(Math.log(1 - chanceToShow(none)), none, 1e-12, "none seen is 1 - the chance to show");
  }
});

test("a rank among its like: ties share, the mean is 1, and where all days are alike nothing is said", () => {
  const best = rankSurprise(9, [1, 2, 3]);
  assert.equal(best.tail01, 1 / 8);
  assert.equal(rankSurprise(2, [1, 2, 3]).tail01, (1 + 1) / 4);
  near(logRatioOf(rankSurprise(5, [5, 5, 5, 5]), 0.3), 0, 1e-12, "all alike");
  const values = [1, 4, 4, 6, 9];
  const mean = values.reduce((sum, value, i) => {
    const others = values.filter((_, k) => k !== i);
    return sum + Math.exp(logRatioOf(rankSurprise(value, others), 0.3)) / values.length;
  }, 0);
  near(mean, 1, 1e-12, "mean over the days");
});

test("the posterior is Bayes' rule", () => {
  near(posteriorOf(0.5, 0), 0.5, 1e-15, "no evidence");
  near(posteriorOf(0.2, Math.log(4)), 0.5, 1e-15, "odds of 1 to 4, ratio 4");
  assert.throws(() => posteriorOf(1, 0), /prior/);
});

const RATES: DeclaredRates = { detects01: 0.3, withinKm: 3, withinHours: 12, falseAlarms: { per1000Km2Day: 0.5 } };

test("declared rates: the ratio of a Poisson with one more draw to a Poisson, summed term by term", () => {
  const expected = falseAlarmsOf(RATES, 24);
  near(expected, ((Math.PI * 9) / 1000) * 0.5 * 2, 1e-12, "false alarms: 28.3 km2 over two days");
  near(falseAlarmsOf({ ...RATES, falseAlarms: { perDay: 3 } }, 24), 6, 1e-12, "of a day, wherever");
  const poisson = (n: number): number => {
    let chance = Math.exp(-expected);
    for (let i = 1; i <= n; i++) chance *= expected / i;
    return n < 0 ? 0 : chance;
  };
  for (const observable01 of [0.2, 1]) {
    for (const count of [0, 1, 2, 5]) {
      const q = 0.3 * observable01;
      const ratio = ((1 - q) * poisson(count) + q * poisson(count - 1)) / poisson(count);
      const found = ratesRatio(RATES, { count, observable01, spanHours: 24 });
      near(found.logRatio, Math.log(ratio), 1e-12, `${count} seen, observable ${observable01}`);
      near(found.chanceSeen01 ?? Number.NaN, q, 1e-15, "chance seen");
    }
  }
});

test("declared rates: nothing is said by a look that may not have been, or was not", () => {
  assert.deepEqual(
    [undefined, 0].map((observable01) => ratesRatio(RATES, { count: 0, observable01, spanHours: 24 }).logRatio),
    [0, 0],
  );
  assert.ok(ratesRatio(RATES, { count: 1, observable01: undefined, spanHours: 24 }).logRatio > 0);
  assert.throws(
    () => ratesRatio({ ...RATES, falseAlarms: { perDay: 0 } }, { count: 1, observable01: 1, spanHours: 1 }),
    /rates/,
  );
});

test("calibration and area under the curve are SciPy's", () => {
  for (const { logit, truth, weight, intercept, slope, aucUnweighted } of oracle.calibrations) {
    const samples = logit.map(
      (each, i): Sample => ({
        logit: each,
        isTrue: truth[i] === 1,
        weight: weight[i] as number,
        cluster: i,
      }),
    );
    const found = calibrationOf(samples);
    near(found.slope, slope, 1e-5, "slope");
    near(found.intercept, intercept, 1e-5, "intercept");
    near(aucOf(samples.map((each) => ({ ...each, weight: 1 }))), aucUnweighted, 1e-12, "area");
  }
});
