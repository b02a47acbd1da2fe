/** The thread's shell of a training: a net's numbers and seeds in, what each run was worth out. */
import { drive, Environment } from "@vedette/core/exercise/policy/environment";
import { inferBy, stationNetOf, stationPolicy } from "@vedette/core/exercise/policy/station-net";
import { type Score, scoreOf } from "@vedette/core/exercise/score/score";
import { workerData } from "../engine/worker-data.ts";
import type { Plan } from "./load.ts";
import { sceneOf } from "./scene/scene-of.ts";

export interface TrainData {
  readonly plan: Plan;
}

const { plan }: TrainData = workerData;
const scene = sceneOf(plan);

export interface TryTask {
  readonly values: Float64Array;
  readonly seed: number;
}

export function tryTask({ values, seed }: TryTask): number {
  const environment = new Environment(scene);
  environment.reset(seed);
  drive(environment, stationPolicy(inferBy(stationNetOf(values))));
  return verified01(scoreOf(environment.run));
}

/** Share of the breaches that were verified within 24 hours: the headline itself. */
function verified01({ rows }: Score): number {
  let [counted, verified] = [0, 0];
  for (const row of rows) {
    counted += row.counted[0] as number;
    verified += row.verified[0] as number;
  }
  return counted === 0 ? 0 : verified / counted;
}
