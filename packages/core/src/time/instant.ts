/** Instants and intervals. UTC, whole milliseconds, leap seconds not represented. */

declare const instantBrand: unique symbol;

/** Whole UTC milliseconds since 1970-01-01 (POSIX: leap seconds are not counted). */
export type Instant = number & { readonly [instantBrand]: true };

/** Half-open: `start` is inside, `end` is outside. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 86_400_000;

/** What a Date can hold (ECMA-262, time values): beyond it an instant has no ISO 8601 form. */
const LIMIT_MS = 8.64e15;

/** The nearest whole millisecond. Throws on NaN, infinities and years beyond a Date: they are bugs, not times. */
export function instant(utcMs: number): Instant {
  if (!(Math.abs(utcMs) <= LIMIT_MS)) throw new RangeError(`not an instant: ${utcMs}`);
  return Math.round(utcMs) as Instant;
}

/** Date, T, time to the minute or finer, Z: Date.parse itself reads far more, and turns 31 June into 1 July. */
const ISO_UTC = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/;

/** Parses ISO 8601. An explicit `Z` is required: local times are never guessed. */
export function parseInstant(iso: string): Instant {
  const date = ISO_UTC.exec(iso)?.[1];
  // biome-ignore lint/style/noRestrictedGlobals: parses its argument, reads no clock
  const utcMs = date === undefined ? Number.NaN : Date.parse(iso);
  if (date === undefined || Number.isNaN(utcMs) || !isoOf(instant(utcMs)).startsWith(date))
    throw new RangeError(`not a UTC instant such as 2026-06-15T00:00:00Z: ${iso}`);
  return instant(utcMs);
}

/** ISO 8601, UTC, with milliseconds: `2026-06-15T00:00:00.000Z`. */
export function isoOf(at: Instant): string {
  // biome-ignore lint/style/noRestrictedGlobals: formats its argument, reads no clock
  return new Date(at).toISOString();
}

/** A span that ends after it starts, or a thrown RangeError. */
export function interval(start: Instant, end: Instant): Interval {
  if (!(start < end)) throw new RangeError(`an interval ends after it starts: ${start} .. ${end}`);
  return { start, end };
}
