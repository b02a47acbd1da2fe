/** The policy that an exercise's file asks for. */
import type { Exercise as Run } from "@vedette/core/exercise/exercise";
import { mixedPolicy, type Policy, PolicyError, STAYING, scriptedPolicy } from "@vedette/core/exercise/policy/policy";
import { HEURISTIC, searchingPolicy, type Weights, weighingPolicy } from "@vedette/core/exercise/policy/rules";
import type { Scene } from "@vedette/core/exercise/scene";
import type { Exercise } from "@vedette/wire/exercise";
import type { Nets } from "./nets.ts";
import { ProgramPolicy } from "./policy-program.ts";

/** Ways to weigh that a search chooses among: as usual; rather where nobody has looked; rather where questions are open. */
const CANDIDATES: readonly Weights[] = [HEURISTIC, [-0.01, 1, -6, 1, 0.2, 0, 0], [-0.05, 0.05, -4, 5, 2, 0, 0]];

type Choice = NonNullable<Exercise["policy"]>;

/** @throws PolicyError for one that cannot begin */
export async function policyOf(choice: Choice | undefined, scene: Scene, nets: Nets = {}): Promise<Policy> {
  switch (choice?.kind) {
    case undefined:
      return weighingPolicy();
    case "heuristic":
      return weighingPolicy(HEURISTIC, "heuristic", patternIn(scene, choice.pattern));
    case "stay":
      return STAYING;
    case "scripted":
      return scripted(choice, scene);
    case "search":
      return searching(choice, scene);
    case "learned": {
      // Loaded only where a policy asks for it: it is large.
      const { onnxPolicy } = await import("./policy-onnx.ts");
      const net = nets[choice.file ?? ""];
      if (net === undefined) throw new PolicyError("learned", `expected the bytes of ${choice.file ?? "its file"}`);
      return onnxPolicy(net);
    }
    case "program":
      return new ProgramPolicy(choice);
    case "mixed":
      return mixed(choice, scene, nets);
  }
}

/** Each way to weigh, on each pattern. */
function searching({ futures, aheadS }: { futures: number; aheadS: number }, { patterns }: Scene): Policy {
  const candidates = CANDIDATES.flatMap((weights, i) =>
    patterns.map((pattern, k) => weighingPolicy(weights, `weights ${i + 1}, ${pattern}`, k)),
  );
  return searchingPolicy({ candidates, futures, aheadMs: 1000 * aheadS }, seenSince);
}

const seenSince = ({ senses }: Run, fromMs: number): number =>
  senses.sights.firstSeenMs.reduce((count, at) => (at >= fromMs ? count + 1 : count), 0);

function scripted(choice: { holdS: number; areas?: string[]; pattern?: string }, scene: Scene): Policy {
  const { areas, patterns, entities, startMs } = scene;
  const ids = areas.map(({ id }) => id);
  const named = (choice.areas ?? ids).map((id) => ids.indexOf(id));
  const first = patternIn(scene, choice.pattern);
  const agents = entities.filter(({ mover }) => mover !== undefined);
  const lines = agents.map(({ id, mover }, i) => {
    const stations = named.flatMap((area) => {
      const own = patterns.map((_, k) => area * patterns.length + ((first + k) % patterns.length));
      return own.filter((station) => mover?.rounds[station] !== undefined).slice(0, 1);
    });
    return {
      agent: id,
      stations: stations.map((_, k) => stations[(k + i) % stations.length] as number),
      holdS: choice.holdS,
    };
  });
  return scriptedPolicy(lines, startMs);
}

function patternIn({ patterns }: Scene, name = patterns[0]): number {
  const index = patterns.indexOf(name ?? "");
  if (index < 0) throw new PolicyError("pattern", `expected one of ${patterns.join(", ")}, found "${name}"`);
  return index;
}

async function mixed(
  { roles, others }: Extract<Choice, { kind: "mixed" }>,
  scene: Scene,
  nets: Nets = {},
): Promise<Policy> {
  const made: Policy[] = [];
  const make = async (choice: Choice): Promise<Policy> => {
    const policy = await policyOf(choice, scene, nets);
    made.push(policy);
    return policy;
  };
  try {
    const each: { agents: readonly string[]; policy: Policy }[] = [];
    for (const { agents, policy } of roles)
      each.push({ agents: agents.flatMap((name) => agentsNamed(name, scene)), policy: await make(policy) });
    return mixedPolicy(each, others === undefined ? STAYING : await make(others));
  } catch (error) {
    for (const policy of made) policy.close?.();
    throw error;
  }
}

/** An agent, or all of a group. @throws PolicyError for a name that nobody has */
function agentsNamed(name: string, { entities }: Scene): string[] {
  const movers = entities.filter(({ mover }) => mover !== undefined);
  const found = movers.filter(({ id, group }) => id === name || group === name).map(({ id }) => id);
  if (found.length > 0) return found;
  const groups = [...new Set(movers.map(({ group }) => group))];
  throw new PolicyError("mixed", `no agent or group "${name}" that moves; groups that do: ${groups.join(", ")}`);
}
