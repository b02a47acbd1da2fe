/** Pairs of items near each other, counted by distance and by lag: all that is asked of them before anything is linked. */
import { MS_PER_DAY } from "../time/instant.ts";
import { cubesOf, distance2Km2, type ItemTable } from "./linking-items.ts";

export const REACH_KM = 20;
export const LAGS = 15;
export const LONGEST_DELAY_DAYS = 7;
export const BINS = 64;
/** Items whose pairs are counted; more say no more. */
const ANCHORS = 3000;
const FINE_KM = 6;
const MOST_FINE = 1_000_000;
const [LEAST_KM, GROWTH] = [0.02, 1.12];

/** Upper edge of a bin of distances: a geometric series to beyond the reach. */
export const edgeKm = (bin: number): number => LEAST_KM * GROWTH ** bin;
export const binOf = (km: number): number =>
  Math.max(0, Math.min(BINS - 1, Math.ceil(Math.log(km / LEAST_KM) / Math.log(GROWTH))));

export interface PairCounts {
  readonly anchors: number;
  /** By lag in days: items that the anchors might have met so much later, over those of a mean day. */
  readonly chances: Float64Array;
  /** Distances of pairs, by lag in days and bin. */
  readonly byBin: readonly Float64Array[];
  /** Of pairs of timed items: lag and distance. */
  readonly fineMs: readonly number[];
  readonly fineKm: readonly number[];
}

/** Each pair once, for its earlier item; pairs of one day from both ends. */
export function countPairs(table: ItemTable): PairCounts {
  const { count, xyzKm, startMs } = table;
  const dayOf = daysOf(table);
  const stride = Math.max(1, count / ANCHORS);
  const anchors = Array.from({ length: Math.floor((count - 1) / stride) + 1 }, (_, k) => Math.floor(k * stride));
  const byBin = Array.from({ length: LAGS }, () => new Float64Array(BINS));
  const [fineMs, fineKm]: [number[], number[]] = [[], []];
  const cubes = cubesOf(xyzKm, REACH_KM);
  for (const i of anchors) {
    for (const cube of cubes.around(xyzKm[3 * i] as number, xyzKm[3 * i + 1] as number, xyzKm[3 * i + 2] as number)) {
      for (const j of cube) {
        const lag = dayOf(j) - dayOf(i);
        if (j === i || lag < 0 || lag >= LAGS) continue;
        const km = Math.sqrt(distance2Km2(xyzKm, i, j));
        if (km > REACH_KM) continue;
        const bins = byBin[lag] as Float64Array;
        bins[binOf(km)] = (bins[binOf(km)] as number) + 1;
        if (lag > LONGEST_DELAY_DAYS + 2 || km > FINE_KM || fineMs.length >= MOST_FINE) continue;
        // Rows stand in order of time: each fine pair once.
        if (j < i || !isTimed(table, i) || !isTimed(table, j)) continue;
        fineMs.push(Math.abs((startMs[j] as number) - (startMs[i] as number)));
        fineKm.push(km);
      }
    }
  }
  return { anchors: anchors.length, chances: chancesOf(table, anchors, dayOf), byBin, fineMs, fineKm };
}

export const isTimed = ({ startMs, endMs }: ItemTable, i: number): boolean =>
  (endMs[i] as number) - (startMs[i] as number) < MS_PER_DAY / 2;

/** An hour or two of summer time make no other day. */
function daysOf({ startMs, span }: ItemTable): (i: number) => number {
  return (i) => Math.floor(((startMs[i] as number) - span.startMs) / MS_PER_DAY + 1 / 8);
}

/** A day of many reports gives many pairs, and the last days have nothing after them. */
function chancesOf({ count, span }: ItemTable, anchors: readonly number[], dayOf: (i: number) => number): Float64Array {
  const days = Math.round((span.endMs - span.startMs) / MS_PER_DAY);
  const perDay = new Float64Array(days + LAGS);
  for (let i = 0; i < count; i++) perDay[dayOf(i)] = (perDay[dayOf(i)] as number) + days / count;
  const chances = new Float64Array(LAGS);
  for (const i of anchors)
    for (let lag = 0; lag < LAGS; lag++) chances[lag] = (chances[lag] as number) + (perDay[dayOf(i) + lag] as number);
  return chances;
}

/** Others of an item within a distance, by lag. */
export function ratesWithin({ byBin, chances }: PairCounts, km: number): Float64Array {
  return Float64Array.from(byBin, (bins, lag) => {
    const chance = chances[lag] as number;
    return chance < 1 ? 0 : sumOf(bins.subarray(0, binOf(km) + 1)) / chance;
  });
}

export const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
