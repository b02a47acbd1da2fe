/** When signals are read: often where the geometry turns fast, seldom where it stands still. */
import type { Site } from "../geo/position.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import { type Interval, MS_PER_MINUTE } from "../time/instant.ts";
import { EARTH_ROTATION_RADPS } from "../time/sidereal.ts";
import { vectorOf } from "./signals.ts";

/**
 * Between two readings no direction that a signal depends on turns by more than this (6 degrees), so that about each
 * extremum three readings lie on one smooth arc: what `findAtLeast` needs to lose no pair of crossings.
 */
const MOST_TURN_RAD = 0.1;
/** A platform that stands still over the ground is read this often all the same: its drift turns within hours. */
const MOST_STEP_MS = 20 * MS_PER_MINUTE;
const SUN_STEP_MS = 10 * MS_PER_MINUTE;
/** Nodes lie at most 8 degrees apart: what is between is no faster, and no nearer to the centre, by more than this. */
const BETWEEN = 0.02;

/** Most that the directions turn in the step after node `i`. */
export type Turn = (i: number) => number;

/** Of the line from site to platform, and of nadir: speed over the ground through the least range there can be in the step. */
export function lookTurn(table: StateTable, site: Site): Turn {
  const s = vectorOf(site);
  const siteKm = Math.hypot(...s);
  const { rEcefKm: r, stepMs } = table;
  const range = (i: number) =>
    Math.hypot((r[3 * i] as number) - s[0], (r[3 * i + 1] as number) - s[1], (r[3 * i + 2] as number) - s[2]);
  return (i) => {
    const wayKm = (speedKmps(table, i) * stepMs) / 1000;
    const radius = (1 - BETWEEN) * Math.min(radiusKm(table, i), radiusKm(table, i + 1));
    // The triangle of the way flown bounds the range from below, and so does the height; a kilometre at the very least.
    return wayKm / Math.max((range(i) + range(i + 1) - wayKm) / 2, radius - siteKm, 1);
  };
}

/** Of these, and of the flight over the ground: its heading swings round in minutes where a high orbit's track has a cusp. */
export function sideTurn(table: StateTable, site: Site): Turn {
  const look = lookTurn(table, site);
  const normal = (i: number) => {
    const { rEcefKm: r, vEcefKmps: v } = table;
    const [x, y, z] = [r[3 * i] as number, r[3 * i + 1] as number, r[3 * i + 2] as number];
    const [vx, vy, vz] = [v[3 * i] as number, v[3 * i + 1] as number, v[3 * i + 2] as number];
    return [y * vz - z * vy, z * vx - x * vz, x * vy - y * vx] as const;
  };
  return (i) => {
    const [a, b] = [normal(i), normal(i + 1)];
    const cos = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (Math.hypot(...a) * Math.hypot(...b));
    return look(i) + Math.acos(Math.max(-1, Math.min(1, cos)));
  };
}

/** Of the platforms about the Earth's centre, and of the Sun. The first table's steps are taken. */
export function orbitTurn(table: StateTable, other?: StateTable): Turn {
  const { firstMs, stepMs } = table;
  const rate = (of: StateTable, i: number) => {
    const k = Math.max(0, Math.min(i, of.count - 2));
    return speedKmps(of, k) / ((1 - BETWEEN) * Math.min(radiusKm(of, k), radiusKm(of, k + 1)));
  };
  return (i) => {
    let radps = rate(table, i) + EARTH_ROTATION_RADPS;
    if (other !== undefined) {
      // The other's steps may be shorter or longer: its fastest within this one.
      const at = (k: number) => (firstMs + k * stepMs - other.firstMs) / other.stepMs;
      let most = 0;
      for (let k = Math.floor(at(i)); k < Math.ceil(at(i + 1)); k++) most = Math.max(most, rate(other, k));
      radps += most;
    }
    return (radps * stepMs) / 1000;
  };
}

/** Instants at which to read: nodes where the geometry is slow, some of them left out; parts of a step where it is fast. */
export function* readings({ firstMs, stepMs, count }: StateTable, part: Interval, turn: Turn): Generator<number> {
  const first = Math.max(0, Math.floor((part.start - firstMs) / stepMs));
  const last = Math.min(count - 1, Math.ceil((part.end - firstMs) / stepMs));
  let turned = 0;
  let before: number = part.start;
  for (let i = first; i < last; i++) {
    const node = firstMs + i * stepMs;
    const bound = turn(i);
    // A step that reaches over the edge of what is known has no bound: it is halved.
    const ahead = Number.isNaN(bound) ? 2 * MOST_TURN_RAD : bound;
    if (turned + ahead > MOST_TURN_RAD || node + stepMs - before > MOST_STEP_MS) {
      yield node;
      before = node;
      turned = 0;
    }
    const pieces = Math.ceil(ahead / MOST_TURN_RAD);
    for (let k = 1; k < pieces; k++) yield node + (k * stepMs) / pieces;
    turned = pieces > 1 ? ahead / pieces : turned + ahead;
  }
}

/** For signals of the Sun at a site. */
export function* sunReadings({ start, end }: Interval): Generator<number> {
  for (let t = Math.ceil(start / SUN_STEP_MS) * SUN_STEP_MS; t < end; t += SUN_STEP_MS) yield t;
}

function radiusKm({ rEcefKm: r }: StateTable, i: number): number {
  return Math.hypot(r[3 * i] as number, r[3 * i + 1] as number, r[3 * i + 2] as number);
}

/** Over the ground, the faster end of the step after node `i`. */
function speedKmps({ vEcefKmps: v }: StateTable, i: number): number {
  const at = (k: number) => Math.hypot(v[k] as number, v[k + 1] as number, v[k + 2] as number);
  return (1 + BETWEEN) * Math.max(at(3 * i), at(3 * i + 3));
}
