/** A small coalition over cells near and far, for tests of coverage. */
import { readFileSync } from "node:fs";
import {
  type CoveragePlan,
  type CoverageSatellite,
  type CoverageSensor,
  coveragePlanOf,
} from "../src/access/coverage.ts";
import { gridOf } from "../src/access/grid.ts";
import { type Cell, cellAt, cellsAround } from "../src/geo/cells.ts";
import type { MeanElements } from "../src/orbit/elements.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { parseTle } from "../src/orbit/tle.ts";
import type { Interval } from "../src/time/instant.ts";
import { type NamedLines, NEVER_STALE } from "./real-sky.ts";

const { satellites }: { readonly satellites: readonly NamedLines[] } = JSON.parse(
  readFileSync(new URL("../oracle/windows.skyfield.json", import.meta.url), "utf8"),
);

/** Those of the window oracle that come abeam of cells: above four revolutions a day. */
export const LOW: readonly (NamedLines & { readonly elements: MeanElements })[] = satellites.flatMap((lines) => {
  const elements = parseTle(lines);
  return isRefusal(elements) || elements.meanMotionRevPerDay < 5 ? [] : [{ ...lines, elements }];
});

/** One sensor of each kind: day only to 45 degrees; radar to the right; thermal in a narrow band; a wide receiver. */
export const SENSORS: readonly CoverageSensor[] = [
  { kind: 0, reach: { angle: "offNadir", minDeg: 0, maxDeg: 45, side: "both" }, minSunElevationDeg: 10 },
  { kind: 1, reach: { angle: "incidence", minDeg: 20, maxDeg: 55, side: "right" }, minSunElevationDeg: -90 },
  { kind: 2, reach: { angle: "offNadir", minDeg: 10, maxDeg: 15, side: "left" }, minSunElevationDeg: -90 },
  { kind: 3, reach: { angle: "offNadir", minDeg: 0, maxDeg: 62, side: "both" }, minSunElevationDeg: -90 },
];

/** Lehmer's generator: the same draws on every run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Evenly over the globe. */
export function cellsAnywhere(count: number, seed: number): Cell[] {
  const roll = dice(seed);
  return Array.from({ length: count }, () =>
    cellAt({ latitudeDeg: (Math.asin(2 * roll() - 1) * 180) / Math.PI, longitudeDeg: 360 * roll() - 180 }, 6),
  );
}

/** About Kharkiv. */
export const DENSE: readonly Cell[] = cellsAround({ latitudeDeg: 49.9, longitudeDeg: 36.3 }, 90, 6);

/** Satellite i has two sensors and belongs to group i modulo `groups`. */
export function fleetOf(count: number, groups: number): CoverageSatellite[] {
  return LOW.slice(0, count).map(({ elements }, i) => ({
    elements,
    table: NEVER_STALE,
    group: i % groups,
    sensors: [SENSORS[i % 4] as CoverageSensor, SENSORS[(i + 1) % 4] as CoverageSensor],
  }));
}

export function planOver(
  fleet: readonly CoverageSatellite[],
  span: Interval,
  fine: readonly Cell[],
  coarse: readonly Cell[],
): CoveragePlan {
  return coveragePlanOf({ satellites: fleet, grid: gridOf(fine), coarse: gridOf(coarse), span });
}
