/** `vedette passes`: when a satellite stands above a site. */
import { findPasses, type Pass } from "@vedette/core/access/passes";
import type { Site } from "@vedette/core/geo/position";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { type Interval, isoOf } from "@vedette/core/time/instant";
import { Command } from "commander";
import {
  addSkyOptions,
  addSpanOptions,
  exactOf,
  parseNumber,
  parseSite,
  parseSpan,
  readChosen,
  type SkyOptions,
  tableOf,
  WHY,
} from "./sky-options.ts";

interface Options extends SkyOptions {
  readonly site: string;
  readonly mask: string;
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
  const command = addSkyOptions(new Command("passes").description("list the passes of satellites over a site"))
    .requiredOption("--site <LAT,LON[,HEIGHT]>", "degrees north and east, metres above the ellipsoid")
    .requiredOption("--mask <DEG>", "lowest elevation, 0 to 90 degrees");
  return addSpanOptions(command)
    .option("--json", "print an array of passes, in order of rise")
    .addHelpText("after", EXAMPLES)
    .action(listPasses);
}

async function listPasses(options: Options): Promise<void> {
  const site = parseSite(options.site, "--site");
  const maskDeg = parseNumber(options.mask, "--mask", 0, 90);
  const span = parseSpan(options);
  const [chosen = []] = await readChosen(options.catalogue, { "--satellite": options.satellite });
  const rows = chosen.flatMap((satellite) => passRows(satellite, site, maskDeg, span));
  rows.sort((a, b) => (a.rise < b.rise ? -1 : a.rise > b.rise ? 1 : a.catalogueNumber - b.catalogueNumber));
  process.stdout.write(options.json ? `${JSON.stringify(rows, null, 1)}\n` : textOf(rows));
}

function passRows(elements: MeanElements, site: Site, maskDeg: number, span: Interval): PassJson[] {
  const table = tableOf(elements, span);
  const { windows, unknown } = findPasses({ table, site, span, maskDeg, exact: exactOf(elements) });
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

function textOf(rows: readonly PassJson[]): string {
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
