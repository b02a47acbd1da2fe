/**
 * The self-exciting process against its closed forms (Hawkes 1971; Hawkes and Oakes 1974), and against another way to simulate it: Ogata's
 * thinning (1981), which walks through time by its intensity and knows nothing of engagements.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { branchingRatio, drawEngagement, engagementSize, longRun, planCascade } from "../src/exercise/truce/cascade.ts";
import { FireEvents } from "../src/exercise/truce/events.ts";
import { simulateFire } from "../src/exercise/truce/fire.ts";
import { delayShare, drawDelayS, drawReachKm, reachShare } from "../src/exercise/truce/kernel.ts";
import { forEachArrival, hourlyLevel, levelOf } from "../src/exercise/truce/level.ts";
import type { Cascade, DelayKernel, ReachKernel } from "../src/exercise/truce/spec.ts";
import { Dice } from "../src/numerics/dice.ts";
import { assertLaw, chiSquareZ, meanOf, SIGMAS, varianceOf } from "./laws.ts";
import { cascade, DAY_MS, fireSpec, PLAIN_VIGOUR, plainFire, STEADY } from "./truce-fixture.ts";

function sizesOf(figures: Cascade, count: number): number[] {
  const plan = planCascade(figures);
  const out = new FireEvents();
  const root = new Dice(11, "sizes");
  const dice = new Dice();
  return Array.from({ length: count }, (_, i) => {
    drawEngagement(plan, root.branch(i, dice), out);
    return out.length;
  });
}

/** Within the error of a mean, and of a variance by blocks of the sample itself. */
function assertSizes(sizes: readonly number[], expected: { mean: number; variance: number }): void {
  const z = (meanOf(sizes) - expected.mean) / Math.sqrt(expected.variance / sizes.length);
  assert.ok(Math.abs(z) < SIGMAS, `mean ${meanOf(sizes)}, not ${expected.mean}: ${z.toFixed(1)} sigmas`);
  const blocks = Array.from({ length: 40 }, (_, b) => varianceOf(sizes.filter((_, i) => i % 40 === b)));
  const error = Math.sqrt(varianceOf(blocks) / 40);
  const zVariance = (meanOf(blocks) - expected.variance) / error;
  assert.ok(Math.abs(zVariance) < SIGMAS, `variance ${meanOf(blocks)}, not ${expected.variance}: ${zVariance}`);
}

test("an engagement has 1 / (1 - n) events, with the variance of a total progeny", () => {
  for (const mean of [0, 0.3, 0.8]) {
    const [way] = cascade().offspring;
    const figures = cascade({ offspring: [{ ...(way as Cascade["offspring"][number]), mean }] });
    const expected = engagementSize(figures);
    assert.ok(Math.abs(expected.mean - 1 / (1 - mean)) < 1e-12);
    // Borel's distribution, which a plain Hawkes process has: variance n / (1 - n)³.
    assert.ok(Math.abs(expected.variance - mean / (1 - mean) ** 3) < 1e-6 * (1 + expected.variance));
    if (mean > 0) assertSizes(sizesOf(figures, 40_000), expected);
  }
});

test("the same with events that bring more than others, two ways to bring them, and a power law in time", () => {
  const figures = cascade({ vigour: { low: 0.3, high: 30, tail: 1.6 }, offspring: twoWays() });
  assert.ok(Math.abs(branchingRatio(figures) - 0.7) < 1e-12);
  assertSizes(sizesOf(figures, 40_000), engagementSize(figures));
});

function twoWays(): Cascade["offspring"] {
  const reach = { kind: "power-law", scaleKm: 1, exponent: 2, longestKm: 10 } as const;
  return [
    { mean: 0.5, delay: { kind: "exponential", meanS: 200 }, reach, answers01: 0.3 },
    {
      mean: 0.2,
      delay: { kind: "power-law", scaleS: 3600, exponent: 1.5, longestS: 3 * 86_400 },
      reach,
      answers01: 0.7,
    },
  ];
}

test("planted: the variance without the vigour's own share is not the engagements' variance", () => {
  const figures = cascade({ vigour: { low: 0.3, high: 30, tail: 1.6 }, offspring: twoWays() });
  const wrong = engagementSize({ ...figures, vigour: PLAIN_VIGOUR });
  assert.throws(() => assertSizes(sizesOf(figures, 40_000), wrong), /variance/);
});

