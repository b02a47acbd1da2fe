/** One run from its seed to its end: played, scored, or ended by its policy with a reason. */

import type { Exercise } from "@vedette/core/exercise/exercise";
import { driveLater, Environment } from "@vedette/core/exercise/policy/environment";
import { type Actions, PolicyError } from "@vedette/core/exercise/policy/policy";
import type { Scene } from "@vedette/core/exercise/scene";
import { type Score, scoreOf } from "@vedette/core/exercise/score/score";
import type { Plan } from "./load.ts";
import { policyOf } from "./policies.ts";

export type Played =
  | { readonly code: "scored"; readonly score: Score }
  /** The policy's fault, or the scene's: said with the seed, and the other runs go on. */
  | { readonly code: "failed"; readonly seed: number; readonly message: string };

/** @throws whatever is neither the policy's nor the scene's fault, with the run's seed */
export async function play(plan: Plan, scene: Scene, seed: number): Promise<Played> {
  try {
    return { code: "scored", score: scoreOf(await played(plan, scene, seed, false)) };
  } catch (error) {
    if (error instanceof PolicyError || error instanceof RangeError)
      return { code: "failed", seed, message: error.message };
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`in the run of seed ${seed}: ${what}`);
  }
}

/** @param keepsLog whether the run's log is kept, to be shown @param watch told of the run before its first step */
export async function played(
  plan: Plan,
  scene: Scene,
  seed: number,
  keepsLog: boolean,
  watch?: (run: Exercise) => void,
): Promise<Exercise> {
  const environment = new Environment(scene);
  environment.reset(seed, { keepsLog });
  watch?.(environment.run);
  if (environment.agents.length === 0) {
    environment.run.advance(Number.POSITIVE_INFINITY);
    return environment.run;
  }
  const policy = await policyOf(plan.exercise.policy, scene, plan.nets);
  try {
    await driveLater(environment, policy, (answer) => answeredWithin(policy.id, answer, ANSWER_WITHIN_MS));
  } finally {
    policy.close?.();
  }
  return environment.run;
}

/** For whoever has no bound of its own that is shorter. */
const ANSWER_WITHIN_MS = 60_000;

/** @throws PolicyError when nothing comes in time. What answers at once is not asked for the time. */
export function answeredWithin(
  id: string,
  answer: Actions | Promise<Actions>,
  withinMs: number,
): Actions | Promise<Actions> {
  if (!(answer instanceof Promise)) return answer;
  return new Promise((answered, failed) => {
    const late = (): void => failed(new PolicyError(id, `no answer within ${withinMs / 1000} s`));
    const timer = setTimeout(late, withinMs);
    answer.then(answered, failed).finally(() => clearTimeout(timer));
  });
}
