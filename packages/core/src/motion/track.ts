/** Where a mover is: places at uneven times, no further apart than 5 km, so that straight lines between are right to a metre. */
import type { Position } from "../geo/position.ts";
import { ecefOf } from "../geo/wgs84.ts";
import type { Ephemeris } from "../orbit/ephemeris.ts";
import type { Instant } from "../time/instant.ts";

/** What a mover does between a node and the next. */
export const PHASES = ["base", "out", "station", "back"] as const;
export type Phase = (typeof PHASES)[number];
export const STATION: number = PHASES.indexOf("station");

/** Nodes in time order; columns of one length. */
export interface Track {
  readonly tMs: Float64Array;
  readonly latitudeDeg: Float64Array;
  /** Runs on across the antimeridian. */
  readonly longitudeDeg: Float64Array;
  /** Above the ground, or above the sea. */
  readonly heightM: Float64Array;
  /** Index into PHASES: from this node to the next. */
  readonly phase: Uint8Array;
}

/** Length of what `placeInto` writes: latitude, longitude, height, phase. */
export const PLACE_LENGTH = 4;

/**
 * Writes where the mover is into `out` from `at`. `cursors[k]` is where the last answer for it was found: times that go on cost
 * nothing to find. @returns false before the first node and after the last: then `out` is left as it is
 */
export function placeInto(
  track: Track,
  tMs: number,
  cursors: Uint32Array,
  k: number,
  out: Float64Array,
  at: number,
): boolean {
  const { tMs: t } = track;
  const last = t.length - 1;
  if (!(tMs >= (t[0] as number) && tMs <= (t[last] as number))) return false;
  let i = cursors[k] as number;
  if (i >= last || (t[i] as number) > tMs) i = 0;
  if ((t[Math.min(last, i + 8)] as number) < tMs) i = before(t, tMs, i);
  while (i < last - 1 && (t[i + 1] as number) <= tMs) i++;
  cursors[k] = i;
  const [t0, t1] = [t[i] as number, t[i + 1] as number];
  const u = t1 > t0 ? (tMs - t0) / (t1 - t0) : 0;
  out[at] = between(track.latitudeDeg, i, u);
  out[at + 1] = between(track.longitudeDeg, i, u);
  out[at + 2] = between(track.heightM, i, u);
  out[at + 3] = track.phase[i] as number;
  return true;
}

function between(column: Float64Array, i: number, u: number): number {
  const from = column[i] as number;
  return from + u * ((column[i + 1] as number) - from);
}

/** The last node at or before the time, by halves. */
function before(t: Float64Array, tMs: number, from: number): number {
  let [low, high] = [from, t.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((t[middle] as number) <= tMs) low = middle;
    else high = middle;
  }
  return low;
}

/** The same face as a satellite's. The height above the ground is taken as height above the ellipsoid. */
export function ephemerisOf(track: Track): Ephemeris {
  const cursor = new Uint32Array(1);
  const out = new Float64Array(PLACE_LENGTH);
  return (at: Instant): Position<"ecef"> | undefined => {
    if (!placeInto(track, at, cursor, 0, out, 0)) return undefined;
    const [latitudeDeg, longitudeDeg, heightM] = [out[0] as number, out[1] as number, out[2] as number];
    return ecefOf({ id: "", latitudeDeg, longitudeDeg, heightM });
  };
}

/** Collects nodes. */
export class TrackWriter {
  readonly #rows: number[][] = [[], [], [], [], []];

  get length(): number {
    return (this.#rows[0] as number[]).length;
  }

  /** Takes back all nodes but the first `length`. */
  cut(length: number): void {
    for (const row of this.#rows) row.length = length;
  }

  /** @param phase from this node on */
  push(tMs: number, latitudeDeg: number, longitudeDeg: number, heightM: number, phase: Phase): void {
    [tMs, latitudeDeg, longitudeDeg, heightM, PHASES.indexOf(phase)].forEach((value, column) => {
      (this.#rows[column] as number[]).push(value);
    });
  }

  done(): Track {
    const [tMs, latitudeDeg, longitudeDeg, heightM] = this.#rows.map((row) => Float64Array.from(row)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return { tMs, latitudeDeg, longitudeDeg, heightM, phase: Uint8Array.from(this.#rows[4] as number[]) };
  }
}
