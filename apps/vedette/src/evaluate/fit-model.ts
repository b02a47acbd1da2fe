/** Fits what is fitted: bursts of what is usual on the controls alone, open sky, then the weights on the first half. */
import type { Findings } from "@vedette/core/verify/corroborate";
import { countSurprise, shapeOf } from "@vedette/core/verify/likelihood";
import type { CorroborationModel, CountTerm } from "@vedette/core/verify/model";
import type { Labelled } from "./draw-claims.ts";
import { withWeights } from "./terms.ts";
import { type Trial, termsFor, trialOf } from "./trial.ts";

export interface Fitted {
  readonly model: CorroborationModel;
  readonly trial: Trial;
  readonly findings: readonly Findings[];
}

const SCALES = [0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.2, 1.6, 2.4];
const POWERS = [0.25, 0.5, 0.75, 1];

interface Counted {
  readonly count: number;
  readonly expected: number;
  readonly weight: number;
}

/** @param findings of the same claims, read with any dispersions: counts and expectations do not depend on them */
export function fitModel(
  labelled: readonly Labelled[],
  findings: readonly Findings[],
  model: CorroborationModel,
): Fitted {
  const spread = spreadModel(labelled, findings, model);
  const trial = trialOf(labelled, termsFor(spread.findings, spread.model));
  return { model: withWeights(spread.model, trial.weights01), trial, findings: spread.findings };
}

/** What needs no label but that a control is one: how counts burst, and how open the sky usually is. */
export function spreadModel(
  labelled: readonly Labelled[],
  findings: readonly Findings[],
  model: CorroborationModel,
): { readonly model: CorroborationModel; readonly findings: readonly Findings[] } {
  const usual = labelled.flatMap(({ half, isTrue, placeDayWeight }, i) =>
    half === "train" && !isTrue ? [{ finding: findings[i] as Findings, weight: placeDayWeight }] : [],
  );
  const countsOf = (pick: (finding: Findings) => Omit<Counted, "weight"> | undefined): Counted[] =>
    usual.flatMap(({ finding, weight }) => {
      const found = pick(finding);
      return found === undefined ? [] : [{ ...found, weight }];
    });
  const heat = (ring: "near" | "around") =>
    countsOf(({ thermal }) => ("unknown" in thermal ? undefined : thermal.counts[ring]));
  const news = countsOf(({ news: found }) =>
    "unknown" in found ? undefined : { count: found.counted, expected: found.expected },
  );
  const spread: CorroborationModel = {
    ...model,
    thermal: {
      ...model.thermal,
      near: dispersed(model.thermal.near, heat("near")),
      around: dispersed(model.thermal.around, heat("around")),
      sky: {
        ...model.thermal.sky,
        usual01: usualSky(
          usual.map(({ finding }) => finding),
          model,
        ),
      },
    },
    news: dispersed(model.news, news),
  };
  return { model: spread, findings: findings.map((each) => redone(each, spread)) };
}

/** The shape of greatest likelihood on a coarse grid: a finer one would fit the sample. */
function dispersed<T extends CountTerm>(term: T, counts: readonly Counted[]): T {
  let best = { dispersion: term.dispersion, loss: Number.POSITIVE_INFINITY };
  if (counts.length === 0) return term;
  for (const scale of SCALES)
    for (const power of POWERS) {
      const loss = counts.reduce(
        (sum, each) => sum - each.weight * logChance(each, shapeOf({ scale, power }, each.expected)),
        0,
      );
      if (loss < best.loss) best = { dispersion: { scale, power }, loss };
    }
  return { ...term, dispersion: best.dispersion };
}

/** Natural logarithm of a negative binomial's chance. */
export function logChance({ count, expected }: { count: number; expected: number }, shape: number): number {
  let log = -shape * Math.log1p(expected / shape);
  for (let n = 0; n < count; n++) log += Math.log((n + shape) / (n + 1)) + Math.log(expected / (shape + expected));
  return log;
}

function usualSky(findings: readonly Findings[], { thermal: model }: CorroborationModel): number {
  const shares = findings.flatMap(({ thermal }) =>
    "unknown" in thermal || thermal.sky.open01 === undefined ? [] : [thermal.sky.open01],
  );
  if (shares.length === 0) return model.sky.usual01;
  return Math.round((100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length) / 100;
}

/** The same counts under other dispersions. */
export function redone({ thermal, alerts, news, sources }: Findings, model: CorroborationModel): Findings {
  const surpriseOf = (found: { count: number; expected: number }, { dispersion }: CountTerm) =>
    countSurprise(found.count, found.expected, shapeOf(dispersion, found.expected));
  return {
    thermal:
      "unknown" in thermal
        ? thermal
        : {
            ...thermal,
            near: surpriseOf(thermal.counts.near, model.thermal.near),
            around: surpriseOf(thermal.counts.around, model.thermal.around),
          },
    alerts,
    sources,
    news:
      "unknown" in news
        ? news
        : { ...news, surprise: surpriseOf({ count: news.counted, expected: news.expected }, model.news) },
  };
}
