/**
 * Windows the slow way: every constraint asked every second of satellite.js positions, edges halved. Angles by satellite.js
 * or by plain trigonometry, flight direction by its velocity, shadow by rays to the rim of the Sun. Of core
 * only the Sun's position is used, which has an oracle of its own.
 */
import * as satellite from "satellite.js";
import { sunEcefKm } from "../src/geo/sun.ts";
import type { Lines, Observer, Run } from "./bruteforce.ts";
import { type Track, trackOf } from "./bruteforce-abeam.ts";

const RAD = Math.PI / 180;
const OBSTACLE_KM = 6451;
const SUN_KM = 695_700;
const EARTH_RADPS = 7.292115855e-5;
const [A_KM, B_KM] = [6378.137, 6356.752314245];
const RIM_POINTS = 360;

type Vector = readonly [number, number, number];
interface Band {
  readonly min: number;
  readonly max: number;
}

/** As `LookConstraints`, with lines instead of tables. */
export interface Asked {
  readonly minElevationDeg?: number;
  readonly horizonMask?: readonly { readonly azimuthDeg: number; readonly elevationDeg: number }[];
  readonly rangeKm?: Band;
  readonly incidenceDeg?: Band;
  readonly offNadirDeg?: Band;
  readonly side?: "left" | "right";
  readonly minSunElevationDeg?: number;
  readonly maxSunElevationDeg?: number;
  readonly platformSunlit?: boolean;
  readonly lineOfSight?: readonly Lines[];
  readonly stationContact?: readonly { readonly site: Observer; readonly maskDeg: number }[];
}

/** Degrees by which a constraint is met; for the shadow only 1 or -1. */
export type Margin = (utcMs: number) => number;

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const length = (a: Vector): number => Math.sqrt(dot(a, a));
const angleDeg = (a: Vector, b: Vector): number => Math.atan2(length(cross(a, b)), dot(a, b)) / RAD;
const bandOf = (value: number, { min, max }: Band): number => Math.min(value - min, max - value);

const radiansOf = ({ latitudeDeg, longitudeDeg, heightM }: Observer) => ({
  latitude: latitudeDeg * RAD,
  longitude: longitudeDeg * RAD,
  height: heightM / 1000,
});

function lookFrom(site: Observer, [x, y, z]: Vector) {
  const look = satellite.ecfToLookAngles(radiansOf(site), { x, y, z });
  return { azimuthDeg: look.azimuth / RAD, elevationDeg: look.elevation / RAD, rangeKm: look.rangeSat };
}

function groundOf(site: Observer): Vector {
  const { x, y, z } = satellite.geodeticToEcf(radiansOf(site));
  return [x, y, z];
}

function offNadirDeg([x, y, z]: Vector, site: Observer): number {
  // With a sidereal time of 0 inertial is Earth-fixed.
  const { latitude, longitude } = satellite.eciToGeodetic({ x, y, z }, 0);
  const c = Math.cos(latitude);
  return angleDeg(
    [-c * Math.cos(longitude), -c * Math.sin(longitude), -Math.sin(latitude)],
    minus(groundOf(site), [x, y, z]),
  );
}

function horizonAt(mask: NonNullable<Asked["horizonMask"]>, azimuthDeg: number): number {
  const turns = [-360, 0, 360].flatMap((turn) => mask.map((p) => [p.azimuthDeg + turn, p.elevationDeg] as const));
  for (const [i, [to, high]] of turns.entries()) {
    const [from, low] = turns[i - 1] ?? [Number.NEGATIVE_INFINITY, high];
    if (azimuthDeg >= from && azimuthDeg <= to) return low + ((high - low) * (azimuthDeg - from)) / (to - from);
  }
  return Number.NaN;
}

/** Does any ray from `r` to the rim of the Sun's disc meet the ellipsoid? */
function isRimHidden(r: Vector, utcMs: number): boolean {
  const w = minus(sunEcefKm(utcMs), r);
  const awayDeg = 180 - angleDeg(w, r);
  // With 0.3 degrees of Sun to spare, rays need be drawn near the limb alone: between a sphere about and one inside.
  if (awayDeg > Math.asin(A_KM / length(r)) / RAD + 0.3) return false;
  if (awayDeg < Math.asin(B_KM / length(r)) / RAD - 0.3) return true;
  const east = cross(w, [0, 0, 1]);
  const [e, n] = [east, cross(w, east)].map((v): Vector => [v[0] / length(v), v[1] / length(v), v[2] / length(v)]);
  if (e === undefined || n === undefined) return false;
  const rim = SUN_KM / Math.sqrt(1 - (SUN_KM / length(w)) ** 2);
  for (let k = 0; k < RIM_POINTS; k++) {
    const [c, s] = [rim * Math.cos((2 * Math.PI * k) / RIM_POINTS), rim * Math.sin((2 * Math.PI * k) / RIM_POINTS)];
    if (meetsEarth(r, [w[0] + c * e[0] + s * n[0], w[1] + c * e[1] + s * n[1], w[2] + c * e[2] + s * n[2]]))
      return true;
  }
  return false;
}

