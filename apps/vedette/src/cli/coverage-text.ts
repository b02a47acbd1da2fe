/** The rows of `vedette coverage` for a terminal: a table for each kind of sensor that anybody has. */
import { type CoverageRow, KINDS, type Kind, type KindFigures } from "./coverage-rows.ts";

const NAMES: Readonly<Record<Kind, string>> = {
  imaging: "Any imaging sensor",
  optical: "Optical",
  radar: "Radar",
  thermal: "Thermal",
  rf: "Radio frequency",
};
const HEAD = [
  "",
  "satellites",
  "hours",
  "worst hour",
  "gap: mean",
  "worst",
  "age: mean",
  "half",
  "nine tenths",
  "unknown",
];

export function coverageTables(rows: readonly CoverageRow[]): string {
  const shown = KINDS.filter((kind) => rows.some((row) => row.kinds[kind].bestHour01 > 0));
  if (shown.length === 0) return "No satellite could look at any cell in the span.\n";
  const tables = shown.map((kind) => `${NAMES[kind]}\n${tableOf(rows, kind)}`);
  const notes = [
    "hours: share of cell-hours in which a look was possible, clear sky assumed. gap: whole hours without one. age: of the",
    "newest look, from a cell's first on, over time and coarser cells. unknown: hours in which a position is unknown.",
  ];
  return `${tables.join("\n\n")}\n\n${notes.join("\n")}\n`;
}

function tableOf(rows: readonly CoverageRow[], kind: Kind): string {
  const lines = [HEAD, ...rows.map((row) => [row.label, String(row.satellites), ...cellsOf(row.kinds[kind])])];
  const widths = HEAD.map((_, c) => Math.max(...lines.map((line) => (line[c] ?? "").length)));
  return lines
    .map((line) =>
      line
        .map((text, c) => (c === 0 ? text.padEnd(widths[c] ?? 0) : text.padStart(widths[c] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cellsOf(figures: KindFigures): string[] {
  return [
    percent(figures.observable01),
    percent(figures.worstHour01),
    hours(figures.meanGapH),
    hours(figures.worstGapH, 0),
    hours(figures.meanAgeH),
    hours(figures.halfAgeH),
    hours(figures.nineTenthsAgeH),
    percent(figures.unknownHours01),
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const hours = (value: number | null, digits = 1) => (value === null ? "-" : `${value.toFixed(digits)} h`);
