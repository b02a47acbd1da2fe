/** The thread's shell: receive, play, send back. */
import { workerData } from "../engine/worker-data.ts";
import type { Plan } from "./load.ts";
import { type Played, play } from "./play.ts";
import { sceneOf } from "./scene/scene-of.ts";

export interface ExerciseData {
  readonly plans: readonly Plan[];
}

const { plans }: ExerciseData = workerData;
const scenes = plans.map(sceneOf);

export interface PlayTask {
  /** Which of the networks. */
  readonly network: number;
  readonly seed: number;
}

export function playTask({ network, seed }: PlayTask): Promise<Played> {
  const [plan, scene] = [plans[network], scenes[network]];
  if (plan === undefined || scene === undefined) throw new RangeError(`no network ${network} of ${plans.length}`);
  return play(plan, scene, seed);
}
