/** Functions that statistics need and that Math lacks: the normal distribution both ways, and counts of a Poisson process. */

const SQRT_2PI = Math.sqrt(2 * Math.PI);

/**
 * Share of a standard normal variable below `z`; to 1e-14 of itself: Marsaglia, "Evaluating the normal distribution",
 * J. Stat. Softw. 11 (2004), a Taylor series about 0, and the continued fraction of the tails.
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < -2.5) return upperTail(-z);
  if (z > 6) return 1 - upperTail(z);
  let sum = z;
  let term = z;
  for (let k = 3; ; k += 2) {
    term *= (z * z) / k;
    const next = sum + term;
    if (next === sum) break;
    sum = next;
  }
  return 0.5 + sum * normalDensity(z);
}

/** Density of a standard normal variable. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / SQRT_2PI;
}

function upperTail(z: number): number {
  if (z > 39) return 0;
  let fraction = 0;
  for (let k = 100; k > 0; k--) fraction = k / (z + fraction);
  return normalDensity(z) / (z + fraction);
}

/**
 * The `z` below which a standard normal variable lies with the probability given; 0 and 1 give the infinities. Acklam's
 * rational approximation (2003, 1.15e-9) with one step of Halley.
 * @throws RangeError for what is no probability
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`no probability: ${p}`);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  // The lower half is exact to the last digit where 1 - p is not.
  if (p > 0.5) return -normalQuantile(1 - p);
  const z = p < 0.02425 ? lowQuantile(Math.sqrt(-2 * Math.log(p))) : middleQuantile(p - 0.5);
  const off = (normalCdf(z) - p) / normalDensity(z);
  return z - off / (1 + (z * off) / 2);
}

function lowQuantile(q: number): number {
  const top =
    ((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
    2.938163982698783;
  const bottom =
    (((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1;
  return top / bottom;
}

function middleQuantile(q: number): number {
  const r = q * q;
  const top =
    ((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) * r -
      3.066479806614716e1) *
      r +
    2.506628277459239;
  const bottom =
    ((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r -
      1.328068155288572e1) *
      r +
    1;
  return (q * top) / bottom;
}

/**
 * Chance of fewer than `n` events of a Poisson process where `x` are expected; also that a gamma variable of shape n exceeds x:
 * Q(n, x), the regularised upper incomplete gamma function of a whole shape. @param n whole, 1 or more @param x 0 or more
 */
export function fewerThan(n: number, x: number): number {
  if (x <= 0) return 1;
  let logTerm = -x;
  let sum = Math.exp(logTerm);
  for (let k = 1; k < n; k++) {
    logTerm += Math.log(x / k);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
