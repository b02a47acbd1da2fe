/** A GeoJSON geometry as a middle with an extent: how far its furthest vertex lies. */
import { distanceKm } from "@vedette/core/geo/geodesic";
import type { Place } from "@vedette/core/geo/position";
import { Refused } from "./refusal.ts";

const VERTEX_LIMIT = 200_000;

/** Degrees as they stand: whether they make a place is for `placeOf` to say. */
export function middleOf(geometry: unknown): (Place & { readonly extentKm: number }) | Refused {
  const refuse = (message: string) => new Refused("place", message, { column: "geometry", value: geometry });
  if (typeof geometry !== "object" || geometry === null) return refuse("no geometry: expected a point or an area");
  const vertices: Place[] = [];
  const { coordinates, geometries } = geometry as { coordinates?: unknown; geometries?: unknown };
  const isRead = collect(
    coordinates ?? (Array.isArray(geometries) ? geometries.map((each) => each?.coordinates) : undefined),
    vertices,
  );
  if (isRead !== undefined) return refuse(isRead);
  const [first] = vertices;
  if (first === undefined) return refuse("a geometry without coordinates");
  if (vertices.length === 1) return { ...first, extentKm: 0 };
  if (vertices.some(({ latitudeDeg, longitudeDeg }) => Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 180)) {
    return refuse("a vertex beyond 90 degrees of latitude or 180 of longitude: expected longitude, then latitude");
  }
  const middle = boxMiddleOf(vertices);
  const extentKm = vertices.reduce((most, vertex) => Math.max(most, distanceKm(middle, vertex)), 0);
  return { ...middle, extentKm };
}

/** Without recursion: depth costs nothing. @returns what is wrong */
function collect(coordinates: unknown, into: Place[]): string | undefined {
  const open: unknown[] = [coordinates];
  while (open.length > 0) {
    const one = open.pop();
    if (!Array.isArray(one)) return "coordinates that are no list";
    if (typeof one[0] === "number" && typeof one[1] === "number") {
      into.push({ latitudeDeg: one[1], longitudeDeg: one[0] });
      if (into.length > VERTEX_LIMIT) return `more than ${VERTEX_LIMIT} vertices`;
    } else if (one.some((each) => !Array.isArray(each))) return "coordinates that are no numbers";
    else for (const each of one) open.push(each);
  }
  return undefined;
}

/** Of the box about them; longitudes that are nearer across the antimeridian are taken so. */
function boxMiddleOf(vertices: readonly Place[]): Place {
  const from = vertices[0]?.longitudeDeg ?? 0;
  const turned = vertices.map(({ longitudeDeg }) => longitudeDeg - 360 * Math.round((longitudeDeg - from) / 360));
  const bounds = (values: readonly number[]) =>
    values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)] as const, [Infinity, -Infinity] as const);
  const [south, north] = bounds(vertices.map(({ latitudeDeg }) => latitudeDeg));
  const [west, east] = bounds(turned);
  const middle = (west + east) / 2;
  return { latitudeDeg: (south + north) / 2, longitudeDeg: middle - 360 * Math.round(middle / 360) };
}
