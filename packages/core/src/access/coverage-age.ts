/** Age of the newest look at coarser cells, from exact moments: for any subset of groups, without propagating again. */
import type { Kernel } from "@vedette/kernel/kernel";
import { MS_PER_HOUR, MS_PER_MINUTE } from "../time/instant.ts";
import { CHANNELS, inChannel } from "./acceptance.ts";
import type { Coverage, CoveragePlan, Moments, PlacedMoments } from "./coverage.ts";
import type { Groups } from "./coverage-query.ts";

/**
 * One channel. Age counts from a look to the next; before a cell's first look in the span there is none, and what is left
 * at the end counts. Per coarse cell; NaN where there was no look. Zeros at the end of `gaps` and `rests` are left out.
 */
export interface PictureAges {
  readonly looks: Uint32Array;
  readonly meanAgeH: Float64Array;
  /** The longest stretch without a look, both ends of the span included. */
  readonly longestGapH: Float64Array;
  /** Mean time from one look to the next. */
  readonly revisitH: Float64Array;
  /** `gaps[m]`: stretches after a look of m whole minutes; `rests[m]`: milliseconds beyond those minutes, summed. */
  readonly gaps: Float64Array;
  readonly rests: Float64Array;
}

/** Ages over a range of coarse cells; arrays are of the range. */
export interface AgePart {
  readonly fromCell: number;
  readonly toCell: number;
  readonly channels: readonly PictureAges[];
}

/** All channels. */
export function pictureAgesOf(coverage: Coverage, groups: Groups): PictureAges[] {
  return mergeAges([agesOfCells(coverage, groups, 0, coverage.plan.coarse.count)]);
}

/** The ages of some cells; parts of different cells add up, in whatever order. */
export function agesOfCells(coverage: Coverage, groups: Groups, fromCell: number, toCell: number): AgePart {
  const { plan, kernel, swept } = coverage;
  const channelsOf = channelsByTag(plan, groups);
  const order = { plan, channelsOf, fromCell, toCell };
  if ("first" in swept.moments) return { fromCell, toCell, channels: plainAges(swept.moments, order) };
  if (kernel === undefined) throw new RangeError("moments in a kernel's memory need the kernel");
  return { fromCell, toCell, channels: agesInKernel(kernel, swept.moments, order) };
}

interface AgeOrder {
  readonly plan: CoveragePlan;
  readonly channelsOf: Uint8Array;
  readonly fromCell: number;
  readonly toCell: number;
}

const minutesOf = ({ span }: CoveragePlan) => Math.ceil((span.end - span.start) / MS_PER_MINUTE) + 1;

function agesInKernel(kernel: Kernel, moments: PlacedMoments, { plan, channelsOf, fromCell, toCell }: AgeOrder) {
  const { firstAt, atAt, tagAt } = moments;
  const [count, bins] = [toCell - fromCell, minutesOf(plan)];
  const cells = kernel.take(32 * CHANNELS * count);
  try {
    const minutes = kernel.take(16 * CHANNELS * bins);
    const channels = kernel.take(channelsOf.length);
    const most = mostMoments(new Uint32Array(kernel.memory.buffer, firstAt, plan.coarse.count + 1));
    const work = kernel.take(kernel.run.agesWorkBytes(most));
    new Uint8Array(kernel.memory.buffer, channels, channelsOf.length).set(channelsOf);
    kernel.doubles(minutes, 2 * CHANNELS * bins).fill(0);
    const spanMs = plan.span.end - plan.span.start;
    const { run } = kernel;
    run.agesOf(firstAt, atAt, tagAt, channels, fromCell, toCell, plan.unitMs, spanMs, cells, minutes, bins, most, work);
    const perCell = (c: number, column: number) => kernel.doubles(cells + 8 * count * (4 * c + column), count).slice();
    // Pairs: gaps, and what is left of them.
    const perMinute = (c: number, column: number) => {
      const pairs = trimmed(kernel.doubles(minutes + 16 * bins * c, 2 * bins));
      return trimmed(Float64Array.from({ length: Math.ceil(pairs.length / 2) }, (_, m) => pairs[2 * m + column] ?? 0));
    };
    return Array.from({ length: CHANNELS }, (_, c) => ({
      looks: Uint32Array.from(perCell(c, 0)),
      meanAgeH: perCell(c, 1),
      longestGapH: perCell(c, 2),
      revisitH: perCell(c, 3),
      gaps: perMinute(c, 0),
      rests: perMinute(c, 1),
    }));
  } finally {
    kernel.release(cells);
  }
}

function mostMoments(first: Uint32Array): number {
  let most = 0;
  for (let c = 0; c + 1 < first.length; c++) most = Math.max(most, (first[c + 1] as number) - (first[c] as number));
  return most;
}

/** Without the zeros at the end: gaps are short, and spans long. */
function trimmed(values: Float64Array): Float64Array {
  let length = values.length;
  while (length > 0 && values[length - 1] === 0) length--;
  return values.subarray(0, length);
}

