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
  readonly cells: number;
  /** When the picture is at headquarters; NaN: not within the span. */
  deliveredMs: number;
  /** Index of the ground point, -1 until sent. */
  ground: number;
}

/** Cell-looks, row by row, in order of taking. */
export interface Taken {
  readonly looks: readonly Look[];
  /** Index into `looks`. */
  readonly look: Uint32Array;
  readonly cell: Uint32Array;
  readonly atMs: Float64Array;
}

/** Cell-looks by cell: those of cell c are `rows[first[c]]` up to `rows[first[c + 1]]`, in order of time. */
export interface TakenByCell {
  readonly first: Uint32Array;
  readonly rows: Uint32Array;
}

export function takenByCell({ cell, atMs }: Taken, cells: number): TakenByCell {
  const first = new Uint32Array(cells + 1);
  for (let row = 0; row < cell.length; row++) {
    const c = (cell[row] as number) + 1;
    first[c] = (first[c] as number) + 1;
  }
  for (let c = 0; c < cells; c++) first[c + 1] = (first[c + 1] as number) + (first[c] as number);
  const next = first.slice();
  const rows = new Uint32Array(cell.length);
  for (let row = 0; row < cell.length; row++) {
    const c = cell[row] as number;
    let to = next[c] as number;
    next[c] = to + 1;
    const t = atMs[row] as number;
    for (const from = first[c] as number; to > from && (atMs[rows[to - 1] as number] as number) > t; to--)
      rows[to] = rows[to - 1] as number;
    rows[to] = row;
  }
  return { first, rows };
}

/** Rows of unknown number, without an object each. */
export class TakenRows {
  #length = 0;
  #look = new Uint32Array(1024);
  #cell = new Uint32Array(1024);
  #atMs = new Float64Array(1024);

  push(look: number, cell: number, atMs: number): void {
    if (this.#length === this.#look.length) this.#grow();
    this.#look[this.#length] = look;
    this.#cell[this.#length] = cell;
    this.#atMs[this.#length++] = atMs;
  }

  done(looks: readonly Look[]): Taken {
    const n = this.#length;
    return { looks, look: this.#look.subarray(0, n), cell: this.#cell.subarray(0, n), atMs: this.#atMs.subarray(0, n) };
  }

  #grow(): void {
    const [look, cell, atMs] = [this.#look, this.#cell, this.#atMs];
    this.#look = new Uint32Array(2 * look.length);
    this.#cell = new Uint32Array(2 * look.length);
    this.#atMs = new Float64Array(2 * look.length);
    this.#look.set(look);
    this.#cell.set(cell);
    this.#atMs.set(atMs);
  }
}
