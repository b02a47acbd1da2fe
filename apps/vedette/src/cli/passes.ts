/** `vedette passes`: when a satellite stands above a site. */
import { findPasses, type Pass } from "@vedette/core/access/passes";
import type { Site } from "@vedette/core/geo/position";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { ephemerisOf, STALE_AFTER_MS, tabulate } from "@vedette/core/orbit/table";
import { type Interval, instant, interval, isoOf, MS_PER_DAY, parseInstant } from "@vedette/core/time/instant";
import { Command } from "commander";
import { readCatalogue } from "../feeds/catalogue.ts";
import { InputError, UsageError } from "../problem.ts";

interface Options {
  readonly catalogue: string;
  readonly satellite: string;
  readonly site: string;
  readonly mask: string;
  readonly start: string;
  readonly days: string;
  readonly json?: true;
}

/** A row of `--json`: instants in ISO 8601, UTC, with milliseconds. */
interface PassJson {
  readonly satellite: string;
  readonly catalogueNumber: number;
  readonly rise: string;
  readonly culmination: string;
  readonly set: string;
  readonly maxElevationDeg: number;
  readonly clipped: Pass["clipped"];
}

const EXAMPLES = `
Examples:
  $ vedette passes --catalogue data/catalogues/imaging-2026-06-14.csv --satellite SENTINEL-1A \\
      --site 50.0,36.23 --mask 10 --start 2026-06-15T00:00:00Z --days 2
  $ vedette passes --catalogue active.tle --satellite 25544,48274 --site -77.85,166.67,50 \\
      --mask 5 --start 2026-06-15T00:00:00Z --days 7 --json

A satellite is named by its catalogue number, its name, or the beginning of a name (COSMO names four). Rise and set are
geometric (no refraction). Elements more than 14 days from an instant say nothing there: such stretches are named on
stderr. clipped: the span, or what is known, cut the pass at its start, its end, or both.`;

export function passesCommand(): Command {
  return new Command("passes")
    .description("list the passes of satellites over a site")
    .requiredOption("--catalogue <FILE>", "element sets: TLE, 3LE, OMM in JSON, CSV, XML or KVN")
    .requiredOption("--satellite <NAME|ID[,...]>", "names or catalogue numbers, separated by commas")
    .requiredOption("--site <LAT,LON[,HEIGHT]>", "degrees north and east, metres above the ellipsoid")
    .requiredOption("--mask <DEG>", "lowest elevation, 0 to 90 degrees")
    .requiredOption("--start <INSTANT>", "UTC, e.g. 2026-06-15T00:00:00Z")
    .requiredOption("--days <N>", "length of the span, up to 366")
    .option("--json", "print an array of passes, in order of rise")
    .addHelpText("after", EXAMPLES)
    .action(listPasses);
}

async function listPasses(options: Options): Promise<void> {
  const site = parseSite(options.site);
  const maskDeg = parseNumber(options.mask, "--mask", 0, 90);
  const span = parseSpan(options);
  const { elements, refused } = await readCatalogue(options.catalogue);
  if (refused.length > 0) {
    process.stderr.write(
      `${options.catalogue}: ${refused.length} records refused; \`vedette import catalogue\` says why\n`,
    );
  }
  const chosen = choose(elements, options.satellite, options.catalogue);
  const rows = chosen.flatMap((satellite) => passRows(satellite, site, maskDeg, span));
  rows.sort((a, b) => (a.rise < b.rise ? -1 : a.rise > b.rise ? 1 : a.catalogueNumber - b.catalogueNumber));
  process.stdout.write(options.json ? `${JSON.stringify(rows, null, 1)}\n` : tableOf(rows));
}

