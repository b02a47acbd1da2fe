/**
 * What a person makes of a picture: Johnson's criteria (1958: 1.0 line pair over the smaller side of a target to detect it in one
 * try of two, 1.4 to tell its lie, 4.0 to recognise, 6.4 to identify), with the curve about them that the Night Vision
 * Laboratory's models use, and the time that it takes to find it.
 */

/** Line pairs over the target at which half of the observers succeed. */
export const JOHNSON_CYCLES = { detect: 1.0, orient: 1.4, recognise: 4.0, identify: 6.4 } as const;

/** Chance of success, given all the time there is: (N/N50)^E / (1 + (N/N50)^E) with E = 2.7 + 0.7 N/N50. */
export function discriminationChance(cycles: number, cyclesForHalf: number): number {
  const ratio = cycles / cyclesForHalf;
  if (!(ratio > 0)) return 0;
  const power = ratio ** (2.7 + 0.7 * ratio);
  return power === Number.POSITIVE_INFINITY ? 1 : power / (1 + power);
}

/**
 * Share of what would be found, given all time, that is found after some time: 1 - exp(-t chance / (searchS fields)), as of
 * the Night Vision Laboratory's search model, where 3.4 s is that model's figure.
 * @param chance01 to detect it once its field is in view, given all time
 * @param fields fields of view that are searched in turn for it; 1 where the camera points at it
 */
export function foundShare01(seconds: number, chance01: number, fields: number, searchS = 3.4): number {
  return -Math.expm1((-seconds * chance01) / (searchS * Math.max(1, fields)));
}

/** Koschmieder's law: contrast left at a distance, for a visibility at which 2 % is left. */
export function contrastLeft01(rangeKm: number, visibilityKm: number): number {
  return Math.exp((-3.912 * rangeKm) / visibilityKm);
}

/**
 * Share of a camera's resolution that is left to a target of little contrast. The contrast that a pattern needs is taken to
 * grow exponentially, from `least01` at rest to 1 (or `most`) at the finest pattern that pixels can hold.
 */
export function resolvedShare01(contrast: number, least: number, most = 1): number {
  if (!(contrast > least)) return 0;
  if (!(most > least)) return 1;
  return Math.min(1, Math.log(contrast / least) / Math.log(most / least));
}

/** Line pairs over a target. @param pixelMrad angle of one pixel: two make a line pair */
export function cyclesOver(sizeM: number, rangeKm: number, pixelMrad: number): number {
  return sizeM / (2 * pixelMrad * Math.max(rangeKm, 1e-3));
}

/** Line pairs over a target on the ground by its picture's ground sample distance. */
export function cyclesOnGround(sizeM: number, sampleM: number): number {
  return sizeM / (2 * sampleM);
}

/** Where 5 % of a beam is left (Allard), over where 2 % is (Koschmieder), in the same air. */
export const OPTICAL_RANGE_SHARE: number = Math.log(20) / Math.log(50);

/**
 * Allard's law: illuminance of a light at a distance, lux; visibility at which 5 % of a beam is left (IALA).
 * The eye sees 0.2 microlux in the dark (IALA, nominal range).
 */
export function illuminanceLux(candela: number, rangeKm: number, visibilityKm: number): number {
  const rangeM = Math.max(1, rangeKm * 1000);
  return (candela / (rangeM * rangeM)) * 0.05 ** (rangeKm / visibilityKm);
}
