/** `vedette windows`: when satellites and sites stand to each other as a look needs. */
import { setImmediate } from "node:timers/promises";
import { findFleetWindows } from "@vedette/core/access/fleet-windows";
import type { Site } from "@vedette/core/geo/position";
import type { MeanElements } from "@vedette/core/orbit/elements";
import type { StateTable } from "@vedette/core/orbit/ephemeris";
import { type Interval, isoOf, MS_PER_DAY } from "@vedette/core/time/instant";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { Interrupted, UsageError } from "../problem.ts";
import { counted } from "../scenario/words.ts";
import { addLookOptions, type Constraints, type LookOptions, parseLook } from "./look-options.ts";
import {
  addSkyOptions,
  addSpanOptions,
  parseSites,
  parseSpan,
  readChosen,
  type SkyOptions,
  TABLE,
  tableOf,
} from "./sky-options.ts";
import { type Rows, rowsOf, type UnknownJson, type WindowJson } from "./windows-rows.ts";
import { windowsText } from "./windows-text.ts";

interface Options extends SkyOptions, LookOptions {
  readonly json?: true;
}

interface Asked {
  readonly satellites: readonly MeanElements[];
  readonly relays?: readonly MeanElements[];
  readonly sites: readonly Site[];
  readonly span: Interval;
  readonly constraints: Constraints;
}

/** Satellite-site-days from which the work is long enough to be told of: a second or more. */
const LONG_PAIR_DAYS = 5000;

const EXAMPLES = `
Examples:
  $ vedette windows --catalogue data/catalogues/imaging-2026-06-14.csv --satellite SENTINEL-1A \\
      --site Kharkiv=49.99,36.23 --incidence 20..45 --side right --start 2026-06-15T00:00:00Z --days 7
  $ vedette windows --catalogue data/catalogues/imaging-2026-06-14.csv --satellite SENTINEL-2A,SENTINEL-2B \\
      --site 49.99,36.23,120 --site 47.1,37.55 --off-nadir ..30 --min-sun 10 --relay 41310 \\
      --start 2026-06-15T00:00:00Z --days 3 --json
  $ vedette windows --catalogue active.tle --satellite 25544 --site 50.0,36.23 --horizon 0:5,90:12,180:3 \\
      --min-elevation 10 --max-sun -6 --sunlit --start 2026-06-15T00:00:00Z --days 5

They ask: when can a radar look to its right at 20 to 45 degrees of incidence; two cameras, by day, within 30 degrees of
nadir, with a relay in their line of sight; and when is a satellite seen by eye, in its sunlight, from a dark place?

Every constraint that is given must hold; bands hold at both ends, and one end may be left out (..30, 500..). Angles are
geometric (no refraction). A skyline is straight between its points and holds at every --site. A satellite is named by
its number, its name, or the beginning of a name (COSMO names four); so is a relay, which its own satellite cannot be.

What is not a window is a no, except where it is unknown: elements more than 14 days from an instant say nothing there,
a relay's neither. clipped: the span, or what is known, cut the window at its start, its end, or both.

--json: { span, sites, constraints, relays, windows, unknown, counts }; instants in UTC. windows, unknown: satellite,
catalogueNumber, site, start, end, durationS; then clipped, or code (stale, decayed, element-error) and of (satellite,
relay). counts, for each satellite and site: windows, windowS, unknownS, noS; the three durations add up to the span.`;

export function windowsCommand(): Command {
  const command = addSkyOptions(
    new Command("windows")
      .description("list when satellites can look at sites, under constraints that all hold")
      .usage("--catalogue FILE --satellite NAME --site SITE --start INSTANT --days N [options]"),
  );
  return addLookOptions(addSpanOptions(command))
    .option("--json", "print one JSON object instead of tables")
    .addHelpText("after", EXAMPLES)
    .action(listWindows);
}

