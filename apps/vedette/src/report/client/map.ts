/** The map as the rest of the page sees it: show a view, choose a cell, be told which cell the reader chose. */
import { drawBoundaries, drawCells, drawFocus, drawGround, drawZones, type Paint, type Palette } from "./map-draw.ts";
import { type Frame, frameOf, groundOf, heightFor, wholeZoom, type Zoom } from "./map-frame.ts";
import { attachInput } from "./map-input.ts";
import { drawGraticule, drawPlaces, drawScaleBar } from "./map-names.ts";
import type { Model, View } from "./model.ts";
import { type Classes, classOf, coloursOf } from "./scale.ts";

export interface CellMap {
  readonly show: (view: View, classes: Classes) => void;
  readonly choose: (cell: number) => void;
  /** Redraws at the present size and colours. */
  readonly redraw: () => void;
}

const MAX_ZOOM = 24;

/** `onCell` is told the cell and whether it came from the keyboard (then it is read out). */
export function createMap(
  host: HTMLElement,
  model: Model,
  onCell: (cell: number, byKeyboard: boolean) => void,
): CellMap {
  const canvas = host.querySelector("canvas");
  const context = canvas?.getContext("2d", { alpha: false });
  if (!canvas || !context) throw new Error("the map needs a canvas");
  const ground = groundOf(model);
  let zoom: Zoom = wholeZoom(ground);
  let frame: Frame = frameOf(ground, zoom, 1, 1);
  let shown: { readonly classes: Int8Array; readonly edges: Classes } | undefined;
  let chosen = 0;

  const redraw = () => {
    const width = Math.max(240, host.clientWidth);
    const height = heightFor(ground, width);
    const ratio = Math.max(1, globalThis.devicePixelRatio);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    frame = frameOf(ground, zoom, width, height);
    if (shown) drawAll({ context, frame, ground, model, palette: paletteOf(host) }, shown.classes, shown.edges, chosen);
  };
  const choose = (cell: number) => {
    chosen = cell;
    redraw();
  };
  attachInput(host, {
    ground,
    frame: () => frame,
    zoom: () => zoom,
    chosen: () => chosen,
    zoomTo: (next) => {
      zoom = next.factor <= 1 ? wholeZoom(ground) : { ...next, factor: Math.min(MAX_ZOOM, next.factor) };
      host.dataset["zoom"] = zoom.factor.toFixed(2);
      redraw();
    },
    choose: (cell, byKeyboard) => {
      choose(cell);
      onCell(cell, byKeyboard);
    },
  });
  return {
    redraw,
    choose,
    show(view, edges) {
      shown = { edges, classes: Int8Array.from(model.valuesOf(view), (value) => classOf(edges, value)) };
      redraw();
    },
  };
}

function drawAll(paint: Paint, classes: Int8Array, edges: Classes, chosen: number): void {
  drawGround(paint);
  drawGraticule(paint);
  drawCells(paint, classes, coloursOf(edges, themeNow()));
  drawBoundaries(paint);
  drawZones(paint);
  const bar = drawScaleBar(paint);
  drawPlaces(paint, [bar]);
  drawFocus(paint, chosen);
}

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

/** Colours live in the style sheet, so that light, dark and print are decided in one place. */
function paletteOf(host: HTMLElement): Palette {
  const style = getComputedStyle(host);
  const named = PALETTE_NAMES.map(
    (name) => [name, style.getPropertyValue(`--map-${name.toLowerCase()}`).trim()] as const,
  );
  return Object.fromEntries(named) as Record<(typeof PALETTE_NAMES)[number], string>;
}

/** The style sheet says which ramp suits its ground. */
export function themeNow(): "light" | "dark" {
  return getComputedStyle(document.documentElement).getPropertyValue("--ramp").trim() === "dark" ? "dark" : "light";
}
