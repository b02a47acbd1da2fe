/**
 * What all satellites could see and when they could send: the sweep of a fleet, to be asked many times.
 *
 * Sixteen bytes an opportunity, in the arrays in which they came from their threads: nothing is copied. Angles are kept to
 * 0.002 degrees (the Sun's to 0.005), distances across track to 100 m, times to a millisecond in spans below 49 days.
 */
import type { Interval } from "../time/instant.ts";
import type { Contacts } from "./contacts.ts";
import type { Opportunities } from "./opportunities.ts";

export const ANGLE_STEP_DEG = 0.002;
export const SUN_STEP_DEG = 0.005;
/** Sixteen bits reach 8,190 km: the horizon of a six-hour orbit is 7,500 km off the track. */
export const TRACK_STEP_KM = 0.25;

/** One satellite's opportunities, packed; pass by pass, from right to left of the track. */
export interface PackedOpportunities {
  readonly passFirst: Uint32Array;
  readonly cell: Uint32Array;
  /** Units of `unitMs` since the span's start. */
  readonly at: Uint32Array;
  /** Units of `TRACK_STEP_KM`, positive left. */
  readonly xTrack: Int16Array;
  /** Units of `ANGLE_STEP_DEG`. */
  readonly offNadir: Uint16Array;
  readonly incidence: Uint16Array;
  /** Units of `SUN_STEP_DEG`. */
  readonly sun: Int16Array;
}

export type Allocate = (bytes: number) => ArrayBuffer | SharedArrayBuffer;

/** Milliseconds that one unit of packed time stands for: 1 up to 49 days. */
export function timeUnitMs({ start, end }: Interval): number {
  return Math.ceil((end - start) / 2 ** 32);
}

/** Packs into memory from `allocate` (shared, where threads are to read it). */
export function pack(opportunities: Opportunities, span: Interval, allocate: Allocate): PackedOpportunities {
  const { cell, atMs, xTrackKm, offNadirDeg, incidenceDeg, sunElevationDeg } = opportunities;
  const n = cell.length;
  const unitMs = timeUnitMs(span);
  const buffer = allocate(16 * n) as ArrayBuffer;
  const packed = {
    passFirst: opportunities.passFirst,
    cell: new Uint32Array(buffer, 0, n),
    at: new Uint32Array(buffer, 4 * n, n),
    xTrack: new Int16Array(buffer, 8 * n, n),
    offNadir: new Uint16Array(buffer, 10 * n, n),
    incidence: new Uint16Array(buffer, 12 * n, n),
    sun: new Int16Array(buffer, 14 * n, n),
  };
  for (let i = 0; i < n; i++) {
    packed.cell[i] = cell[i] as number;
    packed.at[i] = Math.floor(((atMs[i] as number) - span.start) / unitMs);
    // Beyond what 16 bits hold (a geostationary horizon), the farthest on the same side.
    packed.xTrack[i] = Math.max(-32_767, Math.min(32_767, Math.round((xTrackKm[i] as number) / TRACK_STEP_KM)));
    packed.offNadir[i] = Math.round((offNadirDeg[i] as number) / ANGLE_STEP_DEG);
    packed.incidence[i] = Math.round((incidenceDeg[i] as number) / ANGLE_STEP_DEG);
    packed.sun[i] = Math.round((sunElevationDeg[i] as number) / SUN_STEP_DEG);
  }
  return packed;
}

/** One satellite's part, as a thread returns it. Parts stand by the satellite's index, whatever their order of coming. */
export interface SkyPart {
  readonly satellite: number;
  /** By grid, as asked. */
  readonly opportunities: readonly PackedOpportunities[];
  /** By variant of the stations' figures, base first. */
  readonly contacts: readonly Contacts[];
  /** Stretches of the span in which the satellite's position is unknown, and why. */
  readonly unknown: readonly { readonly fromMs: number; readonly toMs: number; readonly code: string }[];
}

export interface Sky {
  readonly cells: number;
  readonly span: Interval;
  readonly unitMs: number;
  /** Per satellite of the fleet; undefined where nothing could be swept. */
  readonly satellites: readonly (PackedOpportunities | undefined)[];
  /** Per variant. */
  readonly contacts: readonly FleetContacts[];
}

/** Contacts of the fleet, satellite by satellite, each in time order. */
export interface FleetContacts {
  /** Those of satellite s are `first[s]` up to `first[s + 1]`. */
  readonly first: Uint32Array;
  readonly satellite: Uint16Array;
  readonly station: Uint16Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** All contacts by their beginning. */
  readonly order: Uint32Array;
}

/**
 * The skies of all grids from the parts of all satellites, in whatever order they came; contacts are common to them.
 * `satellites` is the size of the fleet, `cells` that of each grid, `variants` how many of contacts each part has.
 */
export function mergeSkies(
  parts: readonly SkyPart[],
  satellites: number,
  cells: readonly number[],
  span: Interval,
  variants: number,
  allocate: Allocate,
): Sky[] {
  const contacts = Array.from({ length: variants }, (_, v) =>
    mergeContacts(new Map(parts.map((part) => [part.satellite, part.contacts[v]])), satellites, allocate),
  );
  return cells.map((count, grid) => {
    const bySatellite = new Array<PackedOpportunities | undefined>(satellites).fill(undefined);
    for (const { satellite, opportunities } of parts) bySatellite[satellite] = opportunities[grid];
    return { cells: count, span, unitMs: timeUnitMs(span), satellites: bySatellite, contacts };
  });
}

function mergeContacts(
  bySatellite: ReadonlyMap<number, Contacts | undefined>,
  satellites: number,
  allocate: Allocate,
): FleetContacts {
  const n = [...bySatellite.values()].reduce((sum, contacts) => sum + (contacts?.station.length ?? 0), 0);
  const merged = {
    first: new Uint32Array(allocate(4 * (satellites + 1)) as ArrayBuffer),
    satellite: new Uint16Array(allocate(2 * n) as ArrayBuffer),
    station: new Uint16Array(allocate(2 * n) as ArrayBuffer),
    startMs: new Float64Array(allocate(8 * n) as ArrayBuffer),
    endMs: new Float64Array(allocate(8 * n) as ArrayBuffer),
    order: new Uint32Array(allocate(4 * n) as ArrayBuffer),
  };
  let at = 0;
  for (let s = 0; s < satellites; s++) {
    merged.first[s] = at;
    const contacts = bySatellite.get(s);
    if (contacts === undefined) continue;
    merged.satellite.fill(s, at, at + contacts.station.length);
    merged.station.set(contacts.station, at);
    merged.startMs.set(contacts.startMs, at);
    merged.endMs.set(contacts.endMs, at);
    at += contacts.station.length;
  }
  merged.first[satellites] = at;
  for (let c = 0; c < n; c++) merged.order[c] = c;
  // Ties by index: by satellite, then station.
  const { startMs } = merged;
  merged.order.sort((a, b) => (startMs[a] as number) - (startMs[b] as number) || a - b);
  return merged;
}
