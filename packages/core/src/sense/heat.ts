/**
 * What a satellite sees of a fire: the mid-infrared radiance that its power adds to a pixel (M. J. Wooster and others, "Fire
 * radiative energy for quantitative study of biomass burning: derivation from the BIRD experimental satellite and comparison to MODIS
 * fire products", Remote Sens. Environ. 86, 2003: power = area x sigma / a x radiance above the background, a = 3.0e-9
 * W m-2 sr-1 um-1 K-4), against the thresholds of the detection algorithms.
 */
import { normalCdf } from "../numerics/special.ts";

const STEFAN_BOLTZMANN = 5.670374419e-8;
const POWER_LAW = 3.0e-9;
/** First and second radiation constants: W um4 m-2 sr-1, um K (CODATA 2018). */
const C1 = 1.191042972e8;
const C2 = 1.438776877e4;

/** Planck's law, W m-2 sr-1 um-1. */
export function planckRadiance(kelvin: number, wavelengthUm: number): number {
  return C1 / (wavelengthUm ** 5 * Math.expm1(C2 / (wavelengthUm * kelvin)));
}

/** The temperature of a black body of that radiance, K. */
export function brightnessK(radiance: number, wavelengthUm: number): number {
  return C2 / (wavelengthUm * Math.log1p(C1 / (wavelengthUm ** 5 * radiance)));
}

/** Brightness temperature of a pixel that holds a fire, K. @param transmission01 of the air at that wavelength */
export function firePixelK(
  firePowerMw: number,
  { pixelM, backgroundK, wavelengthUm, transmission01 = 1 }: FirePixel,
): number {
  const added = (firePowerMw * 1e6 * POWER_LAW) / (STEFAN_BOLTZMANN * pixelM * pixelM);
  return brightnessK(planckRadiance(backgroundK, wavelengthUm) + transmission01 * added, wavelengthUm);
}

export interface FirePixel {
  /** Side of the pixel on the ground; it grows away from nadir. */
  readonly pixelM: number;
  readonly backgroundK: number;
  readonly wavelengthUm: number;
  readonly transmission01?: number;
}

/** Power of a fire by which a pixel comes to a brightness temperature, MW. */
export function firePowerMw(
  pixelK: number,
  { pixelM, backgroundK, wavelengthUm, transmission01 = 1 }: FirePixel,
): number {
  const added = planckRadiance(pixelK, wavelengthUm) - planckRadiance(backgroundK, wavelengthUm);
  return (added * STEFAN_BOLTZMANN * pixelM * pixelM) / (transmission01 * POWER_LAW * 1e6);
}

/**
 * Chance that an algorithm flags the pixel: that it stands `riseK` above its neighbours, whose temperatures scatter by `scatterK`.
 */
export function flaggedChance(pixelK: number, backgroundK: number, riseK: number, scatterK: number): number {
  return normalCdf((pixelK - backgroundK - riseK) / scatterK);
}