function plainAges({ first, at, tag }: Moments, { plan, channelsOf, fromCell, toCell }: AgeOrder): PictureAges[] {
  const spanMs = plan.span.end - plan.span.start;
  const tables = Array.from({ length: CHANNELS }, () => new AgeTable(toCell - fromCell, spanMs, minutesOf(plan)));
  for (let cell = fromCell; cell < toCell; cell++) {
    for (let row = first[cell] as number, end = first[cell + 1] as number; row < end; row++) {
      const bits = channelsOf[tag[row] as number] as number;
      for (let c = 0; c < CHANNELS; c++) {
        if (((bits >> c) & 1) !== 0) tables[c]?.look((at[row] as number) * plan.unitMs);
      }
    }
    for (const table of tables) table.endCell(cell - fromCell);
  }
  return tables;
}

/** Bit c: a moment with this tag counts in channel c. */
function channelsByTag({ satellites }: CoveragePlan, groups: Groups): Uint8Array {
  const groupCount = satellites.reduce((most, { group }) => Math.max(most, group + 1), 0);
  return Uint8Array.from({ length: 16 * groupCount }, (_, tag) => {
    if (groups[tag >> 4] !== 1) return 0;
    let bits = 0;
    for (let c = 0; c < CHANNELS; c++) if (inChannel(tag & 15, c)) bits |= 1 << c;
    return bits;
  });
}

class AgeTable implements PictureAges {
  readonly looks: Uint32Array;
  readonly meanAgeH: Float64Array;
  readonly longestGapH: Float64Array;
  readonly revisitH: Float64Array;
  readonly gaps: Float64Array;
  readonly rests: Float64Array;
  readonly #spanMs: number;
  #count = 0;
  #firstMs = 0;
  #lastMs = 0;
  #longestMs = 0;
  #squares = 0;

  constructor(cells: number, spanMs: number, minutes: number) {
    this.looks = new Uint32Array(cells);
    this.meanAgeH = new Float64Array(cells);
    this.longestGapH = new Float64Array(cells);
    this.revisitH = new Float64Array(cells);
    this.gaps = new Float64Array(minutes);
    this.rests = new Float64Array(minutes);
    this.#spanMs = spanMs;
  }

  look(atMs: number): void {
    const gapMs = atMs - this.#lastMs;
    if (gapMs > this.#longestMs) this.#longestMs = gapMs;
    if (this.#count++ === 0) this.#firstMs = atMs;
    else this.#age(gapMs);
    this.#lastMs = atMs;
  }

  endCell(cell: number): void {
    const count = this.#count;
    const left = this.#spanMs - this.#lastMs;
    if (count > 0) this.#age(left);
    this.looks[cell] = count;
    this.longestGapH[cell] = Math.max(this.#longestMs, left) / MS_PER_HOUR;
    this.meanAgeH[cell] = count === 0 ? Number.NaN : this.#squares / 2 / (this.#spanMs - this.#firstMs) / MS_PER_HOUR;
    this.revisitH[cell] = count < 2 ? Number.NaN : (this.#lastMs - this.#firstMs) / (count - 1) / MS_PER_HOUR;
    this.#count = 0;
    this.#lastMs = 0;
    this.#longestMs = 0;
    this.#squares = 0;
  }

  #age(gapMs: number): void {
    this.#squares += gapMs * gapMs;
    const minutes = Math.floor(gapMs / MS_PER_MINUTE);
    this.gaps[minutes] = (this.gaps[minutes] as number) + 1;
    this.rests[minutes] = (this.rests[minutes] as number) + (gapMs - minutes * MS_PER_MINUTE);
  }
}

export function mergeAges(parts: readonly AgePart[]): PictureAges[] {
  const cells = parts.reduce((most, { toCell }) => Math.max(most, toCell), 0);
  return Array.from({ length: CHANNELS }, (_, c) => {
    const tables = parts.map(({ channels, fromCell }) => ({ table: channels[c] as PictureAges, fromCell }));
    const merged = {
      looks: new Uint32Array(cells),
      meanAgeH: new Float64Array(cells),
      longestGapH: new Float64Array(cells),
      revisitH: new Float64Array(cells),
      gaps: sumOf(tables.map(({ table }) => table.gaps)),
      rests: sumOf(tables.map(({ table }) => table.rests)),
    };
    for (const { table, fromCell } of tables) {
      for (const name of ["looks", "meanAgeH", "longestGapH", "revisitH"] as const)
        merged[name].set(table[name], fromCell);
    }
    return merged;
  });
}

/** Of whole numbers below 2^53, so that the order does not matter. */
function sumOf(parts: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(parts.reduce((most, { length }) => Math.max(most, length), 0));
  for (const part of parts) {
    for (let m = 0; m < part.length; m++) sum[m] = (sum[m] as number) + (part[m] as number);
  }
  return trimmed(sum);
}

/** The age that is not exceeded in a share `q01` of the time in which there is one, over all cells, hours; NaN without looks. */
export function ageQuantileH({ gaps, rests }: PictureAges, q01: number): number {
  // Time spent at ages within each whole minute.
  const spent = new Float64Array(gaps.length);
  let longer = 0;
  for (let m = gaps.length - 1; m >= 0; m--) {
    // Gaps of whole minutes leave no rest.
    spent[m] = longer * MS_PER_MINUTE + (rests[m] ?? 0);
    longer += gaps[m] as number;
  }
  const total = spent.reduce((sum, ms) => sum + ms, 0);
  let left = q01 * total;
  for (let m = 0; m < spent.length; m++) {
    const here = spent[m] as number;
    if (left <= here && here > 0) return ((m + left / here) * MS_PER_MINUTE) / MS_PER_HOUR;
    left -= here;
  }
  return Number.NaN;
}
