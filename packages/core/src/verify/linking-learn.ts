/**
 * What the items tell of their own errors. Pairs near in time are pairs of one incident and pairs of two; pairs far
 * apart in time are of two alone, with the same towns under them. What near pairs have more, by distance and by time,
 * is the error of place and the delay of telling: nothing need be linked yet, and no town is taken for an incident.
 */
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from "../time/instant.ts";
import {
  BINS,
  countPairs,
  isTimed,
  LAGS,
  LONGEST_DELAY_DAYS,
  type PairCounts,
  REACH_KM,
  ratesWithin,
  sumOf,
} from "./linking-counts.ts";
import type { ItemTable } from "./linking-items.ts";
import { guessedApart, type Spread, seenApart, spreadAt, spreadOf } from "./linking-spread.ts";

/** Of the reports of one incident against it. */
export interface Errors {
  /** Standard deviation of a place, either axis, beyond what an item says of itself. */
  readonly sigmaKm: number;
  /** Width of a step of time. */
  readonly stepMs: number;
  /** Probability of each number of whole steps between the earliest an incident is told of and a report. */
  readonly delay: Float64Array;
  /** Other reports of the same incident that a report has, in the mean. */
  readonly mates: number;
}

type Found = Pick<Errors, "sigmaKm" | "mates"> & { readonly longestDays: number };

export function learnErrors(table: ItemTable): Errors {
  if (table.count < 2) return { ...FEW, delay: Float64Array.of(1) };
  const counts = countPairs(table);
  const farFrom = firstFarLag(counts);
  const found = farFrom === undefined ? fromShapes(counts) : fromFarPairs(counts, farFrom, table.count);
  const { sigmaKm, mates, longestDays } = found;
  const isDaily = counts.fineMs.length < LEAST_FINE || timedShare(table) < LEAST_TIMED;
  const range = isDaily ? (longestDays + 1) * MS_PER_DAY : fineRange(counts, found);
  const stepMs = isDaily ? MS_PER_DAY : stepFor(range);
  const steps = Math.max(1, Math.ceil(range / stepMs) + (isDaily ? 0 : 1));
  return { sigmaKm, stepMs, delay: new Float64Array(steps).fill(1 / steps), mates: Math.max(LEAST_MATES, mates) };
}

const FEW = { sigmaKm: 1, stepMs: MS_PER_DAY, mates: 1 };
const LEAST_MATES = 0.2;
/** Where fewer pairs, or fewer of the items, have times, days are the steps. */
const LEAST_FINE = 200;
const LEAST_TIMED = 0.3;

function timedShare(table: ItemTable): number {
  let timed = 0;
  for (let i = 0; i < table.count; i++) if (isTimed(table, i)) timed++;
  return timed / table.count;
}

/** Lags from which pairs are of two incidents: as long as they may be, where the span is long enough to show them often. */
const FAR_LAGS = [
  { from: 8, chances: 3 },
  { from: 4, chances: 1 },
];

function firstFarLag({ chances, anchors }: PairCounts): number | undefined {
  return FAR_LAGS.find((far) => sumOf(chances.subarray(far.from)) >= far.chances * anchors)?.from;
}

const ROUNDS = 2;

function fromFarPairs(counts: PairCounts, farFrom: number, items: number): Found {
  let [longestDays, sigmaKm] = [1, 5];
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) longestDays = longestDelay(ratesWithin(counts, 3 * sigmaKm), { counts, farFrom, items });
    const near = pooled(counts, 0, longestDays);
    const apart = pooled(counts, Math.max(3, longestDays + 2), LAGS - 1);
    sigmaKm = spreadOf(near, seenApart(apart)).sigmaKm;
  }
  const rate = ratesWithin(counts, 4 * sigmaKm);
  const far = farRate(rate, counts, farFrom);
  return {
    sigmaKm,
    longestDays,
    mates: matesOf(
      rate.map((r) => Math.max(0, r - far)),
      longestDays,
    ),
  };
}

/** Lags other than 0 were counted from their earlier end alone. */
const matesOf = (excess: Float64Array, longestDays: number): number =>
  2 * sumOf(excess.subarray(0, longestDays + 1)) - (excess[0] as number);

function pooled({ byBin }: PairCounts, from: number, to: number): Float64Array {
  const sum = new Float64Array(BINS);
  for (let lag = from; lag <= to; lag++)
    byBin[lag]?.forEach((n, bin) => {
      sum[bin] = (sum[bin] as number) + n;
    });
  return sum;
}

