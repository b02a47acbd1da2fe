/**
 * Draws partitions from the posterior, row by row (Gibbs; Neal 2000, algorithm 3), and counts how often two rows share
 * an incident. The dice are a hash of sweep and row: the same items give the same draws.
 */
import { HELD, type Neighbours } from "./linking-pairs.ts";
import {
  addTo,
  type Cluster,
  emptyCluster,
  heldRange,
  logAlone,
  logJoin,
  removeFrom,
  type Setting,
} from "./linking-state.ts";
import { mixed } from "./similarity.ts";

export interface Partition {
  /** By number; `undefined`: nobody has it. */
  readonly clusters: (Cluster | undefined)[];
  /** Numbers that nobody has: the last is taken first. */
  readonly free: number[];
  /** By row: the number of its cluster; -1: it is between two. */
  readonly of: Int32Array;
}

/** Shared incidents over the sweeps counted, beside each row's neighbours; and sweeps in which a row stood alone. */
export interface Together {
  readonly sweeps: number;
  readonly counts: Float32Array;
  readonly alone: Float32Array;
}

/**
 * Every row alone: then each finds its likeliest fellows first. Were they taken in one by one, the second would meet only
 * strangers, and a cluster of two stories holds both together for ever.
 */
export const allAlone = (setting: Setting): Partition =>
  partitionOf(
    Int32Array.from({ length: setting.table.count }, (_, i) => i),
    setting,
  );

/** A partition that is known: rows of one number, from 0 up, together. */
export function partitionOf(of: Int32Array, setting: Setting): Partition {
  const most = of.reduce((greatest, key) => Math.max(greatest, key), 0);
  const clusters = new Array<Cluster | undefined>(Math.max(of.length, most + 1)).fill(undefined);
  const partition: Partition = { clusters, free: [], of: new Int32Array(of.length).fill(-1) };
  of.forEach((key, i) => {
    clusters[key] ??= emptyCluster();
    place(partition, i, key, setting);
  });
  for (let key = clusters.length - 1; key >= 0; key--) if (clusters[key] === undefined) partition.free.push(key);
  return partition;
}

/** Each row leaves its cluster and is drawn anew; only the free ones, where some are not. */
export function sweep(partition: Partition, setting: Setting, number: number, isFree?: Uint8Array): void {
  const draw = chooser(partition, setting);
  for (let i = 0; i < setting.table.count; i++) {
    if (isFree?.[i] === 0) continue;
    leave(partition, i, setting);
    place(partition, i, draw(i, number), setting);
  }
}

function leave({ clusters, free, of }: Partition, i: number, setting: Setting): void {
  const key = of[i] as number;
  const cluster = clusters[key] as Cluster;
  of[i] = -1;
  if (cluster.members.length > 1) {
    removeFrom(cluster, i, setting);
    return;
  }
  clusters[key] = undefined;
  free.push(key);
}

/** @param to the cluster to join, or -1: one of its own */
function place({ clusters, free, of }: Partition, i: number, to: number, setting: Setting): void {
  const key = to === -1 ? (free.pop() as number) : to;
  const cluster = clusters[key] ?? emptyCluster();
  clusters[key] = cluster;
  addTo(cluster, i, setting);
  of[i] = key;
}

/** What a row's neighbours in each cluster say, summed: by number of the cluster. */
class Tally {
  readonly #row: Int32Array;
  readonly keys: number[] = [];
  readonly words: Float64Array;
  readonly texts: Float64Array;
  readonly source: Float64Array;
  readonly form: Float64Array;
  readonly others: Float64Array;

  constructor(size: number) {
    this.#row = new Int32Array(size).fill(-1);
    [this.words, this.texts, this.source] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
    [this.form, this.others] = [new Float64Array(size), new Float64Array(size)];
  }

  take(i: number, of: Int32Array, neighbours: Neighbours): void {
    this.keys.length = 0;
    const [from, to] = heldRange(i, neighbours);
    for (let k = from; k < to; k++) {
      const key = of[neighbours.others[k] as number] as number;
      if (key === -1) continue;
      if (this.#row[key] !== i) this.#open(i, key);
      const [words, source] = [neighbours.words[k] as number, neighbours.source[k] as number];
      if (!Number.isNaN(words)) {
        this.words[key] = (this.words[key] as number) + words;
        this.texts[key] = (this.texts[key] as number) + 1;
      }
      if (!Number.isNaN(source)) this.source[key] = (this.source[key] as number) + source;
      this.form[key] = (this.form[key] as number) + (neighbours.form[k] || 0);
      this.others[key] = (this.others[key] as number) + 1;
    }
    for (const key of this.keys) this.#row[key] = -1;
  }

  #open(i: number, key: number): void {
    this.#row[key] = i;
    this.keys.push(key);
    for (const sums of [this.words, this.texts, this.source, this.form, this.others]) sums[key] = 0;
  }

  /** Texts say the same thing again: their evidence grows as the root of their number. Sources each say their own. */
  logSaid(key: number): number {
    const texts = this.texts[key] as number;
    const words = texts === 0 ? 0 : (this.words[key] as number) / Math.sqrt(texts);
    return words + (this.source[key] as number) + (this.form[key] as number) / (this.others[key] as number);
  }
}

type Chooser = (i: number, sweepNumber: number) => number;

/** The cluster to join, or -1: one of its own. */
function chooser({ clusters, of }: Partition, setting: Setting): Chooser {
  const tally = new Tally(clusters.length);
  return (i, sweepNumber) => {
    tally.take(i, of, setting.neighbours);
    let [best, bestKey] = [logAlone(i, setting) + gumbel(i, sweepNumber, 0), -1];
    let option = 1;
    for (const key of tally.keys) {
      const chance = logJoin(clusters[key] as Cluster, i, setting) + tally.logSaid(key);
      const score = chance + gumbel(i, sweepNumber, option++);
      if (score > best) [best, bestKey] = [score, key];
    }
    return bestKey;
  };
}

/** Adding these to log weights and taking the largest draws by the weights (Gumbel 1954). */
function gumbel(i: number, sweepNumber: number, option: number): number {
  const bits = mixed(mixed(mixed(i + 1) ^ (sweepNumber * 0x9e3779b1)) + option * 0x85ebca6b);
  return -Math.log(-Math.log((bits + 0.5) / 2 ** 32));
}

export function noneTogether(setting: Setting): Together {
  const { count } = setting.table;
  return { sweeps: 0, counts: new Float32Array(count * HELD), alone: new Float32Array(count) };
}

export function countTogether(
  { clusters, of }: Partition,
  { sweeps, counts, alone }: Together,
  setting: Setting,
): Together {
  const { table, neighbours } = setting;
  for (let i = 0; i < table.count; i++) {
    const key = of[i] as number;
    if (clusters[key]?.members.length === 1) alone[i] = (alone[i] as number) + 1;
    const [from, to] = heldRange(i, neighbours);
    for (let k = from; k < to; k++)
      if (of[neighbours.others[k] as number] === key) counts[k] = (counts[k] as number) + 1;
  }
  return { sweeps: sweeps + 1, counts, alone };
}
