/**
 * Epochs of element sets: UTC, to the microsecond and beyond. POSIX milliseconds, leap seconds not counted.
 *
 * A TLE's epoch (1e-8 day) is a whole number of microseconds, so that a TLE and the OMM made from it give the same bits.
 */
import { instant, isoOf, MS_PER_DAY } from "../time/instant.ts";

/** Two-digit years of a TLE: 57 to 99 are 1957 to 1999, 00 to 56 are 2000 to 2056 (Vallado et al. 2006). */
const FIRST_YEAR = 1957;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const OMM_EPOCH = /^(\d{4})-(?:(\d{2})-(\d{2})|(\d{3}))T(\d{2}):(\d{2}):(\d{2})(?:\.(\d*))?Z?$/;

/** Columns 19-32 of a TLE, `YYDDD.DDDDDDDD`. `undefined` where it is no epoch. */
export function epochOfTle(text: string): number | undefined {
  const match = /^(\d{2})([ \d]{2}\d)\.(\d{0,8}) *$/.exec(text);
  if (match === null) return undefined;
  const [, yy = "", day = "", fraction = ""] = match;
  const shortYear = Number(yy);
  const year = shortYear < FIRST_YEAR - 1900 ? 2000 + shortYear : 1900 + shortYear;
  // 1e-8 day is 864 microseconds.
  return utcMsOf(year, Number(day), Number(fraction.padEnd(8, "0")) * 864);
}

/** CCSDS 502.0-B calendar or day-of-year form, with or without `Z`. `undefined` where it is no epoch since 1957. */
export function epochOfOmm(text: string): number | undefined {
  const match = OMM_EPOCH.exec(text);
  if (match === null) return undefined;
  const [, yyyy, month, dayOfMonth, ordinal, hour = "", minute = "", second = "", fraction = ""] = match;
  const year = Number(yyyy);
  const day = ordinal === undefined ? dayOfYear(year, Number(month), Number(dayOfMonth)) : Number(ordinal);
  const [h, min, s] = [Number(hour), Number(minute), Number(second)];
  if (day === undefined || year < FIRST_YEAR || h > 23 || min > 59 || s > 59) return undefined;
  const micros = Number(`${fraction.slice(0, 6).padEnd(6, "0")}.${fraction.slice(6)}0`);
  return utcMsOf(year, day, ((h * 60 + min) * 60 + s) * 1e6 + micros);
}

/** `2026-06-14T18:00:47.729088`: the OMM form, to the nearest microsecond (two of them from 2109 on, 2^42 ms). */
export function ommEpochOf(epochUtcMs: number): string {
  const micros = Math.round(epochUtcMs * 1000);
  const wholeMs = Math.floor(micros / 1000);
  return isoOf(instant(wholeMs)).slice(0, -1) + String(micros - wholeMs * 1000).padStart(3, "0");
}

function utcMsOf(year: number, day: number, microsOfDay: number): number | undefined {
  if (day < 1 || day > (isLeap(year) ? 366 : 365)) return undefined;
  const leapDays = Math.floor((year - 1969) / 4) - Math.floor((year - 1901) / 100) + Math.floor((year - 1601) / 400);
  const days = (year - 1970) * 365 + leapDays + day - 1;
  // Whole microseconds are exact until 2255; one division then rounds once.
  return (days * MS_PER_DAY * 1000 + microsOfDay) / 1000;
}

function dayOfYear(year: number, month: number, day: number): number | undefined {
  const before = DAYS_BEFORE_MONTH[month - 1];
  if (before === undefined) return undefined;
  const leapDay = isLeap(year) ? 1 : 0;
  const daysInMonth = (DAYS_BEFORE_MONTH[month] ?? 365) - before + (month === 2 ? leapDay : 0);
  if (day < 1 || day > daysInMonth) return undefined;
  return before + day + (month > 2 ? leapDay : 0);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
