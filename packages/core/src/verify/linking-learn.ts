/**
 * What the items tell of their own errors. Pairs near in time are pairs of one incident and pairs of two; pairs far
 * apart in time are of two alone, with the same towns under them. What near pairs have more, by distance and by time,
 * is the error of place and the delay of telling: nothing need be linked yet, and no town is taken for an incident.
 */
import { MS_PER_DAY, MS_PER_HOUR } from "../time/instant.ts";
import { cubesOf, distance2Km2, type ItemTable } from "./linking-items.ts";

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

const REACH_KM = 20;
const ANCHORS = 3000;
/** Lags taken for pairs of two incidents, days. */
const FAR_FROM_DAYS = 8;
const FAR_TO_DAYS = 14;
const LONGEST_DELAY_DAYS = 7;
/** Whole hours and days are what people write; below this no time is to be trusted. */
const MOST_STEPS = 24;
/** Where fewer items have a time, days are the steps. */
const LEAST_TIMED = 0.3;
const LEAST_SIGMA_KM = 0.05;
const MOST_SIGMA_KM = 15;
const BINS = 64;
const BIN_KM = (k: number): number => 0.02 * 1.12 ** k;
const binOf = (km: number): number => Math.max(0, Math.min(BINS - 1, Math.ceil(Math.log(km / 0.02) / Math.log(1.12))));

interface Counts {
  /** By lag in days: anchors that had the chance of a pair. */
  readonly chances: Float64Array;
  /** Distances of pairs, by lag in days and bin. */
  readonly byBin: readonly Float64Array[];
  /** Lags of pairs of timed items within a near lag, ms and km. */
  readonly fine: { readonly lagMs: number; readonly km: number }[];
}

export function learnErrors(table: ItemTable): Errors {
  const counts = countPairs(table);
  let [longest, sigmaKm] = [1, 5];
  for (let round = 0; round < 2; round++) {
    const rate = ratesWithin(counts, round === 0 ? REACH_KM : 3 * sigmaKm);
    if (round > 0) longest = longestDelay(rate, counts, table.count);
    sigmaKm = spreadOf(counts, longest);
  }
  const rate = ratesWithin(counts, 4 * sigmaKm);
  const far = farRate(rate, counts);
  const mates = 2 * sumOf(rate, 0, longest, (r) => Math.max(0, r - far)) - Math.max(0, (rate[0] as number) - far);
  const isDaily = counts.fine.length < 200 || timedShare(table) < LEAST_TIMED;
  const range = isDaily ? (longest + 1) * MS_PER_DAY : fineRange(counts, sigmaKm, longest);
  const stepMs = isDaily ? MS_PER_DAY : stepFor(range);
  const steps = Math.max(1, Math.min(MOST_STEPS * 2, Math.ceil(range / stepMs) + (isDaily ? 0 : 1)));
  return { sigmaKm, stepMs, delay: new Float64Array(steps).fill(1 / steps), mates: Math.max(0.2, mates) };
}

/** Others of an item within a distance, by lag. */
function ratesWithin({ byBin, chances }: Counts, km: number): Float64Array {
  return Float64Array.from(byBin, (bins, lag) => sumOf(bins, 0, binOf(km)) / Math.max(1, chances[lag] as number));
}

function timedShare({ count, startMs, endMs }: ItemTable): number {
  return startMs.reduce((n, start, i) => n + ((endMs[i] as number) - start < MS_PER_DAY / 2 ? 1 : 0), 0) / count;
}

/** Whole parts of a day, so that a day is a whole number of steps. */
function stepFor(rangeMs: number): number {
  const wanted = rangeMs / 12;
  const whole = [1, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * MS_PER_HOUR);
  const parts = [1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * 60_000);
  return [...parts, ...whole].find((ms) => ms >= wanted) ?? MS_PER_DAY;
}

function sumOf(values: Float64Array, from: number, to: number, of: (value: number) => number = (v) => v): number {
  let sum = 0;
  for (let i = from; i <= to; i++) sum += of(values[i] ?? 0);
  return sum;
}

/** Each pair once for its earlier item; a lag counts where the span is long enough to have shown it. */
function countPairs(table: ItemTable): Counts {
  const { count, xyzKm, startMs, endMs, span } = table;
  const lags = FAR_TO_DAYS + 1;
  const counts: Counts = {
    chances: new Float64Array(lags),
    byBin: Array.from({ length: lags }, () => new Float64Array(BINS)),
    fine: [],
  };
  const cubes = cubesOf(xyzKm, REACH_KM);
  const days = Math.round((span.endMs - span.startMs) / MS_PER_DAY);
  const dayOf = (i: number): number => Math.floor(((startMs[i] as number) - span.startMs) / MS_PER_DAY + 1 / 8);
  // A day of many reports gives many pairs: chances are counted in items of the day, over the mean.
  const perDay = new Float64Array(days + lags);
  for (let i = 0; i < count; i++) perDay[dayOf(i)] = (perDay[dayOf(i)] as number) + days / count;
  const stride = Math.max(1, count / ANCHORS);
  for (let pick = 0; pick < count; pick += stride) {
    const i = Math.floor(pick);
    const day = dayOf(i);
    for (let lag = 0; lag < lags; lag++)
      counts.chances[lag] = (counts.chances[lag] as number) + (perDay[day + lag] as number);
    const isTimed = (endMs[i] as number) - (startMs[i] as number) < MS_PER_DAY / 2;
    for (const cube of cubes.around(xyzKm[3 * i] as number, xyzKm[3 * i + 1] as number, xyzKm[3 * i + 2] as number)) {
      for (const j of cube) {
        const lag = dayOf(j) - day;
        if (j === i || lag < 0 || lag >= lags) continue;
        const km = Math.sqrt(distance2Km2(xyzKm, i, j));
        if (km > REACH_KM) continue;
        const bins = counts.byBin[lag] as Float64Array;
        bins[binOf(km)] = (bins[binOf(km)] as number) + 1;
        if (isTimed && lag <= LONGEST_DELAY_DAYS && (endMs[j] as number) - (startMs[j] as number) < MS_PER_DAY / 2)
          counts.fine.push({ lagMs: Math.abs((startMs[j] as number) - (startMs[i] as number)), km });
      }
    }
  }
  return counts;
}

