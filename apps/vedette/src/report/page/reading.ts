/** How to read the report, what it does not know, and where its figures come from. */
import type { Result, UnknownSatellite } from "@vedette/wire/result";
import { type Column, esc, link, plural, section, tableHead, tableRow } from "./markup.ts";

const TERMS: readonly (readonly [term: string, meaning: string])[] = [
  [
    "Accessible",
    "A sensor could have looked at the cell: in reach of its pointing, light enough where it needs light, its satellite’s position known. Opportunities, not pictures.",
  ],
  [
    "Taken",
    "A look was made under the rule below, within duty cycle, pointing, memory and downlink. Until a planner exists this rule stands in for it; a better plan can do better, an ally’s other wishes can make it worse.",
  ],
  [
    "Observable",
    "An hour in which a cell was accessible at least once. The share of such hours is over all cells and hours of the span.",
  ],
  [
    "Unknown",
    "The program cannot say: no elements, elements older than their limit, a decayed or failing orbit, no cloud figure. Unknown is never counted as seen, nor as not seen.",
  ],
  [
    "Gap",
    "Time at one cell between two opportunities (or two looks). Gaps that the start or the end of the span cuts count as far as they were seen: the true ones are longer.",
  ],
  [
    "Age of the picture",
    "Time since the look behind the newest picture at headquarters, averaged over the span at each cell: waiting for the pass, for a station, and for processing.",
  ],
  ["Median, worst, 90 %", "Over cells, unless said otherwise: half of the cells are better than the median."],
];

const LIMITS: readonly string[] = [
  "Clear sky is a chance beside the geometry, never folded into it. An optical opportunity under cloud shows nothing; radar is not stopped by cloud.",
  "Positions come from public element sets through SGP4: about a kilometre at epoch, growing by 1 to 3 km a day, more for low and manoeuvring satellites. Edges of passes move by seconds within days; whether a cell at the edge of reach is in it can change.",
  "UT1 is taken as UTC (under 0.9 s, so under 420 m at the equator); polar motion (under 20 m), terrain and refraction are left out.",
  "An opportunity is not a detection. What a sensor would make out depends on resolution, target, weather and deception.",
  "Who may use whose satellite, and what owners would refuse, is not modelled beyond what the scenario states.",
  "The line is illustrative unless its label says otherwise, and no statement about any border. The report says what could be seen; it attributes nothing to anybody.",
  "A forecast of gaps tells a violator when to move. Keep to the marking.",
];

export function readingSection(result: Result): string {
  const { summary } = result;
  const terms = TERMS.map(([term, meaning]) => `<div><dt>${term}</dt><dd>${meaning}</dd></div>`);
  const notes =
    summary.notes.length === 0
      ? ""
      : `<h3>Notes of this run</h3><ul>${summary.notes.map((note) => `<li>${esc(note)}</li>`).join("")}</ul>`;
  return section(
    "reading",
    "How to read this, and what it does not know",
    `<div class="two"><div><h3>Words</h3><dl class="terms">${terms.join("")}</dl></div>
<div><h3>Limits</h3><ul class="limits">${LIMITS.map((limit) => `<li>${limit}</li>`).join("")}</ul>
<h3>The rule by which looks were taken</h3><p>${esc(summary.takingRule)}</p>${notes}</div></div>`,
  );
}

const UNKNOWN_COLUMNS: readonly Column[] = [
  { head: "Satellite" },
  { head: "Catalogue number", numeric: true },
  { head: "Why" },
  { head: "Unknown", unit: "hours", numeric: true },
  { head: "Detail" },
];

const UNKNOWN_WORDS: Readonly<Record<UnknownSatellite["code"], string>> = {
  stale: "elements too old",
  decayed: "decayed",
  "element-error": "SGP4 gives an error",
  "no-elements": "no elements",
};

export function sourcesSection(result: Result): string {
  const { summary } = result;
  return section(
    "sources",
    "Unknown satellites, assumptions, sources",
    [unknownHtml(result), assumptionHtml(result), sourceHtml(result)].join("") + provenance(summary),
  );
}

function unknownHtml({ summary }: Result): string {
  if (summary.unknown.length === 0) return "<p>The positions of all satellites are known over the whole span.</p>";
  const rows = summary.unknown.map((row) =>
    tableRow(UNKNOWN_COLUMNS, [
      { html: esc(row.satellite) },
      { html: String(row.catalogueNumber) },
      { html: UNKNOWN_WORDS[row.code] },
      { html: row.hours.toFixed(0) },
      { html: esc(row.detail) },
    ]),
  );
  return `<details open><summary>Satellites whose position is unknown for a part of the span (${summary.unknown.length})</summary>${scrolled("Unknown satellites", `<table><caption class="hidden">Unknown satellites</caption>${tableHead(UNKNOWN_COLUMNS)}<tbody>${rows.join("")}</tbody></table>`)}</details>`;
}

const ASSUMPTION_COLUMNS: readonly Column[] = [
  { head: "Figure" },
  { head: "Value", numeric: true },
  { head: "Why this value" },
];

function assumptionHtml({ summary }: Result): string {
  if (summary.assumptions.length === 0) return "<p>No figure is assumed: all have sources.</p>";
  const rows = summary.assumptions.map(({ path, value, why }) =>
    tableRow(ASSUMPTION_COLUMNS, [{ html: `<code>${esc(path)}</code>` }, { html: esc(value) }, { html: esc(why) }]),
  );
  return `<details><summary>${plural(summary.assumptions.length, "assumed figure")}</summary>${scrolled("Assumed figures", `<table><caption class="hidden">Assumed figures</caption>${tableHead(ASSUMPTION_COLUMNS)}<tbody>${rows.join("")}</tbody></table>`)}</details>`;
}

const SOURCE_COLUMNS: readonly Column[] = [
  { head: "Source" },
  { head: "Publisher" },
  { head: "Date" },
  { head: "Licence" },
];

function sourceHtml({ summary }: Result): string {
  const rows = summary.sources.map(({ title, publisher, url, date, licence }) =>
    tableRow(SOURCE_COLUMNS, [
      { html: link(url, title) },
      { html: esc(publisher ?? "–") },
      { html: esc(date ?? "–") },
      { html: esc(licence ?? "–") },
    ]),
  );
  return `<details><summary>${plural(summary.sources.length, "source")} with licences</summary>${scrolled("Sources", `<table><caption class="hidden">Sources</caption>${tableHead(SOURCE_COLUMNS)}<tbody>${rows.join("")}</tbody></table>`)}</details>`;
}

function scrolled(name: string, table: string): string {
  return `<div class="scroll tall" tabindex="0" role="region" aria-label="${name}">${table}</div>`;
}

function provenance(summary: Result["summary"]): string {
  return `<p class="small">Made by ${esc(summary.software)} from input <code>${esc(summary.inputSha256)}</code> (SHA-256 of the scenario and every file it picked). The same input gives the same figures. Beside this page: summary.json, passes.csv, coverage.geojson, ledger.parquet, passes.ics, scene.czml.</p>`;
}