async function listWindows(options: Options, command: Command): Promise<void> {
  const sites = parseSites(options.site);
  const span = parseSpan(options);
  const constraints = await parseLook(options);
  const { catalogue, satellite, relay } = options;
  const words = { "--satellite": satellite, ...(relay === undefined ? {} : { "--relay": relay }) };
  const [satellites = [], relays] = await readChosen(catalogue, words);
  const asked = { satellites, sites, span, constraints, ...(relays && { relays }) };
  assertRelays(asked);
  const rows = await search(asked);
  const text = options.json ? `${JSON.stringify({ ...aboutOf(asked), ...rows }, null, 1)}\n` : windowsText(rows);
  command.configureOutput().writeOut?.(text);
}

/** A satellite is no relay to itself: another one must be left for it. */
function assertRelays({ satellites, relays }: Asked): void {
  const [only] = relays ?? [];
  if (relays?.length !== 1 || only === undefined) return;
  if (satellites.some(({ catalogueNumber }) => catalogueNumber === only.catalogueNumber))
    throw new UsageError(
      `--relay ${only.name}: also in --satellite, and none relays to itself; expected another relay, or leave it out there`,
    );
}

const byTime = (a: WindowJson | UnknownJson, b: WindowJson | UnknownJson): number =>
  a.start < b.start ? -1 : a.start > b.start ? 1 : a.catalogueNumber - b.catalogueNumber;

function aboutOf({ span, sites, constraints, relays = [] }: Asked) {
  return {
    span: { start: isoOf(span.start), end: isoOf(span.end) },
    sites: sites.map(({ id, ...place }) => ({ site: id, ...place })),
    constraints,
    relays: relays.map(({ name, catalogueNumber }) => ({ satellite: name, catalogueNumber })),
  };
}

/** Every pair of satellite and site, in order of time; Ctrl-C is heard between two pairs. @throws Interrupted */
async function search(asked: Asked): Promise<Rows> {
  const { satellites, sites, span } = asked;
  const abort = new AbortController();
  const onInterrupt = () => abort.abort();
  process.once("SIGINT", onInterrupt);
  const total = satellites.length * sites.length;
  const isLong = (total * (span.end - span.start)) / MS_PER_DAY >= LONG_PAIR_DAYS;
  const bar = isLong ? progressOf(total) : undefined;
  try {
    const found: Rows[] = [];
    for (const rows of pairs(asked)) {
      found.push(rows);
      bar?.update(found.length);
      await setImmediate();
      if (abort.signal.aborted) throw new Interrupted();
    }
    return {
      windows: found.flatMap(({ windows }) => windows).sort(byTime),
      unknown: found.flatMap(({ unknown }) => unknown).sort(byTime),
      counts: found.flatMap(({ counts }) => counts),
    };
  } finally {
    process.off("SIGINT", onInterrupt);
    bar?.stop();
  }
}

/** A bar where a person looks, a line where a file does. */
function progressOf(total: number): SingleBar | undefined {
  if (!process.stderr.isTTY) {
    process.stderr.write(`searching ${counted(total, "pair")} of satellite and site\n`);
    return undefined;
  }
  const format = "pairs of satellite and site {bar} {value}/{total}";
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true });
  bar.start(total, 0);
  return bar;
}

function* pairs({ satellites, relays, sites, span, constraints }: Asked): Generator<Rows> {
  const tables = (relays ?? []).map((relay) => ({ number: relay.catalogueNumber, table: tableOf(relay, span) }));
  const relaysOf = (s: number): StateTable[] =>
    tables.filter(({ number }) => number !== satellites[s]?.catalogueNumber).map(({ table }) => table);
  const query = { satellites, sites, span, constraints, options: TABLE, ...(relays && { relaysOf }) };
  for (const { satellite, site, ...found } of findFleetWindows(query)) {
    const [elements, place] = [satellites[satellite], sites[site]];
    if (elements === undefined || place === undefined) continue;
    yield rowsOf({ elements, site: place, ...found }, span);
  }
}
