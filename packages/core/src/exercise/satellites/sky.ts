/**
 * What satellites could look at in an exercise and when they could send: swept once for all runs, since it depends on no seed. Plain
 * columns in memory that threads may share. A slot is one sensor's part of one pass; its rows are the places that it could look at.
 */

import { type ContactPoint, type ContactStation, type Contacts, findContacts } from "../../access/contacts.ts";
import { dwell, hardlyMoves } from "../../access/dwell.ts";
import type { CellGrid } from "../../access/grid.ts";
import type { Opportunities } from "../../access/opportunities.ts";
import { type Allocate, ANGLE_STEP_DEG, type FleetContacts, mergeSkies } from "../../access/sky.ts";
import { accepts, sweep } from "../../access/sweep.ts";
import type { MeanElements } from "../../orbit/elements.ts";
import type { StateTable } from "../../orbit/ephemeris.ts";
import { positionInto, type TableOptions, tabulate } from "../../orbit/table.ts";
import type { GroundPoint, LookSatellite } from "../../plan/looks.ts";
import type { LookSensor } from "../../plan/sensors.ts";
import type { Interval } from "../../time/instant.ts";

/** Units of `rows.at`: 32 bits hold 497 days of them. */
export const AT_STEP_MS = 10;
/** Units of `rows.across`. */
export const ACROSS_STEP_DEG = 0.01;

/** One sensor of one satellite. */
export interface LookingSensor {
  /** Names it for the dice. */
  readonly id: string;
  /** Index into the satellites. */
  readonly satellite: number;
  readonly look: LookSensor;
  /** Of its mode, at nadir. */
  readonly resolutionM: number;
}

/** Columns by slot; those of its rows are `firstRow[s]` up to `firstRow[s + 1]`, from right to left of the track. */
export interface SlotColumns {
  /** Index into the sensors. */
  readonly sensor: Uint16Array;
  /** Counts the slots of its sensor: names it for the dice, whoever else is there. */
  readonly number: Uint32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly firstRow: Uint32Array;
}

export interface RowColumns {
  /** Index into the places. */
  readonly place: Uint16Array;
  /** When the place is abeam, in `AT_STEP_MS` since the start. */
  readonly at: Uint32Array;
  /** Distance from the ground track, km, positive left of the flight. */
  readonly xKm: Float32Array;
  /** At the place, from its vertical, in `ANGLE_STEP_DEG`. */
  readonly incidence: Uint16Array;
  /** Where `xKm` grows, clockwise from north at the place, in `ACROSS_STEP_DEG`, -180 to 180. */
  readonly across: Int16Array;
}

export interface SatelliteSky {
  readonly startMs: number;
  readonly satellites: readonly LookSatellite[];
  readonly sensors: readonly LookingSensor[];
  readonly ground: readonly GroundPoint[];
  readonly contacts: FleetContacts;
  /** By beginning, then sensor. */
  readonly slots: SlotColumns;
  readonly rows: RowColumns;
}

export interface PartTask {
  readonly satellite: number;
  readonly elements: MeanElements;
  readonly table: TableOptions;
  /** Its own, with their indices among all. */
  readonly sensors: readonly { readonly index: number; readonly look: LookSensor }[];
  /** Indices of allowed stations and relays into the ground points. */
  readonly ground: readonly number[];
}

export interface PartSetting {
  readonly grid: CellGrid;
  readonly span: Interval;
  readonly ground: readonly (ContactStation | { readonly relay: MeanElements })[];
  readonly relayOptions: TableOptions;
  /** Filled as they are asked for. */
  readonly relayTables: Map<number, StateTable>;
  readonly allocate: Allocate;
}

/** One satellite's share, as a thread returns it. */
export interface SatellitePart {
  readonly satellite: number;
  readonly slots: SlotColumns;
  readonly rows: RowColumns;
  readonly contacts: Contacts;
}

