/**
 * Lambert's azimuthal equal-area projection on a sphere (Snyder, USGS Professional Paper 1395, 1987, equations 22-4, 24-2 to
 * 24-4 and 24-13 to 24-16), kilometres from its centre, x east, y south as on screen. Cells of one size look of one size.
 */
const EARTH_RADIUS_KM = 6371.0088; // IUGG mean radius
const RAD = Math.PI / 180;

export interface Projection {
  readonly project: (lonDeg: number, latDeg: number) => readonly [xKm: number, yKm: number];
  readonly unproject: (xKm: number, yKm: number) => readonly [lonDeg: number, latDeg: number];
}

export function equalAreaAt(lon0Deg: number, lat0Deg: number): Projection {
  const sin0 = Math.sin(lat0Deg * RAD);
  const cos0 = Math.cos(lat0Deg * RAD);
  return {
    project(lonDeg, latDeg) {
      const lon = (lonDeg - lon0Deg) * RAD;
      const sin = Math.sin(latDeg * RAD);
      const cos = Math.cos(latDeg * RAD);
      const k = EARTH_RADIUS_KM * Math.sqrt(2 / Math.max(1e-9, 1 + sin0 * sin + cos0 * cos * Math.cos(lon)));
      return [k * cos * Math.sin(lon), -k * (cos0 * sin - sin0 * cos * Math.cos(lon))];
    },
    unproject(xKm, yKm) {
      const rho = Math.hypot(xKm, yKm);
      if (rho < 1e-9) return [lon0Deg, lat0Deg];
      const c = 2 * Math.asin(Math.min(1, rho / (2 * EARTH_RADIUS_KM)));
      const lat = Math.asin(Math.cos(c) * sin0 - (yKm * Math.sin(c) * cos0) / rho);
      const lon = Math.atan2(xKm * Math.sin(c), rho * cos0 * Math.cos(c) + yKm * sin0 * Math.sin(c));
      return [lon0Deg + lon / RAD, lat / RAD];
    },
  };
}
