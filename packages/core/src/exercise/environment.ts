/**
 * An exercise as people who train policies know one: Gymnasium's reset and step, for several agents at once as PettingZoo's parallel
 * environments have it. The agents are what moves. Rewards come from the truth; observations do not.
 */
import { kmBetween } from "../motion/chart.ts";
import { Dice } from "../numerics/dice.ts";
import { Exercise, type RunOptions } from "./exercise.ts";
import { AT_BASE, STAY } from "./movers.ts";
import {
  type Actions,
  AREA_OBSERVED,
  areaAt,
  checkedActions,
  type Masks,
  type Observations,
  observationLength,
  type Policy,
  PolicyError,
  type Turn,
} from "./policy.ts";
import type { Scene } from "./scene.ts";

type Each<T> = Readonly<Record<string, T>>;

export interface Info {
  readonly seed: number;
  readonly tMs: number;
  readonly actionMasks: Masks;
}

export interface Reset {
  readonly observations: Observations;
  readonly info: Info;
}

export interface Step {
  readonly observations: Observations;
  /** Breaches that the agent was the first of all to see, and a tenth for each that it saw after another. */
  readonly rewards: Each<number>;
  /** Never: no agent is lost. */
  readonly terminated: Each<boolean>;
  /** The exercise is over. */
  readonly truncated: Each<boolean>;
  readonly info: Info;
}

const MS_PER_HOUR = 3_600_000;
/** What is known of an area: within so far of its middle. */
const AREA_KM = 25;
const RECENT_MS = 6 * MS_PER_HOUR;

export class Environment {
  readonly scene: Scene;
  readonly agents: readonly string[];
  readonly areas: readonly string[];
  #run: Exercise | undefined;
  #dice = new Dice();
  /** When each area was last watched. */
  #watchedMs = new Float64Array(0);
  #rewarded = 0;

  constructor(scene: Scene) {
    this.scene = scene;
    this.agents = scene.entities.flatMap(({ id, mover }) => (mover === undefined ? [] : [id]));
    this.areas = scene.areas.map(({ id }) => id);
  }

  get run(): Exercise {
    if (this.#run === undefined) throw new RangeError("reset before the first step");
    return this.#run;
  }

  reset(seed: number, options: RunOptions = {}): Reset {
    return this.over(new Exercise(this.scene, seed, options));
  }

  /** From a run that has begun: for looking ahead. */
  over(run: Exercise): Reset {
    this.#run = run;
    this.#dice = new Dice(run.seed, "policy", "own");
    this.#watchedMs = new Float64Array(this.areas.length).fill(run.nowMs);
    this.#rewarded = run.senses.reports.members.length;
    return { observations: this.#observations(), info: this.#info() };
  }

  /** All agents at once; whoever is not named goes on as told. @throws PolicyError for an action that is none */
  step(actions: Actions, policy = "given"): Step {
    const { run } = this;
    const { movers } = run;
    checkedActions(actions, this.turn(), policy);
    this.agents.forEach((agent, m) => {
      const action = actions[agent];
      if (action !== undefined) movers.order[m] = action - 1;
    });
    run.advance(run.nowMs + this.scene.decideMs);
    for (let m = 0; m < movers.count; m++) {
      const area = movers.area[m] as number;
      if (movers.phase[m] !== AT_BASE && area !== STAY) this.#watchedMs[area] = run.nowMs;
    }
    const every = <T>(value: T): Each<T> => Object.fromEntries(this.agents.map((agent) => [agent, value]));
    return {
      observations: this.#observations(),
      rewards: this.#rewards(),
      terminated: every(false),
      truncated: every(run.isOver),
      info: this.#info(),
    };
  }

  turn(): Turn {
    const { run } = this;
    return {
      tMs: run.nowMs,
      agents: this.agents,
      areas: this.areas,
      observations: this.#observations(),
      masks: this.#masks(),
      dice: this.#dice,
      imagine: (seed) => run.fork(seed),
    };
  }

  #info(): Info {
    return { seed: this.run.seed, tMs: this.run.nowMs, actionMasks: this.#masks() };
  }

  #masks(): Masks {
    const { movers } = this.run;
    return Object.fromEntries(
      this.agents.map((agent, m) => [
        agent,
        Uint8Array.from({ length: this.areas.length + 1 }, (_, action) =>
          action === 0 || movers.canGo(m, action - 1) ? 1 : 0,
        ),
      ]),
    );
  }

  #observations(): Observations {
    const known = this.#knownOfAreas();
    const { run } = this;
    const { movers, nowMs } = run;
    const hour = ((nowMs % 86_400_000) / 86_400_000) * 2 * Math.PI;
    return Object.fromEntries(
      this.agents.map((agent, m) => {
        const [lat, lon] = [movers.latitudeDeg[m] as number, movers.longitudeDeg[m] as number];
        const out = new Float32Array(observationLength(this.areas.length));
        const backlog = run.headquarters.backlog.waiting;
        out.set([
          movers.left01(m, nowMs),
          movers.phase[m] as number,
          lat,
          lon,
          Math.sin(hour),
          Math.cos(hour),
          backlog,
        ]);
        this.scene.areas.forEach(({ latitudeDeg, longitudeDeg }, a) => {
          out.set(known.subarray(a * AREA_OBSERVED.length, (a + 1) * AREA_OBSERVED.length), areaAt(a));
          out[areaAt(a)] = kmBetween(lat, lon, latitudeDeg, longitudeDeg);
        });
        return [agent, out];
      }),
    );
  }

