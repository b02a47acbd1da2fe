/**
 * The figures by which evidence is weighed: fitted once on labelled reports, kept as data (`data/models`), never fitted
 * where they are used. The shape of the weighing is in `likelihood.ts` and in the files beside it.
 */

/** Distances from the claim's place, km: from inclusive to exclusive. */
export interface Ring {
  readonly fromKm: number;
  readonly toKm: number;
}

/**
 * A count of things seen, against what was to be expected. `weight01`: how far it is believed: 0 says nothing, 0.1 makes
 * what happens by chance once in 1,000 about twice as likely if the claim is true. `dispersion`: counts come in bursts;
 * they are negative binomial of shape k = scale · expected^power.
 */
export interface CountTerm extends Ring {
  readonly weight01: number;
  readonly dispersion: { readonly scale: number; readonly power: number };
}

/** Stubble burns year after year as well, but in its own months: a furnace knows no season. */
export interface PersistenceRule {
  readonly days: number;
  readonly years: number;
  readonly months: number;
}

export interface ThermalModel {
  /** Around the place, and further out: they may not overlap. */
  readonly near: CountTerm;
  readonly around: CountTerm;
  /** Where the day's overall level is read: cloud, drought, the season's burning. */
  readonly level: Ring & { readonly priorCount: number };
  /** Days before and after the claim's that belong to it. */
  readonly windowDays: number;
  /** The place's own days before and after that show what is usual there now: from the first to the last. */
  readonly surroundingDays: { readonly from: number; readonly to: number };
  /** How many expected anomalies the surrounding days must outweigh to be believed before the years. */
  readonly surroundingPrior: number;
  /** Days of the year to either side that count as the same season in other years. */
  readonly seasonDays: number;
  /** The least that is expected in a window: nowhere is nothing ever seen. */
  readonly leastExpected: number;
  /** Years' worth of land-use average that a place's own years are drawn towards. */
  readonly landUseYears: number;
  /** A square kilometre that burns on so many days, in so many years and months of the year, is a furnace or a flare. */
  readonly persistent: PersistenceRule;
  /** Clear sky is read from furnaces and flares so near; `usual01` is the share of open sky on the days fitted. */
  readonly sky: { readonly withinKm: number; readonly usual01: number };
}

export interface AlertModel {
  readonly weight01: number;
  readonly windowDays: number;
  readonly surroundingDays: number;
  /** Where a claim has a time: hours before and after it. */
  readonly windowHours: number;
  /** An alert for a raion or hromada speaks for places so near its chief place. */
  readonly raionKm: number;
  readonly hromadaKm: number;
}

export interface NewsModel extends CountTerm {
  readonly windowDays: number;
  readonly surroundingDays: { readonly from: number; readonly to: number };
  readonly leastExpected: number;
  /** Reports of the claim's place within so many days may be its own, whatever they say. */
  readonly ownDays: number;
  /** Where a claim's medium is not known: whether what only the busiest medium tells is left out, since it may be that one. */
  readonly leavesOutBusiest: boolean;
}

export interface CorroborationModel {
  readonly id: string;
  readonly version: string;
  readonly thermal: ThermalModel;
  readonly alerts: AlertModel;
  readonly news: NewsModel;
}
