/**
 * Stopping early without bias: looks at fixed counts of runs, and a bound wide enough that all intervals, one at each look, hold the truth
 * together with the wanted chance. Whichever look is the last, its interval then holds. P. Armitage, C. K. McPherson, B. C. Rowe, "Repeated
 * significance tests on accumulating data", 1969; S. J. Pocock, "Group sequential methods", 1977.
 */
import { normalCdf, normalDensity } from "./special.ts";

/** Counts at which the runs are judged: doubling up to the most, the most last. @param first whole, from 1 */
export function looksUpTo(most: number, first: number): number[] {
  const looks: number[] = [];
  for (let count = first; count < most; count *= 2) looks.push(count);
  // A last look hard by the one before costs width and tells nothing.
  while (looks.length > 0 && (looks.at(-1) as number) > 0.75 * most) looks.pop();
  return [...looks, most];
}

const GRID = 160;

/**
 * z such that a standard normal sum, looked at after `counts` of its equal parts, stays within z of zero at every look with chance
 * `level01`.
 * @param counts rising, above 0
 */
export function jointZ(counts: readonly number[], level01: number): number {
  let [low, high] = [0.5, 8];
  for (let round = 0; round < 22; round++) {
    const z = (low + high) / 2;
    if (stays01(counts, z) < level01) low = z;
    else high = z;
  }
  return (low + high) / 2;
}

/** Chance that |S_n| <= z sqrt(n) at every look, by integrating the sum's density from look to look (Simpson's rule). */
export function stays01(counts: readonly number[], z: number): number {
  const [first] = counts;
  if (first === undefined) return 1;
  let reach = z * Math.sqrt(first);
  let density = Float64Array.from({ length: GRID + 1 }, (_, i) => {
    const s = (-1 + (2 * i) / GRID) * reach;
    return normalDensity(s / Math.sqrt(first)) / Math.sqrt(first);
  });
  let stays = normalCdf(z) - normalCdf(-z);
  for (let k = 1; k < counts.length; k++) {
    const [from, to] = [counts[k - 1] as number, counts[k] as number];
    if (!(to > from)) throw new RangeError(`looks come at rising counts: ${from}, ${to}`);
    const sigma = Math.sqrt(to - from);
    const wider = z * Math.sqrt(to);
    const weighted = density.map((value, i) => (value * simpson(i) * 2 * reach) / GRID / 3);
    const before = reach;
    const at = (i: number): number => (-1 + (2 * i) / GRID) * before;
    stays = weighted.reduce(
      (sum, w, i) => sum + w * (normalCdf((wider - at(i)) / sigma) - normalCdf((-wider - at(i)) / sigma)),
      0,
    );
    density = Float64Array.from({ length: GRID + 1 }, (_, j) => {
      const s = (-1 + (2 * j) / GRID) * wider;
      let sum = 0;
      for (let i = 0; i <= GRID; i++) sum += ((weighted[i] as number) * normalDensity((s - at(i)) / sigma)) / sigma;
      return sum;
    });
    reach = wider;
  }
  return stays;
}

const simpson = (i: number): number => (i === 0 || i === GRID ? 1 : i % 2 === 1 ? 4 : 2);
