/** Moments at which coarse cells could be looked at, collected satellite by satellite, handed out cell by cell. */
import type { Moments } from "./coverage.ts";

/** Keys hold time and tag: time times this, and the tag. */
const TAGS = 65_536;

export class MomentColumns {
  readonly #cells: number;
  readonly #startMs: number;
  readonly #unitMs: number;
  #length = 0;
  #at = new Uint32Array(4096);
  /** The cell, and the tag in the upper half. */
  #rest = new Uint32Array(4096);

  constructor(cells: number, startMs: number, unitMs: number) {
    this.#cells = cells;
    this.#startMs = startMs;
    this.#unitMs = unitMs;
  }

  push(cell: number, atMs: number, tag: number): void {
    this.#reserve(1);
    this.#at[this.#length] = Math.floor((atMs - this.#startMs) / this.#unitMs);
    this.#rest[this.#length++] = (cell | (tag << 16)) >>> 0;
  }

  /** Pairs of words as the kernel writes them: time, then cell and tag. */
  append(pairs: Uint32Array): void {
    const count = pairs.length >>> 1;
    this.#reserve(count);
    let to = this.#length;
    for (let i = 0; i < count; i++) {
      this.#at[to] = pairs[2 * i] as number;
      this.#rest[to++] = pairs[2 * i + 1] as number;
    }
    this.#length = to;
  }

  /** By cell, then time, then tag: the same whatever the order of coming. */
  done(): Moments {
    const n = this.#length;
    const first = new Uint32Array(this.#cells + 1);
    for (let i = 0; i < n; i++) {
      const c = ((this.#rest[i] as number) & (TAGS - 1)) + 1;
      first[c] = (first[c] as number) + 1;
    }
    for (let c = 0; c < this.#cells; c++) first[c + 1] = (first[c + 1] as number) + (first[c] as number);
    const next = first.slice();
    const keys = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const rest = this.#rest[i] as number;
      const to = next[rest & (TAGS - 1)] as number;
      next[rest & (TAGS - 1)] = to + 1;
      keys[to] = (this.#at[i] as number) * TAGS + (rest >>> 16);
    }
    for (let c = 0; c < this.#cells; c++) keys.subarray(first[c], first[c + 1]).sort();
    const at = new Uint32Array(n);
    const tag = new Uint16Array(n);
    for (let i = 0; i < n; i++) {
      const key = keys[i] as number;
      at[i] = Math.floor(key / TAGS);
      tag[i] = key % TAGS;
    }
    return { first, at, tag };
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#at.length) return;
    const capacity = 2 * Math.max(this.#at.length, this.#length + more);
    const [at, rest] = [new Uint32Array(capacity), new Uint32Array(capacity)];
    at.set(this.#at);
    rest.set(this.#rest);
    this.#at = at;
    this.#rest = rest;
  }
}
