/**
 * Lines with a buffer. The line is cut into pieces of at most 10 km; near each, the ellipsoid is taken as flat with its
 * own radii of curvature: docs/accuracy.md says how close that comes. Not for latitudes beyond 85 degrees.
 */
import { densify } from "./geodesic.ts";
import type { Place } from "./position.ts";
import { WGS84_A_KM, WGS84_E2 } from "./wgs84.ts";

const DEG = Math.PI / 180;
const PIECE_KM = 10;
/** Of latitude: 110.57 at the equator. */
const LEAST_KM_PER_DEG = 110.5;

/** Pieces of a path (or lone points, as pieces of no length); longitudes run on across the antimeridian. */
export interface Pieces {
  /** Stride 4: latitude and longitude of either end, degrees. */
  readonly endsDeg: Float64Array;
}

export function piecesOfLine(line: readonly Place[]): Pieces {
  const path = densify(line, PIECE_KM);
  const ends: number[] = [];
  let [lat, lon] = [path[0]?.latitudeDeg ?? 0, path[0]?.longitudeDeg ?? 0];
  for (const place of path.slice(1)) {
    const toLon = lon + wrapDeg(place.longitudeDeg - lon);
    ends.push(lat, lon, place.latitudeDeg, toLon);
    [lat, lon] = [place.latitudeDeg, toLon];
  }
  return { endsDeg: Float64Array.from(ends) };
}

export function piecesOfPoints(points: readonly Place[]): Pieces {
  const first = points[0]?.longitudeDeg ?? 0;
  return {
    endsDeg: Float64Array.from(
      points.flatMap(({ latitudeDeg: lat, longitudeDeg }) => {
        const lon = first + wrapDeg(longitudeDeg - first);
        return [lat, lon, lat, lon];
      }),
    ),
  };
}

/** Distance from a place to the nearest piece, km. */
export function distanceToKm({ endsDeg }: Pieces, place: Place): number {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < endsDeg.length; k += 4) {
    const [lat0, lon0] = [endsDeg[k] as number, endsDeg[k + 1] as number];
    const [latDeg, lonDeg] = [(endsDeg[k + 2] as number) - lat0, (endsDeg[k + 3] as number) - lon0];
    const north = place.latitudeDeg - lat0;
    // All of it lies further north or south than the nearest so far.
    if (Math.max(Math.min(0, latDeg) - north, north - Math.max(0, latDeg)) * LEAST_KM_PER_DEG > best) continue;
    const east = wrapDeg(place.longitudeDeg - lon0);
    // Twice: the scales that count are those between the place and the point nearest to it.
    let [t, km] = [0.5, 0];
    for (let round = 0; round < 2; round++) {
      const [northKm, eastKm] = kmPerDeg((place.latitudeDeg + lat0 + t * latDeg) / 2);
      const [ax, ay, px, py] = [lonDeg * eastKm, latDeg * northKm, east * eastKm, north * northKm];
      const square = ax * ax + ay * ay;
      t = square === 0 ? 0 : Math.max(0, Math.min(1, (px * ax + py * ay) / square));
      km = Math.hypot(px - t * ax, py - t * ay);
    }
    best = Math.min(best, km);
  }
  return best;
}

/** Area within `radiusKm` of any piece, km2: rows of latitude, on each the union of the pieces' stretches. */
export function bufferAreaKm2({ endsDeg }: Pieces, radiusKm: number): number {
  const rowDeg = Math.min(radiusKm, 25) / 111 / 60;
  let [south, north] = [90, -90];
  for (let k = 0; k < endsDeg.length; k += 2) {
    south = Math.min(south, endsDeg[k] as number);
    north = Math.max(north, endsDeg[k] as number);
  }
  const marginDeg = (radiusKm / 110.5) * 1.01;
  const rows = Math.ceil((north - south + 2 * marginDeg) / rowDeg);
  let area = 0;
  for (let row = 0; row < rows; row++) {
    const lat = south - marginDeg + (row + 0.5) * rowDeg;
    const [northKm, eastKm] = kmPerDeg(lat);
    area += unionLength(stretchesOf(endsDeg, lat, radiusKm)) * eastKm * rowDeg * northKm;
  }
  return area;
}

/** Longitudes of row `lat` within `radiusKm` of each piece. */
function stretchesOf(endsDeg: Float64Array, lat: number, radiusKm: number): [number, number][] {
  const out: [number, number][] = [];
  for (let k = 0; k < endsDeg.length; k += 4) {
    const [lat0, lon0, lat1] = [endsDeg[k] as number, endsDeg[k + 1] as number, endsDeg[k + 2] as number];
    const [northKm, eastKm] = kmPerDeg((lat + lat0) / 2);
    const stretch = capsuleStretch(
      ((endsDeg[k + 3] as number) - lon0) * eastKm,
      (lat1 - lat0) * northKm,
      (lat - lat0) * northKm,
      radiusKm,
    );
    if (stretch !== undefined) out.push([lon0 + stretch[0] / eastKm, lon0 + stretch[1] / eastKm]);
  }
  return out;
}

/** Where the line y = `y` meets the set within `radius` of the segment from the origin to (ax, ay). The set is convex. */
export function capsuleStretch(ax: number, ay: number, y: number, radius: number): [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const include = (x: number) => {
    low = Math.min(low, x);
    high = Math.max(high, x);
  };
  for (const [cx, cy] of [
    [0, 0],
    [ax, ay],
  ] as const) {
    const half = Math.sqrt(radius * radius - (y - cy) ** 2);
    if (half >= 0) {
      include(cx - half);
      include(cx + half);
    }
  }
  const length = Math.hypot(ax, ay);
  // The two straight sides, offset by the radius along the normal.
  for (const side of length > 0 && ay !== 0 ? [-1, 1] : []) {
    const [ox, oy] = [(-side * ay * radius) / length, (side * ax * radius) / length];
    const t = (y - oy) / ay;
    if (t >= 0 && t <= 1) include(ox + t * ax);
  }
  return low < high ? [low, high] : undefined;
}

function unionLength(stretches: [number, number][]): number {
  stretches.sort((a, b) => a[0] - b[0]);
  let [length, to] = [0, Number.NEGATIVE_INFINITY];
  for (const [a, b] of stretches) {
    if (b <= to) continue;
    length += b - Math.max(a, to);
    to = b;
  }
  return length;
}

/** Kilometres per degree north and east: meridional and normal radii of curvature. */
function kmPerDeg(latitudeDeg: number): [number, number] {
  const sin = Math.sin(latitudeDeg * DEG);
  const w = 1 - WGS84_E2 * sin * sin;
  const normalKm = WGS84_A_KM / Math.sqrt(w);
  return [((normalKm * (1 - WGS84_E2)) / w) * DEG, normalKm * Math.cos(latitudeDeg * DEG) * DEG];
}

/** Into [-180, 180). */
export function wrapDeg(deg: number): number {
  return deg - 360 * Math.floor((deg + 180) / 360);
}
