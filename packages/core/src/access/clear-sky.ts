/** The chance of a clear sky: beside the geometric answer, never folded into it. */
import type { Place } from "../geo/position.ts";
import { type Interval, instant, isoOf, MS_PER_DAY } from "../time/instant.ts";

/** Probability that cloud hides the ground, by month, on a grid of boxes. */
export interface CloudGrid {
  readonly south: number;
  readonly west: number;
  readonly stepDeg: number;
  readonly rows: number;
  readonly columns: number;
  /** By month `01` to `12`: rows from the south, each from the west; null is unknown. */
  readonly cloudProbability01: Readonly<Record<string, readonly (readonly (number | null)[])[]>>;
}

/** One minus the cloud probability of the box, mean over the days of the span; NaN where any of them is unknown. */
export function clearSky01(grid: CloudGrid | undefined, place: Place, span: Interval): number {
  if (grid === undefined) return Number.NaN;
  const row = Math.floor((place.latitudeDeg - grid.south) / grid.stepDeg);
  const column = Math.floor((place.longitudeDeg - grid.west) / grid.stepDeg);
  if (row < 0 || column < 0 || row >= grid.rows || column >= grid.columns) return Number.NaN;
  let [sum, days] = [0, 0];
  for (let t: number = span.start; t < span.end; t += MS_PER_DAY, days++) {
    const month = isoOf(instant(t)).slice(5, 7);
    sum += 1 - (grid.cloudProbability01[month]?.[row]?.[column] ?? Number.NaN);
  }
  return sum / days;
}
