/**
 * How far radio and sight reach over a smooth Earth: the horizon of an Earth larger than the true one, since the air bends rays
 * down. Radio takes 4/3 (ITU-R P.310; FS-1037C: 2.23 nautical miles times the root of the height in metres), light about 7/6.
 */

/** Mean radius of the Earth, km (IUGG). */
export const EARTH_RADIUS_KM = 6371.0088;
/** Effective over true radius of the Earth. */
export const RADIO_BENDING: number = 4 / 3;
export const LIGHT_BENDING: number = 7 / 6;

/** Distance to the horizon from a height above the ground or sea, km; a height below 0 counts as 0. */
export function horizonKm(heightM: number, bending: number = RADIO_BENDING): number {
  const h = Math.max(0, heightM) / 1000;
  return Math.sqrt(h * (2 * bending * EARTH_RADIUS_KM + h));
}

/** The longest distance at which two heights see each other over a smooth Earth, km. */
export function sightKm(heightM: number, otherHeightM: number, bending: number = RADIO_BENDING): number {
  return horizonKm(heightM, bending) + horizonKm(otherHeightM, bending);
}

/**
 * Angle at the ground between the surface and the ray to a radar at `heightM`, degrees; 0 at its horizon and beyond.
 * @param rangeKm along the ray
 */
export function grazingDeg(heightM: number, rangeKm: number, bending: number = RADIO_BENDING): number {
  const radius = bending * EARTH_RADIUS_KM;
  const h = heightM / 1000;
  // The law of cosines in the triangle of the Earth's centre, radar and ground; small differences kept apart.
  const sine = (h * (2 * radius + h) - rangeKm * rangeKm) / (2 * radius * rangeKm);
  return sine <= 0 ? 0 : (Math.asin(Math.min(1, sine)) * 180) / Math.PI;
}

/** How much the Earth bulges over the straight line between two points, km, at `fromKm` from one and `toKm` from the other. */
export function bulgeKm(fromKm: number, toKm: number, bending: number = RADIO_BENDING): number {
  return (fromKm * toKm) / (2 * bending * EARTH_RADIUS_KM);
}
