/** Where things are on the map: everything projected once, and the frame that turns kilometres into pixels. */
import type { Model } from "./model.ts";
import { equalAreaAt, type Projection } from "./projection.ts";

export interface Ground {
  readonly projection: Projection;
  /** Corners of every cell in km, x and y in turn. */
  readonly rings: readonly Float32Array[];
  /** Centre of every cell in km, x and y in turn. */
  readonly centres: Float32Array;
  /** West, north, east, south of the cells and zones, in km. */
  readonly extent: readonly [number, number, number, number];
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pxPerKm: number;
  readonly xPx: (xKm: number) => number;
  readonly yPx: (yKm: number) => number;
}

/** The reader's zoom: 1 shows all; the centre is in km. */
export interface Zoom {
  readonly factor: number;
  readonly xKm: number;
  readonly yKm: number;
}

export function groundOf({ rings, head }: { rings: Model["rings"]; head: Pick<Model["head"], "zones"> }): Ground {
  const vertices = [...rings.flat(), ...head.zones.flatMap((zone) => zone.paths.flat())];
  const [lon0, lat0] = centreOf(vertices);
  const projection = equalAreaAt(lon0, lat0);
  const projected = rings.map((ring) => Float32Array.from(ring.flatMap(([lon, lat]) => projection.project(lon, lat))));
  const centres = new Float32Array(2 * rings.length);
  for (const [i, ring] of projected.entries()) {
    const n = ring.length / 2;
    for (let k = 0; k < ring.length; k++)
      centres[2 * i + (k % 2)] = (centres[2 * i + (k % 2)] ?? 0) + (ring[k] ?? 0) / n;
  }
  const points = vertices.map(([lon, lat]) => projection.project(lon, lat));
  return { projection, rings: projected, centres, extent: extentOf(points) };
}

/** Middle of the frame, longitudes taken on the side of the first vertex. */
function centreOf(vertices: readonly (readonly [number, number])[]): readonly [number, number] {
  const first = vertices[0]?.[0] ?? 0;
  const points = vertices.map(([lon, lat]): [number, number] => [lon - 360 * Math.round((lon - first) / 360), lat]);
  const [west, south, east, north] = extentOf(points);
  return [(west + east) / 2, (south + north) / 2];
}

function extentOf(points: readonly (readonly [number, number])[]): readonly [number, number, number, number] {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  }
  return [x0, y0, x1, y1];
}

const MARGIN_PX = 36;
const MIN_ASPECT = 0.5;
const MAX_ASPECT = 0.78;

/** Height that suits the region's shape, within reason. */
export function heightFor({ extent: [x0, y0, x1, y1] }: Ground, width: number): number {
  const aspect = (y1 - y0 + 1) / (x1 - x0 + 1);
  return Math.round(Math.max(300, width * Math.min(MAX_ASPECT, Math.max(MIN_ASPECT, aspect))));
}

export function wholeZoom({ extent: [x0, y0, x1, y1] }: Ground): Zoom {
  return { factor: 1, xKm: (x0 + x1) / 2, yKm: (y0 + y1) / 2 };
}

export function frameOf({ extent: [x0, y0, x1, y1] }: Ground, zoom: Zoom, width: number, height: number): Frame {
  const fitKm = Math.min(
    (width - 2 * MARGIN_PX) / Math.max(1, x1 - x0),
    (height - 2 * MARGIN_PX) / Math.max(1, y1 - y0),
  );
  const pxPerKm = fitKm * zoom.factor;
  return {
    width,
    height,
    pxPerKm,
    xPx: (xKm) => width / 2 + (xKm - zoom.xKm) * pxPerKm,
    yPx: (yKm) => height / 2 + (yKm - zoom.yKm) * pxPerKm,
  };
}

/** The cell nearest to a place in km, if it lies within `reachKm`. */
export function nearestCell({ centres }: Ground, xKm: number, yKm: number, reachKm: number): number | undefined {
  let best: number | undefined;
  let bestKm = reachKm;
  for (let i = 0; i < centres.length / 2; i++) {
    const km = Math.hypot((centres[2 * i] ?? 0) - xKm, (centres[2 * i + 1] ?? 0) - yKm);
    if (km >= bestKm) continue;
    best = i;
    bestKm = km;
  }
  return best;
}

/** The nearest cell within 45 degrees of a direction: where an arrow key leads. */
export function neighbourCell({ centres }: Ground, from: number, dx: number, dy: number): number {
  const [x, y] = [centres[2 * from] ?? 0, centres[2 * from + 1] ?? 0];
  let best = from;
  let bestKm = Infinity;
  for (let i = 0; i < centres.length / 2; i++) {
    const [ex, ey] = [(centres[2 * i] ?? 0) - x, (centres[2 * i + 1] ?? 0) - y];
    const along = ex * dx + ey * dy;
    const km = Math.hypot(ex, ey);
    if (along <= 0 || along < km * Math.SQRT1_2 - 1e-6 || km >= bestKm) continue;
    best = i;
    bestKm = km;
  }
  return best;
}
