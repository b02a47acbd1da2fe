/** What the assumed figures are worth: each group half as large and half as large again, in the same worlds. */
import { differenceOf } from "@vedette/core/exercise/score/campaign";
import type { Sensitivity } from "@vedette/wire/exercise-result";
import type { Plan } from "../load.ts";
import { type NetworkResult, type Order, playMany } from "../monte-carlo.ts";
import { scaledPlan } from "./assumed.ts";
import { known } from "./outcome.ts";

const FACTORS = [0.5, 1.5] as const;

export interface SensitivityOrder extends Omit<Order, "plans" | "untilCi"> {
  readonly plan: Plan;
  readonly groups: readonly string[];
}

/** @param order its runs are made once as they are, and twice for each group */
export async function sensitivityOf({ plan, groups, ...order }: SensitivityOrder): Promise<Sensitivity> {
  const varied = groups.flatMap((group) => FACTORS.map((factor) => scaledPlan(plan, group, factor)));
  const { networks } = await playMany({ ...order, plans: [plan, ...varied] });
  const [base, ...others] = networks as [NetworkResult, ...NetworkResult[]];
  const rows: Sensitivity["rows"] = [];
  const failed: Sensitivity["failed"] = [];
  groups.forEach((group, i) => {
    const [low, high] = others.slice(2 * i, 2 * i + 2) as [NetworkResult, NetworkResult];
    const message = low.failed[0]?.message ?? high.failed[0]?.message;
    if (message !== undefined) failed.push({ group, message });
    else rows.push({ group, low: changeOf(base, low, order.seed), high: changeOf(base, high, order.seed) });
  });
  const [headline] = base.headline;
  return {
    runs: order.runs,
    hours: headline?.hours ?? 24,
    base: known(headline?.estimate ?? Number.NaN),
    rows: rows.sort((a, b) => reach(b) - reach(a) || (a.group < b.group ? -1 : 1)),
    failed,
  };
}

function changeOf(base: NetworkResult, other: NetworkResult, seed: number): Sensitivity["rows"][number]["low"] {
  const { estimate, low, high } = differenceOf(base.lines, other.lines, 0, seed);
  return { estimate: known(estimate), low: known(low), high: known(high) };
}

const reach = ({ low, high }: Sensitivity["rows"][number]): number =>
  Math.max(Math.abs(low.estimate ?? 0), Math.abs(high.estimate ?? 0));