/** The quadratic of a ray and the WGS 84 ellipsoid. */
export function meetsEarth(r: Vector, d: Vector): boolean {
  const form = (p: Vector, q: Vector) => (p[0] * q[0] + p[1] * q[1]) / A_KM ** 2 + (p[2] * q[2]) / B_KM ** 2;
  const [a, b, c] = [form(d, d), form(r, d), form(r, r) - 1];
  return b < 0 && b * b - a * c >= 0;
}

function seesDeg(a: Vector, b: Vector): number {
  const reach = Math.acos(OBSTACLE_KM / length(a)) + Math.acos(OBSTACLE_KM / length(b));
  return reach / RAD - angleDeg(a, b);
}

const trackWithout = (lines: Lines): ((utcMs: number) => Vector) => {
  const track: Track = trackOf(lines);
  let [last, at]: [number, Vector] = [Number.NaN, [Number.NaN, 0, 0]];
  return (utcMs) => {
    if (utcMs !== last) [last, at] = [utcMs, track(utcMs) ?? [Number.NaN, 0, 0]];
    return at;
  };
};

/** Inertial velocity turned into Earth-fixed axes, km/s. */
function velocityOf({ line1, line2 }: Lines): (utcMs: number) => Vector {
  const record = satellite.twoline2satrec(line1, line2);
  const yearMs = Date.UTC(2000 + Number(line1.slice(18, 20)), 0, 1);
  const epochMs = yearMs + (Number(line1.slice(20, 32)) - 1) * 86_400_000;
  return (utcMs) => {
    const state = satellite.sgp4(record, (utcMs - epochMs) / 60_000);
    if (state === null) return [Number.NaN, 0, 0];
    const { x, y, z } = satellite.eciToEcf(state.velocity, satellite.gstime(new Date(utcMs)));
    return [x, y, z];
  };
}

/** Left is positive; the velocity is satellite.js's own, less the Earth's rotation. */
function sideMargin(lines: Lines, at: (utcMs: number) => Vector, site: Observer): Margin {
  const velocity = velocityOf(lines);
  const ground = groundOf(site);
  return (utcMs) => {
    const [r, v] = [at(utcMs), velocity(utcMs)];
    return 90 - angleDeg(cross(r, minus(v, cross([0, 0, EARTH_RADPS], r))), ground);
  };
}

/** One margin for each constraint given, elevation first: it fails most often. */
export function marginsOf(lines: Lines, site: Observer, asked: Asked): Margin[] {
  const at = trackWithout(lines);
  const look = (t: number) => lookFrom(site, at(t));
  const up = satellite.geodeticToEcf({ ...radiansOf(site), height: 1e6 });
  const g = groundOf(site);
  const sunDeg = (t: number) => 90 - angleDeg(sunEcefKm(t), minus([up.x, up.y, up.z], g));
  const { minElevationDeg = 0, horizonMask, rangeKm, incidenceDeg, offNadirDeg: off, side } = asked;
  const { minSunElevationDeg: low, maxSunElevationDeg: high, platformSunlit, lineOfSight, stationContact } = asked;
  const across = side && sideMargin(lines, at, site);
  const margins: (Margin | undefined)[] = [
    (t) => look(t).elevationDeg - minElevationDeg,
    incidenceDeg && ((t) => bandOf(90 - look(t).elevationDeg, incidenceDeg)),
    rangeKm && ((t) => bandOf(look(t).rangeKm, rangeKm) / look(t).rangeKm / RAD),
    off && ((t) => bandOf(offNadirDeg(at(t), site), off)),
    horizonMask && ((t) => look(t).elevationDeg - horizonAt(horizonMask, look(t).azimuthDeg)),
    across && ((t) => (side === "left" ? 1 : -1) * across(t)),
    low === undefined ? undefined : (t) => sunDeg(t) - low,
    high === undefined ? undefined : (t) => high - sunDeg(t),
    platformSunlit === undefined ? undefined : (t) => (isRimHidden(at(t), t) === platformSunlit ? -1 : 1),
    stationContact && ((t) => Math.max(...stationContact.map((s) => lookFrom(s.site, at(t)).elevationDeg - s.maskDeg))),
    lineOfSight && relayMargin(at, lineOfSight.map(trackWithout)),
  ];
  return margins.filter((margin) => margin !== undefined);
}

const relayMargin =
  (at: (t: number) => Vector, relays: readonly ((t: number) => Vector)[]): Margin =>
  (t) =>
    Math.max(...relays.map((relay) => seesDeg(at(t), relay(t))));

/** Runs of seconds in which every margin is met, edges to 0.01 ms. */
export function runsOf(margins: readonly Margin[], startMs: number, endMs: number): Run[] {
  const holds = (t: number) => margins.every((margin) => margin(t) >= 0);
  const edges: number[] = holds(startMs) ? [startMs] : [];
  for (let t = startMs + 1000, was = edges.length === 1; t <= endMs; t += 1000) {
    if (holds(t) === was) continue;
    let [low, high] = [t - 1000, t];
    while (high - low > 0.01) {
      const middle = (low + high) / 2;
      if (holds(middle) === was) low = middle;
      else high = middle;
    }
    edges.push(high);
    was = !was;
  }
  if (edges.length % 2 === 1) edges.push(endMs);
  return edges.flatMap((start, i) => (i % 2 === 0 ? [{ start, end: edges[i + 1] ?? Number.NaN }] : []));
}
