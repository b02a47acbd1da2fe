/** What goes wrong: breaches that nobody saw, and why; what was false; whether probabilities held; clocks, requests and satellites. */
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import type { NetworkOutcome, Tally } from "@vedette/wire/exercise-result-network";
import { reasonWords } from "../../report/exercise-words.ts";
import { esc, hours, section, tableHead, tableRow, whole } from "../../report/page/markup.ts";
import { lossesOf } from "./losses.ts";
import { byNetwork, intervalText, nameOf, scrolled, share } from "./shapes.ts";

export function missSection(result: ExerciseResult): string {
  const looks = result.networks.map((network) => network.missedLooks.reduce((sum, { count }) => sum + count, 0));
  const reasons = [...new Set(result.networks.flatMap(({ missedLooks }) => missedLooks.map(({ name }) => name)))];
  const rows = reasons.map((name) => ({
    name: reasonWords(name),
    cells: result.networks.map(({ missedLooks }, i) => {
      const own = missedLooks.find((one) => one.name === name)?.count ?? 0;
      return `${share((looks[i] ?? 0) > 0 ? own / (looks[i] as number) : null)}<small>${whole(own)}</small>`;
    }),
  }));
  const losses = result.networks.map((network) => lossesOf(network, result.stations));
  const lost = (losses[0] ?? []).map(({ words }, k) => ({
    name: words,
    cells: losses.map((own) => {
      const { share01 = 0, count = 0 } = own[k] ?? {};
      return `${share(share01)}<i class="meter" style="--w:${Math.round(100 * share01)}%"></i><small>${whole(count)}</small>`;
    }),
  }));
  const table =
    lost.length === 0
      ? ""
      : `<p><strong>Breaches that nobody had verified after 24 hours</strong>, by where they stopped; shares of all that counted.</p>${byNetwork("Breaches not verified within 24 hours, by where they stopped", result.networks, lost)}`;
  return section(
    "misses",
    "What was missed, and why",
    `${table}<figure><figcaption><strong>Breaches that nobody saw within 24 hours</strong>, by what stood in the way of the look that came nearest to seeing it, all runs.</figcaption><div id="chart-misses" class="plot"></div></figure>
<details><summary>Looks that saw nothing, by reason</summary>${byNetwork("Looks that saw nothing, by reason", result.networks, rows)}<p class="small">A look is one sensor’s at one thing: most of them are of things far out of its sight. They say what the sensors do all day, not what is missed.</p></details>`,
  );
}

export function faultSection({ networks }: ExerciseResult): string {
  const perDay = (value: number | null): string =>
    value === null ? "unknown" : value < 100 ? value.toFixed(value < 10 ? 2 : 1) : whole(Math.round(value));
  const row = (name: string, of: keyof NetworkOutcome["perDay"], note?: string) => ({
    name,
    ...(note !== undefined && { note }),
    cells: networks.map(({ perDay: own }) => perDay(own[of])),
  });
  const rows = [
    row("reports", "reports", "of the network’s own sensors, after those of one place and kind were put together"),
    row("false reports", "falseReports", "of nothing real"),
    row("claims of the parties", "claims"),
    row("incidents opened", "incidents"),
    row("duplicate incidents", "duplicates", "all of whose causes an earlier one held already"),
    row("incidents verified", "verifiedIncidents"),
    row("duplicates verified", "duplicatesVerified"),
    row("wrongly verified", "wronglyVerified", "none of their witnesses saw anything real"),
    {
      name: "wrongly verified, of all verified",
      cells: networks.map(
        ({ wronglyVerified01: own }) =>
          `${share(own.estimate)}${own.estimate === null ? "" : `<small>${intervalText(own)} %</small>`}`,
      ),
    },
  ];
  return section("faults", "False alarms and wrong verdicts, a day", byNetwork("Counts a day", networks, rows));
}

export function calibrationSection({ networks }: ExerciseResult): string {
  if (networks.every(({ calibration }) => calibration.every(({ count }) => count === 0))) {
    return section("calibration", "Whether the probabilities held", "<p>No incident was given a probability.</p>");
  }
  const columns = [
    { head: "Network" },
    { head: "Said when" },
    { head: "Incidents", numeric: true },
    { head: "Brier score", unit: "0 is perfect", numeric: true },
    { head: "Slope", unit: "1: as said", numeric: true },
  ];
  const rows = networks.flatMap((network) =>
    network.calibration.map(({ moment, count, brier, slope }) =>
      tableRow(columns, [
        { html: esc(nameOf(network)) },
        { html: esc(moment) },
        { html: whole(count) },
        { html: brier === null ? "–" : brier.toFixed(3) },
        { html: slope === null ? "too little to tell" : slope.toFixed(2) },
      ]),
    ),
  );
  return section(
    "calibration",
    "Whether the probabilities held",
    `<div class="two"><figure><figcaption>Probability that verification gave to incidents, against the share of them of which two independent witnesses had seen something real. On the line: as said. Numbers count incidents; bars hold 95 of 100 by Wilson’s interval, as if incidents were independent.</figcaption><div id="chart-calibration" class="plot"></div></figure>
<div>${scrolled("How well probabilities held", `${tableHead(columns)}<tbody>${rows.join("")}</tbody>`)}<p class="small">The probability is that the reports of an incident are of one thing: the mean confidence of its links, as a daily report shows it.</p></div></div>`,
  );
}

export function tallySection({ networks }: ExerciseResult): string {
  const tables = (
    [
      ["The agreement’s clocks", ({ clocks }) => clocks],
      ["Requests to look", ({ requests }) => requests],
      ["Satellites: access is not a look", ({ satellites }) => satellites],
    ] as const satisfies readonly (readonly [string, (network: NetworkOutcome) => Tally])[]
  ).flatMap(([title, of]) => {
    const names = (of(networks[0] as NetworkOutcome) as Tally).map(({ name }) => name);
    const isEmpty = networks.every((network) => of(network).every(({ value }) => value === null || value === 0));
    if (names.length === 0 || isEmpty) return [];
    const rows = names.map((name) => ({
      name,
      cells: networks.map((network) => tallyText(of(network).find((one) => one.name === name))),
    }));
    return [`<div><h3>${esc(title)}</h3>${byNetwork(title, networks, rows)}</div>`];
  });
  if (tables.length === 0) return "";
  return section(
    "tallies",
    "Clocks, requests, satellites",
    `<div class="tallies">${tables.join("")}</div><p class="small">Sums over all runs.</p>`,
  );
}

function tallyText(one: Tally[number] | undefined): string {
  if (one === undefined || one.value === null) return "–";
  return one.unit === "h"
    ? hours(one.value)
    : `${whole(one.value)}${one.unit === undefined ? "" : `\u202f${esc(one.unit)}`}`;
}
