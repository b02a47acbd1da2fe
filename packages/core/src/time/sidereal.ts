/** Greenwich mean sidereal time, IAU 1982 (Aoki et al.; Vallado 2013, eq. 3-45). UT1 is taken as UTC (below 0.9 s). */

const TWO_PI = 2 * Math.PI;
const J2000_UTC_MS = 946_728_000_000; // 2000-01-01T12:00:00Z
const MS_PER_CENTURY = 36525 * 86_400_000;

/** Earth's rotation relative to the mean equinox, rad/s (Vallado 2013, eq. 3-40, at J2000; its change is 1e-15 a century). */
export const EARTH_ROTATION_RADPS = 7.292115855306589e-5;

/** Radians in [0, 2 pi). `utcMs` need not be whole. */
export function gmstRad(utcMs: number): number {
  const t = (utcMs - J2000_UTC_MS) / MS_PER_CENTURY;
  // 876600 h a century are whole turns: taken apart, so that no digits are lost to them.
  const dayFraction = (utcMs - J2000_UTC_MS) / 86_400_000;
  const turnsS = (dayFraction - Math.floor(dayFraction)) * 86_400;
  const seconds = 67_310.54841 + turnsS + t * (8_640_184.812866 + t * (0.093104 - t * 6.2e-6));
  const rad = ((seconds / 86_400) % 1) * TWO_PI;
  return rad < 0 ? rad + TWO_PI : rad;
}
