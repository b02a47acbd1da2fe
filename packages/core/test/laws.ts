/** Whether draws follow a law: bounds are those of the statistic's own distribution, so that a fixed seed passes or does not. */
import assert from "node:assert/strict";

/** Two-sided, one in 16,000 by chance: with fixed seeds it either holds or not. */
export const SIGMAS = 4;

export const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
export const varianceOf = (values: ArrayLike<number>) => {
  const mean = meanOf(values);
  return Array.from(values).reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
};

export function assertMoments(values: ArrayLike<number>, mean: number, variance: number, kurtosis = 3): void {
  const n = values.length;
  const z = (meanOf(values) - mean) / Math.sqrt(variance / n);
  const zVariance = (varianceOf(values) - variance) / (variance * Math.sqrt((kurtosis - 1) / n));
  assert.ok(Math.abs(z) < SIGMAS, `mean ${meanOf(values)}, not ${mean}: ${z.toFixed(1)} sigmas`);
  assert.ok(Math.abs(zVariance) < SIGMAS, `variance ${varianceOf(values)}, not ${variance}: ${zVariance.toFixed(1)}`);
}

/** Kolmogorov and Smirnov; 1.63 / sqrt(n) is passed once in a hundred, 2.2 once in 8,000. */
export function assertLaw(values: ArrayLike<number>, cdf: (x: number) => number): void {
  const sorted = Float64Array.from(values).sort();
  let most = 0;
  for (const [i, x] of sorted.entries()) most = Math.max(most, Math.abs(cdf(x) - (i + 0.5) / sorted.length));
  assert.ok(most < 2.2 / Math.sqrt(sorted.length), `largest distance of the two laws: ${most}`);
}

/** Chi-square by Wilson and Hilferty's cube root, as a normal variable. */
export function chiSquareZ(counts: readonly number[], expected: readonly number[]): number {
  const chi2 = counts.reduce((sum, c, i) => sum + (c - (expected[i] as number)) ** 2 / (expected[i] as number), 0);
  const df = counts.length - 1;
  return (Math.cbrt(chi2 / df) - (1 - 2 / (9 * df))) / Math.sqrt(2 / (9 * df));
}
