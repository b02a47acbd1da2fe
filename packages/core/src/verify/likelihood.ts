/**
 * How much a finding speaks for a claim, by how surprising it would be if the claim were false.
 *
 * Let p be the chance, under what is usual there and then, of a finding as strong as this or stronger. If the claim is
 * false, p is uniform. If it is true, small p are more frequent, and the simplest family that says so is p^-w with
 * 0 <= w < 1 (Vovk 1993; Sellke, Bayarri and Berger 2001). The likelihood ratio is then p^-w divided by its mean under
 * what is usual: its mean there is 1 by construction, so that it can neither be gamed by the season nor by the place,
 * and "nothing was seen" lowers the probability by exactly what "something was seen" could have raised it.
 */

/** A finding: its surprise -ln p, and how the surprise spreads under what is usual. */
export interface Surprise {
  /** Mid-p value of the finding: half the chance of an equal one counts (Lancaster 1961). */
  readonly tail01: number;
  /** Chances of every finding there could be, and their mid-p values. */
  readonly chances01: Float64Array;
  readonly tails01: Float64Array;
}

/** No single finding says more than one chance in a million: models of what is usual end somewhere. */
const LEAST_TAIL = 1e-6;
const NEGLIGIBLE = 1e-9;
const MOST_COUNTS = 4096;

/** Natural logarithm of the likelihood ratio. @param weight01 0 to below 1 */
export function logRatioOf({ tail01, chances01, tails01 }: Surprise, weight01: number): number {
  if (weight01 === 0) return 0;
  let mean = 0;
  for (let i = 0; i < chances01.length; i++) {
    mean += (chances01[i] as number) * Math.max(tails01[i] as number, LEAST_TAIL) ** -weight01;
  }
  return -weight01 * Math.log(Math.max(tail01, LEAST_TAIL)) - Math.log(mean);
}

/** The chance that a true claim would have shown itself, as far as "none seen" can tell: 1 - LR(none). */
export function chanceToShow(logRatioOfNone: number): number {
  return Math.max(0, -Math.expm1(logRatioOfNone));
}

/**
 * A count against a negative binomial of this mean and shape (variance = mean + mean^2 / shape).
 * @param count whole, 0 or more
 */
export function countSurprise(count: number, mean: number, shape: number): Surprise {
  if (!(count >= 0 && mean > 0 && shape > 0))
    throw new RangeError(`no count: ${count} of mean ${mean}, shape ${shape}`);
  const chances: number[] = [];
  const tails: number[] = [];
  const step = mean / (shape + mean);
  let chance = Math.exp(-shape * Math.log1p(mean / shape));
  let left = 1;
  let tail01: number | undefined;
  for (let n = 0; n < MOST_COUNTS; n++) {
    const mid = Math.max(left - chance / 2, 0);
    chances.push(chance);
    tails.push(mid);
    if (n === count) tail01 = mid;
    left -= chance;
    // Past the mode the rest is negligible; what was counted may lie beyond.
    if (left < NEGLIGIBLE && n > mean) break;
    chance *= ((n + shape) / (n + 1)) * step;
  }
  return { tail01: tail01 ?? LEAST_TAIL, chances01: Float64Array.from(chances), tails01: Float64Array.from(tails) };
}

/** Bursts: k = scale · expected^power, within what a negative binomial can tell apart. */
export function shapeOf(
  { scale, power }: { readonly scale: number; readonly power: number },
  expected: number,
): number {
  return Math.min(20, Math.max(0.02, scale * expected ** power));
}

/** A value among others of its like, each as likely to be the claim's if the claim is false; ties share their place. */
export function rankSurprise(value: number, others: readonly number[]): Surprise {
  const all = Float64Array.of(value, ...others);
  const sorted = all.slice().sort();
  const n = all.length;
  const tails01 = all.map((x) => {
    const [below, upTo] = [lowerBound(sorted, x), lowerBound(sorted, x, true)];
    return (n - upTo + (upTo - below) / 2) / n;
  });
  return { tail01: tails01[0] as number, chances01: new Float64Array(n).fill(1 / n), tails01 };
}

/** Members below x; or, `through`, up to and with x. */
function lowerBound(sorted: Float64Array, x: number, through = false): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] as number;
    if (value < x || (through && value === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param prior01 above 0 and below 1 */
export function posteriorOf(prior01: number, logRatio: number): number {
  if (!(prior01 > 0 && prior01 < 1)) throw new RangeError(`a prior lies between 0 and 1: ${prior01}`);
  return 1 / (1 + Math.exp(-(Math.log(prior01 / (1 - prior01)) + logRatio)));
}
