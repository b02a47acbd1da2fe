/** Summaries of samples. Quantiles are of the empirical distribution (inverse, type 1 of Hyndman and Fan 1996). */

export interface Distribution {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly max: number;
}

/** Of equally weighted values; NaN values are left out; undefined where none is left. */
export function distributionOf(values: ArrayLike<number>): Distribution | undefined {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const n = sorted.length;
  if (n === 0) return undefined;
  const at = (p: number) => sorted[Math.max(0, Math.ceil(p * n) - 1)] as number;
  return {
    mean: sorted.reduce((sum, value) => sum + value, 0) / n,
    p50: at(0.5),
    p90: at(0.9),
    max: sorted[n - 1] as number,
  };
}

/** Of weighted values; those of weight zero or NaN are left out. */
export function weightedDistribution(values: ArrayLike<number>, weights: ArrayLike<number>): Distribution | undefined {
  const rows = Array.from({ length: values.length }, (_, i) => i).filter(
    (i) => (weights[i] as number) > 0 && !Number.isNaN(values[i] as number),
  );
  if (rows.length === 0) return undefined;
  rows.sort((a, b) => (values[a] as number) - (values[b] as number));
  const total = rows.reduce((sum, i) => sum + (weights[i] as number), 0);
  const at = (p: number): number => {
    let below = 0;
    for (const i of rows) {
      below += weights[i] as number;
      if (below >= p * total) return values[i] as number;
    }
    return values[rows.at(-1) as number] as number;
  };
  const sum = rows.reduce((acc, i) => acc + (values[i] as number) * (weights[i] as number), 0);
  return { mean: sum / total, p50: at(0.5), p90: at(0.9), max: values[rows.at(-1) as number] as number };
}
