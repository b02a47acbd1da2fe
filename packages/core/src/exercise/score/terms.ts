/** What the score of a run is made of: stations, stages, rows by class and area. Plain numbers, so that runs can be summed. */

/** Hours within which the headline asks for verification. */
export const HEADLINE_HOURS = [24, 72] as const;

/** Edges of the curves, hours after the breach began. */
export const CURVE_HOURS: readonly number[] = [0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 120];

/**
 * Stations on the way of a breach, within the first headline's hours of its beginning: it began, a sensor saw it, a report of it came in,
 * was read, stood in an incident that was corroborated, and in one that was verified. Claims of the parties bring nobody further.
 */
export const FUNNEL = ["began", "seen", "received", "read", "corroborated", "verified"] as const;

/**
 * Where the time of a verified breach went, in the order in which it passes: for a look (a pass, a round), down to headquarters, for an
 * analyst, for a second witness, for a verifier; then for the parties' replies, and for the second person.
 */
export const STAGES = ["look", "downlink", "analyst", "corroboration", "verifier", "replies", "second-person"] as const;
export type Stage = (typeof STAGES)[number];

/** Upper edges of the counts by time, hours; what took longer is counted last. */
export const SPENT_HOURS: readonly number[] = [
  0.0167, 0.05, 0.1, 0.17, 0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22, 32, 45, 64, 90, 128, 180, 256,
];

/** How a stage went, over the breaches that passed it. */
export interface StageSpent {
  readonly hours: number;
  readonly count: number;
  /** Of the hours, those in which somebody worked on it: the rest is waiting. */
  readonly workHours: number;
  /** Breaches by SPENT_HOURS, and one more for the rest. */
  readonly bins: readonly number[];
}
export type Spent = Readonly<Record<Stage, StageSpent>>;

/** Breaches of one class in one area. */
export interface Row {
  readonly class: string;
  readonly area: string;
  /** That began so long before the end that they could be verified in time: for each of HEADLINE_HOURS. */
  readonly counted: readonly number[];
  readonly verified: readonly number[];
  /** Of those counted for the first headline: seen, and verified, within each of CURVE_HOURS. */
  readonly seenBy: readonly number[];
  readonly verifiedBy: readonly number[];
  /** Of those counted for the first headline: that reached each station of FUNNEL within its hours. */
  readonly funnel: readonly number[];
  /** Of those counted and not seen within its hours, by what stood in the way of the look that got furthest (`Sights.furthest`). */
  readonly unseen: readonly number[];
}

/** Bins of equal width over the probabilities that `verify/` gave to incidents, at one moment. */
export interface CalibrationBins {
  readonly moment: "corroborated" | "verified";
  readonly count: readonly number[];
  /** Sum of the probabilities. */
  readonly sum01: readonly number[];
  /** Incidents one of whose own witnesses saw something real. */
  readonly real: readonly number[];
  /** Incidents of whose independent witnesses two and more saw something real. */
  readonly sound: readonly number[];
  /** Sum of squares of probability less outcome (`sound`): the Brier score times the count. */
  readonly squares: number;
}
