/** The growing columns of `findFleetPasses`. */
import type { Unknown } from "../orbit/ephemeris.ts";
import type { Pass } from "./elevation-scan.ts";
import type { FleetPasses } from "./fleet-query.ts";

const RAD = 180 / Math.PI;
const CLIPPED = { none: 0, start: 1, end: 2, both: 3 } as const;
const FIRST_CAPACITY = 1024;
/** Rows taken ahead at most: 70 MB of columns. */
const MOST_AHEAD = 2_000_000;

/** Rows of one satellite as the kernel leaves them. */
export interface KernelRows {
  readonly site: Uint32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly clipped: Uint8Array;
  readonly peakMs: Float64Array;
  /** Sine of the elevation. */
  readonly peakSin: Float64Array;
}

interface Columns {
  satellite: Uint32Array<ArrayBuffer>;
  site: Uint32Array<ArrayBuffer>;
  startMs: Float64Array<ArrayBuffer>;
  endMs: Float64Array<ArrayBuffer>;
  clipped: Uint8Array<ArrayBuffer>;
  /** Empty where peaks are not asked for. */
  peakMs: Float64Array<ArrayBuffer>;
  peakDeg: Float64Array<ArrayBuffer>;
}

export class PassRows {
  #count = 0;
  #capacity = FIRST_CAPACITY;
  #columns: Columns;
  readonly #withPeaks: boolean;
  readonly #satellites: number;

  /** `satellites`: how many there will be, for a guess at how many rows. */
  constructor(satellites: number, withPeaks: boolean) {
    this.#satellites = satellites;
    this.#withPeaks = withPeaks;
    this.#columns = columnsOf(FIRST_CAPACITY, withPeaks);
  }

  get count(): number {
    return this.#count;
  }

  push(satellite: number, site: number, pass: Pass): void {
    this.#reserve(1, satellite);
    const i = this.#count++;
    const to = this.#columns;
    to.satellite[i] = satellite;
    to.site[i] = site;
    to.startMs[i] = pass.start;
    to.endMs[i] = pass.end;
    to.clipped[i] = CLIPPED[pass.clipped];
    if (!this.#withPeaks) return;
    to.peakMs[i] = pass.peak;
    to.peakDeg[i] = pass.peakElevationDeg;
  }

  append(satellite: number, rows: KernelRows): void {
    const { length } = rows.startMs;
    this.#reserve(length, satellite);
    const from = this.#count;
    const to = this.#columns;
    this.#count += length;
    to.satellite.fill(satellite, from, this.#count);
    to.site.set(rows.site, from);
    to.startMs.set(rows.startMs, from);
    to.endMs.set(rows.endMs, from);
    to.clipped.set(rows.clipped, from);
    if (!this.#withPeaks) return;
    to.peakMs.set(rows.peakMs, from);
    for (let i = 0; i < length; i++) to.peakDeg[from + i] = Math.asin(rows.peakSin[i] as number) * RAD;
  }

  /** The columns, cut to their rows. Nothing can be added after. */
  passes(unknown: readonly (readonly Unknown[])[]): FleetPasses {
    const n = this.#count;
    const { satellite, site, startMs, endMs, clipped, peakMs, peakDeg } = this.#columns;
    return {
      count: n,
      satellite: new Uint32Array(satellite.buffer.transfer(4 * n)),
      site: new Uint32Array(site.buffer.transfer(4 * n)),
      startMs: new Float64Array(startMs.buffer.transfer(8 * n)),
      endMs: new Float64Array(endMs.buffer.transfer(8 * n)),
      clipped: new Uint8Array(clipped.buffer.transfer(n)),
      unknown,
      ...(this.#withPeaks
        ? {
            peakMs: new Float64Array(peakMs.buffer.transfer(8 * n)),
            peakElevationDeg: new Float64Array(peakDeg.buffer.transfer(8 * n)),
          }
        : {}),
    };
  }

  /** Room for so many rows more, of the satellite at this place in the list: where there is none, for those to come as well. */
  #reserve(more: number, satellite: number): void {
    const needed = this.#count + more;
    if (needed <= this.#capacity) return;
    const guess = (needed * this.#satellites) / (satellite + 1);
    this.#capacity = Math.ceil(Math.max(1.25 * needed, Math.min(1.1 * guess, needed + MOST_AHEAD)));
    const to = columnsOf(this.#capacity, this.#withPeaks);
    const from = this.#columns;
    for (const [name, column] of Object.entries(from)) to[name as keyof Columns].set(column.subarray(0, this.#count));
    this.#columns = to;
  }
}

function columnsOf(rows: number, withPeaks: boolean): Columns {
  const peaks = withPeaks ? rows : 0;
  return {
    satellite: new Uint32Array(rows),
    site: new Uint32Array(rows),
    startMs: new Float64Array(rows),
    endMs: new Float64Array(rows),
    clipped: new Uint8Array(rows),
    peakMs: new Float64Array(peaks),
    peakDeg: new Float64Array(peaks),
  };
}
