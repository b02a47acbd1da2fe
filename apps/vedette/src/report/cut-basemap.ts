/** The part of the basemap that the page can show: cut to a frame round the zones, to a hundredth of a minute of arc. */
import type { Basemap, ZoneRow } from "@vedette/wire/result";

type Point = readonly [longitudeDeg: number, latitudeDeg: number];
type Path = readonly Point[];

/** A frame in degrees. Longitudes run on past 180 where the zones lie across the antimeridian. */
export interface Bounds {
  readonly westDeg: number;
  readonly southDeg: number;
  readonly eastDeg: number;
  readonly northDeg: number;
}

/** Frame of cells and zones with room round it: the page's own frame is wider or higher than the zones. */
export function boundsOf(points: Path, zones: readonly Pick<ZoneRow, "paths">[]): Bounds {
  const all = [...points, ...zones.flatMap((zone) => zone.paths.flat())];
  const [origin] = all;
  if (origin === undefined) throw new RangeError("nothing to draw: no cells and no zones");
  let [westDeg, southDeg, eastDeg, northDeg] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of all) {
    const near = nearTo(lon, origin[0]);
    westDeg = Math.min(westDeg, near);
    eastDeg = Math.max(eastDeg, near);
    southDeg = Math.min(southDeg, lat);
    northDeg = Math.max(northDeg, lat);
  }
  const shrink = Math.max(0.1, Math.cos(((southDeg + northDeg) / 2) * (Math.PI / 180)));
  const roomLat = Math.max(2, Math.max(northDeg - southDeg, (eastDeg - westDeg) * shrink) * 0.8);
  const roomLon = roomLat / shrink;
  return {
    westDeg: westDeg - roomLon,
    southDeg: Math.max(-90, southDeg - roomLat),
    eastDeg: eastDeg + roomLon,
    northDeg: Math.min(90, northDeg + roomLat),
  };
}

export function cutBasemap(basemap: Basemap, bounds: Bounds): Pick<Basemap, "land" | "boundaries" | "places"> {
  const centreDeg = (bounds.westDeg + bounds.eastDeg) / 2;
  const inside = ([lon, lat]: Point) =>
    lon >= bounds.westDeg && lon <= bounds.eastDeg && lat >= bounds.southDeg && lat <= bounds.northDeg;
  return {
    land: basemap.land
      .map((ring) => cutRing(onOneSide(ring, centreDeg), bounds).map(rounded))
      .filter((ring) => ring.length > 2),
    boundaries: basemap.boundaries.flatMap((path) => runsInside(onOneSide(path, centreDeg), inside)),
    places: basemap.places
      .filter((place) => inside([nearTo(place.longitudeDeg, centreDeg), place.latitudeDeg]))
      .map((place) => ({ ...place, longitudeDeg: to4(place.longitudeDeg), latitudeDeg: to4(place.latitudeDeg) })),
  };
}

/** The turn of `lon` nearest to `toDeg`. */
function nearTo(lon: number, toDeg: number): number {
  return lon - 360 * Math.round((lon - toDeg) / 360);
}

/** A path without jumps of a turn, on the frame's side of the globe. */
function onOneSide(path: Path, centreDeg: number): Path {
  const [first] = path;
  if (first === undefined) return path;
  let before = first[0];
  const unwrapped = path.map(([lon, lat]): Point => {
    before = nearTo(lon, before);
    return [before, lat];
  });
  const meanDeg = unwrapped.reduce((sum, [lon]) => sum + lon, 0) / unwrapped.length;
  const shift = nearTo(meanDeg, centreDeg) - meanDeg;
  return unwrapped.map(([lon, lat]): Point => [lon + shift, lat]);
}

/** Sutherland and Hodgman (1974) against the four sides. */
function cutRing(ring: Path, { westDeg, southDeg, eastDeg, northDeg }: Bounds): Path {
  const sides: readonly ((point: Point) => number)[] = [
    ([lon]) => lon - westDeg,
    ([lon]) => eastDeg - lon,
    ([, lat]) => lat - southDeg,
    ([, lat]) => northDeg - lat,
  ];
  return sides.reduce(
    (rest, inside) => rest.flatMap((point, i) => keptOf(point, rest[(i + 1) % rest.length] ?? point, inside)),
    ring,
  );
}

function keptOf(point: Point, next: Point, inside: (point: Point) => number): Path {
  const here = inside(point);
  const there = inside(next);
  const kept: Point[] = here >= 0 ? [point] : [];
  if (here * there < 0) {
    const t = here / (here - there);
    kept.push([point[0] + (next[0] - point[0]) * t, point[1] + (next[1] - point[1]) * t]);
  }
  return kept;
}

/** Runs of a path inside the frame, with one vertex beyond either end so that lines leave the picture. */
function runsInside(path: Path, inside: (point: Point) => boolean): Path[] {
  const near = path.map(
    (point, i) => inside(point) || [path[i - 1], path[i + 1]].some((other) => other !== undefined && inside(other)),
  );
  const runs: Point[][] = [];
  for (const [i, point] of path.entries()) {
    if (!near[i]) continue;
    if (near[i - 1]) runs.at(-1)?.push(rounded(point));
    else runs.push([rounded(point)]);
  }
  return runs.filter((run) => run.length > 1);
}

const to4 = (deg: number) => Math.round(deg * 1e4) / 1e4;
const rounded = ([lon, lat]: Point): Point => [to4(lon), to4(lat)];