function passRows(elements: MeanElements, site: Site, maskDeg: number, span: Interval): PassJson[] {
  const table = tabulate(elements, span, { staleAfterMs: STALE_AFTER_MS });
  const exact = ephemerisOf(elements, { staleAfterMs: STALE_AFTER_MS });
  const { windows, unknown } = findPasses({ table, site, span, maskDeg, exact });
  const { name, catalogueNumber } = elements;
  for (const { start, end, code } of unknown) {
    process.stderr.write(
      `${name} (${catalogueNumber}): unknown from ${isoOf(start)} until ${isoOf(end)}: ${WHY[code]}\n`,
    );
  }
  return windows.map(({ start, end, peak, peakElevationDeg, clipped }) => ({
    satellite: name,
    catalogueNumber,
    rise: isoOf(start),
    culmination: isoOf(peak),
    set: isoOf(end),
    maxElevationDeg: Math.round(peakElevationDeg * 1e4) / 1e4,
    clipped,
  }));
}

const WHY = {
  stale: "elements more than 14 days away",
  decayed: "SGP4 says that it has decayed",
  "element-error": "SGP4 cannot use the elements",
} as const;

function tableOf(rows: readonly PassJson[]): string {
  if (rows.length === 0) return "no passes\n";
  const width = Math.max(...rows.map(({ satellite }) => satellite.length), 9);
  const lines = rows.map(({ satellite, rise, culmination, set, maxElevationDeg, clipped }) =>
    [
      satellite.padEnd(width),
      rise,
      culmination,
      set,
      maxElevationDeg.toFixed(1).padStart(6),
      clipped === "none" ? "" : `clipped at ${clipped}`,
    ]
      .join("  ")
      .trimEnd(),
  );
  const head = [
    `satellite`.padEnd(width),
    "rise (UTC)".padEnd(24),
    "culmination".padEnd(24),
    "set".padEnd(24),
    "   max",
  ].join("  ");
  return `${head}\n${lines.join("\n")}\n`;
}

/** Numbers are catalogue numbers; names match whole, or else as a beginning. Each word must name something. */
function choose(elements: readonly MeanElements[], words: string, file: string): MeanElements[] {
  const wanted = words
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  if (wanted.length === 0)
    throw new UsageError("--satellite: expected names or catalogue numbers, separated by commas");
  const missing: string[] = [];
  const found = wanted.flatMap((word) => {
    const matches = matching(elements, word);
    if (matches.length === 0) missing.push(word);
    return matches;
  });
  if (missing.length > 0) {
    throw new InputError([
      {
        file,
        message: `no satellite ${missing.map((word) => `"${word}"`).join(", ")} among ${elements.length} element sets`,
      },
    ]);
  }
  return [...new Map(found.map((satellite) => [satellite.catalogueNumber, satellite])).values()];
}

function matching(elements: readonly MeanElements[], word: string): MeanElements[] {
  const byNumber = /^\d+$/.test(word) ? elements.filter(({ catalogueNumber }) => catalogueNumber === Number(word)) : [];
  if (byNumber.length > 0) return byNumber;
  const upper = word.toUpperCase();
  const whole = elements.filter(({ name }) => name.toUpperCase() === upper);
  return whole.length > 0 ? whole : elements.filter(({ name }) => name.toUpperCase().startsWith(upper));
}

function parseSite(text: string): Site {
  const parts = text.split(",");
  if (parts.length < 2 || parts.length > 3)
    throw new UsageError(`--site ${text}: expected LAT,LON or LAT,LON,HEIGHT, e.g. 50.0,36.23,120`);
  const [latitude = "", longitude = "", height = "0"] = parts;
  return {
    id: "site",
    latitudeDeg: parseNumber(latitude, "--site: latitude", -90, 90),
    longitudeDeg: parseNumber(longitude, "--site: longitude", -180, 180),
    heightM: parseNumber(height, "--site: height", -500, 9000),
  };
}

function parseSpan({ start, days }: Options): Interval {
  const length = parseNumber(days, "--days", 0, 366);
  try {
    const from = parseInstant(start);
    return interval(from, instant(from + length * MS_PER_DAY));
  } catch (error) {
    throw new UsageError(
      error instanceof RangeError && length > 0
        ? `--start ${start}: ${error.message}`
        : `--days ${days}: expected more than 0`,
    );
  }
}

function parseNumber(text: string, option: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= low && value <= high))
    throw new UsageError(`${option} ${text}: expected a number from ${low} to ${high}`);
  return value;
}
