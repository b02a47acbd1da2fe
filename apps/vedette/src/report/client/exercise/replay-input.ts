/** The clock's controls, and pointer and keyboard on the map. */
import { placeOf } from "../chart-frame.ts";
import type { Frame, Zoom } from "../map-frame.ts";

export interface ReplayControl {
  readonly lastMin: number;
  readonly nowMin: () => number;
  readonly goTo: (minute: number) => void;
  readonly frame: () => Frame;
  readonly zoom: () => Zoom;
  readonly zoomTo: (zoom: Zoom) => void;
  readonly redraw: () => void;
}

const HOUR_MIN = 60;
const DAY_MIN = 1440;
const ZOOM_STEP = 1.6;

export function attachReplayInput(host: HTMLElement, control: ReplayControl): void {
  const clock = placeOf("clock") as HTMLInputElement;
  clock.max = String(control.lastMin);
  clock.step = "10";
  const show = (): void => {
    clock.value = String(Math.round(control.nowMin()));
    clock.setAttribute("aria-valuetext", placeOf("clock-text").textContent ?? "");
  };
  const goTo = (minute: number): void => {
    control.goTo(minute);
    show();
  };
  const player = playerOf(control, goTo);
  clock.addEventListener("input", () => control.goTo(Number(clock.value)));
  placeOf("play").addEventListener("click", player.toggle);
  for (const box of document.querySelectorAll("input[name=layer]")) box.addEventListener("change", control.redraw);
  host.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== host) return;
    const step = event.shiftKey ? DAY_MIN : HOUR_MIN;
    if (event.key === " ") player.toggle();
    else if (event.key === "ArrowRight" || event.key === "ArrowUp") goTo(control.nowMin() + step);
    else if (event.key === "ArrowLeft" || event.key === "ArrowDown") goTo(control.nowMin() - step);
    else if (event.key === "Home") goTo(0);
    else if (event.key === "End") goTo(control.lastMin);
    else if (event.key === "+" || event.key === "=") zoomBy(control, ZOOM_STEP);
    else if (event.key === "-") zoomBy(control, 1 / ZOOM_STEP);
    else if (event.key === "0") zoomBy(control, 0);
    else return;
    event.preventDefault();
    placeOf("spoken").textContent = placeOf("clock-text").textContent;
  });
  attachPointer(host, control);
  show();
}

/** Real seconds into hours of the run, at the speed chosen. It stops at the end. */
function playerOf(control: ReplayControl, goTo: (minute: number) => void): { readonly toggle: () => void } {
  const button = placeOf("play");
  let before: number | undefined;
  let isPlaying = false;
  const set = (playing: boolean): void => {
    isPlaying = playing;
    before = undefined;
    button.textContent = playing ? "Pause" : "Play";
    button.setAttribute("aria-pressed", String(playing));
  };
  const tick = (nowMs: number): void => {
    if (!isPlaying) return;
    const hoursPerS = Number((placeOf("speed") as HTMLSelectElement).value);
    // A tab that slept does not jump.
    if (before !== undefined) goTo(control.nowMin() + (Math.min(250, nowMs - before) / 1000) * hoursPerS * HOUR_MIN);
    before = nowMs;
    if (control.nowMin() >= control.lastMin) set(false);
    else requestAnimationFrame(tick);
  };
  return {
    toggle: () => {
      if (!isPlaying && control.nowMin() >= control.lastMin) goTo(0);
      set(!isPlaying);
      if (isPlaying) requestAnimationFrame(tick);
    },
  };
}

function attachPointer(host: HTMLElement, control: ReplayControl): void {
  let from: { readonly x: number; readonly y: number; readonly zoom: Zoom } | undefined;
  const canvas = host.querySelector("canvas");
  canvas?.addEventListener("pointerdown", (event) => {
    if (control.zoom().factor <= 1) return;
    from = { x: event.clientX, y: event.clientY, zoom: control.zoom() };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas?.addEventListener("pointermove", (event) => {
    if (from === undefined) return;
    const { pxPerKm } = control.frame();
    control.zoomTo({
      ...from.zoom,
      xKm: from.zoom.xKm - (event.clientX - from.x) / pxPerKm,
      yKm: from.zoom.yKm - (event.clientY - from.y) / pxPerKm,
    });
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    canvas?.addEventListener(end, () => {
      from = undefined;
    });
  }
  host.addEventListener("wheel", (event) => {
    // A bare wheel scrolls the page; with Ctrl (what a pinch sends, too) it zooms.
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = host.getBoundingClientRect();
    const { xPx, yPx, pxPerKm } = control.frame();
    const at = [(event.clientX - box.left - xPx(0)) / pxPerKm, (event.clientY - box.top - yPx(0)) / pxPerKm] as const;
    zoomBy(control, Math.exp(-event.deltaY / 300), at);
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-zoom-by]"))
    button.addEventListener("click", () => zoomBy(control, Number(button.dataset["zoomBy"])));
}

/** The place stays where it is on screen while the scale changes; 0 shows all. */
function zoomBy(control: ReplayControl, by: number, at?: readonly [xKm: number, yKm: number]): void {
  const zoom = control.zoom();
  const factor = by === 0 ? 1 : Math.max(1, zoom.factor * by);
  const [xKm, yKm] = at ?? [zoom.xKm, zoom.yKm];
  const share = 1 - zoom.factor / factor;
  control.zoomTo({ factor, xKm: zoom.xKm + (xKm - zoom.xKm) * share, yKm: zoom.yKm + (yKm - zoom.yKm) * share });
}
