/**
 * Closest approaches the slow way: satellite.js positions every 20 s, the least range found by halving, angles by
 * satellite.js and by bearings on the ground. Shares no code with core.
 */
import * as satellite from "satellite.js";
import type { Lines } from "./bruteforce.ts";

const RAD = Math.PI / 180;
const MS_PER_DAY = 86_400_000;
const SIDEREAL_TURNS = 1.002737909350795;
const STEP_MS = 20_000;
const A_KM = 6378.137;
const E2 = 0.00669437999014;

type Vector = readonly [number, number, number];
export type Track = (utcMs: number) => Vector | undefined;

/** ECEF, km; `utcMs` need not be whole. */
export function trackOf({ line1, line2 }: Lines): Track {
  const record = satellite.twoline2satrec(line1, line2);
  const year = Number(line1.slice(18, 20));
  const epochMs =
    Date.UTC(year < 57 ? 2000 + year : 1900 + year, 0, 1) + (Number(line1.slice(20, 32)) - 1) * MS_PER_DAY;
  return (utcMs) => {
    const state = satellite.sgp4(record, (utcMs - epochMs) / 60_000);
    if (state === null) return undefined;
    const midnight = Math.floor(utcMs / MS_PER_DAY) * MS_PER_DAY;
    const turns = ((utcMs - midnight) / MS_PER_DAY) * SIDEREAL_TURNS;
    const { x, y, z } = satellite.eciToEcf(state.position, satellite.gstime(new Date(midnight)) + turns * 2 * Math.PI);
    return [x, y, z];
  };
}

export interface GroundPlace {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

export function groundOf({ latitudeDeg, longitudeDeg }: GroundPlace): Vector {
  const { x, y, z } = satellite.geodeticToEcf({
    latitude: latitudeDeg * RAD,
    longitude: longitudeDeg * RAD,
    height: 0,
  });
  return [x, y, z];
}

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const length = (a: Vector): number => Math.sqrt(dot(a, a));
const angleDeg = (a: Vector, b: Vector): number => Math.acos(dot(a, b) / (length(a) * length(b))) / RAD;

/** Positions at equal steps, shared by all places. */
export interface Samples {
  readonly track: Track;
  readonly firstMs: number;
  readonly positions: readonly (Vector | undefined)[];
}

export function samplesOf(track: Track, startMs: number, endMs: number): Samples {
  const firstMs = startMs - 2 * STEP_MS;
  const count = Math.ceil((endMs - firstMs) / STEP_MS) + 3;
  return { track, firstMs, positions: Array.from({ length: count }, (_, i) => track(firstMs + i * STEP_MS)) };
}

export interface Approach {
  readonly utcMs: number;
  readonly offNadirDeg: number;
  readonly incidenceDeg: number;
  /** The place is to the left of the flight, by bearings on the ground. */
  readonly isLeft: boolean;
}

/** Every least range at which the satellite is above the horizon of the place. */
export function approachesOf({ track, firstMs, positions }: Samples, place: GroundPlace): Approach[] {
  const p = groundOf(place);
  const rangeAt = (utcMs: number) => length(minus(track(utcMs) ?? [Number.NaN, 0, 0], p));
  const ranges = positions.map((r) => (r === undefined ? Number.NaN : length(minus(r, p))));
  const found: Approach[] = [];
  for (let i = 1; i + 1 < ranges.length; i++) {
    const [a = 0, b = 0, c = 0] = [ranges[i - 1], ranges[i], ranges[i + 1]];
    if (!(b <= a && b < c)) continue;
    const utcMs = leastOf(rangeAt, firstMs + (i - 1) * STEP_MS, firstMs + (i + 1) * STEP_MS);
    const approach = approachAt(track, utcMs, p, place);
    if (approach.incidenceDeg < 90) found.push(approach);
  }
  return found;
}

/** By the sign of the slope, which is read over 100 ms: a least value itself is flat to the digits of a double. */
function leastOf(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (high - low > 0.05) {
    const middle = (low + high) / 2;
    if (f(middle - 50) > f(middle + 50)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function approachAt(track: Track, utcMs: number, p: Vector, place: GroundPlace): Approach {
  const r = track(utcMs) ?? [Number.NaN, 0, 0];
  const up = normalAt(place);
  const below = subpointOf(r);
  const before = subpointOf(track(utcMs - 500) ?? r);
  const after = subpointOf(track(utcMs + 500) ?? r);
  const beside = (bearingDeg(below, place) - bearingDeg(before, after) + 720) % 360;
  const down: Vector = normalAt(below).map((x) => -x) as unknown as Vector;
  return {
    utcMs,
    offNadirDeg: angleDeg(down, minus(p, r)),
    incidenceDeg: angleDeg(up, minus(r, p)),
    isLeft: beside > 180,
  };
}

function normalAt({ latitudeDeg, longitudeDeg }: GroundPlace): Vector {
  const [lat, lon] = [latitudeDeg * RAD, longitudeDeg * RAD];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** Geodetic, by iteration (Hofmann-Wellenhof et al. 2001, sec. 10.2.1): no closed formula, as core has. */
function subpointOf([x, y, z]: Vector): GroundPlace {
  const p = Math.hypot(x, y);
  let lat = Math.atan2(z, p * (1 - E2));
  for (let n = 0; n < 20; n++) {
    const nKm = A_KM / Math.sqrt(1 - E2 * Math.sin(lat) ** 2);
    lat = Math.atan2(z + E2 * nKm * Math.sin(lat), p);
  }
  return { latitudeDeg: lat / RAD, longitudeDeg: Math.atan2(y, x) / RAD };
}

/** Of the great circle from one place towards another, clockwise from north. */
function bearingDeg(from: GroundPlace, to: GroundPlace): number {
  const [a, b] = [from.latitudeDeg * RAD, to.latitudeDeg * RAD];
  const d = (to.longitudeDeg - from.longitudeDeg) * RAD;
  return (
    Math.atan2(Math.sin(d) * Math.cos(b), Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(d)) / RAD
  );
}
