/** What is claimed: somewhere, on a day or at a time, something happened. */
import type { Place } from "../geo/position.ts";
import type { Interval } from "../time/instant.ts";
import type { DayNumber } from "./baseline-points.ts";
import type { ClaimOrigin } from "./corroborate-news.ts";

export interface Claim {
  readonly id: string;
  readonly place: Place;
  /** The calendar day at the place. */
  readonly day: DayNumber;
  /** That day in UTC, or the minute or second that the claim names. */
  readonly when: Interval;
  readonly hasTime: boolean;
  /** As the claim says it: of the taxonomy or not. */
  readonly kind?: string;
  /** What it was made of, where that is known: nothing of it is evidence for it. */
  readonly origin?: ClaimOrigin;
}
