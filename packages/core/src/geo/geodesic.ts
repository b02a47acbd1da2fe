/** Geodesics on WGS 84 (Karney 2013). The only file that knows geographiclib-geodesic. */
import geographiclib from "geographiclib-geodesic";
import type { Place } from "./position.ts";

const { WGS84 } = geographiclib.Geodesic;

/** Shortest distance, km; to nanometres. */
export function distanceKm(a: Place, b: Place): number {
  return (WGS84.Inverse(a.latitudeDeg, a.longitudeDeg, b.latitudeDeg, b.longitudeDeg).s12 ?? Number.NaN) / 1000;
}

/** How far and in which direction another place lies: degrees from north, clockwise, as one sets out. */
export function polarOf(from: Place, to: Place): { readonly km: number; readonly azimuthDeg: number } {
  const { s12 = Number.NaN, azi1 = Number.NaN } = WGS84.Inverse(
    from.latitudeDeg,
    from.longitudeDeg,
    to.latitudeDeg,
    to.longitudeDeg,
  );
  return { km: s12 / 1000, azimuthDeg: azi1 };
}

/** Where one comes to along a geodesic. @param azimuthDeg from north by east, as one sets out */
export function destinationOf(from: Place, azimuthDeg: number, km: number): Place {
  const { lat2 = Number.NaN, lon2 = Number.NaN } = WGS84.Direct(
    from.latitudeDeg,
    from.longitudeDeg,
    azimuthDeg,
    km * 1000,
  );
  return { latitudeDeg: lat2, longitudeDeg: lon2 };
}

/** Length of a path whose vertices are joined by geodesics, km. */
export function lengthKm(path: readonly Place[]): number {
  return path.slice(1).reduce((sum, place, i) => sum + distanceKm(path[i] as Place, place), 0);
}

/** Vertices of the same path, no two further apart than `stepKm`; the given ones are kept. */
export function densify(path: readonly Place[], stepKm: number): Place[] {
  const [first] = path;
  if (first === undefined) return [];
  return path.slice(1).reduce(
    (out, to, i) => {
      const from = path[i] as Place;
      const line = WGS84.InverseLine(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg);
      const pieces = Math.max(1, Math.ceil(line.s13 / 1000 / stepKm));
      for (let k = 1; k < pieces; k++) {
        const { lat2 = Number.NaN, lon2 = Number.NaN } = line.Position((line.s13 * k) / pieces);
        out.push({ latitudeDeg: lat2, longitudeDeg: lon2 });
      }
      out.push(to);
      return out;
    },
    [first],
  );
}

/** Area inside a ring of geodesics, km2; either direction, closing vertex optional. The smaller side of the Earth. */
export function ringAreaKm2(ring: readonly Place[]): number {
  const polygon = WGS84.Polygon(false);
  for (const { latitudeDeg, longitudeDeg } of ring) polygon.AddPoint(latitudeDeg, longitudeDeg);
  return Math.abs(polygon.Compute(false, true).area ?? Number.NaN) / 1e6;
}
