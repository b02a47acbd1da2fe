/** The top of the page: what this is, the main answer in words, the key figures. */
import type { Headline, Result } from "@vedette/wire/result";
import { esc, hours, percent, plural, utcText, whole } from "./markup.ts";

type Dependence = Result["summary"]["dependence"][number];

/** Whose loss takes away the largest part of the looks; ties go to the longer gap. */
export function mostCritical(result: Result): Dependence | undefined {
  const loss = (row: Dependence) => result.summary.headline.taken01.imaging - row.headline.taken01.imaging;
  const gap = (row: Dependence) => row.headline.takenLongestGapH.imaging.p50;
  return [...result.summary.dependence].sort((a, b) => loss(b) - loss(a) || gap(b) - gap(a))[0];
}

export function answerHtml(result: Result): string {
  const { summary } = result;
  const { counts } = summary;
  const facts = [
    `${plural(counts.satellites, "satellite")}, ${plural(counts.stations, "ground station")}, ${plural(counts.nations, "nation")}`,
    `${plural(counts.cells, "cell")} (H3 resolution ${summary.h3Resolution}), ${whole(counts.cellHours)} cell-hours`,
    ...summary.zones.map((zone) => zoneText(zone)),
  ];
  return `<header class="masthead">
<p class="product">Vedette <span>observability report</span></p>
<h1>${esc(summary.title)}</h1>
<p class="span">${utcText(summary.start)} to ${utcText(summary.end)} · ${plural(Number(summary.days.toFixed(1)), "day")}</p>
${summary.description === null ? "" : `<p class="description">${esc(summary.description)}</p>`}
${rebased(summary.rebasedByDays)}
<p class="answer">${answerText(result)}</p>
${keyFigures(result)}
<ul class="facts">${facts.map((fact) => `<li>${fact}</li>`).join("")}</ul>
</header>`;
}

function rebased(days: number | null): string {
  if (days === null) return "";
  return `<p class="warning"><strong>Exercise: epochs rebased.</strong> Element sets were moved by ${plural(Number(days.toFixed(1)), "day")}. Positions are not those of the real satellites on these dates.</p>`;
}

function zoneText({ name, lengthKm, areaKm2 }: Result["summary"]["zones"][number]): string {
  const length = lengthKm === null ? "" : `${whole(Math.round(lengthKm))} km long, `;
  return `${esc(name)}: ${length}${whole(Math.round(areaKm2))} km²`;
}

function answerText(result: Result): string {
  const { headline, counts } = result.summary;
  const { accessibleLongestGapH: open, takenLongestGapH: taken, pictureAgeH, latencyH } = headline;
  const age = pictureAgeH.imaging;
  const unknown = headline.unknownHours01.imaging;
  const sentences = [
    ...(unknown === 0
      ? []
      : [
          `<strong>Unknown:</strong> in ${percent(unknown)} of the hours the position of a satellite is not known; shares of hours below are lower bounds, gaps upper bounds.`,
        ]),
    `Some imaging sensor of the ${plural(counts.satellites, "satellite")} <strong>could have looked</strong> at a place in <strong>${percent(headline.accessible01.imaging)}</strong> of its hours, clear sky assumed; with their limits and the stated rule, a look <strong>was taken</strong> in <strong>${percent(headline.taken01.imaging)}</strong>.`,
    `In the median cell the longest time without an opportunity is <strong>${hours(open.imaging.p50)}</strong>, without a look <strong>${hours(taken.imaging.p50)}</strong>; in the worst cell ${hours(open.imaging.max)} and ${hours(taken.imaging.max)}.`,
    age === null
      ? "No picture reaches headquarters in the span."
      : `The newest picture at headquarters is on average <strong>${hours(age.p50)}</strong> old in the median cell${latencyH.imaging === null ? "" : `, after ${hours(latencyH.imaging.p50)} from look to headquarters`}.`,
    criticalText(result),
  ];
  return sentences.join(" ");
}

function criticalText(result: Result): string {
  const critical = mostCritical(result);
  if (critical === undefined) return "";
  const base = result.summary.headline;
  const without = critical.headline;
  const own = `${plural(critical.satellites, "satellite")}, ${plural(critical.stations, "station")}`;
  const orphaned =
    critical.orphaned === 0
      ? ""
      : `; ${plural(critical.orphaned, "satellite")} of others would lose the way down or the processing`;
  return `Of all nations, the figures depend most on <strong>${esc(critical.name)}</strong> (${own}${orphaned}): without it, looks are taken in ${percent(without.taken01.imaging)} of hours instead of ${percent(base.taken01.imaging)}, and the median longest gap between looks goes from ${hours(base.takenLongestGapH.imaging.p50)} to <strong>${hours(without.takenLongestGapH.imaging.p50)}</strong>.`;
}

interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly detail: string;
}

function keyFigures(result: Result): string {
  const { headline, clearSky01 } = result.summary;
  const figures = keyFiguresOf(headline);
  figures.push({
    name: "Chance of a clear sky",
    value: percent(clearSky01),
    detail: clearSky01 === null ? "no cloud figure covers these cells" : "beside the figures, not folded into them",
  });
  const items = figures.map(
    ({ name, value, detail }) => `<div><dt>${esc(name)}</dt><dd><b>${value}</b><span>${detail}</span></dd></div>`,
  );
  return `<dl class="figures" aria-label="Key figures">${items.join("")}</dl>`;
}

function keyFiguresOf(headline: Headline): KeyFigure[] {
  const {
    accessibleLongestGapH: open,
    takenLongestGapH: taken,
    pictureAgeH,
    latencyH,
    requestsMet01,
    cellLooks,
  } = headline;
  const age = pictureAgeH.imaging;
  const latency = latencyH.imaging;
  return [
    {
      name: "Hours observable",
      value: percent(headline.accessible01.imaging),
      detail: `with a look taken: ${percent(headline.taken01.imaging)}`,
    },
    {
      name: "Longest gap, opportunities",
      value: hours(open.imaging.p50),
      detail: `median cell; worst ${hours(open.imaging.max)}`,
    },
    {
      name: "Longest gap, looks taken",
      value: hours(taken.imaging.p50),
      detail: `median cell; worst ${hours(taken.imaging.max)}`,
    },
    {
      name: "Age of the picture",
      value: age === null ? "none" : hours(age.p50),
      detail:
        latency === null
          ? "nothing delivered"
          : `look to headquarters ${hours(latency.p50)} (90 % within ${hours(latency.p90)})`,
    },
    {
      name: "Requests met",
      value: requestsMet01 === null ? "none asked" : percent(requestsMet01),
      detail: `${percent(cellLooks.taken === 0 ? 0 : cellLooks.delivered / cellLooks.taken)} of looks delivered in the span`,
    },
  ];
}
