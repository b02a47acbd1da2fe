/** The findings of one claim as terms of a fit, in a fixed order: heat near, heat around, alerts, news. */
import type { Findings } from "@vedette/core/verify/corroborate";
import type { CorroborationModel } from "@vedette/core/verify/model";
import type { TermReading } from "@vedette/core/verify/model-fit";

export const TERMS = ["near", "around", "alerts", "news"] as const;
export type Term = (typeof TERMS)[number];
export type Terms = readonly (TermReading | undefined)[];

export function termsOf({ thermal, alerts, news }: Findings, { thermal: model }: CorroborationModel): Terms {
  return [
    ...heatOf(thermal, model.sky.usual01),
    "unknown" in alerts ? undefined : { surprise: alerts.surprise },
    "unknown" in news ? undefined : { surprise: news.surprise },
  ];
}

function heatOf(thermal: Findings["thermal"], usual01: number): readonly (TermReading | undefined)[] {
  if ("unknown" in thermal) return [undefined, undefined];
  const { counts, near, around, sky } = thermal;
  const noneShare01 = sky.open01 === undefined ? 1 : Math.min(1, sky.open01 / usual01);
  return [
    { surprise: near, ...(counts.near.count === 0 && { noneShare01 }) },
    { surprise: around, ...(counts.around.count === 0 && { noneShare01 }) },
  ];
}

/** The model with other weights; terms that are left out weigh nothing. */
export function withWeights(model: CorroborationModel, weights01: Readonly<Record<Term, number>>): CorroborationModel {
  const { thermal, alerts, news } = model;
  return {
    ...model,
    thermal: {
      ...thermal,
      near: { ...thermal.near, weight01: weights01.near },
      around: { ...thermal.around, weight01: weights01.around },
    },
    alerts: { ...alerts, weight01: weights01.alerts },
    news: { ...news, weight01: weights01.news },
  };
}
