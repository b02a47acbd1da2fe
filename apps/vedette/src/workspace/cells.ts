/**
 * H3 cells as whole numbers that a database sorts by: base cell and seven digits, 28 bits. A coarser cell is its first bits, so that all
 * within it lie in one range.
 */
import { type Cell, cellAt, cellsAround, centreOf } from "@vedette/core/geo/cells";
import { distanceKm } from "@vedette/core/geo/geodesic";
import type { Place } from "@vedette/core/geo/position";

export const FINEST = 7;
export const RESOLUTIONS = [3, 5, 7] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

const DIGITS = 15;
const BITS = 3;

/** Of resolution 7. */
export const cellOf = (place: Place): number => numberOf(cellAt(place, FINEST), FINEST);

/** The cell of a lower resolution that holds it, in that one's numbering. */
export const coarser = (cell: number, res: number): number => cell >> (BITS * (FINEST - res));

const numberOf = (cell: Cell, res: number): number =>
  Number((BigInt(`0x${cell}`) >> BigInt(BITS * (DIGITS - res))) & ((1n << BigInt(7 + BITS * res)) - 1n));

/** H3's own name of it. */
export function nameOf(cell: number, res: number): Cell {
  const unused = BITS * (DIGITS - res);
  const index = (1n << 59n) | (BigInt(res) << 52n) | (BigInt(cell) << BigInt(unused)) | ((1n << BigInt(unused)) - 1n);
  return index.toString(16);
}

export const placeOfCell = (cell: number, res: number): Place => centreOf(nameOf(cell, res));

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** First and last cell of resolution 7, both inside. */
export type Range = readonly [first: number, last: number];

export interface Cover {
  readonly res: Resolution;
  /** In the numbering of `res`. */
  readonly cells: readonly number[];
  readonly ranges: readonly Range[];
}

/** Beyond it a box is looked for by time. Five or six rings: a hundred cells at most, some twenty ranges. */
const MOST_RADIUS_KM: Readonly<Record<Resolution, number>> = { 3: 330, 5: 48, 7: 7 };
/** No point of a cell is further from its middle: the mean edge (h3geo.org, cell statistics) and 40 %, as finer cells jut out a little. */
const REACH_KM: Readonly<Record<Resolution, number>> = { 3: 97, 5: 13.9, 7: 2 };

/** Cells that together hold all of a box, and some around it; none where that were too many. */
export function coverOf({ west, south, east, north }: Box): Cover | undefined {
  const span = east >= west ? east - west : east - west + 360;
  const middle = { latitudeDeg: (south + north) / 2, longitudeDeg: wrapped(west + span / 2) };
  // Nearer the equator a degree of longitude is longer.
  const wide = south <= 0 && north >= 0 ? 0 : Math.min(Math.abs(south), Math.abs(north));
  if (span > 40 || north - south > 40) return undefined;
  const corners = [north, south, wide * Math.sign(south + north)].map((latitudeDeg) => ({
    latitudeDeg,
    longitudeDeg: wrapped(west),
  }));
  const radiusKm = Math.max(...corners.map((corner) => distanceKm(middle, corner)));
  const res = [...RESOLUTIONS].reverse().find((one) => radiusKm <= MOST_RADIUS_KM[one]);
  if (res === undefined) return undefined;
  const wideDeg = REACH_KM[res] / 110.5;
  const cosine = Math.cos(Math.min(89, Math.max(Math.abs(south), Math.abs(north)) + wideDeg) * (Math.PI / 180));
  const reached: Box = {
    south: south - wideDeg,
    north: north + wideDeg,
    west: wrapped(west - Math.min(90, wideDeg / cosine)),
    east: wrapped(east + Math.min(90, wideDeg / cosine)),
  };
  const cells = cellsAround(middle, radiusKm, res)
    .filter((cell) => isInBox(centreOf(cell), reached))
    .map((cell) => numberOf(cell, res))
    .sort((a, b) => a - b);
  return { res, cells, ranges: rangesOf(cells, res) };
}

const wrapped = (deg: number): number => ((((deg + 180) % 360) + 360) % 360) - 180;

function rangesOf(cells: readonly number[], res: Resolution): Range[] {
  const bits = BITS * (FINEST - res);
  const ranges: [number, number][] = [];
  for (const cell of cells) {
    const [first, last] = [cell << bits, ((cell + 1) << bits) - 1];
    const before = ranges.at(-1);
    if (before !== undefined && before[1] + 1 === first) before[1] = last;
    else ranges.push([first, last]);
  }
  return ranges;
}

export const isInBox = ({ latitudeDeg, longitudeDeg }: Place, { west, south, east, north }: Box): boolean =>
  latitudeDeg >= south &&
  latitudeDeg <= north &&
  (west <= east ? longitudeDeg >= west && longitudeDeg <= east : longitudeDeg >= west || longitudeDeg <= east);
