/** What commands about single satellites share: a catalogue's satellites, places on the ground, a span. */
import type { Site } from "@vedette/core/geo/position";
import type { MeanElements } from "@vedette/core/orbit/elements";
import type { StateTable, UnknownCode } from "@vedette/core/orbit/ephemeris";
import { STALE_AFTER_MS, type TableOptions, tabulate } from "@vedette/core/orbit/table";
import { type Interval, instant, interval, MS_PER_DAY, parseInstant } from "@vedette/core/time/instant";
import type { Command } from "commander";
import { readCatalogue } from "../feeds/catalogue/catalogue.ts";
import { InputError, UsageError } from "../problem.ts";
import { counted, nearestOf, quoted } from "../scenario/words.ts";

export interface SkyOptions {
  readonly catalogue: string;
  readonly satellite: string;
  readonly site: readonly string[];
  readonly start: string;
  readonly days: string;
}

export const TABLE: TableOptions = { staleAfterMs: STALE_AFTER_MS };

/** Why a stretch is unknown, for people. */
export const WHY: Readonly<Record<UnknownCode, string>> = {
  stale: "elements more than 14 days away",
  decayed: "SGP4 says that it has decayed",
  "element-error": "SGP4 cannot use the elements",
};

export function addSkyOptions(command: Command): Command {
  return command
    .requiredOption("--catalogue <FILE>", "element sets: TLE, 3LE, OMM in JSON, CSV, XML or KVN")
    .requiredOption("--satellite <NAME|ID[,...]>", "names or catalogue numbers, separated by commas")
    .requiredOption(
      "--site <[NAME=]LAT,LON[,HEIGHT]>",
      "degrees north and east, metres above the ellipsoid (repeat for several)",
      collect,
    );
}

/** An option that may be repeated. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

export function addSpanOptions(command: Command): Command {
  return command
    .requiredOption("--start <INSTANT>", "UTC, e.g. 2026-06-15T00:00:00Z")
    .requiredOption("--days <N>", "length of the span, up to 366");
}

export const tableOf = (elements: MeanElements, span: Interval): StateTable => tabulate(elements, span, TABLE);

/**
 * The satellites that each option names, of one catalogue; refused records are counted on stderr.
 *
 * @throws InputError where the file cannot be read, and where a word names nothing.
 */
export async function readChosen(file: string, words: Readonly<Record<string, string>>): Promise<MeanElements[][]> {
  const { elements, refusedCount } = await readCatalogue(file);
  const chosen = Object.entries(words).map(([option, text]) => choose(elements, text, option, file));
  if (refusedCount > 0)
    process.stderr.write(
      `${file}: ${counted(refusedCount, "record")} refused; \`vedette import catalogue\` says why\n`,
    );
  return chosen;
}

/** Numbers are catalogue numbers; names match whole, or else as a beginning. Each word must name something. */
function choose(elements: readonly MeanElements[], words: string, option: string, file: string): MeanElements[] {
  const wanted = words
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  if (wanted.length === 0) throw new UsageError(`${option}: expected names or catalogue numbers, separated by commas`);
  const missing: string[] = [];
  const found = wanted.flatMap((word) => {
    const matches = matching(elements, word);
    if (matches.length === 0) missing.push(word);
    return matches;
  });
  if (missing.length > 0) {
    const names = elements.map(({ name }) => name);
    const message = `${option}: no satellite ${missing.map((word) => missed(word, names)).join(", ")} among ${elements.length} element sets`;
    throw new InputError([{ file, message }]);
  }
  return [...new Map(found.map((satellite) => [satellite.catalogueNumber, satellite])).values()];
}

function missed(word: string, names: readonly string[]): string {
  const nearest = nearestOf(word, names);
  return nearest === undefined ? quoted(word) : `${quoted(word)} (did you mean ${quoted(nearest)}?)`;
}

function matching(elements: readonly MeanElements[], word: string): MeanElements[] {
  const byNumber = /^\d+$/.test(word) ? elements.filter(({ catalogueNumber }) => catalogueNumber === Number(word)) : [];
  if (byNumber.length > 0) return byNumber;
  const upper = word.toUpperCase();
  const whole = elements.filter(({ name }) => name.toUpperCase() === upper);
  return whole.length > 0 ? whole : elements.filter(({ name }) => name.toUpperCase().startsWith(upper));
}

/** Of `--site`, each with a name of its own. */
export function parseSites(texts: readonly string[]): Site[] {
  const sites = texts.map((text) => parseSite(text, "--site"));
  const twice = sites.find(({ id }, i) => sites.findIndex((other) => other.id === id) < i);
  if (twice !== undefined) throw new UsageError(`--site ${twice.id}: expected a name of its own for each site`);
  return sites;
}

/** `LAT,LON` or `LAT,LON,HEIGHT`, with `NAME=` before it or not; without, it is called as it is written. */
export function parseSite(text: string, option: string): Site {
  const { name, parts } = placeOf(text);
  if (parts.length < 2 || parts.length > 3)
    throw new UsageError(`${option} ${text}: expected LAT,LON or LAT,LON,HEIGHT, e.g. 50.0,36.23,120`);
  const [latitude = "", longitude = "", height = "0"] = parts;
  return siteOf(name, { latitude, longitude, height }, option);
}

/** The name before the last `=`, or the text itself; then what the commas part. */
export function placeOf(text: string): { readonly name: string; readonly parts: readonly string[] } {
  const at = text.lastIndexOf("=");
  const name = text.slice(0, Math.max(at, 0)).trim();
  const place = text.slice(at + 1);
  return { name: name === "" ? place.replaceAll(" ", "") : name, parts: place.split(",") };
}

export function siteOf(
  id: string,
  { latitude, longitude, height }: Readonly<Record<"latitude" | "longitude" | "height", string>>,
  option: string,
): Site {
  return {
    id,
    latitudeDeg: parseNumber(latitude, `${option}: latitude`, -90, 90),
    longitudeDeg: parseNumber(longitude, `${option}: longitude`, -180, 180),
    heightM: parseNumber(height, `${option}: height`, -500, 9000),
  };
}

export function parseSpan({ start, days }: Pick<SkyOptions, "start" | "days">): Interval {
  const lengthMs = parseNumber(days, "--days", 0, 366) * MS_PER_DAY;
  if (!(lengthMs >= 1)) throw new UsageError(`--days ${days}: expected more than 0`);
  try {
    const from = parseInstant(start);
    return interval(from, instant(from + lengthMs));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`--start ${start}: ${error.message}`);
  }
}

export function parseNumber(text: string, option: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= low && value <= high))
    throw new UsageError(`${option} ${text}: expected a number from ${low} to ${high}`);
  return value;
}
