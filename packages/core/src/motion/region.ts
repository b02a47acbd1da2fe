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

/** Edges by the band of latitude that they reach into: a place asks those of its own band, not a whole coast. */
interface Bands {
  readonly perDeg: number;
  /** Band b holds `edges` from `first[b]` up to `first[b + 1]`: offsets into `edgesDeg`. */
  readonly first: Int32Array;
  readonly edges: Int32Array;
}

const bandsOf = new WeakMap<Region, Bands>();
const EDGES_PER_BAND = 4;

function bandsMade({ edgesDeg: e, south, north }: Region): Bands {
  const count = Math.max(1, Math.ceil(e.length / 4 / EDGES_PER_BAND));
  const perDeg = north > south ? count / (north - south) : 0;
  const band = (lat: number): number => Math.min(count - 1, Math.max(0, Math.floor((lat - south) * perDeg)));
  const lists: number[][] = Array.from({ length: count }, () => []);
  for (let k = 0; k < e.length; k += 4) {
    const [lat0, lat1] = [e[k] as number, e[k + 2] as number];
    for (let b = band(Math.min(lat0, lat1)); b <= band(Math.max(lat0, lat1)); b++) lists[b]?.push(k);
  }
  const first = new Int32Array(count + 1);
  lists.forEach((list, b) => {
    first[b + 1] = (first[b] as number) + list.length;
  });
  return { perDeg, first, edges: Int32Array.from(lists.flat()) };
}

/** Whether a place is inside (its edge counts as either). */
export function isInside(region: Region, { latitudeDeg, longitudeDeg }: Place): boolean {
  const { edgesDeg: e, south, north, west, east } = region;
  if (!(latitudeDeg >= south && latitudeDeg <= north)) return false;
  const lon = west + ((((longitudeDeg - west) % 360) + 360) % 360);
  if (!(lon <= east)) return false;
  let bands = bandsOf.get(region);
  if (bands === undefined) {
    bands = bandsMade(region);
    bandsOf.set(region, bands);
  }
  const { perDeg, first, edges } = bands;
  const band = Math.min(first.length - 2, Math.max(0, Math.floor((latitudeDeg - south) * perDeg)));
  let inside = false;
  for (let i = first[band] as number; i < (first[band + 1] as number); i++) {
    const k = edges[i] as number;
    const [lat0, lat1] = [e[k] as number, e[k + 2] as number];
    if (lat0 > latitudeDeg === lat1 > latitudeDeg) continue;
    const [lon0, lon1] = [e[k + 1] as number, e[k + 3] as number];
    if (lon < lon0 + ((latitudeDeg - lat0) / (lat1 - lat0)) * (lon1 - lon0)) inside = !inside;
  }
  return inside;
}
