/** Starts the page: unpacks the data, draws everything once, then follows the reader's choices. */

import { placeOf } from "./chart-frame.ts";
import { drawAges, drawGaps } from "./distributions.ts";
import { drawLedger } from "./ledger.ts";
import { createMap, themeNow } from "./map.ts";
import { type Basis, type FigureId, type Model, modelOf, type View } from "./model.ts";
import { showLegend, showReadout, spokenOf, titleOf } from "./readout.ts";
import { classesOf } from "./scale.ts";
import { drawSensitivity } from "./sensitivity.ts";
import { attachSorting, showKind } from "./tables.ts";
import { drawTimeline } from "./timeline.ts";
import { unpackReport } from "./unpack.ts";

const controls = () => placeOf("controls") as HTMLFormElement;

async function start(): Promise<void> {
  const model = modelOf(await unpackReport(placeOf("data").textContent ?? ""));
  let view = viewOf(model);
  /** The reader's own cell stays; until there is one, the worst cell of the view is shown. */
  let own: number | undefined;
  const map = createMap(placeOf("map"), model, (cell, byKeyboard) => {
    own = cell;
    showReadout(model, view, cell, "Chosen cell");
    if (byKeyboard) placeOf("spoken").textContent = spokenOf(model, view, cell);
  });
  const showView = () => {
    view = viewOf(model);
    const classes = classesOf(model, view);
    const cell = own ?? worstCell(model, view);
    map.choose(cell);
    map.show(view, classes);
    showLegend(model, view, classes, themeNow());
    showReadout(model, view, cell, own === undefined ? "Worst cell of this view" : "Chosen cell");
    showContext(model, view);
    drawGaps(model, view);
    drawAges(model, view);
  };
  const drawRest = () => {
    drawLedger(model);
    drawTimeline(model);
    drawSensitivity(model, (placeOf("measure") as HTMLSelectElement).value);
  };
  const drawAll = () => {
    showView();
    drawRest();
  };
  controls().addEventListener("change", () => {
    showView();
    placeOf("spoken").textContent =
      `Map shows: ${placeOf("legend-title").textContent}, ${placeOf("map-network").textContent}.`;
  });
  placeOf("measure").addEventListener("change", drawRest);
  for (const table of document.querySelectorAll<HTMLTableElement>("table.sortable")) attachSorting(table);
  drawAll();
  followSurroundings(drawAll);
  document.documentElement.dataset["ready"] = "true";
}

function viewOf(model: Model): View {
  const data = new FormData(controls());
  const kind = model.head.kinds.findIndex(({ id }) => id === data.get("kind"));
  const variant = model.head.variants.findIndex(({ id }) => id === data.get("variant"));
  const basis: Basis = data.get("basis") === "taken" ? "taken" : "accessible";
  return {
    figure: (data.get("figure") ?? "gap") as FigureId,
    basis,
    kind: Math.max(0, kind),
    variant: Math.max(0, variant),
  };
}

function worstCell(model: Model, view: View): number {
  const { highIsBad } = classesOf(model, view);
  let worst = 0;
  let worstValue = Number.NaN;
  for (const [cell, value] of model.valuesOf(view).entries()) {
    if (Number.isNaN(value) || (highIsBad ? value <= worstValue : value >= worstValue)) continue;
    worst = cell;
    worstValue = value;
  }
  return worst;
}

/** Says beside the map and the charts what they show; the switch that means nothing for a figure is off. */
function showContext(model: Model, view: View): void {
  const network = view.variant === 0 ? "Whole network" : (model.head.variants[view.variant]?.label ?? "");
  const kind = model.head.kinds[view.kind];
  placeOf("map-network").textContent = network;
  for (const place of document.querySelectorAll("[data-context]"))
    place.textContent = `${kind?.name ?? ""}, ${network}`;
  placeOf("map").setAttribute(
    "aria-label",
    `Map: ${titleOf(model, view)}. Arrow keys move from cell to cell, plus and minus zoom, 0 shows all.`,
  );
  showKind(kind?.id ?? "imaging");
  (placeOf("basis") as HTMLFieldSetElement).disabled = view.figure === "age" || view.figure === "clear";
}

/** Width, colour scheme and print change what is drawn. */
function followSurroundings(drawAll: () => void): void {
  let width = document.body.clientWidth;
  let waiting = 0;
  new ResizeObserver(() => {
    if (document.body.clientWidth === width) return;
    width = document.body.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 120);
  }).observe(document.body);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  matchMedia("print").addEventListener("change", drawAll);
}

start().catch((error: unknown) => {
  const notice = placeOf("failed");
  notice.hidden = false;
  notice.append(` (${error instanceof Error ? error.message : String(error)})`);
  throw error;
});
