/** `vedette exercise`: would this network have noticed? */
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { Exercise } from "@vedette/core/exercise/exercise";
import { PolicyError } from "@vedette/core/exercise/policy/policy";
import { findFaults } from "@vedette/core/exercise/scene";
import { scoreOf } from "@vedette/core/exercise/score/score";
import { canonicalJson, type Json } from "@vedette/core/record/hash";
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import { Command } from "commander";
import { softwareName } from "../engine/version.ts";
import { loadPlan, type Plan } from "../exercise/load.ts";
import { type Campaign, campaignOfOne, playMany, recorded } from "../exercise/monte-carlo.ts";
import { played } from "../exercise/play.ts";
import { assumptionsOf, groupsIn } from "../exercise/report/assumed.ts";
import { type Recorder, recorderOf } from "../exercise/report/record.ts";
import { resultOf, type Told } from "../exercise/report/result-of.ts";
import { sensitivityOf } from "../exercise/report/sensitivity.ts";
import { jsonOf, refuseForeignExercise, writeExercise } from "../exercise/report/write.ts";
import { sceneOf } from "../exercise/scene/scene-of.ts";
import { InputError, UsageError } from "../problem.ts";
import { type Asked, askedOf, commandOf, type Options } from "./exercise-options.ts";
import { watched } from "./exercise-progress.ts";
import { campaignText, replayText } from "./exercise-text.ts";
import { trainCommand } from "./exercise-train.ts";
import { shownText } from "./terminal.ts";

const EXAMPLES = `
Examples:
  $ vedette exercise two-posts --runs 200 --seed 1 --out out/two-posts
  $ vedette exercise truce-summer --runs 20 --vary without-drones --vary half-the-analysts --out out/summer
  $ vedette exercise two-posts --vary my-variant.yaml --until-ci 0.02 --runs 2000
  $ vedette exercise two-posts --replay 2868466484 --log events.jsonl

--out writes report.html, which needs nothing else, and exercise.json. Runs of one seed are the same on any number of threads. With
--vary, all networks run in the same worlds. With --until-ci runs end early, but only after fixed numbers of them (25, 50, 100, ...), with
intervals wide enough for so many looks.`;

export function exerciseCommand(): Command {
  return (
    new Command("exercise")
      .description("simulate a truce many times: the chance that a breach is verified within 24 and 72 hours")
      // Options after `train` are its own.
      .enablePositionalOptions()
      .addCommand(trainCommand())
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
      .option("--out <DIR>", "write report.html and exercise.json there; an earlier output of an exercise is replaced")
      .option(
        "--sensitivity [GROUPS]",
        "then take each group of assumed figures half as large, and half as large again: all, or those whose names begin so (a,b)",
      )
      .option("--sensitivity-runs <N>", "runs for each of those", "10")
      .option(
        "--replay <SEED>",
        "one run, by its own seed, and what became of it (of the last variant, where one is given)",
      )
      .option("--log <FILE>", "with --replay: the run's log, a line of JSON for each event")
      .option("--json", "print JSON: what exercise.json holds")
      .addHelpText("after", EXAMPLES)
      .action(exercise)
  );
}

async function exercise(reference: string, options: Options): Promise<void> {
  const asked = askedOf(options);
  // Before minutes of work, not after.
  if (options.out !== undefined) await refuseForeignExercise(options.out);
  const plans = [await loadPlan(reference)];
  for (const file of options.vary) plans.push(toldApart(await loadPlan(reference, file), file, plans));
  for (const plan of plans) assertBegins(plan);
  const groups = wantedGroups(plans[0] as Plan, asked);
  const told = { command: commandOf(reference, options), software: softwareName() };
  if (asked.replay === undefined) await many(plans, { asked, groups, options, told });
  else await replay(plans.at(-1) as Plan, asked.replay, { options, told });
}

/** Two variants of one title are named by their files too. */
const toldApart = (plan: Plan, file: string, others: readonly Plan[]): Plan =>
  others.some(({ title }) => title === plan.title) ? { ...plan, title: `${plan.title} (${file})` } : plan;

/** Faults of a scene are the file's: said before any thread is started. */
function assertBegins(plan: Plan): void {
  const faults = findFaults(sceneOf(plan));
  if (faults.length > 0) throw new InputError(faults.map((message) => ({ file: plan.id, message })));
}