  /** What headquarters knows of each area: when it was watched, by whom, and which incidents wait there for a second witness. */
  #knownOfAreas(): Float32Array {
    const { run } = this;
    const width = AREA_OBSERVED.length;
    const known = new Float32Array(this.areas.length * width);
    this.#watchedMs.forEach((at, a) => {
      known[a * width + 1] = (run.nowMs - at) / MS_PER_HOUR;
    });
    for (let m = 0; m < run.movers.count; m++) {
      const area = run.movers.area[m] as number;
      if (area !== STAY) known[area * width + 2] = (known[area * width + 2] as number) + 1;
    }
    const questions = run.headquarters.openQuestions(run.nowMs - RECENT_MS);
    for (const { where, isOpen } of questions) {
      this.scene.areas.forEach((area, a) => {
        const km = kmBetween(where.latitudeDeg, where.longitudeDeg, area.latitudeDeg, area.longitudeDeg);
        if (km > AREA_KM) return;
        const at = a * width + (isOpen ? 3 : 4);
        known[at] = (known[at] as number) + 1;
      });
    }
    return known;
  }

  #rewards(): Each<number> {
    const { senses, movers, world } = this.run;
    const rewards = new Map(this.agents.map((agent) => [agent, 0]));
    const { columns, length } = senses.reports.members;
    const { entity } = senses.reports.rows.columns;
    for (; this.#rewarded < length; this.#rewarded++) {
      const cause = columns.cause[this.#rewarded] as number;
      const m = movers.entity.indexOf(entity[columns.report[this.#rewarded] as number] as number);
      if (cause < 0 || m < 0 || world.truth.kinds[world.truth.kind[cause] as number]?.isBreach !== true) continue;
      const first = columns.lookMs[this.#rewarded] === senses.sights.firstSeenMs[cause];
      const agent = this.agents[m] as string;
      rewards.set(agent, (rewards.get(agent) as number) + (first ? 1 : 0.1));
    }
    return Object.fromEntries(rewards);
  }
}

/** To the end, or until then, by a policy that answers at once. @throws PolicyError for one that does not */
export function drive(environment: Environment, policy: Policy, untilMs: number = Number.POSITIVE_INFINITY): void {
  while (!environment.run.isOver && environment.run.nowMs < untilMs) {
    const actions = environment.agents.length === 0 ? {} : policy.choose(environment.turn());
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
    const actions = environment.agents.length === 0 ? {} : await wait(policy.choose(environment.turn()));
    environment.step(actions, policy.id);
  }
}
