/** `report.html`: one file that needs nothing else. Tables and words are in the page; its script draws map and charts. */
import { createHash } from "node:crypto";
import type { Result, Summary } from "@vedette/wire/result";
import { bundledScript, styleSheet } from "./bundle.ts";
import { markingLine } from "./files/labels.ts";
import { packReport } from "./pack.ts";
import { answerHtml } from "./page/answer.ts";
import { dependenceSection } from "./page/dependence.ts";
import { distributionSection, ledgerSection, mapSection, timelineSection } from "./page/explore.ts";
import { kindSection } from "./page/kinds.ts";
import { esc } from "./page/markup.ts";
import { readingSection, sourcesSection } from "./page/reading.ts";
import { requestSection, sensitivitySection } from "./page/wanted.ts";

export async function reportHtml(result: Result): Promise<string> {
  const { summary } = result;
  const [script, style, data] = await Promise.all([bundledScript(), styleSheet(), packReport(result)]);
  const body = [
    mapSection(result),
    kindSection(result),
    dependenceSection(result),
    distributionSection(),
    ledgerSection(),
    timelineSection(result),
    requestSection(result),
    sensitivitySection(result),
    readingSection(result),
    sourcesSection(result),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyFor(script)}">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${esc(summary.software)}">
<link rel="icon" href="data:,">
<title>${esc(markingLine(summary))}: ${esc(summary.title)}</title>
<style>${style}${printMarking(summary)}</style>
</head>
<body>
<a class="skip" href="#map-section">Skip to the map</a>
${banner(summary, "top")}
<main>
${answerHtml(result)}
<p id="failed" class="warning" hidden>The map and the charts could not be drawn; the tables and the files beside this page are complete.</p>
<noscript><p class="warning">The map and the charts need JavaScript; the tables below do not.</p></noscript>
${body.join("\n")}
</main>
${banner(summary, "bottom")}
<svg width="0" height="0" aria-hidden="true" class="defs"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--surface)"/><rect width="2" height="6" fill="var(--unknown)"/></pattern></defs></svg>
<script type="text/plain" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Nothing from anywhere: only this script, by its hash, and styles in the page. */
function policyFor(script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  return `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function banner(summary: Summary, place: "top" | "bottom"): string {
  const label = summary.label === null ? "" : `<span>${esc(summary.label)}</span>`;
  const tag = place === "top" ? "header" : "footer";
  return `<${tag} class="banner ${place}" aria-label="Marking, ${place} of the page"><strong>${esc(summary.marking)}</strong>${label}</${tag}>`;
}

/** The marking in the margins of every printed sheet. */
function printMarking(summary: Summary): string {
  const text = JSON.stringify(markingLine(summary)).replaceAll("<", "\\3c ");
  const box = `{content:${text};font:600 9pt system-ui,sans-serif}`;
  return `@page{@top-center${box}@bottom-center${box}}`;
}
