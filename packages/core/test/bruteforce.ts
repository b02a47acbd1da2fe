/** Passes the slow way: satellite.js positions every 2 s, its own look angles, edges bisected. Shares no code with core. */
import * as satellite from "satellite.js";

export interface Lines {
  readonly line1: string;
  readonly line2: string;
}
export interface Observer {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly heightM: number;
}

const RAD = Math.PI / 180;
const MS_PER_DAY = 86_400_000;
/** Turns of the mean sidereal day in a UT1 day (Aoki et al. 1982). */
const SIDEREAL_TURNS = 1.002737909350795;

export type Elevation = (utcMs: number) => number;

/** Elevation in degrees; `utcMs` need not be whole. Times are kept as milliseconds: a Julian date would round to 40 us. */
export function elevationOf({ line1, line2 }: Lines, { latitudeDeg, longitudeDeg, heightM }: Observer): Elevation {
  const record = satellite.twoline2satrec(line1, line2);
  const year = Number(line1.slice(18, 20));
  const epochMs =
    Date.UTC(year < 57 ? 2000 + year : 1900 + year, 0, 1) + (Number(line1.slice(20, 32)) - 1) * MS_PER_DAY;
  const observer = { latitude: latitudeDeg * RAD, longitude: longitudeDeg * RAD, height: heightM / 1000 };
  return (utcMs) => {
    const state = satellite.sgp4(record, (utcMs - epochMs) / 60_000);
    if (state === null) return Number.NaN;
    const midnight = Math.floor(utcMs / MS_PER_DAY) * MS_PER_DAY;
    const gmst =
      satellite.gstime(new Date(midnight)) + ((utcMs - midnight) / MS_PER_DAY) * SIDEREAL_TURNS * 2 * Math.PI;
    return satellite.ecfToLookAngles(observer, satellite.eciToEcf(state.position, gmst)).elevation / RAD;
  };
}

/** One satellite over one observer, sampled at equal steps. */
export interface Series {
  readonly elevation: Elevation;
  readonly firstMs: number;
  readonly stepMs: number;
  readonly values: Float64Array;
}

export function sample(elevation: Elevation, firstMs: number, lastMs: number, stepMs: number): Series {
  const values = Float64Array.from({ length: Math.floor((lastMs - firstMs) / stepMs) + 1 }, (_, i) =>
    elevation(firstMs + i * stepMs),
  );
  return { elevation, firstMs, stepMs, values };
}

export interface Run {
  readonly start: number;
  readonly end: number;
}

/** Runs above the mask that the samples show, edges to 0.01 ms. A run shorter than the step can go unseen. */
export function runsAbove({ elevation, firstMs, stepMs, values }: Series, maskDeg: number): Run[] {
  const edges: number[] = [];
  if ((values[0] ?? 0) >= maskDeg) edges.push(firstMs);
  for (let i = 1; i < values.length; i++) {
    const [before, after] = [(values[i - 1] ?? 0) >= maskDeg, (values[i] ?? 0) >= maskDeg];
    if (before === after) continue;
    let [low, high] = [firstMs + (i - 1) * stepMs, firstMs + i * stepMs];
    while (high - low > 0.01) {
      const middle = (low + high) / 2;
      if (elevation(middle) >= maskDeg === before) low = middle;
      else high = middle;
    }
    edges.push(high);
  }
  if (edges.length % 2 === 1) edges.push(firstMs + (values.length - 1) * stepMs);
  return edges.flatMap((start, i) => (i % 2 === 0 ? [{ start, end: edges[i + 1] ?? Number.NaN }] : []));
}

export interface Peak {
  readonly utcMs: number;
  readonly elevationDeg: number;
  /** How fast the elevation bends there, deg/s^2, positive. */
  readonly bendDegps2: number;
}

/** Every local maximum of the series, by parabolas through three points, narrowing. */
export function peaksOf({ elevation, firstMs, stepMs, values }: Series): Peak[] {
  const found: Peak[] = [];
  for (let i = 1; i + 1 < values.length; i++) {
    const [a = 0, b = 0, c = 0] = [values[i - 1], values[i], values[i + 1]];
    if (!(b >= a && b > c)) continue;
    let utcMs = firstMs + i * stepMs;
    let bend = 0;
    for (const d of [stepMs, stepMs / 4, stepMs / 4]) {
      const [left, middle, right] = [elevation(utcMs - d), elevation(utcMs), elevation(utcMs + d)];
      bend = 2 * middle - left - right;
      utcMs += Math.max(-d, Math.min(d, (0.5 * d * (right - left)) / bend));
      bend /= (d / 1000) ** 2;
    }
    found.push({ utcMs, elevationDeg: elevation(utcMs), bendDegps2: bend });
  }
  return found;
}
