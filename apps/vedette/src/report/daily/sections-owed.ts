/** Clocks, replies, notes and sources: the second half of the page. */
import type { DailyReport } from "@vedette/wire/daily-report";
import { esc, link, section, tableRow } from "../page/markup.ts";
import { localOf } from "./day.ts";
import type { Messages } from "./messages.ts";
import { type Page, table } from "./sections.ts";

export function clockSection({ report, messages: { say } }: Page): string {
  if (report.clocks.length === 0) return section("clocks", say("clocks"), `<p>${esc(say("noClocks"))}</p>`);
  // An empty column takes room on paper.
  const isDue = report.clocks.some(({ deadline }) => deadline !== null);
  const heads = ["clock", "incident", "started", ...(isDue ? ["deadline"] : []), "state"];
  const columns = heads.map((key) => ({ head: say(key) }));
  const rows = report.clocks.map((one) => {
    const unsure = one.unconfirmed ? `<small>${esc(say("unconfirmed"))}</small>` : "";
    return tableRow(columns, [
      {
        html: `<strong>${esc(one.title)}</strong>${one.party === null ? "" : ` (${esc(one.party)})`}<small>${esc(one.agreement)}: ${esc(one.clauses.join(", "))}</small>${unsure}`,
      },
      { html: incidentLink(one, report) },
      { html: endsHtml(one.start, report.zone, say) },
      ...(isDue ? [{ html: one.deadline === null ? "–" : endsHtml(one.deadline, report.zone, say) }] : []),
      { html: `${esc(one.state)}${one.due === null ? "" : `, ${esc(one.due)}`}` },
    ]);
  });
  return section("clocks", say("clocks"), table(say("clocks"), columns, rows));
}

/** By its number of the day and its settlement; by its id too, which other days share. */
function incidentLink(
  { incident, place }: { readonly incident: string; readonly place: string | null },
  { incidents }: DailyReport,
): string {
  const at = incidents.findIndex(({ id }) => id === incident);
  const words = `${at < 0 ? "" : `${at + 1} `}${place ?? ""}`.trim();
  const name = at < 0 ? esc(words) : `<a href="#${esc(incident)}">${esc(words)}</a>`;
  return `${name}<small class="id">${esc(incident)}</small>`;
}

function endsHtml(ends: { earliest: string; latest: string }, zone: string, say: Messages["say"]): string {
  const word = (iso: string): string => {
    const { date, time } = localOf(Date.parse(iso), zone);
    return `${date} ${time}`;
  };
  return esc(say("between", { earliest: word(ends.earliest), latest: word(ends.latest) }));
}

export function replySection({ report, messages: { say } }: Page): string {
  if (report.replies.length === 0) return section("replies", say("replies"), `<p>${esc(say("noReplies"))}</p>`);
  const columns = [say("party"), say("incident"), say("until"), say("state")].map((head) => ({ head }));
  const rows = report.replies.map(({ party, incident, place, until, state }) =>
    tableRow(columns, [
      { html: esc(party) },
      { html: incidentLink({ incident, place }, report) },
      { html: endsHtml(until, report.zone, say) },
      { html: esc(state) },
    ]),
  );
  return section("replies", say("replies"), table(say("replies"), columns, rows));
}

export function methodSection({ report, messages: { say } }: Page): string {
  const notes = report.method.map((note) => `<li>${esc(note)}</li>`).join("");
  return section("method", say("method"), `<ul class="limits">${notes}</ul>`);
}

export function sourceSection({ report, messages: { say } }: Page): string {
  const columns = [{ head: say("sources") }, { head: say("publisher") }, { head: say("licence") }];
  const rows = report.sources.map(({ title, publisher, licence, url, note }) =>
    tableRow(columns, [
      { html: `${link(url ?? undefined, title)}${note === null ? "" : `<small>${esc(note)}</small>`}` },
      { html: esc(publisher) },
      { html: esc(licence) },
    ]),
  );
  return section(
    "sources",
    say("sources"),
    `${table(say("sources"), columns, rows)}<p class="small">${esc(say("madeBy", { software: report.software }))}</p>`,
  );
}
