/** Elements of a planned Walker pattern (Walker 1984): T satellites in P planes with phasing F, on circular orbits. */
import type { MeanElements } from "./elements.ts";

const MU_KM3PS2 = 398_600.8; // WGS 72, as SGP4
const J2 = 0.001082616;
const EARTH_KM = 6378.135;
const SUN_RATE_RADPS = (2 * Math.PI) / (365.2421897 * 86_400);
const J2000_UTC_MS = 946_728_000_000;

export interface WalkerPattern {
  readonly name: string;
  /** Number of the first satellite; the others count up. */
  readonly firstNumber: number;
  readonly epochUtcMs: number;
  readonly satellites: number;
  readonly planes: number;
  readonly phasing: number;
  readonly altitudeKm: number;
  readonly inclinationDeg: number;
  /** Ascending node of the first plane, TEME of epoch. */
  readonly raanDeg: number;
  /** 360 for delta, 180 for star patterns. */
  readonly spreadDeg: number;
  readonly argumentOfLatitudeDeg: number;
}

/** Plane by plane. No drag: a planned satellite keeps its altitude. @throws RangeError if the planes do not divide the satellites. */
export function walkerElements(pattern: WalkerPattern): MeanElements[] {
  const { satellites, planes, phasing, altitudeKm } = pattern;
  if (satellites % planes !== 0) throw new RangeError(`${planes} planes do not divide ${satellites} satellites`);
  const perPlane = satellites / planes;
  const radiusKm = EARTH_KM + altitudeKm;
  return Array.from({ length: satellites }, (_, i) => {
    const plane = Math.floor(i / perPlane);
    const slot = i % perPlane;
    return {
      name: `${pattern.name} ${plane + 1}-${slot + 1}`,
      catalogueNumber: pattern.firstNumber + i,
      internationalDesignator: "",
      epochUtcMs: pattern.epochUtcMs,
      meanMotionRevPerDay: (Math.sqrt(MU_KM3PS2 / radiusKm ** 3) * 86_400) / (2 * Math.PI),
      eccentricity: 0.0001,
      inclinationDeg: pattern.inclinationDeg,
      raanDeg: turn(pattern.raanDeg + (pattern.spreadDeg * plane) / planes),
      argPerigeeDeg: 90,
      meanAnomalyDeg: turn(
        pattern.argumentOfLatitudeDeg - 90 + (360 * slot) / perPlane + (360 * phasing * plane) / satellites,
      ),
      bstar: 0,
      meanMotionDot: 0,
      meanMotionDdot: 0,
      classification: "U",
      elementSetNumber: 0,
      revolutionAtEpoch: 0,
    };
  });
}

/** Inclination at which J2 turns a circular orbit's node with the mean Sun (Vallado 2013, eq. 11-13); NaN where none does. */
export function sunSynchronousInclinationDeg(altitudeKm: number): number {
  const radiusKm = EARTH_KM + altitudeKm;
  const n = Math.sqrt(MU_KM3PS2 / radiusKm ** 3);
  return (Math.acos((-2 * SUN_RATE_RADPS) / (3 * J2 * n * (EARTH_KM / radiusKm) ** 2)) * 180) / Math.PI;
}

/** Ascending node whose local mean time is `ltanH` at an instant, degrees. */
export function raanOfLocalTime(ltanH: number, utcMs: number): number {
  const meanSunDeg = 280.46646 + (36000.76983 * (utcMs - J2000_UTC_MS)) / (36525 * 86_400_000);
  return turn(meanSunDeg + (ltanH - 12) * 15);
}

function turn(deg: number): number {
  return deg - 360 * Math.floor(deg / 360);
}