function wantedGroups(plan: Plan, { sensitivity }: Asked): string[] | undefined {
  if (sensitivity === undefined) return undefined;
  const all = groupsIn(assumptionsOf(plan));
  const stranger = sensitivity.find((start) => !all.some((group) => group.startsWith(start)));
  if (stranger !== undefined)
    throw new UsageError(`--sensitivity ${stranger}: expected the beginning of one of: ${all.join("; ")}`);
  return sensitivity.length === 0 ? all : all.filter((group) => sensitivity.some((start) => group.startsWith(start)));
}

interface Order {
  readonly options: Options;
  readonly told: Pick<Told, "command" | "software">;
}

async function many(
  plans: readonly Plan[],
  { asked, groups, options, told }: Order & { readonly asked: Asked; readonly groups: readonly string[] | undefined },
): Promise<void> {
  const [plan] = plans as [Plan];
  const { runs, seed, untilCi, threads } = asked;
  const order = { seed, ...(threads !== undefined && { threads }) };
  const campaign = await watched(
    `runs of ${plans.length === 1 ? "the network" : `${plans.length} networks`}`,
    (watch) => playMany({ ...order, ...watch, plans, runs, ...(untilCi !== undefined && { untilCi }) }),
  );
  const varied =
    groups === undefined
      ? undefined
      : await watched(`${groups.length} groups of assumed figures`, (watch) =>
          sensitivityOf({ ...order, ...watch, plan, groups, runs: asked.sensitivityRuns }),
        );
  const result = resultOf({
    ...told,
    campaign,
    plans,
    variants: [null, ...options.vary],
    assumed: assumptionsOf(plan),
    ...(untilCi !== undefined && { untilCi }),
    ...(varied !== undefined && { sensitivity: varied }),
  });
  const { out } = options;
  const files = out === undefined ? [] : await written(result, plan, out);
  process.stdout.write(options.json ? jsonOf(result) : shownText(campaignText(campaign, result, files)));
  assertAllEnded(campaign, plan);
}

/** The page with the run that stands for all, played once more. */
async function written(result: ExerciseResult, plan: Plan, outDir: string): Promise<string[]> {
  const { replay: one } = result;
  const recording =
    one === null
      ? undefined
      : await watched("one run again, for the map", ({ signal }) => recorded(plan, { ...one, signal }));
  return writeExercise(result, { plan, outDir, ...(recording !== undefined && { recording }) });
}

function assertAllEnded({ networks }: Campaign, { id }: Plan): void {
  const failed = networks.flatMap((network) => network.failed);
  if (failed.length === 0) return;
  const message = `${failed.length} of the runs ended before their time; --replay SEED shows one`;
  throw new InputError([{ file: id, message }]);
}

async function replay(plan: Plan, seed: number, { options, told }: Order): Promise<void> {
  let recorder: Recorder | undefined;
  const run = await playedOrTold(plan, seed, (begun) => {
    if (options.out !== undefined) recorder = recorderOf(begun);
  });
  if (options.log !== undefined) {
    const lines = run.headquarters.log.events.map((event) => canonicalJson(event as unknown as Json));
    await writeFile(options.log, `${lines.join("\n")}\n`);
  }
  const variants = [options.vary.at(-1) ?? null];
  const campaign = campaignOfOne(plan, scoreOf(run));
  const result = resultOf({ ...told, campaign, plans: [plan], variants, assumed: assumptionsOf(plan) });
  const { out } = options;
  if (out !== undefined && recorder !== undefined)
    await writeExercise(result, { plan, outDir: out, recording: recorder.finish(0) });
  process.stdout.write(options.json ? jsonOf(result) : shownText(replayText(run)));
}

async function playedOrTold(plan: Plan, seed: number, watch: (run: Exercise) => void): Promise<Exercise> {
  try {
    return await played(plan, sceneOf(plan), seed, true, watch);
  } catch (error) {
    // What ends a run among many, ends it here.
    if (!(error instanceof PolicyError || error instanceof RangeError)) throw error;
    throw new InputError([{ file: plan.id, message: `run of seed ${seed}: ${error.message}` }]);
  }
}
