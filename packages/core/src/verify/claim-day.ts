/** Days as whole numbers, and the calendar of them. Proleptic Gregorian, by Hinnant's civil_from_days. */
import { type Instant, instant, MS_PER_DAY } from "../time/instant.ts";
import type { DayNumber } from "./baseline-points.ts";

export const dayOf = (at: Instant): DayNumber => Math.floor(at / MS_PER_DAY);
export const startOf = (day: DayNumber): Instant => instant(day * MS_PER_DAY);

export function dayNumber(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468;
}

export function yearOf(day: DayNumber): number {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  return yoe + era * 400 + (doy >= 306 ? 1 : 0);
}

/** 1 to 12. */
export function monthOf(day: DayNumber): number {
  const year = yearOf(day);
  let month = 12;
  while (dayNumber(year, month, 1) > day) month -= 1;
  return month;
}

/** 0 to 364; the last day of a leap year shares its number with the day before. */
export function dayOfYear(day: DayNumber): number {
  return Math.min(364, day - dayNumber(yearOf(day), 1, 1));
}

/** Days of the year from one to another, the short way round: -182 to 182. */
export function seasonOffset(from: number, to: number): number {
  const apart = (((to - from) % 365) + 365) % 365;
  return apart > 182 ? apart - 365 : apart;
}

/** `2022-06-01` or `20220601`; `undefined` where there is no such day or the year is beyond 1957 to 2099. */
export function parseDay(text: string): DayNumber | undefined {
  const [, y, m, d] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  if (!(year >= 1957 && year <= 2099 && month >= 1 && month <= 12 && day >= 1)) return undefined;
  const number = dayNumber(year, month, day);
  const next = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
  return number < next ? number : undefined;
}

export function isoDayOf(day: DayNumber): string {
  const [year, month] = [yearOf(day), monthOf(day)];
  const ofMonth = day - dayNumber(year, month, 1) + 1;
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(ofMonth).padStart(2, "0")}`;
}
