/** GeoJSON geometry of a ring of [longitude, latitude] degrees, after RFC 7946: 3.1.6 (right-hand rule), 3.1.9 (antimeridian). */

export type LonLat = readonly [longitudeDeg: number, latitudeDeg: number];
type Ring = LonLat[];

export type AreaGeometry =
  | { readonly type: "Polygon"; readonly coordinates: readonly Ring[] }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };

/** A small area (less than half the globe) without holes. The ring may come open or closed, either way round. */
export function areaGeometry(boundary: readonly LonLat[]): AreaGeometry {
  const unwrapped = unwrap(boundary);
  const parts = [-360, 0, 360].flatMap((shift) => {
    const shifted = unwrapped.map(([lon, lat]): LonLat => [lon + shift, lat]);
    const inside = clip(
      clip(shifted, (lon) => lon + 180, -180),
      (lon) => 180 - lon,
      180,
    );
    return inside.length < 3 || Math.abs(doubleArea(inside)) < 1e-12 ? [] : [finish(inside)];
  });
  const [only] = parts;
  if (parts.length === 1 && only) return { type: "Polygon", coordinates: [only] };
  return { type: "MultiPolygon", coordinates: parts.map((ring) => [ring]) };
}

/** Longitudes without jumps of a turn; a ring round a pole is carried along the pole so that it closes. */
function unwrap(boundary: readonly LonLat[]): Ring {
  const ring: Ring = [];
  for (const [lon, lat] of boundary) {
    const before = ring.at(-1)?.[0] ?? lon;
    ring.push([lon - 360 * Math.round((lon - before) / 360), lat]);
  }
  const first = ring[0];
  const last = ring.at(-1);
  if (!first || !last) return ring;
  const turns = Math.round((last[0] - first[0]) / 360) || Math.round(closingTurn(first, last));
  if (turns === 0) return ring;
  const poleDeg = first[1] > 0 ? 90 : -90;
  const endLon = first[0] + 360 * turns;
  return [...ring, [endLon, first[1]], [endLon, poleDeg], [first[0], poleDeg]];
}

function closingTurn(first: LonLat, last: LonLat): number {
  return Math.abs(last[0] - first[0]) > 180 ? Math.sign(last[0] - first[0]) : 0;
}

/** Sutherland and Hodgman (1974), one meridian at a time. `inside(lon)` is negative outside. */
function clip(ring: readonly LonLat[], inside: (lon: number) => number, atLon: number): Ring {
  return ring.flatMap((point, i): Ring => {
    const next = ring[(i + 1) % ring.length] ?? point;
    const here = inside(point[0]);
    const there = inside(next[0]);
    const kept: Ring = here >= 0 ? [point] : [];
    if (here * there < 0) kept.push([atLon, point[1] + ((next[1] - point[1]) * here) / (here - there)]);
    return kept;
  });
}

/** Counterclockwise, closed, to a decimetre. */
function finish(ring: Ring): Ring {
  const rounded = ring.map(([lon, lat]): LonLat => [Number(lon.toFixed(6)), Number(lat.toFixed(6))]);
  const distinct = rounded.filter(([lon, lat], i) => {
    const before = rounded.at(i - 1);
    return before === undefined || before[0] !== lon || before[1] !== lat;
  });
  const turned = doubleArea(distinct) < 0 ? distinct.reverse() : distinct;
  const [first] = turned;
  return first ? [...turned, first] : [];
}

/** Twice the signed area in square degrees; positive is counterclockwise. */
export function doubleArea(ring: readonly LonLat[]): number {
  return ring.reduce((sum, [lon, lat], i) => {
    const next = ring[(i + 1) % ring.length];
    return next ? sum + lon * next[1] - next[0] * lat : sum;
  }, 0);
}
