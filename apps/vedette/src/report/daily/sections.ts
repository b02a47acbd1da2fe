/** Parts of the page, each from the report's data alone. */
import type { DailyIncident, DailyReport } from "@vedette/wire/daily-report";
import { type Column, esc, percent, section, tableHead, tableRow, whole } from "../page/markup.ts";
import { localOf } from "./day.ts";
import { shapeOf } from "./map.ts";
import type { Messages } from "./messages.ts";
import { type NearBy, nearWords } from "./near.ts";

export interface Page {
  readonly report: DailyReport;
  readonly messages: Messages;
  /** What lies near each incident, by its id. */
  readonly near: ReadonlyMap<string, NearBy>;
}

/** With its name for those who cannot see it. */
export const table = (label: string, columns: readonly Column[], rows: readonly string[]): string =>
  `<div class="scroll" tabindex="0" role="region" aria-label="${esc(label)}"><table><caption class="hidden">${esc(label)}</caption>${tableHead(columns)}<tbody>${rows.join("")}</tbody></table></div>`;

type Total = DailyReport["totals"]["byKind"][number];

export function totalsSection({ report: { totals }, messages: { say } }: Page): string {
  const most = Math.max(1, ...[...totals.byKind, ...totals.byArea].map((row) => Math.max(row.today, row.before)));
  const block = (heading: string, head: string, rows: readonly Total[]): string => {
    const columns = [{ head }, ...["today", "before", "change"].map((key) => ({ head: say(key), numeric: true }))];
    const lines = rows.map(({ title, today, before }) => {
      const bar = (count: number, kind: string): string =>
        `<span class="count ${kind}" style="--w:${((100 * count) / most).toFixed(0)}%"></span>`;
      return tableRow(columns, [
        { html: `${esc(title)}${bar(today, "today")}${bar(before, "before")}` },
        { html: String(today) },
        { html: String(before) },
        { html: changeText(today - before) },
      ]);
    });
    return `<div><h3>${esc(heading)}</h3>${table(heading, columns, lines)}</div>`;
  };
  const keys = `<p class="keys"><span class="key today"></span>${esc(say("today"))}<span class="key before"></span>${esc(say("before"))}</p>`;
  return section(
    "totals",
    say("totals"),
    `${keys}<div class="three">${block(say("byKind"), say("kind"), totals.byKind)}${block(say("byArea"), say("area"), totals.byArea)}${block(say("byState"), say("state"), totals.byState)}</div>`,
  );
}

const changeText = (change: number): string => (change === 0 ? "0" : change > 0 ? `+${change}` : `−${-change}`);

export function incidentSection({ report, messages, near }: Page): string {
  const { say } = messages;
  if (report.incidents.length === 0) return section("incidents", say("incidents"), `<p>${esc(say("noIncidents"))}</p>`);
  const columns: readonly Column[] = [
    { head: "№", numeric: true },
    // Together: on a narrow screen the state would be out of sight.
    { head: `${say("kind")}, ${say("state").toLowerCase()}` },
    { head: say("place") },
    { head: say("when") },
    { head: say("known") },
    { head: say("confidence") },
  ];
  const areas = new Map(report.totals.byArea.map(({ id, title }) => [id, title]));
  const rows = report.incidents.map((one, i) =>
    tableRow(columns, [
      { html: `<a id="${one.id}"></a>${i + 1}` },
      { html: kindHtml(one, messages) },
      { html: placeHtml(one, areas, messages) },
      { html: esc(one.whenText) },
      { html: knownHtml(one, near.get(one.id), messages) },
      { html: restsHtml(one, messages) },
    ]),
  );
  return section("incidents", say("incidents"), table(say("incidents"), columns, rows));
}

const kindHtml = (one: DailyIncident, messages: Messages): string =>
  `<strong>${esc(one.title)}</strong><span class="said">${stateMark(one.state)}${esc(one.stateTitle)}</span>${findingHtml(one, messages)}<small class="id">${esc(one.id)}</small>`;

export const stateMark = (state: string): string =>
  `<svg class="state" viewBox="0 0 20 20" aria-hidden="true"><g class="mark ${esc(state)}">${shapeOf(state, 10, 10)}</g></svg>`;

function placeHtml({ place }: DailyIncident, areas: ReadonlyMap<string, string>, { say }: Messages): string {
  const area = place.area === null ? "" : `, ${esc(areas.get(place.area) ?? place.area)}`;
  return `${esc(place.text)}${area}<small>${esc(say("place.radius", { km: place.radiusKm }))}</small>`;
}

