/** The thread's shell: receive, play, send back. */
import type { Scene } from "@vedette/core/exercise/scene";
import { workerData } from "../engine/worker-data.ts";
import type { Recording } from "../report/replay-packed.ts";
import type { Plan } from "./load.ts";
import { type Played, play, played } from "./play.ts";
import { type Recorder, recorderOf } from "./report/record.ts";
import { sceneOf } from "./scene/scene-of.ts";

export interface ExerciseData {
  readonly plans: readonly Plan[];
}

const { plans }: ExerciseData = workerData;
/** Made when they are first asked for: a thread may meet few of many. */
const scenes = new Map<number, Scene>();

export interface PlayTask {
  /** Which of the networks. */
  readonly network: number;
  readonly seed: number;
}

export function playTask({ network, seed }: PlayTask): Promise<Played> {
  const { plan, scene } = networkOf(network);
  return play(plan, scene, seed);
}

export interface RecordTask extends PlayTask {
  readonly run: number;
}

/** @throws PolicyError where the policy ends the run */
export async function recordTask({ network, seed, run }: RecordTask): Promise<Recording> {
  const { plan, scene } = networkOf(network);
  let recorder: Recorder | undefined;
  await played(plan, scene, seed, false, (begun) => {
    recorder = recorderOf(begun);
  });
  return (recorder as Recorder).finish(run);
}

function networkOf(network: number): { readonly plan: Plan; readonly scene: Scene } {
  const plan = plans[network];
  if (plan === undefined) throw new RangeError(`no network ${network} of ${plans.length}`);
  const scene = scenes.get(network) ?? sceneOf(plan);
  scenes.set(network, scene);
  return { plan, scene };
}
