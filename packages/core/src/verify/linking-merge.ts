/** Correlation clustering of rows by the chances of their pairs: the best merge first, then single moves while they gain. */

export interface Edge {
  readonly to: number;
  readonly chance: number;
}

export interface MergeTask {
  /** By row, both ways; pairs that are not named have no chance. */
  readonly edges: readonly (readonly Edge[])[];
  /** A pair adds its chance less this to what is to be as large as can be. */
  readonly threshold: number;
  /** Rows of one number stay together, and apart from those of another; -1: free. */
  readonly fixed?: Int32Array;
}

const ROUNDS = 20;

/** @returns a number for each row, the same for rows of one cluster */
export function merged(task: MergeTask): Int32Array {
  const groups = new Groups(task);
  groups.mergeAll();
  const of = groups.keys();
  moveSingles(of, task);
  return of;
}

class Groups {
  readonly #task: MergeTask;
  readonly #members: Map<number, number[]>;
  /** Sums of chances between groups. */
  readonly #sums = new Map<number, Map<number, number>>();
  readonly #isFixed = new Set<number>();
  readonly #heap = new Heap();

  constructor(task: MergeTask) {
    this.#task = task;
    const { edges, fixed } = task;
    // A group has the number of its first row.
    const first = new Map<number, number>();
    const keyOf = Int32Array.from(edges, (_, i) => {
      const group = fixed?.[i] ?? -1;
      if (group === -1) return i;
      const key = first.get(group) ?? i;
      first.set(group, key);
      this.#isFixed.add(key);
      return key;
    });
    this.#members = Map.groupBy(edges.keys(), (i) => keyOf[i] as number);
    edges.forEach((row, i) => {
      const sums = this.#sumsOf(keyOf[i] as number);
      for (const { to, chance } of row) {
        const key = keyOf[to] as number;
        if (key !== keyOf[i]) sums.set(key, (sums.get(key) ?? 0) + chance);
      }
    });
  }

  #sumsOf(key: number): Map<number, number> {
    const known = this.#sums.get(key);
    if (known !== undefined) return known;
    const sums = new Map<number, number>();
    this.#sums.set(key, sums);
    return sums;
  }

  /** Mean over all pairs between two groups of chance less threshold. */
  #meanGain(a: number, b: number): number {
    const pairs = (this.#members.get(a)?.length ?? 0) * (this.#members.get(b)?.length ?? 0);
    return (this.#sumsOf(a).get(b) ?? 0) / pairs - this.#task.threshold;
  }

  #offer(a: number, b: number): void {
    if (this.#isFixed.has(a) && this.#isFixed.has(b)) return;
    const gain = this.#meanGain(a, b);
    if (gain > 0) this.#heap.push({ gain, a: Math.min(a, b), b: Math.max(a, b) });
  }

  mergeAll(): void {
    for (const [a, sums] of this.#sums) for (const b of sums.keys()) if (b > a) this.#offer(a, b);
    for (let next = this.#heap.pop(); next !== undefined; next = this.#heap.pop()) {
      const { a, b, gain } = next;
      // Offers made before one of the two grew are stale: the new one is in the heap too.
      if (!this.#members.has(a) || !this.#members.has(b) || this.#meanGain(a, b) !== gain) continue;
      this.#merge(a, b);
    }
  }

  #merge(a: number, b: number): void {
    const [into, sums] = [this.#members.get(a) as number[], this.#sumsOf(a)];
    for (const row of this.#members.get(b) ?? []) into.push(row);
    this.#members.delete(b);
    if (this.#isFixed.has(b)) this.#isFixed.add(a);
    for (const [c, sum] of this.#sumsOf(b)) {
      const others = this.#sumsOf(c);
      others.delete(b);
      if (c === a) continue;
      sums.set(c, (sums.get(c) ?? 0) + sum);
      others.set(a, sums.get(c) as number);
    }
    this.#sums.delete(b);
    for (const c of sums.keys()) this.#offer(a, c);
  }

  keys(): Int32Array {
    const of = new Int32Array(this.#task.edges.length);
    for (const [key, rows] of this.#members) for (const row of rows) of[row] = key;
    return of;
  }
}

function moveSingles(of: Int32Array, { edges, threshold, fixed }: MergeTask): void {
  const sizes = sizesOf(of);
  const rows = [...edges.keys()].filter((i) => (fixed?.[i] ?? -1) === -1);
  for (let round = 0, moved = 1; round < ROUNDS && moved > 0; round++) {
    moved = 0;
    for (const i of rows) {
      const own = of[i] as number;
      const to = bestHome(i, of, { edges, threshold, sizes });
      if (to === own) continue;
      moved++;
      sizes.set(own, (sizes.get(own) ?? 1) - 1);
      sizes.set(to, (sizes.get(to) ?? 0) + 1);
      of[i] = to;
    }
  }
}

export function sizesOf(of: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const key of of) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return sizes;
}

interface Homes {
  readonly edges: MergeTask["edges"];
  readonly threshold: number;
  readonly sizes: ReadonlyMap<number, number>;
}

/** Where the row adds most; a number that nobody has where it adds nothing anywhere. */
function bestHome(i: number, of: Int32Array, { edges, threshold, sizes }: Homes): number {
  const own = of[i] as number;
  const sums = new Map<number, number>();
  for (const { to, chance } of edges[i] ?? []) sums.set(of[to] as number, (sums.get(of[to] as number) ?? 0) + chance);
  const gain = (key: number): number =>
    (sums.get(key) ?? 0) - threshold * ((sizes.get(key) ?? 0) - (key === own ? 1 : 0));
  let [best, home] = [gain(own) + 1e-9, own];
  for (const key of sums.keys()) if (gain(key) > best) [best, home] = [gain(key), key];
  if (best >= 0) return home;
  let empty = i;
  while ((sizes.get(empty) ?? 0) > 0) empty += edges.length;
  return empty;
}

interface Offer {
  readonly gain: number;
  readonly a: number;
  readonly b: number;
}

/** A binary heap, greatest gain first; ties by the numbers, so that the order in which they came says nothing. */
class Heap {
  readonly #rows: Offer[] = [];

  push(offer: Offer): void {
    const rows = this.#rows;
    rows.push(offer);
    for (let i = rows.length - 1; i > 0; ) {
      const up = (i - 1) >> 1;
      if (!this.#isBefore(i, up)) return;
      this.#swap(i, up);
      i = up;
    }
  }

  pop(): Offer | undefined {
    const rows = this.#rows;
    const [top] = rows;
    const last = rows.pop();
    if (top === undefined || last === undefined || rows.length === 0) return top;
    rows[0] = last;
    for (let i = 0; ; ) {
      let first = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < rows.length && this.#isBefore(child, first)) first = child;
      if (first === i) return top;
      this.#swap(i, first);
      i = first;
    }
  }

  #isBefore(i: number, j: number): boolean {
    const [x, y] = [this.#rows[i] as Offer, this.#rows[j] as Offer];
    return x.gain !== y.gain ? x.gain > y.gain : x.a !== y.a ? x.a < y.a : x.b < y.b;
  }

  #swap(i: number, j: number): void {
    const [x, y] = [this.#rows[i] as Offer, this.#rows[j] as Offer];
    [this.#rows[i], this.#rows[j]] = [y, x];
  }
}
