/** Whether probabilities held, and what assumed figures are worth. */
import { barX, dot, gridX, gridY, line, link, ruleX, text } from "@observablehq/plot";
import { whole } from "../../page/markup.ts";
import { drawInto, placeOf } from "../chart-frame.ts";
import type { Charts, Network } from "./data.ts";

const Z = 1.96;

export function drawCalibration({ calibration }: Network): void {
  const host = document.getElementById("chart-calibration");
  if (host === null) return;
  const bins = calibration.flatMap(({ moment, bins: own }) =>
    own.flatMap(({ count, mean01, sound }) => {
      if (count === 0 || mean01 === null) return [];
      const p = sound / count;
      const z2 = Z * Z;
      const middle = (p + z2 / (2 * count)) / (1 + z2 / count);
      const half = (Z / (1 + z2 / count)) * Math.sqrt((p * (1 - p)) / count + z2 / (4 * count * count));
      return [
        {
          moment,
          said: 100 * mean01,
          came: 100 * p,
          low: 100 * (middle - half),
          high: 100 * (middle + half),
          n: count,
        },
      ];
    }),
  );
  const ticks = [0, 25, 50, 75, 100];
  drawInto(host, "Probabilities that were said, against the share that came true", {
    height: Math.min(380, Math.max(260, host.clientWidth * 0.72)),
    marginLeft: 40,
    marginBottom: 36,
    marginTop: 22,
    marginRight: 20,
    x: { domain: [0, 100], ticks, label: null, tickFormat: (v: number) => `${v}%`, tickSize: 0 },
    y: { domain: [0, 100], ticks, label: null, tickFormat: (v: number) => `${v}%`, tickSize: 0 },
    color: { domain: ["corroborated", "verified"], range: ["var(--low)", "var(--taken)"], legend: true },
    marks: [
      gridX(ticks, { stroke: "var(--grid)", strokeOpacity: 1 }),
      gridY(ticks, { stroke: "var(--grid)", strokeOpacity: 1 }),
      line(
        [
          [0, 0],
          [100, 100],
        ],
        { stroke: "var(--muted)", strokeDasharray: "4 3" },
      ),
      link(bins, { x1: "said", x2: "said", y1: "low", y2: "high", stroke: "moment", strokeWidth: 2 }),
      dot(bins, { x: "said", y: "came", fill: "moment", r: 4.5 }),
      text(bins, {
        x: "said",
        y: "came",
        text: ({ n }: { n: number }) => whole(n),
        dy: 13,
        fontSize: 10.5,
        filter: ({ moment }: { moment: string }) => moment === "verified",
        stroke: "var(--ground)",
        strokeWidth: 3,
        fill: "currentColor",
      }),
      text(["probability given"], { frameAnchor: "bottom-right", dy: 32, fill: "var(--muted)" }),
      text(["were real"], { frameAnchor: "top-left", dy: -14, dx: -30, fill: "var(--muted)" }),
    ],
  });
}

/** Below the last digit shown. */
const FLAT = 5e-4;
const MOST_ROWS = 24;

export function drawTornado({ sensitivity }: Charts): void {
  const host = document.getElementById("chart-sensitivity");
  if (host === null || sensitivity === null) return;
  const size = ({ low, high }: (typeof sensitivity.rows)[number]): number =>
    Math.max(Math.abs(low.estimate ?? 0), Math.abs(high.estimate ?? 0));
  const shown = sensitivity.rows.filter((row) => size(row) >= FLAT).slice(0, MOST_ROWS);
  const flat = sensitivity.rows.length - shown.length;
  placeOf("sensitivity-flat").textContent =
    flat === 0 ? "" : `${flat} more groups change less, or by no visible part of a point: see the table.`;
  const sides = ["half as large", "half as large again"];
  const bars = shown.flatMap(({ group, low, high }) => [
    { group, side: sides[0] as string, ...low },
    { group, side: sides[1] as string, ...high },
  ]);
  const reach = Math.max(2 * FLAT, ...bars.flatMap(({ low, high }) => [Math.abs(low ?? 0), Math.abs(high ?? 0)])) * 1.1;
  const narrow = host.clientWidth < 560;
  drawInto(host, "Change of the headline with each group of assumed figures half as large and half as large again", {
    height: 34 + shown.length * 32,
    marginLeft: narrow ? 130 : 210,
    x: {
      domain: [-100 * reach, 100 * reach],
      label: null,
      tickFormat: (v: number) => `${v > 0 ? "+" : ""}${v}`,
      ticks: 5,
      tickSize: 0,
    },
    fy: {
      domain: shown.map(({ group }) => group),
      label: null,
      padding: 0.25,
      tickFormat: (group: string) => (narrow ? (group.split(": ").at(-1) ?? group) : group),
    },
    y: { domain: sides, axis: null, padding: 0.08 },
    color: { domain: sides, range: ["var(--low)", "var(--high)"] },
    marks: [
      gridX({ stroke: "var(--grid)", strokeOpacity: 1, ticks: 5 }),
      barX(bars, {
        fy: "group",
        y: "side",
        x: ({ estimate }: { estimate: number | null }) => 100 * (estimate ?? 0),
        fill: "side",
      }),
      link(bars, {
        fy: "group",
        y1: "side",
        y2: "side",
        x1: ({ low }: { low: number | null }) => 100 * (low ?? 0),
        x2: ({ high }: { high: number | null }) => 100 * (high ?? 0),
        stroke: "currentColor",
        strokeWidth: 1,
      }),
      ruleX([0], { stroke: "var(--ink)" }),
    ],
  });
}
