/** Where the time went, and what stood in the way: bars. */
import { axisX, barX, dot, gridX, ruleX, text, tickX } from "@observablehq/plot";
import { classWords, reasonWords } from "../../exercise-words.ts";
import { whole } from "../../page/markup.ts";
import { drawInto, placeOf } from "../chart-frame.ts";
import type { Network } from "./data.ts";

const STAGE_NAMES: Readonly<Record<string, string>> = {
  look: "waiting for a look",
  downlink: "coming down",
  analyst: "analyst",
  corroboration: "second witness",
  verifier: "verifier",
  replies: "parties’ replies",
  "second-person": "second person",
};

/** Shorter than this is drawn as this. */
const LEAST_H = 1 / 60;
const HOUR_TICKS = [1 / 60, 0.1, 0.5, 1, 6, 24, 72, 240];
const durationText = (hours: number): string =>
  hours <= LEAST_H + 1e-4
    ? "≤ 1 min"
    : hours < 0.95
      ? `${Math.round(60 * hours)} min`
      : `${hours < 9.5 ? Number(hours.toFixed(1)) : Math.round(hours)} h`;

export function drawStages({ stages }: Network): void {
  const host = placeOf("chart-stages");
  const narrow = host.clientWidth < 560;
  const least = (hours: number | null): number => Math.max(LEAST_H, hours ?? LEAST_H);
  const rows = stages
    .filter(({ count }) => count > 0)
    .map(({ stage, count, meanH, p10H, p50H, p90H }) => ({
      stage: STAGE_NAMES[stage] ?? stage,
      low: least(p10H),
      middle: least(p50H),
      high: Math.max(least(p90H), 1.15 * least(p10H)),
      mean: least(meanH),
      label: `${durationText(p50H ?? 0)} (90 %: ${durationText(p90H ?? 0)})`,
      title: `${whole(count)} breaches; mean ${durationText(meanH ?? 0)}`,
    }));
  drawInto(host, "Hours by stage: middle 80 of 100, median and mean", {
    height: 34 + 34 * rows.length,
    marginLeft: narrow ? 104 : 150,
    marginRight: narrow ? 8 : 140,
    marginTop: 20,
    x: { type: "log", domain: [LEAST_H, 300], label: null, ticks: HOUR_TICKS },
    y: { type: "band", domain: rows.map(({ stage }) => stage), label: null, tickSize: 0, padding: 0.35 },
    marks: [
      gridX(HOUR_TICKS, { stroke: "var(--grid)", strokeOpacity: 1 }),
      axisX(narrow ? [0.1, 1, 6, 24] : HOUR_TICKS, {
        anchor: "top",
        tickSize: 0,
        label: null,
        text: durationText,
      }),
      barX(rows, { y: "stage", x1: "low", x2: "high", fill: "var(--accessible)", title: "title" }),
      tickX(rows, { y: "stage", x: "middle", stroke: "var(--taken)", strokeWidth: 3 }),
      dot(rows, { y: "stage", x: "mean", r: 4, stroke: "var(--ink)", fill: "var(--surface)", strokeWidth: 1.4 }),
      ...(narrow ? [] : [text(rows, { y: "stage", frameAnchor: "right", dx: 136, textAnchor: "end", text: "label" })]),
    ],
  });
}

const COLOURS = [
  "var(--taken)",
  "var(--kind-radar)",
  "var(--kind-thermal)",
  "var(--kind-rf)",
  "var(--night)",
  "var(--low)",
];
const MOST_REASONS = 10;

const partText = (part: number): string => (part < 0.005 ? "< 1 %" : `${Math.round(100 * part)} %`);

export function drawMisses({ missedBreaches: missed }: Network): void {
  const missedBreaches = missed.map((one) => ({
    ...one,
    class: classWords(one.class),
    reason: reasonWords(one.reason),
  }));
  const host = placeOf("chart-misses");
  const narrow = host.clientWidth < 560;
  const all = missedBreaches.reduce((sum, { count }) => sum + count, 0);
  const totals = new Map<string, number>();
  for (const { reason, count } of missedBreaches) totals.set(reason, (totals.get(reason) ?? 0) + count);
  const reasons = [...totals].sort((a, b) => b[1] - a[1]).slice(0, MOST_REASONS);
  if (reasons.length === 0) {
    host.textContent = "None: every breach was seen within 24 hours.";
    return;
  }
  const classes = [...new Set(missedBreaches.map((one) => one.class))];
  const names = new Set(reasons.map(([reason]) => reason));
  drawInto(host, "Breaches that nobody saw, by reason and kind", {
    height: 46 + 26 * reasons.length,
    marginLeft: narrow ? 150 : 210,
    marginRight: 90,
    marginTop: 6,
    x: { label: null, axis: null },
    y: { type: "band", domain: reasons.map(([reason]) => reason), label: null, tickSize: 0, padding: 0.25 },
    color: {
      domain: classes,
      range: classes.map((_, i) => COLOURS[i % COLOURS.length] as string),
      legend: classes.length > 1,
    },
    marks: [
      barX(
        missedBreaches.filter(({ reason }) => names.has(reason)),
        { y: "reason", x: "count", fill: "class" },
      ),
      ruleX([0], { stroke: "var(--rule)" }),
      text(reasons, {
        y: ([reason]: [string, number]) => reason,
        x: ([, count]: [string, number]) => count,
        text: ([, count]: [string, number]) => `${whole(count)} (${partText(count / all)})`,
        textAnchor: "start",
        dx: 5,
      }),
    ],
  });
}