/** Counts in windows of a plain process, after a warm-up of a day. */
function countsInWindows(perDay: number, windowS: number, days: number): number[] {
  const { events } = simulateFire(plainFire(perDay), {
    seed: 5,
    regime: STEADY,
    span: { fromMs: -DAY_MS, toMs: days * DAY_MS },
    views: [],
  });
  const counts = new Array<number>(Math.floor((days * 86_400) / windowS)).fill(0);
  for (const tMs of events.tMs) {
    const w = Math.floor(tMs / 1000 / windowS);
    if (tMs >= 0 && w < counts.length) counts[w] = (counts[w] as number) + 1;
  }
  return counts;
}

/** Variance of the count in a window of a Hawkes process with an exponential kernel: integrated from its covariance density. */
function windowVariance(rate: number, n: number, meanS: number, windowS: number): number {
  const b = (1 - n) / meanS;
  const a = (rate * n * (2 - n)) / (2 * (1 - n) * meanS);
  return rate * windowS + 2 * a * (windowS / b - (1 - Math.exp(-b * windowS)) / b ** 2);
}

/** n 0.6, kernel of 600 s: 100 engagements a day are 250 events. */
const PER_DAY = 100;
const RATE = 250 / 86_400;

test("the long run: rate of beginnings over 1 - n, and the variance of counts in windows short and long", () => {
  for (const windowS of [120, 900, 7200]) {
    const counts = countsInWindows(PER_DAY, windowS, 600);
    const variance = windowVariance(RATE, 0.6, 600, windowS);
    // Neighbouring windows go together: the mean's error is that of the long run.
    const error = Math.sqrt(RATE / (1 - 0.6) ** 2 / (600 * 86_400)) * windowS;
    assert.ok(Math.abs(meanOf(counts) - RATE * windowS) < SIGMAS * error, `${windowS} s: ${meanOf(counts)}`);
    const ratio = varianceOf(counts) / variance;
    assert.ok(Math.abs(ratio - 1) < 0.06, `${windowS} s: variance ${varianceOf(counts)}, not ${variance}`);
  }
  assert.ok(Math.abs(longRun(cascade(), PER_DAY).perDay - 250) < 1e-9);
  assert.ok(Math.abs(longRun(cascade(), PER_DAY).dispersion - 1 / 0.4 ** 2) < 1e-5, "variance over mean: 1 / (1 - n)²");
});

/** Ogata's thinning: times of events of one span, by intensity alone. */
function thinned(perDay: number, n: number, meanS: number, days: number): number[] {
  const dice = new Dice(17, "thinning");
  const base = perDay / 86_400;
  const times: number[] = [];
  let excited = 0;
  for (let t = 0; t < days * 86_400; ) {
    const bound = base + excited;
    const wait = dice.exponential() / bound;
    t += wait;
    excited *= Math.exp(-wait / meanS);
    if (dice.uniform() * bound < base + excited) {
      times.push(t);
      excited += n / meanS;
    }
  }
  return times;
}

test("Ogata's thinning gives the same process: law of waits between events, counts in windows", () => {
  const { events } = simulateFire(plainFire(PER_DAY), {
    seed: 6,
    regime: STEADY,
    span: { fromMs: -DAY_MS, toMs: 300 * DAY_MS },
    views: [],
  });
  const ours = waitsOf(Array.from(events.tMs.filter((t) => t > 0)).map((t) => t / 1000));
  const theirs = waitsOf(thinned(PER_DAY, 0.6, 600, 301).filter((t) => t > 86_400));
  assert.ok(distance(ours, theirs) < 0.012, `largest distance of the two laws: ${distance(ours, theirs)}`);
  const other = waitsOf(thinned(PER_DAY * 1.25, 0.5, 600, 301));
  assert.ok(distance(ours, other) > 0.02, "planted: the same rate from another branching ratio is told apart");
});

const waitsOf = (times: readonly number[]) => times.slice(1).map((t, i) => t - (times[i] as number));

/** Kolmogorov and Smirnov's, of two samples. */
function distance(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  let [i, j, most] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    if ((x[i] as number) <= (y[j] as number)) i++;
    else j++;
    most = Math.max(most, Math.abs(i / x.length - j / y.length));
  }
  return most;
}

