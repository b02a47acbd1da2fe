/** What all satellites could see and when they could send: the sweep of a whole fleet, merged, to be asked many times. */
import type { Contacts } from "./contacts.ts";
import type { Opportunities } from "./opportunities.ts";

/** One satellite's part, as a worker returns it. Parts merge by the satellite's index, whatever their order. */
export interface SkyPart {
  readonly satellite: number;
  readonly opportunities: Opportunities;
  /** By variant of the stations' figures, base first: see `CONTACT_VARIANTS` of the caller. */
  readonly contacts: readonly Contacts[];
  /** Hours of the span in which the satellite's position is unknown, and why. */
  readonly unknown: readonly { readonly fromMs: number; readonly toMs: number; readonly code: string }[];
}

/**
 * All opportunities. Passes are numbered in order of their first moment (then satellite); `order` lists opportunities
 * by cell, then time. Arrays are views of shared memory where the platform has it, so that threads need no copies.
 */
export interface Sky {
  readonly cells: number;
  readonly passFirst: Uint32Array;
  readonly passSatellite: Uint32Array;
  /** First and last moment at which a cell of the pass is abeam, UTC ms. */
  readonly passStartMs: Float64Array;
  readonly passEndMs: Float64Array;
  readonly cell: Uint32Array;
  readonly atMs: Float64Array;
  readonly xTrackKm: Float32Array;
  readonly offNadirDeg: Float32Array;
  readonly incidenceDeg: Float32Array;
  readonly sunElevationDeg: Float32Array;
  /** Opportunities by cell, then time: those of cell `c` are `order[cellFirst[c]]` up to `order[cellFirst[c + 1]]`. */
  readonly order: Uint32Array;
  readonly cellFirst: Uint32Array;
  /** Per variant, the contacts of all satellites by start; `contactFirst` is per satellite. */
  readonly contacts: readonly FleetContacts[];
}

/** Contacts of the fleet, satellite by satellite, each in time order. */
export interface FleetContacts {
  readonly first: Uint32Array;
  readonly station: Uint16Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
}

type Allocate = (bytes: number) => ArrayBuffer | SharedArrayBuffer;

/** Merges parts. `satellites` and `cells` are the sizes of the fleet and the grid. */
export function mergeSky(parts: readonly SkyPart[], satellites: number, cells: number, allocate: Allocate): Sky {
  const sorted = parts.toSorted((a, b) => a.satellite - b.satellite);
  const passes = sorted
    .flatMap(passesOf)
    .sort((a, b) => a.startMs - b.startMs || a.part.satellite - b.part.satellite || a.from - b.from);
  const n = passes.reduce((sum, { from, to }) => sum + (to - from), 0);
  const u32 = (length: number) => new Uint32Array(allocate(4 * length) as ArrayBuffer);
  const f32 = () => new Float32Array(allocate(4 * n) as ArrayBuffer);
  const f64 = (length: number) => new Float64Array(allocate(8 * length) as ArrayBuffer);
  const sky = {
    cells,
    passFirst: u32(passes.length + 1),
    passSatellite: u32(passes.length),
    passStartMs: f64(passes.length),
    passEndMs: f64(passes.length),
    cell: u32(n),
    atMs: f64(n),
    xTrackKm: f32(),
    offNadirDeg: f32(),
    incidenceDeg: f32(),
    sunElevationDeg: f32(),
  };
  let to = 0;
  passes.forEach((pass, p) => {
    sky.passFirst[p] = to;
    sky.passSatellite[p] = pass.part.satellite;
    sky.passStartMs[p] = pass.startMs;
    sky.passEndMs[p] = pass.endMs;
    const { opportunities: from } = pass.part;
    for (const key of ["cell", "atMs", "xTrackKm", "offNadirDeg", "incidenceDeg", "sunElevationDeg"] as const) {
      sky[key].set(from[key].subarray(pass.from, pass.to), to);
    }
    to += pass.to - pass.from;
  });
  sky.passFirst[passes.length] = to;
  const variants = sorted[0]?.contacts.length ?? 0;
  const contacts = Array.from({ length: variants }, (_, v) => mergeContacts(sorted, satellites, v, allocate));
  return { ...sky, ...byCell(sky.cell, sky.atMs, cells, u32), contacts };
}

interface PartPass {
  readonly part: SkyPart;
  readonly from: number;
  readonly to: number;
  readonly startMs: number;
  readonly endMs: number;
}

function passesOf(part: SkyPart): PartPass[] {
  const { passFirst, atMs } = part.opportunities;
  return Array.from({ length: passFirst.length - 1 }, (_, p) => {
    const [from, to] = [passFirst[p] as number, passFirst[p + 1] as number];
    let [startMs, endMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = from; i < to; i++) {
      startMs = Math.min(startMs, atMs[i] as number);
      endMs = Math.max(endMs, atMs[i] as number);
    }
    return { part, from, to, startMs, endMs };
  });
}

/** Counting sort by cell; passes come in order of time, so an insertion sort finishes what overlaps left. */
function byCell(cell: Uint32Array, atMs: Float64Array, cells: number, u32: (length: number) => Uint32Array) {
  const cellFirst = u32(cells + 1);
  for (let i = 0; i < cell.length; i++)
    cellFirst[(cell[i] as number) + 1] = (cellFirst[(cell[i] as number) + 1] as number) + 1;
  for (let c = 0; c < cells; c++) cellFirst[c + 1] = (cellFirst[c + 1] as number) + (cellFirst[c] as number);
  const order = u32(cell.length);
  const next = cellFirst.slice();
  for (let i = 0; i < cell.length; i++) {
    const c = cell[i] as number;
    const first = cellFirst[c] as number;
    let at = next[c] as number;
    next[c] = at + 1;
    const t = atMs[i] as number;
    while (at > first && (atMs[order[at - 1] as number] as number) > t) {
      order[at] = order[at - 1] as number;
      at--;
    }
    order[at] = i;
  }
  return { order, cellFirst };
}

function mergeContacts(
  parts: readonly SkyPart[],
  satellites: number,
  variant: number,
  allocate: Allocate,
): FleetContacts {
  const n = parts.reduce((sum, { contacts }) => sum + (contacts[variant]?.station.length ?? 0), 0);
  const first = new Uint32Array(allocate(4 * (satellites + 1)) as ArrayBuffer);
  const station = new Uint16Array(allocate(2 * n) as ArrayBuffer);
  const startMs = new Float64Array(allocate(8 * n) as ArrayBuffer);
  const endMs = new Float64Array(allocate(8 * n) as ArrayBuffer);
  const bySatellite = new Map(parts.map((part) => [part.satellite, part.contacts[variant]]));
  let at = 0;
  for (let s = 0; s < satellites; s++) {
    first[s] = at;
    const contacts = bySatellite.get(s);
    if (contacts === undefined) continue;
    station.set(contacts.station, at);
    startMs.set(contacts.startMs, at);
    endMs.set(contacts.endMs, at);
    at += contacts.station.length;
  }
  first[satellites] = at;
  return { first, station, startMs, endMs };
}
