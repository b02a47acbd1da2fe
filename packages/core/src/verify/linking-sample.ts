/**
 * Draws partitions from the posterior, row by row (Gibbs; Neal 2000, algorithm 3), and counts how often two rows share
 * an incident. The dice are a hash of sweep and row: the same items give the same draws.
 */
import { HELD } from "./linking-pairs.ts";
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
  readonly clusters: Map<number, Cluster>;
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

/** A partition that is known: rows of one number together. */
export function partitionOf(of: Int32Array, setting: Setting): Partition {
  const partition: Partition = { clusters: new Map(), of: new Int32Array(of.length).fill(-1) };
  of.forEach((key, i) => {
    place(partition, i, key, setting);
  });
  return partition;
}

/** Each row leaves its cluster and is drawn anew; only the free ones, where some are not. */
export function sweep(partition: Partition, setting: Setting, number: number, isFree?: Uint8Array): void {
  const draw = chooser(partition, setting);
  for (let i = 0; i < setting.table.count; i++) {
    if (isFree?.[i] === 0) continue;
    const before = partition.of[i] as number;
    const cluster = partition.clusters.get(before) as Cluster;
    const wasAlone = cluster.members.length === 1;
    if (wasAlone) partition.clusters.delete(before);
    else removeFrom(cluster, i, setting);
    partition.of[i] = -1;
    const to = draw(i, number);
    place(partition, i, to === -1 && wasAlone ? before : to, setting);
  }
}

function place({ clusters, of }: Partition, i: number, to: number, setting: Setting): void {
  // A new cluster has the number of its first row, where that is free.
  let key = to;
  if (key === -1) {
    key = i;
    while (clusters.has(key)) key += setting.table.count;
  }
  let cluster = clusters.get(key);
  if (cluster === undefined) {
    cluster = emptyCluster();
    clusters.set(key, cluster);
  }
  addTo(cluster, i, setting);
  of[i] = key;
}

type Chooser = (i: number, sweepNumber: number) => number;

/** The cluster to join, or -1: one of its own. */
function chooser({ clusters, of }: Partition, setting: Setting): Chooser {
  const { neighbours } = setting;
  interface Met {
    words: number;
    texts: number;
    source: number;
    form: number;
    others: number;
  }
  const met = new Map<number, Met>();
  return (i, sweepNumber) => {
    met.clear();
    const [from, to] = heldRange(i, neighbours);
    for (let k = from; k < to; k++) {
      const key = of[neighbours.others[k] as number] as number;
      if (key === -1) continue;
      let seen = met.get(key);
      if (seen === undefined) {
        seen = { words: 0, texts: 0, source: 0, form: 0, others: 0 };
        met.set(key, seen);
      }
      const [words, source] = [neighbours.words[k] as number, neighbours.source[k] as number];
      if (!Number.isNaN(words)) {
        seen.words += words;
        seen.texts++;
      }
      if (!Number.isNaN(source)) seen.source += source;
      seen.others++;
      seen.form += neighbours.form[k] || 0;
    }
    let [best, bestKey] = [logAlone(i, setting) + gumbel(i, sweepNumber, 0), -1];
    let option = 1;
    for (const [key, { words, texts, source, form, others }] of met) {
      const said = texts === 0 ? 0 : (words / texts) * Math.sqrt(texts);
      const score =
        logJoin(clusters.get(key) as Cluster, i, setting) +
        said +
        source +
        form / others +
        gumbel(i, sweepNumber, option);
      option++;
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
    if (clusters.get(key)?.members.length === 1) alone[i] = (alone[i] as number) + 1;
    const [from, to] = heldRange(i, neighbours);
    for (let k = from; k < to; k++)
      if (of[neighbours.others[k] as number] === key) counts[k] = (counts[k] as number) + 1;
  }
  return { sweeps: sweeps + 1, counts, alone };
}
