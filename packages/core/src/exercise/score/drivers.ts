/**
 * Why one network verifies more than another: the change of a share, told apart by the stations on the way at which breaches are lost.
 * The share is a product (seen of begun, received of seen, ...); its change is the sum of the stations' parts by the logarithmic mean
 * Divisia index (B. W. Ang, Energy Policy 32, 2004: no remainder, and the same the other way round).
 */
import { bootstrap, type Drawn } from "../../numerics/bootstrap.ts";

/** Of one network: for each run, breaches that reached each station, the first of which all have reached. */
export type Funnels = readonly (readonly number[])[];

/** What one station changed. */
export interface StationPart extends Drawn {
  /** Index of the station that was reached. */
  readonly station: number;
  /** Of those at the station before, the share that came on. NaN: none came so far. */
  readonly before01: number;
  readonly after01: number;
}

export interface GroupPart {
  readonly group: string;
  /** Change of the share of breaches that this group was the first to see. */
  readonly change: number;
}

export interface Driver {
  /** Of the share that reached the last station. */
  readonly change: number;
  /** One for each station after the first; their estimates add up to the change. */
  readonly parts: readonly StationPart[];
  /** Station whose part is the largest in the direction of the change; undefined where nothing changed. */
  readonly station: number | undefined;
  /** The largest change first. */
  readonly groups: readonly GroupPart[];
}

/** By group: share of all breaches that it was the first to see. */
export type FirstSeen = Readonly<Record<string, number>>;

export interface Watch {
  readonly funnels: Funnels;
  readonly firstSeen?: FirstSeen;
}

const DRAWS = 1000;

/**
 * @param before and `after`: the same runs, in the same order
 * @throws RangeError where they are not as many
 */
export function driverOf(before: Watch, after: Watch, seed: number): Driver {
  const runs = before.funnels.length;
  if (after.funnels.length !== runs) throw new RangeError(`${runs} runs against ${after.funnels.length}`);
  const stations = Math.max(0, ...before.funnels.map((own) => own.length));
  const once = new Uint32Array(runs).fill(1);
  const [a, b] = [sumOf(before.funnels, once, stations), sumOf(after.funnels, once, stations)];
  const parts = Array.from({ length: Math.max(0, stations - 1) }, (_, i): StationPart => {
    const statistic = (times: Uint32Array): number =>
      partsOf(sumOf(before.funnels, times, stations), sumOf(after.funnels, times, stations))[i] as number;
    return {
      station: i + 1,
      before01: ratioAt(a, i + 1),
      after01: ratioAt(b, i + 1),
      ...bootstrap(statistic, runs, { seed, draws: DRAWS }),
    };
  });
  const change = shareOf(b) - shareOf(a);
  const leading = parts.toSorted((x, y) => Math.sign(change) * (y.estimate - x.estimate))[0];
  return {
    change,
    parts,
    station: change === 0 || Number.isNaN(change) ? undefined : leading?.station,
    groups: groupParts(before.firstSeen ?? {}, after.firstSeen ?? {}),
  };
}

function sumOf(funnels: Funnels, times: Uint32Array, stations: number): Float64Array {
  const sum = new Float64Array(stations);
  funnels.forEach((own, run) => {
    for (let i = 0; i < stations; i++) sum[i] = (sum[i] as number) + (times[run] as number) * (own[i] ?? 0);
  });
  return sum;
}

const ratioAt = (funnel: ArrayLike<number>, i: number): number => (funnel[i] as number) / (funnel[i - 1] as number);
const shareOf = (funnel: ArrayLike<number>): number => (funnel[funnel.length - 1] as number) / (funnel[0] as number);

/**
 * Parts of the change of the last share, one for each station after the first. Where nothing comes further in one of two, the limit holds:
 * the station at which the last were lost has the whole change.
 */
export function partsOf(before: ArrayLike<number>, after: ArrayLike<number>): number[] {
  const n = before.length - 1;
  const [p0, p1] = [shareOf(before), shareOf(after)];
  if (!(p0 > 0 && p1 > 0)) {
    const lost = p0 > 0 ? firstZero(after) : firstZero(before);
    return Array.from({ length: n }, (_, i) => (i + 1 === lost && p0 !== p1 ? p1 - p0 : 0));
  }
  const mean = p0 === p1 ? p0 : (p1 - p0) / Math.log(p1 / p0);
  return Array.from({ length: n }, (_, i) => mean * Math.log(ratioAt(after, i + 1) / ratioAt(before, i + 1)));
}

function firstZero(funnel: ArrayLike<number>): number {
  for (let i = 0; i < funnel.length; i++) if (!((funnel[i] as number) > 0)) return i;
  return -1;
}

function groupParts(before: FirstSeen, after: FirstSeen): GroupPart[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .map((group) => ({ group, change: (after[group] ?? 0) - (before[group] ?? 0) }))
    .filter(({ change }) => Number.isFinite(change) && change !== 0)
    .sort((x, y) => Math.abs(y.change) - Math.abs(x.change) || (x.group < y.group ? -1 : 1));
}
