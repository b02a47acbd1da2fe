/** Thermal anomalies as evidence: more than is usual there and then, and whether any could have been seen. */

import { type AnomalyCounts, type Baseline, countAnomalies, type Expected } from "./baseline.ts";
import { pointFinder } from "./baseline-points.ts";
import type { Claim } from "./claim.ts";
import { chanceToShow, countSurprise, logRatioOf, type Surprise, shapeOf } from "./likelihood.ts";
import type { CountTerm, ThermalModel } from "./model.ts";
import { type Looks, type Overpass, overpassReader, type Sky, skyReader } from "./observable.ts";

export interface ThermalFeed {
  readonly baseline: Baseline;
  /** Pixels with time and power, where the feed has them. */
  readonly looks?: Looks;
}

export interface ThermalFinding {
  readonly counts: AnomalyCounts;
  readonly near: Surprise;
  readonly around: Surprise;
  readonly sky: Sky;
  readonly overpasses: readonly Overpass[];
  /** Of pixels with power in the window and the near ring: furnaces are among them. */
  readonly strongestMw: number | undefined;
}

export type ThermalAnswer = ThermalFinding | { readonly unknown: "not-covered" };

export function thermalReader({ baseline, looks }: ThermalFeed, model: ThermalModel): (claim: Claim) => ThermalAnswer {
  const { withinKm } = model.sky;
  const rule = { withinKm, windowDays: model.windowDays, surroundingDays: model.surroundingDays.to };
  const sky = skyReader(baseline.hotSpots.cells, rule);
  const overpasses = looks === undefined ? () => [] : overpassReader(looks);
  const power = looks === undefined ? () => undefined : powerReader(looks, model);
  return (claim) => {
    const counts = countAnomalies(baseline, claim, model);
    if (counts === undefined) return { unknown: "not-covered" };
    return {
      counts,
      near: surpriseOf(counts.near, model.near),
      around: surpriseOf(counts.around, model.around),
      sky: sky.skyOver(claim.place, claim.day),
      overpasses: overpasses(claim.place, claim.day),
      strongestMw: power(claim),
    };
  };
}

const surpriseOf = ({ count, expected }: Expected, { dispersion }: CountTerm): Surprise =>
  countSurprise(count, expected, shapeOf(dispersion, expected));

export interface ThermalRatio {
  readonly near: number;
  readonly around: number;
  /** Chance that a true claim would have shown itself near by, beyond what is usual; `undefined`: the sky is not known. */
  readonly observable01: number | undefined;
}

/**
 * "None seen" under a sky more closed than on the days fitted says less, and under a closed sky nothing; where the sky is
 * not known, it says what it said on average.
 */
export function thermalRatioOf({ counts, near, around, sky }: ThermalFinding, model: ThermalModel): ThermalRatio {
  const share = sky.open01 === undefined ? 1 : Math.min(1, sky.open01 / model.sky.usual01);
  const ratioOf = (expected: Expected, surprise: Surprise, term: CountTerm): number => {
    const ratio = logRatioOf(surprise, term.weight01);
    return expected.count > 0 ? ratio : Math.log1p(-share * chanceToShow(ratio));
  };
  const none = countSurprise(0, counts.near.expected, shapeOf(model.near.dispersion, counts.near.expected));
  const shows = chanceToShow(logRatioOf(none, model.near.weight01));
  return {
    near: ratioOf(counts.near, near, model.near),
    around: ratioOf(counts.around, around, model.around),
    observable01: sky.open01 === undefined ? undefined : share * shows,
  };
}

function powerReader(looks: Looks, { near, windowDays }: ThermalModel): (claim: Claim) => number | undefined {
  const find = pointFinder(looks);
  return ({ place, day }) => {
    let strongest: number | undefined;
    find(place, near.toKm, (i) => {
      const frpMw = looks.frpMw[i] as number;
      if (Math.abs((looks.day[i] as number) - day) > windowDays || Number.isNaN(frpMw)) return;
      strongest = Math.max(strongest ?? 0, frpMw);
    });
    return strongest;
  };
}
