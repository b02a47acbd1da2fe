/** Whether two ends of a link reach each other: near enough, over the horizon's edge, over the ground, not jammed. */

import { EARTH_RADIUS_KM, sightKm } from "./horizon.ts";
import { type Band, bandBit } from "./jamming.ts";
import { sightAcross, type Terrain } from "./terrain.ts";

/** What an end of a link is, above the ground. */
export interface LinkEnd {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly aboveGroundM: number;
}

export interface LinkKind {
  readonly band: Band;
  /** Beyond it the link has no margin. */
  readonly rangeKm: number;
  /** A link by satellite asks for neither horizon nor ground. */
  readonly bySatellite: boolean;
}

/** `unknown`: nothing known stands in the way, and the ground is not known all the way. */
export const LINK_STATES = ["up", "out-of-range", "below-horizon", "behind-terrain", "jammed", "unknown"] as const;
export type LinkState = (typeof LINK_STATES)[number];

/**
 * @param jammed bits of bands that are jammed at the receiving end
 * @param terrain left out, the Earth is smooth and nothing is unknown
 */
export function linkState(
  from: LinkEnd,
  to: LinkEnd,
  { band, rangeKm, bySatellite }: LinkKind,
  { jammed = 0, terrain }: { readonly jammed?: number; readonly terrain?: Terrain | undefined } = {},
): LinkState {
  if ((jammed & bandBit(band)) !== 0) return "jammed";
  if (bySatellite) return "up";
  const km = arcKm(from, to);
  if (km > rangeKm) return "out-of-range";
  if (km > sightKm(from.aboveGroundM, to.aboveGroundM)) return "below-horizon";
  if (terrain === undefined) return "up";
  const sight = sightAcross(terrain, from, to);
  return sight === "clear" ? "up" : sight === "blocked" ? "behind-terrain" : "unknown";
}

/** Along a sphere, km: within 0.5 %. */
function arcKm(a: LinkEnd, b: LinkEnd): number {
  const rad = Math.PI / 180;
  const lat = Math.sin(((b.latitudeDeg - a.latitudeDeg) * rad) / 2);
  const lon = Math.sin(((b.longitudeDeg - a.longitudeDeg) * rad) / 2);
  const h = lat * lat + Math.cos(a.latitudeDeg * rad) * Math.cos(b.latitudeDeg * rad) * lon * lon;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
