/** The daily report as one page that needs nothing else: no script, no font, no address. */
import type { DailyReport } from "@vedette/wire/daily-report";
import { styleSheet } from "../bundle.ts";
import { esc } from "../page/markup.ts";
import { localOf } from "./day.ts";
import { type MapGround, mapSvg } from "./map.ts";
import type { Messages } from "./messages.ts";
import {
  figure,
  incidentSection,
  type Page,
  restrictionSection,
  stateMark,
  totalsSection,
  unseenSection,
} from "./sections.ts";
import { clockSection, methodSection, replySection, sourceSection } from "./sections-owed.ts";

export async function dailyHtml(
  report: DailyReport,
  {
    ground,
    summary,
    ...words
  }: Pick<Page, "messages" | "near"> & { readonly ground: MapGround; readonly summary: string },
): Promise<string> {
  const style = await styleSheet("./daily/daily.css");
  const page: Page = { report, ...words };
  const { messages } = words;
  const { say } = messages;
  const body = [
    totalsSection(page),
    incidentSection(page),
    restrictionSection(page),
    unseenSection(page),
    clockSection(page),
    replySection(page),
    methodSection(page),
    sourceSection(page),
  ];
  return `<!doctype html>
<html lang="${report.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${esc(report.software)}">
<link rel="icon" href="data:,">
<title>${esc(`${report.marking}: ${report.title}, ${messages.date(report.date)}`)}</title>
<style>${style}${printMarking(report.marking)}</style>
</head>
<body>
<a class="skip" href="#incidents">${esc(say("skip"))}</a>
<header class="banner top"><strong>${esc(report.marking)}</strong></header>
<main>
${masthead(page, summary)}
${mapHtml(page, ground)}
${body.join("\n")}
</main>
<footer class="banner bottom"><strong>${esc(report.marking)}</strong></footer>
</body>
</html>
`;
}

/** The marking in the margins of every printed sheet; the first has the page's own banner above. */
function printMarking(marking: string): string {
  const box = `{content:${JSON.stringify(marking).replaceAll("<", "\\3c ")};font:600 9pt system-ui,sans-serif}`;
  return `@page{@top-center${box}@bottom-center${box}}@page:first{@top-center{content:""}}`;
}

function masthead({ report, messages }: Page, summary: string): string {
  const { say } = messages;
  const { date, time } = localOf(Date.parse(report.asOf), report.zone);
  return `<div class="masthead">
<p class="product">${esc(say("product"))}</p>
<h1>${esc(report.title)}: ${esc(messages.date(report.date))}</h1>
<p class="span">${esc(say("subtitle", { date: messages.date(report.date), zone: report.zone }))} · ${esc(say("asOf", { at: `${messages.date(date)}, ${time}` }))}</p>
<p class="answer">${esc(summary)}</p>
<p class="warning">${esc(say("notDecided"))}</p>
${figures(report, messages)}
</div>`;
}

/** States of the day's incidents, each with its mark: the map's legend too. */
function figures(report: DailyReport, { say }: Messages): string {
  const states = ["reported", "located", "corroborated", "verified", "assessed", "referred", "closed"];
  const count = (state: string): number => report.incidents.filter((one) => one.state === state).length;
  const present = states.filter((state) => count(state) > 0 || ["located", "corroborated", "verified"].includes(state));
  const items = [
    figure(say("incidents"), report.totals.today, `${say("before")}: ${report.totals.before}`),
    ...present.map(
      (state) => `<div><dt>${stateMark(state)}${esc(say(`state.${state}`))}</dt><dd><b>${count(state)}</b></dd></div>`,
    ),
  ];
  return `<dl class="figures">${items.join("")}</dl>`;
}

function mapHtml({ report, messages }: Page, ground: MapGround): string {
  return report.incidents.length === 0 ? "" : `<figure class="map">${mapSvg(report, ground, messages)}</figure>`;
}
