/** What anybody could do: anomalies counted within a radius and some days, as they come. */

import { pointFinder } from "@vedette/core/verify/baseline-points";
import type { FirmsFolder } from "../corroborate/read-firms.ts";
import type { Labelled } from "./draw-claims.ts";

export const RAW_RADII_KM = [1, 2, 3, 6, 10] as const;
/** 1: the day itself; 3 and 5: with one and two days to either side. */
export const RAW_DAYS = [1, 3, 5] as const;

export interface RawCount {
  readonly radiusKm: number;
  readonly days: number;
  readonly counts: Float64Array;
}

export function rawCounts(labelled: readonly Labelled[], { points }: FirmsFolder): RawCount[] {
  const find = pointFinder(points);
  const out = RAW_RADII_KM.flatMap((radiusKm) =>
    RAW_DAYS.map((days) => ({ radiusKm, days, counts: new Float64Array(labelled.length) })),
  );
  labelled.forEach(({ claim }, row) => {
    find(claim.place, Math.max(...RAW_RADII_KM), (i, km) => {
      const apart = Math.abs((points.day[i] as number) - claim.day);
      for (const { radiusKm, days, counts } of out)
        if (km < radiusKm && apart <= (days - 1) / 2) counts[row] = (counts[row] as number) + 1;
    });
  });
  return out;
}
