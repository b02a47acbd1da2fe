/** What becomes of a look: a report with a place that is off, late, and now and then of nothing. */
import type { Dice } from "../numerics/dice.ts";
import type { SensorModel } from "./model.ts";

/** 95 % of a circular normal lies within so many standard deviations: sqrt(-2 ln 0.05). */
const SIGMAS_IN_95: number = Math.sqrt(-2 * Math.log(0.05));
const M_PER_DEG = 111_195;
const MS_PER_DAY = 86_400_000;

/** Writes a place that is off by a circular normal whose radius holds 95 of 100; latitude and longitude into `out` from 0. */
export function scatterInto(
  latitudeDeg: number,
  longitudeDeg: number,
  radius95M: number,
  dice: Dice,
  out: Float64Array,
): void {
  const sigmaDeg = radius95M / SIGMAS_IN_95 / M_PER_DEG;
  out[0] = latitudeDeg + sigmaDeg * dice.normal();
  out[1] = longitudeDeg + (sigmaDeg * dice.normal()) / Math.cos((latitudeDeg * Math.PI) / 180);
}

/** When the next report of nothing comes, ms; Infinity where none does. They come at any time: a Poisson process. */
export function nextFalseAlarmMs({ falseAlarmsPerDay, worse }: SensorModel, nowMs: number, dice: Dice): number {
  const perDay = falseAlarmsPerDay * worse.falseAlarms;
  return perDay > 0 ? nowMs + (dice.exponential() * MS_PER_DAY) / perDay : Number.POSITIVE_INFINITY;
}

/** From the look to the report at the sensor's end of the link, ms. */
export function reportDelayMs({ report, worse }: SensorModel): number {
  return 1000 * report.delayS * worse.delay;
}

/** Writes where a false alarm is said to be: anywhere within a sensor's range or `reachKm`, whichever is less. */
export function falsePlaceInto(
  model: SensorModel,
  at: { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly reachKm: number },
  dice: Dice,
  out: Float64Array,
): void {
  const km = Math.min(model.rangeKm, at.reachKm) * Math.sqrt(dice.uniform());
  const angle = 2 * Math.PI * dice.uniform();
  out[0] = at.latitudeDeg + (1000 * km * Math.cos(angle)) / M_PER_DEG;
  out[1] = at.longitudeDeg + (1000 * km * Math.sin(angle)) / M_PER_DEG / Math.cos((at.latitudeDeg * Math.PI) / 180);
}
