/** `vedette passes`: when satellites stand above sites. */
import { type FleetPasses, findFleetPasses } from "@vedette/core/access/fleet-passes";
import type { Pass } from "@vedette/core/access/passes";
import type { Site } from "@vedette/core/geo/position";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { instant, isoOf } from "@vedette/core/time/instant";
import { Command } from "commander";
import {
  addSkyOptions,
  addSpanOptions,
  parseNumber,
  parseSites,
  parseSpan,
  readChosen,
  type SkyOptions,
  TABLE,
  WHY,
} from "./sky-options.ts";

interface Options extends SkyOptions {
  readonly mask: string;
  readonly json?: true;
}

/** A row of `--json`: instants in ISO 8601, UTC, with milliseconds. */
interface PassJson {
  readonly satellite: string;
  readonly catalogueNumber: number;
  readonly site: string;
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
  $ vedette passes --catalogue data/catalogues/imaging-2026-06-14.csv --satellite SENTINEL,ICEYE \\
      --site Kharkiv=49.99,36.23 --site Odesa=46.48,30.72 --mask 10 --start 2026-06-15T00:00:00Z --days 7
  $ vedette passes --catalogue active.tle --satellite 25544,48274 --site 50.0,36.23,150 \\
      --mask 5 --start 2026-06-15T00:00:00Z --days 7 --json

A satellite is named by its catalogue number, its name, or the beginning of a name (COSMO names four). Rise and set are
geometric (no refraction). Elements more than 14 days from an instant say nothing there: such stretches are named on
stderr. clipped: the span, or what is known, cut the pass at its start, its end, or both.`;

export function passesCommand(): Command {
  const command = addSkyOptions(
    new Command("passes")
      .description("list the passes of satellites over sites")
      .usage("--catalogue FILE --satellite NAME --site SITE --mask DEG --start INSTANT --days N [options]"),
  ).requiredOption("--mask <DEG>", "lowest elevation, 0 to 90 degrees");
  return addSpanOptions(command)
    .option("--json", "print an array of passes, in order of rise")
    .addHelpText("after", EXAMPLES)
    .action(listPasses);
}

async function listPasses(options: Options): Promise<void> {
  const sites = parseSites(options.site);
  const maskDeg = parseNumber(options.mask, "--mask", 0, 90);
  const span = parseSpan(options);
  const [satellites = []] = await readChosen(options.catalogue, { "--satellite": options.satellite });
  const masked = sites.map((site) => ({ site, maskDeg }));
  const found = findFleetPasses({ satellites, sites: masked, span, options: TABLE, withPeaks: true });
  satellites.forEach(({ name, catalogueNumber }, s) => {
    for (const { start, end, code } of found.unknown[s] ?? []) {
      process.stderr.write(
        `${name} (${catalogueNumber}): unknown from ${isoOf(start)} until ${isoOf(end)}: ${WHY[code]}\n`,
      );
    }
  });
  const rows = passRows(found, satellites, sites);
  rows.sort((a, b) => (a.rise < b.rise ? -1 : a.rise > b.rise ? 1 : a.catalogueNumber - b.catalogueNumber));
  process.stdout.write(options.json ? `${JSON.stringify(rows, null, 1)}\n` : textOf(rows, sites.length > 1));
}

const CLIPPED: readonly Pass["clipped"][] = ["none", "start", "end", "both"];

function passRows(found: FleetPasses, satellites: readonly MeanElements[], sites: readonly Site[]): PassJson[] {
  const { count, satellite, site, startMs, endMs, clipped, peakMs, peakElevationDeg } = found;
  const at = (ms: number | undefined) => isoOf(instant(Math.round(ms ?? Number.NaN)));
  return Array.from({ length: count }, (_, i) => {
    const { name = "", catalogueNumber = 0 } = satellites[satellite[i] as number] ?? {};
    return {
      satellite: name,
      catalogueNumber,
      site: sites[site[i] as number]?.id ?? "",
      rise: at(startMs[i]),
      culmination: at(peakMs?.[i]),
      set: at(endMs[i]),
      maxElevationDeg: Math.round((peakElevationDeg?.[i] ?? Number.NaN) * 1e4) / 1e4,
      clipped: CLIPPED[clipped[i] as number] ?? "none",
    };
  });
}

/** `withSite`: where there are several. */
function textOf(rows: readonly PassJson[], withSite: boolean): string {
  if (rows.length === 0) return "no passes\n";
  const width = rows.reduce((most, { satellite }) => Math.max(most, satellite.length), 9);
  const siteWidth = rows.reduce((most, { site }) => Math.max(most, site.length), 4);
  const siteCell = (site: string) => (withSite ? [site.padEnd(siteWidth)] : []);
  const lines = rows.map(({ satellite, site, rise, culmination, set, maxElevationDeg, clipped }) =>
    [
      satellite.padEnd(width),
      ...siteCell(site),
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
    "satellite".padEnd(width),
    ...siteCell("site"),
    "rise (UTC)".padEnd(24),
    "culmination".padEnd(24),
    "set".padEnd(24),
    "   max",
  ].join("  ");
  return `${head}\n${lines.join("\n")}\n`;
}
