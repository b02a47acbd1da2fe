/** Bits and moments from rows of opportunities: for satellites that hardly move, and for machines without a kernel. */
import type { StateTable } from "../orbit/ephemeris.ts";
import { type Interval, MS_PER_HOUR } from "../time/instant.ts";
import type { CoveragePlan, CoverageSatellite, CoverageSensor } from "./coverage.ts";
import { dwell } from "./dwell.ts";
import type { MomentColumns } from "./moments.ts";
import type { Opportunities } from "./opportunities.ts";
import { accepts } from "./reach.ts";
import { sweepPlainly } from "./sweep.ts";

/** Index of a plane; -1 where there is none. */
export function planeOf({ planes }: CoveragePlan, group: number, kind: number, isNight: boolean): number {
  return planes.findIndex((key) => key.group === group && key.kind === kind && key.isNight === isNight);
}

export interface RowTask {
  readonly plan: CoveragePlan;
  readonly bits: ArrayBuffer;
  /** Where the planes begin in `bits`. */
  readonly planes: number;
  /** Index of the satellite. */
  readonly satellite: number;
  readonly table: StateTable;
  readonly span: Interval;
  readonly moments: MomentColumns;
}

/** Sweeps one satellite over both grids, and marks and notes what it can see. */
export function markRows({ plan, bits, planes, satellite, table, span, moments }: RowTask): void {
  const { group, sensors } = plan.satellites[satellite] as CoverageSatellite;
  const words = new Uint32Array(bits, planes);
  const placeOf = placesOf(plan);
  const reaches = sensors.map(({ reach }) => reach);
  const rowsOver = (grid: CoveragePlan["grid"]) => {
    const query = { table, grid, span, reaches };
    return plan.isSlow[satellite] === true ? dwell(query) : sweepPlainly(query);
  };
  const planeWords = (plan.hours * plan.rowBytes) >>> 2;
  const dayPlanes = sensors.map(({ kind }) => planeOf(plan, group, kind, false));
  const nightPlanes = sensors.map(({ kind }) => planeOf(plan, group, kind, true));
  const fine = rowsOver(plan.grid);
  fine.cell.forEach((cell, row) => {
    const hour = Math.floor(((fine.atMs[row] as number) - plan.span.start) / MS_PER_HOUR);
    const place = placeOf[cell] as number;
    sensors.forEach((sensor, k) => {
      const verdict = judge(sensor, fine, row);
      if (verdict === "no") return;
      const plane = (verdict === "day" ? dayPlanes : nightPlanes)[k] as number;
      const at = plane * planeWords + ((hour * plan.rowBytes) >>> 2) + (place >>> 5);
      words[at] = (words[at] as number) | (1 << (place & 31));
    });
  });
  const coarse = rowsOver(plan.coarse);
  coarse.cell.forEach((cell, row) => {
    let tag = 16 * group;
    for (const sensor of sensors) if (judge(sensor, coarse, row) === "day") tag |= 1 << sensor.kind;
    if ((tag & 15) !== 0) moments.push(cell, coarse.atMs[row] as number, tag);
  });
}

function judge(
  { reach, minSunElevationDeg }: CoverageSensor,
  rows: Opportunities,
  row: number,
): "no" | "day" | "night" {
  const { offNadirDeg: off, incidenceDeg: incidence, xTrackKm: x, sunElevationDeg: sun } = rows;
  if (!accepts(reach, off[row] as number, incidence[row] as number, x[row] as number)) return "no";
  return (sun[row] as number) >= minSunElevationDeg ? "day" : "night";
}

const places = new WeakMap<CoveragePlan, Uint32Array>();

/** Place in the tree's order of each cell. */
export function placesOf(plan: CoveragePlan): Uint32Array {
  const known = places.get(plan);
  if (known !== undefined) return known;
  const { order } = plan.tree;
  const placeOf = new Uint32Array(order.length);
  order.forEach((cell, place) => {
    placeOf[cell] = place;
  });
  places.set(plan, placeOf);
  return placeOf;
}
