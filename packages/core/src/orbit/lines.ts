/** Element sets as the lines satellite.js reads: its other door, for OMM, rounds the epoch to a millisecond. */
import { instant, isoOf, MS_PER_DAY, parseInstant } from "../time/instant.ts";
import type { MeanElements } from "./elements.ts";

/** What a double of milliseconds since 1970 tells apart, with room. */
const EPOCH_ROUNDING_MS = 5e-4;

/**
 * Lines 1 and 2 with every field that SGP4 uses in its columns (Hoots and Roehrich 1980); name, number and checksum are
 * not there. `undefined` where the columns cannot hold the elements exactly, as with an OMM's microseconds.
 */
export function linesOf(elements: MeanElements): readonly [string, string] | undefined {
  const epoch = epochField(elements.epochUtcMs);
  const bstar = bstarField(elements.bstar);
  const angles = [elements.inclinationDeg, elements.raanDeg, elements.argPerigeeDeg, elements.meanAnomalyDeg];
  const [inclination, raan, argPerigee, meanAnomaly] = angles.map((deg) => decimalField(deg, 4, 8));
  const eccentricity = decimalField(elements.eccentricity, 7, 9)?.slice(2);
  const meanMotion = decimalField(elements.meanMotionRevPerDay, 8, 11);
  const first = [epoch, bstar];
  const second = [inclination, raan, eccentricity, argPerigee, meanAnomaly, meanMotion];
  if ([...first, ...second].includes(undefined)) return undefined;
  return [`1 00000U          ${epoch}  .00000000  00000-0 ${bstar} 0    00`, `2 00000 ${second.join(" ")}    00`];
}

/** `26164.75055242`: year and day of the year, 1 January being 1. */
function epochField(epochUtcMs: number): string | undefined {
  const year = isoOf(instant(epochUtcMs)).slice(0, 4);
  if (year < "1957" || year > "2056") return undefined;
  const newYear = parseInstant(`${year}-01-01T00:00:00Z`);
  const day = ((epochUtcMs - newYear) / MS_PER_DAY + 1).toFixed(8);
  if (Math.abs(newYear + (Number(day) - 1) * MS_PER_DAY - epochUtcMs) > EPOCH_ROUNDING_MS) return undefined;
  return year.slice(2) + day.padStart(12, "0");
}

/** ` 54812-3` is 0.54812e-3. */
function bstarField(bstar: number): string | undefined {
  const exponent = bstar === 0 ? 0 : Math.floor(Math.log10(Math.abs(bstar))) + 1;
  const digits = (Math.abs(bstar) * 10 ** (5 - exponent)).toFixed(0).padStart(5, "0");
  const sign = bstar < 0 ? "-" : " ";
  if (digits.length !== 5 || Math.abs(exponent) > 9) return undefined;
  if (Number(`${sign.trim()}0.${digits}e${exponent}`) !== bstar) return undefined;
  return `${sign}${digits}${exponent > 0 ? "+" : "-"}${Math.abs(exponent)}`;
}

function decimalField(value: number, decimals: number, width: number): string | undefined {
  const text = value.toFixed(decimals);
  return Number(text) === value && text.length <= width ? text.padStart(width, " ") : undefined;
}
