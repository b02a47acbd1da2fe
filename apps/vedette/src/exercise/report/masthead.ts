/** The first screen: the number that matters, for this network, with its interval; what it counts; and each kind beside it. */
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import type { NetworkOutcome, ShareWithin } from "@vedette/wire/exercise-result-network";
import { esc, plural, section, tableHead, tableRow, utcText, whole } from "../../report/page/markup.ts";
import { intervalText, scrolled, share, shareStrip } from "./shapes.ts";

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
${result.description === null ? "" : `<p class="description">${esc(result.description)}</p>`}
<div class="headline">${network.headline.map((one) => bigNumber(one)).join("")}</div>
<p class="answer">${answerText(result, network)}</p>
<ul class="facts">${facts.map((fact) => `<li>${fact}</li>`).join("")}</ul>
</header>`;
}

function bigNumber(own: ShareWithin): string {
  const head = `<h2>Verified within ${own.hours} hours</h2>`;
  if (own.counted === 0)
    return `<div>${head}<p class="number none">none counted</p><p class="small">no breach began ${own.hours} hours before the end of its run</p></div>`;
  return `<div>${head}<p class="number">${share(own.estimate)}</p>${shareStrip(own)}<p class="small">95 %: ${intervalText(own)} % · ${whole(own.verified)} of ${whole(own.counted)} breaches</p></div>`;
}

function answerText({ made, level01 }: ExerciseResult, { headline, classes }: NetworkOutcome): string {
  const [first] = headline as [ShareWithin];
  if (first.estimate === null)
    return "<strong>No breach counts:</strong> none began long enough before the end of its run.";
  const commonest = classes[0];
  const counted = commonest?.headline[0]?.counted ?? 0;
  const part = first.counted > 0 ? counted / first.counted : 0;
  const dominated =
    classes.length > 1 && commonest !== undefined
      ? ` <strong>${part > 0.999 ? "Almost all" : share(part)} of what counts is ${esc(commonest.class)}</strong>, so the number above speaks of that; rarer kinds stand below it, each by itself.`
      : "";
  return `This network has a breach verified within ${first.hours} hours in <strong>${share(first.estimate)}</strong> of cases, over ${plural(made, "simulated world")}. ${Math.round(100 * level01)} of 100 such intervals hold the true share <em>of this model</em>; what the model assumes is listed below and is not in the interval. A breach counts if it began ${first.hours} hours (${headline[1]?.hours ?? 72} hours) or more before its run ended. The two numbers are of different breaches where runs are short: the second leaves out the last ${headline[1]?.hours ?? 72} hours. A breach is verified once a person at headquarters has verified an incident with a witness of it; claims of the parties alone never are.${dominated}`;
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
      { html: esc(own.class) },
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
