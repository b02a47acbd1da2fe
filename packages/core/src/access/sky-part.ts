/** One satellite's part of the sky: the heavy work of a run, a chunk of which a worker does. */
import type { MeanElements } from "../orbit/elements.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import { positionInto, type TableOptions, tabulate } from "../orbit/table.ts";
import { type Interval, MS_PER_DAY, MS_PER_MINUTE } from "../time/instant.ts";
import { type ContactPoint, type ContactStation, findContacts } from "./contacts.ts";
import { dwell, hardlyMoves } from "./dwell.ts";
import type { CellGrid } from "./grid.ts";
import type { SkyPart } from "./sky.ts";
import { type Reach, sweep } from "./sweep.ts";

/** What is asked of one satellite. */
export interface SkyTask {
  /** Index in the fleet. */
  readonly satellite: number;
  readonly elements: MeanElements;
  readonly table: TableOptions;
  readonly reaches: readonly Reach[];
  /** Indices of allowed stations and relays into the sky's ground points. */
  readonly ground: readonly number[];
}

/** What all satellites share. Ground points in every variant of their figures; a relay is the same in all. */
export interface SkySetting {
  readonly grid: CellGrid;
  readonly span: Interval;
  readonly ground: readonly (readonly (ContactStation | { readonly relay: MeanElements })[])[];
}

/** Positions every five minutes over the first day at most: for drawing. Stride 3, ECEF, km; NaN where unknown. */
export const TRACK_STEP_MS: number = 5 * MS_PER_MINUTE;

/** Sweeps one satellite over the cells, and finds its contacts in every variant. */
export function skyPartOf(task: SkyTask, setting: SkySetting): SkyPart & { readonly track: Float32Array } {
  const { grid, span } = setting;
  const table = tabulate(task.elements, span, task.table);
  const query = { table, grid, span, reaches: task.reaches };
  return {
    satellite: task.satellite,
    opportunities: hardlyMoves(table) ? dwell(query) : sweep(query),
    contacts: setting.ground.map((points) => findContacts(table, pointsOf(task, points, span), span)),
    unknown: table.unknown.map(({ start, end, code }) => ({ fromMs: start, toMs: end, code })),
    track: trackOf(table, span),
  };
}

function pointsOf({ ground, table }: SkyTask, points: SkySetting["ground"][number], span: Interval): ContactPoint[] {
  return ground.flatMap((index): ContactPoint[] => {
    const point = points[index];
    if (point === undefined) return [];
    return "relay" in point ? [{ index, relay: tabulate(point.relay, span, table) }] : [{ index, station: point }];
  });
}

function trackOf(table: StateTable, { start, end }: Interval): Float32Array {
  const count = Math.floor(Math.min(end - start, MS_PER_DAY) / TRACK_STEP_MS) + 1;
  const track = new Float32Array(3 * count);
  const at = new Float64Array(3);
  for (let i = 0; i < count; i++) {
    positionInto(table, start + i * TRACK_STEP_MS, at);
    track.set(at, 3 * i);
  }
  return track;
}
