/** The exercise's page: one file that needs nothing else. Numbers and tables are in it; its script draws the charts and plays the run. */
import { createHash } from "node:crypto";
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import { bundledScript, styleSheet } from "../../report/bundle.ts";
import { esc } from "../../report/page/markup.ts";
import type { Recording, ReplayGround } from "../../report/replay-packed.ts";
import { classSection, mastheadHtml } from "./masthead.ts";
import { packExercise } from "./pack.ts";
import { assumedSection, provenanceSection, readingSection } from "./sections-basis.ts";
import { changesSection, funnelSection } from "./sections-changes.ts";
import { calibrationSection, faultSection, missSection, tallySection } from "./sections-faults.ts";
import { replaySection } from "./sections-replay.ts";
import { stageSection, timeSection } from "./sections-time.ts";

export interface PageGround extends ReplayGround {
  /** On whose authority boundaries are drawn. */
  readonly note: string;
}

export async function exerciseHtml(
  result: ExerciseResult,
  recording: Recording | undefined,
  { note, ...ground }: PageGround,
): Promise<string> {
  const [script, style, data] = await Promise.all([
    bundledScript("./client/exercise/main.ts"),
    styleSheet("../exercise/report/exercise.css"),
    packExercise(result, recording, ground),
  ]);
  const body = [
    classSection(result),
    changesSection(result),
    funnelSection(result),
    timeSection(result),
    stageSection(result),
    missSection(result),
    faultSection(result),
    calibrationSection(result),
    tallySection(result),
    replaySection(result, recording, note),
    assumedSection(result),
    readingSection(result),
    provenanceSection(result),
  ];
  const marking = `${result.marking}: simulated, not observed`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyFor(script)}">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${esc(result.software)}">
<link rel="icon" href="data:,">
<title>${esc(`${result.marking}: ${result.title}`)}</title>
<style>${style}${printMarking(marking)}</style>
</head>
<body>
<a class="skip" href="#classes">Skip to the kinds of breach</a>
<header class="banner top" aria-label="Marking, top of the page"><strong>${esc(result.marking)}</strong><span>simulated, not observed</span></header>
<main>
${mastheadHtml(result)}
<p id="failed" class="warning" hidden>The charts could not be drawn; the tables and exercise.json beside this page are complete.</p>
<noscript><p class="warning">The charts and the replay need JavaScript; the tables do not.</p></noscript>
${body.join("\n")}
</main>
<footer class="banner bottom" aria-label="Marking, bottom of the page"><strong>${esc(result.marking)}</strong><span>simulated, not observed</span></footer>
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

/** The marking in the margins of every printed sheet. */
function printMarking(marking: string): string {
  const box = `{content:${JSON.stringify(marking).replaceAll("<", "\\3c ")};font:600 9pt system-ui,sans-serif}`;
  return `@page{@top-center${box}@bottom-center${box}}`;
}
