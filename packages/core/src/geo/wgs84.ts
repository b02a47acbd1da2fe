/** WGS 84 (NIMA TR8350.2, table 3.1) and the conversions between geodetic and Earth-fixed coordinates. */
import type { Place, Position, Site } from "./position.ts";

const DEG = Math.PI / 180;
export const WGS84_A_KM = 6378.137;
export const WGS84_F: number = 1 / 298.257223563;
export const WGS84_E2: number = WGS84_F * (2 - WGS84_F);
const WGS84_B_KM = WGS84_A_KM * (1 - WGS84_F);

/** Unit normal of the ellipsoid at a place: local up. */
export function upOf({ latitudeDeg, longitudeDeg }: Place): readonly [number, number, number] {
  const cosLat = Math.cos(latitudeDeg * DEG);
  return [cosLat * Math.cos(longitudeDeg * DEG), cosLat * Math.sin(longitudeDeg * DEG), Math.sin(latitudeDeg * DEG)];
}

/** Earth-fixed position of a site. */
export function ecefOf(site: Site): Position<"ecef"> {
  const [ux, uy, uz] = upOf(site);
  const heightKm = site.heightM / 1000;
  const nKm = WGS84_A_KM / Math.sqrt(1 - WGS84_E2 * uz * uz);
  return {
    frame: "ecef",
    xKm: (nKm + heightKm) * ux,
    yKm: (nKm + heightKm) * uy,
    zKm: (nKm * (1 - WGS84_E2) + heightKm) * uz,
  };
}

/** Geodetic place and height (km) below a position (Bowring 1976: one step, under a millimetre below 1,000 km, 1 m at GEO). */
export function geodeticOf({ xKm, yKm, zKm }: Position<"ecef">): Place & { readonly heightKm: number } {
  const pKm = Math.hypot(xKm, yKm);
  const beta = Math.atan2(zKm * WGS84_A_KM, pKm * WGS84_B_KM);
  const lat = Math.atan2(
    zKm + ((WGS84_E2 * WGS84_A_KM * WGS84_A_KM) / WGS84_B_KM) * Math.sin(beta) ** 3,
    pKm - WGS84_E2 * WGS84_A_KM * Math.cos(beta) ** 3,
  );
  const sin = Math.sin(lat);
  const nKm = WGS84_A_KM / Math.sqrt(1 - WGS84_E2 * sin * sin);
  // Along the normal: well behaved at the poles too.
  const heightKm = pKm * Math.cos(lat) + zKm * sin - nKm * (1 - WGS84_E2 * sin * sin);
  return { latitudeDeg: lat / DEG, longitudeDeg: Math.atan2(yKm, xKm) / DEG, heightKm };
}
