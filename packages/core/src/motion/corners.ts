/** Corners of closed regions that shortest ways turn at, each passed at a margin. */
import { KM_PER_DEG } from "./chart.ts";
import { isInside, type Region } from "./region.ts";

/** Latitude and longitude. */
export type Corner = readonly [number, number];

const DEG = Math.PI / 180;
/** Corners that turn by less are no corners: points along an edge. */
const LEAST_TURN = Math.sin(0.5 * DEG);
/** A sharp corner is passed at no more than so many margins from its tip. */
const MOST_MARGINS = 3;
/** Places on an edge lie no further off it. */
const STRAIGHT_KM = 0.02;
/** Rings of more corners are coasts: they are thinned. */
const FEW = 12;

/**
 * Outside each corner that stands out, at the margin from both its sides.
 * @param thinKm corners of long rings are left out where the ring stays so near without them, and passed by so much further off; 0: none is
 */
export function cornersOf(region: Region, marginKm: number, thinKm: number): Corner[] {
  const corners: Corner[] = [];
  for (const whole of ringsOf(region.edgesDeg)) {
    const drawn = thinned(whole, STRAIGHT_KM);
    const isThin = thinKm > 0 && drawn.length > 2 * FEW;
    const ring = isThin ? thinned(whole, thinKm) : drawn;
    const n = ring.length / 2;
    for (let i = 0; i < n; i++) {
      const [before, after] = [(i + n - 1) % n, (i + 1) % n];
      const [lat, lon] = [ring[2 * i] as number, ring[2 * i + 1] as number];
      const cos = Math.cos(lat * DEG);
      const [inN, inE] = unit((ring[2 * before] as number) - lat, ((ring[2 * before + 1] as number) - lon) * cos);
      const [outN, outE] = unit((ring[2 * after] as number) - lat, ((ring[2 * after + 1] as number) - lon) * cos);
      if (Math.abs(inN * outE - inE * outN) < LEAST_TURN && inN * outN + inE * outE < 0) continue;
      const [midN, midE] = unit(inN + outN, inE + outE);
      // Between its sides lies the region: the corner stands out.
      const tiny = isThin ? 1e-3 : 1e-5;
      if (!isInside(region, { latitudeDeg: lat + tiny * midN, longitudeDeg: lon + (tiny * midE) / cos })) continue;
      const half = Math.sqrt(Math.max(0, (1 - (inN * outN + inE * outE)) / 2));
      const km = (marginKm + (isThin ? thinKm : 0)) * Math.min(MOST_MARGINS, 1 / Math.max(half, 1e-9));
      corners.push([lat - (km / KM_PER_DEG) * midN, lon - ((km / KM_PER_DEG) * midE) / cos]);
    }
  }
  return corners;
}

function unit(north: number, east: number): [number, number] {
  const length = Math.hypot(north, east);
  return length === 0 ? [0, 0] : [north / length, east / length];
}

/** Corners of each ring in turn, from edges that follow one another. */
function ringsOf(edges: Float64Array): number[][] {
  const rings: number[][] = [];
  let ring: number[] = [];
  for (let k = 0; k < edges.length; k += 4) {
    ring.push(edges[k] as number, edges[k + 1] as number);
    if (edges[k + 2] !== ring[0] || edges[k + 3] !== ring[1]) continue;
    rings.push(ring);
    ring = [];
  }
  return rings;
}

/** Douglas and Peucker's: no corner that is left out lies further than `km` from what is left. */
function thinned(ring: readonly number[], km: number): number[] {
  const n = ring.length / 2;
  const keep = new Uint8Array(n + 1);
  const opposite = Math.floor(n / 2);
  keep[0] = keep[opposite] = keep[n] = 1;
  const open: [number, number][] = [
    [0, opposite],
    [opposite, n],
  ];
  const lat = (i: number): number => ring[2 * (i % n)] as number;
  const lon = (i: number): number => ring[2 * (i % n) + 1] as number;
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    const cos = Math.cos(lat(from) * DEG);
    const [north, east] = [lat(to) - lat(from), (lon(to) - lon(from)) * cos];
    const square = north * north + east * east;
    let [furthest, most] = [-1, km / KM_PER_DEG];
    for (let i = from + 1; i < to; i++) {
      const [y, x] = [lat(i) - lat(from), (lon(i) - lon(from)) * cos];
      const share = square === 0 ? 0 : Math.max(0, Math.min(1, (y * north + x * east) / square));
      const off = Math.hypot(y - share * north, x - share * east);
      if (off > most) [furthest, most] = [i, off];
    }
    if (furthest < 0) continue;
    keep[furthest] = 1;
    open.push([from, furthest], [furthest, to]);
  }
  return Array.from({ length: n }, (_, i) => i).flatMap((i) => (keep[i] === 1 ? [lat(i), lon(i)] : []));
}
