/** What changes with the network: each variant's difference with its interval and its driver; and how far breaches come in each. */
import type { Difference, ExerciseResult } from "@vedette/wire/exercise-result";
import type { NetworkOutcome } from "@vedette/wire/exercise-result-network";
import { classWords } from "../../report/exercise-words.ts";
import { esc, plural, section, tableHead, tableRow, whole } from "../../report/page/markup.ts";
import { byNetwork, changeStrip, nameOf, points, pointsInterval, reachOf, scrolled, share } from "./shapes.ts";

export function changesSection({ differences }: ExerciseResult): string {
  if (differences.length === 0) {
    return section(
      "changes",
      "What would change it",
      "<p>No variant was run beside this network. <code>--vary NAME</code> runs one over the same worlds and says what it costs, and through what.</p>",
    );
  }
  const reach = reachOf(differences.flatMap(({ within }) => within));
  const cards = differences.map((difference) => card(difference, reach));
  return section(
    "changes",
    "What changes when the network does",
    `<p>Every variant ran in the same worlds as the network above. Differences are paired, run by run; 95 of 100 such intervals hold the model’s own difference.</p><div class="cards">${cards.join("")}</div>`,
  );
}

function card(difference: Difference, reach: number): string {
  const { within, driver, pairs } = difference;
  const figures = within.map((one) =>
    one.estimate === null
      ? `<div><dt>within ${one.hours} h</dt><dd><span>none counted</span></dd></div>`
      : `<div><dt>within ${one.hours} h</dt><dd><b class="${driver.isTold ? toneOf(one) : ""}">${points(one.estimate)}</b>${changeStrip(one, reach)}<span>95 %: ${pointsInterval(one)} points</span></dd></div>`,
  );
  return `<article class="change-card"><h3>${esc(nameOf(difference))}</h3><dl class="figures">${figures.join("")}</dl>
<p class="driver">${esc(driver.text)}</p>${pairs < FEW ? `<p class="small">Few pairs of runs (${pairs}): the intervals are rough.</p>` : ""}
<details><summary>By station, by kind, by who saw first</summary>${partsTable(difference)}${classTable(difference)}${groupTable(difference)}<p class="small">${plural(pairs, "pair")} of runs. The parts add up to the change within ${within[0]?.hours ?? 24} h (logarithmic mean Divisia index, Ang 2004).</p></details></article>`;
}

/** Coloured only where it can be told from chance. */
const toneOf = ({ low, high }: { low: number | null; high: number | null }): string =>
  high !== null && high < 0 ? "worse" : low !== null && low > 0 ? "better" : "";

/** Below so many a bootstrap knows little of the tails. */
const FEW = 12;

const WAY: Readonly<Record<string, string>> = {
  seen: "seen, of those that began",
  received: "a report received, of those seen",
  read: "read by an analyst, of those received",
  corroborated: "corroborated, of those read",
  verified: "verified, of those corroborated",
};

function partsTable({ driver }: Difference): string {
  if (driver.parts.length === 0) return "";
  const columns = [
    { head: "Station" },
    { head: "Before", numeric: true },
    { head: "After", numeric: true },
    { head: "Part of the change", unit: "points", numeric: true },
    { head: "95 %" },
  ];
  const rows = driver.parts.map((part) =>
    tableRow(columns, [
      { html: esc(WAY[part.station] ?? part.station) },
      { html: share(part.before01) },
      { html: share(part.after01) },
      { html: `<b>${points(part.estimate)}</b>` },
      { html: pointsInterval(part) },
    ]),
  );
  return scrolled("Parts of the change by station", `${tableHead(columns)}<tbody>${rows.join("")}</tbody>`);
}

function classTable({ classes }: Difference): string {
  const columns = [
    { head: "Kind" },
    { head: "Within", unit: "h", numeric: true },
    { head: "Change", unit: "points", numeric: true },
    { head: "95 %" },
  ];
  const rows = classes.map((own) =>
    tableRow(columns, [
      { html: esc(classWords(own.class)) },
      { html: String(own.hours) },
      { html: `<b class="${toneOf(own)}">${points(own.estimate)}</b>` },
      { html: pointsInterval(own) },
    ]),
  );
  return scrolled("Changes by kind of breach", `${tableHead(columns)}<tbody>${rows.join("")}</tbody>`);
}

const MOST_GROUPS = 12;

function groupTable({ driver }: Difference): string {
  if (driver.groups.length === 0) return "";
  const columns = [{ head: "Group" }, { head: "Saw it first", unit: "change, points of all breaches", numeric: true }];
  const rows = driver.groups
    .slice(0, MOST_GROUPS)
    .map(({ group, change }) => tableRow(columns, [{ html: esc(group) }, { html: points(change) }]));
  return scrolled("Changes by the group that saw first", `${tableHead(columns)}<tbody>${rows.join("")}</tbody>`);
}

export function funnelSection({ networks, stations, differences }: ExerciseResult): string {
  const [first] = networks as [NetworkOutcome];
  if (first.funnel.length === 0) return "";
  const rows = stations.map((name, k) => ({
    name,
    cells: networks.map(({ funnel }) => {
      const own = (funnel[k] ?? 0) / (funnel[0] ?? 0);
      const part = Number.isFinite(own) ? own : null;
      return `${share(part)}<i class="meter" style="--w:${Math.round(100 * (part ?? 0))}%"></i><small>${whole(funnel[k] ?? 0)}</small>`;
    }),
  }));
  const seen = firstSeenTable(first);
  return section(
    "funnel",
    "How far breaches come within 24 hours",
    `<div class="two"><div>${byNetwork("Breaches by the last station that they reached", networks, rows)}<p class="small">Share and number of the breaches that counted, over all runs${differences.length > 0 ? ", network by network" : ""}.</p></div>${seen}</div>`,
  );
}

function firstSeenTable({ firstSeen, funnel }: NetworkOutcome): string {
  if (firstSeen.length === 0) return "";
  const columns = [{ head: "Group" }, { head: "Saw it first", unit: "share of all breaches", numeric: true }];
  const rows = firstSeen.slice(0, MOST_GROUPS).map(({ name, count }) => {
    const part = count / (funnel[0] ?? Number.NaN);
    const width = Math.round(100 * (count / (firstSeen[0]?.count ?? 1)));
    return tableRow(columns, [
      { html: esc(name) },
      { html: `${share(Number.isFinite(part) ? part : null)}<i class="meter" style="--w:${width}%"></i>` },
    ]);
  });
  return `<div>${scrolled("Who saw breaches first", `${tableHead(columns)}<tbody>${rows.join("")}</tbody>`)}<p class="small">Of the network as it stands, within 24 hours.${firstSeen.length > MOST_GROUPS ? ` ${firstSeen.length - MOST_GROUPS} more groups are in exercise.json.` : ""}</p></div>`;
}
