/** Distances between many near places: the chord through the Earth is three differences, and the arc over it all but known. */
import type { Place } from "./position.ts";
import { WGS84_A_KM, WGS84_E2 } from "./wgs84.ts";

const DEG = Math.PI / 180;
/** Mean radius (IUGG). Radii of curvature lie within 0.6 % of it: the arc over a chord of 100 km is off by 12 mm at most. */
const MEAN_RADIUS_KM = 6371.0088;

/** Up to here {@link nearKm} holds to 1.2e-7 of the distance. */
export const NEAR_KM = 100;

/** Points on the ellipsoid, km from the Earth's centre, stride 3. */
export function pointsOf(places: readonly Place[]): Float64Array {
  const out = new Float64Array(3 * places.length);
  for (let i = 0; i < places.length; i++) {
    const { latitudeDeg, longitudeDeg } = places[i] as Place;
    const [sin, cos] = [Math.sin(latitudeDeg * DEG), Math.cos(latitudeDeg * DEG)];
    const nKm = WGS84_A_KM / Math.sqrt(1 - WGS84_E2 * sin * sin);
    out[3 * i] = nKm * cos * Math.cos(longitudeDeg * DEG);
    out[3 * i + 1] = nKm * cos * Math.sin(longitudeDeg * DEG);
    out[3 * i + 2] = nKm * (1 - WGS84_E2) * sin;
  }
  return out;
}

/** Distance over the ground between points `i` and `j`, km; up to {@link NEAR_KM} as good as its note says, beyond it too short. */
export function nearKm(points: Float64Array, i: number, j: number): number {
  const x = (points[3 * i] as number) - (points[3 * j] as number);
  const y = (points[3 * i + 1] as number) - (points[3 * j + 1] as number);
  const z = (points[3 * i + 2] as number) - (points[3 * j + 2] as number);
  const chord2 = x * x + y * y + z * z;
  return Math.sqrt(chord2) * (1 + chord2 / (24 * MEAN_RADIUS_KM * MEAN_RADIUS_KM));
}
