/**
 * Runs of exercises: steps of thirty drones that fly, look, report and are read at headquarters (a step is one minute of all thirty); a month of a
 * truce with all its sensors on one core; and pairs of runs of two networks on four threads, with the memory that they take.
 */
import { Exercise } from "@vedette/core/exercise/exercise";
import { STAY } from "@vedette/core/exercise/watch/movers";
import { loadPlan, type Plan } from "../apps/vedette/src/exercise/load.ts";
import { playMany } from "../apps/vedette/src/exercise/monte-carlo.ts";
import { play } from "../apps/vedette/src/exercise/play.ts";
import { sceneOf } from "../apps/vedette/src/exercise/scene/scene-of.ts";
import type { Inputs } from "./inputs.ts";
import { interleaved } from "./measure.ts";
import { type Row, rowsOf, short } from "./table.ts";

/** Minutes of the exercise: all thirty move, and those on station look, in each. */
const STEPS = 30 * 1440;
/** What is asked for: pairs of runs of two networks. */
const PAIRS = 200;
const THREADS = 4;
const LESS = "half-the-analysts";

export async function exerciseRows(inputs: Inputs): Promise<Row[]> {
  return [...(await stepRows(inputs)), ...(await monthRows(inputs)), ...(await pairRows(inputs))];
}

async function stepRows({ seed, rounds }: Inputs): Promise<Row[]> {
  const scene = sceneOf(await loadPlan("thirty-drones"));
  const stepped = await interleaved([{ by: "Vedette", scale: 1, run: () => flown(scene, seed) }], rounds);
  const notes = stepped.map(({ medianS, answer }) => [
    `${short(STEPS / medianS)} steps/s on one core`,
    `${short(answer)} reports`,
  ]);
  return rowsOf("Exercise", `30 drones, ${short(STEPS)} steps of all, headquarters`, stepped, notes);
}

/** The median of some seeds: worlds differ more than runs of one. */
async function monthRows({ seed, size }: Inputs): Promise<Row[]> {
  const plan = await planOf(size.exercise.days);
  const scene = sceneOf(plan);
  let next = seed;
  const contestant = {
    by: "Vedette",
    scale: 1,
    warm: () => void flown(sceneOf({ ...plan, exercise: { ...plan.exercise, days: 1 } }), seed),
    run: () => play(plan, scene, next++),
  };
  const played = await interleaved([contestant], size.exercise.seeds);
  const notes = played.map(({ answer }) => [
    `${short(answer.code === "scored" ? answer.score.events : 0)} events in the log`,
    `seeds ${seed} to ${next - 1}`,
    "one core",
  ]);
  return rowsOf("Truce", `${plan.exercise.days} days, ${scene.entities.length} sensors, one run`, played, notes);
}

async function pairRows({ seed, size }: Inputs): Promise<Row[]> {
  const { days, pairs } = size.exercise;
  const plans = [await planOf(days), await planOf(days, LESS)];
  const rss = { first: 0, last: 0 };
  const onProgress = ({ done }: { readonly done: number }): void => {
    rss.last = process.memoryUsage.rss();
    if (done === 1) rss.first = rss.last;
  };
  const contestant = {
    by: "Vedette",
    scale: PAIRS / pairs,
    ...(pairs < PAIRS && { sample: `extrapolated from ${pairs} of ${PAIRS} pairs` }),
    warm: () => undefined,
    run: () => playMany({ plans, runs: pairs, seed, threads: THREADS, onProgress }),
  };
  const played = await interleaved([contestant], 1);
  const mb = (bytes: number): string => `${short(bytes / 1e6)} MB`;
  const notes = played.map(({ medianS }) => [
    `${short(medianS / 60)} minutes`,
    `memory ${mb(rss.first)} after the first run, ${mb(rss.last)} after the last`,
  ]);
  return rowsOf("Pairs", `${PAIRS} runs of two networks, ${days} days, ${THREADS} threads`, played, notes);
}

async function planOf(days: number, variant?: string): Promise<Plan> {
  const plan = await loadPlan("truce-summer", variant);
  return { ...plan, exercise: { ...plan.exercise, days } };
}

/** Each over the area of its number, or the next that it can reach: a policy's own time is not measured. @returns reports */
function flown(scene: ReturnType<typeof sceneOf>, seed: number): number {
  const run = new Exercise(scene, seed);
  const { movers } = run;
  const { length } = scene.areas;
  for (let m = 0; m < movers.count; m++) {
    const stations = Array.from({ length }, (_, k) => ((m + k) % length) * scene.patterns.length);
    movers.order[m] = stations.find((station) => movers.canGo(m, station)) ?? STAY;
  }
  run.advance(Number.POSITIVE_INFINITY);
  if (run.senses.reports.rows.length === 0) throw new Error("the bench's drones saw nothing");
  return run.senses.reports.rows.length;
}
