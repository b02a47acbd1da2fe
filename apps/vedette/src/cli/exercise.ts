/** `vedette exercise`: would this network have noticed? */
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { PolicyError } from "@vedette/core/exercise/policy";
import { findFaults } from "@vedette/core/exercise/scene";
import { scoreOf } from "@vedette/core/exercise/score";
import { canonicalJson, type Json } from "@vedette/core/record/hash";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { loadPlan, type Plan } from "../exercise/load.ts";
import { type Campaign, playMany } from "../exercise/monte-carlo.ts";
import { played } from "../exercise/play.ts";
import { sceneOf } from "../exercise/scene/scene-of.ts";
import { InputError, Interrupted, UsageError } from "../problem.ts";
import { campaignText, replayText } from "./exercise-text.ts";

interface Options {
  readonly runs: string;
  readonly seed: string;
  readonly vary: readonly string[];
  readonly untilCi?: string;
  readonly threads?: string;
  readonly replay?: string;
  readonly out?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ vedette exercise two-posts --runs 200 --seed 1
  $ vedette exercise truce-summer --runs 20 --vary without-drones --vary half-the-analysts
  $ vedette exercise two-posts --vary my-variant.yaml --until-ci 0.02 --runs 2000
  $ vedette exercise two-posts --replay 2868466484 --out events.jsonl

Runs of one seed are the same on any number of threads. With --vary, both networks run in the same worlds. With --until-ci runs end
early, but only after fixed numbers of them (25, 50, 100, ...), with intervals wide enough for so many looks.`;

export function exerciseCommand(): Command {
  return new Command("exercise")
    .description("simulate a truce many times: the chance that a breach is verified within 24 and 72 hours")
    .argument("<exercise>", "a shipped exercise's name, or a file of kind exercise")
    .option("--runs <N>", "how many, at most", "100")
    .option("--seed <S>", "of all runs", "1")
    .option(
      "--vary <FILE>",
      "a variant (a shipped one's name, or a file), compared over the same worlds; may be repeated",
      (file: string, all: string[]) => [...all, file],
      [],
    )
    .option("--until-ci <HALF>", "enough once the headline is known within it either way, e.g. 0.02")
    .option("--threads <N>", `worker threads (default: one per core, here ${availableParallelism()})`)
    .option("--replay <SEED>", "one run, by its own seed, and what became of it")
    .option("--out <FILE>", "with --replay: the run's log, a line of JSON for each event")
    .option("--json", "print JSON")
    .addHelpText("after", EXAMPLES)
    .action(exercise);
}

async function exercise(reference: string, options: Options): Promise<void> {
  const runs = whole(options.runs, "--runs", 1, 1_000_000);
  const seed = whole(options.seed, "--seed", 0, Number.MAX_SAFE_INTEGER);
  const untilCi = options.untilCi === undefined ? undefined : halfWidth(options.untilCi);
  const threads = options.threads === undefined ? undefined : whole(options.threads, "--threads", 1, 256);
  if (options.out !== undefined && options.replay === undefined) throw new UsageError("--out: only with --replay");
  const plans = [await loadPlan(reference)];
  for (const file of options.vary) plans.push(await loadPlan(reference, file));
  for (const plan of plans) assertBegins(plan);
  if (options.replay !== undefined) {
    const own = whole(options.replay, "--replay", 0, Number.MAX_SAFE_INTEGER);
    await replay(plans.at(-1) as Plan, own, options);
    return;
  }
  const campaign = await watched(plans, {
    runs,
    seed,
    ...(untilCi !== undefined && { untilCi }),
    ...(threads !== undefined && { threads }),
  });
  process.stdout.write(options.json ? `${JSON.stringify(campaign, null, 2)}\n` : campaignText(campaign));
  const failed = campaign.networks.flatMap((network) => network.failed);
  if (failed.length > 0)
    throw new InputError([
      { file: reference, message: `${failed.length} of the runs ended before their time; --replay SEED shows one` },
    ]);
}

/** Faults of a scene are the file's: said before any thread is started. */
function assertBegins(plan: Plan): void {
  const faults = findFaults(sceneOf(plan));
  if (faults.length > 0) throw new InputError(faults.map((message) => ({ file: plan.id, message })));
}

async function watched(
  plans: readonly Plan[],
  order: { runs: number; seed: number; untilCi?: number; threads?: number },
): Promise<Campaign> {
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort(new Interrupted());
  process.once("SIGINT", onInterrupt);
  const bar = process.stderr.isTTY
    ? new SingleBar({ format: "runs {bar} {value}/{total}", stream: process.stderr, hideCursor: true })
    : undefined;
  bar?.start(order.runs * plans.length, 0);
  try {
    return await playMany({ ...order, plans, signal: abort.signal, onProgress: (done) => bar?.update(done) });
  } catch (error) {
    throw abort.signal.aborted ? new Interrupted() : error;
  } finally {
    process.off("SIGINT", onInterrupt);
    bar?.stop();
  }
}

async function replay(plan: Plan, seed: number, { out, json }: Options): Promise<void> {
  try {
    const run = await played(plan, sceneOf(plan), seed, true);
    if (out !== undefined) {
      const lines = run.headquarters.log.events.map((event) => canonicalJson(event as unknown as Json));
      await writeFile(out, `${lines.join("\n")}\n`);
    }
    process.stdout.write(json ? `${JSON.stringify(scoreOf(run), null, 2)}\n` : replayText(run));
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new InputError([{ file: plan.id, message: `run of seed ${seed}: ${error.message}` }]);
  }
}

function whole(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${option} ${text}: expected a whole number from ${least} to ${most}`);
  return value;
}

function halfWidth(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 0.5)) throw new UsageError(`--until-ci ${text}: expected a number between 0 and 0.5`);
  return value;
}
