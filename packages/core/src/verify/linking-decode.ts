/**
 * One partition from many draws: the one whose pairs are expected to score best. A pair is worth joining where its
 * chance exceeds half of the F1 that can be had (Lewis 1995; Jansche 2007); short of that, joining costs.
 */

import type { Together } from "./linking-sample.ts";
import { heldRange, type Setting } from "./linking-state.ts";

export interface Decoded {
  /** A row of the cluster, the same for all its rows. */
  readonly of: Int32Array;
  /** Mean chance that a row shares an incident with those it was put with; for a row alone, that it stands alone. */
  readonly confidence01: Float64Array;
}

/** Pairs of less never pay for being joined, and are many. */
const LEAST_CHANCE = 0.1;

interface Edge {
  readonly to: number;
  readonly chance: number;
}

export function decode(together: Together, setting: Setting): Decoded {
  const edges = edgesOf(together, setting);
  let threshold = 0.5;
  let of = new Int32Array(0);
  for (let round = 0; round < 2; round++) {
    of = joined(edges, threshold);
    threshold = Math.max(0.25, expectedF1(edges, of) / 2);
  }
  return { of, confidence01: confidenceOf(edges, of, together) };
}

/** Held neighbours are not always held by both: the chance is then known from one side. */
function edgesOf({ counts, sweeps }: Together, setting: Setting): Edge[][] {
  const { neighbours, table } = setting;
  const all = Array.from({ length: table.count }, () => new Map<number, number>());
  for (let i = 0; i < table.count; i++) {
    const [from, to] = heldRange(i, neighbours);
    for (let k = from; k < to; k++) {
      const chance = (counts[k] as number) / sweeps;
      if (chance < LEAST_CHANCE) continue;
      const j = neighbours.others[k] as number;
      all[i]?.set(j, chance);
      all[j]?.set(i, chance);
    }
  }
  return all.map((row) => [...row].map(([to, chance]) => ({ to, chance })));
}

/** Merges by the largest gain, then moves single rows while that gains: sums over pairs of chance less threshold. */
function joined(edges: readonly (readonly Edge[])[], threshold: number): Int32Array<ArrayBuffer> {
  const of = Int32Array.from(edges, (_, i) => i);
  const members = new Map<number, number[]>(edges.map((_, i) => [i, [i]]));
  const sums = edges.map((row) => new Map(row.map(({ to, chance }) => [to, chance])));
  const heap = new Heap();
  const gain = (a: number, b: number): number =>
    (sums[a]?.get(b) ?? 0) - threshold * (members.get(a)?.length ?? 0) * (members.get(b)?.length ?? 0);
  const offer = (a: number, b: number): void => {
    const value = gain(a, b);
    if (value > 0)
      heap.push(
        value / ((members.get(a)?.length ?? 0) * (members.get(b)?.length ?? 0)),
        Math.min(a, b),
        Math.max(a, b),
      );
  };
  edges.forEach((row, a) => {
    for (const { to } of row) if (to > a) offer(a, to);
  });
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
    const { a, b, key } = next;
    const [ofA, ofB] = [members.get(a), members.get(b)];
    if (ofA === undefined || ofB === undefined) continue;
    if (Math.abs(gain(a, b) / (ofA.length * ofB.length) - key) > 1e-9) continue;
    ofA.push(...ofB);
    members.delete(b);
    for (const [c, chance] of sums[b] as Map<number, number>) {
      sums[c]?.delete(b);
      if (c === a) continue;
      const sum = (sums[a]?.get(c) ?? 0) + chance;
      sums[a]?.set(c, sum);
      sums[c]?.set(a, sum);
    }
    sums[a]?.delete(b);
    for (const c of sums[a]?.keys() ?? []) if (members.has(c)) offer(a, c);
  }
  for (const [key, rows] of members) for (const row of rows) of[row] = key;
  refine(edges, of, members, threshold);
  return of;
}

function refine(
  edges: readonly (readonly Edge[])[],
  of: Int32Array,
  members: Map<number, number[]>,
  threshold: number,
): void {
  const sizes = new Map([...members].map(([key, rows]) => [key, rows.length]));
  for (let round = 0, moved = 1; round < 20 && moved > 0; round++) {
    moved = 0;
    edges.forEach((row, i) => {
      const own = of[i] as number;
      const gains = new Map<number, number>();
      for (const { to, chance } of row) gains.set(of[to] as number, (gains.get(of[to] as number) ?? 0) + chance);
      const value = (key: number): number =>
        (gains.get(key) ?? 0) - threshold * ((sizes.get(key) ?? 0) - (key === own ? 1 : 0));
      let [best, bestKey] = [value(own) + 1e-9, own];
      for (const key of gains.keys()) if (value(key) > best) [best, bestKey] = [value(key), key];
      if (best < 0) {
        bestKey = i;
        while ((sizes.get(bestKey) ?? 0) > 0) bestKey += edges.length;
      }
      if (bestKey === own) return;
      moved++;
      sizes.set(own, (sizes.get(own) ?? 1) - 1);
      sizes.set(bestKey, (sizes.get(bestKey) ?? 0) + 1);
      of[i] = bestKey;
    });
  }
}

function expectedF1(edges: readonly (readonly Edge[])[], of: Int32Array): number {
  const sizes = new Map<number, number>();
  for (const key of of) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  let [hit, all, said] = [0, 0, 0];
  edges.forEach((row, i) => {
    said += (sizes.get(of[i] as number) ?? 1) - 1;
    for (const { to, chance } of row) {
      all += chance;
      if (of[to] === of[i]) hit += chance;
    }
  });
  return all + said === 0 ? 1 : (2 * hit) / (all + said);
}

function confidenceOf(edges: readonly (readonly Edge[])[], of: Int32Array, { alone, sweeps }: Together): Float64Array {
  const sizes = new Map<number, number>();
  for (const key of of) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return Float64Array.from(of, (key, i) => {
    const others = (sizes.get(key) ?? 1) - 1;
    if (others === 0) return (alone[i] as number) / sweeps;
    let sum = 0;
    for (const { to, chance } of edges[i] ?? []) if (of[to] === key) sum += chance;
    return Math.min(1, sum / others);
  });
}

/** A binary heap, greatest key first; ties by the numbers, so that the order in which they came says nothing. */
class Heap {
  readonly #rows: { key: number; a: number; b: number }[] = [];

  push(key: number, a: number, b: number): void {
    const rows = this.#rows;
    rows.push({ key, a, b });
    for (let i = rows.length - 1; i > 0; ) {
      const up = (i - 1) >> 1;
      if (!this.#before(i, up)) return;
      this.#swap(i, up);
      i = up;
    }
  }

  pop(): { key: number; a: number; b: number } | undefined {
    const rows = this.#rows;
    const [top] = rows;
    const last = rows.pop();
    if (top === undefined || last === undefined || rows.length === 0) return top;
    rows[0] = last;
    for (let i = 0; ; ) {
      let first = i;
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < rows.length && this.#before(child, first)) first = child;
      if (first === i) return top;
      this.#swap(i, first);
      i = first;
    }
  }

  #before(i: number, j: number): boolean {
    const [x, y] = [this.#rows[i], this.#rows[j]];
    if (x === undefined || y === undefined) return false;
    return x.key !== y.key ? x.key > y.key : x.a !== y.a ? x.a < y.a : x.b < y.b;
  }

  #swap(i: number, j: number): void {
    const rows = this.#rows;
    [rows[i], rows[j]] = [rows[j] as (typeof rows)[number], rows[i] as (typeof rows)[number]];
  }
}
