/**
 * Coverage of a country by a coalition: for every cell and hour, which groups of satellites could have looked, by kind of
 * sensor, as one bit each. A group is satellites that depend on the same nations, so that any subset of nations is a
 * subset of groups, and is answered from the bits of one sweep (`coverage-query.ts`). Exact moments are kept for coarser
 * cells, for ages and gaps (`coverage-age.ts`).
 *
 * Bits of one group, kind and hour stand together, so that slices of hours are disjoint memory: threads that sweep
 * different hours have nothing to merge, and any number of threads gives the same bytes.
 */
import type { Kernel } from "@vedette/kernel/kernel";
import type { MeanElements } from "../orbit/elements.ts";
import { type TableOptions, tabulate } from "../orbit/table.ts";
import { type Interval, MS_PER_HOUR } from "../time/instant.ts";
import { CHANNELS } from "./acceptance.ts";
import { type CellTree, cellTreeOf } from "./cell-tree.ts";
import { hardlyMoves } from "./dwell.ts";
import type { CellGrid } from "./grid.ts";
import { type PlacedCells, placeCells } from "./kernel-cells.ts";
import type { Reach } from "./reach.ts";
import { timeUnitMs } from "./sky.ts";

export interface CoverageSensor {
  /** Index into `SENSOR_KINDS`. */
  readonly kind: number;
  readonly reach: Reach;
  /** -90 where the sensor works at night. */
  readonly minSunElevationDeg: number;
}

export interface CoverageSatellite {
  readonly elements: MeanElements;
  readonly table: TableOptions;
  /** Satellites that stand and fall together. */
  readonly group: number;
  readonly sensors: readonly CoverageSensor[];
}

export interface CoverageQuery {
  readonly satellites: readonly CoverageSatellite[];
  readonly grid: CellGrid;
  /** Cells whose moments are kept; at most 65,536. */
  readonly coarse: CellGrid;
  readonly span: Interval;
  /** Groups of satellites that nobody has elements of: unknown all the time. */
  readonly absent?: readonly Pick<CoverageSatellite, "group" | "sensors">[];
}

/** Bits of one group and kind: looks that were possible, or (`isNight`) would have been but for the sun. */
export interface PlaneKey {
  readonly group: number;
  readonly kind: number;
  readonly isNight: boolean;
}

/** A query made ready: plain data, which threads are given. */
export interface CoveragePlan extends CoverageQuery {
  readonly tree: CellTree;
  readonly coarseTree: CellTree;
  /** Hours from the span's start, the last one possibly short. */
  readonly hours: number;
  readonly planes: readonly PlaneKey[];
  /** From one hour's bits to the next; a plane has `hours` of them. */
  readonly rowBytes: number;
  /** Milliseconds that a unit of a moment stands for. */
  readonly unitMs: number;
  /** Per satellite: in view for hours, not abeam at a moment. */
  readonly isSlow: readonly boolean[];
}

/** Hours with a look, and of a gap, are told in 16 bits. */
const MOST_HOURS = 65_535;
const MOST_COARSE_CELLS = 65_536;
/** With its kind's bit a sensor's group goes into 16 bits. */
const MOST_GROUPS = 4096;
/** Sensors that one satellite may carry. */
const MOST_SENSORS = 8;

/** @throws RangeError where there are more hours than answers can count, more groups, coarse cells or sensors than moments can name */
export function coveragePlanOf(query: CoverageQuery): CoveragePlan {
  const { satellites, grid, coarse, span } = query;
  const hours = Math.ceil((span.end - span.start) / MS_PER_HOUR);
  refuse("hours", hours, MOST_HOURS);
  refuse("coarse cells", coarse.count, MOST_COARSE_CELLS);
  refuse("groups", Math.max(0, ...satellites.map(({ group }) => group + 1)), MOST_GROUPS);
  refuse("sensors on one satellite", Math.max(0, ...satellites.map(({ sensors }) => sensors.length)), MOST_SENSORS);
  const tree = cellTreeOf(grid);
  return {
    ...query,
    tree,
    coarseTree: cellTreeOf(coarse),
    hours,
    planes: planesOf(satellites),
    // Whole vectors of 16 bytes.
    rowBytes: 16 * Math.ceil(tree.words / 2),
    unitMs: timeUnitMs(span),
    isSlow: satellites.map(({ elements, table }) => isSlow(elements, table, span)),
  };
}

