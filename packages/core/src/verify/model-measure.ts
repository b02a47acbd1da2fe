/** How good probabilities are: do they tell true from false, and do they mean what they say? */
import type { Dice } from "../numerics/dice.ts";

export interface Sample {
  readonly isTrue: boolean;
  /** Natural logarithm of the odds. */
  readonly logit: number;
  readonly weight: number;
  /** Samples of one cluster are drawn together: they are not independent. */
  readonly cluster: number;
}

export interface Measures {
  /** Area under the receiver's curve: the chance that a true claim scores above a false one, ties half. */
  readonly auc: number;
  /** Share of true claims above the score that 5 % of the false ones exceed. */
  readonly recallAt5: number;
  readonly brier: number;
  /** Of the logistic regression of truth on the logit: 1 and 0 where probabilities mean what they say (Cox 1958). */
  readonly slope: number;
  readonly intercept: number;
}

export const MEASURES = ["auc", "recallAt5", "brier", "slope", "intercept"] as const;

const FALSE_POSITIVES = 0.05;

export function measuresOf(samples: readonly Sample[]): Measures {
  const { slope, intercept } = calibrationOf(samples);
  return {
    auc: aucOf(samples),
    recallAt5: recallOf(samples, FALSE_POSITIVES),
    brier: brierOf(samples),
    slope,
    intercept,
  };
}

/** Mann and Whitney's statistic with weights. NaN where either side is empty. */
export function aucOf(samples: readonly Sample[]): number {
  const sorted = [...samples].sort((a, b) => a.logit - b.logit);
  let [below, sum, positives, negatives] = [0, 0, 0, 0];
  for (let i = 0; i < sorted.length; ) {
    let [tiedTrue, tiedFalse] = [0, 0];
    const { logit } = sorted[i] as Sample;
    for (; i < sorted.length && (sorted[i] as Sample).logit === logit; i++) {
      const { isTrue, weight } = sorted[i] as Sample;
      if (isTrue) tiedTrue += weight;
      else tiedFalse += weight;
    }
    sum += tiedTrue * (below + tiedFalse / 2);
    below += tiedFalse;
    positives += tiedTrue;
    negatives += tiedFalse;
  }
  return sum / (positives * negatives);
}

/** Ties at the threshold are let through in the share that keeps the false positives where they should be. */
export function recallOf(samples: readonly Sample[], falsePositives01: number): number {
  const sorted = [...samples].sort((a, b) => b.logit - a.logit);
  const total = (isTrue: boolean): number =>
    samples.reduce((sum, each) => sum + (each.isTrue === isTrue ? each.weight : 0), 0);
  const [positives, allowed] = [total(true), falsePositives01 * total(false)];
  let [found, used] = [0, 0];
  for (let i = 0; i < sorted.length; ) {
    let [tiedTrue, tiedFalse] = [0, 0];
    const { logit } = sorted[i] as Sample;
    for (; i < sorted.length && (sorted[i] as Sample).logit === logit; i++) {
      const { isTrue, weight } = sorted[i] as Sample;
      if (isTrue) tiedTrue += weight;
      else tiedFalse += weight;
    }
    const share = tiedFalse === 0 ? 1 : Math.min(1, (allowed - used) / tiedFalse);
    found += share * tiedTrue;
    used += tiedFalse;
    if (used >= allowed) break;
  }
  return found / positives;
}

const chanceOf = (logit: number): number => 1 / (1 + Math.exp(-logit));

export function brierOf(samples: readonly Sample[]): number {
  let [sum, weights] = [0, 0];
  for (const { isTrue, logit, weight } of samples) {
    sum += weight * (chanceOf(logit) - (isTrue ? 1 : 0)) ** 2;
    weights += weight;
  }
  return sum / weights;
}

const ROUNDS = 50;

/** Newton's method; a score that says nothing has slope NaN. */
export function calibrationOf(samples: readonly Sample[]): { readonly slope: number; readonly intercept: number } {
  let [intercept, slope] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const { isTrue, logit, weight } of samples) {
      const p = chanceOf(intercept + slope * logit);
      const error = weight * ((isTrue ? 1 : 0) - p);
      const curve = weight * p * (1 - p);
      g0 += error;
      g1 += error * logit;
      h00 += curve;
      h01 += curve * logit;
      h11 += curve * logit * logit;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-12 * h00 * h00)) return { slope: Number.NaN, intercept: Number.NaN };
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    [intercept, slope] = [intercept + d0, slope + d1];
    if (Math.abs(d0) + Math.abs(d1) < 1e-10) break;
  }
  return { slope, intercept };
}

/**
 * Statistics of samples drawn anew, cluster by cluster (percentile bootstrap; Efron and Tibshirani 1993).
 * @returns for each statistic its values over the draws, ascending, those that are no number left out
 */
export function bootstrapOf<K extends string>(
  samples: readonly Sample[],
  statistic: (drawn: readonly Sample[], at: readonly number[]) => Readonly<Record<K, number>>,
  { draws, dice }: { readonly draws: number; readonly dice: Dice },
): Record<K, number[]> {
  const byCluster = new Map<number, number[]>();
  samples.forEach(({ cluster }, i) => {
    const held = byCluster.get(cluster);
    if (held === undefined) byCluster.set(cluster, [i]);
    else held.push(i);
  });
  const clusters = [...byCluster.values()];
  const values = {} as Record<K, number[]>;
  for (let draw = 0; draw < draws; draw++) {
    const at = clusters.flatMap(() => clusters[dice.below(clusters.length)] as number[]);
    const found = statistic(
      at.map((i) => samples[i] as Sample),
      at,
    );
    for (const key of Object.keys(found) as K[]) {
      const held = values[key] ?? [];
      values[key] = held;
      if (!Number.isNaN(found[key])) held.push(found[key]);
    }
  }
  for (const key of Object.keys(values) as K[]) values[key].sort((a, b) => a - b);
  return values;
}

/** The middle 95 % of ascending values. */
export function intervalOf(values: readonly number[]): readonly [number, number] {
  const at = (share01: number): number =>
    values[Math.min(values.length - 1, Math.floor(share01 * values.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}
