/**
 * What the likeness of two texts says of their being of one incident, learnt from the items: near pairs are a known
 * share of one incident and else like far pairs, of the same place on another day (Elkan and Noto 2008). So a form of
 * words that every report of a town shares says nothing there, and a figure that only one incident's reports share much.
 */

import { addressOf } from "./independence-address.ts";
import { calibration } from "./linking-calibration.ts";
import { FEATURES, featuresOf } from "./linking-features.ts";
import { cubesOf, distance2Km2, type ItemTable } from "./linking-items.ts";
import type { Errors } from "./linking-learn.ts";
import { logistic, type Rows } from "./linking-logistic.ts";
import type { PairEvidence, Steps } from "./linking-pairs.ts";
import { type Vocabulary, vocabularyOf } from "./linking-words.ts";

interface Sample {
  readonly near: Int32Array;
  readonly far: Int32Array;
  /** Of the near pairs, those of one incident. */
  readonly share: number;
}

const MOST_PAIRS = 20_000;

export function learnEvidence(table: ItemTable, errors: Errors, steps: Steps): PairEvidence {
  const vocabulary = vocabularyOf(table);
  const all = samplePairs(table, errors, steps, () => true);
  const spoken = samplePairs(table, errors, steps, (i) => vocabulary.words[i] !== undefined);
  const { words } = vocabulary;
  return {
    words: wordsEvidence(table, vocabulary, spoken),
    source: samenessEvidence(sameSource(table), all),
    form: samenessEvidence((i, j) => (words[i] === undefined) === (words[j] === undefined), all),
  };
}

/** Pairs within twice the error of one another: near in time, and far. */
function samplePairs(table: ItemTable, errors: Errors, steps: Steps, isIn: (i: number) => boolean): Sample {
  const { xyzKm, count, span, ownKm2 } = table;
  const reach = 1.8 * Math.SQRT2 * errors.sigmaKm + 0.05;
  const cubes = cubesOf(xyzKm, reach + 3 * Math.sqrt(ownKm2.reduce((most, v) => Math.max(most, v), 0)));
  const lags = errors.delay.length;
  const perDay = 86_400_000 / errors.stepMs;
  const total = (span.endMs - span.startMs) / errors.stepMs;
  const farFrom = lags + perDay;
  const [near, far]: [number[], number[]] = [[], []];
  let [nearChance, farChance, nearCount, farCount] = [0, 0, 0, 0];
  const rows = Array.from({ length: count }, (_, i) => i).filter(isIn);
  const stride = Math.max(1, rows.length / 4000);
  for (let pick = 0; pick < rows.length; pick += stride) {
    const i = rows[Math.floor(pick)] as number;
    const at = steps.first[i] as number;
    const within = (a: number, b: number): number => Math.max(0, Math.min(total, b) - Math.max(0, a));
    nearChance += within(at - lags + 1, at + lags);
    farChance += within(0, at - farFrom) + within(at + farFrom, total);
    for (const cube of cubes.around(xyzKm[3 * i] as number, xyzKm[3 * i + 1] as number, xyzKm[3 * i + 2] as number))
      for (const j of cube) {
        if (j === i || !isIn(j) || distance2Km2(xyzKm, i, j) > reach * reach) continue;
        const apart = Math.abs((steps.first[j] as number) - at);
        if (apart < lags) {
          nearCount++;
          near.push(i, j);
        } else if (apart >= farFrom) {
          farCount++;
          far.push(i, j);
        }
      }
  }
  const expected = farChance === 0 ? 0 : (farCount / farChance) * nearChance;
  const share = nearCount === 0 ? 0 : Math.max(0.02, Math.min(0.98, 1 - expected / nearCount));
  return { near: thinned(near), far: thinned(far), share };
}

function thinned(pairs: readonly number[]): Int32Array {
  const count = pairs.length / 2;
  const kept = Math.min(MOST_PAIRS, count);
  const out = new Int32Array(2 * kept);
  for (let k = 0; k < kept; k++) {
    const from = Math.floor((k * count) / kept);
    out[2 * k] = pairs[2 * from] as number;
    out[2 * k + 1] = pairs[2 * from + 1] as number;
  }
  return out;
}

