/**
 * A small net that says what each area is worth to each agent: the same net for all agents and areas, so that it fits any number of
 * either and does not care for their order. Two go where their sum is worth most, one after the other, each counting those before it.
 *
 * All its numbers are whole and small (inputs and weights of 8 bits, sums below 2^24), so that 32-bit floats hold every one of them
 * exactly: it says the same to the last bit here, in ONNX Runtime and on every processor, however sums are ordered there.
 */

import { AT_BASE, ON_STATION } from "../watch/movers.ts";
import { AREA_OBSERVED, areaAt, OBSERVED } from "./observing.ts";
import { type Actions, type Policy, PolicyError, type Turn } from "./policy.ts";
import { allowedAt } from "./rules.ts";

/** Of an agent and an area, or of an agent and its base (then what is known of areas is 0). In sixteenths, -128 to 127. */
export const STATION_FEATURES = [
  "one",
  "isBase",
  "km20",
  "logSinceH",
  "own",
  "logOpenQuestions",
  "logRecent",
  "left01",
  "atBase",
  "onStation",
  "hourSin",
  "hourCos",
  "logBacklog",
] as const;

/** Worth by itself; for each of the agent's nation that is there; with one of another there; for each further one of another. */
export const STATION_WORTHS = ["alone", "perKin", "withOther", "perFurtherOther"] as const;

export const FEATURES: number = STATION_FEATURES.length;
export const WORTHS: number = STATION_WORTHS.length;
export const HIDDEN = 8;
export const HIDDEN_MOST = 255;
/** One step of inputs and weights. */
export const STEP: number = 1 / 16;
const MOST = 127;

/** Numbers that are trained: straight through (features x worths), in (features x hidden), out (hidden x worths), each row by row. */
export const NET_LENGTH: number = FEATURES * WORTHS + FEATURES * HIDDEN + HIDDEN * WORTHS;

/** In steps: whole numbers from -127 to 127. */
export interface StationNet {
  readonly straight: Float32Array;
  readonly inward: Float32Array;
  readonly outward: Float32Array;
}

/** @param values NET_LENGTH of them, any real numbers: rounded to steps */
export function stationNetOf(values: ArrayLike<number>): StationNet {
  if (values.length !== NET_LENGTH) throw new RangeError(`expected ${NET_LENGTH} values, found ${values.length}`);
  const steps = Float32Array.from(values, (value) => Math.max(-MOST, Math.min(MOST, Math.round(value / STEP))));
  const [a, b] = [FEATURES * WORTHS, FEATURES * WORTHS + FEATURES * HIDDEN];
  return { straight: steps.slice(0, a), inward: steps.slice(a, b), outward: steps.slice(b) };
}

/** Where training begins: what the heuristic knows, on the net's scales; the hidden part says nothing yet. */
export function plainValues(): Float64Array {
  const values = new Float64Array(NET_LENGTH);
  const plain: Partial<Record<(typeof STATION_FEATURES)[number], number>> = {
    isBase: -4,
    km20: -0.4,
    logSinceH: 1,
    own: 0.5,
    logOpenQuestions: 2,
    logRecent: 0.5,
  };
  STATION_FEATURES.forEach((name, k) => {
    values[k * WORTHS] = plain[name] ?? 0;
  });
  values.set([-3, -2, -3], 1);
  return values;
}

/** Rows of features in, rows of worths out. */
export type Infer = (rows: Float32Array, count: number) => Float32Array | Promise<Float32Array>;

/** The net by itself, where no ONNX Runtime is: the same numbers. */
export function inferBy({
  straight,
  inward,
  outward,
}: StationNet): (rows: Float32Array, count: number) => Float32Array {
  const hidden = new Float64Array(HIDDEN);
  return (rows, count) => {
    const out = new Float32Array(count * WORTHS);
    for (let row = 0; row < count; row++) {
      hidden.fill(0);
      for (let k = 0; k < FEATURES; k++) {
        const value = rows[row * FEATURES + k] as number;
        if (value === 0) continue;
        for (let h = 0; h < HIDDEN; h++) hidden[h] = (hidden[h] as number) + value * (inward[k * HIDDEN + h] as number);
        for (let w = 0; w < WORTHS; w++) {
          const at = row * WORTHS + w;
          out[at] = (out[at] as number) + value * (straight[k * WORTHS + w] as number);
        }
      }
      for (let h = 0; h < HIDDEN; h++) {
        const value = Math.min(HIDDEN_MOST, Math.floor(Math.max(0, hidden[h] as number) * STEP));
        if (value === 0) continue;
        for (let w = 0; w < WORTHS; w++) {
          const at = row * WORTHS + w;
          out[at] = (out[at] as number) + value * (outward[h * WORTHS + w] as number);
        }
      }
    }
    return out;
  };
}

/** For each agent a row for its base, then one for each area. */
export function featuresOf({ agents, areas, observations }: Turn): Float32Array {
  const rows = new Float32Array(agents.length * (1 + areas.length) * FEATURES);
  agents.forEach((agent, m) => {
    const seen = observations[agent] as Float32Array;
    for (let area = -1; area < areas.length; area++) {
      const at = (m * (1 + areas.length) + 1 + area) * FEATURES;
      featuresInto(rows.subarray(at, at + FEATURES), seen, area);
    }
  });
  return rows;
}

