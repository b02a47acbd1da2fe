/** `vedette run`: from a scenario to a report. */
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseInstant } from "@vedette/core/time/instant";
import type { Result, Summary } from "@vedette/wire/result";
import { Command } from "commander";
import { computeResult } from "../engine/compute.ts";
import { Interrupted, textOf, UsageError } from "../problem.ts";
import { type Beside, serveReport } from "../report/serve.ts";
import { refuseForeign, writeOutput } from "../report/write.ts";
import { type LoadedScenario, loadScenario } from "../scenario/load.ts";
import { ProgressLine } from "./progress.ts";
import { summaryTable } from "./summary-table.ts";

export interface RunOptions {
  readonly out?: string;
  readonly days?: string;
  readonly start?: string;
  readonly threads?: string;
  readonly serve: boolean;
  readonly port?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ vedette run line-of-contact
  $ vedette run line-of-contact --days 1 --out out/one-day --serve
  $ vedette run constellation-2029 --json > summary.json
  $ vedette run my-line --start 2026-06-16T00:00:00Z --threads 2

Written into the output folder: report.html, summary.json, passes.csv, coverage.geojson, ledger.parquet, passes.ics, scene.czml.`;

export function runCommand(): Command {
  const command = new Command("run")
    .description(
      "compute a scenario and write its report: what can be seen and when, gaps, age of the picture, dependence",
    )
    .argument("<scenario>", "a shipped scenario's name, a scenario file, or a folder that holds a scenario.yaml");
  return withRunOptions(command).addHelpText("after", EXAMPLES).action(runScenario);
}

export function withRunOptions(command: Command): Command {
  return command
    .option("--out <DIR>", "output folder; an earlier output of Vedette there is replaced (default: out/<scenario>)")
    .option("--days <N>", "length of the span, instead of the scenario's")
    .option("--start <INSTANT>", "UTC, e.g. 2026-06-15T00:00:00Z, instead of the scenario's")
    .option("--threads <N>", `worker threads (default: one per core, here ${availableParallelism()})`)
    .option("--serve", "then show the report on 127.0.0.1 until Ctrl-C", false)
    .option("--no-serve", "end when the files are written (the default)")
    .option("--port <N>", "port for --serve (default: 8470, or a free one)")
    .option("--json", "print summary.json on stdout instead of the table");
}

/** A daily report that is served beside the scenario's, and what it is called. */
export interface ServedBeside extends Beside {
  readonly title: string;
}

async function runScenario(reference: string, options: RunOptions): Promise<void> {
  await runAndServe(reference, options, []);
}

export async function runAndServe(
  reference: string,
  options: RunOptions,
  beside: readonly ServedBeside[],
): Promise<void> {
  const days = positive(options.days, "--days");
  const threads = wholeFrom1(options.threads, "--threads", 256);
  const port = wholeFrom1(options.port, "--port", 65_535);
  const start = options.start === undefined ? undefined : checkedInstant(options.start);
  const loaded = await loadScenario(reference, {
    ...(start === undefined ? {} : { start }),
    ...(days === undefined ? {} : { days }),
  });
  for (const warning of loaded.warnings) process.stderr.write(`warning: ${textOf(warning)}\n`);
  const out = resolve(options.out ?? join("out", nameOf(reference)));
  // Before minutes of work, not after.
  await refuseForeign(out);
  const result = await computed(loaded, threads);
  const files = await writeOutput(result, out);
  process.stdout.write(
    options.json ? `${JSON.stringify(result.summary, null, 2)}\n` : told(result.summary, out, files),
  );
  if (options.serve) await serveUntilInterrupted(out, port, beside);
}

async function computed(loaded: LoadedScenario, threads: number | undefined): Promise<Result> {
  const abort = new AbortController();
  const line = new ProgressLine();
  const onInterrupt = () => abort.abort(new Interrupted());
  process.once("SIGINT", onInterrupt);
  try {
    return await computeResult(loaded, {
      threads,
      signal: abort.signal,
      onProgress: (progress) => line.show(progress),
    });
  } catch (error) {
    throw abort.signal.aborted ? new Interrupted() : error;
  } finally {
    process.off("SIGINT", onInterrupt);
    line.end();
  }
}

async function serveUntilInterrupted(
  out: string,
  port: number | undefined,
  beside: readonly ServedBeside[],
): Promise<void> {
  const served = await serveReport(out, port, beside);
  const others = beside.map(({ path, title }) => `${title} at ${served.address}${path}/\n`);
  process.stderr.write(`\nThe report is at ${served.address}  (Ctrl-C ends)\n${others.join("")}`);
  await new Promise<void>((done) => {
    process.once("SIGINT", done);
    process.once("SIGTERM", done);
  });
  await served.close();
  process.stderr.write("\nended\n");
}

function told(summary: Summary, out: string, files: readonly string[]): string {
  return `${summaryTable(summary)}\nWritten to ${out}:\n  ${files.map((file) => basename(file)).join("  ")}\n`;
}

/** `scenarios/x.yaml` -> `x`; `my-line/scenario.yaml` and `my-line` -> `my-line`. */
function nameOf(reference: string): string {
  const parts = resolve(reference).split(/[\\/]/);
  const last = (parts.at(-1) ?? "scenario").replace(/\.ya?ml$/, "");
  return last === "scenario" ? (parts.at(-2) ?? last) : last;
}

/** Below it there is nothing to see. */
const ONE_MINUTE_DAYS = 1 / 1440;

function positive(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !(value >= ONE_MINUTE_DAYS && value <= 366))
    throw new UsageError(`${option} ${text}: expected a number of days above 0 (a minute is 0.0007), up to 366`);
  return value;
}

function wholeFrom1(text: string | undefined, option: string, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw new UsageError(`${option} ${text}: expected a whole number from 1 to ${most}`);
  return value;
}

function checkedInstant(text: string): string {
  try {
    parseInstant(text);
    return text;
  } catch {
    throw new UsageError(`--start ${text}: expected a UTC instant such as 2026-06-15T00:00:00Z`);
  }
}
