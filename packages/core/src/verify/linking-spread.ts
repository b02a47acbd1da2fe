/** The distances of pairs as a mixture: of one incident, by the error of place; of two, as something else lies. */
import { BINS, edgeKm, REACH_KM } from "./linking-counts.ts";

const LEAST_SIGMA_KM = 0.05;
const MOST_SIGMA_KM = 8;
/** Of pairs that are not of one incident: a few lie anywhere. */
const ANYWHERE = 0.02;

export interface Spread {
  readonly sigmaKm: number;
  /** Of the pairs, those of one incident. */
  readonly share: number;
  readonly logLikelihood: number;
}

/** Chance of a pair of one incident in each bin: the distance of two normal errors is Rayleigh's. */
function ofOne(sigmaKm: number): Float64Array {
  const upTo = (km: number): number => 1 - Math.exp(-(km * km) / (4 * sigmaKm * sigmaKm));
  return Float64Array.from({ length: BINS }, (_, bin) => upTo(edgeKm(bin)) - (bin === 0 ? 0 : upTo(edgeKm(bin - 1))));
}

/** Pairs as they lie if all places within a reach are as likely. */
function evenly(reachKm: number): Float64Array {
  const upTo = (km: number): number => Math.min(1, (km / reachKm) ** 2);
  return Float64Array.from({ length: BINS }, (_, bin) => upTo(edgeKm(bin)) - (bin === 0 ? 0 : upTo(edgeKm(bin - 1))));
}

const mix = (a: Float64Array, b: Float64Array, shareOfB: number): Float64Array =>
  a.map((value, bin) => (1 - shareOfB) * value + shareOfB * (b[bin] as number));

/** As the pairs lie that are known to be of two incidents. */
export function seenApart(apart: Float64Array): Float64Array {
  const total = apart.reduce((sum, n) => sum + n, 0);
  const anywhere = evenly(REACH_KM);
  return total < 50
    ? anywhere
    : mix(
        apart.map((n) => n / total),
        anywhere,
        ANYWHERE,
      );
}

/** Pairs of places drawn evenly in a disc (disc line picking: Solomon 1978, p. 129). */
function ofDisc(radiusKm: number): Float64Array {
  const upTo = (km: number): number => {
    const s = Math.min(1, km / (2 * radiusKm));
    const root = Math.sqrt(1 - s * s);
    return 1 + (2 / Math.PI) * ((4 * s * s - 1) * Math.acos(s) - s * (1 + 2 * s * s) * root);
  };
  return Float64Array.from({ length: BINS }, (_, bin) => upTo(edgeKm(bin)) - (bin === 0 ? 0 : upTo(edgeKm(bin - 1))));
}

/** Shapes that pairs of two incidents may have where none are known: towns of some size, and land about them. */
export const guessedApart = (): Float64Array[] =>
  [ofDisc(3), ofDisc(5), ofDisc(7), ofDisc(10), ofOne(3), ofOne(4.5), evenly(REACH_KM)].flatMap((town) =>
    [0.02, 0.1, 0.4].map((open) => mix(town, evenly(REACH_KM), open)),
  );

export function spreadAt(near: Float64Array, sigmaKm: number, apart: Float64Array): Spread {
  const one = ofOne(sigmaKm);
  let best: Spread = { sigmaKm, share: 0, logLikelihood: Number.NEGATIVE_INFINITY };
  for (let share = 0.01; share < 1; share += share < 0.1 ? 0.02 : 0.05) {
    let logLikelihood = 0;
    for (let bin = 0; bin < BINS; bin++) {
      const chance = share * (one[bin] as number) + (1 - share) * (apart[bin] as number);
      logLikelihood += (near[bin] as number) * Math.log(chance + 1e-12);
    }
    if (logLikelihood > best.logLikelihood) best = { sigmaKm, share, logLikelihood };
  }
  return best;
}

/** The error of place and the share under which the pairs are likeliest. */
export function spreadOf(near: Float64Array, apart: Float64Array, mostKm: number = MOST_SIGMA_KM): Spread {
  let best: Spread = { sigmaKm: 1, share: 0, logLikelihood: Number.NEGATIVE_INFINITY };
  for (let sigmaKm = LEAST_SIGMA_KM; sigmaKm <= mostKm; sigmaKm *= 1.1) {
    const spread = spreadAt(near, sigmaKm, apart);
    if (spread.logLikelihood > best.logLikelihood) best = spread;
  }
  return best;
}