const [LEFT, PHASE, SIN, COS, BACKLOG] = (["left01", "phase", "hourSin", "hourCos", "backlog"] as const).map((name) =>
  OBSERVED.indexOf(name),
) as [number, number, number, number, number];
const [KM, SINCE, WATCHERS, QUESTIONS, RECENT, OWN, KIN] = AREA_OBSERVED.map((_, k) => k) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** @param area -1: the base */
function featuresInto(out: Float32Array, seen: Float32Array, area: number): void {
  out[0] = inSteps(1);
  if (area < 0) out[1] = inSteps(1);
  else {
    const at = areaAt(area);
    out[2] = inSteps((seen[at + KM] as number) / 20);
    out[3] = inSteps(Math.log2(1 + (seen[at + SINCE] as number)));
    out[4] = inSteps(seen[at + OWN] as number);
    out[5] = inSteps(Math.log2(1 + (seen[at + QUESTIONS] as number)));
    out[6] = inSteps(Math.log2(1 + (seen[at + RECENT] as number)));
  }
  out[7] = inSteps(seen[LEFT] as number);
  out[8] = inSteps(seen[PHASE] === AT_BASE ? 1 : 0);
  out[9] = inSteps(seen[PHASE] === ON_STATION ? 1 : 0);
  out[10] = inSteps(seen[SIN] as number);
  out[11] = inSteps(seen[COS] as number);
  out[12] = inSteps(Math.log2(1 + (seen[BACKLOG] as number)) / 2);
}

const inSteps = (value: number): number => Math.max(-MOST - 1, Math.min(MOST, Math.round(value / STEP)));

/** Agents in their order: each goes where its worth is highest, given those who stay there and those who were sent before it. */
export function stationPolicy(infer: Infer, id = "learned"): Policy {
  return {
    id,
    choose: (turn) => {
      const count = turn.agents.length * (1 + turn.areas.length);
      const worths = infer(featuresOf(turn), count);
      return worths instanceof Promise
        ? worths.then((given) => dealt(turn, checked(given, count, id)))
        : dealt(turn, checked(worths, count, id));
    },
  };
}

function checked(worths: Float32Array, count: number, id: string): Float32Array {
  if (worths.length !== count * WORTHS)
    throw new PolicyError(id, `expected ${count} x ${WORTHS} worths, found ${worths.length}`);
  const odd = worths.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw new PolicyError(id, `row ${Math.floor(odd / WORTHS)}: expected a number, found ${worths[odd]}`);
  return worths;
}

function dealt(turn: Turn, worths: Float32Array): Actions {
  const { agents, areas, nations } = turn;
  const crowd = new Crowd(turn);
  const actions: Record<string, number> = {};
  agents.forEach((agent, m) => {
    const nation = nations[m] as number;
    const seen = turn.observations[agent] as Float32Array;
    const isAt = areas.findIndex((_, a) => seen[areaAt(a) + OWN] === 1);
    crowd.move(isAt, nation, -1);
    let [best, to, nearestKm] = [0, -1, 0];
    let most = worths[m * (1 + areas.length) * WORTHS] as number;
    for (let area = 0; area < areas.length; area++) {
      const action = allowedAt(turn, agent, area);
      if (action === 0) continue;
      const value = crowd.worthAt(area, nation, worths, (m * (1 + areas.length) + 1 + area) * WORTHS);
      const km = seen[areaAt(area) + KM] as number;
      // Of equals the nearer: which of them comes first in a list says nothing.
      if (value > most || (value === most && km < nearestKm)) [best, most, to, nearestKm] = [action, value, area, km];
    }
    crowd.move(to, nation, 1);
    actions[agent] = best;
  });
  return actions;
}

/** How many are at each area, in all and of each nation: those that have not been told yet where they are, the others where they are sent. */
class Crowd {
  readonly #nations: number;
  readonly #all: Int32Array;
  readonly #kin: Int32Array;

  constructor({ agents, areas, nations, observations }: Turn) {
    this.#nations = Math.max(0, ...nations) + 1;
    this.#all = new Int32Array(areas.length);
    this.#kin = new Int32Array(areas.length * this.#nations);
    agents.forEach((agent, m) => {
      const seen = observations[agent] as Float32Array;
      for (let a = 0; a < areas.length; a++) {
        const at = areaAt(a);
        this.#all[a] = seen[at + WATCHERS] as number;
        this.#kin[a * this.#nations + (nations[m] as number)] = (seen[at + KIN] as number) + (seen[at + OWN] as number);
      }
    });
  }

  /** @param area -1: nowhere */
  move(area: number, nation: number, by: number): void {
    if (area < 0) return;
    const at = area * this.#nations + nation;
    this.#all[area] = (this.#all[area] as number) + by;
    this.#kin[at] = (this.#kin[at] as number) + by;
  }

  worthAt(area: number, nation: number, worths: Float32Array, at: number): number {
    const kin = this.#kin[area * this.#nations + nation] as number;
    const others = (this.#all[area] as number) - kin;
    const value = (worths[at] as number) + kin * (worths[at + 1] as number);
    return others > 0 ? value + (worths[at + 2] as number) + (others - 1) * (worths[at + 3] as number) : value;
  }
}
