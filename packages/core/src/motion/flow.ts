/** Wind for what flies, current for what swims: how it turns the way through the air or water into a way over the ground. */

/** Writes the flow at a place and time: towards east and towards north, m/s. */
export type Flow = (latitudeDeg: number, longitudeDeg: number, tMs: number, out: Float64Array) => void;

/** Below a tenth of its own speed over the ground a mover makes no way that anybody would plan with: it crawls. */
export const LEAST_WAY_01 = 0.1;

/**
 * Speed over the ground along a course that is held by heading into the flow across it, m/s; NaN where the flow across is too
 * strong to hold it. Below 0: it is driven back. @param eastOf and `northOf`: the course, as a vector of length 1
 */
export function groundSpeedMps(
  speedMps: number,
  eastOf: number,
  northOf: number,
  eastMps: number,
  northMps: number,
): number {
  const along = eastMps * eastOf + northMps * northOf;
  const across = eastMps * northOf - northMps * eastOf;
  return Math.sqrt(speedMps * speedMps - across * across) + along;
}

/** The same as a mover plans with it: never below a tenth of its own speed. */
export function madeGoodMps(
  speedMps: number,
  eastOf: number,
  northOf: number,
  eastMps: number,
  northMps: number,
): number {
  const mps = groundSpeedMps(speedMps, eastOf, northOf, eastMps, northMps);
  const least = LEAST_WAY_01 * speedMps;
  return mps > least ? mps : least;
}
