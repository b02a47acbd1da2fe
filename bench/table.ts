/** The bench's one table, for a terminal and for a page alike: GitHub's Markdown, columns aligned. */
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";
import type { Measured } from "./measure.ts";

export interface Row {
  readonly section: string;
  readonly by: string;
  /** What the median is of, e.g. `50 satellites x 7 days`. */
  readonly work: string;
  readonly medianS: number;
  readonly minS: number;
  readonly maxS: number;
  readonly rounds: number;
  readonly scale: number;
  /** Median over the median of the section's first row. */
  readonly ratio: number;
  /** Rate, memory, what was sampled, how the answers agree. */
  readonly notes: readonly string[];
}

/** Rows of one comparison; the first contestant is what ratios are against. `notes[i]` belong to contestant i. */
export function rowsOf(
  section: string,
  work: string,
  measured: readonly Measured<unknown>[],
  notes: readonly (readonly string[])[],
): Row[] {
  const ours = measured[0]?.medianS ?? Number.NaN;
  return measured.map(({ by, medianS, minS, maxS, rounds, scale, sample }, i) => ({
    section,
    by,
    work,
    medianS,
    minS,
    maxS,
    rounds,
    scale,
    ratio: medianS / ours,
    notes: [...(sample === undefined ? [] : [`${sample}, times ${short(scale)}`]), ...(notes[i] ?? [])],
  }));
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly satelliteJs: string;
  readonly skyfield: string;
  /** Mean number of runnable processes over the minute before, and over the last: above 1, or above our threads, others were at work. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

export const loadOf = (): number => loadavg()[0] ?? Number.NaN;

/** Asked at the end of the run; `loadBefore` was taken at its beginning. */
export function machineOf(skyfield: string | undefined, loadBefore: number): Machine {
  const manifest = new URL("../node_modules/satellite.js/package.json", import.meta.url);
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()} ${release().split("-")[0]}`,
    node: process.versions.node,
    satelliteJs: JSON.parse(readFileSync(manifest, "utf8")).version,
    skyfield: skyfield ?? "not installed",
    loadBefore,
    loadAfter: loadOf(),
  };
}

export function machineLine(machine: Machine, seed: number): string {
  const { cpu, cores, memoryGiB, system, node, satelliteJs, skyfield, loadBefore, loadAfter } = machine;
  return (
    `Machine: ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}; satellite.js ${satelliteJs}; ` +
    `Skyfield ${skyfield}; load ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} at the end; seed ${seed}`
  );
}

const HEADINGS = ["what, and by whom", "median", "lowest to highest", "times first", "notes"];
const isNumber = (column: number): boolean => column >= 1 && column <= 3;

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.flatMap((row, i) => {
    const { section, work, by, medianS, minS, maxS, rounds, ratio, notes } = row;
    const spread = rounds === 1 ? "one run" : `${seconds(minS)} to ${seconds(maxS)}`;
    const line = [by, seconds(medianS), spread, short(ratio), notes.join("; ")];
    return section === rows[i - 1]?.section ? [line] : [[`**${section}**: ${work}`, "", "", "", ""], line];
  });
  const widths = HEADINGS.map((heading, c) => Math.max(heading.length, ...lines.map((line) => line[c]?.length ?? 0)));
  const padded = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => (isNumber(c) ? cell.padStart(widths[c] ?? 0) : cell.padEnd(widths[c] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, c) => (isNumber(c) ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  return [padded(HEADINGS), padded(rule), ...lines.map(padded)].join("\n");
}

/** Two or three digits: nobody measures more. Whole numbers as they are. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString("en-US");
  return value.toPrecision(value < 10 ? 2 : 3);
}

function seconds(value: number): string {
  return value < 0.1 ? `${short(value * 1000)} ms` : `${short(value)} s`;
}
