/** GeoJSON geometries (RFC 7946) as zones. An edge is straight in longitude and latitude: it is cut so finely that geodesics follow it. */
import { wrapDeg } from "../geo/buffer.ts";
import type { Place } from "../geo/position.ts";
import type { Zone } from "../geo/zone.ts";
import type { Geometry } from "./terms.ts";

/** A geodesic between two places of one parallel strays from it by 2 m over this, at 60 degrees north. */
const STEP_DEG = 0.1;

type Position = readonly number[];

/** The geometry has been checked: `problemsOfGeometry` of the reader. Rings and lines may cross the antimeridian. */
export function partsOfGeometry({ type, coordinates }: Geometry, bufferKm: number): Zone[] {
  switch (type) {
    case "Polygon":
      return [{ polygon: (coordinates as Position[][]).map(pathOf) }];
    case "MultiPolygon":
      return (coordinates as Position[][][]).map((rings) => ({ polygon: rings.map(pathOf) }));
    case "LineString":
      return [{ line: pathOf(coordinates as Position[]), bufferKm }];
    case "MultiLineString":
      return (coordinates as Position[][]).map((line) => ({ line: pathOf(line), bufferKm }));
    case "Point":
      return [{ points: [placeOf(coordinates as Position)], radiusKm: bufferKm }];
    case "MultiPoint":
      return [{ points: (coordinates as Position[]).map(placeOf), radiusKm: bufferKm }];
  }
}

function placeOf([longitudeDeg = Number.NaN, latitudeDeg = Number.NaN]: Position): Place {
  return { latitudeDeg, longitudeDeg };
}

function pathOf(positions: readonly Position[]): Place[] {
  const places = positions.map(placeOf);
  return places.flatMap((to, i) => {
    const from = places[i - 1];
    return from === undefined ? [to] : [...between(from, to), to];
  });
}

function between(from: Place, to: Place): Place[] {
  const [north, east] = [to.latitudeDeg - from.latitudeDeg, wrapDeg(to.longitudeDeg - from.longitudeDeg)];
  const pieces = Math.ceil(Math.abs(east) / STEP_DEG);
  return Array.from({ length: Math.max(0, pieces - 1) }, (_, i) => ({
    latitudeDeg: from.latitudeDeg + (north * (i + 1)) / pieces,
    longitudeDeg: wrapDeg(from.longitudeDeg + (east * (i + 1)) / pieces),
  }));
}
