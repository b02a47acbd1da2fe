/** How much is fired, hour by hour, and when engagements begin by it. */
import type { Dice } from "../../numerics/dice.ts";
import { MS_PER_DAY, MS_PER_HOUR } from "../../time/instant.ts";
import type { FireSpec, Regime } from "./spec.ts";

/** Level of engagements at a time, 1: as before the truce. */
export function levelOf(regime: Regime, tMs: number): number {
  if (tMs < 0) return 1;
  const { floor01, fallDays, backAfterDays } = regime;
  const days = tMs / MS_PER_DAY;
  const falling = floor01 + (1 - floor01) * Math.exp(-days / fallDays);
  if (backAfterDays === undefined) return falling;
  return Math.min(1, Math.max(falling, floor01 ** (1 - days / backAfterDays)));
}

/** A span of whole hours with a level for each: constant within the hour, added up from the span's beginning. */
export interface HourlyLevel {
  readonly fromMs: number;
  /** In days at level 1; one more than there are hours. */
  readonly sumDays: Float64Array;
}

/** @param span whole hours; local midnight is a multiple of 24 h */
export function hourlyLevel(
  regime: Regime,
  rhythm: FireSpec["rhythm"],
  span: { readonly fromMs: number; readonly toMs: number },
): HourlyLevel {
  const hours = (span.toMs - span.fromMs) / MS_PER_HOUR;
  if (!(Number.isInteger(hours) && hours > 0 && Number.isInteger(span.fromMs / MS_PER_HOUR))) {
    throw new RangeError(`a truce is simulated over whole hours: ${span.fromMs} to ${span.toMs} ms`);
  }
  const sumDays = new Float64Array(hours + 1);
  for (let h = 0; h < hours; h++) {
    const middleMs = span.fromMs + (h + 0.5) * MS_PER_HOUR;
    const turns = (middleMs - rhythm.peakHour * MS_PER_HOUR) / MS_PER_DAY;
    const daily = 1 + rhythm.swing01 * Math.cos(2 * Math.PI * turns);
    sumDays[h + 1] = (sumDays[h] as number) + (levelOf(regime, middleMs) * daily) / 24;
  }
  return { fromMs: span.fromMs, sumDays };
}

/** A level of 1 throughout: for what neither truce nor hour changes. */
export function steadyLevel(span: { readonly fromMs: number; readonly toMs: number }): HourlyLevel {
  return hourlyLevel({ id: "steady", floor01: 1, fallDays: 1 }, { swing01: 0, peakHour: 0 }, span);
}

/**
 * Calls `begin` with the time of each beginning, in order: a Poisson process of the given rate at level 1. The waits are drawn in
 * the process's own time, so that another regime moves the beginnings and keeps their number-by-number identity.
 */
export function forEachArrival(
  { fromMs, sumDays }: HourlyLevel,
  perDay: number,
  dice: Dice,
  begin: (tMs: number, index: number) => void,
): void {
  if (perDay <= 0) return;
  let hour = 0;
  let atDays = 0;
  for (let index = 0; ; index++) {
    atDays += dice.exponential() / perDay;
    while (hour + 1 < sumDays.length && (sumDays[hour + 1] as number) <= atDays) hour++;
    if (hour + 1 >= sumDays.length) return;
    const begun = sumDays[hour] as number;
    const share = (atDays - begun) / ((sumDays[hour + 1] as number) - begun);
    begin(Math.floor(fromMs + (hour + share) * MS_PER_HOUR), index);
  }
}