export function satellitePartOf(task: PartTask, setting: PartSetting): SatellitePart {
  const { grid, span } = setting;
  const table = tabulate(task.elements, span, task.table);
  const points = task.ground.flatMap((index): ContactPoint[] => {
    const point = setting.ground[index];
    if (point === undefined) return [];
    return "relay" in point ? [{ index, relay: relayTable(point.relay, setting) }] : [{ index, station: point }];
  });
  const query = { table, grid, span, reaches: task.sensors.map(({ look }) => look.reach) };
  const found = hardlyMoves(table) ? dwell(query) : sweep(query);
  return {
    satellite: task.satellite,
    ...slotsOf(task, found, { table, grid, startMs: span.start, allocate: setting.allocate }),
    contacts: findContacts(table, points, span),
  };
}

function relayTable(relay: MeanElements, { relayTables, relayOptions, span }: PartSetting): StateTable {
  const known = relayTables.get(relay.catalogueNumber) ?? tabulate(relay, span, relayOptions);
  relayTables.set(relay.catalogueNumber, known);
  return known;
}

interface Ground {
  readonly table: StateTable;
  readonly grid: CellGrid;
  readonly startMs: number;
  readonly allocate: Allocate;
}

/** Each sensor's own part of each pass: what lies in its band, on its side, with the Sun that it needs. */
function slotsOf(
  { sensors }: PartTask,
  o: Opportunities,
  { table, grid, startMs, allocate }: Ground,
): Pick<SatellitePart, "slots" | "rows"> {
  const chosen: number[] = [];
  const slots: { sensor: number; number: number; firstRow: number; startMs: number; endMs: number }[] = [];
  const numbers = sensors.map(() => 0);
  for (let pass = 0; pass + 1 < o.passFirst.length; pass++) {
    for (const [k, { index, look }] of sensors.entries()) {
      const firstRow = chosen.length;
      let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let i = o.passFirst[pass] as number; i < (o.passFirst[pass + 1] as number); i++) {
        const [off, incidence, x] = [o.offNadirDeg[i] as number, o.incidenceDeg[i] as number, o.xTrackKm[i] as number];
        if (!accepts(look.reach, off, incidence, x)) continue;
        if ((o.sunElevationDeg[i] as number) < look.minSunElevationDeg) continue;
        chosen.push(i);
        from = Math.min(from, o.atMs[i] as number);
        to = Math.max(to, o.atMs[i] as number);
      }
      const number = numbers[k] as number;
      numbers[k] = number + 1;
      if (chosen.length > firstRow) slots.push({ sensor: index, number, firstRow, startMs: from, endMs: to });
    }
  }
  const rows = emptyRows(chosen.length, allocate);
  const across = acrossIn(table, grid);
  for (const [row, i] of chosen.entries()) {
    const place = o.cell[i] as number;
    const atMs = o.atMs[i] as number;
    rows.place[row] = place;
    rows.at[row] = Math.max(0, Math.round((atMs - startMs) / AT_STEP_MS));
    rows.xKm[row] = o.xTrackKm[i] as number;
    rows.incidence[row] = Math.round((o.incidenceDeg[i] as number) / ANGLE_STEP_DEG);
    rows.across[row] = Math.round(across(place, atMs) / ACROSS_STEP_DEG);
  }
  return { slots: slotColumns(slots, chosen.length, allocate), rows };
}

/** The normal of the plane in which the satellite moves over the turning Earth points left of its flight: seen from the place, there x grows. */
function acrossIn(table: StateTable, { pEcefKm: p }: CellGrid): (place: number, atMs: number) => number {
  const [r, before, after] = [new Float64Array(3), new Float64Array(3), new Float64Array(3)];
  return (place, atMs) => {
    positionInto(table, atMs, r);
    positionInto(table, atMs - 500, before);
    positionInto(table, atMs + 500, after);
    const [rx, ry, rz] = r as unknown as [number, number, number];
    const [vx, vy, vz] = [0, 1, 2].map((k) => (after[k] as number) - (before[k] as number)) as [number, number, number];
    const [hx, hy, hz] = [ry * vz - rz * vy, rz * vx - rx * vz, rx * vy - ry * vx];
    const [x, y, z] = [p[3 * place] as number, p[3 * place + 1] as number, p[3 * place + 2] as number];
    const flat = Math.hypot(x, y);
    const east = (hy * x - hx * y) / flat;
    const north = (hz * flat - (z * (hx * x + hy * y)) / flat) / Math.hypot(flat, z);
    return (Math.atan2(east, north) * 180) / Math.PI;
  };
}

