/**
 * The Sun's direction: low-precision formulae of Meeus, Astronomical Algorithms (2nd ed., ch. 25), good to 0.01 degrees
 * between 1900 and 2100, with aberration and the main term of nutation. UT1 and TT are taken as UTC (below 0.001 degrees).
 */
import { gmstRad } from "../time/sidereal.ts";
import type { Place } from "./position.ts";
import { upOf } from "./wgs84.ts";

const DEG = Math.PI / 180;
const J2000_UTC_MS = 946_728_000_000;
const MS_PER_CENTURY = 36525 * 86_400_000;

/** Unit vector from the Earth's centre to the Sun, Earth-fixed. `utcMs` need not be whole. */
export function sunEcefUnit(utcMs: number): [number, number, number] {
  const t = (utcMs - J2000_UTC_MS) / MS_PER_CENTURY;
  const meanLongitudeDeg = 280.46646 + t * (36000.76983 + t * 0.0003032);
  const m = (357.52911 + t * (35999.05029 - t * 0.0001537)) * DEG;
  const centreDeg =
    (1.914602 - t * (0.004817 + t * 0.000014)) * Math.sin(m) +
    (0.019993 - t * 0.000101) * Math.sin(2 * m) +
    0.000289 * Math.sin(3 * m);
  const node = (125.04 - 1934.136 * t) * DEG;
  const longitude = (meanLongitudeDeg + centreDeg - 0.00569 - 0.00478 * Math.sin(node)) * DEG;
  const obliquity = (23.439291 - t * 0.0130042 + 0.00256 * Math.cos(node)) * DEG;
  const x = Math.cos(longitude);
  const y = Math.cos(obliquity) * Math.sin(longitude);
  const z = Math.sin(obliquity) * Math.sin(longitude);
  // Apparent sidereal time: the equation of the equinoxes matches the nutation taken above.
  const gast = gmstRad(utcMs) - 0.00478 * DEG * Math.sin(node) * Math.cos(obliquity);
  const [sin, cos] = [Math.sin(gast), Math.cos(gast)];
  return [x * cos + y * sin, y * cos - x * sin, z];
}

const AU_KM = 149_597_870.7;

/** The Sun's position, Earth-fixed, km: its direction at the distance of Meeus 25.5, good to 6e-5 of it. */
export function sunEcefKm(utcMs: number): [number, number, number] {
  const t = (utcMs - J2000_UTC_MS) / MS_PER_CENTURY;
  const m = (357.52911 + t * (35999.05029 - t * 0.0001537)) * DEG;
  const e = 0.016708634 - t * (0.000042037 + t * 0.0000001267);
  // The equation of the centre, to its second term: the third is 4e-8 of the distance.
  const anomaly = m + ((1.914602 - t * 0.004817) * Math.sin(m) + 0.019993 * Math.sin(2 * m)) * DEG;
  const km = (AU_KM * 1.000001018 * (1 - e * e)) / (1 + e * Math.cos(anomaly));
  const [x, y, z] = sunEcefUnit(utcMs);
  return [x * km, y * km, z * km];
}

/** Geometric elevation of the Sun's centre, degrees; no refraction, no parallax (below 0.0025 degrees). */
export function sunElevationDeg(place: Place, utcMs: number): number {
  const [sx, sy, sz] = sunEcefUnit(utcMs);
  const [ux, uy, uz] = upOf(place);
  return Math.asin(Math.max(-1, Math.min(1, sx * ux + sy * uy + sz * uz))) / DEG;
}
