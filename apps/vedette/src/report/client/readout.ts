/** The panel that says everything of one cell, and the legend of the map. */
import { placeOf } from "./chart-frame.ts";
import { FIGURE_NAMES, type Model, textOf, type View } from "./model.ts";
import { type Classes, classOf, classTexts, coloursOf } from "./scale.ts";

const COLUMNS = [
  ["gap", "accessible"],
  ["gap", "taken"],
  ["share", "accessible"],
  ["share", "taken"],
  ["age", "taken"],
] as const;

export function showReadout(model: Model, view: View, cell: number, note: string): void {
  const [lon, lat] = middleOf(model, cell);
  placeOf("cell-note").textContent = note;
  placeOf("cell-place").textContent = `${latText(lat)}, ${lonText(lon)}`;
  placeOf("cell-near").textContent = nearText(model, lon, lat);
  placeOf("cell-id").textContent = model.head.cells[cell] ?? "";
  placeOf("cell-clear").textContent = textOf("clear", model.valueOf({ ...view, figure: "clear" }, cell));
  placeOf("readout").dataset["cell"] = model.head.cells[cell] ?? "";
  const body = placeOf("cell-rows");
  body.replaceChildren(
    ...model.head.kinds.map(({ name }, kind) => {
      const row = document.createElement("tr");
      if (kind === view.kind) row.className = "chosen";
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name;
      const values = COLUMNS.map(([figure, basis]) => {
        const value = document.createElement("td");
        value.textContent = bare(textOf(figure, model.valueOf({ ...view, kind, figure, basis }, cell)));
        return value;
      });
      row.append(head, ...values);
      return row;
    }),
  );
}

/** Units stand in the heads of the columns. */
function bare(text: string): string {
  return text === "unknown" ? "?" : text.replace(/ (h|%)$/, "");
}

/** What the keyboard user hears: the figure on the map, in one sentence. */
export function spokenOf(model: Model, view: View, cell: number): string {
  const [lon, lat] = middleOf(model, cell);
  const figure = FIGURE_NAMES[view.figure];
  const kind = model.head.kinds[view.kind]?.name ?? "";
  return `${nearText(model, lon, lat)} ${figure}, ${kind}: ${textOf(view.figure, model.valueOf(view, cell))}.`;
}

function middleOf({ rings }: Model, cell: number): readonly [number, number] {
  const ring = rings[cell] ?? [];
  const sum = ring.reduce(([x, y], [lon, lat]) => [x + lon, y + lat] as const, [0, 0] as const);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

const latText = (deg: number) => `${Math.abs(deg).toFixed(3)}° ${deg < 0 ? "S" : "N"}`;
const lonText = (deg: number) => `${Math.abs(deg).toFixed(3)}° ${deg < 0 ? "W" : "E"}`;

const COMPASS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"] as const;

/** `12 km north-east of Izium.` Flat-Earth distances serve for the nearest name. */
function nearText({ head }: Model, lon: number, lat: number): string {
  const scale = Math.cos(lat * (Math.PI / 180));
  const near = head.places
    .map((place) => ({
      name: place.name,
      x: (lon - place.longitudeDeg) * scale * 111.2,
      y: (lat - place.latitudeDeg) * 111.2,
    }))
    .sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y))[0];
  if (near === undefined) return "";
  const km = Math.hypot(near.x, near.y);
  if (km < 4) return `At ${near.name}.`;
  const octant = Math.round(Math.atan2(near.x, near.y) / (Math.PI / 4) + 8) % 8;
  return `${km.toFixed(0)} km ${COMPASS[octant]} of ${near.name}.`;
}

export function showLegend(model: Model, view: View, classes: Classes, theme: "light" | "dark"): void {
  const colours = coloursOf(classes, theme);
  const texts = classTexts(classes, view.figure);
  const counts = new Array<number>(texts.length).fill(0);
  let unknown = 0;
  for (const value of model.valuesOf(view)) {
    const at = classOf(classes, value);
    if (at < 0) unknown++;
    else counts[at] = (counts[at] ?? 0) + 1;
  }
  const n = model.head.cells.length;
  const rows = texts.map((text, i) => legendRow(text, `--swatch:${colours[i]}`, counts[i] ?? 0, n));
  if (unknown > 0 || classes.edges.length === 0) rows.push(legendRow("unknown", "", unknown, n));
  placeOf("legend-title").textContent = titleOf(model, view);
  placeOf("legend").replaceChildren(...(classes.highIsBad ? rows : rows.reverse()));
  placeOf("legend").dataset["figure"] =
    `${view.figure} ${view.basis} ${model.head.kinds[view.kind]?.id} ${model.head.variants[view.variant]?.id}`;
}

function legendRow(text: string, style: string, count: number, n: number): HTMLLIElement {
  const row = document.createElement("li");
  const swatch = document.createElement("span");
  swatch.className = style === "" ? "swatch unknown" : "swatch";
  swatch.style.cssText = style;
  const share = document.createElement("span");
  share.className = "count";
  const percent = (100 * count) / n;
  share.textContent = `${count > 0 && percent < 1 ? "< 1" : percent.toFixed(0)} %`;
  share.title = `${count} of ${n} cells`;
  row.append(swatch, text, share);
  return row;
}

export function titleOf(model: Model, view: View): string {
  const kind = model.head.kinds[view.kind]?.name ?? "";
  if (view.figure === "clear") return FIGURE_NAMES.clear;
  if (view.figure === "age") return `${FIGURE_NAMES.age}, ${kind.toLowerCase()}`;
  const what = {
    accessible: { gap: "without an opportunity", share: "observable" },
    taken: { gap: "without a look", share: "with a look taken" },
  };
  return `${view.figure === "gap" ? "Longest time" : "Share of hours"} ${what[view.basis][view.figure]}, ${kind.toLowerCase()}`;
}
