/** The next 24 hours: a row for every nation and kind, a bar for every pass, filled where a look is taken. */
import { axisX, gridX, rect, ruleY, text } from "@observablehq/plot";
import type { Channel } from "@vedette/wire/result";
import { clockText, drawInto, placeOf } from "./chart-frame.ts";
import type { Model } from "./model.ts";

const MS_PER_HOUR = 3_600_000;
const HOURS = 24;
/** Passes last a minute or two: drawn no thinner than this, about their middle. */
const MIN_PX = 4;
const MARGIN_LEFT = 172;

const KIND_SHORT: Readonly<Record<Channel, string>> = {
  imaging: "",
  optical: "opt",
  radar: "rad",
  thermal: "thm",
  rf: "rf",
};

interface Bar {
  readonly row: string;
  readonly kind: string;
  readonly from: Date;
  readonly to: Date;
  readonly taken: boolean;
  readonly title: string;
}

export function drawTimeline({ head }: Model): void {
  const host = placeOf("chart-timeline");
  const narrow = host.clientWidth < 560;
  const left = narrow ? 84 : MARGIN_LEFT;
  const minMs = (MIN_PX / Math.max(200, host.clientWidth - left)) * HOURS * MS_PER_HOUR;
  const nationName = (nation: string) => (narrow ? nation : (head.nations[nation] ?? nation));
  const kinds = head.kinds.filter(({ id }) => id !== "imaging");
  const bars = head.passes.flatMap((pass) =>
    pass.kinds.map((kind): Bar => {
      const middle = (pass.startMs + pass.endMs) / 2;
      const half = Math.max((pass.endMs - pass.startMs) / 2, minMs / 2);
      return {
        row: `${pass.nation} ${kind}`,
        kind,
        from: new Date(middle - half),
        to: new Date(middle + half),
        taken: pass.takenCells > 0,
        title: titleOf(pass, head.nations),
      };
    }),
  );
  const counts = new Map<string, number>();
  for (const { nation } of head.passes) counts.set(nation, (counts.get(nation) ?? 0) + 1);
  const flown = new Set(bars.map(({ row }) => row));
  const nations = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const rows = nations.flatMap((nation) =>
    kinds
      .filter(({ id }) => flown.has(`${nation} ${id}`))
      .map(({ id }, i) => ({ row: `${nation} ${id}`, nation, first: i === 0, kind: KIND_SHORT[id] })),
  );
  const heads = rows.filter(({ first }) => first);
  const colour = (kind: string) => `var(--kind-${kind})`;
  drawInto(host, "Passes of the first 24 hours by nation and sensor kind", {
    height: 40 + rows.length * 15,
    marginLeft: left,
    marginTop: 22,
    marginBottom: 18,
    x: {
      type: "utc",
      domain: [new Date(head.startMs), new Date(head.startMs + HOURS * MS_PER_HOUR)],
      label: null,
      clamp: true,
    },
    y: { type: "band", domain: rows.map(({ row }) => row), axis: null, padding: 0.16 },
    marks: [
      gridX({ ticks: "3 hours", stroke: "var(--grid)", strokeOpacity: 1 }),
      axisX({
        anchor: "top",
        ticks: narrow ? "6 hours" : "3 hours",
        tickSize: 0,
        label: null,
        tickFormat: (utc: Date) => clockText(utc.getTime()),
      }),
      axisX({
        anchor: "bottom",
        ticks: narrow ? "6 hours" : "3 hours",
        tickSize: 0,
        label: null,
        tickFormat: (utc: Date) => clockText(utc.getTime()),
      }),
      ruleY(heads, { y: "row", stroke: "var(--grid)", dy: -8, insetLeft: -left }),
      rect(
        bars.filter(({ taken }) => !taken),
        {
          x1: "from",
          x2: "to",
          y: "row",
          fill: "var(--surface)",
          stroke: (bar: Bar) => colour(bar.kind),
          strokeWidth: 1,
          insetTop: 0.5,
          insetBottom: 0.5,
        },
      ),
      rect(
        bars.filter(({ taken }) => taken),
        {
          x1: "from",
          x2: "to",
          y: "row",
          fill: (bar: Bar) => colour(bar.kind),
          stroke: "var(--surface)",
          strokeWidth: 0.5,
        },
      ),
      rect(bars, { x1: "from", x2: "to", y: "row", fill: "transparent", title: "title", tip: { maxRadius: 14 } }),
      text(heads, {
        y: "row",
        frameAnchor: "left",
        dx: -left + 2,
        textAnchor: "start",
        text: ({ nation }) => `${nationName(nation)} ${counts.get(nation)}`,
        fontWeight: 600,
        fill: "currentColor",
      }),
      text(rows, {
        y: "row",
        frameAnchor: "left",
        dx: -8,
        textAnchor: "end",
        text: "kind",
        fontSize: 10,
        fill: "var(--muted)",
      }),
    ],
  });
}

function titleOf(pass: Model["head"]["passes"][number], nations: Readonly<Record<string, string>>): string {
  const delivered =
    pass.deliveredMs === null
      ? "no picture delivered in the span"
      : `picture at headquarters ${clockText(pass.deliveredMs)} UTC`;
  return [
    `${pass.satellite}, ${nations[pass.nation] ?? pass.nation}`,
    `${clockText(pass.startMs)}–${clockText(pass.endMs)} UTC, ${pass.kinds.join(", ")}`,
    `${pass.accessibleCells.toLocaleString("en")} cells in reach, ${pass.takenCells.toLocaleString("en")} taken`,
    pass.takenCells > 0 ? delivered : "no look taken",
  ].join("\n");
}
