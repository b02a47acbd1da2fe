/** The replay: a clock, a map, and what had happened by then. */

import { whole } from "../../page/markup.ts";
import { type ColumnName, PLACE_STEP_DEG } from "../../replay-packed.ts";
import { placeOf } from "../chart-frame.ts";
import { drawBoundaries, drawGround, drawZones, type Palette } from "../map-draw.ts";
import { type Frame, frameOf, type Ground, groundOf, heightFor, wholeZoom, type Zoom } from "../map-frame.ts";
import { drawPlaces, drawScaleBar } from "../map-names.ts";
import type { PageData } from "./data.ts";
import { countsAt, drawRun, type Layers, type Scene, sceneOf } from "./replay-draw.ts";
import { attachReplayInput } from "./replay-input.ts";

export interface Replay {
  readonly redraw: () => void;
}

const MAX_ZOOM = 40;
const HOUR_MIN = 60;

const PALETTE_NAMES = [
  "sea",
  "land",
  "coast",
  "boundary",
  "graticule",
  "ink",
  "halo",
  "line",
  "lineCasing",
  "unknown",
  "focus",
  "muted",
] as const;

/** @returns undefined where the page carries no run */
export function createReplay({ replay, columns }: PageData): Replay | undefined {
  if (replay === null) return undefined;
  const host = placeOf("map");
  const canvas = host.querySelector("canvas");
  const context = canvas?.getContext("2d", { alpha: false });
  if (!canvas || !context) throw new Error("the map needs a canvas");
  const ground = groundOfRun(replay, columns);
  const scene = sceneOf(replay, columns, ground);
  const lastMin = Math.round((replay.endMs - replay.startMs) / 60_000);
  let zoom: Zoom = wholeZoom(ground);
  let frame: Frame = frameOf(ground, zoom, 1, 1);
  let nowMin = Math.min(lastMin, 24 * HOUR_MIN);
  let waiting = 0;
  const draw = (): void => {
    waiting = 0;
    const width = Math.max(240, host.clientWidth);
    const height = heightFor(ground, width);
    const ratio = Math.max(1, globalThis.devicePixelRatio);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    frame = frameOf(ground, zoom, width, height);
    const palette = paletteOf(host);
    const paint = { context, frame, ground, model: { head: replay.ground }, palette };
    drawGround(paint);
    drawBoundaries(paint);
    drawZones(paint);
    drawPlaces(paint, [drawScaleBar(paint)]);
    drawRun({ context, frame, scene, nowMin, layers: layersNow(), colours: coloursOf(host), halo: palette.halo });
    tell(scene, nowMin, replay.startMs);
  };
  const redraw = (): void => {
    if (waiting === 0) waiting = requestAnimationFrame(draw);
  };
  attachReplayInput(host, {
    lastMin,
    nowMin: () => nowMin,
    goTo: (minute) => {
      nowMin = Math.max(0, Math.min(lastMin, minute));
      redraw();
    },
    frame: () => frame,
    zoom: () => zoom,
    zoomTo: (next) => {
      zoom = next.factor <= 1 ? wholeZoom(ground) : { ...next, factor: Math.min(MAX_ZOOM, next.factor) };
      host.dataset["zoom"] = zoom.factor.toFixed(2);
      redraw();
    },
    redraw,
  });
  return { redraw: draw };
}

function layersNow(): Layers {
  const boxes = document.querySelectorAll<HTMLInputElement>("input[name=layer]");
  return Object.fromEntries([...boxes].map(({ value, checked }) => [value, checked])) as unknown as Layers;
}

/** The frame holds the line, what happens and what stands; where movers go, only where nothing stands: some come from far. */
function groundOfRun(replay: NonNullable<PageData["replay"]>, columns: PageData["columns"]): Ground {
  const pointsOf = (lon: ColumnName, lat: ColumnName): [number, number][] =>
    Array.from(columns[lon], (value, i) => [value * PLACE_STEP_DEG, (columns[lat][i] ?? 0) * PLACE_STEP_DEG]);
  const places = [
    ...pointsOf("breachLon", "breachLat"),
    ...(columns.fixedLon.length > 0 ? pointsOf("fixedLon", "fixedLat") : pointsOf("trackLon", "trackLat")),
  ];
  const extent = boxOf(places);
  const zones =
    extent === undefined ? replay.ground.zones : [...replay.ground.zones, { name: "", closed: false, paths: [extent] }];
  return groundOf({ rings: [], head: { zones } });
}

function boxOf(points: readonly (readonly [number, number])[]): (readonly [number, number])[] | undefined {
  if (points.length === 0) return undefined;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [
    [west, south],
    [east, north],
  ];
}

function tell(scene: Scene, nowMin: number, startMs: number): void {
  const at = new Date(startMs + nowMin * 60_000).toISOString();
  const day = Math.floor(nowMin / (24 * HOUR_MIN)) + 1;
  placeOf("clock-text").textContent = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC, day ${day}`;
  for (const [id, count] of Object.entries(countsAt(scene, nowMin))) placeOf(`count-${id}`).textContent = whole(count);
}

/** Colours live in the style sheet. */
function paletteOf(host: HTMLElement): Palette {
  const style = getComputedStyle(host);
  const named = PALETTE_NAMES.map(
    (name) => [name, style.getPropertyValue(`--map-${name.toLowerCase()}`).trim()] as const,
  );
  return Object.fromEntries(named) as Record<(typeof PALETTE_NAMES)[number], string>;
}

function coloursOf(
  host: HTMLElement,
): Readonly<Record<"truth" | "known" | "report" | "mover" | "wrong" | "fixed", string>> {
  const style = getComputedStyle(host);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    truth: of("truth"),
    known: of("known"),
    report: of("report"),
    mover: of("mover"),
    wrong: of("focus"),
    fixed: of("map-muted"),
  };
}