test("delays and distances follow the laws they are named by", () => {
  const delays: readonly DelayKernel[] = [
    { kind: "exponential", meanS: 180 },
    { kind: "power-law", scaleS: 3600, exponent: 1.3, longestS: 400_000 },
    { kind: "power-law", scaleS: 60, exponent: 2.5, longestS: 4000 },
  ];
  const reaches: readonly ReachKernel[] = [
    { kind: "normal", sigmaKm: 0.4 },
    { kind: "power-law", scaleKm: 1, exponent: 1.8, longestKm: 30 },
  ];
  const dice = new Dice(3, "kernels");
  for (const kernel of delays) {
    assertLaw(
      Float64Array.from({ length: 50_000 }, () => drawDelayS(kernel, dice)),
      (s) => delayShare(kernel, s),
    );
  }
  for (const kernel of reaches) {
    assertLaw(
      Float64Array.from({ length: 50_000 }, () => drawReachKm(kernel, dice)),
      (km) => reachShare(kernel, km),
    );
  }
});

test("the power law is Omori's: the share of answers up to a time, integrated on a grid", () => {
  const kernel = { kind: "power-law", scaleS: 3600, exponent: 1.4, longestS: 100_000 } as const;
  let [upTo, all] = [0, 0];
  for (let s = 0.5; s < kernel.longestS; s++) {
    const density = (1 + s / kernel.scaleS) ** -kernel.exponent;
    all += density;
    if (s < 20_000) upTo += density;
  }
  assert.ok(Math.abs(delayShare(kernel, 20_000) - upTo / all) < 1e-6);
});

test("engagements begin as the level says, hour by hour, and the level is what the regime says", () => {
  const regime = { id: "x", floor01: 0.05, fallDays: 0.5, backAfterDays: 14 };
  assert.equal(levelOf(regime, -1), 1);
  assert.ok(Math.abs(levelOf(regime, 7 * DAY_MS) - Math.sqrt(0.05)) < 1e-12, "half the way: the geometric mean");
  assert.equal(levelOf(regime, 14 * DAY_MS), 1);
  assert.ok(Math.abs(levelOf({ ...regime, floor01: 0 }, 0.5 * DAY_MS) - Math.exp(-1)) < 1e-12);
  const span = { fromMs: -2 * DAY_MS, toMs: 16 * DAY_MS };
  const level = hourlyLevel(regime, { swing01: 0.5, peakHour: 21 }, span);
  const counts = new Array<number>(18 * 24).fill(0);
  forEachArrival(level, 4000, new Dice(9, "arrivals"), (tMs) => {
    const hour = Math.floor((tMs - span.fromMs) / 3_600_000);
    counts[hour] = (counts[hour] as number) + 1;
  });
  const expected = counts.map((_, h) => 4000 * ((level.sumDays[h + 1] as number) - (level.sumDays[h] as number)));
  assert.ok(Math.min(...expected) > 2);
  assert.ok(Math.abs(chiSquareZ(counts, expected)) < SIGMAS);
  const evening = expected.slice(20, 22).reduce((a, b) => a + b);
  assert.ok(evening > 2.5 * expected.slice(8, 10).reduce((a, b) => a + b), "the swing is there");
});

test("shares of kinds are those of the figures, whoever brings whom; sides fire alike", () => {
  const { events } = simulateFire(plainFire(3000), {
    seed: 8,
    regime: STEADY,
    span: { fromMs: 0, toMs: 40 * DAY_MS },
    views: [],
  });
  for (const [k, share] of [0.4, 0.4, 0.15, 0.05].entries()) {
    const found = events.kind.filter((kind) => kind === k).length / events.kind.length;
    assert.ok(Math.abs(found - share) < 0.01, `kind ${k}: ${found}, not ${share}`);
  }
  const first = events.side.filter((side) => side === 0).length / events.side.length;
  assert.ok(Math.abs(first - 0.5) < 0.01, `${first}`);
});

test("what feeds itself without end, and kinds without any share, are refused", () => {
  const [way] = cascade().offspring;
  const wild = cascade({ offspring: [{ ...(way as Cascade["offspring"][number]), mean: 1 }] });
  assert.throws(() => planCascade(wild), /fewer than one on average: 1/);
  assert.throws(
    () => planCascade(cascade({ shares: { explosion: 0, burst: 0, projectile: 0, flash: 0 } })),
    /0 in all/,
  );
  assert.throws(() => hourlyLevel(STEADY, fireSpec().rhythm, { fromMs: 0, toMs: 1000 }), /whole hours/);
});
