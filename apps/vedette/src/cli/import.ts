/** `vedette import KIND FILE`: element sets into a catalogue here, evidence into a log in import-evidence.ts. */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Instant, instant, isoOf, parseInstant } from "@vedette/core/time/instant";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { type Imported, importCatalogue } from "../feeds/catalogue/import.ts";
import { DOWNLOAD_LIMITS, download } from "../feeds/download.ts";
import { InputError, UsageError } from "../problem.ts";
import { evidenceCommands } from "./import-evidence.ts";
import { jsonOf, refusalsOf, textOfImport } from "./import-report.ts";
import { catalogueOfScenario } from "./import-target.ts";

const STALE_AFTER_DAYS = 14;
/** Below it, a file is read before a bar could be looked at. */
const PROGRESS_FROM_BYTES = 16 * 1024 * 1024;

interface Options {
  readonly into?: string;
  readonly scenario?: string;
  readonly only?: string;
  readonly at?: string;
  readonly timeout: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ vedette import catalogue active.tle --into catalogue.csv
  $ vedette import catalogue active.tle --into mine.csv --only "SENTINEL-1A,25544"
  $ vedette import catalogue elements.xml --scenario my-line/scenario.yaml
  $ vedette import catalogue "https://celestrak.org/NORAD/elements/gp.php?GROUP=resource&FORMAT=csv" --json

The newest elements of each object are kept: a newer epoch replaces, the same or an older one changes nothing.
Stale: older than 14 days (or the scenario's staleAfterDays). Decayed: by SGP4, or with the perigee below ground.`;

export function importCommand(): Command {
  const catalogue = new Command("catalogue")
    .description("read element sets (TLE, 3LE, OMM as JSON, CSV, XML or KVN) into a catalogue")
    .argument("<FILE|URL>", "a file, or an http or https address")
    .option("--into <CATALOGUE.csv>", "the catalogue to add to; made where it is not there (default: catalogue.csv)")
    .option("--scenario <SCENARIO>", "add to the first of the scenario's own catalogues instead")
    .option("--only <NAME|ID,...>", "only these objects, by name or catalogue number")
    .option("--at <INSTANT>", "when elements must be fresh, UTC (default: the scenario's start, otherwise now)")
    .option("--timeout <SECONDS>", "longest time for fetching an address", String(DOWNLOAD_LIMITS.timeoutMs / 1000))
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (source: string, options: Options, command: Command) => {
      const { text, warnings } = await run(source, options);
      const { writeOut, writeErr } = command.configureOutput();
      for (const warning of warnings) writeErr?.(`${warning}\n`);
      writeOut?.(`${text}\n`);
    });
  const command = new Command("import").description("bring data in: element sets, detections, reports, claims");
  for (const each of [catalogue, ...evidenceCommands()]) command.addCommand(each);
  return command;
}

async function run(source: string, options: Options): Promise<{ text: string; warnings: readonly string[] }> {
  if (options.into !== undefined && options.scenario !== undefined) {
    throw new UsageError("--into and --scenario both name where to write: give one of them");
  }
  const given = options.at === undefined ? undefined : instantOf(options.at);
  const timeoutMs = timeoutOf(options.timeout);
  const only = options.only === undefined ? undefined : selectionOf(options.only);
  const scenario = options.scenario === undefined ? undefined : await catalogueOfScenario(options.scenario);
  const target = scenario?.catalogue ?? resolve(options.into ?? "catalogue.csv");
  const at = given ?? scenario?.start ?? instant(Date.now());
  const staleAfterDays = scenario?.staleAfterDays ?? STALE_AFTER_DAYS;
  const imported = await withLocal(source, timeoutMs, async (path) => {
    const scan = { name: source, ...(await progressOf(path)) };
    return importCatalogue({ source: path, target, at, staleAfterDays, scan, ...(only && { only }) });
  });
  throwIfNothing(source, imported);
  const report = { source, target, at, staleAfterDays, imported };
  return options.json
    ? { text: jsonOf(report), warnings: [] }
    : { text: textOfImport(report), warnings: refusalsOf(report) };
}

/** Runs `use` on a file here: the source itself, or what its address serves, which is removed afterwards. */
async function withLocal<T>(source: string, timeoutMs: number, use: (path: string) => Promise<T>): Promise<T> {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) return use(source);
  if (!/^https?:/i.test(source) || !URL.canParse(source)) {
    throw new UsageError(`not an http or https address: ${source}`);
  }
  const folder = await mkdtemp(join(tmpdir(), "vedette-import-"));
  try {
    const path = join(folder, "catalogue");
    await download(source, path, { ...DOWNLOAD_LIMITS, timeoutMs });
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A bar on stderr, for files big enough and for people only. */
async function progressOf(path: string): Promise<{ onProgress?: (bytesRead: number) => void }> {
  const totalBytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  if (!process.stderr.isTTY || totalBytes < PROGRESS_FROM_BYTES) return {};
  const bar = new SingleBar({ stream: process.stderr, format: "reading {bar} {percentage}% {duration_formatted}" });
  bar.start(totalBytes, 0);
  return {
    onProgress(bytesRead) {
      bar.update(bytesRead);
      if (bytesRead >= totalBytes) bar.stop();
    },
  };
}

function throwIfNothing(source: string, { objects, records, refused, refusedCount, notFound }: Imported): void {
  if (objects.length > 0) return;
  const why =
    notFound.length > 0 ? `it has no ${notFound.join(", no ")}` : `${refusedCount} of ${records} records refused`;
  const problems = refused
    .slice(0, 20)
    .map(({ text, message, ...place }) => ({ ...place, file: source, message: `${message}: ${text}` }));
  throw new InputError([{ file: source, message: `nothing to import: ${why}` }, ...problems]);
}

function instantOf(text: string): Instant {
  try {
    return parseInstant(text);
  } catch {
    throw new UsageError(`--at ${text}: expected a UTC instant such as ${isoOf(instant(1_781_481_600_000))}`);
  }
}

function timeoutOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600))
    throw new UsageError(`--timeout ${text}: expected seconds, above 0 and at most 3600`);
  return seconds * 1000;
}

function selectionOf(text: string): readonly string[] {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0) throw new UsageError("--only: expected names or catalogue numbers, with commas between them");
  return names;
}
