/** Names of places without overlaps, graticule and scale bar. */
import type { Paint } from "./map-draw.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const FONT =
  '"Segoe UI", -apple-system, BlinkMacSystemFont, "Helvetica Neue", "Noto Sans", "Liberation Sans", system-ui, sans-serif';

/** Steps of a graticule, degrees; the first that keeps lines at least 90 px apart. */
const GRATICULE_STEPS_DEG = [0.25, 0.5, 1, 2, 5, 10, 15, 30] as const;

export function drawGraticule({ context, frame, ground, palette }: Paint): void {
  const stepDeg = GRATICULE_STEPS_DEG.find((step) => step * 111 * frame.pxPerKm * 0.7 >= 90) ?? 45;
  const corner = (x: number, y: number) => ground.projection.unproject(kmX(x), kmY(y));
  const kmX = (xPx: number) => (xPx - frame.xPx(0)) / frame.pxPerKm;
  const kmY = (yPx: number) => (yPx - frame.yPx(0)) / frame.pxPerKm;
  const edge = [0, 0.25, 0.5, 0.75, 1].flatMap((t) => [
    corner(t * frame.width, 0),
    corner(t * frame.width, frame.height),
    corner(0, t * frame.height),
    corner(frame.width, t * frame.height),
  ]);
  const lons = edge.map(([lon]) => lon);
  const lats = edge.map(([, lat]) => lat);
  context.strokeStyle = palette.graticule;
  context.fillStyle = palette.muted;
  context.lineWidth = 0.6;
  context.font = `10px ${FONT}`;
  const place = (lon: number, lat: number) => {
    const [x, y] = ground.projection.project(lon, lat);
    return [frame.xPx(x), frame.yPx(y)] as const;
  };
  const [south, north] = [Math.max(-85, Math.min(...lats)), Math.min(85, Math.max(...lats))];
  for (let lon = Math.ceil(Math.min(...lons) / stepDeg) * stepDeg; lon <= Math.max(...lons); lon += stepDeg) {
    const line = Array.from({ length: 33 }, (_, i) => place(lon, south + ((north - south) * i) / 32));
    stroke(context, line);
    const foot = line.find(([x, y]) => y <= frame.height - 4 && x > 20 && x < frame.width - 30);
    if (foot && foot[1] > frame.height - 60) {
      context.textAlign = "center";
      label(context, palette.halo, degrees(lon, "E", "W"), foot[0], frame.height - 5);
    }
  }
  for (let lat = Math.ceil(south / stepDeg) * stepDeg; lat <= north; lat += stepDeg) {
    const line = Array.from({ length: 33 }, (_, i) =>
      place(Math.min(...lons) + ((Math.max(...lons) - Math.min(...lons)) * i) / 32, lat),
    );
    stroke(context, line);
    const foot = line.find(([x, y]) => x >= 4 && y > 14 && y < frame.height - 18);
    if (foot && foot[0] < 60) {
      context.textAlign = "left";
      label(context, palette.halo, degrees(lat, "N", "S"), 5, foot[1] + 3);
    }
  }
}

function stroke(context: CanvasRenderingContext2D, line: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [x, y] of line) context.lineTo(x, y);
  context.stroke();
}

function label(context: CanvasRenderingContext2D, halo: string, text: string, x: number, y: number): void {
  context.save();
  context.strokeStyle = halo;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeText(text, x, y);
  context.restore();
  context.fillText(text, x, y);
}

function degrees(deg: number, positive: string, negative: string): string {
  const turned = ((((deg + 180) % 360) + 360) % 360) - 180;
  return `${Math.abs(Number(turned.toFixed(2)))}° ${turned < 0 ? negative : positive}`;
}