/** Pairs a day of two incidents for each item. */
function farRate(rate: Float64Array, { chances }: PairCounts, from: number): number {
  let [pairs, n] = [0, 0];
  for (let lag = from; lag < LAGS; lag++) {
    pairs += (rate[lag] as number) * (chances[lag] as number);
    n += chances[lag] as number;
  }
  return pairs / n;
}

/** Of the excess of all lags, what a lag must have. */
const LEAST_SHARE = 0.05;
/** Standard deviations: to find a delay at all, and to follow it. */
const [FIRST_SIGMAS, NEXT_SIGMAS] = [3.5, 1.5];

interface Lags {
  readonly counts: PairCounts;
  readonly farFrom: number;
  readonly items: number;
}

/**
 * The last lag, in days, by which pairs are clearly more than two incidents give. Pairs come in bundles, of all reports
 * of the one with all of the other: their numbers spread as those of the bundles do.
 */
function longestDelay(rate: Float64Array, { counts, farFrom, items }: Lags): number {
  const far = farRate(rate, counts, farFrom);
  const excess = rate.map((r) => r - far);
  const last = Math.min(LONGEST_DELAY_DAYS, farFrom - 1);
  const total = sumOf(excess.subarray(0, last + 1).map((e) => Math.max(0, e)));
  // Bundles are uneven: 1.6 is the mean of a squared size over the square of the mean, for sizes from 1 to 12.
  const bundle = Math.max(1, (0.8 * total) ** 2);
  const noise = Math.sqrt((1.6 * bundle * Math.max(far, 0.01)) / items);
  let longest = 0;
  for (let lag = 1; lag <= last; lag++) {
    const least = Math.max((lag === 1 ? FIRST_SIGMAS : NEXT_SIGMAS) * noise, LEAST_SHARE * total);
    if ((excess[lag] as number) < least) break;
    longest = lag;
  }
  return longest;
}

/** More could as well be a town. */
const SHORT_MOST_KM = 2;
const LEAST_SHORT_SHARE = 0.025;

/** In a span too short for far pairs: what is heaped at short distances is of one incident, the rest lies as towns do. */
function fromShapes(counts: PairCounts): Found {
  let best: { spread: Spread; apart: Float64Array } | undefined;
  for (const apart of guessedApart()) {
    const spread = spreadOf(pooled(counts, 0, 0), apart, SHORT_MOST_KM);
    if (best === undefined || spread.logLikelihood > best.spread.logLikelihood) best = { spread, apart };
  }
  if (best === undefined) throw new Error("no shapes");
  const { sigmaKm } = best.spread;
  const rate = ratesWithin(counts, REACH_KM);
  const excess = rate.map((r, lag) => {
    const { share } = spreadAt(pooled(counts, lag, lag), sigmaKm, best.apart);
    return share < LEAST_SHORT_SHARE ? 0 : r * share;
  });
  let longestDays = 0;
  while (
    longestDays < LONGEST_DELAY_DAYS &&
    (excess[longestDays + 1] as number) > 4 * LEAST_SHARE * (excess[0] as number)
  )
    longestDays++;
  return { sigmaKm, longestDays, mates: matesOf(excess, longestDays) };
}

const STEPS = 20;
const PARTS_MS = [1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * MS_PER_MINUTE);
const HOURS_MS = [1, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * MS_PER_HOUR);

/** Parts of a day, so that a day is a whole number of steps. */
const stepFor = (rangeMs: number): number =>
  [...PARTS_MS, ...HOURS_MS].find((ms) => ms >= rangeMs / STEPS) ?? MS_PER_DAY;

const EDGES_MS = [5, 10, 20, 30, 60, 120, 180, 360, 720, 1440, 2160, 2880, 4320, 5760, 7200, 8640, 10_080].map(
  (minutes) => minutes * MS_PER_MINUTE,
);

/** Twice that within which nineteen in twenty of the pairs of one incident lie: nothing later is of one incident. */
function fineRange({ fineMs, fineKm }: PairCounts, { sigmaKm, longestDays }: Found): number {
  const close = fineMs.filter((_, k) => (fineKm[k] as number) <= 3 * sigmaKm);
  const limit = (longestDays + 1) * MS_PER_DAY;
  const beyond = close.filter((lag) => lag > limit && lag <= limit + MS_PER_DAY).length;
  const excess = (edge: number): number => close.filter((lag) => lag <= edge).length - (beyond * edge) / MS_PER_DAY;
  const most = Math.max(...EDGES_MS.filter((edge) => edge <= limit).map(excess));
  const most95 = EDGES_MS.find((edge) => excess(edge) >= 0.95 * most) ?? limit;
  return Math.min(limit, 2 * most95);
}
