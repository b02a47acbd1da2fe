/** Lengths of gaps, and ages of pictures. */
import { areaY, axisX, axisY, barY, gridY, line, ruleY, tickY } from "@observablehq/plot";
import type { GapHistogram } from "@vedette/wire/result";
import { drawInto, placeOf } from "./chart-frame.ts";
import { type Model, percentText, type View } from "./model.ts";

const BASES = ["accessible", "taken"] as const;
const BASIS_COLOURS = { domain: [...BASES], range: ["var(--accessible)", "var(--taken)"] };

/** Lengths of all gaps of all cells; short black lines are the whole network, where a nation is taken out. */
export function drawGaps({ head }: Model, { kind, variant }: View): void {
  const id = head.kinds[kind]?.id ?? "imaging";
  const chosen = head.variants[variant]?.gaps[id];
  const base = head.variants[0]?.gaps[id];
  if (!chosen || !base) return;
  const rows = gapRows(chosen);
  const used = new Set([...rows, ...gapRows(base)].filter((row) => row.share >= 0.0005).map((row) => row.bin));
  const bins = [...new Set(rows.map((row) => row.bin))].filter((bin) => used.has(bin));
  drawInto(placeOf("chart-gaps"), "Share of gaps by length, accessible and taken", {
    height: 230,
    marginLeft: 38,
    marginBottom: 42,
    fx: { domain: bins, padding: 0.18, label: null },
    x: { axis: null, domain: [...BASES], padding: 0.08 },
    y: { percent: true, label: null },
    color: BASIS_COLOURS,
    marks: [
      gridY({ stroke: "var(--grid)", strokeOpacity: 1 }),
      axisY({ label: null, ticks: 5, tickSize: 0, tickFormat: (share: number) => `${share} %` }),
      barY(
        rows.filter((row) => used.has(row.bin)),
        { fx: "bin", x: "basis", y: "share", fill: "basis", title: "title", tip: true },
      ),
      ...(variant === 0
        ? []
        : [
            tickY(
              gapRows(base).filter((row) => used.has(row.bin)),
              { fx: "bin", x: "basis", y: "share", stroke: "var(--ink)", strokeWidth: 1.5 },
            ),
          ]),
      ruleY([0], { stroke: "var(--rule)" }),
    ],
  });
}

interface GapRow {
  readonly bin: string;
  readonly basis: string;
  readonly share: number;
  readonly title: string;
}

function gapRows(gaps: GapHistogram): GapRow[] {
  return BASES.flatMap((basis) => {
    const counts = gaps[basis];
    const all = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count, i) => {
      const [from, to] = [gaps.edgesH[i] ?? 0, gaps.edgesH[i + 1]];
      const bin = to === undefined ? `≥ ${from}` : `${from}–${to}`;
      const share = all === 0 ? 0 : count / all;
      return {
        bin,
        basis,
        share,
        title: `${bin} h, ${basis}\n${count.toLocaleString("en")} gaps, ${percentText(share)} %`,
      };
    });
  });
}

/** Cells by the mean age of their newest picture. */
export function drawAges(model: Model, view: View): void {
  const chosen = agesOf(model, view);
  const base = agesOf(model, { ...view, variant: 0 });
  const all = [...chosen.known, ...base.known];
  const host = placeOf("chart-ages");
  if (all.length === 0) {
    host.textContent = "No cell has a picture from this kind of sensor.";
    return;
  }
  const stepH = ageStepH(Math.max(...all));
  const bars = binned(chosen.known, stepH, model.head.cells.length);
  drawInto(host, "Cells by mean age of the newest picture", {
    height: 230,
    marginLeft: 38,
    marginBottom: 42,
    x: { label: null, domain: [0, Math.ceil(Math.max(...all) / stepH + 1e-9) * stepH] },
    y: { percent: true, label: null },
    marks: [
      gridY({ stroke: "var(--grid)", strokeOpacity: 1 }),
      axisY({ label: null, ticks: 5, tickSize: 0, tickFormat: (share: number) => `${share} %` }),
      axisX({ label: "hours", labelArrow: "none", ticks: 8 }),
      rect(bars),
      ...(view.variant === 0 ? [] : [baseSteps(binned(base.known, stepH, model.head.cells.length))]),
      ruleY([0], { stroke: "var(--rule)" }),
    ],
  });
}

const rect = (bins: readonly AgeBin[]) =>
  areaY(bins.flatMap(edges), { x: "x", y: "share", fill: "var(--taken)", curve: "linear" });
/** One outline along the tops of the bins. */
const baseSteps = (bins: readonly AgeBin[]) =>
  line(
    bins.flatMap(({ fromH, toH, share }) => [fromH, toH].map((x) => ({ x, share }))),
    { x: "x", y: "share", stroke: "var(--ink)", strokeWidth: 1.5, curve: "linear" },
  );

interface AgeBin {
  readonly fromH: number;
  readonly toH: number;
  readonly share: number;
}

/** A bin's four corners less a hair on either side, so that bars stand apart. */
function edges({ fromH, toH, share }: AgeBin): { x: number; share: number }[] {
  const hair = (toH - fromH) * 0.04;
  return [
    { x: fromH + hair, share: 0 },
    { x: fromH + hair, share },
    { x: toH - hair, share },
    { x: toH - hair, share: 0 },
  ];
}

function agesOf(model: Model, view: View): { readonly known: number[] } {
  return { known: [...model.valuesOf({ ...view, figure: "age", basis: "taken" })].filter((age) => !Number.isNaN(age)) };
}

function ageStepH(maxH: number): number {
  return [0.1, 0.25, 0.5, 1, 2, 3, 6, 12, 24].find((step) => maxH / step <= 28) ?? 48;
}

function binned(ages: readonly number[], stepH: number, cells: number): AgeBin[] {
  const counts = new Map<number, number>();
  for (const age of ages)
    counts.set(Math.floor(age / stepH + 1e-9), (counts.get(Math.floor(age / stepH + 1e-9)) ?? 0) + 1);
  const last = Math.max(0, ...counts.keys());
  return Array.from({ length: last + 1 }, (_, i) => ({
    fromH: i * stepH,
    toH: (i + 1) * stepH,
    share: (counts.get(i) ?? 0) / cells,
  }));
}
