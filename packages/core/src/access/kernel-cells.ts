/** A tree of cells, and a sweep's jobs, in a kernel's memory. */
import * as K from "@vedette/kernel/coverage-record";
import type { Kernel } from "@vedette/kernel/kernel";
import { type CellTree, cellTreeOf, WORD_CELLS } from "./cell-tree.ts";
import type { CellGrid } from "./grid.ts";
import type { Reach } from "./reach.ts";

const RAD = Math.PI / 180;
/** Arrays of a word: x, y, z and the unit vertical. */
const AXES = 6;

/** Where a tree stands: bytes into the kernel's memory. */
export interface PlacedCells {
  readonly tree: CellTree;
  readonly nodes: number;
  readonly cells: number;
  readonly order: number;
}

/** Takes memory for good. */
export function placeCells(kernel: Kernel, grid: CellGrid, tree: CellTree = cellTreeOf(grid)): PlacedCells {
  const nodes = kernel.take(8 * tree.nodes.length);
  const cells = kernel.take(8 * AXES * WORD_CELLS * tree.words);
  const order = kernel.take(4 * WORD_CELLS * tree.words);
  kernel.doubles(nodes, tree.nodes.length).set(tree.nodes);
  new Uint32Array(kernel.memory.buffer, order, tree.count).set(tree.order);
  // Places without a cell are nowhere: every comparison is false for them.
  const out = kernel.doubles(cells, AXES * WORD_CELLS * tree.words).fill(Number.NaN);
  tree.order.forEach((cell, place) => {
    const first = AXES * WORD_CELLS * Math.floor(place / WORD_CELLS) + (place % WORD_CELLS);
    for (let axis = 0; axis < 3; axis++) {
      out[first + WORD_CELLS * axis] = grid.pEcefKm[3 * cell + axis] as number;
      out[first + WORD_CELLS * (axis + 3)] = grid.up[3 * cell + axis] as number;
    }
  });
  return { tree, nodes, cells, order };
}

/** One band as the kernel tests it; planes are addresses of their first hour, 0 for none. */
export interface KernelSensor {
  readonly reach: Reach;
  readonly minSunElevationDeg: number;
  readonly dayPlane: number;
  readonly nightPlane: number;
  readonly kindBit: number;
}

/** `widerDeg` widens the band, for a caller that judges by angles itself. */
export function writeSensor(out: Float64Array, sensor: KernelSensor, widerDeg: number): void {
  const { reach, minSunElevationDeg } = sensor;
  const cosMax = Math.cos((Math.min(90, reach.maxDeg) + widerDeg) * RAD);
  const minDeg = reach.minDeg - widerDeg;
  out[K.IS_OFF_NADIR] = reach.angle === "offNadir" ? 1 : 0;
  out[K.COS_MAX] = Math.max(0, cosMax);
  out[K.COS_MIN] = minDeg > 0 ? Math.cos(minDeg * RAD) : 2;
  out[K.COS2_MAX] = (out[K.COS_MAX] as number) ** 2;
  out[K.COS2_MIN] = minDeg > 0 ? (out[K.COS_MIN] as number) ** 2 : Number.POSITIVE_INFINITY;
  out[K.SIDE] = reach.side === "both" ? 0 : reach.side === "left" ? 1 : -1;
  out[K.SIN_MIN_SUN] = minSunElevationDeg <= -90 ? -2 : Math.sin(minSunElevationDeg * RAD);
  out[K.DAY_PLANE] = sensor.dayPlane;
  out[K.NIGHT_PLANE] = sensor.nightPlane;
  out[K.KIND_BIT] = sensor.kindBit;
}

/** Fields of a job, by the names of `coverage-record`. */
export type Job = Readonly<Partial<Record<JobField, number>>>;
type JobField =
  | "mode"
  | "firstMs"
  | "stepMs"
  | "nodes"
  | "states"
  | "statesStride"
  | "suns"
  | "tree"
  | "treeNodes"
  | "cells"
  | "order"
  | "sensors"
  | "sensorCount"
  | "fromMs"
  | "toMs"
  | "startMs"
  | "rowBytes"
  | "limitKm"
  | "out"
  | "capacity"
  | "tag"
  | "unitMs"
  | "work"
  | "cellCount";
const JOB_FIELDS: Readonly<Record<JobField, number>> = {
  mode: K.MODE,
  firstMs: K.FIRST_MS,
  stepMs: K.STEP_MS,
  nodes: K.NODES,
  states: K.STATES,
  statesStride: K.STATES_STRIDE,
  suns: K.SUNS,
  tree: K.TREE,
  treeNodes: K.TREE_NODES,
  cells: K.CELLS,
  order: K.ORDER,
  sensors: K.SENSORS,
  sensorCount: K.SENSOR_COUNT,
  fromMs: K.FROM_MS,
  toMs: K.TO_MS,
  startMs: K.START_MS,
  rowBytes: K.ROW_BYTES,
  limitKm: K.LIMIT_KM,
  out: K.OUT,
  capacity: K.CAPACITY,
  tag: K.TAG,
  unitMs: K.UNIT_MS,
  work: K.WORK,
  cellCount: K.CELL_COUNT,
};

export function writeJob(out: Float64Array, job: Job): void {
  for (const [name, value] of Object.entries(job)) out[JOB_FIELDS[name as JobField]] = value;
}

/** The fields that say where cells are. */
export function cellFields({ tree, nodes, cells, order }: PlacedCells): Job {
  return { tree: nodes, treeNodes: tree.nodes.length / K.NODE_LENGTH, cells, order, cellCount: tree.count };
}
