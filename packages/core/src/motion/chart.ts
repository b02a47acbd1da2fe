/**
 * The chart that movers move on: straight lines in degrees, which are nearly rhumb lines. Up to 500 km and 55 degrees of latitude such a way is
 * less than 0.1 % longer than the geodesic.
 */

export const KM_PER_DEG = 111.195;
const DEG = Math.PI / 180;

/** Flat between near places: within 0.1 % of a sphere up to 100 km, and 0.3 % of the ellipsoid. */
export function kmBetween(latA: number, lonA: number, latB: number, lonB: number): number {
  const north = latB - latA;
  const east = (lonB - lonA) * Math.cos(((latA + latB) / 2) * DEG);
  return KM_PER_DEG * Math.sqrt(north * north + east * east);
}