/** Pairs a day of two incidents for each item, from lags too long for one; from the longest there are, in a short span. */
function farRate(rate: Float64Array, { chances }: Counts): number {
  const from = chances.findLastIndex((n) => n > 0) >= FAR_FROM_DAYS ? FAR_FROM_DAYS : 3;
  let [pairs, n] = [0, 0];
  for (let lag = from; lag <= FAR_TO_DAYS; lag++) {
    pairs += (rate[lag] as number) * (chances[lag] as number);
    n += chances[lag] as number;
  }
  return n === 0 ? 0 : pairs / n;
}

/**
 * The last lag, in days, by which pairs are clearly more than two incidents give. Pairs come in bundles, of all reports
 * of the one with all of the other: their numbers spread as those of the bundles do.
 */
function longestDelay(rate: Float64Array, counts: Counts, items: number): number {
  const far = farRate(rate, counts);
  const total = sumOf(rate, 0, LONGEST_DELAY_DAYS, (r) => Math.max(0, r - far));
  const bundle = Math.max(1, (total * 0.8) ** 2);
  const noise = Math.sqrt((1.6 * bundle * Math.max(far, 0.01)) / items);
  let longest = 0;
  for (let lag = 1; lag <= LONGEST_DELAY_DAYS; lag++) {
    const excess = (rate[lag] as number) - far;
    if (excess < (lag === 1 ? 3.5 : 1.5) * noise || excess < 0.05 * total) break;
    longest = lag;
  }
  return longest;
}

/**
 * The error of place under which the distances of near pairs are likeliest: a share of one incident, Rayleigh; the
 * rest as far pairs lie. The share is known from the numbers.
 */
function spreadOf({ byBin }: Counts, longest: number): number {
  const [near, apart] = [new Float64Array(BINS), new Float64Array(BINS)];
  for (let lag = 0; lag < byBin.length; lag++) {
    const into = lag <= longest ? near : lag >= Math.max(3, longest + 2) ? apart : undefined;
    byBin[lag]?.forEach((n, bin) => {
      if (into !== undefined) into[bin] = (into[bin] as number) + n;
    });
  }
  const total = sumOf(apart, 0, BINS - 1);
  const chance = (sigma: number, bin: number): number => {
    const upTo = (km: number): number => 1 - Math.exp(-(km * km) / (4 * sigma * sigma));
    return upTo(BIN_KM(bin)) - (bin === 0 ? 0 : upTo(BIN_KM(bin - 1)));
  };
  const evenly = (bin: number): number => (BIN_KM(bin) ** 2 - (bin === 0 ? 0 : BIN_KM(bin - 1) ** 2)) / REACH_KM ** 2;
  let [best, bestSigma] = [Number.NEGATIVE_INFINITY, 1];
  for (let sigma = LEAST_SIGMA_KM; sigma <= MOST_SIGMA_KM; sigma *= 1.1) {
    for (let share = 0.05; share < 1; share += 0.05) {
      let sum = 0;
      for (let bin = 0; bin < BINS; bin++) {
        const other = total < 50 ? evenly(bin) : (0.98 * (apart[bin] as number)) / total + 0.02 * evenly(bin);
        sum += (near[bin] as number) * Math.log(share * chance(sigma, bin) + (1 - share) * other + 1e-12);
      }
      if (sum > best) [best, bestSigma] = [sum, sigma];
    }
  }
  return bestSigma;
}

/** Nineteen in twenty of the pairs of one incident lie within so long of each other. */
function fineRange({ fine }: Counts, sigmaKm: number, longest: number): number {
  const close = fine.filter(({ km }) => km <= 3 * sigmaKm).map(({ lagMs }) => lagMs);
  const edges = [5, 10, 20, 30, 60, 120, 180, 360, 720, 1440, 2160, 2880, 4320, 5760, 7200].map((m) => m * 60_000);
  const limit = Math.min((longest + 2) * MS_PER_DAY, (LONGEST_DELAY_DAYS + 1) * MS_PER_DAY);
  const beyond = close.filter((lag) => lag > limit && lag <= limit + 2 * MS_PER_DAY).length / 2;
  const perMs = beyond / MS_PER_DAY;
  const excess = (edge: number): number => close.filter((lag) => lag <= edge).length - perMs * edge;
  const most = Math.max(...edges.filter((edge) => edge <= limit).map(excess));
  return edges.find((edge) => excess(edge) >= 0.95 * most) ?? limit;
}