type Same = (i: number, j: number) => boolean | undefined;

const sameSource =
  ({ items }: ItemTable): Same =>
  (i, j) => {
    const [a, b] = [items[i]?.source, items[j]?.source];
    return a === undefined || b === undefined || a === "" || b === "" ? undefined : a === b;
  };

/** What it says that a pair is the same in something: logarithm of the ratio for yes and for no. */
function samenessEvidence(same: Same, { near, far, share }: Sample): (i: number, j: number) => number {
  const rateOf = (pairs: Int32Array): [number, number] => {
    let [hits, all] = [0, 0];
    for (let k = 0; k < pairs.length; k += 2) {
      const is = same(pairs[k] as number, pairs[k + 1] as number);
      if (is === undefined) continue;
      all++;
      if (is) hits++;
    }
    return [hits, all];
  };
  const [nearHits, nearAll] = rateOf(near);
  const [farHits, farAll] = rateOf(far);
  if (nearAll < 200 || farAll < 200) return () => Number.NaN;
  const apart = (farHits + 1) / (farAll + 2);
  const together = Math.max(0.003, Math.min(0.997, (nearHits / nearAll - (1 - share) * apart) / share));
  const clipped = (value: number): number => (Math.abs(value) < 0.05 ? 0 : Math.max(-5, Math.min(3, value)));
  const [ofSame, ofOther] = [clipped(Math.log(together / apart)), clipped(Math.log((1 - together) / (1 - apart)))];
  if (ofSame === 0 && ofOther === 0) return () => Number.NaN;
  return (i, j) => {
    const is = same(i, j);
    return is === undefined ? Number.NaN : is ? ofSame : ofOther;
  };
}

function wordsEvidence(table: ItemTable, vocabulary: Vocabulary, sample: Sample): PairEvidence["words"] {
  const features = featuresOf(table, vocabulary);
  const row = new Float64Array(FEATURES);
  const isSpoken = (i: number, j: number): boolean =>
    vocabulary.words[i] !== undefined && vocabulary.words[j] !== undefined;
  const { near, far, share } = sample;
  const urls = table.items.map(({ url }) => (url === undefined || url === "" ? undefined : addressOf(url)));
  const byUrl = (i: number, j: number): number => (urls[i] !== undefined && urls[i] === urls[j] ? 3 : 0);
  if (near.length < 400 || far.length < 400) return (i, j) => byUrl(i, j) || Number.NaN;
  const rowsOf = (pairs: Int32Array): Rows => {
    const values = new Float64Array((pairs.length / 2) * FEATURES);
    for (let k = 0; k < pairs.length / 2; k++) {
      features(pairs[2 * k] as number, pairs[2 * k + 1] as number, row);
      values.set(row, k * FEATURES);
    }
    return { width: FEATURES, values };
  };
  const [nearRows, farRows] = [rowsOf(near), rowsOf(far)];
  let ofOne = new Float64Array(near.length / 2).fill(1);
  let calibrated: (score: number) => number = () => 0;
  let weights = new Float64Array(FEATURES);
  for (let round = 0; round < 4; round++) {
    weights = logistic(nearRows, ofOne, farRows);
    const [nearScores, farScores] = [scoresOf(nearRows, weights), scoresOf(farRows, weights)];
    calibrated = calibration(nearScores, farScores, share);
    ofOne = nearScores.map((score) => {
      const ratio = Math.exp(calibrated(score));
      return (share * ratio) / (share * ratio + 1 - share);
    });
  }
  return (i, j) => {
    if (!isSpoken(i, j)) return byUrl(i, j) || Number.NaN;
    features(i, j, row);
    let score = 0;
    for (let f = 0; f < FEATURES; f++) score += (weights[f] as number) * (row[f] as number);
    return calibrated(score) + byUrl(i, j);
  };
}

function scoresOf({ width, values }: Rows, weights: Float64Array): Float64Array {
  const scores = new Float64Array(values.length / width);
  for (let r = 0; r < scores.length; r++)
    for (let f = 0; f < width; f++)
      scores[r] = (scores[r] as number) + (weights[f] as number) * (values[r * width + f] as number);
  return scores;
}
