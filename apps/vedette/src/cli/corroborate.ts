/** `vedette corroborate`: how probable claims are, from evidence that is independent of them. */
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { CorroborationModel } from "@vedette/core/verify/model";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { blindKinds } from "../corroborate/blind.ts";
import { type ClaimRow, readClaims } from "../corroborate/claims-file.ts";
import { type FeedsFolder, readFeedsFolder } from "../corroborate/feeds-folder.ts";
import { readModel } from "../corroborate/model-file.ts";
import { SCORE_COLUMNS, scoreLine, scorer, WholeFile } from "../corroborate/score-claims.ts";
import { Interrupted, UsageError } from "../problem.ts";
import { readEvidenceSources, SHIPPED_SOURCES } from "../scenario/evidence-sources.ts";
import { readTaxonomy } from "../scenario/taxonomy.ts";
import { counted } from "../scenario/words.ts";

interface Options {
  readonly claims: string;
  readonly feeds: string;
  readonly out: string;
  readonly prior: string;
  readonly model?: string;
  readonly sources?: readonly string[];
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ vedette corroborate --claims claims.csv --feeds data --out scores.csv
  $ vedette corroborate --claims claims.csv --feeds data --out scores.csv --prior 0.2

CLAIMS.csv: id,latitude,longitude,date[,time][,kind][,source][,url][,text], columns in any order. Dates, and times without
Z or an offset, are Ukraine's (Europe/Kyiv). kind: of the taxonomy; any other word is taken as unknown. source, url, text:
what the claim was made of, where known; where not, every report of its place within a day is taken for its own.

DIR: any of firms/, alerts/, news/, places/. What is missing, or does not cover a day, is unknown: it leaves the
probability where it is, and the reasons say so. Any other sensor or source comes in by detections/: CSV with
source,latitude,longitude,date[,time][,seen][,reach_km]; source is the id of its table (data/sources, --sources), whose
rates weigh it; seen: no is a look that saw nothing, as far as reach_km. A new sensor needs a table, and no code.

SCORES.csv, a row for each row, in their order: id, probability (for the prior), log_likelihood_ratio (natural; the prior
is not in it), observed (seen, not-seen, unknown: heat near by that no furnace explains), observable (the chance that a true
event would have shown as heat beyond the usual; unknown where the sky is), reasons. A row that makes no sense keeps its
place, without a probability, and its reason says why.`;

export function corroborateCommand(): Command {
  return new Command("corroborate")
    .description("weigh claims against heat, alerts and news that are independent of them")
    .requiredOption("--claims <CLAIMS.csv>", "the claims, any number of rows")
    .requiredOption("--feeds <DIR>", "a folder with any of firms/, alerts/, news/, places/")
    .requiredOption("--out <SCORES.csv>", "where the scores go")
    .option("--prior <P>", "how probable a claim is before any evidence, above 0 and below 1", "0.5")
    .option("--model <MODEL.yaml>", "weights other than the shipped ones")
    .option("--sources <DIR...>", "tables of more sources, or in place of shipped ones of the same id")
    .option("--json", "print one JSON object instead of text")
    .addHelpText("after", EXAMPLES)
    .action(corroborate);
}

async function corroborate(options: Options, command: Command): Promise<void> {
  const prior01 = priorOf(options.prior);
  const model = await readModel(options.model === undefined ? undefined : resolve(options.model));
  const abort = new AbortController();
  const onInterrupt = () => abort.abort();
  process.once("SIGINT", onInterrupt);
  try {
    const summary = await scoreAll(options, { model, prior01, signal: abort.signal });
    const text = options.json ? JSON.stringify(summary, null, 1) : textOf(summary);
    command.configureOutput().writeOut?.(`${text}\n`);
  } catch (error) {
    if (abort.signal.aborted) throw new Interrupted();
    throw error;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

function priorOf(text: string): number {
  const prior = text.trim() === "" ? Number.NaN : Number(text);
  if (prior > 0 && prior < 1) return prior;
  throw new UsageError(`--prior ${text}: expected a probability above 0 and below 1`);
}

interface Setting {
  readonly model: CorroborationModel;
  readonly prior01: number;
  readonly signal: AbortSignal;
}

async function scoreAll(options: Options, { model, prior01, signal }: Setting) {
  const rows: ClaimRow[] = [];
  await readClaims(options.claims, (row) => rows.push(row), signal);
  const folders = [SHIPPED_SOURCES, ...(options.sources ?? [])];
  const sources = await readEvidenceSources(folders);
  const blindTo = blindKinds(sources, await readTaxonomy());
  const onPhase = (feed: string): void => {
    process.stderr.write(`reading ${feed}\n`);
  };
  const folder = await readFeedsFolder(options.feeds, {
    model,
    sources,
    blindTo,
    signal,
    ...(!options.json && { onPhase }),
  });
  const score = scorer(folder.feeds, model, prior01);
  const file = new WholeFile(resolve(options.out));
  const bar = progressOf(rows.length, options.json === true);
  try {
    file.line(SCORE_COLUMNS);
    for (const [i, row] of rows.entries()) {
      file.line(scoreLine(row, score, model));
      if (i % 100 !== 0) continue;
      bar?.update(i);
      await setImmediate();
      signal.throwIfAborted();
    }
    file.keep();
  } catch (error) {
    file.drop();
    throw error;
  } finally {
    bar?.stop();
  }
  return summaryOf(rows, folder, { ...options, model, prior01 });
}

function progressOf(total: number, isQuiet: boolean): SingleBar | undefined {
  if (isQuiet) return undefined;
  if (!process.stderr.isTTY) {
    process.stderr.write(`weighing ${counted(total, "claim")}\n`);
    return undefined;
  }
  const bar = new SingleBar({
    format: "weighing claims {bar} {value}/{total}",
    stream: process.stderr,
    hideCursor: true,
  });
  bar.start(total, 0);
  return bar;
}

const MOST_TOLD = 20;

function summaryOf(
  rows: readonly ClaimRow[],
  { notes }: FeedsFolder,
  { out, prior01, model }: { readonly out: string; readonly prior01: number; readonly model: CorroborationModel },
) {
  const refused = rows.flatMap((row) =>
    "refused" in row ? [{ id: row.id, line: row.line, reason: row.refused }] : [],
  );
  return {
    out,
    prior: prior01,
    model: `${model.id} ${model.version}`,
    rows: rows.length,
    scored: rows.length - refused.length,
    notScored: refused.length,
    firstNotScored: refused.slice(0, MOST_TOLD),
    feeds: notes.files.map(({ isPassedOver, ...note }) => ({ ...note, ...(isPassedOver && { passedOver: true }) })),
    missing: notes.missing,
  };
}

function textOf({
  out,
  prior,
  model,
  rows,
  scored,
  notScored,
  firstNotScored,
  feeds,
  missing,
}: ReturnType<typeof summaryOf>): string {
  const lines = [
    `${counted(rows, "claim")}: ${scored} scored, ${notScored} not; prior ${prior}, model ${model} -> ${out}`,
  ];
  for (const { line, id, reason } of firstNotScored)
    lines.push(`  line ${line}${id === "" ? "" : ` (${id})`}: ${reason}`);
  if (notScored > firstNotScored.length) lines.push(`  and ${notScored - firstNotScored.length} more`);
  for (const { feed, file, refused, firstRefused } of feeds)
    if (refused > 0)
      lines.push(`${feed}/${file}: ${counted(refused, "row")} left out, the first in line ${firstRefused}`);
  for (const feed of missing) lines.push(`${feed}: missing, so unknown`);
  return lines.join("\n");
}
