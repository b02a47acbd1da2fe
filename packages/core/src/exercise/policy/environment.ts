/**
 * An exercise as people who train policies know one: Gymnasium's reset and step, for several agents at once as PettingZoo's parallel
 * environments have it. The agents are what moves. Rewards come from the truth; observations do not.
 */
import { Dice } from "../../numerics/dice.ts";
import { Exercise, type RunOptions } from "../exercise.ts";
import type { Scene } from "../scene.ts";
import { Observer, type Seen } from "./observing.ts";
import {
  type Actions,
  checkedActions,
  type Masks,
  type Observations,
  type Policy,
  PolicyError,
  type Turn,
} from "./policy.ts";

type Each<T> = Readonly<Record<string, T>>;

export interface Info {
  readonly seed: number;
  readonly tMs: number;
  readonly actionMasks: Masks;
}

export interface Reset {
  /** Columns that are filled anew after the next step but one: whoever keeps them longer takes a copy. */
  readonly observations: Observations;
  readonly info: Info;
}

export interface Step extends Reset {
  /** Breaches that the agent was the first of all to see, and a tenth for each that it saw after another. */
  readonly rewards: Each<number>;
  /** Never: no agent is lost. */
  readonly terminated: Each<boolean>;
  /** The exercise is over. */
  readonly truncated: Each<boolean>;
}

/** Of a breach that another had seen before. */
const SEEN_AGAIN = 0.1;

export class Environment {
  readonly scene: Scene;
  readonly agents: readonly string[];
  readonly areas: readonly string[];
  readonly patterns: readonly string[];
  #run: Exercise | undefined;
  #observer: Observer | undefined;
  #dice = new Dice();
  /** Asked for several times between two steps, and the same. */
  #seen: Seen | undefined;
  #rewarded = 0;
  /** Index of the agent that an entity is; -1: it does not move. */
  #agentOf = new Int32Array(0);

  constructor(scene: Scene) {
    this.scene = scene;
    this.agents = scene.entities.flatMap(({ id, mover }) => (mover === undefined ? [] : [id]));
    this.areas = scene.areas.map(({ id }) => id);
    this.patterns = scene.patterns;
  }

  get run(): Exercise {
    if (this.#run === undefined) throw new RangeError("reset before the first step");
    return this.#run;
  }

  reset(seed: number, options: RunOptions = {}): Reset {
    return this.#over(new Exercise(this.scene, seed, options));
  }

  #over(run: Exercise, watchedMs?: Float64Array): Reset {
    this.#run = run;
    this.#observer = new Observer(run, this.agents, watchedMs);
    this.#seen = undefined;
    this.#dice = new Dice(run.seed, "policy", "own");
    this.#rewarded = run.senses.reports.members.length;
    this.#agentOf = new Int32Array(this.scene.entities.length).fill(-1);
    run.movers.entity.forEach((entity, m) => {
      this.#agentOf[entity] = m;
    });
    return this.#reset();
  }

  /** All agents at once; whoever is not named goes on as told. @throws PolicyError for an action that is none */
  step(actions: Actions, policy = "given"): Step {
    const { run, agents } = this;
    const { movers } = run;
    checkedActions(actions, this.turn(), policy);
    agents.forEach((agent, m) => {
      const action = actions[agent];
      if (action !== undefined) movers.order[m] = action - 1;
    });
    run.advance(run.nowMs + this.scene.decideMs);
    this.#observer?.note();
    this.#seen = undefined;
    const every = <T>(value: T): Each<T> => Object.fromEntries(agents.map((agent) => [agent, value]));
    return { ...this.#reset(), rewards: this.#rewards(), terminated: every(false), truncated: every(run.isOver) };
  }

  turn(): Turn {
    const { run, agents, areas, patterns } = this;
    const { observations, masks } = this.#look();
    const nations = (this.#observer as Observer).nations;
    const imagine: Turn["imagine"] = (seed) => {
      const other = new Environment(this.scene);
      other.#over(run.fork(seed), this.#observer?.watchedMs);
      return { run: other.run, drive: (policy, untilMs) => drive(other, policy, untilMs) };
    };
    return { tMs: run.nowMs, agents, nations, areas, patterns, observations, masks, dice: this.#dice, imagine };
  }

  #look(): Seen {
    this.#seen ??= (this.#observer as Observer).look();
    return this.#seen;
  }

  #reset(): Reset {
    const { observations, masks } = this.#look();
    return { observations, info: { seed: this.run.seed, tMs: this.run.nowMs, actionMasks: masks } };
  }

  #rewards(): Each<number> {
    const { senses, world } = this.run;
    const rewards = new Float64Array(this.agents.length);
    const { columns, length } = senses.reports.members;
    const { entity } = senses.reports.rows.columns;
    for (; this.#rewarded < length; this.#rewarded++) {
      const cause = columns.cause[this.#rewarded] as number;
      const m = this.#agentOf[entity[columns.report[this.#rewarded] as number] as number] as number;
      if (cause < 0 || m < 0 || world.truth.kinds[world.truth.kind[cause] as number]?.isBreach !== true) continue;
      const first = columns.lookMs[this.#rewarded] === senses.sights.firstSeenMs[cause];
      rewards[m] = (rewards[m] as number) + (first ? 1 : SEEN_AGAIN);
    }
    return Object.fromEntries(this.agents.map((agent, m) => [agent, rewards[m] as number]));
  }
}

/** To the end, or until then, by a policy that answers at once. @throws PolicyError for one that throws or does not */
export function drive(environment: Environment, policy: Policy, untilMs: number = Number.POSITIVE_INFINITY): void {
  while (!environment.run.isOver && environment.run.nowMs < untilMs) {
    const actions = environment.agents.length === 0 ? {} : askedOf(policy, environment);
    if (actions instanceof Promise) throw new PolicyError(policy.id, "answers later, where it must answer at once");
    environment.step(actions, policy.id);
  }
}

/** The same by one that may take its time. How long it may is the caller's affair. */
export async function driveLater(
  environment: Environment,
  policy: Policy,
  wait: (answer: Actions | Promise<Actions>) => Actions | Promise<Actions> = (answer) => answer,
): Promise<void> {
  while (!environment.run.isOver) {
    let actions: Actions = {};
    if (environment.agents.length > 0) {
      const answer = askedOf(policy, environment);
      actions = answer instanceof Promise ? await wait(answer.catch(failing(policy))) : answer;
    }
    environment.step(actions, policy.id);
  }
}

function askedOf(policy: Policy, environment: Environment): Actions | Promise<Actions> {
  try {
    return policy.choose(environment.turn());
  } catch (error) {
    return failing(policy)(error);
  }
}

/** What a policy throws is its own fault, and ends its run alone. */
const failing =
  ({ id }: Policy) =>
  (error: unknown): never => {
    if (error instanceof PolicyError) throw error;
    throw new PolicyError(id, `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
  };
