/**
 * Searches in closed form: what a pattern, or a round of looks, finds. B. O. Koopman, Search and Screening (1946, 1980); A. R. Washburn,
 * Search and Detection (4th ed., 2002). They are what a simulation is held against.
 */
import { normalCdf } from "../numerics/special.ts";

/** Effort spread at random: 1 - exp(-coverage). @param coverage sweep width times track over area */
export function randomSearch01(coverage: number): number {
  return -Math.expm1(-coverage);
}

/** Parallel sweeps by a sensor of the inverse cube law: 2 Phi(coverage sqrt(pi / 2)) - 1. @param coverage sweep width over spacing */
export function inverseCubeSweeps01(coverage: number): number {
  return 2 * normalCdf(coverage * Math.sqrt(Math.PI / 2)) - 1;
}

/** A sensor that sees all within half its sweep width and nothing beyond, on parallel sweeps. */
export function definiteSweeps01(coverage: number): number {
  return Math.min(1, coverage);
}

/** Inverse cube law: chance to find what is passed at a distance. @param sweepWidthKm which the law has by definition */
export function inverseCubeLateral01(lateralKm: number, sweepWidthKm: number): number {
  return lateralKm === 0 ? 1 : -Math.expm1(-(sweepWidthKm * sweepWidthKm) / (4 * Math.PI * lateralKm * lateralKm));
}

/** Sweep width of a lateral range curve: its integral over both sides, km; by Simpson's rule. */
export function sweepWidthKm(lateral01: (lateralKm: number) => number, reachKm: number, pieces = 2000): number {
  const h = reachKm / pieces;
  let sum = lateral01(0) + lateral01(reachKm);
  for (let i = 1; i < pieces; i++) sum += (i % 2 === 1 ? 4 : 2) * lateral01(i * h);
  return (2 * h * sum) / 3;
}

/**
 * Looks once a period at an event that comes at any time and lasts for a fixed one; every look finds it with the same chance,
 * each for itself. n = floor(lasts / period) looks at least, one more with the chance of what is left over.
 */
export function periodicLooks01(periodS: number, lastsS: number, look01: number): number {
  const looks = Math.floor(lastsS / periodS);
  const more = lastsS / periodS - looks;
  return 1 - (1 - look01) ** looks * (1 - more * look01);
}

/** The same for an event that lasts for an exponential time of that mean. */
export function periodicLooksFading01(periodS: number, meanS: number, look01: number): number {
  const left = Math.exp(-periodS / meanS);
  return (look01 * (meanS / periodS) * (1 - left)) / (1 - (1 - look01) * left);
}

/** Mean time from the event to the look that finds it, of those found, where it lasts for ever, s. */
export function meanDelayS(periodS: number, look01: number): number {
  return periodS / 2 + (periodS * (1 - look01)) / look01;
}

export interface SweepLane {
  /** All within half of it is seen with `chance01`. */
  readonly widthM: number;
  readonly chance01: number;
  readonly spacingM: number;
  /** Standard deviation of how far each run lies off its lane. */
  readonly sigmaM: number;
  /** Runs over each lane. */
  readonly runs: number;
}

/** Chance to find what lies so far from a lane, all lanes together (mine clearance: A, B, D, sigma, J). */
export function lanesAt01({ widthM, chance01, spacingM, sigmaM, runs }: SweepLane, offsetM: number): number {
  const reach = Math.ceil((widthM / 2 + 6 * sigmaM) / spacingM) + 1;
  let missed = 1;
  for (let lane = -reach; lane <= reach; lane++) {
    const d = offsetM - lane * spacingM;
    const covered = normalCdf((d + widthM / 2) / sigmaM) - normalCdf((d - widthM / 2) / sigmaM);
    missed *= (1 - chance01 * covered) ** runs;
  }
  return 1 - missed;
}

/** The mean over all offsets, and the least. */
export function lanes(lane: SweepLane, pieces = 2000): { readonly mean01: number; readonly least01: number } {
  let [sum, least] = [0, 1];
  for (let i = 0; i < pieces; i++) {
    const p = lanesAt01(lane, ((i + 0.5) / pieces) * lane.spacingM);
    sum += p;
    least = Math.min(least, p);
  }
  return { mean01: sum / pieces, least01: Math.min(least, lanesAt01(lane, lane.spacingM / 2)) };
}
