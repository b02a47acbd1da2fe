/** How often each kind of land burns in each season: what a place's own few years are drawn towards. */
import type { Place } from "../geo/position.ts";
import { type DatedPoints, type DayNumber, nearKm, pointFinder } from "./baseline-points.ts";
import { dayOfYear, yearOf } from "./claim-day.ts";

/** A grid of cells, each with the shares of its land that belong to each class. */
export interface LandUse {
  readonly latitudeDeg: Float32Array;
  readonly longitudeDeg: Float32Array;
  readonly classes: number;
  /** Row by row: `classes` shares for each cell. */
  readonly shares01: Float32Array;
  readonly cellDeg: number;
}

export interface LandUseRates {
  /** Anomalies per km2 and day of the season, the day's own year left out; `undefined` off the grid. */
  rateAt(place: Place, day: DayNumber, seasonDays: number): number | undefined;
}

const [KM_PER_LATITUDE_DEG, KM_PER_LONGITUDE_DEG] = [111.2, 111.32];
const DAYS = 365;

export function landUseRatesOf(landUse: LandUse, points: DatedPoints, isPersistent: Uint8Array): LandUseRates {
  const { classes, shares01 } = landUse;
  const cellAt = cellFinder(landUse);
  const years = [...new Set(Array.from(points.day, yearOf))].sort((a, b) => a - b);
  const rankOf = new Map(years.map((year, i) => [year, i]));
  const counts = new Float64Array(years.length * DAYS * classes);
  for (let i = 0; i < points.day.length; i++) {
    if (isPersistent[i] === 1) continue;
    const cell = cellAt({
      latitudeDeg: points.latitudeDeg[i] as number,
      longitudeDeg: points.longitudeDeg[i] as number,
    });
    if (cell === undefined) continue;
    const day = points.day[i] as number;
    const row = ((rankOf.get(yearOf(day)) as number) * DAYS + dayOfYear(day)) * classes;
    for (let c = 0; c < classes; c++)
      counts[row + c] = (counts[row + c] as number) + (shares01[cell * classes + c] as number);
  }
  const areas = areasOf(landUse);
  const table = new Map<string, Float64Array>();
  const seasonOf = (year: number, seasonDays: number): Float64Array => {
    const key = `${year}/${seasonDays}`;
    const known = table.get(key);
    if (known !== undefined) return known;
    const others = years.flatMap((other, rank) => (other === year ? [] : [rank]));
    const made = smoothed(counts, others, { classes, seasonDays, areas });
    table.set(key, made);
    return made;
  };
  return {
    rateAt(place, day, seasonDays) {
      const cell = cellAt(place);
      if (cell === undefined) return undefined;
      const rates = seasonOf(yearOf(day), seasonDays);
      let rate = 0;
      for (let c = 0; c < classes; c++)
        rate += (shares01[cell * classes + c] as number) * (rates[dayOfYear(day) * classes + c] as number);
      return rate;
    },
  };
}

/** Per km2 and day: the mean over a season of some years, for each day of the year and class. */
function smoothed(
  counts: Float64Array,
  ranks: readonly number[],
  { classes, seasonDays, areas }: { classes: number; seasonDays: number; areas: Float64Array },
): Float64Array {
  const out = new Float64Array(DAYS * classes);
  for (let doy = 0; doy < DAYS; doy++) {
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (const rank of ranks) {
        for (let l = -seasonDays; l <= seasonDays; l++)
          sum += counts[(rank * DAYS + ((doy + l + DAYS) % DAYS)) * classes + c] as number;
      }
      const exposure = Math.max(1, ranks.length) * (2 * seasonDays + 1) * Math.max(1, areas[c] as number);
      out[doy * classes + c] = sum / exposure;
    }
  }
  return out;
}

function areasOf({ latitudeDeg, shares01, classes, cellDeg }: LandUse): Float64Array {
  const areas = new Float64Array(classes);
  latitudeDeg.forEach((latitude, cell) => {
    const km2 = cellDeg ** 2 * KM_PER_LATITUDE_DEG * KM_PER_LONGITUDE_DEG * Math.cos((latitude * Math.PI) / 180);
    for (let c = 0; c < classes; c++) areas[c] = (areas[c] as number) + km2 * (shares01[cell * classes + c] as number);
  });
  return areas;
}

/** The cell whose middle is nearest, no further than a cell away. */
function cellFinder(landUse: LandUse): (place: Place) => number | undefined {
  const { latitudeDeg, longitudeDeg, cellDeg } = landUse;
  const exact = new Map<number, number>();
  const keyOf = (lat: number, lon: number): number => Math.round(lat / cellDeg) * 100_000 + Math.round(lon / cellDeg);
  latitudeDeg.forEach((latitude, i) => {
    exact.set(keyOf(latitude, longitudeDeg[i] as number), i);
  });
  const find = pointFinder(landUse);
  return (place) => {
    const own = exact.get(keyOf(place.latitudeDeg, place.longitudeDeg));
    if (own !== undefined) return own;
    let [best, bestKm] = [undefined as number | undefined, Number.POSITIVE_INFINITY];
    find(place, cellDeg * KM_PER_LATITUDE_DEG, (at) => {
      const km = nearKm(place, latitudeDeg[at] as number, longitudeDeg[at] as number);
      if (km < bestKm) [best, bestKm] = [at, km];
    });
    return best;
  };
}
