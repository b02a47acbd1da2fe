/**
 * One engagement: an event brings others, those bring more. A marked Hawkes process in its cluster form (A. G. Hawkes, D. Oakes, "A cluster
 * process representation of a self-exciting process", 1974), as in the ETAS model of aftershocks (Y. Ogata, 1988 and 1998): drawn exactly,
 * generation by generation, without a grid and without thinning.
 */
import type { Dice } from "../../numerics/dice.ts";
import { cutPareto, cutParetoMoment, poisson } from "../../numerics/variates.ts";
import type { FireEvents } from "./events.ts";
import { drawDelayS, drawReachKm } from "./kernel.ts";
import { type Cascade, FIRE_KINDS } from "./spec.ts";

/** An engagement of more events than this is a mistake in the figures: the mean is some tens. */
const MOST_MEMBERS = 1_000_000;

/** What the draws need, worked out once. */
export interface CascadePlan {
  readonly cascade: Cascade;
  readonly meanVigour: number;
  readonly cumulativeShares: Float64Array;
  /** Standard deviation of the logarithm of an event's strength. */
  readonly strengthSpread: number;
}

/** Shares count by their ratio, so that one can be varied. @throws RangeError where fire would feed itself without end */
export function planCascade(cascade: Cascade, strengthSpread = 0.5): CascadePlan {
  const ratio = branchingRatio(cascade);
  if (!(ratio >= 0 && ratio < 1)) throw new RangeError(`one event brings fewer than one on average: ${ratio}`);
  const cumulativeShares = new Float64Array(FIRE_KINDS.length);
  let sum = 0;
  for (const [i, kind] of FIRE_KINDS.entries()) cumulativeShares[i] = sum += cascade.shares[kind];
  if (!(sum > 0)) throw new RangeError(`some kind has a share: ${sum} in all`);
  return { cascade, meanVigour: cutParetoMoment(cascade.vigour, 1), cumulativeShares, strengthSpread };
}

/** Events that one event brings directly, on average. */
export function branchingRatio(cascade: Cascade): number {
  return cascade.offspring.reduce((sum, { mean }) => sum + mean, 0);
}

/** Events of an engagement, the first one with them: mean and variance in closed form (Galton and Watson's total progeny). */
export function engagementSize(cascade: Cascade): { readonly mean: number; readonly variance: number } {
  const n = branchingRatio(cascade);
  const { vigour } = cascade;
  const relative = cutParetoMoment(vigour, 2) / cutParetoMoment(vigour, 1) ** 2 - 1;
  // Poisson about a random mean: its own variance, and that of the mean.
  const direct = n + n * n * relative;
  return { mean: 1 / (1 - n), variance: direct / (1 - n) ** 3 };
}

/** Rate of all events, and the variance of their number in a long span over its mean, for beginnings at a steady rate. */
export function longRun(cascade: Cascade, perDay: number): { readonly perDay: number; readonly dispersion: number } {
  const { mean, variance } = engagementSize(cascade);
  // Compound Poisson: (variance + mean²) / mean.
  return { perDay: perDay * mean, dispersion: variance / mean + mean };
}

/** Into `out`, emptied first: the whole engagement, in times and places relative to its first event. */
export function drawEngagement(plan: CascadePlan, dice: Dice, out: FireEvents): void {
  out.clear();
  const root = out.add();
  out.columns.tMs[root] = 0;
  out.columns.sKm[root] = 0;
  out.columns.yKm[root] = 0;
  out.columns.kind[root] = dice.pick(plan.cumulativeShares);
  out.columns.side[root] = dice.chance(0.5) ? 1 : 0;
  for (let parent = 0; parent < out.length; parent++) {
    out.columns.strength[parent] = Math.exp(plan.strengthSpread * dice.normal());
    const vigour = cutPareto(dice, plan.cascade.vigour) / plan.meanVigour;
    for (const way of plan.cascade.offspring) {
      const count = poisson(dice, way.mean * vigour);
      for (let i = 0; i < count; i++) addChild(plan, way, parent, dice, out);
    }
    if (out.length > MOST_MEMBERS)
      throw new RangeError(`an engagement of ${out.length} events: check the branching ratio`);
  }
}

function addChild(
  plan: CascadePlan,
  way: Cascade["offspring"][number],
  parent: number,
  dice: Dice,
  out: FireEvents,
): void {
  const child = out.add();
  const { tMs, sKm, yKm, kind, side } = out.columns;
  tMs[child] = Math.floor((tMs[parent] as number) + 1000 * drawDelayS(way.delay, dice));
  const km = drawReachKm(way.reach, dice);
  const turn = 2 * Math.PI * dice.uniform();
  sKm[child] = (sKm[parent] as number) + km * Math.cos(turn);
  yKm[child] = (yKm[parent] as number) + km * Math.sin(turn);
  kind[child] = dice.chance(plan.cascade.like01) ? (kind[parent] as number) : dice.pick(plan.cumulativeShares);
  side[child] = dice.chance(way.answers01) ? 1 - (side[parent] as number) : (side[parent] as number);
}
