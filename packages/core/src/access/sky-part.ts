/** One satellite's part of the sky: the heavy work of a run, a chunk of which a worker does. */
import type { MeanElements } from "../orbit/elements.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import { positionInto, type TableOptions, tabulate } from "../orbit/table.ts";
import { type Interval, MS_PER_DAY, MS_PER_MINUTE } from "../time/instant.ts";
import { type ContactPoint, type ContactStation, findContacts } from "./contacts.ts";
import { dwell, hardlyMoves } from "./dwell.ts";
import type { CellGrid } from "./grid.ts";
import { type Allocate, pack, type SkyPart } from "./sky.ts";
import { type Reach, sweep } from "./sweep.ts";

/** What is asked of one satellite. */
export interface SkyTask {
  /** Index in the fleet. */
  readonly satellite: number;
  readonly elements: MeanElements;
  readonly table: TableOptions;
  /** By grid: an empty list, nothing to sweep there. */
  readonly reaches: readonly (readonly Reach[])[];
  /** Indices of allowed stations and relays into the sky's ground points. */
  readonly ground: readonly number[];
}

/** What all satellites share. Ground points in every variant of their figures; a relay is the same in all. */
export interface SkySetting {
  readonly grids: readonly CellGrid[];
  readonly span: Interval;
  readonly ground: readonly (readonly (ContactStation | { readonly relay: MeanElements })[])[];
  /** How relays' elements are believed: the same whoever asks. */
  readonly relayOptions: TableOptions;
  /** Tables of relays, by catalogue number: filled as they are asked for, the same for every satellite and variant. */
  readonly relayTables: Map<number, StateTable>;
  /** Memory for what is sent back: shared, where a thread does the work. */
  readonly allocate: Allocate;
}

/** Positions every five minutes over the first day at most: for drawing. Stride 3, ECEF, km; NaN where unknown. */
export const TRACK_STEP_MS: number = 5 * MS_PER_MINUTE;

/** Sweeps one satellite over the cells of each grid, and finds its contacts in every variant. */
export function skyPartOf(task: SkyTask, setting: SkySetting): SkyPart & { readonly track: Float32Array } {
  const { grids, span } = setting;
  const table = tabulate(task.elements, span, task.table);
  const contacts = setting.ground.map((points) => findContacts(table, pointsOf(task, points, setting), span));
  const isSlow = hardlyMoves(table);
  const opportunities = grids.map((grid, g) => {
    const query = { table, grid, span, reaches: task.reaches[g] ?? [] };
    return pack(isSlow ? dwell(query) : sweep(query), span, setting.allocate);
  });
  return {
    satellite: task.satellite,
    opportunities,
    contacts,
    unknown: table.unknown.map(({ start, end, code }) => ({ fromMs: start, toMs: end, code })),
    track: trackOf(table, span),
  };
}

function pointsOf({ ground }: SkyTask, points: SkySetting["ground"][number], setting: SkySetting): ContactPoint[] {
  return ground.flatMap((index): ContactPoint[] => {
    const point = points[index];
    if (point === undefined) return [];
    if (!("relay" in point)) return [{ index, station: point }];
    const { relay } = point;
    const known = setting.relayTables.get(relay.catalogueNumber) ?? tabulate(relay, setting.span, setting.relayOptions);
    setting.relayTables.set(relay.catalogueNumber, known);
    return [{ index, relay: known }];
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
