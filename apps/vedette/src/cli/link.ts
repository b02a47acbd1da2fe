/** `vedette link`: which reports tell of the same incident. */
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { isoOf, MS_PER_HOUR } from "@vedette/core/time/instant";
import { type Linking, linkSteps } from "@vedette/core/verify/linking";
import type { LinkItem } from "@vedette/core/verify/linking-items";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { type ReportRow, readReports } from "../corroborate/reports-file.ts";
import { cell, WholeFile } from "../corroborate/score-claims.ts";
import { Interrupted } from "../problem.ts";
import { counted } from "../scenario/words.ts";

interface Options {
  readonly reports: string;
  readonly out: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ vedette link --reports reports.csv --out links.csv
  $ vedette link --reports reports.csv --out links.csv --json

REPORTS.csv: id,latitude,longitude,date[,time],source[,url][,text], columns in any order. Dates, and times without an
offset, are UTC; without a time a report is of its whole day. How far places are off and how late reports are, how many an
incident has, and what words, figures and sources say, is learnt from the reports themselves: more of them link better.

LINKS.csv, a row for each row, in their order: id, incident (i1, i2, … in order of the earliest report), confidence (the
mean chance that the report shares an incident with each of those it was put with; of one alone, that it is alone). A row
that makes no sense keeps its place, without an incident, and is told of with line and reason.

The same reports give the same incidents, whatever their order. What is linked is a proposal: people merge and split.`;

export function linkCommand(): Command {
  return new Command("link")
    .description("find which reports tell of the same incident, by place, time and text")
    .requiredOption("--reports <REPORTS.csv>", "the reports, any number of rows")
    .requiredOption("--out <LINKS.csv>", "where the links go")
    .option("--json", "print one JSON object instead of text")
    .addHelpText("after", EXAMPLES)
    .action(link);
}

async function link(options: Options, command: Command): Promise<void> {
  const abort = new AbortController();
  const onInterrupt = () => abort.abort();
  process.once("SIGINT", onInterrupt);
  try {
    const rows = await readReports(options.reports, abort.signal);
    const items = rows.flatMap((row) => ("item" in row ? [row.item] : []));
    const linking = await linked(items, options, abort.signal);
    write(resolve(options.out), rows, linking);
    const summary = summaryOf(rows, linking, options.out);
    command.configureOutput().writeOut?.(`${options.json ? JSON.stringify(summary, null, 1) : textOf(summary)}\n`);
  } catch (error) {
    if (abort.signal.aborted) throw new Interrupted();
    throw error;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

/** Ctrl-C is heard between two sweeps. */
async function linked(items: readonly LinkItem[], { json }: Options, signal: AbortSignal): Promise<Linking> {
  const bar = progressOf(items.length, json === true);
  try {
    const steps = linkSteps(items);
    for (;;) {
      const next = steps.next();
      if (next.done) return next.value;
      bar?.setTotal(next.value.of);
      bar?.update(next.value.done);
      await setImmediate();
      signal.throwIfAborted();
    }
  } finally {
    bar?.stop();
  }
}

function progressOf(reports: number, isQuiet: boolean): SingleBar | undefined {
  if (isQuiet) return undefined;
  if (!process.stderr.isTTY) {
    process.stderr.write(`linking ${counted(reports, "report")}\n`);
    return undefined;
  }
  const format = `linking ${counted(reports, "report")} {bar} sweep {value}/{total}`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true });
  bar.start(1, 0);
  return bar;
}

function write(out: string, rows: readonly ReportRow[], { of, confidence01 }: Linking): void {
  const file = new WholeFile(out);
  try {
    file.line("id,incident,confidence");
    let at = 0;
    for (const row of rows) {
      if ("refused" in row) file.line(`${cell(row.id)},,`);
      else {
        file.line(`${cell(row.id)},i${(of[at] as number) + 1},${(confidence01[at] as number).toFixed(4)}`);
        at++;
      }
    }
    file.keep();
  } catch (error) {
    file.drop();
    throw error;
  }
}

const MOST_TOLD = 20;

function summaryOf(rows: readonly ReportRow[], { incidents, confidence01, model }: Linking, out: string) {
  const refused = rows.flatMap((row) =>
    "refused" in row ? [{ id: row.id, line: row.line, reason: row.refused }] : [],
  );
  const largest = incidents.reduce(
    (most, one) => (one.members.length > (most?.members.length ?? 0) ? one : most),
    incidents[0],
  );
  return {
    out,
    rows: rows.length,
    linked: rows.length - refused.length,
    notLinked: refused.length,
    firstNotLinked: refused.slice(0, MOST_TOLD),
    incidents: incidents.length,
    ofOneReport: incidents.filter(({ members }) => members.length === 1).length,
    largest:
      largest === undefined
        ? null
        : { reports: largest.members.length, from: isoOf(largest.when.start), ...largest.where },
    meanConfidence:
      confidence01.length === 0 ? null : confidence01.reduce((sum, c) => sum + c, 0) / confidence01.length,
    learnt: {
      positionErrorKm: model.sigmaKm,
      stepHours: model.stepMs / MS_PER_HOUR,
      delay: [...model.delay],
    },
  };
}

function textOf(summary: ReturnType<typeof summaryOf>): string {
  const { out, rows, linked: done, notLinked, firstNotLinked, incidents, ofOneReport, learnt } = summary;
  const { positionErrorKm, stepHours, delay } = learnt;
  const lines = [
    `${counted(rows, "report")}: ${done} linked to ${counted(incidents, "incident")}, ${ofOneReport} of one report -> ${out}`,
    `learnt: places are off by ${positionErrorKm.toFixed(2)} km (one standard deviation, either axis); reports come up to ${(
      (delay.length - 1) * stepHours
    ).toFixed(0)} h late`,
  ];
  for (const { line, id, reason } of firstNotLinked)
    lines.push(`  line ${line}${id === "" ? "" : ` (${id})`}: ${reason}`);
  if (notLinked > firstNotLinked.length) lines.push(`  and ${notLinked - firstNotLinked.length} more`);
  return lines.join("\n");
}
