/** The rows of `vedette coverage` for a terminal: a table for each kind of sensor that anybody has. */
import { counted } from "../scenario/words.ts";
import { type CoverageRow, KINDS, type Kind, type KindFigures } from "./coverage-rows.ts";
import { unknownLine } from "./summary-table.ts";

const NAMES: Readonly<Record<Kind, string>> = {
  imaging: "Any imaging sensor",
  optical: "Optical",
  radar: "Radar",
  thermal: "Thermal",
  rf: "Radio frequency",
};
/** Of the nations, those whose loss costs most; `--json` has all. */
const MOST_NATIONS = 8;
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
  const unknown01 = Math.max(...shown.map((kind) => rows[0]?.kinds[kind].unknownHours01 ?? 0));
  const notes = [
    ...(unknown01 > 0 ? [unknownLine(unknown01).trim()] : []),
    "hours: share of cell-hours in which a look was possible, clear sky assumed. gap: without one; mean in whole hours, the worst",
    "of any cell in whole hours or of any coarser one exactly, whichever is longer. age: of the newest look, from a cell's first",
    "on, over time and coarser cells. unknown: hours in which some satellite's position is; looks of the others count all the same.",
  ];
  return `${tables.join("\n\n")}\n\n${notes.join("\n")}\n`;
}

/** The whole and what was asked; then nations by the hours that go with them. */
function shownOf(rows: readonly CoverageRow[], kind: Kind): { readonly shown: CoverageRow[]; readonly more: number } {
  const isFixed = ({ id }: CoverageRow) => !id.startsWith("without-");
  const { observable01: whole = 0 } = rows[0]?.kinds[kind] ?? {};
  const losing = rows
    .filter((row) => !isFixed(row) && row.kinds[kind].observable01 !== whole)
    .sort((a, b) => a.kinds[kind].observable01 - b.kinds[kind].observable01);
  const shown = [...rows.filter(isFixed), ...losing.slice(0, MOST_NATIONS)];
  return { shown, more: rows.length - shown.length };
}

function tableOf(rows: readonly CoverageRow[], kind: Kind): string {
  const { shown, more } = shownOf(rows, kind);
  const lines = [HEAD, ...shown.map((row) => [row.label, String(row.satellites), ...cellsOf(row.kinds[kind])])];
  const widths = HEAD.map((_, c) => Math.max(...lines.map((line) => (line[c] ?? "").length)));
  const texts = lines.map((line) =>
    line
      .map((text, c) => (c === 0 ? text.padEnd(widths[c] ?? 0) : text.padStart(widths[c] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  return [...texts, ...(more > 0 ? [`and ${counted(more, "nation")} whose loss costs less or nothing`] : [])].join(
    "\n",
  );
}

function cellsOf(figures: KindFigures): string[] {
  return [
    percent(figures.observable01),
    percent(figures.worstHour01),
    hours(figures.meanGapH),
    hours(Math.max(figures.worstGapH, figures.longestGapH)),
    hours(figures.meanAgeH),
    hours(figures.halfAgeH),
    hours(figures.nineTenthsAgeH),
    percent(figures.unknownHours01),
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const hours = (value: number | null, digits = 1) => (value === null ? "-" : `${value.toFixed(digits)} h`);
