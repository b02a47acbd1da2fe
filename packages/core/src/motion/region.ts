/** Areas in which one may not be: land for a boat, zones closed to drones. Edges are geodesics, cut into pieces of 10 km. */
import { wrapDeg } from "../geo/buffer.ts";
import { densify } from "../geo/geodesic.ts";
import type { Place } from "../geo/position.ts";

export interface Region {
  readonly id: string;
  /** Stride 4: latitude and longitude of both ends of each edge, degrees; longitudes run on from `west`. */
  readonly edgesDeg: Float64Array;
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

const PIECE_KM = 10;

/**
 * @param rings of one or more polygons, holes too: a place is inside if an odd number of rings holds it. No ring holds a pole.
 * @throws RangeError for a ring of fewer than three corners
 */
export function regionOf(id: string, rings: readonly (readonly Place[])[]): Region {
  const edges: number[] = [];
  const base = rings[0]?.[0]?.longitudeDeg ?? 0;
  for (const ring of rings) {
    if (ring.length < 3) throw new RangeError(`${id}: a ring has three corners or more, not ${ring.length}`);
    const path = densify([...ring, ring[0] as Place], PIECE_KM);
    let lon = base + wrapDeg((path[0] as Place).longitudeDeg - base);
    for (let i = 1; i < path.length; i++) {
      const [from, to] = [path[i - 1] as Place, path[i] as Place];
      const next = lon + wrapDeg(to.longitudeDeg - lon);
      edges.push(from.latitudeDeg, lon, to.latitudeDeg, next);
      lon = next;
    }
  }
  const latitudes = edges.filter((_, i) => i % 2 === 0);
  const longitudes = edges.filter((_, i) => i % 2 === 1);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return {
    id,
    edgesDeg: Float64Array.from(edges),
    south: least(latitudes),
    north: most(latitudes),
    west: least(longitudes),
    east: most(longitudes),
  };
}

/** Whether a place is inside (its edge counts as either). */
export function isInside(
  { edgesDeg: e, south, north, west, east }: Region,
  { latitudeDeg, longitudeDeg }: Place,
): boolean {
  if (!(latitudeDeg >= south && latitudeDeg <= north)) return false;
  const lon = west + ((((longitudeDeg - west) % 360) + 360) % 360);
  if (!(lon <= east)) return false;
  let inside = false;
  for (let k = 0; k < e.length; k += 4) {
    const [lat0, lat1] = [e[k] as number, e[k + 2] as number];
    if (lat0 > latitudeDeg === lat1 > latitudeDeg) continue;
    const [lon0, lon1] = [e[k + 1] as number, e[k + 3] as number];
    if (lon < lon0 + ((latitudeDeg - lat0) / (lat1 - lat0)) * (lon1 - lon0)) inside = !inside;
  }
  return inside;
}
