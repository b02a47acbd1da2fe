/** The sample of the fleet's oracle test: real imaging satellites, and made-up orbits of every kind; sites everywhere. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Site } from "../src/geo/position.ts";
import type { MeanElements } from "../src/orbit/elements.ts";
import { parseOmm } from "../src/orbit/omm.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { parseInstant } from "../src/time/instant.ts";

export const START_MS: number = parseInstant("2026-06-15T00:00:00Z");
const CATALOGUE = new URL("../../../data/catalogues/imaging-2026-06-14.csv", import.meta.url);

/** Numbers in [0, 1): Mulberry32 (T. Ettinger, public domain). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function catalogue(): MeanElements[] {
  const rows = readFileSync(CATALOGUE, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const [names = [], ...records] = rows.map((line) => line.split(","));
  return records.map((values) => {
    const elements = parseOmm({ fields: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""])) });
    return isRefusal(elements) ? assert.fail(elements.message) : elements;
  });
}

/** An orbit by its shape; where on it and how turned is drawn. */
type Shape = readonly [
  name: string,
  revPerDay: number,
  eccentricity: number,
  inclinationDeg: number,
  argPerigeeDeg?: number,
];

const SHAPES: readonly Shape[] = [
  ["polar", 15.2, 0.0012, 90],
  ["retrograde", 14.4, 0.002, 144],
  ["equatorial, backwards", 15.0, 0.0005, 179.5],
  ["equatorial", 15.0, 0.0005, 0.05],
  ["very low", 16.2, 0.0008, 96.5],
  ["eccentric, low perigee", 10.5, 0.24, 63],
  ["eccentric, high", 6.2, 0.35, 28],
  ["transfer", 2.28, 0.73, 7],
  ["Molniya", 2.00612, 0.72, 63.4, 270],
  ["Tundra", 1.0027, 0.27, 63.4, 270],
  ["medium", 2.00562, 0.008, 55],
  ["LAGEOS", 6.387, 0.0045, 109.8],
  ["low, 0.04", 14.0, 0.04, 97.8],
  ["geostationary", 1.00273, 0.0002, 0.03],
  ["geosynchronous", 1.00273, 0.001, 12],
];

/** Satellites that are not real, each kind in turn. */
export function madeUp(count: number, random: () => number): MeanElements[] {
  return Array.from({ length: count }, (_, i) => {
    const [name, revPerDay, eccentricity, inclinationDeg, argPerigeeDeg] = SHAPES[i % SHAPES.length] ?? assert.fail();
    const drawn = () => Number((360 * random()).toFixed(4)) % 360;
    return {
      name: `${name} ${i}`,
      catalogueNumber: 90_000 + i,
      internationalDesignator: "",
      epochUtcMs: START_MS,
      meanMotionRevPerDay: revPerDay,
      eccentricity,
      inclinationDeg,
      raanDeg: drawn(),
      argPerigeeDeg: argPerigeeDeg ?? drawn(),
      meanAnomalyDeg: drawn(),
      bstar: revPerDay > 14 ? 1e-4 : 0,
      meanMotionDot: 0,
      meanMotionDdot: 0,
      classification: "U",
      elementSetNumber: 0,
      revolutionAtEpoch: 0,
    };
  });
}

/** Both poles, the equator, near both, and places drawn evenly by area; heights to 4 km. */
export function sitesOf(count: number, random: () => number): Site[] {
  const fixed = [90, -90, 0, 0, 89.7, -66.5];
  return Array.from({ length: count }, (_, i) => ({
    id: `site ${i}`,
    latitudeDeg: fixed[i] ?? (Math.asin(2 * random() - 1) * 180) / Math.PI,
    longitudeDeg: 360 * random() - 180,
    heightM: i % 3 === 0 ? 0 : Math.round(4_000 * random()),
  }));
}