function refuse(what: string, count: number, most: number): void {
  if (count > most) throw new RangeError(`${count} ${what}: at most ${most}`);
}

function planesOf(satellites: readonly CoverageSatellite[]): PlaneKey[] {
  const keys = new Map<number, PlaneKey>();
  for (const { group, sensors } of satellites) {
    for (const { kind, minSunElevationDeg } of sensors) {
      keys.set(8 * group + 2 * kind, { group, kind, isNight: false });
      if (minSunElevationDeg > -90) keys.set(8 * group + 2 * kind + 1, { group, kind, isNight: true });
    }
  }
  return [...keys].sort(([a], [b]) => a - b).map(([, key]) => key);
}

/** Above 6 revolutions a day the mean motion over the ground is above that of `hardlyMoves`, whatever the orbit's shape. */
const SURELY_FAST_REVPDAY = 6;

/** Only a table tells for the others. */
function isSlow(elements: MeanElements, options: TableOptions, span: Interval): boolean {
  if (elements.meanMotionRevPerDay > SURELY_FAST_REVPDAY) return false;
  return hardlyMoves(tabulate(elements, span, options));
}

/** Where planes, and cells for the kernel, stand: bytes into one memory. */
export interface CoveragePlace {
  readonly planes: number;
  /** One plane a channel (`CHANNELS`), which questions work in. */
  readonly channels: number;
  /** Absent: swept without a kernel. */
  readonly cells?: { readonly fine: PlacedCells; readonly coarse: PlacedCells };
}

export function planeBytes(plan: CoveragePlan): number {
  return plan.planes.length * channelBytes(plan);
}

/** Lays planes and cells out in a kernel of their own: its memory is taken for good, and must be fresh, all zero. */
export function placeCoverage(plan: CoveragePlan, kernel: Kernel): CoveragePlace {
  const fine = placeCells(kernel, plan.grid, plan.tree);
  const coarse = placeCells(kernel, plan.coarse, plan.coarseTree);
  const planes = kernel.take(storeBytes(plan));
  return { planes, channels: planes + planeBytes(plan), cells: { fine, coarse } };
}

/** Bytes of all planes of groups, and those of channels after them. */
export function storeBytes(plan: CoveragePlan): number {
  return planeBytes(plan) + CHANNELS * channelBytes(plan);
}

export function channelBytes({ hours, rowBytes }: CoveragePlan): number {
  return hours * rowBytes;
}

/** What a slice gives beside the bits. */
export interface SlicePart {
  readonly fromHour: number;
  readonly toHour: number;
  readonly moments: Moments;
  /** Cells lit, by plane and hour: plane p's from `p * (toHour - fromHour)` on. */
  readonly lit: Uint32Array;
  readonly unknown: readonly CoverageUnknown[];
}

/** Moments of coarse cell c are rows `first[c]` up to `first[c + 1]`, by time, then tag. */
export interface Moments {
  readonly first: Uint32Array;
  /** Units of `unitMs` since the span's start. */
  readonly at: Uint32Array;
  /** Group times 16, and a bit for each kind that could look. */
  readonly tag: Uint16Array;
}

/** The same in a kernel's memory: addresses. */
export interface PlacedMoments {
  readonly firstAt: number;
  readonly atAt: number;
  readonly tagAt: number;
}

/** A stretch in which one satellite's position is unknown. */
export interface CoverageUnknown {
  readonly satellite: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly code: string;
}

/** All slices together; threads are given it as it is. */
export interface Swept {
  /** Cells lit, by plane and hour: plane p's from `p * hours` on. */
  readonly lit: Uint32Array;
  readonly moments: Moments | PlacedMoments;
  readonly unknown: readonly CoverageUnknown[];
}

/** A sweep that can be asked: bits in `bits` from `place.planes` on. `kernel` works on the memory that `place` speaks of. */
export interface Coverage {
  readonly plan: CoveragePlan;
  readonly place: CoveragePlace;
  readonly kernel: Kernel | undefined;
  readonly bits: () => ArrayBuffer;
  readonly swept: Swept;
}
