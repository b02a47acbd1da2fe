/** Gaps between looks at one cell after another, by kind of sensor: longest gap, share of hours with a look, histogram. */
import { type Interval, MS_PER_HOUR } from "../time/instant.ts";
import { CHANNELS, inChannel } from "./acceptance.ts";

/** Bin edges of gap histograms, hours, multiples of a quarter; the last bin is open. */
export const GAP_EDGES_H: readonly number[] = [0, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 96, 120, 168];

const LAST_QUARTER = 168 * 4;
/** Bin of a gap by its whole quarters of an hour. */
const BIN_OF_QUARTER: Uint8Array = Uint8Array.from({ length: LAST_QUARTER + 1 }, (_, q) =>
  GAP_EDGES_H.findLastIndex((edge) => q / 4 >= edge),
);

/** Figures of one channel over all cells. */
export interface GapFigures {
  /** Hours, per cell: the longest stretch of the span without a time, its ends included. */
  readonly longestH: Float32Array;
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
  readonly #hour = new Int32Array(CHANNELS);
  readonly #count = new Int32Array(CHANNELS);

  constructor(cells: number, { start, end }: Interval) {
    this.channels = Array.from({ length: CHANNELS }, () => ({
      longestH: new Float32Array(cells),
      share01: new Float32Array(cells),
      histogram: new Float64Array(GAP_EDGES_H.length),
    }));
    this.#startMs = start;
    this.#endMs = end;
    this.#hours = Math.ceil((end - start) / MS_PER_HOUR);
    this.#reset();
  }

  /** A time at which the kinds in `bits` (bit k: `SENSOR_KINDS[k]`) could look, or did. */
  add(bits: number, atMs: number): void {
    const hour = Math.floor((atMs - this.#startMs) / MS_PER_HOUR);
    for (let c = 0; c < CHANNELS; c++) if (inChannel(bits, c)) this.#touch(c, atMs, hour);
  }

  endCell(cell: number): void {
    for (let c = 0; c < CHANNELS; c++) {
      this.#gap(c, this.#endMs);
      const { longestH, share01 } = this.channels[c] as GapFigures;
      longestH[cell] = (this.#longestMs[c] as number) / MS_PER_HOUR;
      share01[cell] = (this.#count[c] as number) / this.#hours;
    }
    this.#reset();
  }

  #reset(): void {
    this.#lastMs.fill(this.#startMs);
    this.#longestMs.fill(0);
    this.#hour.fill(-1);
    this.#count.fill(0);
  }

  #touch(c: number, atMs: number, hour: number): void {
    this.#gap(c, atMs);
    if (hour === this.#hour[c]) return;
    this.#hour[c] = hour;
    this.#count[c] = (this.#count[c] as number) + 1;
  }

  #gap(c: number, atMs: number): void {
    const gapMs = atMs - (this.#lastMs[c] as number);
    this.#lastMs[c] = atMs;
    if (gapMs > (this.#longestMs[c] as number)) this.#longestMs[c] = gapMs;
    const { histogram } = this.channels[c] as GapFigures;
    const bin = BIN_OF_QUARTER[Math.min(LAST_QUARTER, Math.floor((gapMs * 4) / MS_PER_HOUR))] as number;
    histogram[bin] = (histogram[bin] as number) + 1;
  }
}
