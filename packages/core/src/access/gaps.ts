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
  readonly #lastMs = new Float64Array(CHANNELS);
  readonly #longestMs = new Float64Array(CHANNELS);
  readonly #firstMs = new Float64Array(CHANNELS);
  readonly #times = new Int32Array(CHANNELS);
  readonly #hour = new Int32Array(CHANNELS);
  readonly #count = new Int32Array(CHANNELS);
  /** Of all channels, one after another. */
  readonly #histograms = new Float64Array(CHANNELS * BINS);

  constructor(cells: number, { start, end }: Interval) {
    this.channels = Array.from({ length: CHANNELS }, (_, c) => ({
      longestH: new Float32Array(cells),
      revisitH: new Float32Array(cells),
      share01: new Float32Array(cells),
      histogram: this.#histograms.subarray(BINS * c, BINS * (c + 1)),
    }));
    this.#startMs = start;
    this.#endMs = end;
    this.#hours = Math.ceil((end - start) / MS_PER_HOUR);
    this.#reset();
  }

  /** A time at which the kinds in `bits` (bit k: `SENSOR_KINDS[k]`) could look, or did. */
  add(bits: number, atMs: number): void {
    const hour = Math.floor((atMs - this.#startMs) / MS_PER_HOUR);
    if ((bits & IMAGING) !== 0) this.#touch(0, atMs, hour);
    if ((bits & 1) !== 0) this.#touch(1, atMs, hour);
    if ((bits & 2) !== 0) this.#touch(2, atMs, hour);
    if ((bits & 4) !== 0) this.#touch(3, atMs, hour);
    if ((bits & 8) !== 0) this.#touch(4, atMs, hour);
  }

  endCell(cell: number): void {
    for (let c = 0; c < CHANNELS; c++) {
      const { longestH, revisitH, share01 } = this.channels[c] as GapFigures;
      const times = this.#times[c] as number;
      const overMs = (this.#lastMs[c] as number) - (this.#firstMs[c] as number);
      revisitH[cell] = times < 2 ? Number.NaN : overMs / (times - 1) / MS_PER_HOUR;
      this.#gap(c, this.#endMs);
      longestH[cell] = (this.#longestMs[c] as number) / MS_PER_HOUR;
      share01[cell] = (this.#count[c] as number) / this.#hours;
    }
    this.#reset();
  }

  #reset(): void {
    this.#lastMs.fill(this.#startMs);
    this.#longestMs.fill(0);
    this.#times.fill(0);
    this.#hour.fill(-1);
    this.#count.fill(0);
  }

  #touch(c: number, atMs: number, hour: number): void {
    this.#gap(c, atMs);
    if (this.#times[c] === 0) this.#firstMs[c] = atMs;
    this.#times[c] = (this.#times[c] as number) + 1;
    if (hour === this.#hour[c]) return;
    this.#hour[c] = hour;
    this.#count[c] = (this.#count[c] as number) + 1;
  }

  #gap(c: number, atMs: number): void {
    const gapMs = atMs - (this.#lastMs[c] as number);
    this.#lastMs[c] = atMs;
    if (gapMs > (this.#longestMs[c] as number)) this.#longestMs[c] = gapMs;
    const quarters = gapMs < LAST_QUARTER_MS ? Math.floor(gapMs / QUARTER_MS) : LAST_QUARTER;
    const bin = BINS * c + (BIN_OF_QUARTER[quarters] as number);
    this.#histograms[bin] = (this.#histograms[bin] as number) + 1;
  }
}
