/** What it all rests on: assumed figures and what they are worth, how to read the page, where it comes from. */
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import { esc, plural, section, tableHead, tableRow } from "../../report/page/markup.ts";
import { points, pointsInterval, scrolled, share } from "./shapes.ts";

export function assumedSection(result: ExerciseResult): string {
  const { assumed } = result;
  const columns = [{ head: "Figure" }, { head: "Value", numeric: true }, { head: "Why it was taken so" }];
  const rows = assumed.map(({ path, value, why }) =>
    tableRow(columns, [{ html: `<code>${esc(path)}</code>` }, { html: esc(numberText(value)) }, { html: esc(why) }]),
  );
  const groups = new Set(assumed.map(({ group }) => group)).size;
  const list =
    assumed.length === 0
      ? "<p>None: every figure of this exercise’s sensors, weather and truce is its own file’s, or has a source.</p>"
      : `<details><summary>${plural(assumed.length, "assumed figure")} in ${plural(groups, "group")}</summary><div class="tall scroll" tabindex="0" role="region" aria-label="Assumed figures"><table><caption class="hidden">Assumed figures</caption>${tableHead(columns)}<tbody>${rows.join("")}</tbody></table></div></details>`;
  return section(
    "assumed",
    "What was assumed, and what it is worth",
    `<p>Figures without a source that are in use here. The intervals above say how well the model was sampled; they know nothing of these.</p>${sensitivityHtml(result)}${list}`,
  );
}

const numberText = (value: number): string => String(Number(value.toPrecision(6)));

function sensitivityHtml({ sensitivity, networks }: ExerciseResult): string {
  if (sensitivity === null) {
    return `<p class="warning"><strong>Not varied in this report.</strong> <code>--sensitivity</code> takes each group half as large and half as large again over the same worlds, and lists what each is worth. It takes two more sets of runs for each group.</p>`;
  }
  const { rows, runs, hours, base, failed } = sensitivity;
  const columns = [
    { head: "Group" },
    { head: "Half as large", unit: "points", numeric: true },
    { head: "95 %" },
    { head: "Half as large again", unit: "points", numeric: true },
    { head: "95 %" },
  ];
  const lines = rows.map(({ group, low, high }) =>
    tableRow(columns, [
      { html: esc(group) },
      { html: `<b>${points(low.estimate)}</b>` },
      { html: pointsInterval(low) },
      { html: `<b>${points(high.estimate)}</b>` },
      { html: pointsInterval(high) },
    ]),
  );
  const told = failed.map(({ group, message }) => `<li>${esc(group)}: ${esc(message)}</li>`).join("");
  const more = networks.length > 1 ? ", for the network as it stands" : "";
  return `<figure><figcaption>Change of the share verified within ${hours} h (${share(base)} in these runs) with each group of assumed figures scaled; ${plural(runs, "run")} each over the same worlds${more}. Lines hold 95 of 100. <span class="keys"><i class="key low"></i>half as large <i class="key high"></i>half as large again</span></figcaption><div id="chart-sensitivity" class="plot"></div><p class="small" id="sensitivity-flat"></p></figure>
<details><summary>The same as a table</summary>${scrolled("Sensitivity to assumed figures", `${tableHead(columns)}<tbody>${lines.join("")}</tbody>`)}</details>${told === "" ? "" : `<p class="small">Could not be run so:</p><ul class="small">${told}</ul>`}`;
}

export function readingSection({ z, level01, looks, untilCi, made }: ExerciseResult): string {
  const stop =
    untilCi === null
      ? `All ${made} runs were made and judged once.`
      : `Runs were to end once the headline was known within ${untilCi} either way; that was judged only after ${looks.join(", ")} runs, with intervals wide enough for all of those looks together.`;
  const items = [
    `<strong>Intervals</strong> hold ${Math.round(100 * level01)} of 100 (z = ${z.toFixed(2)}). They count runs, not breaches (Korn and Graubard 1998; differences: paired bootstrap). ${stop}`,
    "<strong>Not a forecast.</strong> The world is simulated, the network is an example, and its counts and places are the project’s own. What is compared here are networks, in worlds that nobody tuned to be noticed.",
    "<strong>The same verification</strong> as the real log’s: headquarters is given reports and claims, never what happened. This page alone lays the two side by side.",
    "<strong>Verified</strong> means that a named role looked at an incident with two independent witnesses and said so. Nobody is said to have caused it.",
    "<strong>Runs that were broken off</strong> by their policy are listed and left out of every share.",
  ];
  return section(
    "reading",
    "How to read this",
    `<ul class="limits">${items.map((item) => `<li>${item}</li>`).join("")}</ul>`,
  );
}

export function provenanceSection(result: ExerciseResult): string {
  const { networks, inputs, command, software, seed, made } = result;
  const failed = networks.flatMap(({ title, failed: own }) => own.map((one) => ({ title, ...one })));
  const columns = [{ head: "Network" }, { head: "Part" }, { head: "SHA-256" }];
  const rows = inputs.map(({ network, part, sha256 }) =>
    tableRow(columns, [{ html: esc(network) }, { html: esc(part) }, { html: `<code>${esc(sha256)}</code>` }]),
  );
  const broken = failed.map(
    ({ title, run, seed: own, message }) => `<li>${esc(title)}, run ${run}, seed ${own}: ${esc(message)}</li>`,
  );
  return section(
    "provenance",
    "Where this comes from",
    `<p>${esc(software)}. ${plural(made, "run")} of seed ${seed}. The same command gives the same numbers, on any number of threads:</p>
<p><code>${esc(command)}</code></p>
${broken.length === 0 ? "" : `<h3>Runs broken off</h3><ul class="limits">${broken.join("")}</ul>`}
<details><summary>Hashes of what was read</summary>${scrolled("Hashes of inputs", `${tableHead(columns)}<tbody>${rows.join("")}</tbody>`)}</details>
<p class="small">Each run’s seed, counts and hash of its log are in <code>exercise.json</code>; <code>vedette exercise … --replay SEED</code> gives the same log again. Map: land and settlements of the project’s basemap (GeoNames, CC BY 4.0; Natural Earth), boundary of OpenStreetMap contributors (ODbL 1.0).</p>`,
  );
}
