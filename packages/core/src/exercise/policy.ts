/** Who directs the watch: rules, a search, a net, a program, a person. All are asked the same and answer alike. */
import type { Dice } from "../numerics/dice.ts";
import type { Exercise } from "./exercise.ts";

/** An action of a mover: 0, stay at or go back to the base; 1 and up, go and watch that area. */
export type Actions = Readonly<Record<string, number>>;

/** What an agent knows: its own state and what headquarters knows of each area. Layout: OBSERVED, then AREA_OBSERVED for each area. */
export type Observations = Readonly<Record<string, Float32Array>>;

/** 1: the agent may take that action now. */
export type Masks = Readonly<Record<string, Uint8Array>>;

export interface Turn {
  readonly tMs: number;
  readonly agents: readonly string[];
  readonly areas: readonly string[];
  readonly observations: Observations;
  readonly masks: Masks;
  /** The policy's own: what it throws moves nothing else. */
  readonly dice: Dice;
  /** For a search: a run that goes on from here, all that has not begun drawn anew. */
  readonly imagine: (seed: number) => Exercise;
}

/** An agent that is not named in the answer goes on as it was told. */
export interface Policy {
  readonly id: string;
  choose(turn: Turn): Actions | Promise<Actions>;
}

/** What a policy did wrong: the run ends, with its seed; others go on. */
export class PolicyError extends Error {
  constructor(policy: string, what: string) {
    super(`policy ${policy}: ${what}`);
    this.name = "PolicyError";
  }
}

/** @throws PolicyError with the first action that is none, or not allowed */
export function checkedActions(answer: unknown, { agents, masks }: Turn, policy: string): Actions {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) {
    throw new PolicyError(policy, `expected an action for each agent, found ${said(answer)}`);
  }
  for (const [agent, action] of Object.entries(answer)) {
    const mask = Object.hasOwn(masks, agent) ? masks[agent] : undefined;
    if (mask === undefined) throw new PolicyError(policy, `no agent ${agent}; there are ${agents.length}`);
    if (!(Number.isInteger(action) && action >= 0 && action < mask.length)) {
      throw new PolicyError(
        policy,
        `${agent}: expected a whole number from 0 to ${mask.length - 1}, found ${said(action)}`,
      );
    }
    if (mask[action] !== 1) throw new PolicyError(policy, `${agent}: action ${action} is not allowed now`);
  }
  return answer as Actions;
}

const said = (value: unknown): string => (typeof value === "string" ? `"${value}"` : String(value)).slice(0, 60);

/** Each agent over its areas in turn, as long as each is given: a plan that is written down. */
export interface ScriptLine {
  readonly agent: string;
  /** Indices of areas. */
  readonly areas: readonly number[];
  readonly holdS: number;
}

export function scriptedPolicy(lines: readonly ScriptLine[], startMs: number): Policy {
  const byAgent = new Map(lines.map((line) => [line.agent, line]));
  return {
    id: "scripted",
    choose: ({ tMs, agents, masks }) =>
      Object.fromEntries(
        agents.flatMap((agent): [string, number][] => {
          const line = byAgent.get(agent);
          if (line === undefined || line.areas.length === 0) return [];
          const turn = Math.floor((tMs - startMs) / (1000 * line.holdS)) % line.areas.length;
          const action = 1 + (line.areas[turn] as number);
          return masks[agent]?.[action] === 1 ? [[agent, action]] : [];
        }),
      ),
  };
}

/** Positions in an observation. */
export const OBSERVED = ["left01", "phase", "latitudeDeg", "longitudeDeg", "hourSin", "hourCos", "backlog"] as const;
export const AREA_OBSERVED = ["km", "sinceH", "watchers", "openQuestions", "recent"] as const;
export const observationLength = (areas: number): number => OBSERVED.length + areas * AREA_OBSERVED.length;
export const areaAt = (area: number): number => OBSERVED.length + area * AREA_OBSERVED.length;

/** How much each thing that is known of an area draws an agent there. */
export type Weights = readonly [
  perKm: number,
  perHour: number,
  perWatcher: number,
  perQuestion: number,
  perRecent: number,
];

/** Near, long unwatched, with open questions and fresh reports; two do not go where one is on its way. */
export const HEURISTIC: Weights = [-0.02, 0.25, -6, 2, 0.5];

/** The best area by weights; those that are out already stay while theirs is as good as another. */
export function weighingPolicy(weights: Weights = HEURISTIC, id = "heuristic"): Policy {
  return {
    id,
    choose: ({ agents, masks, observations }) => {
      const sent = new Map<number, number>();
      return Object.fromEntries(
        agents.map((agent): [string, number] => {
          const action = bestAction(observations[agent] as Float32Array, masks[agent] as Uint8Array, weights, sent);
          sent.set(action, (sent.get(action) ?? 0) + 1);
          return [agent, action];
        }),
      );
    },
  };
}

function bestAction(seen: Float32Array, mask: Uint8Array, weights: Weights, sent: ReadonlyMap<number, number>): number {
  let [best, most] = [0, Number.NEGATIVE_INFINITY];
  for (let action = 1; action < mask.length; action++) {
    if (mask[action] !== 1) continue;
    const at = areaAt(action - 1);
    let value = weights[2] * (sent.get(action) ?? 0);
    for (let k = 0; k < weights.length; k++) value += (weights[k] as number) * (seen[at + k] as number);
    if (value > most) [best, most] = [action, value];
  }
  return best;
}

/**
 * Search by rollouts: each of some candidates is tried on imagined futures, the rest of the way by a plain policy, and the one that
 * finds most is taken. All candidates see the same futures.
 */
export function searchingPolicy(
  { candidates, futures, aheadMs }: { candidates: readonly Policy[]; futures: number; aheadMs: number },
  worthOf: (run: Exercise, fromMs: number) => number,
  drive: (run: Exercise, policy: Policy, untilMs: number) => void,
): Policy {
  return {
    id: "search",
    choose: (turn) => {
      const seeds = Array.from({ length: futures }, () => turn.dice.word());
      let [best, most]: [Policy | undefined, number] = [undefined, Number.NEGATIVE_INFINITY];
      for (const candidate of candidates) {
        let worth = 0;
        for (const seed of seeds) {
          const run = turn.imagine(seed);
          drive(run, candidate, turn.tMs + aheadMs);
          worth += worthOf(run, turn.tMs);
        }
        if (worth > most) [best, most] = [candidate, worth];
      }
      return best === undefined ? {} : best.choose(turn);
    },
  };
}

/**
 * A net over observations, one for all agents: an ONNX session behind `infer` (batch x observation to batch x actions; the allowed action of
 * the highest value is taken). Where it runs is the caller's affair: core loads nothing.
 */
export function learnedPolicy(
  infer: (rows: Float32Array, count: number, width: number) => Float32Array | Promise<Float32Array>,
  id = "learned",
): Policy {
  return {
    id,
    choose: async ({ agents, masks, observations }) => {
      const width = observations[agents[0] ?? ""]?.length ?? 0;
      const rows = new Float32Array(agents.length * width);
      agents.forEach((agent, i) => {
        rows.set(observations[agent] as Float32Array, i * width);
      });
      const values = await infer(rows, agents.length, width);
      const actions = masks[agents[0] ?? ""]?.length ?? 0;
      if (values.length !== agents.length * actions || values.some(Number.isNaN)) {
        throw new PolicyError(id, `expected ${agents.length} x ${actions} values, found ${values.length}`);
      }
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
