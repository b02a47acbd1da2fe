/** The first screen: the number that matters, for this network, with its interval; what it counts; and each kind beside it. */
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import type { NetworkOutcome, ShareWithin } from "@vedette/wire/exercise-result-network";
import { classWords } from "../../report/exercise-words.ts";
import { esc, plural, section, tableHead, tableRow, utcText, whole } from "../../report/page/markup.ts";
import { driverWords } from "./driver-text.ts";
import { lossesOf } from "./losses.ts";
import { intervalText, nameOf, points, scrolled, share, shareStrip } from "./shapes.ts";

export function mastheadHtml(result: ExerciseResult): string {
  const [network] = result.networks as [NetworkOutcome];
  const facts = [
    `${plural(result.made, "run")}, each a world of its own${result.made < result.asked ? `; stopped at ${result.made} of ${whole(result.asked)}: precise enough` : ""}`,
    `seed ${result.seed}`,
    ...(network.failed.length > 0 ? [`${plural(network.failed.length, "run")} broken off`] : []),
  ];
  return `<header class="masthead">
<p class="product">Vedette <span>exercise report</span></p>
<h1>${esc(result.title)}</h1>
<p class="span">${utcText(result.start)} · ${plural(result.days, "day")} in each run</p>
<div class="opening"><div><div class="headline">${network.headline.map((one) => bigNumber(one)).join("")}</div>
<p class="answer">${answerText(result, network)}</p></div>
${glanceHtml(result, network)}</div>
${result.description === null ? "" : `<p class="description">${esc(result.description)}</p>`}
<p class="small">${countingText(result, network)}</p>
<ul class="facts">${facts.map((fact) => `<li>${fact}</li>`).join("")}</ul>
</header>`;
}

function bigNumber(own: ShareWithin): string {
  const head = `<h2>Verified within ${own.hours} hours</h2>`;
  if (own.counted === 0)
    return `<div>${head}<p class="number none">none counted</p><p class="small">no breach began ${own.hours} hours before the end of its run</p></div>`;
  return `<div>${head}<p class="number">${share(own.estimate)}</p>${shareStrip(own)}<p class="small">95 %: ${intervalText(own)} % · ${whole(own.verified)} of ${whole(own.counted)} breaches</p></div>`;
}

/** The answer in one sentence, and which breaches it is of. */
function answerText({ made }: ExerciseResult, { headline, classes }: NetworkOutcome): string {
  const [first] = headline as [ShareWithin];
  if (first.estimate === null)
    return "<strong>No breach counts:</strong> none began long enough before the end of its run.";
  const ofHundred = (value: number): string => String(Math.round(100 * value));
  const commonest = classes[0];
  const part = (commonest?.headline[0]?.counted ?? 0) / first.counted;
  const dominated =
    classes.length > 1 && commonest !== undefined
      ? ` <strong>${part > 0.999 ? "Almost all" : share(part)} of them are ${esc(classWords(commonest.class))}</strong>; rarer kinds stand below, each by itself.`
      : "";
  return `Of 100 breaches, a person has verified about <strong>${ofHundred(first.estimate)}</strong> within ${first.hours} hours (${ofHundred(first.low)} to ${ofHundred(first.high)}), over ${plural(made, "simulated world")}.${dominated}`;
}

const MOST_AT_A_GLANCE = 4;

/** Where the others are lost, and what changes that most. */
function glanceHtml({ stations, differences }: ExerciseResult, network: NetworkOutcome): string {
  const losses = lossesOf(network, stations)
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ words, share01 }) => `<li><b>${share(share01)}</b> ${esc(words)}</li>`);
  const sorted = differences.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const changes = sorted.slice(0, MOST_AT_A_GLANCE).map((difference) => {
    const [own] = difference.within;
    const why = difference.driver.isTold ? driverWords(difference.driver) : "may be chance";
    return `<li><b>${points(own?.estimate ?? null)}</b> ${esc(nameOf(difference))}${why === "" ? "" : `: ${esc(why)}`}</li>`;
  });
  const left = differences.length - changes.length;
  const more = left > 0 ? `<p class="small"><a href="#changes">${plural(left, "more variant")}</a></p>` : "";
  const lost = losses.length === 0 ? "" : `<h2>The others, after 24 hours</h2><ul>${losses.join("")}</ul>`;
  const changed =
    changes.length === 0 ? "" : `<h2>What would change it, in points</h2><ul>${changes.join("")}</ul>${more}`;
  return `<div class="glance">${lost}${changed}</div>`;
}

const sizeOf = ({ within: [first] }: ExerciseResult["differences"][number]): number => Math.abs(first?.estimate ?? 0);

function countingText({ level01 }: ExerciseResult, { headline }: NetworkOutcome): string {
  const [day, later] = headline.map((one) => one.hours);
  return `A breach is verified once a person at headquarters has verified an incident with a witness of it; claims of the parties alone never do that. It counts if it began ${day} hours (${later} hours) or more before its run ended, so that the two numbers are of different breaches. ${Math.round(100 * level01)} of 100 such intervals hold the true share <em>of this model</em>; what the model assumes is listed below and is not in them.`;
}

export function classSection({ networks }: ExerciseResult): string {
  const [network] = networks as [NetworkOutcome];
  const hours = network.headline.map((one) => one.hours);
  const columns = [
    { head: "Kind of breach" },
    { head: "Counted", unit: "all runs", numeric: true },
    { head: "Seen", unit: `within ${hours[0]} h`, numeric: true },
    ...hours.flatMap((h) => [{ head: "Verified", unit: `within ${h} h`, numeric: true }, { head: "95 % interval" }]),
  ];
  const rows = network.classes.map((own) =>
    tableRow(columns, [
      { html: esc(classWords(own.class)) },
      { html: whole(own.headline[0]?.counted ?? 0) },
      { html: own.seen01 === null ? "–" : share(own.seen01) },
      ...own.headline.flatMap((one) => [
        { html: `<b>${one.counted === 0 ? "–" : share(one.estimate)}</b>` },
        { html: `${shareStrip(one)}<small>${one.counted === 0 ? "none counted" : `${intervalText(one)} %`}</small>` },
      ]),
    ]),
  );
  const body = scrolled("Shares verified by kind of breach", `${tableHead(columns)}<tbody>${rows.join("")}</tbody>`);
  return section(
    "classes",
    "Kind by kind",
    `${body}<p class="small">Intervals count runs, not breaches: breaches of one run share their weather and their watch. A kind that came a few times has a wide one.</p>`,
  );
}
