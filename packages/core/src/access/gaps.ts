/** Gaps between looks at one cell after another, by kind of sensor: longest gap, share of hours with a look, histogram. */
import { type Interval, MS_PER_HOUR } from "../time/instant.ts";
import { CHANNELS, IMAGING } from "./acceptance.ts";

/** Bin edges of gap histograms, hours, multiples of a quarter; the last bin is open. */
export const GAP_EDGES_H: readonly number[] = [0, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 96, 120, 168];

const BINS = GAP_EDGES_H.length;
const QUARTER_MS = MS_PER_HOUR / 4;
const LAST_QUARTER = 168 * 4;
const LAST_QUARTER_MS = LAST_QUARTER * QUARTER_MS;
/** Bin of a gap by its whole quarters of an hour. */
const BIN_OF_QUARTER: Uint8Array = Uint8Array.from({ length: LAST_QUARTER + 1 }, (_, q) =>
  GAP_EDGES_H.findLastIndex((edge) => q / 4 >= edge),
);

/** Figures of one channel over all cells. */
export interface GapFigures {
  /** Hours, per cell: the longest stretch of the span without a time, its ends included. */
  readonly longestH: Float32Array;
  /** Hours, per cell: mean interval from one time to the next; NaN where there are fewer than two. */
  readonly revisitH: Float32Array;
  /** Share of the span's hours with at least one time, per cell. */
  readonly share01: Float32Array;
  readonly histogram: Float64Array;
}

/** All channels at once: times of one cell in order, `endCell`, times of the next. */
export class GapTable {
  readonly channels: readonly GapFigures[];
  readonly #startMs: number;
  readonly #endMs: number;
  readonly #hours: number;
  /** Times of the cell at hand, and the kinds of each. */
  #length = 0;
  #atMs = new Float64Array(256);
  #bits = new Uint8Array(256);

  constructor(cells: number, { start, end }: Interval) {
    this.channels = Array.from({ length: CHANNELS }, () => ({
      longestH: new Float32Array(cells),
      revisitH: new Float32Array(cells),
      share01: new Float32Array(cells),
      histogram: new Float64Array(BINS),
    }));
    this.#startMs = start;
    this.#endMs = end;
    this.#hours = Math.ceil((end - start) / MS_PER_HOUR);
  }

  /** A time at which the kinds in `bits` (bit k: `SENSOR_KINDS[k]`) could look, or did. */
  add(bits: number, atMs: number): void {
    if (this.#length === this.#bits.length) this.#grow();
    this.#bits[this.#length] = bits;
    this.#atMs[this.#length++] = atMs;
  }

  endCell(cell: number): void {
    let seen = 0;
    for (let i = 0; i < this.#length; i++) seen |= this.#bits[i] as number;
    this.channels.forEach((channel, c) => {
      const mask = c === 0 ? IMAGING : 1 << (c - 1);
      this.#figure(channel, cell, (seen & mask) === 0 ? 0 : mask);
    });
    this.#length = 0;
  }

  /** One channel of the cell: the times whose kinds are in `mask`. */
  #figure({ longestH, revisitH, share01, histogram }: GapFigures, cell: number, mask: number): void {
    const [bits, at, startMs] = [this.#bits, this.#atMs, this.#startMs];
    const n = mask === 0 ? 0 : this.#length;
    let firstMs = 0;
    let lastMs = startMs;
    let longestMs = 0;
    let times = 0;
    let count = 0;
    // End of the hour that was counted last.
    let nextHourMs = startMs;
    for (let i = 0; i < n; i++) {
      if (((bits[i] as number) & mask) === 0) continue;
      const atMs = at[i] as number;
      const gapMs = atMs - lastMs;
      lastMs = atMs;
      if (gapMs > longestMs) longestMs = gapMs;
      const bin = binOf(gapMs);
      histogram[bin] = (histogram[bin] as number) + 1;
      if (times++ === 0) firstMs = atMs;
      if (atMs < nextHourMs) continue;
      nextHourMs = startMs + (Math.floor((atMs - startMs) / MS_PER_HOUR) + 1) * MS_PER_HOUR;
      count++;
    }
    revisitH[cell] = times < 2 ? Number.NaN : (lastMs - firstMs) / (times - 1) / MS_PER_HOUR;
    const gapMs = this.#endMs - lastMs;
    const bin = binOf(gapMs);
    histogram[bin] = (histogram[bin] as number) + 1;
    longestH[cell] = Math.max(longestMs, gapMs) / MS_PER_HOUR;
    share01[cell] = count / this.#hours;
  }

  #grow(): void {
    const [atMs, bits] = [this.#atMs, this.#bits];
    this.#atMs = new Float64Array(2 * this.#length);
    this.#bits = new Uint8Array(2 * this.#length);
    this.#atMs.set(atMs);
    this.#bits.set(bits);
  }
}

function binOf(gapMs: number): number {
  return BIN_OF_QUARTER[gapMs < LAST_QUARTER_MS ? Math.floor(gapMs / QUARTER_MS) : LAST_QUARTER] as number;
}
