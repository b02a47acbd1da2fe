/** The map with its switches, the distributions, the ledger, the timeline: frames that the page's script fills. */
import type { Result } from "@vedette/wire/result";
import { KIND_NAMES, presentKinds, utcOf } from "../files/labels.ts";
import { type Column, esc, plural, section, tableHead, tableRow, utcText } from "./markup.ts";

const DAY_MS = 86_400_000;

export function mapSection(result: Result): string {
  const kinds = presentKinds(result).map((kind) => `<option value="${kind}">${KIND_NAMES[kind]}</option>`);
  const variants = result.variants.map(
    ({ id, label }, i) => `<option value="${esc(id)}">${i === 0 ? "Whole network" : esc(label)}</option>`,
  );
  return section(
    "map-section",
    "Where the line is blind, and for how long",
    `<form id="controls" class="controls" aria-label="What the map shows">
<label>Figure <select name="figure"><option value="gap">Longest blind gap</option><option value="share">Share of hours</option><option value="age">Age of the picture</option><option value="clear">Chance of a clear sky</option></select></label>
<fieldset id="basis"><legend>Counted</legend><label><input type="radio" name="basis" value="accessible" checked> accessible</label><label><input type="radio" name="basis" value="taken"> taken</label></fieldset>
<label>Sensor <select id="kind" name="kind">${kinds.join("")}</select></label>
<label>Network <select id="variant" name="variant">${variants.join("")}</select></label>
</form>
<div class="map-grid">
<div class="map-frame"><div id="map" role="application" tabindex="0" aria-label="Map" aria-describedby="map-help"><canvas aria-hidden="true"></canvas></div>
<div class="zoom"><button type="button" data-zoom-by="1.6" aria-label="Zoom in">+</button><button type="button" data-zoom-by="0.625" aria-label="Zoom out">−</button><button type="button" data-zoom-by="0" aria-label="Show all">⤢</button></div></div>
<aside class="map-side" aria-label="Legend and readout">
<h3 id="legend-title">Legend</h3><p class="small" id="map-network"></p><ul id="legend" class="legend"></ul>
<p class="small" id="map-help">Point at a cell, or focus the map and use the arrow keys. Colours keep their meaning when a nation is taken out.</p>
<div id="readout"><h3 id="cell-note">Cell</h3><p id="cell-near"></p>
<div class="scroll" tabindex="0" role="group" aria-label="Figures of the cell"><table class="readout"><caption class="hidden">Figures of the cell by sensor kind</caption>
<thead><tr><td></td><th scope="colgroup" colspan="2">gap, h</th><th scope="colgroup" colspan="2">hours, %</th><th scope="col">age, h</th></tr>
<tr class="sub"><td></td><th scope="col"><abbr title="accessible: could have been looked at">acc.</abbr></th><th scope="col">taken</th><th scope="col"><abbr title="accessible: could have been looked at">acc.</abbr></th><th scope="col">taken</th><th scope="col">mean</th></tr></thead>
<tbody id="cell-rows"></tbody></table></div>
<p class="small">Clear sky <span id="cell-clear"></span> · <span id="cell-place"></span> · <code id="cell-id"></code></p></div>
</aside></div>
<p class="small">Lambert azimuthal equal-area projection. ${esc(result.basemap.boundariesNote)}</p>
<p id="spoken" class="hidden" aria-live="polite"></p>`,
  );
}

export function distributionSection(): string {
  return section(
    "distributions",
    "How long the gaps are, and how old the picture is",
    `<p class="small">For <strong data-context>any imaging sensor, whole network</strong>: follows the map’s switches. With a nation taken out, black lines show the whole network.</p>
<div class="two"><figure><figcaption><strong>Gaps by length, hours</strong>, share of all gaps of all cells
<span class="keys"><i class="key accessible"></i>without an opportunity <i class="key taken"></i>without a look taken</span></figcaption><div id="chart-gaps" class="plot"></div></figure>
<figure><figcaption><strong>Cells by mean age of their newest picture</strong>, share of all cells
<span class="keys"><i class="key taken"></i>looks taken and delivered to headquarters</span></figcaption><div id="chart-ages" class="plot"></div></figure></div>`,
  );
}

export function ledgerSection(): string {
  return section(
    "ledger",
    "Hour by hour: seen, could have been seen, could not",
    `<figure><figcaption>Share of cells in each state, by sensor kind, UTC. Optical figures assume a clear sky.
<span class="keys"><i class="key taken"></i>look taken <i class="key accessible"></i>observable, no look taken <i class="key night"></i>pass, but too dark <i class="key nopass"></i>no pass <i class="key unknown"></i>unknown</span></figcaption>
<div id="chart-ledger" class="plot"></div></figure>`,
  );
}

export function timelineSection(result: Result): string {
  const startMs = Date.parse(result.summary.start);
  const passes = result.passes.filter((pass) => pass.startMs < startMs + DAY_MS);
  const kinds = presentKinds(result).filter((kind) => kind !== "imaging");
  const keys = kinds
    .map((kind) => `<i class="key" style="--key:var(--kind-${kind})"></i>${KIND_NAMES[kind].toLowerCase()} `)
    .join("");
  return section(
    "timeline",
    "The next 24 hours",
    `<figure><figcaption>${plural(passes.length, "pass", "passes")} with a cell in reach from ${utcText(result.summary.start)}, by owner nation (count beside its name), one row a sensor kind.
<span class="keys">${keys}<i class="key filled"></i>filled: a look is taken <i class="key hollow"></i>outlined: none is</span></figcaption>
<div id="chart-timeline" class="plot"></div></figure>
<details><summary>The same as a table (${plural(passes.length, "pass", "passes")})</summary>${passTable(passes)}</details>`,
  );
}

const PASS_COLUMNS: readonly Column[] = [
  { head: "Satellite" },
  { head: "Nation" },
  { head: "Sensors" },
  { head: "From", unit: "UTC" },
  { head: "To", unit: "UTC" },
  { head: "Cells", unit: "in reach", numeric: true },
  { head: "Cells", unit: "taken", numeric: true },
  { head: "At headquarters", unit: "UTC" },
];

function passTable(passes: Result["passes"]): string {
  const clock = (utcMs: number) =>
    utcOf(Math.round(utcMs / 1000) * 1000)
      .slice(5, 19)
      .replace("T", " ");
  const rows = passes.map((pass) =>
    tableRow(PASS_COLUMNS, [
      { html: esc(pass.satellite) },
      { html: esc(pass.nation) },
      { html: esc(pass.kinds.join(", ")) },
      { html: clock(pass.startMs) },
      { html: clock(pass.endMs) },
      { html: String(pass.accessibleCells) },
      { html: String(pass.takenCells) },
      { html: pass.deliveredMs === null ? "–" : clock(pass.deliveredMs) },
    ]),
  );
  return `<div class="scroll tall" tabindex="0" role="region" aria-label="Passes of the first 24 hours"><table><caption class="hidden">Passes of the first 24 hours</caption>${tableHead(PASS_COLUMNS)}<tbody>${rows.join("")}</tbody></table></div>`;
}
