/** How soon, and where the time went: frames that the page's script fills, and the figures as a table. */
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import type { NetworkOutcome } from "@vedette/wire/exercise-result-network";
import { classWords } from "../../report/exercise-words.ts";
import { esc, hours, section, tableHead, tableRow, whole } from "../../report/page/markup.ts";
import { nameOf, scrolled } from "./shapes.ts";

export function networkControl({ networks }: ExerciseResult): string {
  if (networks.length < 2) return `<form id="controls" class="controls" hidden></form>`;
  const options = networks.map((network, i) => `<option value="${i}">${esc(nameOf(network))}</option>`);
  return `<form id="controls" class="controls" aria-label="What the charts show"><label>Charts below show <select id="network" name="network">${options.join("")}</select></label></form>`;
}

export function timeSection(result: ExerciseResult): string {
  const keys =
    '<span class="keys"><i class="key accessible"></i>seen <i class="key taken"></i>verified by a person</span>';
  return section(
    "time",
    "How soon",
    `${networkControl(result)}
<figure><figcaption><strong>By kind of breach</strong>: share of those that counted, by hours after it began; n counts breaches of all runs. ${keys}</figcaption><div id="chart-kinds" class="plot"></div></figure>
<figure><figcaption><strong>By stretch of the line</strong>, all kinds together. ${keys}</figcaption><div id="chart-areas" class="plot"></div></figure>
<details><summary>The same as a table</summary>${curveTable(result)}</details>`,
  );
}

const SHOWN_HOURS = [1, 6, 24, 72];

function curveTable({ networks, curveHours }: ExerciseResult): string {
  const shown = SHOWN_HOURS.flatMap((h) => (curveHours.includes(h) ? [{ h, k: curveHours.indexOf(h) }] : []));
  const columns = [
    { head: "Network" },
    { head: "Kind" },
    { head: "Stretch" },
    { head: "Counted", numeric: true },
    ...shown.flatMap(({ h }) => [
      { head: "Seen", unit: `by ${h} h, %`, numeric: true },
      { head: "Verified", unit: `by ${h} h, %`, numeric: true },
    ]),
  ];
  const part = (count: number | undefined, all: number): string =>
    all > 0 ? ((100 * (count ?? 0)) / all).toFixed(0) : "–";
  const rows = networks.flatMap((network) =>
    network.rows.map((row) => {
      const all = row.counted[0] ?? 0;
      return tableRow(columns, [
        { html: esc(nameOf(network)) },
        { html: esc(classWords(row.class)) },
        { html: esc(row.area) },
        { html: whole(all) },
        ...shown.flatMap(({ k }) => [{ html: part(row.seenBy[k], all) }, { html: part(row.verifiedBy[k], all) }]),
      ]);
    }),
  );
  return `<div class="tall scroll" tabindex="0" role="region" aria-label="Curves as a table"><table><caption class="hidden">Shares seen and verified by time, kind and stretch</caption>${tableHead(columns)}<tbody>${rows.join("")}</tbody></table></div>`;
}

const STAGE_WORDS: Readonly<Record<string, readonly [name: string, meaning: string]>> = {
  look: ["waiting for a look", "from the beginning to the first sensor that saw it: a pass, a round, a flash in view"],
  downlink: [
    "coming down",
    "from the look to headquarters: the sensor's delay, the link, jamming, a satellite's next station",
  ],
  analyst: ["waiting for an analyst, and read", "from headquarters to an analyst's reading"],
  corroboration: ["waiting for a second witness", "until two independent witnesses stood in one incident"],
  verifier: ["waiting for a verifier, and verified", "until a person verified it"],
  replies: ["waiting for replies", "of the parties that the agreement asks"],
  "second-person": ["waiting for the second person", "until another person assessed it; after the headline's moment"],
};

export function stageSection({ networks }: ExerciseResult): string {
  const columns = [
    { head: "Network" },
    { head: "Stage" },
    { head: "Passed", numeric: true },
    { head: "Mean", numeric: true },
    { head: "Of it work", numeric: true },
    { head: "10 %", unit: "within", numeric: true },
    { head: "Half", unit: "within", numeric: true },
    { head: "90 %", unit: "within", numeric: true },
  ];
  const rows = networks.flatMap((network) => network.stages.map((stage) => stageRow(columns, network, stage)));
  return section(
    "stages",
    "Where the time went",
    `${stageLead(networks[0] as NetworkOutcome)}<figure><figcaption>Hours of breaches that were verified at last, stage by stage: the bar holds the middle 80 of 100, the line half, the ring the mean.</figcaption><div id="chart-stages" class="plot"></div></figure>
<details><summary>The same as a table</summary>${scrolled("Hours by stage", `${tableHead(columns)}<tbody>${rows.join("")}</tbody>`)}<p class="small">Work is the part of the mean in which somebody had it in hand; the rest is waiting. Quantiles come from counts in classes.</p></details>`,
  );
}

const AFTER_THE_VERDICT = ["replies", "second-person"];

/** What it took on the mean, and what took most; means add up, where medians do not. */
function stageLead({ stages }: NetworkOutcome): string {
  const until = stages.filter(({ stage, meanH }) => meanH !== null && !AFTER_THE_VERDICT.includes(stage));
  const sumH = until.reduce((sum, { meanH }) => sum + (meanH ?? 0), 0);
  const [most] = until.toSorted((a, b) => (b.meanH ?? 0) - (a.meanH ?? 0));
  if (most === undefined || sumH === 0) return "";
  const [name] = STAGE_WORDS[most.stage] ?? [most.stage];
  return `<p>A breach that was verified took <strong>${durationText(sumH)}</strong> on the mean. Most of it: <strong>${esc(name)}</strong>, ${durationText(most.meanH ?? 0)} (${Math.round((100 * (most.meanH ?? 0)) / sumH)} %). Replies and the second person come after that verdict. Breaches that nobody verified are not in here.</p>`;
}

const durationText = (value: number): string =>
  value > 0 && value < 0.95 ? `${(60 * value).toFixed(0)}\u202fmin` : hours(value);

function stageRow(
  columns: Parameters<typeof tableRow>[0],
  network: NetworkOutcome,
  { stage, count, meanH, workH, p10H, p50H, p90H }: NetworkOutcome["stages"][number],
): string {
  const [name, meaning] = STAGE_WORDS[stage] ?? [stage, ""];
  return tableRow(columns, [
    { html: esc(nameOf(network)) },
    { html: `${esc(name)}<small>${esc(meaning)}</small>` },
    { html: whole(count) },
    ...[meanH, workH, p10H, p50H, p90H].map((value) => ({
      html: count === 0 || value === null ? "–" : durationText(value),
    })),
  ]);
}
