/** Furnaces, flares and kilns: what burns in the same square kilometre year after year, and is no event. */
import type { Place } from "../geo/position.ts";
import type { DatedPoints, DayNumber } from "./baseline-points.ts";
import { monthOf, yearOf } from "./claim-day.ts";
import type { PersistenceRule } from "./model.ts";

const CELL_KM = 1;
const [KM_PER_LATITUDE_DEG, KM_PER_LONGITUDE_DEG] = [111.2, 111.32];
/** Columns are as wide as a kilometre at this latitude: further north or south a cell is a little less or more. */
const MIDDLE_LATITUDE_DEG = 48.5;
const COLUMNS = 65_536;

export interface HotSpots {
  /** 1 for each point that lies in a cell which burns persistently. */
  readonly isPersistent: Uint8Array;
  /** One per cell: where it is, and on which days it was seen, ascending. */
  readonly cells: readonly HotSpot[];
}

export interface HotSpot extends Place {
  readonly days: readonly DayNumber[];
}

/** Days and years are counted over all that is given: a war is one year, a steelworks all of them. */
export function hotSpotsOf(points: DatedPoints, rule: PersistenceRule): HotSpots {
  const count = points.day.length;
  const byCell = new Map<number, Set<DayNumber>>();
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const key = cellKey(points.latitudeDeg[i] as number, points.longitudeDeg[i] as number);
    keys[i] = key;
    const days = byCell.get(key);
    if (days === undefined) byCell.set(key, new Set([points.day[i] as number]));
    else days.add(points.day[i] as number);
  }
  const persistent = new Map<number, HotSpot>();
  for (const [key, days] of byCell) {
    if (days.size < rule.days) continue;
    const sorted = [...days].sort((a, b) => a - b);
    const isAllYear = new Set(sorted.map(monthOf)).size >= rule.months;
    if (isAllYear && new Set(sorted.map(yearOf)).size >= rule.years)
      persistent.set(key, { ...middleOf(key), days: sorted });
  }
  const isPersistent = new Uint8Array(count);
  for (let i = 0; i < count; i++) isPersistent[i] = persistent.has(keys[i] as number) ? 1 : 0;
  return { isPersistent, cells: [...persistent.values()] };
}

const kmPerLongitudeDeg = KM_PER_LONGITUDE_DEG * Math.cos((MIDDLE_LATITUDE_DEG * Math.PI) / 180);

function cellKey(latitudeDeg: number, longitudeDeg: number): number {
  const row = Math.round(((latitudeDeg + 90) * KM_PER_LATITUDE_DEG) / CELL_KM);
  const column = Math.round(((longitudeDeg + 180) * kmPerLongitudeDeg) / CELL_KM);
  return row * COLUMNS + column;
}

function middleOf(key: number): Place {
  const [row, column] = [Math.floor(key / COLUMNS), key % COLUMNS];
  return {
    latitudeDeg: (row * CELL_KM) / KM_PER_LATITUDE_DEG - 90,
    longitudeDeg: (column * CELL_KM) / kmPerLongitudeDeg - 180,
  };
}
