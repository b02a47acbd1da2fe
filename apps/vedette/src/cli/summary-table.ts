/** The headline figures for a terminal: two short tables that fit 100 columns. */
import type { Channel, Distribution, Headline, Summary } from "@vedette/wire/result";
import { counted } from "../scenario/words.ts";

const KINDS: readonly Channel[] = ["imaging", "optical", "radar", "thermal", "rf"];
const KIND_NAMES: Readonly<Record<Channel, string>> = {
  imaging: "any imaging sensor",
  optical: "optical",
  radar: "radar",
  thermal: "thermal",
  rf: "radio freq.",
};
const MOST_NATIONS = 8;

export function summaryTable(summary: Summary): string {
  const { title, label, marking, start, end, counts, headline } = summary;
  return [
    "",
    `${marking}${label === null ? "" : ` | ${label}`}`,
    title,
    `${start.slice(0, 16)}Z to ${end.slice(0, 16)}Z, ${countsOf(counts)}`,
    "",
    table(
      ["", "hours accessible", "longest gap: half / worst", "hours taken", "longest gap: half / worst", "picture age"],
      KINDS.map((kind) => kindRow(headline, kind)),
    ),
    "  Half: half of the cells have a shorter one. Accessible: a satellite could have looked, clear sky assumed;",
    "  taken: it did, under the report's stated rule. Picture age: mean at headquarters, half of the cells that had a",
    "  picture below it; in brackets, how many cells had one.",
    ...(headline.unknownHours01.imaging > 0 ? [unknownLine(headline.unknownHours01.imaging)] : []),
    "",
    table(
      ["without", "satellites", "orphaned", "hours taken", "change", "longest gap taken, worst", "picture age"],
      summary.dependence
        .slice(0, MOST_NATIONS)
        .map((row) => [
          row.name,
          `-${row.satellites}`,
          String(row.orphaned),
          percent(row.headline.taken01.imaging),
          points(row.headline.taken01.imaging - headline.taken01.imaging),
          hours(row.headline.takenLongestGapH.imaging.max),
          age(row.headline.pictureAgeH.imaging),
        ]),
    ),
    summary.dependence.length > MOST_NATIONS
      ? `  and ${counted(summary.dependence.length - MOST_NATIONS, "more nation")} in the report`
      : "",
    summary.unknown.length > 0
      ? `  ${counted(summary.unknown.length, "satellite")} unknown for part of the span or all of it: see the report`
      : "",
  ].join("\n");
}

function countsOf({ satellites, nations, stations, cells }: Summary["counts"]): string {
  const owned = `${counted(satellites, "satellite")} of ${counted(nations, "nation")}`;
  return `${owned}, ${stations} stations and relays, ${counted(cells, "cell")}`;
}

function kindRow(headline: Headline, kind: Channel): string[] {
  const { accessible01, accessibleLongestGapH, taken01, takenLongestGapH, pictureAgeH } = headline;
  return [
    KIND_NAMES[kind],
    percent(accessible01[kind]),
    gap(accessibleLongestGapH[kind]),
    percent(taken01[kind]),
    gap(takenLongestGapH[kind]),
    `${age(pictureAgeH[kind])} (${Math.round(100 * headline.pictured01[kind])} %)`,
  ];
}

export function unknownLine(share01: number): string {
  return `  UNKNOWN: in ${percent(share01)} of the hours a satellite's position is not known. Hours are at least these, gaps at most.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join("  ")}`.trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function percent(share01: number): string {
  return `${(100 * share01).toFixed(1)} %`;
}

function points(share01: number): string {
  return `${share01 > 0 ? "+" : ""}${(100 * share01).toFixed(1)} pt`;
}

function hours(value: number): string {
  return `${value.toFixed(1)} h`;
}

function gap({ p50, max }: Distribution): string {
  return `${hours(p50)} / ${hours(max)}`;
}

function age(value: Distribution | null): string {
  return value === null ? "none" : hours(value.p50);
}
