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
  readonly #spanMs: number;
  readonly #hours: number;
  /** Times of the cell at hand, ms since the span's start, and the kinds of each. */
  #length = 0;
  #sinceMs = new Float64Array(256);
  #bits = new Uint8Array(256);
  /** Those of one channel. */
  #mineMs = new Float64Array(256);

  constructor(cells: number, { start, end }: Interval) {
    this.channels = Array.from({ length: CHANNELS }, () => ({
      longestH: new Float32Array(cells),
      revisitH: new Float32Array(cells),
      share01: new Float32Array(cells),
      histogram: new Float64Array(BINS),
    }));
    this.#startMs = start;
    this.#spanMs = end - start;
    this.#hours = Math.ceil((end - start) / MS_PER_HOUR);
  }

  /** A time at which the kinds in `bits` (bit k: `SENSOR_KINDS[k]`) could look, or did. */
  add(bits: number, atMs: number): void {
    if (this.#length === this.#bits.length) this.#grow();
    this.#bits[this.#length] = bits;
    this.#sinceMs[this.#length++] = atMs - this.#startMs;
  }

  endCell(cell: number): void {
    this.channels.forEach((channel, c) => {
      this.#figure(channel, cell, this.#pick(c === 0 ? IMAGING : 1 << (c - 1)));
    });
    this.#length = 0;
  }

  /** Brings the times whose kinds are in `mask` to the front of `#mineMs`; no branch, because none could be foretold. */
  #pick(mask: number): number {
    const [bits, since, mine, length] = [this.#bits, this.#sinceMs, this.#mineMs, this.#length];
    let n = 0;
    for (let i = 0; i < length; i++) {
      mine[n] = since[i] as number;
      n += ((bits[i] as number) & mask) === 0 ? 0 : 1;
    }
    return n;
  }

  /** One channel of the cell: the first `n` of `#mineMs`. */
  #figure({ longestH, revisitH, share01, histogram }: GapFigures, cell: number, n: number): void {
    const mine = this.#mineMs;
    let [lastMs, longestMs, count, lastHour] = [0, 0, 0, -1];
    for (let i = 0; i < n; i++) {
      const sinceMs = mine[i] as number;
      const gapMs = sinceMs - lastMs;
      lastMs = sinceMs;
      if (gapMs > longestMs) longestMs = gapMs;
      const bin = binOf(gapMs);
      histogram[bin] = (histogram[bin] as number) + 1;
      const hour = wholeParts(sinceMs, MS_PER_HOUR);
      count += hour === lastHour ? 0 : 1;
      lastHour = hour;
    }
    revisitH[cell] = n < 2 ? Number.NaN : (lastMs - (mine[0] as number)) / (n - 1) / MS_PER_HOUR;
    const gapMs = this.#spanMs - lastMs;
    const bin = binOf(gapMs);
    histogram[bin] = (histogram[bin] as number) + 1;
    longestH[cell] = Math.max(longestMs, gapMs) / MS_PER_HOUR;
    share01[cell] = count / this.#hours;
  }

  #grow(): void {
    const [sinceMs, bits] = [this.#sinceMs, this.#bits];
    this.#sinceMs = new Float64Array(2 * this.#length);
    this.#bits = new Uint8Array(2 * this.#length);
    this.#mineMs = new Float64Array(2 * this.#length);
    this.#sinceMs.set(sinceMs);
    this.#bits.set(bits);
  }
}

function binOf(gapMs: number): number {
  return BIN_OF_QUARTER[gapMs < LAST_QUARTER_MS ? wholeParts(gapMs, QUARTER_MS) : LAST_QUARTER] as number;
}

/** How often `part` goes into whole milliseconds: a multiplication, and the half keeps a multiple from falling short. */
function wholeParts(ms: number, part: number): number {
  return ((ms + 0.5) * (1 / part)) | 0;
}
