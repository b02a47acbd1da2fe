/** Look angles between a site on the ellipsoid and a platform above it. Geometric: no refraction. */
import type { Position, Site } from "./position.ts";
import { ecefOf, geodeticOf, upOf } from "./wgs84.ts";

const DEG = Math.PI / 180;

/** Elevation of `target` above the ellipsoid's tangent plane at `site`, degrees. */
export function elevationDeg(site: Site, target: Position<"ecef">): number {
  const [ux, uy, uz] = upOf(site);
  const s = ecefOf(site);
  const [dx, dy, dz] = [target.xKm - s.xKm, target.yKm - s.yKm, target.zKm - s.zKm];
  return Math.asin((dx * ux + dy * uy + dz * uz) / Math.hypot(dx, dy, dz)) / DEG;
}

/** Angle at the target between its vertical and the platform: 90 degrees minus the elevation. */
export function incidenceDeg(site: Site, platform: Position<"ecef">): number {
  return 90 - elevationDeg(site, platform);
}

/** Angle at the platform between geodetic nadir and the target, degrees. */
export function offNadirDeg(platform: Position<"ecef">, site: Site): number {
  const [ux, uy, uz] = upOf(geodeticOf(platform));
  const s = ecefOf(site);
  const [dx, dy, dz] = [s.xKm - platform.xKm, s.yKm - platform.yKm, s.zKm - platform.zKm];
  return Math.acos(Math.max(-1, Math.min(1, -(dx * ux + dy * uy + dz * uz) / Math.hypot(dx, dy, dz)))) / DEG;
}

/** Distance, km. */
export function rangeKm(site: Site, target: Position<"ecef">): number {
  const s = ecefOf(site);
  return Math.hypot(target.xKm - s.xKm, target.yKm - s.yKm, target.zKm - s.zKm);
}
