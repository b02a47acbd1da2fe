/** Pointer and keyboard on the map. */
import { cellRadiusKm } from "./map-draw.ts";
import { type Frame, type Ground, nearestCell, neighbourCell, type Zoom } from "./map-frame.ts";

export interface MapControl {
  readonly ground: Ground;
  readonly frame: () => Frame;
  readonly zoom: () => Zoom;
  readonly chosen: () => number;
  readonly zoomTo: (zoom: Zoom) => void;
  readonly choose: (cell: number, byKeyboard: boolean) => void;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const ZOOM_STEP = 1.6;

export function attachInput(host: HTMLElement, control: MapControl): void {
  attachPointer(host, control);
  host.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== host) return;
    if (keyDone(event, control)) event.preventDefault();
  });
  host.addEventListener("wheel", (event) => {
    // A bare wheel scrolls the page; with Ctrl (what a pinch sends, too) it zooms.
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomAbout(control, Math.exp(-event.deltaY / 300), kmAt(host, control, event));
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-zoom-by]")) {
    button.addEventListener("click", () => {
      const by = Number(button.dataset["zoomBy"]);
      if (by === 0) control.zoomTo({ ...control.zoom(), factor: 1 });
      else zoomAbout(control, by, chosenKm(control));
    });
  }
}

function keyDone(event: KeyboardEvent, control: MapControl): boolean {
  const arrow = ARROWS[event.key];
  if (arrow) {
    const [dx, dy] = arrow;
    let cell = control.chosen();
    for (let i = 0; i < (event.shiftKey ? 10 : 1); i++) cell = neighbourCell(control.ground, cell, dx, dy);
    control.choose(cell, true);
    keepInSight(control, cell);
    return true;
  }
  if (event.key === "+" || event.key === "=") zoomAbout(control, ZOOM_STEP, chosenKm(control));
  else if (event.key === "-") zoomAbout(control, 1 / ZOOM_STEP, chosenKm(control));
  else if (event.key === "0") control.zoomTo({ ...control.zoom(), factor: 1 });
  else return false;
  return true;
}

function attachPointer(host: HTMLElement, control: MapControl): void {
  let from: { readonly x: number; readonly y: number; readonly zoom: Zoom } | undefined;
  const canvas = host.querySelector("canvas");
  canvas?.addEventListener("pointerdown", (event) => {
    if (control.zoom().factor > 1) {
      from = { x: event.clientX, y: event.clientY, zoom: control.zoom() };
      canvas.setPointerCapture(event.pointerId);
    }
    chooseAt(host, control, event);
  });
  canvas?.addEventListener("pointermove", (event) => {
    if (from === undefined) return chooseAt(host, control, event);
    const { pxPerKm } = control.frame();
    const { zoom } = from;
    control.zoomTo({
      ...zoom,
      xKm: zoom.xKm - (event.clientX - from.x) / pxPerKm,
      yKm: zoom.yKm - (event.clientY - from.y) / pxPerKm,
    });
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    canvas?.addEventListener(end, () => {
      from = undefined;
    });
  }
}

function chooseAt(host: HTMLElement, control: MapControl, event: PointerEvent): void {
  const [xKm, yKm] = kmAt(host, control, event);
  const reachKm = Math.max(cellRadiusKm(control.ground), 8 / control.frame().pxPerKm);
  const cell = nearestCell(control.ground, xKm, yKm, reachKm);
  if (cell !== undefined && cell !== control.chosen()) control.choose(cell, false);
}

function kmAt(host: HTMLElement, control: MapControl, event: MouseEvent): readonly [number, number] {
  const box = host.getBoundingClientRect();
  const frame = control.frame();
  return [
    (event.clientX - box.left - host.clientLeft - frame.xPx(0)) / frame.pxPerKm,
    (event.clientY - box.top - host.clientTop - frame.yPx(0)) / frame.pxPerKm,
  ];
}

function chosenKm({ ground, chosen }: MapControl): readonly [number, number] {
  return [ground.centres[2 * chosen()] ?? 0, ground.centres[2 * chosen() + 1] ?? 0];
}

/** The place stays where it is on screen while the scale changes. */
function zoomAbout(control: MapControl, by: number, [xKm, yKm]: readonly [number, number]): void {
  const zoom = control.zoom();
  const factor = Math.min(24, Math.max(1, zoom.factor * by));
  const share = 1 - zoom.factor / factor;
  control.zoomTo({ factor, xKm: zoom.xKm + (xKm - zoom.xKm) * share, yKm: zoom.yKm + (yKm - zoom.yKm) * share });
}

function keepInSight(control: MapControl, cell: number): void {
  const frame = control.frame();
  const [xKm, yKm] = [control.ground.centres[2 * cell] ?? 0, control.ground.centres[2 * cell + 1] ?? 0];
  const [x, y] = [frame.xPx(xKm), frame.yPx(yKm)];
  const inSight = x > 20 && y > 20 && x < frame.width - 20 && y < frame.height - 20;
  if (!inSight) control.zoomTo({ ...control.zoom(), xKm, yKm });
}
