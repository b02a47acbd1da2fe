/** The answer of `vedette windows` for a person: windows, counts by satellite, and what is not known, and why. */
import { WHY } from "./sky-options.ts";
import type { CountJson, Rows, UnknownJson, WindowJson } from "./windows-rows.ts";

export function windowsText({ windows, unknown, counts }: Rows): string {
  const sites = new Set(counts.map(({ site }) => site)).size;
  return `${[
    windows.length === 0 ? noWindows(unknown) : windowTable(windows, sites > 1),
    countTable(counts, sites),
    ...(unknown.length === 0 ? [] : [unknownTable(unknown, sites)]),
  ].join("\n\n")}\n`;
}

const noWindows = (unknown: readonly UnknownJson[]): string =>
  unknown.length === 0 ? "no windows" : "no windows where it is known";

function windowTable(windows: readonly WindowJson[], hasSites: boolean): string {
  return table(
    ["satellite", ...(hasSites ? ["site"] : []), "start (UTC)", "end (UTC)", ">duration", ""],
    windows.map(({ satellite, site, start, end, durationS, clipped }) => [
      satellite,
      ...(hasSites ? [site] : []),
      start,
      end,
      durationOf(durationS),
      clipped === "none" ? "" : `clipped at ${clipped === "both" ? "both ends" : clipped}`,
    ]),
  );
}

/** A row per satellite; over several sites durations are sums. */
function countTable(counts: readonly CountJson[], sites: number): string {
  const bySatellite = Map.groupBy(counts, ({ catalogueNumber }) => catalogueNumber);
  const rows = [...bySatellite].map(([number, pairs]) => [
    pairs[0]?.satellite ?? "",
    String(number),
    String(sum(pairs, ({ windows }) => windows)),
    durationOf(sum(pairs, ({ windowS }) => windowS)),
    durationOf(sum(pairs, ({ noS }) => noS)),
    durationOf(sum(pairs, ({ unknownS }) => unknownS)),
  ]);
  const head = ["satellite", ">number", ">windows", ">in windows", ">outside", ">unknown"];
  return `${table(head, rows)}${sites > 1 ? `\n(durations are sums over ${sites} sites)` : ""}`;
}

/** One line for what several sites share: elements are old everywhere at once. */
function unknownTable(unknown: readonly UnknownJson[], sites: number): string {
  const shared = Map.groupBy(unknown, (u) => [u.catalogueNumber, u.start, u.end, u.code, u.of].join());
  const rows = [...shared.values()].flatMap((same) =>
    same
      .slice(0, 1)
      .map(({ satellite, start, end, durationS, code, of }) => [
        satellite,
        ...(sites > 1 ? [same.length === sites ? "all sites" : same.map(({ site }) => site).join("; ")] : []),
        start,
        end,
        durationOf(durationS),
        of === "relay" ? `of a relay: ${WHY[code]}` : WHY[code],
      ]),
  );
  const head = ["satellite", ...(sites > 1 ? ["site"] : []), "start (UTC)", "end (UTC)", ">duration", "why"];
  return `Unknown, neither yes nor no:\n${table(head, rows)}`;
}

/** A head that begins with `>` has its column flush right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles = head.map((title) => title.replace(/^>/, ""));
  const widths = titles.map((title, c) =>
    rows.reduce((most, row) => Math.max(most, row[c]?.length ?? 0), title.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => (head[c]?.startsWith(">") ? cell.padStart(widths[c] ?? 0) : cell.padEnd(widths[c] ?? 0)))
      .join("  ")
      .trimEnd();
  return [titles, ...rows].map(line).join("\n");
}

const sum = (counts: readonly CountJson[], of: (count: CountJson) => number): number =>
  counts.reduce((total, count) => total + of(count), 0);

/** `h:mm:ss.s` */
function durationOf(seconds: number): string {
  const tenths = Math.round(10 * seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60];
  return `${hours}:${two(minutes)}:${two(Math.floor(tenths / 10) % 60)}.${tenths % 10}`;
}
