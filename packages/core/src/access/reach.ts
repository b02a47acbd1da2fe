/** Where a sensor can be pointed, and how far from the ground track that is. */
import type { Side } from "../network/network.ts";

const DEG = Math.PI / 180;
const EARTH_KM = 6371;

/** Where one sensor can be pointed; the sweep keeps what any of a satellite's sensors accepts. */
export interface Reach {
  readonly angle: "offNadir" | "incidence";
  readonly minDeg: number;
  readonly maxDeg: number;
  readonly side: Side;
}

/** Does a look under these angles fall in the band, on the right side? Left is positive `xTrackKm`. */
export function accepts(reach: Reach, offNadirDeg: number, incidenceDeg: number, xTrackKm: number): boolean {
  const angle = reach.angle === "offNadir" ? offNadirDeg : incidenceDeg;
  if (!(angle >= reach.minDeg && angle <= reach.maxDeg)) return false;
  return reach.side === "both" || (reach.side === "left" ? xTrackKm >= 0 : xTrackKm <= 0);
}

/** The sphere over the ellipsoid's least radius: above a pole a satellite sees as far as one that is so much higher. */
const FLATTENING = EARTH_KM / 6356.7;

/** Greatest angle at the Earth's centre at which any of the bands may be met from `radiusKm` or below, anywhere on the ellipsoid. */
export function widestAngleRad(reaches: readonly Reach[], radiusKm: number): number {
  return Math.max(...reaches.map((reach) => centralAngleRad(reach, radiusKm * FLATTENING)));
}

/** Greatest angle at the Earth's centre between a satellite at `radiusKm` and what it can look at; the horizon at most. */
export function centralAngleRad({ angle, maxDeg }: Reach, radiusKm: number): number {
  const horizon = Math.acos(EARTH_KM / radiusKm);
  const max = Math.min(maxDeg, 90) * DEG;
  if (angle === "incidence") return Math.min(horizon, max - Math.asin((EARTH_KM / radiusKm) * Math.sin(max)));
  const sin = (radiusKm / EARTH_KM) * Math.sin(max);
  return sin >= 1 ? horizon : Math.asin(sin) - max;
}
