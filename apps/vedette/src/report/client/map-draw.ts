/** Draws the map: ground, graticule, cells, zones; names and scale bar are in map-names.ts. */
import type { Frame, Ground } from "./map-frame.ts";
import type { Model } from "./model.ts";

export interface Palette {
  readonly sea: string;
  readonly land: string;
  readonly coast: string;
  readonly boundary: string;
  readonly graticule: string;
  readonly ink: string;
  readonly halo: string;
  readonly line: string;
  readonly lineCasing: string;
  readonly unknown: string;
  readonly focus: string;
  readonly muted: string;
}

/** Of the page's data, what lies under everything else. */
export interface GroundModel {
  readonly head: Pick<Model["head"], "land" | "boundaries" | "zones" | "places">;
}

export interface Paint {
  readonly context: CanvasRenderingContext2D;
  readonly frame: Frame;
  readonly ground: Ground;
  readonly model: GroundModel;
  readonly palette: Palette;
}

export function drawGround({ context, frame, ground, model, palette }: Paint): void {
  context.fillStyle = palette.sea;
  context.fillRect(0, 0, frame.width, frame.height);
  const land = new Path2D();
  for (const ring of model.head.land) tracePath(land, frame, ground, ring, true);
  context.fillStyle = palette.land;
  context.fill(land);
  context.strokeStyle = palette.coast;
  context.lineWidth = 0.8;
  // Rings were cut to a frame larger than the picture, so that its edges stay out of sight.
  context.stroke(land);
}

export function drawBoundaries({ context, frame, ground, model, palette }: Paint): void {
  const paths = new Path2D();
  for (const path of model.head.boundaries) tracePath(paths, frame, ground, path, false);
  context.strokeStyle = palette.boundary;
  context.lineWidth = 1;
  context.setLineDash([6, 3, 1.5, 3]);
  context.stroke(paths);
  context.setLineDash([]);
}

function tracePath(
  path: Path2D,
  frame: Frame,
  ground: Ground,
  points: readonly (readonly [number, number])[],
  close: boolean,
): void {
  for (const [i, [lon, lat]] of points.entries()) {
    const [x, y] = ground.projection.project(lon, lat);
    if (i === 0) path.moveTo(frame.xPx(x), frame.yPx(y));
    else path.lineTo(frame.xPx(x), frame.yPx(y));
  }
  if (close) path.closePath();
}

/** `classes[i]` is the colour index of cell i, -1 unknown (hatched). */
export function drawCells(paint: Paint, classes: Int8Array, colours: readonly string[]): void {
  const { context, frame, ground, palette } = paint;
  const paths = [-1, ...colours.keys()].map(() => new Path2D());
  for (const [i, ring] of ground.rings.entries()) traceCell(paths[(classes[i] ?? -1) + 1], frame, ring);
  const cellPx = cellRadiusKm(ground) * frame.pxPerKm;
  for (const [i, path] of paths.entries()) {
    const colour = colours[i - 1];
    context.fillStyle = colour ?? hatch(context, palette);
    context.fill(path);
    // A hairline of the cell's own colour closes the seams of antialiasing; large cells get edges to tell them apart.
    context.strokeStyle = cellPx > 9 || colour === undefined ? palette.halo : colour;
    context.lineWidth = cellPx > 9 ? 0.75 : 0.5;
    if (colour !== undefined || cellPx > 9) context.stroke(path);
  }
}

export function drawFocus({ context, frame, ground, palette }: Paint, cell: number): void {
  const ring = ground.rings[cell];
  if (ring === undefined) return;
  const path = new Path2D();
  traceCell(path, frame, ring);
  context.lineJoin = "round";
  context.strokeStyle = palette.halo;
  context.lineWidth = 5;
  context.stroke(path);
  context.strokeStyle = palette.focus;
  context.lineWidth = 2.5;
  context.stroke(path);
  const [x, y] = [frame.xPx(ground.centres[2 * cell] ?? 0), frame.yPx(ground.centres[2 * cell + 1] ?? 0)];
  if (cellRadiusKm(ground) * frame.pxPerKm > 10) return;
  context.beginPath();
  context.arc(x, y, 11, 0, 2 * Math.PI);
  context.strokeStyle = palette.halo;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = palette.focus;
  context.lineWidth = 1.75;
  context.stroke();
}

function traceCell(path: Path2D | undefined, frame: Frame, ring: Float32Array): void {
  if (path === undefined) return;
  for (let k = 0; k < ring.length; k += 2) {
    const [x, y] = [frame.xPx(ring[k] ?? 0), frame.yPx(ring[k + 1] ?? 0)];
    if (k === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  path.closePath();
}

/** Of the first cell: cells of one resolution are alike enough for choosing line widths and reach. */
export function cellRadiusKm({ rings, centres }: Ground): number {
  const ring = rings[0];
  return ring === undefined ? 1 : Math.hypot((ring[0] ?? 0) - (centres[0] ?? 0), (ring[1] ?? 0) - (centres[1] ?? 0));
}

export function drawZones({ context, frame, ground, model, palette }: Paint): void {
  const paths = new Path2D();
  for (const zone of model.head.zones) {
    for (const path of zone.paths) tracePath(paths, frame, ground, path, zone.closed);
  }
  context.lineJoin = "round";
  context.strokeStyle = palette.lineCasing;
  context.lineWidth = 3.5;
  context.stroke(paths);
  context.strokeStyle = palette.line;
  context.lineWidth = 1.5;
  context.stroke(paths);
}

/** Diagonal lines on grey: the look of unknown, here and in the legend. */
function hatch(context: CanvasRenderingContext2D, palette: Palette): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = 6;
  tile.height = 6;
  const pen = tile.getContext("2d");
  if (pen === null) return palette.unknown;
  pen.fillStyle = palette.land;
  pen.fillRect(0, 0, 6, 6);
  pen.strokeStyle = palette.unknown;
  pen.lineWidth = 1.4;
  pen.beginPath();
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift - 1, 7);
    pen.lineTo(shift + 7, -1);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat") ?? palette.unknown;
}
