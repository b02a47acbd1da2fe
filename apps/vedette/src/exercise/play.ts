/** One run from its seed to its end: played, scored, or ended by its policy with a reason. */
import { driveLater, Environment } from "@vedette/core/exercise/environment";
import type { Exercise } from "@vedette/core/exercise/exercise";
import { PolicyError } from "@vedette/core/exercise/policy";
import type { Scene } from "@vedette/core/exercise/scene";
import { type Score, scoreOf } from "@vedette/core/exercise/score";
import type { Plan } from "./load.ts";
import { policyOf } from "./policies.ts";
import { ProgramPolicy } from "./policy-program.ts";

export type Played =
  | { readonly code: "scored"; readonly score: Score }
  /** The policy's fault, or the scene's: said with the seed, and the other runs go on. */
  | { readonly code: "failed"; readonly seed: number; readonly message: string };

/** @throws whatever is neither the policy's nor the scene's fault */
export async function play(plan: Plan, scene: Scene, seed: number): Promise<Played> {
  try {
    return { code: "scored", score: scoreOf(await played(plan, scene, seed, false)) };
  } catch (error) {
    if (error instanceof PolicyError || error instanceof RangeError)
      return { code: "failed", seed, message: error.message };
    throw error;
  }
}

/** @param keepsLog whether the run's log is kept, to be shown */
export async function played(plan: Plan, scene: Scene, seed: number, keepsLog: boolean): Promise<Exercise> {
  const environment = new Environment(scene);
  environment.reset(seed, { keepsLog });
  if (environment.agents.length === 0) {
    environment.run.advance(Number.POSITIVE_INFINITY);
    return environment.run;
  }
  const policy = policyOf(plan.exercise.policy, scene);
  try {
    await driveLater(environment, policy);
  } finally {
    if (policy instanceof ProgramPolicy) policy.close();
  }
  return environment.run;
}
