/** The policy that an exercise's file asks for. */
import { drive, Environment } from "@vedette/core/exercise/environment";
import type { Exercise as Run } from "@vedette/core/exercise/exercise";
import {
  HEURISTIC,
  type Policy,
  scriptedPolicy,
  searchingPolicy,
  type Weights,
  weighingPolicy,
} from "@vedette/core/exercise/policy";
import type { Scene } from "@vedette/core/exercise/scene";
import type { Exercise } from "@vedette/wire/exercise";
import { ProgramPolicy } from "./policy-program.ts";

/** Ways to weigh that a search chooses among: as usual; rather where nobody has looked; rather where questions are open. */
const CANDIDATES: readonly Weights[] = [HEURISTIC, [-0.01, 1, -6, 1, 0.2], [-0.05, 0.05, -4, 5, 2]];

export function policyOf(choice: Exercise["policy"], scene: Scene): Policy {
  switch (choice?.kind) {
    case undefined:
    case "heuristic":
      return weighingPolicy();
    case "stay":
      return { id: "stay", choose: () => ({}) };
    case "scripted":
      return scripted(choice, scene);
    case "search":
      return searchingPolicy(
        {
          candidates: CANDIDATES.map((weights, i) => weighingPolicy(weights, `weights ${i + 1}`)),
          futures: choice.futures,
          aheadMs: 1000 * choice.aheadS,
        },
        seenSince,
        (run, policy, untilMs) => {
          const environment = new Environment(run.scene);
          environment.over(run);
          drive(environment, policy, untilMs);
        },
      );
    case "program":
      return new ProgramPolicy(choice);
  }
}

const seenSince = ({ senses }: Run, fromMs: number): number =>
  senses.sights.firstSeenMs.reduce((count, at) => (at >= fromMs ? count + 1 : count), 0);

function scripted(choice: { holdS: number; areas?: string[] }, scene: Scene): Policy {
  const ids = scene.areas.map(({ id }) => id);
  const named = (choice.areas ?? ids).map((id) => ids.indexOf(id));
  const agents = scene.entities.filter(({ mover }) => mover !== undefined);
  const lines = agents.map(({ id, mover }, i) => {
    const own = named.filter((area) => mover?.rounds[area] !== undefined);
    const turned = own.map((_, k) => own[(k + i) % own.length] as number);
    return { agent: id, areas: turned, holdS: choice.holdS };
  });
  return scriptedPolicy(lines, scene.startMs);
}
