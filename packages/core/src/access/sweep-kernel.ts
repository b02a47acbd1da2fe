/** The sweep by the compiled kernel: which cells are worth a look is decided by balls of them. */
import * as K from "@vedette/kernel/coverage-record";
import type { Kernel } from "@vedette/kernel/kernel";
import { sunEcefUnit } from "../geo/sun.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import type { Interval } from "../time/instant.ts";
import type { CellGrid } from "./grid.ts";
import { cellFields, type PlacedCells, placeCells, writeJob, writeSensor } from "./kernel-cells.ts";
import type { OpportunityColumns } from "./opportunities.ts";
import { accepts, type Reach } from "./reach.ts";

/** The kernel compares cosines, and what it lets through is judged in degrees: more than rounding apart. */
const HAIR_DEG = 1e-5;

export interface KernelSweep {
  readonly table: StateTable;
  readonly grid: CellGrid;
  readonly span: Interval;
  readonly reaches: readonly Reach[];
  /** Nodes [first, last] of each pass. */
  readonly runs: readonly (readonly [number, number])[];
  readonly limitKm: number;
}

/** Pushes all rows of all passes. */
export function sweepInKernel(query: KernelSweep, kernel: Kernel, columns: OpportunityColumns): void {
  const cells = cellsIn(kernel, query.grid);
  const most = query.runs.reduce((nodes, [first, last]) => Math.max(nodes, last - first + 1), 0);
  const { reaches, grid } = query;
  // A cell has one row a pass, in eccentric orbits two at times; the kernel asks for a word of room to spare.
  const capacity = 2 * grid.count + 64;
  const job = kernel.take(8 * K.JOB_LENGTH);
  try {
    const sensors = kernel.take(8 * K.SENSOR_LENGTH * reaches.length);
    const states = kernel.take(48 * most);
    const suns = kernel.take(24 * most);
    const out = kernel.take(8 * K.ROW_LENGTH * capacity);
    const work = kernel.take(kernel.run.COVER_WORK_BYTES.value);
    reaches.forEach((reach, k) => {
      const sensor = { reach, minSunElevationDeg: -90, dayPlane: 0, nightPlane: 0, kindBit: 0 };
      writeSensor(kernel.doubles(sensors + 8 * K.SENSOR_LENGTH * k, K.SENSOR_LENGTH), sensor, HAIR_DEG);
    });
    writeJob(kernel.doubles(job, K.JOB_LENGTH), {
      ...cellFields(cells),
      ...{ mode: K.MODE_ROWS, stepMs: query.table.stepMs, states, statesStride: 8 * most, suns, sensors },
      ...{ sensorCount: reaches.length, fromMs: query.span.start, toMs: query.span.end, limitKm: query.limitKm },
      ...{ startMs: query.span.start, unitMs: 1, rowBytes: 0, out, capacity, tag: 0, work },
    });
    const places = { job, states, suns, out, most, capacity };
    for (const run of query.runs) sweepPass(query, kernel, places, run, columns);
  } finally {
    kernel.release(job);
  }
}

interface Places {
  readonly job: number;
  readonly states: number;
  readonly suns: number;
  readonly out: number;
  /** Nodes that the arrays hold. */
  readonly most: number;
  /** Rows that `out` holds. */
  readonly capacity: number;
}

function sweepPass(
  { table, reaches }: KernelSweep,
  kernel: Kernel,
  { job, states, suns, out, most, capacity }: Places,
  [first, last]: readonly [number, number],
  columns: OpportunityColumns,
): void {
  const { rEcefKm: r, vEcefKmps: v, firstMs, stepMs, unknown } = table;
  const nodes = last - first + 1;
  const planes = kernel.doubles(states, 6 * most);
  const sun = kernel.doubles(suns, 3 * most);
  for (let n = 0; n < nodes; n++) {
    for (let axis = 0; axis < 3; axis++) {
      planes[most * axis + n] = r[3 * (first + n) + axis] as number;
      planes[most * (axis + 3) + n] = v[3 * (first + n) + axis] as number;
    }
    sun.set(sunEcefUnit(firstMs + (first + n) * stepMs), 3 * n);
  }
  writeJob(kernel.doubles(job, K.JOB_LENGTH), { firstMs: firstMs + first * stepMs, nodes });
  const count = kernel.run.cover(job);
  if (count < 0) throw new RangeError(`a pass over ${nodes} nodes has more than ${capacity - 64} rows`);
  const rows = kernel.doubles(out, K.ROW_LENGTH * count);
  const row = new Float64Array(5);
  for (let k = 0; k < rows.length; k += K.ROW_LENGTH) {
    const atMs = rows[k + 1] as number;
    if (unknown.length > 0 && unknown.some(({ start, end }) => atMs >= start && atMs < end)) continue;
    for (let c = 0; c < 5; c++) row[c] = rows[k + 1 + c] as number;
    if (isReached(reaches, row)) columns.push(rows[k] as number, row);
  }
  columns.endPass();
}

function isReached(reaches: readonly Reach[], row: Float64Array): boolean {
  for (const reach of reaches) {
    if (accepts(reach, row[2] as number, row[3] as number, row[1] as number)) return true;
  }
  return false;
}

/** Grids of each kernel, for as long as the grid lives: one satellite after another is swept over the same cells. */
const placed = new WeakMap<Kernel, WeakMap<CellGrid, PlacedCells>>();

/** Memory is taken for good: only ever asked for when nothing else is taken. */
function cellsIn(kernel: Kernel, grid: CellGrid): PlacedCells {
  const own = placed.get(kernel) ?? new WeakMap<CellGrid, PlacedCells>();
  placed.set(kernel, own);
  const cells = own.get(grid) ?? placeCells(kernel, grid);
  own.set(grid, cells);
  return cells;
}
