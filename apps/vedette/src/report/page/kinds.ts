/** The headline figures, kind by kind: accessible beside taken. */
import type { Distribution, Result } from "@vedette/wire/result";
import { KIND_NAMES, presentKinds } from "../files/labels.ts";
import { type Column, hours, percent, section, tableHead, tableRow, whole } from "./markup.ts";

const COLUMNS: readonly Column[] = [
  { head: "Sensor" },
  { head: "Hours observable", unit: "accessible", numeric: true },
  { head: "Hours with a look", unit: "taken", numeric: true },
  { head: "Longest gap, accessible", unit: "median / worst cell", numeric: true },
  { head: "Longest gap, taken", unit: "median / worst cell", numeric: true },
  { head: "Revisit, accessible", unit: "mean interval; median cell", numeric: true },
  { head: "Revisit, taken", unit: "mean interval; median cell", numeric: true },
  { head: "Age of picture", unit: "median / worst cell", numeric: true },
  { head: "Cells pictured", unit: "of all", numeric: true },
  { head: "To headquarters, accessible", unit: "no queue; median / 90 %", numeric: true },
  { head: "To headquarters, taken", unit: "median / 90 %", numeric: true },
];

export function kindSection(result: Result): string {
  const { headline } = result.summary;
  const { accessible, taken, delivered, waiting } = headline.cellLooks;
  const rows = presentKinds(result).map((kind) =>
    tableRow(COLUMNS, [
      { html: KIND_NAMES[kind] },
      { html: percent(headline.accessible01[kind]) },
      { html: percent(headline.taken01[kind]) },
      { html: pair(headline.accessibleLongestGapH[kind], "max") },
      { html: pair(headline.takenLongestGapH[kind], "max") },
      { html: middle(headline.accessibleRevisitH[kind]) },
      { html: middle(headline.takenRevisitH[kind]) },
      { html: pair(headline.pictureAgeH[kind], "max") },
      { html: percent(headline.pictured01[kind]) },
      { html: pair(headline.accessibleLatencyH[kind], "p90") },
      { html: pair(headline.latencyH[kind], "p90") },
    ]),
  );
  return section(
    "kinds",
    "By kind of sensor",
    `<div class="scroll" tabindex="0" role="region" aria-label="Figures by kind of sensor"><table class="named"><caption class="hidden">Headline figures by kind of sensor</caption>${tableHead(COLUMNS)}<tbody>${rows.join("")}</tbody></table></div>
<p class="small">${whole(accessible)} opportunities to look at a cell; ${whole(taken)} looks taken, of which ${whole(delivered)} reached headquarters in the span and ${whole(waiting)} were on their way at its end.</p>`,
  );
}

function middle(figures: Distribution | null): string {
  return figures === null ? "none" : hours(figures.p50);
}

function pair(figures: Distribution | null, second: "max" | "p90"): string {
  return figures === null ? "none" : `${hours(figures.p50)} / ${hours(figures[second])}`;
}
