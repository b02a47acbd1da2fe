/** A net over whole observations, one for all agents: the allowed action of the highest value is taken. Where it runs is the caller's affair. */
import { type Policy, PolicyError } from "./policy.ts";

/** Agents x observation to agents x actions. */
export type InferActions = (rows: Float32Array, count: number) => Float32Array | Promise<Float32Array>;

export function observationPolicy(infer: InferActions, id = "learned"): Policy {
  return {
    id,
    choose: async ({ agents, masks, observations }) => {
      const width = observations[agents[0] ?? ""]?.length ?? 0;
      const rows = new Float32Array(agents.length * width);
      agents.forEach((agent, i) => {
        rows.set(observations[agent] as Float32Array, i * width);
      });
      const values = await infer(rows, agents.length);
      const actions = masks[agents[0] ?? ""]?.length ?? 0;
      if (values.length !== agents.length * actions)
        throw new PolicyError(id, `expected ${agents.length} x ${actions} values, found ${values.length}`);
      const odd = values.findIndex(Number.isNaN);
      if (odd >= 0) throw new PolicyError(id, `${agents[Math.floor(odd / actions)]}: expected a number, found NaN`);
      return Object.fromEntries(
        agents.map((agent, i) => [agent, highest(values.subarray(i * actions, (i + 1) * actions), masks[agent])]),
      );
    },
  };
}

function highest(values: Float32Array, mask: Uint8Array | undefined): number {
  let best = 0;
  values.forEach((value, action) => {
    if (mask?.[action] === 1 && (mask[best] !== 1 || value > (values[best] as number))) best = action;
  });
  return best;
}
