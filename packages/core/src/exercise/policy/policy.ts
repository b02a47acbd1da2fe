/** Who directs the watch: rules, a search, a net, a program, a person. All are asked the same and answer alike. */
import type { Dice } from "../../numerics/dice.ts";
import type { Exercise } from "../exercise.ts";

/** An action of a mover: 0, stay at or go back to the base; 1 + area x patterns + pattern, go and watch that area on that pattern. */
export type Actions = Readonly<Record<string, number>>;

/** What an agent knows: its own state and what headquarters knows of each area. Layout: OBSERVED, then AREA_OBSERVED for each area. */
export type Observations = Readonly<Record<string, Float32Array>>;

/** 1: the agent may take that action now. */
export type Masks = Readonly<Record<string, Uint8Array>>;

/** A run that goes on from here by itself, for looking ahead. */
export interface Imagined {
  readonly run: Exercise;
  /** @throws PolicyError for a policy that does not answer at once */
  drive(policy: Policy, untilMs: number): void;
}

export interface Turn {
  readonly tMs: number;
  readonly agents: readonly string[];
  /** Which nation each agent is of: the same number, the same nation. */
  readonly nations: Int32Array;
  readonly areas: readonly string[];
  readonly patterns: readonly string[];
  /** Filled anew after the next step but one: whoever keeps them longer takes a copy. */
  readonly observations: Observations;
  readonly masks: Masks;
  /** The policy's own: what it throws moves nothing else. */
  readonly dice: Dice;
  /** For a search: all that has not begun is drawn anew. */
  readonly imagine: (seed: number) => Imagined;
}

/** An agent that is not named in the answer goes on as it was told. */
export interface Policy {
  readonly id: string;
  choose(turn: Turn): Actions | Promise<Actions>;
  /** Ends what it has started. Called once, after the run, however that ended. */
  close?(): void;
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

/** Everybody goes on as told: those that nobody has told stay at their bases. */
export const STAYING: Policy = { id: "stay", choose: () => ({}) };

/** Each agent over its stations in turn, as long as each is given: a plan that is written down. */
export interface ScriptLine {
  readonly agent: string;
  /** Indices: area x patterns + pattern. */
  readonly stations: readonly number[];
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
          if (line === undefined || line.stations.length === 0) return [];
          const turn = Math.floor((tMs - startMs) / (1000 * line.holdS)) % line.stations.length;
          const action = 1 + (line.stations[turn] as number);
          return masks[agent]?.[action] === 1 ? [[agent, action]] : [];
        }),
      ),
  };
}

/** Some agents and who directs them: a person, a program, a rule. */
export interface Role {
  readonly agents: readonly string[];
  readonly policy: Policy;
}

/** Several who direct, each its own agents; whoever has no role of its own is directed by `others`. Each is asked about its own alone. */
export function mixedPolicy(roles: readonly Role[], others: Policy = STAYING): Policy {
  const taken = new Set<string>();
  for (const agent of roles.flatMap(({ agents }) => agents)) {
    if (taken.has(agent)) throw new PolicyError("mixed", `${agent} has two roles`);
    taken.add(agent);
  }
  return {
    id: "mixed",
    choose: (turn) => {
      const missing = [...taken].find((agent) => !turn.agents.includes(agent));
      if (missing !== undefined) throw new PolicyError("mixed", `no agent ${missing}; there are ${turn.agents.length}`);
      const left = turn.agents.filter((agent) => !taken.has(agent));
      const asked = [...roles, { agents: left, policy: others }].filter(({ agents }) => agents.length > 0);
      const answers = asked.map(({ agents, policy }) => answerOf(policy, turnOf(turn, agents)));
      if (!answers.some((answer) => answer instanceof Promise)) return merged(answers as Actions[]);
      return Promise.all(answers).then(merged);
    },
    close: () => {
      for (const { policy } of [...roles, { policy: others }]) policy.close?.();
    },
  };
}

const merged = (answers: readonly Actions[]): Actions => Object.assign({}, ...answers);

function answerOf(policy: Policy, turn: Turn): Actions | Promise<Actions> {
  const answer = policy.choose(turn);
  if (answer instanceof Promise) return answer.then((given) => checkedActions(given, turn, policy.id));
  return checkedActions(answer, turn, policy.id);
}

/** As some of the agents have it. */
function turnOf(turn: Turn, agents: readonly string[]): Turn {
  const pick = <T>(each: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(agents.map((agent) => [agent, each[agent] as T]));
  return {
    ...turn,
    agents,
    nations: Int32Array.from(agents, (agent) => turn.nations[turn.agents.indexOf(agent)] as number),
    observations: pick(turn.observations),
    masks: pick(turn.masks),
  };
}
