/** Looks: what a satellite images in one go, what it needs to do so, and which cells it got. */
import type { LookSensor } from "./sensors.ts";

export interface LookSatellite {
  readonly active: boolean;
  readonly sensors: readonly LookSensor[];
  readonly memoryGbit: number;
  readonly downlinkMbps: number;
  readonly processingMs: number;
  readonly periodMs: number;
}

/** A station, or a relay with its terminals. */
export interface GroundPoint {
  readonly id: string;
  readonly usable: boolean;
  readonly antennas: number;
  /** Infinite where the satellite's own rate decides. */
  readonly rateMbps: number;
}

/** One strip of one sensor. */
export interface Look {
  readonly satellite: number;
  /** Index of the pass in the acceptance. */
  readonly pass: number;
  readonly sensor: LookSensor;
  readonly startMs: number;
  readonly endMs: number;
  readonly gbit: number;
  /** Its cells are the rows from here, so many of them. */
  readonly firstRow: number;
  readonly cells: number;
  /** When the picture is at headquarters; NaN: not within the span. */
  deliveredMs: number;
  /** Index of the ground point, -1 until sent. */
  ground: number;
}

/** Cell-looks: look by look, rows of cells with the time at which each was seen (packed, as in the sky). */
export interface Taken {
  readonly looks: readonly Look[];
  readonly cell: Uint32Array;
  readonly at: Uint32Array;
}

/** Cell-looks by cell: those of cell c are `first[c]` up to `first[c + 1]`, in order of time. */
export interface TakenByCell {
  readonly first: Uint32Array;
  readonly at: Uint32Array;
  /** Index into the looks. */
  readonly look: Uint32Array;
}

export function takenByCell({ looks, cell, at }: Taken, cells: number): TakenByCell {
  const first = new Uint32Array(cells + 1);
  for (let row = 0; row < cell.length; row++) {
    const c = (cell[row] as number) + 1;
    first[c] = (first[c] as number) + 1;
  }
  for (let c = 0; c < cells; c++) first[c + 1] = (first[c + 1] as number) + (first[c] as number);
  const next = first.slice();
  const sorted = { first, at: new Uint32Array(cell.length), look: new Uint32Array(cell.length) };
  looks.forEach(({ firstRow, cells: rows }, look) => {
    for (let row = firstRow; row < firstRow + rows; row++) {
      const c = cell[row] as number;
      const t = at[row] as number;
      let to = next[c] as number;
      next[c] = to + 1;
      // Looks come in order of their passes: only passes that overlap leave anything to put right.
      for (const from = first[c] as number; to > from && (sorted.at[to - 1] as number) > t; to--) {
        sorted.at[to] = sorted.at[to - 1] as number;
        sorted.look[to] = sorted.look[to - 1] as number;
      }
      sorted.at[to] = t;
      sorted.look[to] = look;
    }
  });
  return sorted;
}

/** Rows of unknown number, without an object each. */
export class TakenRows {
  length = 0;
  #cell = new Uint32Array(1024);
  #at = new Uint32Array(1024);

  push(cell: number, at: number): void {
    if (this.length === this.#cell.length) {
      const capacity = Math.ceil(1.5 * this.length);
      this.#cell = grown(this.#cell, capacity);
      this.#at = grown(this.#at, capacity);
    }
    this.#cell[this.length] = cell;
    this.#at[this.length++] = at;
  }

  done(looks: readonly Look[]): Taken {
    return { looks, cell: this.#cell.subarray(0, this.length), at: this.#at.subarray(0, this.length) };
  }
}

function grown(array: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity);
  larger.set(array);
  return larger;
}
