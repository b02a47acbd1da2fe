/** One trial: a way of weighing, fitted on the first half of the year and measured on the second. */
import { Dice } from "@vedette/core/numerics/dice";
import { type CorroborationFeeds, type Findings, findingReader } from "@vedette/core/verify/corroborate";
import type { CorroborationModel } from "@vedette/core/verify/model";
import { type FitTable, fitShrunk, fitTableOf, ratiosUnder } from "@vedette/core/verify/model-fit";
import { aucOf, bootstrapOf, intervalOf, type Sample } from "@vedette/core/verify/model-measure";
import type { Labelled } from "./draw-claims.ts";
import { TERMS, type Term, type Terms, termsOf } from "./terms.ts";

export interface Trial {
  readonly weights01: Readonly<Record<Term, number>>;
  readonly shrink: number;
  /** In the order of the claims drawn. */
  readonly logits: Float64Array;
}

/** Looks at the feeds once for each claim: the costly part. */
export function readFindings(
  labelled: readonly Labelled[],
  feeds: CorroborationFeeds,
  model: CorroborationModel,
): Findings[] {
  const read = findingReader(feeds, model);
  return labelled.map(({ claim }) => read(claim));
}

/** @param only terms that take part; all where left out */
export function trialOf(labelled: readonly Labelled[], terms: readonly Terms[], only: readonly Term[] = TERMS): Trial {
  const table = fitTableOf(
    labelled.map(({ isTrue, placeDayWeight, cluster, period }, i) => {
      const own = terms[i] as Terms;
      // Fitted on places and days: a town that ten media tell of is one thing that happened.
      const weight = placeDayWeight;
      return { isTrue, weight, cluster, period, terms: only.map((term) => own[TERMS.indexOf(term)]) };
    }),
  );
  const train = labelled.flatMap(({ half }, i) => (half === "train" ? [i] : []));
  const { weights01, shrink } = fitShrunk(table, train);
  const weightOf = (term: Term): number => weights01[only.indexOf(term)] ?? 0;
  return {
    weights01: {
      near: weightOf("near"),
      around: weightOf("around"),
      alerts: weightOf("alerts"),
      news: weightOf("news"),
    },
    shrink,
    logits: logitsOf(table, weights01),
  };
}

/** Below a billionth it is the order of summing: equal evidence must tie. */
function logitsOf(table: FitTable, weights01: readonly number[]): Float64Array {
  const rows = Array.from(table.rows.keys());
  return ratiosUnder(table, weights01, rows).map((ratio) => Math.round(ratio * 1e9) / 1e9);
}

export function termsFor(findings: readonly Findings[], model: CorroborationModel): Terms[] {
  return findings.map((each) => termsOf(each, model));
}

export type Unit = "report" | "place-day";

/** The samples of one half, with the weights of a unit. */
export function samplesOf(
  labelled: readonly Labelled[],
  logits: ArrayLike<number>,
  { half, unit }: { readonly half: Labelled["half"]; readonly unit: Unit },
): Sample[] {
  return labelled.flatMap(({ isTrue, weight, placeDayWeight, cluster, ...each }, i) =>
    each.half === half
      ? [{ isTrue, cluster, weight: unit === "report" ? weight : placeDayWeight, logit: logits[i] as number }]
      : [],
  );
}

export interface Area {
  readonly train: number;
  readonly test: number;
  readonly testInterval: readonly [number, number];
  readonly testPlaceDays: number;
}

export function areaOf(
  labelled: readonly Labelled[],
  logits: ArrayLike<number>,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): Area {
  const test = samplesOf(labelled, logits, { half: "test", unit: "report" });
  const drawn = bootstrapOf(test, (each) => ({ auc: aucOf(each) }), { draws, dice: bootstrapDice(seed) });
  return {
    train: aucOf(samplesOf(labelled, logits, { half: "train", unit: "report" })),
    test: aucOf(test),
    testInterval: intervalOf(drawn.auc),
    testPlaceDays: aucOf(samplesOf(labelled, logits, { half: "test", unit: "place-day" })),
  };
}

export const bootstrapDice = (seed: number): Dice => new Dice(seed, "evaluate", "bootstrap");
