/**
 * Passes of one satellite over many sites the slow way: satellite.js every second, its own sidereal time and its own site
 * positions, edges halved. Shares no code with core but the writing of two-line elements.
 */
import * as satellite from "satellite.js";
import type { MeanElements } from "../src/orbit/elements.ts";
import { linesOf } from "../src/orbit/lines.ts";
import type { Observer, Run } from "./bruteforce.ts";

const RAD = Math.PI / 180;
const MS_PER_DAY = 86_400_000;
/** Turns of the mean sidereal day in a UT1 day (Aoki et al. 1982). */
const SIDEREAL_TURNS = 1.002737909350795;
export const STEP_MS = 1_000;

/** Positions every second, km: Earth-fixed, stride 3. */
export interface Path {
  readonly firstMs: number;
  readonly rEcefKm: Float64Array;
  /** `utcMs` need not be whole. */
  at(utcMs: number): readonly [number, number, number];
}

export function pathOf(elements: MeanElements, firstMs: number, lastMs: number): Path {
  const lines = linesOf(elements);
  if (lines === undefined) throw new Error(`${elements.name}: two lines cannot hold its elements`);
  const record = satellite.twoline2satrec(...lines);
  const at = (utcMs: number): readonly [number, number, number] => {
    const state = satellite.sgp4(record, (utcMs - elements.epochUtcMs) / 60_000);
    if (state === null) throw new Error(`${elements.name}: satellite.js has no state at ${utcMs}`);
    const midnight = Math.floor(utcMs / MS_PER_DAY) * MS_PER_DAY;
    const gmst =
      satellite.gstime(new Date(midnight)) + ((utcMs - midnight) / MS_PER_DAY) * SIDEREAL_TURNS * 2 * Math.PI;
    const { x, y, z } = satellite.eciToEcf(state.position, gmst);
    return [x, y, z];
  };
  const count = Math.floor((lastMs - firstMs) / STEP_MS) + 1;
  const rEcefKm = new Float64Array(3 * count);
  for (let i = 0; i < count; i++) rEcefKm.set(at(firstMs + i * STEP_MS), 3 * i);
  return { firstMs, rEcefKm, at };
}

/** Sine of the elevation of one path over one site: sampled, and at any instant. */
export interface Sight {
  readonly path: Path;
  readonly values: Float64Array;
  at(utcMs: number): number;
}

export function sightOf(path: Path, { latitudeDeg, longitudeDeg, heightM }: Observer): Sight {
  const [latitude, longitude] = [latitudeDeg * RAD, longitudeDeg * RAD];
  const { x: px, y: py, z: pz } = satellite.geodeticToEcf({ latitude, longitude, height: heightM / 1000 });
  const [ux, uy, uz] = [
    Math.cos(latitude) * Math.cos(longitude),
    Math.cos(latitude) * Math.sin(longitude),
    Math.sin(latitude),
  ];
  const sine = (x: number, y: number, z: number) => {
    const [dx, dy, dz] = [x - px, y - py, z - pz];
    return (dx * ux + dy * uy + dz * uz) / Math.sqrt(dx * dx + dy * dy + dz * dz);
  };
  const { rEcefKm: r } = path;
  const values = new Float64Array(r.length / 3);
  for (let i = 0, k = 0; i < values.length; i++, k += 3) {
    values[i] = sine(r[k] as number, r[k + 1] as number, r[k + 2] as number);
  }
  return { path, values, at: (utcMs) => sine(...path.at(utcMs)) };
}

/** Runs above the mask that the samples show, edges to 0.01 ms. */
export function runsOf({ path: { firstMs }, values, at }: Sight, sinMask: number): Run[] {
  const edges: number[] = [];
  if ((values[0] as number) >= sinMask) edges.push(firstMs);
  for (let i = 1; i < values.length; i++) {
    const isUp = (values[i] as number) >= sinMask;
    if ((values[i - 1] as number) >= sinMask === isUp) continue;
    let [low, high] = [firstMs + (i - 1) * STEP_MS, firstMs + i * STEP_MS];
    while (high - low > 0.01) {
      const middle = (low + high) / 2;
      if (at(middle) >= sinMask === isUp) high = middle;
      else low = middle;
    }
    edges.push(high);
  }
  if (edges.length % 2 === 1) edges.push(firstMs + (values.length - 1) * STEP_MS);
  return edges.flatMap((start, i) => (i % 2 === 0 ? [{ start, end: edges[i + 1] as number }] : []));
}

/** Highest points between samples, by a parabola through three of them: sine, and how it bends, 1/s2, positive. */
export function peaksOf({ values }: Sight): { readonly sine: number; readonly bend: number }[] {
  const found: { readonly sine: number; readonly bend: number }[] = [];
  for (let i = 1; i + 1 < values.length; i++) {
    const [a, b, c] = [values[i - 1] as number, values[i] as number, values[i + 1] as number];
    if (!(b >= a && b > c)) continue;
    const bend = 2 * b - a - c;
    found.push({ sine: b + (c - a) ** 2 / (8 * bend), bend });
  }
  return found;
}
