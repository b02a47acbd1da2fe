/** `vedette coverage`: one sweep, and what each subset of nations can see by it. */
import { availableParallelism } from "node:os";
import { unknownHoursOf } from "@vedette/core/access/coverage-query";
import { groupsWithout } from "@vedette/core/coalition/coverage-groups";
import { nationsWithAssets, strengthOf } from "@vedette/core/coalition/without";
import type { Network } from "@vedette/core/network/network";
import { isoOf } from "@vedette/core/time/instant";
import { Command } from "commander";
import { type CoverageSession, openCoverage } from "../engine/coverage.ts";
import { type CoverageSetting, coverageSettingOf } from "../engine/coverage-setting.ts";
import { Interrupted, textOf, UsageError } from "../problem.ts";
import { type LoadedScenario, loadScenario } from "../scenario/load.ts";
import { counted } from "../scenario/words.ts";
import { type CoverageRow, KINDS, kindFigures } from "./coverage-rows.ts";
import { coverageTables } from "./coverage-text.ts";
import { ProgressLine } from "./progress.ts";

interface Options {
  readonly days?: string;
  readonly start?: string;
  readonly h3Resolution?: string;
  readonly without?: readonly string[];
  readonly only?: readonly string[];
  readonly threads?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ vedette coverage                                    the shipped line, and each nation taken out
  $ vedette coverage line-of-contact --days 13 --h3-resolution 7 --without USA,CAN
  $ vedette coverage constellation-2029 --only FRA,DEU,ITA --json

Every satellite is swept over every cell once; then any subset of nations is answered from that sweep, without propagating
again. A nation taken out takes its satellites, stations, relays and processing with it. --only leaves nobody but those
named: satellites that need another's station or processing are blind.

Looks are possible ones, by a clear sky: what a plan would take of them, \`vedette run\` says. Hours are those of the span.

--json: { title, start, end, hours, resolution, cells, coarserCells, rows }; rows: id (coalition, without-XXX, asked),
label, satellites, kinds; each of imaging, optical, radar, thermal, rf: observable01, worstHour01, bestHour01, meanGapH,
worstGapH, meanAgeH, halfAgeH, nineTenthsAgeH, longestGapH (exact, on coarser cells; worstGapH: whole hours, on all), unknownHours01. Owner only: gaps tell a violator when to move.`;

const DEFAULT_SCENARIO = "line-of-contact";

export function coverageCommand(): Command {
  return new Command("coverage")
    .description(
      "hour by hour, what a coalition and any part of it could look at: observability, gaps, age of the picture",
    )
    .argument("[scenario]", "a shipped scenario's name, a scenario file, or a folder", DEFAULT_SCENARIO)
    .option("--days <N>", "length of the span, instead of the scenario's")
    .option("--start <INSTANT>", "UTC, e.g. 2026-06-15T00:00:00Z, instead of the scenario's")
    .option("--h3-resolution <R>", "size of the cells, 0 to 9, instead of the scenario's")
    .option("--without <NATION,...>", "one more row: without these nations", nationsIn)
    .option("--only <NATION,...>", "one more row: these nations alone", nationsIn)
    .option("--threads <N>", `worker threads (default: one per core, here ${availableParallelism()})`)
    .option("--json", "print one JSON object instead of tables")
    .addHelpText("after", EXAMPLES)
    .action(showCoverage);
}

async function showCoverage(reference: string, options: Options): Promise<void> {
  const days = numberIn(options.days, "--days", 1 / 24, 366);
  const resolution = wholeIn(options.h3Resolution, "--h3-resolution", 0, 9);
  const threads = wholeIn(options.threads, "--threads", 1, 256);
  if (options.without !== undefined && options.only !== undefined)
    throw new UsageError("--without and --only: give one of them");
  const loaded = await loadScenario(reference, {
    ...(options.start === undefined ? {} : { start: options.start }),
    ...(days === undefined ? {} : { days }),
  });
  for (const warning of loaded.warnings) process.stderr.write(`warning: ${textOf(warning)}\n`);
  const cases = casesOf(loaded.network, options);
  const setting = coverageSettingOf(loaded, resolution ?? loaded.scenario.h3Resolution);
  const rows = await computed(setting, loaded, cases, threads);
  process.stdout.write(
    options.json ? `${JSON.stringify(jsonOf(loaded, setting, rows), null, 1)}\n` : told(loaded, setting, rows),
  );
}

/** Commas between them; the option may be given again. */
const nationsIn = (text: string, before: readonly string[] = []): string[] => [...before, ...text.split(",")];

/** A row to be: who is taken out. */
interface Case {
  readonly id: string;
  readonly label: string;
  readonly without: readonly string[];
}

/** What was asked beside the rows that are always there; undefined where nothing was. */
function casesOf(network: Network, options: Options): Case | undefined {
  const nations = Object.keys(network.nations);
  const { without, only } = options;
  const named = without ?? only;
  if (named === undefined) return undefined;
  const strangers = named.filter((nation) => !nations.includes(nation));
  if (strangers.length > 0)
    throw new UsageError(
      `${without ? "--without" : "--only"}: no nation ${strangers.join(", ")} in the network; it has ${nations.join(", ")}`,
    );
  return without !== undefined
    ? { id: "asked", label: `without ${without.join(", ")}`, without }
    : { id: "asked", label: `only ${named.join(", ")}`, without: nations.filter((nation) => !named.includes(nation)) };
}

async function computed(
  setting: CoverageSetting,
  loaded: LoadedScenario,
  asked: Case | undefined,
  threads: number | undefined,
): Promise<CoverageRow[]> {
  const abort = new AbortController();
  const line = new ProgressLine();
  const onInterrupt = () => abort.abort(new Interrupted());
  process.once("SIGINT", onInterrupt);
  let session: CoverageSession | undefined;
  try {
    session = await openCoverage(setting.plan, {
      threads,
      signal: abort.signal,
      onProgress: (done, total) => line.show({ phase: "sweep", done, total }),
    });
    line.end();
    return await rowsOf(session, setting, loaded, asked, abort.signal);
  } catch (error) {
    throw abort.signal.aborted ? new Interrupted() : error;
  } finally {
    process.off("SIGINT", onInterrupt);
    line.end();
    await session?.close();
  }
}

async function rowsOf(
  session: CoverageSession,
  { plan, fleet, coalition }: CoverageSetting,
  { network, scenario }: LoadedScenario,
  asked: Case | undefined,
  signal: AbortSignal,
): Promise<CoverageRow[]> {
  const always = scenario.without ?? [];
  const nations = nationsWithAssets(network, fleet).filter((nation) => !always.includes(nation));
  const cases: Case[] = [
    { id: "coalition", label: "whole coalition", without: [] },
    ...nations.map((nation) => ({
      id: `without-${nation}`,
      label: `without ${network.nations[nation]?.name ?? nation}`,
      without: [nation],
    })),
    ...(asked === undefined ? [] : [asked]),
  ];
  const rows: CoverageRow[] = [];
  for (const { id, label, without } of cases) {
    signal.throwIfAborted();
    const gone = new Set([...always, ...without]);
    const groups = groupsWithout(network, fleet, coalition, gone);
    const answer = await session.ask(groups);
    const unknown = KINDS.map((_, c) => unknownHoursOf(session.coverage, groups, c).reduce((sum, one) => sum + one, 0));
    const satellites = strengthOf(network, fleet, gone).active.filter(Boolean).length;
    rows.push({ id, label, satellites, kinds: kindFigures(plan, answer, unknown) });
  }
  return rows;
}

function jsonOf(
  { scenario, files }: LoadedScenario,
  { plan, resolution }: CoverageSetting,
  rows: readonly CoverageRow[],
) {
  return {
    title: scenario.title ?? files[0]?.path ?? "",
    start: isoOf(plan.span.start),
    end: isoOf(plan.span.end),
    hours: plan.hours,
    resolution,
    cells: plan.grid.count,
    coarserCells: plan.coarse.count,
    rows,
  };
}

function told(
  { scenario }: LoadedScenario,
  { plan, resolution }: CoverageSetting,
  rows: readonly CoverageRow[],
): string {
  const about = [
    `${isoOf(plan.span.start).slice(0, 16)}Z, ${counted(plan.hours, "hour")}`,
    `${counted(plan.grid.count, "cell")} of resolution ${resolution}`,
    `ages on ${counted(plan.coarse.count, "cell")}`,
  ];
  return `OWNER ONLY: gaps tell a violator when to move\n${scenario.title}\n${about.join(", ")}\n\n${coverageTables(rows)}`;
}

function numberIn(text: string | undefined, option: string, low: number, high: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !(value >= low && value <= high))
    throw new UsageError(`${option} ${text}: expected a number of days from an hour (0.042) up to ${high}`);
  return value;
}

function wholeIn(text: string | undefined, option: string, low: number, high: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high)
    throw new UsageError(`${option} ${text}: expected a whole number from ${low} to ${high}`);
  return value;
}
