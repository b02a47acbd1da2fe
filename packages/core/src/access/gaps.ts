/** Gaps between looks at one cell after another: longest gap, share of hours with a look, histogram of all gaps. */
import { MS_PER_HOUR } from "../time/instant.ts";

/** Bin edges of gap histograms, hours; the last bin is open. */
export const GAP_EDGES_H: readonly number[] = [0, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 96, 120, 168];

/** One channel: times of one kind, cell by cell, each in time order. */
export class GapChannel {
  /** Hours, per cell: the longest stretch of the span without a time, its ends included. */
  readonly longestH: Float32Array;
  /** Share of the span's hours with at least one time, per cell. */
  readonly share01: Float32Array;
  readonly histogram: Float64Array = new Float64Array(GAP_EDGES_H.length);
  readonly #startMs: number;
  readonly #endMs: number;
  readonly #hours: number;
  #lastMs: number;
  #longestMs = 0;
  #hour = -1;
  #count = 0;

  constructor(cells: number, startMs: number, endMs: number) {
    this.longestH = new Float32Array(cells);
    this.share01 = new Float32Array(cells);
    this.#startMs = startMs;
    this.#endMs = endMs;
    this.#hours = Math.ceil((endMs - startMs) / MS_PER_HOUR);
    this.#lastMs = startMs;
  }

  add(atMs: number): void {
    this.#gap(atMs);
    const hour = Math.floor((atMs - this.#startMs) / MS_PER_HOUR);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#count++;
    }
  }

  /** Ends one cell; the next `add` belongs to another. */
  endCell(cell: number): void {
    this.#gap(this.#endMs);
    this.longestH[cell] = this.#longestMs / MS_PER_HOUR;
    this.share01[cell] = this.#count / this.#hours;
    this.#lastMs = this.#startMs;
    this.#longestMs = 0;
    this.#hour = -1;
    this.#count = 0;
  }

  #gap(atMs: number): void {
    const gapMs = atMs - this.#lastMs;
    this.#lastMs = atMs;
    if (gapMs > this.#longestMs) this.#longestMs = gapMs;
    const gapH = gapMs / MS_PER_HOUR;
    let bin = 0;
    while (bin < GAP_EDGES_H.length - 1 && gapH >= (GAP_EDGES_H[bin + 1] as number)) bin++;
    this.histogram[bin] = (this.histogram[bin] as number) + 1;
  }
}
