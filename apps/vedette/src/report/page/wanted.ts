/** Requests against what they get, and what the assumed figures are worth. */
import type { Headline, Result } from "@vedette/wire/result";
import { figureWords, nationNames } from "../files/labels.ts";
import { type Column, esc, hours, percent, section, tableHead, tableRow } from "./markup.ts";

const REQUEST_COLUMNS: readonly Column[] = [
  { head: "Request" },
  { head: "Asked by" },
  { head: "Priority", unit: "1 is highest", numeric: true },
  { head: "Zone" },
  { head: "Sensors" },
  { head: "Resolution", unit: "m or sharper", numeric: true },
  { head: "Revisit wanted", unit: "within", numeric: true },
  { head: "could be met", unit: "accessible, % of cells", numeric: true },
  { head: "is met", unit: "taken, % of cells", numeric: true },
  { head: "Latency wanted", unit: "within", numeric: true },
  { head: "is met", unit: "90th percentile, % of cells", numeric: true },
];

export function requestSection({ summary }: Result): string {
  if (summary.requests.length === 0)
    return section("requests", "Wanted and got", "<p>The scenario asks for nothing in particular.</p>");
  const names = nationNames(summary);
  const rows = [...summary.requests]
    .sort((a, b) => a.priority - b.priority)
    .map((row) =>
      tableRow(REQUEST_COLUMNS, [
        { html: esc(row.id) },
        { html: esc(names.get(row.nation) ?? row.nation) },
        { html: String(row.priority) },
        { html: esc(summary.zones.find(({ id }) => id === row.zone)?.name ?? row.zone) },
        { html: esc(row.kinds.join(", ")) },
        { html: String(row.resolutionM) },
        { html: hours(row.revisitH) },
        { html: meter(row.accessibleMet01) },
        { html: meter(row.takenMet01) },
        { html: hours(row.latencyH) },
        { html: row.latencyMet01 === null ? "no look delivered" : meter(row.latencyMet01) },
      ]),
    );
  return section(
    "requests",
    "Wanted and got",
    `<div class="scroll" tabindex="0" role="region" aria-label="Requests table"><table><caption class="hidden">Requests, and the share of cells where each is met</caption>${tableHead(REQUEST_COLUMNS)}<tbody>${rows.join("")}</tbody></table></div>`,
  );
}

function meter(share01: number): string {
  return `${percent(share01)}<span class="meter" style="--w:${Math.round(share01 * 100)}%"></span>`;
}

const FIGURE_COLUMNS: readonly Column[] = [
  { head: "Assumed figure" },
  { head: "Varied", unit: "figures together", numeric: true },
  { head: "Hours with a look", unit: "50 % lower / higher", numeric: true },
  { head: "Longest gap, taken", unit: "median; lower / higher", numeric: true },
  { head: "Age of picture", unit: "median; lower / higher", numeric: true },
  { head: "Hours observable", unit: "50 % lower / higher", numeric: true },
  { head: "Longest gap, accessible", unit: "median; lower / higher", numeric: true },
];

const FIGURES: readonly ((headline: Headline) => string)[] = [
  (headline) => percent(headline.taken01.imaging),
  (headline) => hours(headline.takenLongestGapH.imaging.p50),
  (headline) => hours(headline.pictureAgeH.imaging?.p50),
  (headline) => percent(headline.accessible01.imaging),
  (headline) => hours(headline.accessibleLongestGapH.imaging.p50),
];

/** Large scenarios vary assumptions on some of the cells: both sides of each difference are of the same ones. */
function sampled({ counts, sensitivityBase }: Result["summary"]): string {
  if (sensitivityBase.cells === counts.cells) return "";
  return ` Computed on ${sensitivityBase.cells} evenly chosen cells of ${counts.cells}, base and variations alike: read the differences, the figures themselves stand above.`;
}

export function sensitivitySection({ summary }: Result): string {
  if (summary.sensitivity.length === 0)
    return section(
      "sensitivity",
      "What the assumed figures are worth",
      "<p>No figure of this scenario is assumed, or none was varied.</p>",
    );
  const rows = summary.sensitivity.map(({ figure, unit, count, low, high }) =>
    tableRow(FIGURE_COLUMNS, [
      { html: `${esc(figureWords(figure))} <small>${esc(unit)}</small>` },
      { html: String(count) },
      ...FIGURES.map((text) => ({ html: `${text(low)} / ${text(high)}` })),
    ]),
  );
  const base = tableRow(FIGURE_COLUMNS, [
    { html: "<strong>as assumed</strong>" },
    { html: "" },
    ...FIGURES.map((text) => ({ html: `<b>${text(summary.sensitivityBase.headline)}</b>` })),
  ]);
  return section(
    "sensitivity",
    "What the assumed figures are worth",
    `<p>Figures without a source are assumed (listed below). All assumed figures of one name are taken 50 % lower and 50 % higher together, the rest unchanged.${sampled(summary)}</p>
<figure><figcaption><label>Change of <select id="measure"><option value="taken">share of hours with a look taken</option><option value="takenGap">longest gap between looks, median cell</option><option value="age">age of the picture, median cell</option><option value="accessible">share of hours observable</option><option value="accessibleGap">longest gap between opportunities, median cell</option></select></label> (any imaging sensor)
<span class="keys"><i class="key low"></i>50 % lower <i class="key high"></i>50 % higher</span></figcaption><div id="chart-sensitivity" class="plot"></div><p class="small" id="sensitivity-flat"></p></figure>
<div class="scroll" tabindex="0" role="region" aria-label="Sensitivity table"><table><caption class="hidden">Headline figures with assumed figures varied by half</caption>${tableHead(FIGURE_COLUMNS)}<tbody>${base.replace("<tr>", '<tr class="base">')}${rows.join("")}</tbody></table></div>`,
  );
}
