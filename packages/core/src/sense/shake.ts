/**
 * How far a blow to the ground is felt: peak particle velocity falls as a power of the distance over the root of the charge, the
 * form of the United States Bureau of Mines (RI 8507, 1980). Its constants depend on the ground: figures, not laws.
 */

/** Peak particle velocity, mm/s. @param chargeKg of TNT, or what couples like it */
export function particleVelocityMmps(chargeKg: number, rangeKm: number, { factor, exponent }: Ground): number {
  return factor * ((rangeKm * 1000) / Math.sqrt(chargeKg)) ** -exponent;
}

export interface Ground {
  /** mm/s at 1 m over the root of a kilogram. */
  readonly factor: number;
  readonly exponent: number;
}
