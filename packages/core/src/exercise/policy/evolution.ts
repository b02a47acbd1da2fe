/**
 * Evolution strategies: a search without gradients, by throwing the numbers of a policy a little to and fro and keeping what did well.
 * Antithetic pairs and Adam as in Salimans, Ho, Chen, Sidor and Sutskever 2017 (arXiv:1703.03864), with their centred ranks in place of
 * scores (after Wierstra et al. 2014, "Natural Evolution Strategies"). Adam: Kingma and Ba 2015 (arXiv:1412.6980).
 */
import { Dice } from "../../numerics/dice.ts";

export interface EvolutionOptions {
  readonly seed: number;
  /** Of each generation: each is tried forwards and backwards. */
  readonly pairs: number;
  /** Standard deviation of a throw. */
  readonly sigma: number;
  /** Length of a step. */
  readonly rate: number;
}

/** Plain numbers: what is written down to go on later from the same place. */
export interface Evolution {
  readonly generation: number;
  readonly values: readonly number[];
  /** Adam's running mean of the gradient, and of its square. */
  readonly mean: readonly number[];
  readonly square: readonly number[];
}

const [BETA_1, BETA_2, EPSILON] = [0.9, 0.99, 1e-8];

export function evolutionFrom(values: ArrayLike<number>): Evolution {
  const none = Array.from(values, () => 0);
  return { generation: 0, values: Array.from(values), mean: none, square: none };
}

/** What a generation tries: pair after pair, forwards and backwards. */
export function triedBy({ generation, values }: Evolution, { seed, pairs, sigma }: EvolutionOptions): Float64Array[] {
  return Array.from({ length: pairs }, (_, pair) => {
    const noise = noiseOf(seed, generation, pair, values.length);
    return [1, -1].map((sign) => Float64Array.from(values, (value, k) => value + sign * sigma * (noise[k] as number)));
  }).flat();
}

/** A throw has its own name: another number of pairs changes none of those before. */
function noiseOf(seed: number, generation: number, pair: number, length: number): Float64Array {
  const dice = new Dice(seed, "evolution", `noise ${generation}`, pair);
  return Float64Array.from({ length }, () => dice.normal());
}

/** @param scores of `triedBy`, in its order; higher is better */
export function evolved(from: Evolution, scores: readonly number[], options: EvolutionOptions): Evolution {
  const { seed, pairs, sigma, rate } = options;
  if (scores.length !== 2 * pairs || !scores.every(Number.isFinite))
    throw new RangeError(`expected ${2 * pairs} scores, found ${scores.join(", ")}`);
  const ranks = centredRanks(scores);
  const gradient = new Float64Array(from.values.length);
  for (let pair = 0; pair < pairs; pair++) {
    const weight = ((ranks[2 * pair] as number) - (ranks[2 * pair + 1] as number)) / (2 * pairs * sigma);
    const noise = noiseOf(seed, from.generation, pair, gradient.length);
    for (let k = 0; k < gradient.length; k++) gradient[k] = (gradient[k] as number) + weight * (noise[k] as number);
  }
  const generation = from.generation + 1;
  const mean = from.mean.map((value, k) => BETA_1 * value + (1 - BETA_1) * (gradient[k] as number));
  const square = from.square.map((value, k) => BETA_2 * value + (1 - BETA_2) * (gradient[k] as number) ** 2);
  const values = from.values.map((value, k) => {
    const m = (mean[k] as number) / (1 - BETA_1 ** generation);
    const v = (square[k] as number) / (1 - BETA_2 ** generation);
    return value + (rate * m) / (Math.sqrt(v) + EPSILON);
  });
  return { generation, values, mean, square };
}

/** From -0.5 for the worst to 0.5 for the best; equals share their ranks' mean. */
export function centredRanks(scores: readonly number[]): number[] {
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] as number) - (scores[b] as number) || a - b);
  const ranks = new Array<number>(scores.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && scores[order[to + 1] as number] === scores[order[from] as number]) to++;
    for (let k = from; k <= to; k++) ranks[order[k] as number] = (from + to) / 2 / Math.max(1, order.length - 1) - 0.5;
    from = to + 1;
  }
  return ranks;
}
