/** A site's horizon by azimuth: buildings, trees, hills, or a radar's own limits. */
import type { Site } from "../geo/position.ts";
import { bracketedRoot } from "../numerics/search.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import type { Signal } from "../time/above.ts";
import { skyInto } from "./signals.ts";

export interface HorizonPoint {
  /** From north by east, 0 up to 360. */
  readonly azimuthDeg: number;
  /** Geometric, -90 to 90. */
  readonly elevationDeg: number;
}

/** By ascending azimuth; straight lines between, across north from the last to the first. */
export type HorizonMask = readonly HorizonPoint[];

/** @throws RangeError on an empty mask, an azimuth or elevation out of range, or azimuths that do not ascend. */
export function assertHorizonMask(mask: HorizonMask): void {
  if (mask.length === 0) throw new RangeError("horizonMask has 0 points");
  mask.forEach(({ azimuthDeg, elevationDeg }, i) => {
    if (!(azimuthDeg >= 0 && azimuthDeg < 360)) throw new RangeError(`azimuthDeg must be 0 up to 360: ${azimuthDeg}`);
    if (!(elevationDeg >= -90 && elevationDeg <= 90))
      throw new RangeError(`elevationDeg must be -90 to 90: ${elevationDeg}`);
    const before = mask[i - 1]?.azimuthDeg ?? Number.NEGATIVE_INFINITY;
    if (!(azimuthDeg > before)) throw new RangeError(`azimuths must ascend: ${before}, then ${azimuthDeg}`);
  });
}

/** The mask at an azimuth of 0 to 360 degrees. */
export function horizonDeg(mask: HorizonMask, azimuthDeg: number): number {
  // The last point at or before the azimuth, by halves; -1 where that is the last one, a turn back.
  let [low, high] = [-1, mask.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((mask[middle] as HorizonPoint).azimuthDeg <= azimuthDeg) low = middle;
    else high = middle;
  }
  const from = mask[low < 0 ? mask.length - 1 : low] as HorizonPoint;
  const to = mask[high % mask.length] as HorizonPoint;
  const widthDeg = turned(to.azimuthDeg - from.azimuthDeg) || 360;
  return from.elevationDeg + ((to.elevationDeg - from.elevationDeg) * turned(azimuthDeg - from.azimuthDeg)) / widthDeg;
}

const turned = (deg: number): number => (deg < 0 ? deg + 360 : deg);

/** Degrees above the mask. */
export function aboveHorizonSignal(table: StateTable, site: Site, mask: HorizonMask): Signal {
  const sky = skyInto(table, site);
  const out = new Float64Array(2);
  return (utcMs) => {
    sky(utcMs, out);
    return (out[1] as number) - horizonDeg(mask, out[0] as number);
  };
}

/** From one azimuth to another the shorter way round, -180 to 180 degrees. */
const way = (fromDeg: number, toDeg: number): number => ((((toDeg - fromDeg + 180) % 360) + 360) % 360) - 180;

const STRAIGHT_DEG = 45;

/**
 * `times`, and the instants at which the platform crosses a point of the mask: between them the mask is straight, so that
 * a mast or a gap narrower than the step is not lost. Near the zenith steps are halved until the azimuth is followed.
 */
export function horizonReadings(
  table: StateTable,
  site: Site,
  mask: HorizonMask,
  times: readonly number[],
): readonly number[] {
  const sky = skyInto(table, site);
  const out = new Float64Array(2);
  const azimuth = (utcMs: number): number => {
    sky(utcMs, out);
    return out[0] as number;
  };
  const found: number[] = [];
  const walk = (from: number, fromDeg: number, to: number, toDeg: number): void => {
    const swept = way(fromDeg, toDeg);
    if (Math.abs(swept) > STRAIGHT_DEG && to - from > 1) {
      const middle = (from + to) / 2;
      const middleDeg = azimuth(middle);
      walk(from, fromDeg, middle, middleDeg);
      found.push(middle);
      walk(middle, middleDeg, to, toDeg);
      return;
    }
    const ways = mask.map((point) => way(fromDeg, point.azimuthDeg));
    const met = mask.filter((_, i) => (ways[i] as number) * swept > 0 && Math.abs(ways[i] as number) < Math.abs(swept));
    const at = met.map((point) => bracketedRoot((t) => way(point.azimuthDeg, azimuth(t)), from, to, 0.01));
    found.push(...at.sort((a, b) => a - b));
  };
  let [before, beforeDeg] = [Number.NaN, Number.NaN];
  for (const t of times) {
    const deg = azimuth(t);
    if (!Number.isNaN(before)) walk(before, beforeDeg, t, deg);
    found.push(t);
    [before, beforeDeg] = [t, deg];
  }
  return found;
}
