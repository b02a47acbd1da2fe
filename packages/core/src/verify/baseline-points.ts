/** Places with a day, found by distance: a grid over typed arrays. */
import type { Place } from "../geo/position.ts";

/** Whole days since 1970-01-01. */
export type DayNumber = number;

export interface DatedPoints {
  readonly latitudeDeg: Float32Array;
  readonly longitudeDeg: Float32Array;
  readonly day: Int32Array;
}

/** What a point's day is in the calendar, reckoned once: year, and day of the year from 0. */
export interface Calendar {
  readonly year: Int16Array;
  readonly dayOfYear: Int16Array;
}

/** Calls `visit` for each point within a distance of a place, in no order that means anything. */
export type FindPoints = (place: Place, withinKm: number, visit: (at: number, km: number) => void) => void;

/** The same among points whose key lies in one of some ranges, ends included: a season of a record of years. */
export type FindKeyed = (
  where: { readonly place: Place; readonly withinKm: number; readonly keys: readonly (readonly [number, number])[] },
  visit: (at: number, km: number) => void,
) => void;

/** One degree of latitude; of longitude at the equator. Mean of WGS 84, good to 0.4 % over 100 km at these latitudes. */
const [KM_PER_LATITUDE_DEG, KM_PER_LONGITUDE_DEG] = [111.2, 111.32];
const CELL_DEG = 0.1;

/** Kilometres between two places less than some 200 km apart: a plane touches the Earth at the first of them. */
export function nearKm(a: Place, latitudeDeg: number, longitudeDeg: number): number {
  const north = (latitudeDeg - a.latitudeDeg) * KM_PER_LATITUDE_DEG;
  const east =
    wrapped(longitudeDeg - a.longitudeDeg) * KM_PER_LONGITUDE_DEG * Math.cos((a.latitudeDeg * Math.PI) / 180);
  return Math.hypot(north, east);
}

const wrapped = (deg: number): number => (deg > 180 ? deg - 360 : deg < -180 ? deg + 360 : deg);

export function pointFinder(points: Pick<DatedPoints, "latitudeDeg" | "longitudeDeg">): FindPoints {
  const find = keyedFinder(points, new Int16Array(points.latitudeDeg.length));
  const keys = [[0, 0]] as const;
  return (place, withinKm, visit) => find({ place, withinKm, keys }, visit);
}

/** The grid spans what it is given; it does not reach across the antimeridian. In each cell, points ascend by key. */
export function keyedFinder(
  { latitudeDeg, longitudeDeg }: Pick<DatedPoints, "latitudeDeg" | "longitudeDeg">,
  key: Int16Array,
): FindKeyed {
  const count = latitudeDeg.length;
  if (count === 0) return () => {};
  const [south, north] = rangeOf(latitudeDeg);
  const [west, east] = rangeOf(longitudeDeg);
  const rows = Math.floor((north - south) / CELL_DEG) + 1;
  const columns = Math.floor((east - west) / CELL_DEG) + 1;
  const cellOf = (i: number): number =>
    Math.floor(((latitudeDeg[i] as number) - south) / CELL_DEG) * columns +
    Math.floor(((longitudeDeg[i] as number) - west) / CELL_DEG);
  const { starts, order } = countingSort(count, rows * columns, cellOf);
  for (let c = 0; c < rows * columns; c++)
    order.subarray(starts[c], starts[c + 1]).sort((a, b) => (key[a] as number) - (key[b] as number));
  // Copies in the order of the walk: neighbours in space are neighbours in memory.
  const [lats, lons, keysOf] = [
    Float32Array.from(order, (i) => latitudeDeg[i] as number),
    Float32Array.from(order, (i) => longitudeDeg[i] as number),
    Int16Array.from(order, (i) => key[i] as number),
  ];
  return ({ place, withinKm, keys }, visit) => {
    const dLat = withinKm / KM_PER_LATITUDE_DEG;
    // The circle is widest in longitude towards the pole.
    const widest = Math.cos((Math.min(89, Math.abs(place.latitudeDeg) + dLat) * Math.PI) / 180);
    const dLon = withinKm / (KM_PER_LONGITUDE_DEG * widest);
    const first = clamp((place.latitudeDeg - dLat - south) / CELL_DEG, rows);
    const last = clamp((place.latitudeDeg + dLat - south) / CELL_DEG, rows);
    const left = clamp((place.longitudeDeg - dLon - west) / CELL_DEG, columns);
    const right = clamp((place.longitudeDeg + dLon - west) / CELL_DEG, columns);
    const kmPerLongitudeDeg = KM_PER_LONGITUDE_DEG * Math.cos((place.latitudeDeg * Math.PI) / 180);
    for (let row = first; row <= last; row++) {
      for (let cell = row * columns + left; cell <= row * columns + right; cell++) {
        const end = starts[cell + 1] as number;
        for (const [from, to] of keys) {
          for (
            let k = firstFrom(keysOf, from, starts[cell] as number, end);
            k < end && (keysOf[k] as number) <= to;
            k++
          ) {
            const dNorth = ((lats[k] as number) - place.latitudeDeg) * KM_PER_LATITUDE_DEG;
            const dEast = ((lons[k] as number) - place.longitudeDeg) * kmPerLongitudeDeg;
            const square = dNorth * dNorth + dEast * dEast;
            if (square < withinKm * withinKm) visit(order[k] as number, Math.sqrt(square));
          }
        }
      }
    }
  };
}

function firstFrom(keys: Int16Array, from: number, start: number, end: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

const clamp = (cell: number, cells: number): number => Math.max(0, Math.min(cells - 1, Math.floor(cell)));

function rangeOf(values: Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function countingSort(count: number, cells: number, cellOf: (i: number) => number) {
  const starts = new Uint32Array(cells + 1);
  for (let i = 0; i < count; i++) (starts[cellOf(i) + 1] as number)++;
  for (let c = 0; c < cells; c++) starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number);
  const next = starts.slice(0, cells);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const cell = cellOf(i);
    order[next[cell] as number] = i;
    next[cell] = (next[cell] as number) + 1;
  }
  return { starts, order };
}
