/**
 * Cells in the order of a tree of balls: 64 neighbours to a word of bits, halves of halves above. A sweep decides about
 * balls, and about single cells only where an edge of a swath crosses.
 */
import * as K from "@vedette/kernel/coverage-record";
import type { CellGrid } from "./grid.ts";

/** Cells to a word. */
export const WORD_CELLS = 64;
/** The ball holds its cells although sums are rounded. */
const HAIR_KM = 1e-5;
const HAIR_RAD = 3e-8;

export interface CellTree {
  readonly count: number;
  /** Words of 64 cells, the last one possibly in part. */
  readonly words: number;
  /** Cell of the grid at each place: `count` of them. */
  readonly order: Uint32Array;
  /** `NODE_LENGTH` doubles a node, a node before its parts. */
  readonly nodes: Float64Array;
}

/** The same tree for the same grid, on any machine. */
export function cellTreeOf(grid: CellGrid): CellTree {
  const order = Uint32Array.from({ length: grid.count }, (_, i) => i);
  const words = Math.ceil(grid.count / WORD_CELLS);
  const nodes = new Float64Array(K.NODE_LENGTH * Math.max(0, 2 * words - 1));
  const builder = new Builder(grid, order, nodes);
  if (words > 0) builder.build(0, words);
  return { count: grid.count, words, order, nodes };
}

class Builder {
  readonly #grid: CellGrid;
  readonly #order: Uint32Array;
  readonly #nodes: Float64Array;
  #next = 0;

  constructor(grid: CellGrid, order: Uint32Array, nodes: Float64Array) {
    this.#grid = grid;
    this.#order = order;
    this.#nodes = nodes;
  }

  /** The node of words `first` up to `end`, after its cells were put in order. */
  build(first: number, end: number): void {
    const node = this.#next++;
    const from = first * WORD_CELLS;
    const to = Math.min(end * WORD_CELLS, this.#grid.count);
    if (end - first > 1) {
      const middle = (first + end) >> 1;
      this.#part(from, to, middle * WORD_CELLS, this.#longestAxis(from, to));
      this.build(first, middle);
      this.build(middle, end);
    }
    this.#describe(node, from, to);
    const at = K.NODE_LENGTH * node;
    this.#nodes[at + K.FIRST_WORD] = first;
    this.#nodes[at + K.END_WORD] = end;
    this.#nodes[at + K.NEXT] = this.#next;
  }

  #longestAxis(from: number, to: number): number {
    const p = this.#grid.pEcefKm;
    const extents = [0, 1, 2].map((axis) => {
      let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let i = from; i < to; i++) {
        const x = p[3 * (this.#order[i] as number) + axis] as number;
        if (x < least) least = x;
        if (x > most) most = x;
      }
      return most - least;
    });
    return extents.indexOf(Math.max(...extents));
  }

  /** Puts the least along an axis before place `middle`, the others from there on (Hoare 1961, Algorithm 65). */
  #part(from: number, to: number, middle: number, axis: number): void {
    const order = this.#order;
    const p = this.#grid.pEcefKm;
    let [low, high] = [from, to - 1];
    while (low < high) {
      const pivot = p[3 * (order[(low + high) >> 1] as number) + axis] as number;
      let [i, j] = [low, high];
      while (i <= j) {
        while ((p[3 * (order[i] as number) + axis] as number) < pivot) i++;
        while ((p[3 * (order[j] as number) + axis] as number) > pivot) j--;
        if (i > j) break;
        const cell = order[i] as number;
        order[i++] = order[j] as number;
        order[j--] = cell;
      }
      if (middle <= j) high = j;
      else if (middle >= i) low = i;
      else return;
    }
  }

  /** Centre and radius of the ball; the mean vertical and how far the others are from it. */
  #describe(node: number, from: number, to: number): void {
    const { pEcefKm: p, up } = this.#grid;
    const at = K.NODE_LENGTH * node;
    const nodes = this.#nodes;
    for (let i = from; i < to; i++) {
      const c = 3 * (this.#order[i] as number);
      for (let axis = 0; axis < 3; axis++) {
        nodes[at + K.CENTRE + axis] = (nodes[at + K.CENTRE + axis] as number) + (p[c + axis] as number) / (to - from);
        nodes[at + K.UP + axis] = (nodes[at + K.UP + axis] as number) + (up[c + axis] as number);
      }
    }
    const [x, y, z] = [
      nodes[at + K.CENTRE] as number,
      nodes[at + K.CENTRE + 1] as number,
      nodes[at + K.CENTRE + 2] as number,
    ];
    const norm =
      Math.hypot(nodes[at + K.UP] as number, nodes[at + K.UP + 1] as number, nodes[at + K.UP + 2] as number) || 1;
    for (let axis = 0; axis < 3; axis++) nodes[at + K.UP + axis] = (nodes[at + K.UP + axis] as number) / norm;
    let [far2, leastCos] = [0, 1];
    for (let i = from; i < to; i++) {
      const c = 3 * (this.#order[i] as number);
      const [dx, dy, dz] = [(p[c] as number) - x, (p[c + 1] as number) - y, (p[c + 2] as number) - z];
      far2 = Math.max(far2, dx * dx + dy * dy + dz * dz);
      const cos =
        (up[c] as number) * (nodes[at + K.UP] as number) +
        (up[c + 1] as number) * (nodes[at + K.UP + 1] as number) +
        (up[c + 2] as number) * (nodes[at + K.UP + 2] as number);
      leastCos = Math.min(leastCos, cos);
    }
    nodes[at + K.RADIUS_KM] = Math.sqrt(far2) + HAIR_KM;
    nodes[at + K.SPREAD_RAD] = Math.acos(Math.max(-1, leastCos)) + HAIR_RAD;
  }
}
