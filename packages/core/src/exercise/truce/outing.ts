/** Where the mission's own people and drones are, day by day: each has a stream of its own, and each of its days a place. */
import { Dice } from "../../numerics/dice.ts";
import { MS_PER_DAY, MS_PER_HOUR } from "../../time/instant.ts";
import type { HotSpot, Span } from "./spec.ts";

export interface OutingSpec {
  /** The nearest whole number of them goes out. */
  readonly perDay: number;
  /** Local hours within which they are out. */
  readonly fromHour: number;
  readonly toHour: number;
  /** The rest goes anywhere on the line. */
  readonly nearHotSpots01: number;
}

export interface Ground {
  readonly hotSpots: readonly HotSpot[];
  readonly lineKm: number;
}

/** Row by day of the span, column by outing. */
export interface Outings {
  readonly firstDay: number;
  readonly perDay: number;
  readonly km: Float64Array;
  /** Beginning, of those that do not fill their hours. */
  readonly startMs: Float64Array;
}

/** Days before the truce have numbers too: a stream's 100,000th day is the truce's first. */
const DAY_ZERO = 100_000;

/** Those near a hot spot lie within twice its spread. @param name of the streams, e.g. `patrol` */
export function outingsOf(
  { perDay: each, fromHour, toHour, nearHotSpots01 }: OutingSpec,
  name: string,
  { hotSpots, lineKm }: Ground,
  { seed, span }: { readonly seed: number; readonly span: Span },
): Outings {
  const perDay = Math.round(each);
  const firstDay = Math.floor(span.fromMs / MS_PER_DAY);
  const days = Math.ceil(span.toMs / MS_PER_DAY) - firstDay;
  const km = new Float64Array(days * perDay);
  const startMs = new Float64Array(days * perDay);
  for (let p = 0; p < perDay; p++) {
    const dice = new Dice(seed, `${name}/${p}`, "outing");
    for (let d = 0; d < days; d++) {
      const day = firstDay + d + DAY_ZERO;
      const near = dice.uniformAt(day, 0) < nearHotSpots01;
      const spot = hotSpots[Math.floor(dice.uniformAt(day, 1) * hotSpots.length)];
      const place01 = dice.uniformAt(day, 2);
      const meant = near && spot !== undefined ? spot.atKm + spot.spreadKm * (4 * place01 - 2) : place01 * lineKm;
      km[d * perDay + p] = Math.min(lineKm, Math.max(0, meant));
      const hour = fromHour + (toHour - fromHour) * dice.uniformAt(day, 3);
      startMs[d * perDay + p] = Math.floor((firstDay + d) * MS_PER_DAY + hour * MS_PER_HOUR);
    }
  }
  return { firstDay, perDay, km, startMs };
}

/** Places of the outings of one day of the span. */
export function placesOn({ firstDay, perDay, km }: Outings, tMs: number): Float64Array {
  const d = Math.floor(tMs / MS_PER_DAY) - firstDay;
  return km.subarray(d * perDay, (d + 1) * perDay);
}