function knownHtml({ perceived, directions }: DailyIncident, near: NearBy | undefined, messages: Messages): string {
  const { say } = messages;
  const ways = perceived.map(({ how, count, by }) => {
    const key = how === "told" && count === 1 ? "how.told.one" : `how.${how}`;
    return `${esc(say(key, { count }))}<small>${esc(say("how.by", { names: by.join(", ") }))}</small>`;
  });
  const flown = directions.map(({ of, deg }) => esc(say("direction", { of: say(`of.${of}`), deg })));
  const beside = near === undefined ? [] : nearWords(near, messages).map((line) => `<small>${esc(line)}</small>`);
  return [...ways, ...flown, ...beside].join("");
}

function findingHtml({ finding, clauses }: DailyIncident, { say }: Messages): string {
  return finding === null
    ? ""
    : `<small>${esc(say(`finding.${finding}`, finding === "breach" ? { clauses: clauses.join(", ") } : {}))}</small>`;
}

function restsHtml(one: DailyIncident, { say }: Messages): string {
  const { independent, witnesses, grade, linked01, probability01, reasons } = one;
  const lines = [
    ...(grade === null ? [] : [say("grade", { grade })]),
    ...(linked01 === null || witnesses < 2 ? [] : [say("linked", { percent: percent(linked01) })]),
  ];
  const chance =
    probability01 === null
      ? ""
      : `<details><summary>${esc(say("probability", { percent: percent(probability01) }))}</summary><small lang="en">${esc(reasons.join("; "))}</small></details>`;
  const rests = esc(say("independent", { independent, witnesses }));
  return `${rests}${lines.map((line) => `<small>${esc(line)}</small>`).join("")}${chance}`;
}

export function restrictionSection({ report, messages: { say } }: Page): string {
  const rows = report.incidents.filter(({ id }) => report.restrictions.includes(id));
  const body =
    rows.length === 0
      ? `<p>${esc(say("noRestrictions"))}</p>`
      : `<ul>${rows.map((one) => `<li><a href="#${one.id}">${esc(one.title)}</a>: ${esc(one.place.text)}, ${esc(one.whenText)}</li>`).join("")}</ul>`;
  return section("restrictions", say("restrictions"), body);
}

/** Lines that are drawn, once for the page: what a style sheet hatches is lost in some viewers of PDF. */
const HATCH = `<svg class="defs" width="0" height="0" aria-hidden="true"><symbol id="hatch" viewBox="0 0 20 13" preserveAspectRatio="none"><path d="M-3 5L5-3M0 8L8 0M0 14L14 0M5 15L20 0M11 15L23 3M17 15L23 9"/></symbol></svg>`;

const hourHtml = (letter: string): string =>
  `<span class="hour ${letter}">${letter === "u" ? '<svg aria-hidden="true"><use href="#hatch"/></svg>' : ""}</span>`;

export function unseenSection({ report, messages: { say, count } }: Page): string {
  const { letters, areas, passes, notes } = report.unseen;
  const keys = letters
    .map(({ letter, title, why }) => `<li>${hourHtml(letter)}<strong>${esc(title)}</strong> ${esc(why)}</li>`)
    .join("");
  const hours = areas[0]?.hours.length ?? 0;
  const ticks = Array.from({ length: hours }, (_, hour) => `<span>${hour % 6 === 0 ? hour : ""}</span>`).join("");
  const strips = areas.map(({ title, hours: line, counts, clearOnce }) => {
    const cells = [...line].map(hourHtml).join("");
    const once = clearOnce ? `<small>${esc(say("unseen.clearOnce"))}</small>` : "";
    const words = letters.map(({ letter, title: name }) => `${name}: ${counts[letter] ?? 0} h`).join(", ");
    return `<tr><th scope="row">${esc(title)}</th><td><span class="strip" role="img" aria-label="${esc(words)}">${cells}</span></td><td>${once}</td></tr>`;
  });
  const seen = passes.map(({ start, sensor, detections }) => {
    const { time } = localOf(Date.parse(start), report.zone);
    return `<li>${esc(say("pass", { time, sensor, anomalies: count("anomalies", detections) }))}</li>`;
  });
  const told = notes.map((note) => `<p>${esc(note)}</p>`).join("");
  const list = seen.length === 0 ? "" : `<h3>${esc(say("passes"))}</h3><ul class="passes">${seen.join("")}</ul>`;
  return section(
    "unseen",
    say("unseen"),
    `${HATCH}${told}<ul class="legend">${keys}</ul><div class="scroll"><table class="strips"><caption class="hidden">${esc(say("unseenHours"))}</caption><thead><tr><th scope="col">${esc(say("area"))}</th><th scope="col"><span class="strip ticks">${ticks}</span></th><td></td></tr></thead><tbody>${strips.join("")}</tbody></table></div>${list}`,
  );
}

export const figure = (name: string, value: number, detail: string): string =>
  `<div><dt>${esc(name)}</dt><dd><b>${whole(value)}</b><span>${esc(detail)}</span></dd></div>`;
