/** Shortest ways by way of corners: from each place that is ever bound for, the ways of all corners to it are found once and kept. */
import { kmBetween } from "./chart.ts";
import type { Corner } from "./corners.ts";
import type { EdgeGrid } from "./edge-grid.ts";

/** By corner: how far it is to one place, and which corner comes next; -1: the place itself. */
interface Tree {
  readonly km: Float64Array;
  readonly next: Int32Array;
}

export class Guide {
  readonly #corners: readonly Corner[];
  readonly #grid: EdgeGrid;
  /** By corner: those that it sees, once they were asked for. */
  readonly #seen: (Int32Array | undefined)[];
  readonly #trees = new Map<string, Tree>();
  readonly #total: Float64Array;

  constructor(corners: readonly Corner[], grid: EdgeGrid) {
    this.#corners = corners;
    this.#grid = grid;
    this.#seen = corners.map(() => undefined);
    this.#total = new Float64Array(corners.length);
  }

  /** Places after the first, the last included; undefined where there is no way. The corner by which it is shortest is the first in order that is seen. */
  way(latA: number, lonA: number, latB: number, lonB: number): Float64Array | undefined {
    const { km, next } = this.#treeOf(latB, lonB);
    const total = this.#total;
    for (let k = 0; k < total.length; k++) {
      const [lat, lon] = this.#corners[k] as Corner;
      total[k] = (km[k] as number) + kmBetween(latA, lonA, lat, lon);
    }
    for (;;) {
      let [best, least] = [-1, Number.POSITIVE_INFINITY];
      for (let k = 0; k < total.length; k++) if ((total[k] as number) < least) [best, least] = [k, total[k] as number];
      if (best < 0) return undefined;
      const [lat, lon] = this.#corners[best] as Corner;
      if (!this.#grid.isMet(latA, lonA, lat, lon)) return this.#pathFrom(best, next, latB, lonB);
      total[best] = Number.POSITIVE_INFINITY;
    }
  }

  #pathFrom(first: number, next: Int32Array, latB: number, lonB: number): Float64Array {
    const places: number[] = [];
    for (let k = first; k >= 0; k = next[k] as number) places.push(...(this.#corners[k] as Corner));
    places.push(latB, lonB);
    return Float64Array.from(places);
  }

  /** Dijkstra's, from the place outwards. */
  #treeOf(lat: number, lon: number): Tree {
    const key = `${lat} ${lon}`;
    const known = this.#trees.get(key);
    if (known !== undefined) return known;
    const n = this.#corners.length;
    const tree: Tree = { km: new Float64Array(n).fill(Number.POSITIVE_INFINITY), next: new Int32Array(n).fill(-1) };
    const { km, next } = tree;
    for (const k of this.#visibleFrom(lat, lon)) km[k] = kmBetween(lat, lon, ...(this.#corners[k] as Corner));
    const done = new Uint8Array(n);
    for (;;) {
      let [at, least] = [-1, Number.POSITIVE_INFINITY];
      for (let k = 0; k < n; k++) if (done[k] === 0 && (km[k] as number) < least) [at, least] = [k, km[k] as number];
      if (at < 0) break;
      done[at] = 1;
      for (const to of this.#neighbours(at)) {
        const there = least + kmBetween(...(this.#corners[at] as Corner), ...(this.#corners[to] as Corner));
        if (there >= (km[to] as number)) continue;
        km[to] = there;
        next[to] = at;
      }
    }
    this.#trees.set(key, tree);
    return tree;
  }

  #neighbours(k: number): Int32Array {
    const known = this.#seen[k];
    if (known !== undefined) return known;
    const seen = this.#visibleFrom(...(this.#corners[k] as Corner), k);
    this.#seen[k] = seen;
    return seen;
  }

  #visibleFrom(lat: number, lon: number, but = -1): Int32Array {
    return Int32Array.from(
      this.#corners.flatMap(([toLat, toLon], k) => (k === but || this.#grid.isMet(lat, lon, toLat, toLon) ? [] : [k])),
    );
  }
}
