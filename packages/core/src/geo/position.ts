/** Positions that carry their frame, so that mixing two frames does not compile. */

/**
 * `teme`: true equator, mean equinox of date, SGP4's output. `ecef`: Earth-fixed (pseudo Earth-fixed of Vallado).
 * Two simplifications, at the equator: polar motion is ignored (< 20 m), UT1 is taken as UTC (< 0.9 s, so < 420 m).
 */
export type Frame = "teme" | "ecef";

export interface Position<F extends Frame> {
  readonly frame: F;
  readonly xKm: number;
  readonly yKm: number;
  readonly zKm: number;
}

/** A geodetic place without a height. WGS 84, degrees. */
export interface Place {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

/** Geodetic, WGS 84. Height is above the ellipsoid, not above sea level. */
export interface Site extends Place {
  readonly id: string;
  readonly heightM: number;
}
