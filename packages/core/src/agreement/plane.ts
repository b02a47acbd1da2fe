/** A region seen from one place: azimuthal equidistant, so that distances from that place are true. */
import { polarOf } from "../geo/geodesic.ts";
import type { Place } from "../geo/position.ts";
import type { Region, RegionPart } from "./region.ts";

const DEG = Math.PI / 180;
const EARTH_KM = 6371;
/** Pieces are at most 10 km long (11 where GeoJSON cuts them): nothing nearer than that is left out. */
const PIECE_KM = 12;
/** Of latitude, on the sphere, and a little less. */
const KM_PER_DEG = 111;

/** Edges in the plane, km, stride 4: x (east) and y (north) of either end. */
type Edges = Float64Array;

export interface PlanePart {
  /** The place itself lies inside the rings; which of the two is chance where it lies on an edge. */
  readonly isInside: boolean;
  /** All of the rings, where any of them is near enough to count; none otherwise. */
  readonly ringEdges: Edges;
  /** Of paths with something about them, near enough to count. */
  readonly pathEdges: Edges;
  readonly radiusKm: number;
}

/** True to the ellipsoid within `reachKm` of the place; beyond, where only the sides matter, to the sphere. */
export function planeOf(region: Region, centre: Place, reachKm: number): PlanePart[] {
  return region.map((part) => {
    const limitKm = reachKm * 1.01 + PIECE_KM;
    const rings = part.rings.map((ring) => pointsOf(ring, centre, limitKm));
    const isNear = rings.some((ring) => ring.some(([x, y]) => Math.hypot(x, y) < limitKm));
    return {
      isInside: isWithinRings(rings),
      ringEdges: isNear ? ringEdgesOf(rings) : new Float64Array(0),
      pathEdges: part.radiusKm > 0 ? pathEdgesOf(part, centre, reachKm + part.radiusKm) : new Float64Array(0),
      radiusKm: part.radiusKm,
    };
  });
}

type Point = readonly [number, number];

const pointsOf = (ring: readonly Place[], centre: Place, limitKm: number): Point[] =>
  ring.map((place) => (roughKm(centre, place) < limitKm ? exact(centre, place) : onSphere(centre, place)));

function ringEdgesOf(rings: readonly (readonly Point[])[]): Edges {
  return Float64Array.from(rings.flatMap((ring) => ring.slice(1).flatMap((to, i) => [...(ring[i] as Point), ...to])));
}

function pathEdgesOf({ pieces: { endsDeg } }: RegionPart, centre: Place, reachKm: number): Edges {
  const limitKm = reachKm * 1.01 + PIECE_KM;
  const { latitudeDeg } = centre;
  const edges: number[] = [];
  // Pieces follow one another: where one ends the next mostly begins.
  let [last, lastKm]: [Place | undefined, number] = [undefined, 0];
  let lastPoint: Point | undefined;
  for (let k = 0; k < endsDeg.length; k += 4) {
    // Both ends further north or south than the limit: then they are further off.
    const [north, then] = [(endsDeg[k] as number) - latitudeDeg, (endsDeg[k + 2] as number) - latitudeDeg];
    if (Math.min(Math.abs(north), Math.abs(then)) * KM_PER_DEG > limitKm) continue;
    const [from, to] = [placeAt(endsDeg, k), placeAt(endsDeg, k + 2)];
    const isNext = last?.latitudeDeg === from.latitudeDeg && last.longitudeDeg === from.longitudeDeg;
    const fromKm = isNext ? lastKm : roughKm(centre, from);
    [last, lastKm] = [to, roughKm(centre, to)];
    const point = isNext ? lastPoint : undefined;
    lastPoint = undefined;
    if (Math.min(fromKm, lastKm) > limitKm) continue;
    lastPoint = exact(centre, to);
    edges.push(...(point ?? exact(centre, from)), ...lastPoint);
  }
  return Float64Array.from(edges);
}

const placeAt = (endsDeg: Float64Array, k: number): Place => ({
  latitudeDeg: endsDeg[k] as number,
  longitudeDeg: endsDeg[k + 1] as number,
});

function exact(centre: Place, place: Place): [number, number] {
  const { km, azimuthDeg } = polarOf(centre, place);
  return [km * Math.sin(azimuthDeg * DEG), km * Math.cos(azimuthDeg * DEG)];
}

/** Crossings of the way north. */
function isWithinRings(rings: readonly (readonly Point[])[]): boolean {
  let isInside = false;
  for (const ring of rings) {
    for (const [i, [x1, y1]] of ring.entries()) {
      const [x0, y0] = ring[i - 1] ?? [x1, y1];
      if (x0 > 0 === x1 > 0) continue;
      if (y0 + ((y1 - y0) * x0) / (x0 - x1) > 0) isInside = !isInside;
    }
  }
  return isInside;
}

function onSphere(centre: Place, place: Place): [number, number] {
  const [lat0, lat1] = [centre.latitudeDeg * DEG, place.latitudeDeg * DEG];
  const east = (place.longitudeDeg - centre.longitudeDeg) * DEG;
  const x = Math.cos(lat1) * Math.sin(east);
  const y = Math.cos(lat0) * Math.sin(lat1) - Math.sin(lat0) * Math.cos(lat1) * Math.cos(east);
  const km = roughKm(centre, place);
  const length = Math.hypot(x, y);
  return length === 0 ? [0, 0] : [(km * x) / length, (km * y) / length];
}

/** Haversine: within 0.6 % of the geodesic. */
export function roughKm(a: Place, b: Place): number {
  const sinLat = Math.sin(((b.latitudeDeg - a.latitudeDeg) * DEG) / 2);
  const sinLon = Math.sin(((b.longitudeDeg - a.longitudeDeg) * DEG) / 2);
  const h = sinLat ** 2 + Math.cos(a.latitudeDeg * DEG) * Math.cos(b.latitudeDeg * DEG) * sinLon ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
