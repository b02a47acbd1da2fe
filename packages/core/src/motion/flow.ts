/** Wind for what flies, current for what swims: how it turns the way through the air or water into a way over the ground. */

/** Writes the flow at a place and time: towards east and towards north, m/s. */
export type Flow = (latitudeDeg: number, longitudeDeg: number, tMs: number, out: Float64Array) => void;

export const STILL: Flow = (_latitudeDeg, _longitudeDeg, _tMs, out) => {
  out[0] = 0;
  out[1] = 0;
};

/**
 * Speed over the ground along a course that is held by heading into the flow across it, m/s; NaN where the flow across is too
 * strong to hold it. Below 0: it is driven back. @param courseDeg from north by east
 */
export function groundSpeedMps(speedMps: number, courseDeg: number, eastMps: number, northMps: number): number {
  const rad = (courseDeg * Math.PI) / 180;
  const along = eastMps * Math.sin(rad) + northMps * Math.cos(rad);
  const across = eastMps * Math.cos(rad) - northMps * Math.sin(rad);
  return Math.abs(across) > speedMps ? Number.NaN : Math.sqrt(speedMps * speedMps - across * across) + along;
}
