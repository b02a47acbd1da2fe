/** Opportunities: moments at which a satellite could look at a cell. Structure of arrays, pass by pass. */

import { radixOrder } from "../numerics/radix.ts";

/**
 * One satellite's opportunities over a span. Those of pass `p` stand at `passFirst[p]` up to `passFirst[p + 1]`, ordered
 * from right to left of the track (by `xTrackKm`), so that a strip is a range of them.
 */
export interface Opportunities {
  readonly passFirst: Uint32Array;
  /** Index into the grid. */
  readonly cell: Uint32Array;
  /** When the cell is abeam (closest), UTC ms. */
  readonly atMs: Float64Array;
  /** Distance of the cell from the ground track, km; positive left of the flight. */
  readonly xTrackKm: Float32Array;
  /** At the satellite, from geodetic nadir. */
  readonly offNadirDeg: Float32Array;
  /** At the cell, from its vertical. */
  readonly incidenceDeg: Float32Array;
  readonly sunElevationDeg: Float32Array;
}

/** No cell in sight is further across track than a quarter of the Earth: 10,000 km in units of ten metres. */
const TRACK_OFFSET = 1_000_000;

/** Collects rows of unknown number without an object per row. */
export class OpportunityColumns {
  length = 0;
  #capacity = 1024;
  #cell = new Uint32Array(this.#capacity);
  #columns = Array.from({ length: 5 }, () => new Float64Array(this.#capacity));
  readonly #passFirst: number[] = [0];

  /** `row`: instant (UTC ms), distance across track (km), off-nadir, incidence, sun elevation (degrees); copied. */
  push(cell: number, row: Float64Array): void {
    if (this.length === this.#capacity) this.#grow();
    const i = this.length++;
    this.#cell[i] = cell;
    for (let c = 0; c < 5; c++) (this.#columns[c] as Float64Array)[i] = row[c] as number;
  }

  /** Ends a pass: what was pushed since the last call; nothing pushed, no pass. */
  endPass(): void {
    const from = this.#passFirst.at(-1) ?? 0;
    if (this.length === from) return;
    this.#sortByTrack(from, this.length);
    this.#passFirst.push(this.length);
  }

  done(): Opportunities {
    const n = this.length;
    const [at, x, off, incidence, sun] = this.#columns as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return {
      passFirst: Uint32Array.from(this.#passFirst),
      cell: this.#cell.slice(0, n),
      atMs: at.slice(0, n),
      xTrackKm: Float32Array.from(x.subarray(0, n)),
      offNadirDeg: Float32Array.from(off.subarray(0, n)),
      incidenceDeg: Float32Array.from(incidence.subarray(0, n)),
      sunElevationDeg: Float32Array.from(sun.subarray(0, n)),
    };
  }

  /** Rows of one pass by distance across track, to ten metres; ties by cell. */
  #sortByTrack(from: number, to: number): void {
    const x = this.#columns[1] as Float64Array;
    const keys = new Uint32Array(to - from);
    for (let i = from; i < to; i++) keys[i - from] = Math.round((x[i] as number) * 100) + TRACK_OFFSET;
    const order = radixOrder(keys);
    this.#tiesByCell(order, keys, from);
    const moved = new Float64Array(to - from);
    for (const column of [this.#cell, ...this.#columns]) {
      for (let i = 0; i < order.length; i++) moved[i] = column[from + (order[i] as number)] as number;
      column.set(moved, from);
    }
  }

  #tiesByCell(order: Uint32Array, keys: Uint32Array, from: number): void {
    for (let i = 1; i < order.length; i++) {
      const row = order[i] as number;
      const cell = this.#cell[from + row] as number;
      let to = i;
      for (; to > 0 && keys[order[to - 1] as number] === keys[row]; to--) {
        if ((this.#cell[from + (order[to - 1] as number)] as number) <= cell) break;
        order[to] = order[to - 1] as number;
      }
      order[to] = row;
    }
  }

  #grow(): void {
    this.#capacity *= 2;
    const grown = new Uint32Array(this.#capacity);
    grown.set(this.#cell);
    this.#cell = grown;
    this.#columns = this.#columns.map((column) => {
      const larger = new Float64Array(this.#capacity);
      larger.set(column);
      return larger;
    });
  }
}
