/** One run on a map: its frame, its clock and its legend; the page's script draws and plays it. */
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import { esc, section, utcText, whole } from "../../report/page/markup.ts";
import type { Recording, Thinned } from "../../report/replay-packed.ts";

export function replaySection(result: ExerciseResult, recording: Recording | undefined, note: string): string {
  if (recording === undefined) {
    return section("replay", "One run, replayed", "<p>No run was recorded for this page.</p>");
  }
  const { info } = recording;
  const why = result.replay?.why ?? "";
  return section(
    "replay",
    "One run, replayed",
    `<p>Run ${info.run} (seed ${info.seed}): ${esc(why)}. What happened is shown beside what was known: headquarters never saw the rings.</p>
<div class="player" role="group" aria-label="Clock of the replay">
<button type="button" id="play" aria-pressed="false">Play</button>
<label>Speed <select id="speed"><option value="1">1 h/s</option><option value="3" selected>3 h/s</option><option value="12">12 h/s</option></select></label>
<label class="time">Time <input type="range" id="clock" min="0" max="1" value="0" step="1" aria-describedby="replay-help"></label>
<output id="clock-text" for="clock">${utcText(new Date(info.startMs).toISOString())}</output>
</div>
<div class="map-grid"><div class="map-frame"><div id="map" role="application" tabindex="0" aria-label="Map of the replayed run" aria-describedby="replay-help"><canvas aria-hidden="true"></canvas></div>
<div class="zoom"><button type="button" data-zoom-by="1.6" aria-label="Zoom in">+</button><button type="button" data-zoom-by="0.625" aria-label="Zoom out">−</button><button type="button" data-zoom-by="0" aria-label="Show all">⤢</button></div></div>
<aside class="map-side" aria-label="Legend and counts">
<ul class="legend replay">${LEGEND.map(([mark, text]) => `<li><svg class="glyph" viewBox="0 0 18 18" aria-hidden="true">${mark}</svg>${text}</li>`).join("")}</ul>
<fieldset class="layers"><legend>Shown</legend>${LAYERS.map(([id, text]) => `<label><input type="checkbox" name="layer" value="${id}" checked> ${text}</label>`).join("")}</fieldset>
<table class="readout"><caption class="hidden">Counts until the time shown</caption><tbody>${COUNTS.map(([id, text]) => `<tr><th scope="row">${text}</th><td class="n" id="count-${id}">0</td></tr>`).join("")}</tbody></table>
<p class="small" id="replay-help">Space plays and stops; arrow keys step an hour, with Shift a day; plus and minus zoom, 0 shows all; drag to move when zoomed.</p>
<p class="small">${thinText(info.breaches, "breaches")} ${thinText(info.reports, "reports")} ${thinText(info.incidents, "incidents")} Places of movers every ${info.sampleMin} minutes, straight lines between.</p>
</aside></div>
<p class="small">Lambert azimuthal equal-area projection. ${esc(note)}</p>
<p id="spoken" class="hidden" aria-live="polite"></p>`,
  );
}

const thinText = ({ all, shown }: Thinned, what: string): string =>
  all === shown ? `All ${whole(all)} ${what}.` : `${whole(shown)} of ${whole(all)} ${what}, evenly picked.`;

const LEGEND = [
  ['<circle class="truth" cx="9" cy="9" r="4.5"/>', "a breach, as it happened; fades in a day"],
  ['<circle class="truth large" cx="9" cy="9" r="7"/>', "a larger breach"],
  ['<circle class="truth seen" cx="9" cy="9" r="4.5"/>', "the same, seen by a sensor"],
  ['<path class="verified" d="M9 2L16 9L9 16L2 9Z"/>', "an incident that a person verified"],
  ['<path class="corroborated" d="M9 2L16 9L9 16L2 9Z"/>', "an incident with two independent witnesses"],
  ['<path class="wrong" d="M4 4L14 14M14 4L4 14"/>', "verified, and of nothing real"],
  ['<rect class="report" x="6" y="6" width="6" height="6"/>', "a report comes in (three hours)"],
  ['<path class="mover" d="M9 2L15 16L9 12L3 16Z"/>', "what moves, and its last hour"],
  ['<circle class="fixed" cx="9" cy="9" r="2"/>', "what stands"],
] as const;

const LAYERS = [
  ["breaches", "breaches"],
  ["incidents", "incidents"],
  ["reports", "reports"],
  ["movers", "movers"],
  ["fixed", "fixed"],
] as const;

const COUNTS = [
  ["breaches", "breaches so far"],
  ["seen", "of them seen"],
  ["verified", "of them verified"],
  ["reports", "reports in"],
  ["incidents", "incidents opened"],
  ["out", "movers out now"],
] as const;
