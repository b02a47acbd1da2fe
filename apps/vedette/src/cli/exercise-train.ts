/** `vedette exercise train`: a net that directs those who move, trained in an exercise. */
import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { EvolutionOptions } from "@vedette/core/exercise/policy/evolution";
import { NET_LENGTH, stationNetOf } from "@vedette/core/exercise/policy/station-net";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { versionOf } from "../engine/version.ts";
import { loadPlan } from "../exercise/load.ts";
import { stationOnnxOf } from "../exercise/onnx-file.ts";
import { type Trained, train } from "../exercise/train.ts";
import { InputError, Interrupted, UsageError } from "../problem.ts";

interface Options {
  readonly generations: string;
  readonly seed: string;
  readonly out: string;
  readonly pairs: string;
  readonly worlds: string;
  readonly sigma: string;
  readonly rate: string;
  readonly threads: string;
}

/** What decides the outcome: a training goes on only from one of the same. */
interface Recipe extends EvolutionOptions {
  readonly exercise: string;
  readonly worlds: number;
  /** Of the exercise as it was read. */
  readonly exerciseSha256: string;
}

interface Paused {
  readonly kind: "vedette-training";
  readonly recipe: Recipe;
  readonly trained: Trained;
}

const EXAMPLES = `
Examples:
  $ vedette exercise train few-drones --generations 60 --seed 1 --out drones.onnx

After each generation what has been reached is written to FILE.onnx.training.json. After Ctrl-C the same command goes on
from there: the outcome is the same as without the pause, on any number of threads. docs/policies.md says how to use the net.`;

export function trainCommand(): Command {
  return new Command("train")
    .description("train a net that directs those who move, by evolution strategies; writes ONNX and a card beside it")
    .argument("<exercise>", "a shipped exercise's name, or a file of kind exercise")
    .requiredOption("--out <FILE>", "the ONNX file; its card is FILE.json")
    .option("--generations <N>", "in all", "60")
    .option("--seed <S>", "of the tries and of their worlds", "1")
    .option("--pairs <N>", "of tries in each generation", "16")
    .option("--worlds <N>", "that each try runs in", "4")
    .option("--sigma <X>", "standard deviation of a try's throw", "0.25")
    .option("--rate <X>", "length of a step", "0.15")
    .option("--threads <T>", "worker threads", String(availableParallelism()))
    .addHelpText("after", EXAMPLES)
    .action(trained);
}

async function trained(reference: string, options: Options): Promise<void> {
  const generations = whole(options.generations, "--generations", 1, 100_000);
  const plan = await loadPlan(reference);
  const recipe: Recipe = {
    exercise: plan.id,
    exerciseSha256: sha256(JSON.stringify(plan.exercise)),
    seed: whole(options.seed, "--seed", 0, Number.MAX_SAFE_INTEGER),
    pairs: whole(options.pairs, "--pairs", 1, 10_000),
    worlds: whole(options.worlds, "--worlds", 1, 10_000),
    sigma: above0(options.sigma, "--sigma"),
    rate: above0(options.rate, "--rate"),
  };
  const pauseFile = `${options.out}.training.json`;
  const from = await readPaused(pauseFile, recipe);
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort(new Interrupted());
  process.once("SIGINT", onInterrupt);
  const told = progressOf(generations, from);
  const writing: Promise<void>[] = [];
  let last = Promise.resolve();
  try {
    const done = await train({
      ...recipe,
      plan,
      generations,
      threads: whole(options.threads, "--threads", 1, 256),
      signal: abort.signal,
      ...(from !== undefined && { from }),
      onGeneration: (now) => {
        told.show(now);
        const paused: Paused = { kind: "vedette-training", recipe, trained: now };
        last = last.then(() => put(pauseFile, `${JSON.stringify(paused)}\n`));
        writing.push(last);
      },
    });
    await Promise.all(writing);
    await putNet(options.out, recipe, done, generations);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    await Promise.allSettled(writing);
    throw new Interrupted(`interrupted; the same command goes on from ${pauseFile}`);
  } finally {
    process.off("SIGINT", onInterrupt);
    told.end();
  }
  await rm(pauseFile, { force: true });
  process.stdout.write(`${options.out}\n${options.out}.json\n`);
}

async function putNet(
  out: string,
  recipe: Recipe,
  { evolution, history }: Trained,
  generations: number,
): Promise<void> {
  const { exercise, seed, pairs, worlds, sigma, rate, exerciseSha256 } = recipe;
  const command = `vedette exercise train ${exercise} --generations ${generations} --seed ${seed} --pairs ${pairs} --worlds ${worlds} --sigma ${sigma} --rate ${rate} --out FILE.onnx`;
  const bytes = stationOnnxOf(stationNetOf(evolution.values), { exercise, seed: String(seed), vedette: versionOf() });
  const [first, final] = [history[0], history.at(-1)];
  const card = {
    what: "a net that directs those who move in an exercise: see docs/policies.md",
    licence: "Apache-2.0",
    sha256: sha256(bytes),
    numbers: NET_LENGTH,
    trainedBy: "evolution strategies (Salimans et al. 2017, arXiv:1703.03864)",
    exercise,
    exerciseSha256,
    vedette: versionOf(),
    repeat: command,
    runs: 2 * pairs * worlds * evolution.generation,
    score: "share of breaches verified within 24 h, mean over a generation's tries, in its own worlds",
    firstGeneration01: first?.mean01,
    lastGeneration01: final?.mean01,
  };
  await put(out, bytes);
  await put(`${out}.json`, `${JSON.stringify(card, null, 2)}\n`);
}

/** @throws InputError for a file that is of another training */
async function readPaused(file: string, recipe: Recipe): Promise<Trained | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return undefined;
  }
  const other = (message: string): InputError => new InputError([{ file, message }]);
  let paused: Paused;
  try {
    paused = JSON.parse(text) as Paused;
    if (paused.kind !== "vedette-training" || paused.trained.evolution.values.length !== NET_LENGTH) throw 0;
  } catch {
    throw other("expected a training that was paused; take the file away to begin anew");
  }
  for (const [key, value] of Object.entries(recipe)) {
    const found = paused.recipe[key as keyof Recipe];
    if (found !== value) {
      throw other(`a training of another ${key}: expected ${value}, found ${found}; take the file away to begin anew`);
    }
  }
  return paused.trained;
}

interface Told {
  show(now: Trained): void;
  end(): void;
}

/** A bar where a person looks; a line for each tenth where a file does. */
function progressOf(generations: number, from: Trained | undefined): Told {
  const shown = ({ history }: Trained): string => `${(100 * (history.at(-1)?.mean01 ?? 0)).toFixed(1)} %`;
  if (!process.stderr.isTTY) {
    const every = Math.max(1, Math.floor(generations / 10));
    return {
      show: (now) => {
        const { generation } = now.evolution;
        if (generation % every !== 0 && generation !== generations) return;
        process.stderr.write(`generation ${generation} of ${generations}: ${shown(now)} verified within 24 h\n`);
      },
      end: () => {},
    };
  }
  const format = "generation {bar} {value}/{total}, {share} verified within 24 h, {eta_formatted} left";
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true });
  bar.start(generations, from?.evolution.generation ?? 0, { share: "-" });
  return { show: (now) => bar.update(now.evolution.generation, { share: shown(now) }), end: () => bar.stop() };
}

/** Whole or not at all. */
async function put(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

function whole(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${option} ${text}: expected a whole number from ${least} to ${most}`);
  return value;
}

function above0(text: string, option: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1000)) throw new UsageError(`${option} ${text}: expected a number above 0`);
  return value;
}
