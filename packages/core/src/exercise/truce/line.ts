/** From kilometres along and across a line to a place on the Earth. */
import { distanceKm, polarOf } from "../../geo/geodesic.ts";
import type { Place } from "../../geo/position.ts";
import { WGS84_A_KM, WGS84_E2 } from "../../geo/wgs84.ts";

const RAD = Math.PI / 180;

export interface LineFrame {
  readonly lengthKm: number;
  /** Positive offsets lie to the right of who walks the line from its first vertex. */
  placeAt(alongKm: number, offsetKm: number): Place;
}

/**
 * Pieces are taken as straight on the map between their vertices: of 30 km, within 20 m of the geodesic. Offsets go square from the piece, by the
 * radii of curvature there: wrong by less than 1 part in 300 up to 100 km.
 * @throws RangeError for fewer than two vertices
 */
export function lineFrame(line: readonly Place[]): LineFrame {
  if (line.length < 2) throw new RangeError(`a line has two vertices or more: ${line.length}`);
  const sumKm = new Float64Array(line.length);
  for (let i = 1; i < line.length; i++) {
    sumKm[i] = (sumKm[i - 1] as number) + distanceKm(line[i - 1] as Place, line[i] as Place);
  }
  const turns = line.slice(1).map((to, i) => polarOf(line[i] as Place, to).azimuthDeg * RAD);
  const lengthKm = sumKm[line.length - 1] as number;
  return {
    lengthKm,
    placeAt: (alongKm, offsetKm) => {
      const along = Math.min(lengthKm, Math.max(0, alongKm));
      let piece = 1;
      while (piece < line.length - 1 && (sumKm[piece] as number) < along) piece++;
      const [from, to] = [line[piece - 1] as Place, line[piece] as Place];
      const before = sumKm[piece - 1] as number;
      const share = (along - before) / ((sumKm[piece] as number) - before);
      const foot = {
        latitudeDeg: from.latitudeDeg + share * (to.latitudeDeg - from.latitudeDeg),
        longitudeDeg: from.longitudeDeg + share * (to.longitudeDeg - from.longitudeDeg),
      };
      return offsetFrom(foot, (turns[piece - 1] as number) + Math.PI / 2, offsetKm);
    },
  };
}

function offsetFrom({ latitudeDeg, longitudeDeg }: Place, azimuthRad: number, km: number): Place {
  const sin = Math.sin(latitudeDeg * RAD);
  const w = 1 - WGS84_E2 * sin * sin;
  const meridianKm = (WGS84_A_KM * (1 - WGS84_E2)) / w ** 1.5;
  const normalKm = WGS84_A_KM / Math.sqrt(w);
  return {
    latitudeDeg: latitudeDeg + (km * Math.cos(azimuthRad)) / meridianKm / RAD,
    longitudeDeg: longitudeDeg + (km * Math.sin(azimuthRad)) / (normalKm * Math.cos(latitudeDeg * RAD)) / RAD,
  };
}
