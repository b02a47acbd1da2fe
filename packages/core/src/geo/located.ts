/** A place as well as it is known: a pixel, a settlement, a fix, an area. */
import type { Place } from "./position.ts";

/** What the place was taken from. `area`: all of a named area, whose middle and extent are given. */
export const LOCATION_BASES = ["fix", "pixel", "settlement", "area", "map", "stated"] as const;
export type LocationBasis = (typeof LOCATION_BASES)[number];

export interface Located extends Place {
  /** The true place is within this of the point in 95 of 100 cases, km. */
  readonly radiusKm: number;
  readonly basis: LocationBasis;
  /** The settlement's name or the area's id, where there is one. */
  readonly name?: string;
}
