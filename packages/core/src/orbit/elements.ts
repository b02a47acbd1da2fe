/** Mean elements of the SGP4 theory (Brouwer mean motion, TEME of epoch), as a TLE or an OMM (CCSDS 502.0-B) carries them. */

export interface MeanElements {
  readonly name: string;
  /** 1 to 999,999,999. */
  readonly catalogueNumber: number;
  /** COSPAR, e.g. `1998-067A`; empty where unknown. */
  readonly internationalDesignator: string;
  /** UTC milliseconds since 1970; not rounded (a TLE gives 0.864 ms, an OMM a microsecond). */
  readonly epochUtcMs: number;
  readonly meanMotionRevPerDay: number;
  readonly eccentricity: number;
  readonly inclinationDeg: number;
  readonly raanDeg: number;
  readonly argPerigeeDeg: number;
  readonly meanAnomalyDeg: number;
  /** 1 / Earth radii. */
  readonly bstar: number;
  /** rev/day^2, already halved as in a TLE; SGP4 does not use it. */
  readonly meanMotionDot: number;
  /** rev/day^3, already divided by six as in a TLE; SGP4 does not use it. */
  readonly meanMotionDdot: number;
  readonly classification: string;
  readonly elementSetNumber: number;
  readonly revolutionAtEpoch: number;
}

const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;

/** A name from outside without what a terminal would take for a command, and a table for its end. */
export const nameOf = (text: string): string => text.replace(CONTROL, " ").trim();
