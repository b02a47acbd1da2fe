/**
 * Intervals for a share that runs of a simulation gave. Things of one run share their weather and their watch: they are not told apart as
 * independent, so the runs are what is counted.
 */
import { normalQuantile } from "./special.ts";

export interface Share01 {
  /** NaN where nothing was counted. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const UNKNOWN: Share01 = { estimate: Number.NaN, low: 0, high: 1 };

/** E. B. Wilson, "Probable inference", 1927. @param n need not be whole @param z of the normal law, e.g. 1.96 for 95 of 100 */
export function wilson(successes: number, n: number, z: number): Share01 {
  if (!(n > 0)) return UNKNOWN;
  const p = successes / n;
  const z2 = z * z;
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  // At either end the bound is the end itself, whatever rounding leaves.
  return {
    estimate: p,
    low: p === 0 ? 0 : Math.max(0, middle - half),
    high: p === 1 ? 1 : Math.min(1, middle + half),
  };
}

/**
 * Wilson's interval for a share over runs of several things each, with the number of things that the scatter between runs is worth (E. L. Korn,
 * B. I. Graubard, "Confidence intervals for proportions with small expected number of positive counts", 1998) and Student's quantile for
 * few runs. More than there are it is never worth.
 * @param successes and `trials` of each run, of one length
 */
export function clusteredShare(successes: ArrayLike<number>, trials: ArrayLike<number>, z: number): Share01 {
  let [x, n, runs] = [0, 0, 0];
  for (let i = 0; i < trials.length; i++) {
    x += successes[i] as number;
    n += trials[i] as number;
    if ((trials[i] as number) > 0) runs++;
  }
  if (!(n > 0)) return UNKNOWN;
  const p = x / n;
  const wide = studentised(z, Math.max(1, runs - 1));
  // Without scatter nothing says what a run's things are worth together: no more than one.
  if (p === 0 || p === 1 || runs < 2) return wilson(p * runs, runs, wide);
  let scatter = 0;
  for (let i = 0; i < trials.length; i++) scatter += ((successes[i] as number) - p * (trials[i] as number)) ** 2;
  const variance = (scatter * runs) / ((runs - 1) * n * n);
  const worth = variance > 0 ? Math.min(n, (p * (1 - p)) / variance) : n;
  return wilson(p * worth, worth, wide);
}

/** Student's quantile for the tail that a normal `z` leaves, by Hill's expansion (G. W. Hill 1970, Cornish and Fisher): 0.5 % from 4 on. */
function studentised(z: number, degrees: number): number {
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7];
  const g1 = (z3 + z) / 4;
  const g2 = (5 * z5 + 16 * z3 + 3 * z) / 96;
  const g3 = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3;
}

/** The normal quantile that leaves `1 - level01` on both sides together. */
export const zOf = (level01: number): number => normalQuantile(0.5 + level01 / 2);