function emptyRows(n: number, allocate: Allocate): RowColumns {
  // The widest column first, so that each begins where its width divides.
  const buffer = allocate(14 * n + 2) as ArrayBuffer;
  return {
    at: new Uint32Array(buffer, 0, n),
    xKm: new Float32Array(buffer, 4 * n, n),
    place: new Uint16Array(buffer, 8 * n, n),
    incidence: new Uint16Array(buffer, 10 * n, n),
    across: new Int16Array(buffer, 12 * n, n),
  };
}

function slotColumns(
  slots: readonly { sensor: number; number: number; firstRow: number; startMs: number; endMs: number }[],
  rows: number,
  allocate: Allocate,
): SlotColumns {
  const n = slots.length;
  const columns = {
    startMs: new Float64Array(allocate(8 * n) as ArrayBuffer),
    endMs: new Float64Array(allocate(8 * n) as ArrayBuffer),
    number: new Uint32Array(allocate(4 * n) as ArrayBuffer),
    firstRow: new Uint32Array(allocate(4 * n + 4) as ArrayBuffer),
    sensor: new Uint16Array(allocate(2 * n) as ArrayBuffer),
  };
  for (const [s, { sensor, number, firstRow, startMs, endMs }] of slots.entries()) {
    columns.startMs[s] = startMs;
    columns.endMs[s] = endMs;
    columns.number[s] = number;
    columns.firstRow[s] = firstRow;
    columns.sensor[s] = sensor;
  }
  columns.firstRow[n] = rows;
  return columns;
}

/** What stays the same for all parts. */
export type SkyFrame = Pick<SatelliteSky, "satellites" | "sensors" | "ground"> & { readonly span: Interval };

/** All parts, in whatever order they came. */
export function mergeParts(parts: readonly SatellitePart[], frame: SkyFrame, allocate: Allocate): SatelliteSky {
  const { span, ...rest } = frame;
  const from = parts.flatMap((part) => Array.from(part.slots.sensor.keys(), (s) => ({ part, s })));
  from.sort(
    (a, b) =>
      (a.part.slots.startMs[a.s] as number) - (b.part.slots.startMs[b.s] as number) ||
      (a.part.slots.sensor[a.s] as number) - (b.part.slots.sensor[b.s] as number),
  );
  const n = parts.reduce((sum, { rows }) => sum + rows.at.length, 0);
  const rows = emptyRows(n, allocate);
  let firstRow = 0;
  const slots = from.map(({ part, s }) => {
    const { sensor, number, startMs, endMs, firstRow: first } = part.slots;
    const [low, high] = [first[s] as number, first[s + 1] as number];
    for (const name of ["at", "xKm", "place", "incidence", "across"] as const)
      rows[name].set(part.rows[name].subarray(low, high), firstRow);
    const slot = { sensor: sensor[s] as number, number: number[s] as number, firstRow };
    firstRow += high - low;
    return { ...slot, startMs: startMs[s] as number, endMs: endMs[s] as number };
  });
  const skies = mergeSkies(
    parts.map(({ satellite, contacts }) => ({ satellite, opportunities: [], contacts: [contacts], unknown: [] })),
    frame.satellites.length,
    [0],
    span,
    1,
    allocate,
  );
  const [contacts] = skies[0]?.contacts ?? [];
  if (contacts === undefined) throw new RangeError("no contacts were merged");
  return { startMs: span.start, ...rest, contacts, slots: slotColumns(slots, n, allocate), rows };
}
