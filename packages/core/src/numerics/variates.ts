/** Draws that take more than one formula: Poisson, gamma, beta, and sizes with a heavy tail. */
import type { Dice } from "./dice.ts";

/** From this mean on, transformed rejection is quicker than adding up. */
const POISSON_SMALL = 10;

/**
 * How many, of the given mean. Below 10: products of uniforms (Knuth); from there PTRS, transformed rejection, exact:
 * W. Hörmann, "The transformed rejection method for generating Poisson random variables", 1993.
 * @throws RangeError for a mean below 0 or above 2^31
 */
export function poisson(dice: Dice, mean: number): number {
  if (!(mean >= 0 && mean <= 2 ** 31)) throw new RangeError(`no Poisson mean: ${mean}`);
  if (mean >= POISSON_SMALL) return poissonByRejection(dice, mean);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = dice.uniform(); product > limit; product *= dice.uniform()) count++;
  return count;
}

function poissonByRejection(dice: Dice, mean: number): number {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const quick = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = dice.uniform() - 0.5;
    const v = 1 - dice.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= quick) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - logFactorial(k)) return k;
  }
}

const LOG_FACTORIALS: readonly number[] = Array.from({ length: 16 }, (_, n) => {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
});

/** ln n!; Stirling's series from 16 on, wrong by less than 1e-12 there. @param n whole, not below 0 */
export function logFactorial(n: number): number {
  const known = LOG_FACTORIALS[n];
  if (known !== undefined) return known;
  const x = n + 1;
  const r = 1 / (x * x);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/** Of mean `shape` and scale 1: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", 2000. */
export function gamma(dice: Dice, shape: number): number {
  if (!(shape > 0)) throw new RangeError(`a gamma variable has a shape above 0: ${shape}`);
  if (shape < 1) return gamma(dice, shape + 1) * (1 - dice.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = dice.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - dice.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** From 0 to 1, of mean a / (a + b). */
export function beta(dice: Dice, a: number, b: number): number {
  const x = gamma(dice, a);
  return x / (x + gamma(dice, b));
}

/** A size between `low` and `high` whose tail falls as a power: P(X > x) goes as x^-tail before the cut (Pareto, cut off). */
export function cutPareto(dice: Dice, { low, high, tail }: CutPareto): number {
  const ratio = (low / high) ** tail;
  return low * (1 - dice.uniform() * (1 - ratio)) ** (-1 / tail);
}

/** `low` < `high`, `tail` above 0. */
export interface CutPareto {
  readonly low: number;
  readonly high: number;
  readonly tail: number;
}

/** The mean of the `power`-th power of a {@link cutPareto} size, in closed form. */
export function cutParetoMoment({ low, high, tail }: CutPareto, power: number): number {
  const norm = (tail * low ** tail) / (1 - (low / high) ** tail);
  const rest = power - tail;
  return norm * (Math.abs(rest) < 1e-12 ? Math.log(high / low) : (high ** rest - low ** rest) / rest);
}
