/**
 * What the likeness of two texts says of their being of one incident, learnt from the items: near pairs are a known
 * share of one incident and else like far pairs, of the same place on another day (Elkan and Noto 2008). So a form of
 * words that every report of a town shares says nothing there, and a figure that only one incident's reports share much.
 */

import { addressOf } from "./independence-address.ts";
import { cubesOf, distance2Km2, type ItemTable } from "./linking-items.ts";
import type { Errors } from "./linking-learn.ts";
import { logistic, type Rows } from "./linking-logistic.ts";
import type { PairEvidence, Steps } from "./linking-pairs.ts";
import { type Vocabulary, vocabularyOf, type Words } from "./linking-words.ts";
import { sharedCount } from "./similarity.ts";

interface Sample {
  readonly near: Int32Array;
  readonly far: Int32Array;
  /** Of the near pairs, those of one incident. */
  readonly share: number;
}

const MOST_PAIRS = 20_000;
const FEATURES = 10;
const BINS = 24;

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

type Features = (i: number, j: number, out: Float64Array) => void;

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

/** Log likelihood ratio by score: of near pairs less their share of far ones, over far ones; never falling. */
function calibration(near: Float64Array, far: Float64Array, share: number): (score: number) => number {
  const sorted = Float64Array.from([...near, ...far]).sort();
  const edges = Array.from(
    { length: BINS - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / BINS)] as number,
  );
  const bin = (score: number): number => {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (score > (edges[middle] as number)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const [m, u] = [new Float64Array(BINS), new Float64Array(BINS)];
  for (const score of near) m[bin(score)] = (m[bin(score)] as number) + 1 / near.length;
  for (const score of far) u[bin(score)] = (u[bin(score)] as number) + 1 / far.length;
  const floor = 2 / Math.min(near.length * share, far.length);
  const others = othersShare(m, u, share);
  const together = m.map((value, k) => Math.max(0, (value - others * (u[k] as number)) / (1 - others)));
  const ratio = rising(together, u, floor);
  return (score) => Math.max(-4, Math.min(7, ratio[bin(score)] as number));
}

/** Numbers of pairs tell the share of two incidents to about so much of itself. */
const COUNT_ERROR = 0.12;

/**
 * The share of near pairs that are of two incidents. Texts least alike are nearly all such: where they say a share near
 * to that which the numbers gave, it is the better one (Blanchard, Lee and Scott 2010).
 */
function othersShare(near: Float64Array, far: Float64Array, share: number): number {
  const counted = 1 - share;
  let [m, u] = [0, 0];
  for (let k = 0; k < BINS / 3; k++) [m, u] = [m + (near[k] as number), u + (far[k] as number)];
  const leastAlike = u === 0 ? counted : m / u;
  return Math.min(0.98, Math.max(counted * (1 - COUNT_ERROR), Math.min(counted * (1 + COUNT_ERROR), leastAlike)));
}

/** Pools neighbours that fall (pool adjacent violators), then logarithms. */
function rising(together: Float64Array, apart: Float64Array, floor: number): Float64Array {
  const blocks: { m: number; u: number; n: number }[] = [];
  together.forEach((m, k) => {
    blocks.push({ m: m + floor, u: (apart[k] as number) + floor, n: 1 });
    for (let last = blocks.length - 1; last > 0; last--) {
      const [a, b] = [blocks[last - 1], blocks[last]] as [(typeof blocks)[0], (typeof blocks)[0]];
      if (a.m / a.u <= b.m / b.u) break;
      blocks.splice(last - 1, 2, { m: a.m + b.m, u: a.u + b.u, n: a.n + b.n });
    }
  });
  return Float64Array.from(blocks.flatMap(({ m, u, n }) => new Array<number>(n).fill(Math.log(m / u))));
}

function featuresOf(table: ItemTable, { words, texts, count }: Vocabulary): Features {
  const rarity = texts.map((n) => Math.log((count + 1) / (n + 0.5)));
  const everywhere = words.map((text) => Float64Array.from(text?.stems ?? [], (stem) => rarity[stem] as number));
  const here = localRarity(table, words, rarity);
  const normOf = (weights: Float64Array): number => Math.sqrt(weights.reduce((sum, w) => sum + w * w, 1e-9));
  const [norms, localNorms] = [everywhere.map(normOf), here.map(normOf)];
  return (i, j, out) => {
    const [a, b] = [words[i], words[j]];
    if (a === undefined || b === undefined) return out.fill(0);
    const [ofA, ofB, all] = [here[i], here[j], everywhere[i]] as [Float64Array, Float64Array, Float64Array];
    let [shared, localShared] = [0, 0];
    for (let p = 0, q = 0; p < a.stems.length && q < b.stems.length; ) {
      const [x, y] = [a.stems[p] as number, b.stems[q] as number];
      if (x === y) {
        shared += (all[p] as number) ** 2;
        localShared += (ofA[p] as number) * (ofB[q] as number);
      }
      if (x <= y) p++;
      if (y <= x) q++;
    }
    const letters = a === b ? a.print.shingles.length : sharedCount(a.print.shingles, b.print.shingles);
    const figures = sharedCount(a.figures, b.figures);
    const haveFigures = a.figures.length > 0 && b.figures.length > 0;
    const haveKinds = a.kinds !== 0 && b.kinds !== 0;
    out[0] = 1;
    out[1] = shared / ((norms[i] as number) * (norms[j] as number));
    out[2] = localShared / ((localNorms[i] as number) * (localNorms[j] as number));
    out[3] = letters / (a.print.shingles.length + b.print.shingles.length - letters + 1e-9);
    out[4] = letters / (Math.min(a.print.shingles.length, b.print.shingles.length) + 1e-9);
    out[5] = figures > 0 ? 1 : 0;
    out[6] = haveFigures && figures === 0 ? 1 : 0;
    out[7] = haveKinds && (a.kinds & b.kinds) !== 0 ? 1 : 0;
    out[8] = haveKinds && (a.kinds & b.kinds) === 0 ? 1 : 0;
    out[9] = Math.min(2, Math.sqrt(localShared) / 5);
  };
}

const AREA_KM = 25;
/** An area of few texts is judged by all texts: these stand for as many of its own. */
const PRIOR_TEXTS = 8;

/** By row, beside its stems: their rarity among the texts of the same area. A town's name says nothing in that town. */
function localRarity(
  { xyzKm }: ItemTable,
  words: readonly (Words | undefined)[],
  rarity: Float64Array,
): Float64Array[] {
  const areaOf = (i: number): string =>
    [0, 1, 2].map((axis) => Math.floor((xyzKm[3 * i + axis] as number) / AREA_KM)).join("/");
  const areas = new Map<string, { texts: number; readonly counts: Map<number, number> }>();
  const own = words.map((text, i) => {
    if (text === undefined) return undefined;
    const key = areaOf(i);
    const area = areas.get(key) ?? { texts: 0, counts: new Map<number, number>() };
    areas.set(key, area);
    area.texts++;
    for (const stem of text.stems) area.counts.set(stem, (area.counts.get(stem) ?? 0) + 1);
    return area;
  });
  return words.map((text, i) => {
    const area = own[i];
    return Float64Array.from(text?.stems ?? [], (stem) => {
      const everywhere = Math.min(1, Math.exp(-(rarity[stem] as number)));
      const count = (area?.counts.get(stem) ?? 0) + PRIOR_TEXTS * everywhere;
      return -Math.log(Math.min(1, count / ((area?.texts ?? 0) + PRIOR_TEXTS)));
    });
  });
}