/** Lowest rank first; a name that would overlap another, or leave the picture, is left out, its dot too. */
export function drawPlaces(paint: Paint, taken: readonly Box[]): void {
  const { context, frame, ground, model, palette } = paint;
  const boxes: Box[] = [...taken];
  const lines = lineBoxes(paint);
  context.textAlign = "left";
  for (const place of [...model.head.places].sort((a, b) => a.rank - b.rank)) {
    const [xKm, yKm] = ground.projection.project(place.longitudeDeg, place.latitudeDeg);
    const [x, y] = [frame.xPx(xKm), frame.yPx(yKm)];
    if (x < 4 || y < 4 || x > frame.width - 4 || y > frame.height - 4) continue;
    const big = place.rank <= 1;
    context.font = `${big ? "600 12.5px" : "11.5px"} ${FONT}`;
    const name = { x, y, w: context.measureText(place.name).width, h: 12 };
    // Off the line where there is room; on it rather than nameless.
    const spot = freeSpot(name, frame, [...boxes, ...lines]) ?? freeSpot(name, frame, boxes);
    if (spot === undefined) continue;
    boxes.push(spot, { x: x - 3, y: y - 3, w: 6, h: 6 });
    context.fillStyle = palette.ink;
    context.strokeStyle = palette.halo;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(x, y, big ? 2.8 : 2.2, 0, 2 * Math.PI);
    context.stroke();
    context.fill();
    label(context, palette.halo, place.name, spot.x, spot.y + 10);
  }
}

/** Small boxes along the zones' lines, every few pixels. */
function lineBoxes({ frame, ground, model }: Paint): Box[] {
  return model.head.zones.flatMap(({ paths }) =>
    paths.flatMap((path) => {
      const points = path.map(([lon, lat]) => {
        const [xKm, yKm] = ground.projection.project(lon, lat);
        return [frame.xPx(xKm), frame.yPx(yKm)] as const;
      });
      return points.flatMap(([x, y], i) => {
        const [x2, y2] = points[i + 1] ?? [x, y];
        const n = Math.min(500, Math.ceil(Math.hypot(x2 - x, y2 - y) / 6));
        return Array.from(
          { length: n },
          (_, k): Box => ({ x: x + ((x2 - x) * k) / n - 1, y: y + ((y2 - y) * k) / n - 1, w: 2, h: 2 }),
        );
      });
    }),
  );
}

/** Right, left, above or below the dot, the first that is free. */
function freeSpot(
  { x, y, w, h }: Box,
  frame: { width: number; height: number },
  boxes: readonly Box[],
): Box | undefined {
  const spots = [
    { x: x + 6, y: y - h / 2 },
    { x: x - w - 6, y: y - h / 2 },
    { x: x - w / 2, y: y - h - 5 },
    { x: x - w / 2, y: y + 5 },
  ].map((spot): Box => ({ ...spot, w, h }));
  return spots.find(
    (spot) =>
      spot.x > 2 &&
      spot.y > 2 &&
      spot.x + w < frame.width - 2 &&
      spot.y + h < frame.height - 2 &&
      !boxes.some((box) => overlap(spot, box)),
  );
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.w + 3 && b.x < a.x + a.w + 3 && a.y < b.y + b.h + 1 && b.y < a.y + a.h + 1;
}

const BAR_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000] as const;

/** Bottom right; true in the whole picture to a few parts in a thousand at this projection and size. Gives the room it takes. */
export function drawScaleBar({ context, frame, palette }: Paint): Box {
  const km = BAR_KM.findLast((length) => length * frame.pxPerKm <= Math.min(180, frame.width / 4)) ?? 1;
  const w = km * frame.pxPerKm;
  const [x, y] = [frame.width - w - 16, frame.height - 20];
  context.strokeStyle = palette.halo;
  context.lineWidth = 5;
  bar(context, x, y, w);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  bar(context, x, y, w);
  context.fillStyle = palette.ink;
  context.font = `11px ${FONT}`;
  context.textAlign = "center";
  label(context, palette.halo, `${km} km`, x + w / 2, y - 6);
  return { x: x - 8, y: y - 20, w: w + 24, h: 36 };
}

function bar(context: CanvasRenderingContext2D, x: number, y: number, w: number): void {
  context.beginPath();
  context.moveTo(x, y - 4);
  context.lineTo(x, y);
  context.lineTo(x + w, y);
  context.lineTo(x + w, y - 4);
  context.stroke();
}
