/** Time to detect and time to verify, as small multiples on one scale of hours. */
import { areaY, axisX, gridX, gridY, line, ruleX, text } from "@observablehq/plot";
import { classWords } from "../../exercise-words.ts";
import { whole } from "../../page/markup.ts";
import { drawInto, placeOf } from "../chart-frame.ts";
import type { Charts, Network } from "./data.ts";

interface Curve {
  readonly name: string;
  readonly counted: number;
  readonly seenBy: number[];
  readonly verifiedBy: number[];
}

const TICKS = [0.25, 1, 6, 24, 72];
const tickText = (hours: number): string => (hours < 1 ? `${60 * hours} min` : `${hours} h`);

export function drawKinds(charts: Charts, network: Network): void {
  draw(
    charts,
    "chart-kinds",
    "Share of breaches seen and verified by hours, by kind",
    curvesBy(network, ({ class: name }) => classWords(name)),
  );
}

export function drawAreas(charts: Charts, network: Network): void {
  draw(
    charts,
    "chart-areas",
    "Share of breaches seen and verified by hours, by stretch of the line",
    curvesBy(network, ({ area }) => area),
  );
}

function curvesBy({ rows }: Network, keyOf: (row: Network["rows"][number]) => string): Curve[] {
  const curves = new Map<string, Curve>();
  for (const row of rows) {
    const name = keyOf(row);
    const own = curves.get(name);
    curves.set(name, {
      name,
      counted: (own?.counted ?? 0) + (row.counted[0] ?? 0),
      seenBy: row.seenBy.map((n, k) => n + (own?.seenBy[k] ?? 0)),
      verifiedBy: row.verifiedBy.map((n, k) => n + (own?.verifiedBy[k] ?? 0)),
    });
  }
  return [...curves.values()].sort((a, b) => orderOf(a.name) - orderOf(b.name) || b.counted - a.counted);
}

/** Stretches by their first kilometre; everything else after them, by how often it came. */
const orderOf = (name: string): number => Number(/^km-(\d+)/.exec(name)?.[1] ?? 1e6);
const titleOf = (name: string): string => name.replace(/^km-(\d+)-(\d+)$/, "km $1–$2");

function draw({ curveHours }: Charts, id: string, label: string, curves: readonly Curve[]): void {
  const host = placeOf(id);
  // A world without stretches has nothing to set side by side.
  const figure = host.closest("figure");
  if (figure !== null) figure.hidden = curves.length === 1 && curves[0]?.name === "all";
  if (figure?.hidden) return;
  const fits = Math.max(1, Math.floor(host.clientWidth / 200));
  // One or two are not drawn out over the whole page.
  const across = Math.min(fits, Math.max(3, curves.length));
  const place = (i: number) => ({ fx: i % across, fy: Math.floor(i / across) });
  const points = curves.flatMap(({ counted, seenBy, verifiedBy }, i) =>
    counted === 0
      ? []
      : curveHours.map((hours, k) => ({
          ...place(i),
          hours,
          seen: (100 * (seenBy[k] ?? 0)) / counted,
          verified: (100 * (verifiedBy[k] ?? 0)) / counted,
        })),
  );
  const heads = curves.map(({ name, counted }, i) => ({
    ...place(i),
    title: titleOf(name),
    n: counted === 0 ? "none counted" : `n ${whole(counted)}`,
  }));
  const down = Math.ceil(curves.length / across);
  const facet = { fx: "fx", fy: "fy" } as const;
  drawInto(host, label, {
    height: down * 128 + 44,
    marginTop: 22,
    marginLeft: 34,
    marginRight: 12,
    marginBottom: 24,
    fx: { axis: null, padding: 0.12, domain: Array.from({ length: across }, (_, i) => i) },
    fy: { axis: null, padding: 0.3 },
    x: { type: "log", domain: [0.25, 120], ticks: TICKS, label: null },
    y: { domain: [0, 100], ticks: [0, 50, 100], tickFormat: (v: number) => `${v}%`, label: null, tickSize: 0 },
    marks: [
      gridX(TICKS, { stroke: "var(--grid)", strokeOpacity: 1 }),
      axisX(TICKS, { text: tickText, tickSize: 0, label: null }),
      gridY([0, 50, 100], { stroke: "var(--grid)", strokeOpacity: 1 }),
      ruleX([24], { stroke: "var(--rule)", strokeDasharray: "2 2" }),
      areaY(points, { ...facet, x: "hours", y: "seen", fill: "var(--accessible)", fillOpacity: 0.35, clip: true }),
      line(points, { ...facet, x: "hours", y: "seen", stroke: "var(--accessible)", strokeWidth: 1.8, clip: true }),
      line(points, { ...facet, x: "hours", y: "verified", stroke: "var(--taken)", strokeWidth: 2.2, clip: true }),
      text(heads, { ...facet, frameAnchor: "top-left", dy: -13, text: "title", fontWeight: 600 }),
      text(heads, { ...facet, frameAnchor: "top-right", dy: -13, text: "n", fill: "var(--muted)" }),
    ],
  });
}
