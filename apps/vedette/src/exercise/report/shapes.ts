/** Small pieces of the exercise's page: shares with their intervals, changes, strips that show both; tables by network. */
import type { NetworkOutcome } from "@vedette/wire/exercise-result-network";
import { esc, tableHead, tableRow } from "../../report/page/markup.ts";

const THIN = "\u202f";
const WIDTH = 120;
const HEIGHT = 14;

export interface Interval {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Tenths of a percent, so that neighbouring networks can be told apart; hundredths below one. */
export function share(value: number | null): string {
  if (value === null) return "unknown";
  const percent = 100 * value;
  return `${percent.toFixed(percent > 0 && percent < 0.95 ? 2 : 1)}${THIN}%`;
}

export function intervalText({ low, high }: Interval): string {
  if (low === null || high === null) return "unknown";
  const digits = high < 0.0095 ? 2 : 1;
  return `${(100 * low).toFixed(digits)} to ${(100 * high).toFixed(digits)}`;
}

/** Points of a hundred, with a sign that is a minus. */
export function points(value: number | null): string {
  if (value === null) return "–";
  const text = Math.abs(100 * value).toFixed(1);
  return text === "0.0" ? text : `${value > 0 ? "+" : "−"}${text}`;
}

export const pointsInterval = ({ low, high }: Interval): string =>
  low === null || high === null ? "–" : `${points(low)} to ${points(high)}`;

/** A share between 0 and 1 with its interval, as a picture. */
export function shareStrip({ estimate, low, high }: Interval): string {
  if (estimate === null || low === null || high === null) return "";
  return strip(estimate, low, high, (value) => value * (WIDTH - 8) + 4, "");
}

/** A change with its interval about zero. @param reach the largest that any strip beside it must hold */
export function changeStrip({ estimate, low, high }: Interval, reach: number): string {
  if (estimate === null || low === null || high === null) return "";
  const at = (value: number): number =>
    WIDTH / 2 + (Math.max(-reach, Math.min(reach, value)) / reach) * (WIDTH / 2 - 4);
  return strip(
    estimate,
    low,
    high,
    at,
    `<line class="zero" x1="${WIDTH / 2}" x2="${WIDTH / 2}" y1="0" y2="${HEIGHT}"/>`,
  );
}

function strip(estimate: number, low: number, high: number, at: (value: number) => number, more: string): string {
  const [x, x0, x1] = [at(estimate), at(low), at(high)].map((px) => px.toFixed(1));
  const y = HEIGHT / 2;
  return `<svg class="strip" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true"><line class="track" x1="0" x2="${WIDTH}" y1="${y}" y2="${y}"/>${more}<line class="whisker" x1="${x0}" x2="${x1}" y1="${y}" y2="${y}"/><circle cx="${x}" cy="${y}" r="4"/></svg>`;
}

export const reachOf = (intervals: readonly Interval[]): number =>
  Math.max(0.005, ...intervals.flatMap(({ low, high }) => [Math.abs(low ?? 0), Math.abs(high ?? 0)]));

/** A name in the page: the variant's, short; the first network is the exercise as it stands. */
export const nameOf = ({ title, variant }: { title: string; variant: string | null }): string =>
  variant === null ? "As it stands" : (title.split(": ").at(-1) ?? title);

/** Rows by name, a column for each network. */
export function byNetwork(
  caption: string,
  networks: readonly NetworkOutcome[],
  rows: readonly { readonly name: string; readonly cells: readonly string[]; readonly note?: string }[],
): string {
  const columns = [{ head: "" }, ...networks.map((network) => ({ head: nameOf(network), numeric: true }))];
  const lines = rows.map(({ name, cells, note }) =>
    tableRow(columns, [
      { html: `${esc(name)}${note === undefined ? "" : `<small>${esc(note)}</small>`}` },
      ...cells.map((html) => ({ html })),
    ]),
  );
  return scrolled(caption, `${tableHead(columns)}<tbody>${lines.join("")}</tbody>`);
}

export const scrolled = (caption: string, rows: string): string =>
  `<div class="scroll" tabindex="0" role="region" aria-label="${esc(caption)}"><table><caption class="hidden">${esc(caption)}</caption>${rows}</table></div>`;
