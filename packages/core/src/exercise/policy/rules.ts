/** Rules that weigh what is known of each area, and a search that tries several such rules on imagined futures. */
import type { Exercise } from "../exercise.ts";
import { areaAt } from "./observing.ts";
import type { Policy, Turn } from "./policy.ts";

/** How much each thing that is known of an area draws an agent there, in the order of AREA_OBSERVED. */
export type Weights = readonly [
  perKm: number,
  perHour: number,
  perWatcher: number,
  perQuestion: number,
  perRecent: number,
  own: number,
  perKin: number,
];

/** Near, long unwatched, with open questions and fresh reports; two do not go where one is on its way. */
export const HEURISTIC: Weights = [-0.02, 0.25, -6, 2, 0.5, 0, 0];

/** The best area by weights, on the first pattern from `pattern` on that the agent may fly there. */
export function weighingPolicy(weights: Weights = HEURISTIC, id = "heuristic", pattern = 0): Policy {
  return {
    id,
    choose: (turn) => {
      const sent = new Int32Array(turn.areas.length);
      const actions: Record<string, number> = {};
      for (const agent of turn.agents) {
        const action = bestAction(turn, agent, { weights, sent, pattern });
        actions[agent] = action;
        if (action > 0) {
          const area = Math.floor((action - 1) / turn.patterns.length);
          sent[area] = (sent[area] as number) + 1;
        }
      }
      return actions;
    },
  };
}

interface Weighing {
  readonly weights: Weights;
  readonly sent: Int32Array;
  readonly pattern: number;
}

function bestAction(turn: Turn, agent: string, { weights, sent, pattern }: Weighing): number {
  const seen = turn.observations[agent] as Float32Array;
  let [best, most] = [0, Number.NEGATIVE_INFINITY];
  for (let area = 0; area < turn.areas.length; area++) {
    const action = allowedAt(turn, agent, area, pattern);
    if (action === 0) continue;
    const at = areaAt(area);
    let value = weights[2] * (sent[area] as number);
    for (let k = 0; k < weights.length; k++) value += (weights[k] as number) * (seen[at + k] as number);
    if (value > most) [best, most] = [action, value];
  }
  return best;
}

/** Of an area's actions the first that is allowed, beginning with a pattern. 0: none is. */
export function allowedAt({ masks, patterns }: Turn, agent: string, area: number, pattern = 0): number {
  const mask = masks[agent] as Uint8Array;
  for (let k = 0; k < patterns.length; k++) {
    const action = 1 + area * patterns.length + ((pattern + k) % patterns.length);
    if (mask[action] === 1) return action;
  }
  return 0;
}

/**
 * Search by rollouts: each of some candidates is tried on imagined futures, the rest of the way by a plain policy, and the one that
 * finds most is taken. All candidates see the same futures.
 */
export function searchingPolicy(
  { candidates, futures, aheadMs }: { candidates: readonly Policy[]; futures: number; aheadMs: number },
  worthOf: (run: Exercise, fromMs: number) => number,
): Policy {
  return {
    id: "search",
    choose: (turn) => {
      const seeds = Array.from({ length: futures }, () => turn.dice.word());
      let [best, most]: [Policy | undefined, number] = [undefined, Number.NEGATIVE_INFINITY];
      for (const candidate of candidates) {
        let worth = 0;
        for (const seed of seeds) {
          const imagined = turn.imagine(seed);
          imagined.drive(candidate, turn.tMs + aheadMs);
          worth += worthOf(imagined.run, turn.tMs);
        }
        if (worth > most) [best, most] = [candidate, worth];
      }
      return best === undefined ? {} : best.choose(turn);
    },
  };
}
