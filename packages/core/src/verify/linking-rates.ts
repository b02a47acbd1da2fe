/** How many incidents there are round a place: what a report is, if not of an incident that is known already. */
import { cubesOf, type ItemTable } from "./linking-items.ts";

/** A rate is read within the least distance that holds so many incidents. */
const NEAREST = 8;
const FARTHEST_KM = 60;
/** Places beyond which every so many-th stands for the rest. */
const MOST_PLACES = 6000;
/** Where nothing is near, incidents are taken as spread over this area at a tenth of their number, km2. */
const EMPTY_KM2 = 6_000_000;

export interface Places {
  readonly xyzKm: Float64Array;
  /** Incidents that each stands for. */
  readonly each: number;
}

/** Logarithm of incidents per km2 and day round each row. */
export function logRatesAt(table: ItemTable, sigmaKm: number, { xyzKm, each }: Places): Float64Array {
  const { span, count } = table;
  const stride = Math.max(1, Math.ceil(xyzKm.length / 3 / MOST_PLACES));
  const thin = stride === 1 ? xyzKm : xyzKm.filter((_, k) => Math.floor(k / 3) % stride === 0);
  const weight = each * stride;
  const days = Math.max(1, (span.endMs - span.startMs) / 86_400_000);
  const least = (each * xyzKm.length) / 3 / EMPTY_KM2;
  const scales = [1, 2, 4, 8, 16, 32, 64].map((k) => Math.min(FARTHEST_KM, 1.5 * k * Math.max(0.1, sigmaKm)));
  const within = scales.map((km) => counterOf(thin, km));
  return Float64Array.from({ length: count }, (_, i) => {
    let rate = least;
    for (const [s, km] of scales.entries()) {
      const sum = weight * (within[s]?.(table.xyzKm, i) ?? 0);
      // Its own incident is among them, and is not what it would be if it were not that one.
      rate = Math.max(rate, (sum - 1) / (Math.PI * km * km));
      if (sum >= NEAREST) break;
    }
    return Math.log(rate / days);
  });
}

function counterOf(places: Float64Array, km: number): (xyz: Float64Array, i: number) => number {
  const cubes = cubesOf(places, km);
  return (xyz, i) => {
    const [x, y, z] = [xyz[3 * i] as number, xyz[3 * i + 1] as number, xyz[3 * i + 2] as number];
    let count = 0;
    for (const cube of cubes.around(x, y, z)) {
      for (const j of cube) {
        const dx = x - (places[3 * j] as number);
        const dy = y - (places[3 * j + 1] as number);
        const dz = z - (places[3 * j + 2] as number);
        if (dx * dx + dy * dy + dz * dz <= km * km) count++;
      }
    }
    return count;
  };
}
