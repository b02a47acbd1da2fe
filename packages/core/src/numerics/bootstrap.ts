/** Intervals by drawing the runs again: for what has no formula, such as the difference of two shares over the same worlds. */
import { Dice } from "./dice.ts";

export interface Drawn {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Percentiles of a statistic of the runs, each drawn again with replacement (B. Efron 1979). A statistic that is not a number for a draw is
 * left out of it.
 * @param statistic of how often each run counts @param runs how many
 */
export function bootstrap(
  statistic: (times: Uint32Array) => number,
  runs: number,
  { seed, level01 = 0.95, draws = 2000 }: { readonly seed: number; readonly level01?: number; readonly draws?: number },
): Drawn {
  const times = new Uint32Array(runs).fill(1);
  const estimate = statistic(times);
  if (runs === 0) return { estimate, low: Number.NaN, high: Number.NaN };
  const dice = new Dice(seed, "bootstrap", "draws");
  const values: number[] = [];
  for (let d = 0; d < draws; d++) {
    times.fill(0);
    for (let i = 0; i < runs; i++) {
      const k = dice.below(runs);
      times[k] = (times[k] as number) + 1;
    }
    const value = statistic(times);
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  return { estimate, low: quantile(values, (1 - level01) / 2), high: quantile(values, (1 + level01) / 2) };
}

/** By straight lines between the sorted values. */
export function quantile(sorted: ArrayLike<number>, share01: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share01 * (sorted.length - 1);
  const below = Math.floor(at);
  const value = sorted[below] as number;
  const above = sorted[Math.min(sorted.length - 1, below + 1)] as number;
  return value === above ? value : value + (at - below) * (above - value);
}
