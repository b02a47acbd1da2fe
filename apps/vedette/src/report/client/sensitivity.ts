/** What the assumed figures are worth. */
import { barX, gridX, ruleX, text } from "@observablehq/plot";
import type { Headline } from "@vedette/wire/result";
import { drawInto, placeOf } from "./chart-frame.ts";
import { hoursText, type Model, percentText } from "./model.ts";

/** What the tornado can measure. */
const MEASURES: Readonly<
  Record<string, { readonly of: (headline: Headline) => number; readonly text: (value: number) => string }>
> = {
  taken: { of: ({ taken01 }) => taken01.imaging, text: (value) => `${percentText(Math.abs(value))} points` },
  takenGap: {
    of: ({ takenLongestGapH }) => takenLongestGapH.imaging.p50,
    text: (value) => `${hoursText(Math.abs(value))} h`,
  },
  age: {
    of: ({ pictureAgeH }) => pictureAgeH.imaging?.p50 ?? Number.NaN,
    text: (value) => `${hoursText(Math.abs(value))} h`,
  },
  accessible: {
    of: ({ accessible01 }) => accessible01.imaging,
    text: (value) => `${percentText(Math.abs(value))} points`,
  },
  accessibleGap: {
    of: ({ accessibleLongestGapH }) => accessibleLongestGapH.imaging.p50,
    text: (value) => `${hoursText(Math.abs(value))} h`,
  },
};

/** Below the last digit shown: not a bar. */
const FLAT = 5e-4;

/** Change of one measure when all assumed figures of a name are taken 50 % lower and higher. */
export function drawSensitivity({ head }: Model, measureId: string): void {
  const measure = MEASURES[measureId];
  if (!measure) return;
  const base = measure.of(head.sensitivityBase);
  const changes = head.sensitivity
    .map(({ figure, low, high }) => ({ figure, low: measure.of(low) - base, high: measure.of(high) - base }))
    .filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high))
    .map((change) => ({ ...change, reach: Math.max(Math.abs(change.low), Math.abs(change.high)) }))
    .sort((a, b) => b.reach - a.reach);
  const rows = changes.filter((change) => change.reach >= FLAT);
  const flat = changes.filter((change) => change.reach < FLAT).map(({ figure }) => figure);
  placeOf("sensitivity-flat").textContent = flat.length === 0 ? "" : `No visible change from: ${flat.join(", ")}.`;
  const bars = rows.flatMap(({ figure, low, high }) => [
    { figure, side: "50 % lower", change: low },
    { figure, side: "50 % higher", change: high },
  ]);
  const reach = Math.max(1e-3, ...bars.map(({ change }) => Math.abs(change))) * 1.28;
  const signed = (change: number) =>
    Math.abs(change) < FLAT ? "" : `${change > 0 ? "+" : "−"}${measure.text(change)}`;
  drawInto(placeOf("chart-sensitivity"), "Change of the measure with each assumed figure 50 percent lower and higher", {
    height: 34 + rows.length * 34,
    marginLeft: 150,
    x: { domain: [-reach, reach], label: null, axis: null },
    fy: { domain: rows.map(({ figure }) => figure), label: null, padding: 0.2 },
    y: { domain: ["50 % lower", "50 % higher"], axis: null, padding: 0.06 },
    color: { domain: ["50 % lower", "50 % higher"], range: ["var(--low)", "var(--high)"] },
    marks: [
      gridX({ stroke: "var(--grid)", strokeOpacity: 1, ticks: 6 }),
      barX(bars, { fy: "figure", y: "side", x: "change", fill: "side" }),
      text(bars, {
        fy: "figure",
        y: "side",
        x: "change",
        text: (bar) => signed(bar.change),
        textAnchor: "start",
        dx: 5,
        filter: (bar) => bar.change >= 0,
      }),
      text(bars, {
        fy: "figure",
        y: "side",
        x: "change",
        text: (bar) => signed(bar.change),
        textAnchor: "end",
        dx: -5,
        filter: (bar) => bar.change < 0,
      }),
      ruleX([0], { stroke: "var(--rule)" }),
    ],
  });
}
