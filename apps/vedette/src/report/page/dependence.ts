/** What is left when one nation's assets are taken out, figure by figure. */
import type { Channel, Headline, Result } from "@vedette/wire/result";
import { KIND_NAMES, presentKinds } from "../files/labels.ts";
import { type Cell, type Column, esc, hours, percent, section, tableHead, tableRow } from "./markup.ts";

interface Measure {
  readonly column: Column;
  readonly of: (headline: Headline, kind: Channel) => number | null;
  readonly text: (value: number | null) => string;
  readonly changeText: (change: number) => string;
  /** +1 where more is worse. */
  readonly worse: 1 | -1;
}

const signed = (change: number, text: string) => (change > 0 ? `+${text}` : `−${text}`);
const byHours = {
  text: hours,
  changeText: (change: number) => signed(change, hours(Math.abs(change)).replace(/\D+$/, "")),
  worse: 1,
} as const;
const byShare = {
  text: percent,
  changeText: (change: number) => signed(change, (Math.abs(change) * 100).toFixed(1)),
  worse: -1,
} as const;

const MEASURES: readonly Measure[] = [
  {
    column: { head: "Hours observable", unit: "% (change, points)", numeric: true },
    of: (h, kind) => h.accessible01[kind],
    ...byShare,
  },
  {
    column: { head: "Longest gap, accessible", unit: "median cell, h", numeric: true },
    of: (h, kind) => h.accessibleLongestGapH[kind].p50,
    ...byHours,
  },
  {
    column: { head: "Hours with a look", unit: "% (change, points)", numeric: true },
    of: (h, kind) => h.taken01[kind],
    ...byShare,
  },
  {
    column: { head: "Longest gap, taken", unit: "median cell, h", numeric: true },
    of: (h, kind) => h.takenLongestGapH[kind].p50,
    ...byHours,
  },
  {
    column: { head: "Longest gap, taken", unit: "worst cell, h", numeric: true },
    of: (h, kind) => h.takenLongestGapH[kind].max,
    ...byHours,
  },
  {
    column: { head: "Age of picture", unit: "median cell, h", numeric: true },
    of: (h, kind) => h.pictureAgeH[kind]?.p50 ?? null,
    ...byHours,
  },
  {
    column: { head: "Requests met", unit: "% (change, points)", numeric: true },
    of: (h) => h.requestsMet01,
    ...byShare,
  },
];

const COLUMNS: readonly Column[] = [
  { head: "Without" },
  { head: "Satellites", unit: "its own", numeric: true },
  { head: "Stations", unit: "its own", numeric: true },
  { head: "Orphaned", unit: "of others", numeric: true },
  { head: "Launched", unit: "of others", numeric: true },
  ...MEASURES.map(({ column }) => column),
];

export function dependenceSection(result: Result): string {
  const kinds = presentKinds(result);
  const names = kinds.map(
    (kind) =>
      `<span data-kind-name="${kind}"${kind === "imaging" ? "" : " hidden"}>${KIND_NAMES[kind].toLowerCase()}</span>`,
  );
  const bodies = kinds.map(
    (kind) =>
      `<tbody data-kind="${kind}"${kind === "imaging" ? "" : " hidden"}>${rowsOf(result, kind).join("")}</tbody>`,
  );
  return section(
    "dependence",
    "How much depends on one nation",
    `<p>Every nation’s satellites, stations, relays and processing are taken out in turn. <em>Orphaned</em> satellites belong to others and lose their only way down, or their processing, with that nation; <em>launched</em> ones fly, but were lifted by its launchers and would need them again: no figure counts that. Figures for <strong>${names.join("")}</strong>; choose another sensor above the map. Bars show the change against the whole network, longest for the largest change of the column.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Dependence table"><table class="sortable dependence named"><caption class="hidden">Headline figures without each nation</caption>${tableHead(COLUMNS, true)}${bodies.join("")}</table></div>`,
  );
}

function rowsOf(result: Result, kind: Channel): string[] {
  const { summary } = result;
  const changes = MEASURES.map((measure) =>
    summary.dependence.map((row) => changeOf(measure, summary.headline, row.headline, kind)),
  );
  const base = tableRow(COLUMNS, [
    { html: "<strong>nobody (whole network)</strong>", sort: "" },
    { html: String(summary.counts.satellites), sort: "" },
    { html: String(summary.counts.stations), sort: "" },
    { html: "", sort: "" },
    { html: "", sort: "" },
    ...MEASURES.map(({ of, text }) => ({ html: `<b>${text(of(summary.headline, kind))}</b>`, sort: "" })),
  ]);
  const rows = summary.dependence.map((row, i) =>
    tableRow(COLUMNS, [
      { html: esc(row.name), sort: row.name },
      { html: String(row.satellites), sort: row.satellites },
      { html: String(row.stations), sort: row.stations },
      { html: row.orphaned === 0 ? "–" : String(row.orphaned), sort: row.orphaned },
      { html: row.launched === 0 ? "–" : String(row.launched), sort: row.launched },
      ...MEASURES.map((measure, m) => changeCell(measure, measure.of(row.headline, kind), changes[m] ?? [], i)),
    ]),
  );
  return [base.replace("<tr>", '<tr class="base">'), ...rows];
}

function changeOf(measure: Measure, base: Headline, without: Headline, kind: Channel): number | null {
  const [before, after] = [measure.of(base, kind), measure.of(without, kind)];
  return before === null || after === null || !Number.isFinite(after - before) ? null : after - before;
}

/** The figure, its change, and a bar as long as the change is in the column. */
function changeCell(measure: Measure, value: number | null, column: readonly (number | null)[], row: number): Cell {
  const change = column[row] ?? null;
  const text = measure.text(value);
  if (change === null) return { html: text, sort: "" };
  const reach = Math.max(...column.map((other) => Math.abs(other ?? 0)));
  const shown = Math.abs(change) < (measure.worse === 1 ? 0.05 : 0.0005) ? "" : measure.changeText(change);
  if (shown === "") return { html: `${text}<small class="change">±0</small>`, sort: 0 };
  const side = change * measure.worse > 0 ? "worse" : "better";
  const width = Math.max(2, Math.round((100 * Math.abs(change)) / reach));
  return {
    html: `${text}<small class="change ${side}">${shown}</small><span class="bar ${side}" style="--w:${width}%"></span>`,
    sort: change * measure.worse,
  };
}
