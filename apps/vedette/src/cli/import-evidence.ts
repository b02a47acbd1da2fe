/** `vedette import firms|alerts|news|csv|geojson|patrol|claims|replies FILE`: evidence into a log. */
import { appendFileSync, existsSync, realpathSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Marking } from "@vedette/core/record/marking";
import { type Instant, instant, MS_PER_DAY, parseInstant } from "@vedette/core/time/instant";
import type { FeedMapping } from "@vedette/wire/feeds-mapping";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { type EvidenceTarget, type ImportedEvidence, importEvidence } from "../feeds/evidence/import-evidence.ts";
import { KINDS, type KindName, kindOf, readIncidentPlaces } from "../feeds/evidence/kinds.ts";
import type { Area } from "../feeds/evidence/places.ts";
import { isZone } from "../feeds/evidence/times.ts";
import { InputError, Interrupted, UsageError } from "../problem.ts";
import { readDataFile } from "../scenario/data-file.ts";
import { readEvidenceSources, SHIPPED_SOURCES } from "../scenario/evidence-sources.ts";
import { childOf, problemAt } from "../scenario/located.ts";
import { readAreas } from "../scenario/named-areas.ts";
import { readTaxonomy } from "../scenario/taxonomy.ts";
import { openStore } from "../store/open.ts";
import { folderNamed } from "../store/place.ts";
import type { Store } from "../store/store.ts";
import { evidenceJson, evidenceRefusals, evidenceText } from "./import-evidence-report.ts";
import { DEFAULT_STORE, outsideOf } from "./log-options.ts";
import { shownPlace } from "./terminal.ts";

/** Below it, a file is read before a bar could be looked at. */
const PROGRESS_FROM_BYTES = 4 * 1024 * 1024;
/** A machine's clock and a sensor's differ; more than a day is no difference of clocks. */
const AHEAD_MS = MS_PER_DAY;

interface Options {
  readonly store: string;
  readonly node?: string;
  readonly actor: string;
  readonly owner: string;
  readonly release?: string;
  readonly originatorControlled?: boolean;
  readonly exercise?: boolean;
  readonly mapping?: string;
  readonly sources: readonly string[];
  readonly areas: readonly string[];
  readonly area?: string;
  readonly taxonomy?: string;
  readonly at?: string;
  readonly refusals?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const WORDS: Readonly<Record<KindName, string>> = {
  firms: "thermal anomalies of NASA FIRMS (CSV; MODIS, VIIRS, with or without time and power)",
  alerts: "air-raid alerts (CSV: oblast, raion, hromada, started_at, finished_at)",
  news: "geocoded news reports (CSV in the layout of VIINA)",
  csv: "any table, explained by a mapping file",
  geojson: "any GeoJSON, explained by a mapping file",
  patrol: "report forms of patrols (JSON)",
  claims: "claims of the parties (JSON forms or CSV)",
  replies: "replies of the parties to incidents (JSON forms or CSV)",
};

/** Where a file's evidence goes instead of a log here. */
export interface ImportInto {
  readonly name: string;
  readonly marking: Marking;
  readonly batchSize: number;
  readonly target: EvidenceTarget;
}

/** @param into where it goes to a server: asked with the marking that the options name */
export function evidenceCommands(into?: (marking: Marking) => Promise<ImportInto>): Command[] {
  // A reply goes to its incident, which is on the server.
  const kinds = into === undefined ? KINDS : KINDS.filter((kind) => kind !== "replies");
  return kinds.map((kind) => {
    const command = new Command(kind).description(WORDS[kind]).argument("<FILE>", "a file on this machine");
    if (kind === "csv" || kind === "geojson") {
      command.requiredOption("--mapping <MAPPING.yaml>", "which column is which; see `vedette schema feed-mapping`");
    }
    return command
      .option(
        "--store <STORE>",
        "the log to record in, a folder or postgres://…; made where it is not there",
        DEFAULT_STORE,
      )
      .option("--node <ID>", "whose chain a new log begins (default: named after its key)")
      .option("--actor <ID>", "who brings it in: an id, never a name", "import")
      .option("--owner <NATION>", "who owns the evidence, ISO 3166-1 alpha-3; XXX: unspecified (ICAO 9303)", "XXX")
      .option("--release <NATION,...|all>", "to whom it may go beside its owner (default: nobody)")
      .option("--originator-controlled", "no onward release without the owner's word")
      .option("--exercise", "exercise data, which may lie in the future")
      .option(
        "--sources <DIR>",
        "more tables of sensors and sources; a file replaces ours of the same id",
        collected,
        [],
      )
      .option("--areas <FILE>", "more named areas and settlements with their extent", collected, [])
      .option("--area <W,S,E,N>", "area of interest, degrees: places outside are refused, exchanged ones recognised")
      .option("--taxonomy <FILE>", "kinds of incident that a record may name (default: the shipped ones)")
      .option("--at <INSTANT>", "nothing may have happened a day later than this, UTC (default: now)")
      .option("--refusals <FILE>", "write every refusal there, one JSON object a line")
      .option("--dry-run", "read and judge the file, record nothing")
      .option("--json", "print one JSON object")
      .addHelpText("after", examplesOf(kind))
      .action(async (file: string, options: Options, own: Command) => {
        const there = await into?.(markingOf(options));
        const imported = await run(kind, file, options, there);
        const { writeOut, writeErr } = own.configureOutput();
        const place = { store: there?.name ?? shownPlace(options.store), isDryRun: options.dryRun === true };
        if (!options.json) for (const line of evidenceRefusals(imported)) writeErr?.(`${line}\n`);
        if (imported.isInterrupted) throw new Interrupted(interruptedWords(imported));
        writeOut?.(`${options.json ? evidenceJson(imported, place) : evidenceText(imported, place)}\n`);
      });
  });
}

const collected = (value: string, before: readonly string[]): readonly string[] => [...before, value];

async function run(name: KindName, file: string, options: Options, into?: ImportInto): Promise<ImportedEvidence> {
  const marking = into?.marking ?? markingOf(options);
  const latest = latestOf({ ...options, exercise: marking.use === "exercise" });
  const area = options.area === undefined ? undefined : areaOf(options.area);
  const sources = await readEvidenceSources([SHIPPED_SOURCES, ...options.sources]);
  const areas = await readAreas(options.areas);
  const mapping = options.mapping === undefined ? undefined : await mappingOf(options.mapping, name);
  const log = new LazyLog(options);
  const abort = new AbortController();
  const onInterrupt = () => abort.abort();
  process.once("SIGINT", onInterrupt);
  const bar = new ReadingBar();
  try {
    const incidents = name === "replies" ? await readIncidentPlaces(await log.open(false)) : undefined;
    const { kinds, kindOfText } = await readTaxonomy(options.taxonomy);
    const setting = { sources, areas, latest, kindOfText, ...(area && { area }) };
    const events = new Set(kinds);
    const kind = kindOf(name, setting, { ...(incidents && { incidents }), ...(mapping && { mapping }) });
    const { refusals } = options;
    if (refusals !== undefined) {
      if (existsSync(refusals) && existsSync(file) && realpathSync(refusals) === realpathSync(file))
        throw new UsageError(`--refusals ${refusals}: is the file that is read: expected another one`);
      if (existsSync(folderNamed(options.store) ?? "")) outsideOf(options.store, refusals, "--refusals");
      writeFileSync(refusals, "");
    }
    const imported = await importEvidence({
      path: file,
      kind: { ...kind, events },
      actor: options.actor,
      marking,
      signal: abort.signal,
      onProgress: (read, total) => bar.show(read, total),
      ...(!options.dryRun && { store: () => into?.target ?? log.open(true) }),
      ...(into && { batchSize: into.batchSize }),
      ...(refusals !== undefined && {
        onRefusal: (refusal) => appendFileSync(refusals, `${JSON.stringify({ file, ...refusal })}\n`),
      }),
    });
    throwIfNothing(file, imported);
    return imported;
  } finally {
    process.off("SIGINT", onInterrupt);
    bar.end();
    await log.close();
  }
}

/** Opened when it is needed: a file that is of no use makes no log. */
class LazyLog {
  readonly #options: Options;
  #store: Promise<Store> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  open(create: boolean): Promise<Store> {
    const { store, node } = this.#options;
    this.#store ??= openStore(store, { create, ...(node !== undefined && { node }) });
    return this.#store;
  }

  async close(): Promise<void> {
    await (await this.#store?.catch(() => undefined))?.close();
  }
}

/** Where not one record was good, the file is at fault, and the first reasons say how. */
function throwIfNothing(file: string, { records, refused, refusals, isInterrupted }: ImportedEvidence): void {
  if (isInterrupted || refused === 0 || refused < records) return;
  const problems = refusals.slice(0, 20).map(({ line, column, message, value }) => ({
    file,
    line,
    ...(column !== undefined && { path: column }),
    message: value === undefined ? message : `${message}: ${value}`,
  }));
  throw new InputError([{ file, message: `nothing to import: ${refused} of ${records} records refused` }, ...problems]);
}

const interruptedWords = ({ added, duplicate }: ImportedEvidence): string =>
  `interrupted; ${added + duplicate} records are in the log: the same command goes on from there`;

/** A bar on stderr, for files big enough and for people only. */
class ReadingBar {
  #bar: SingleBar | undefined;

  show(read: number, total: number): void {
    if (!process.stderr.isTTY || total < PROGRESS_FROM_BYTES) return;
    if (this.#bar === undefined) {
      const format = "importing {bar} {percentage}% {duration_formatted}";
      this.#bar = new SingleBar({ stream: process.stderr, format, hideCursor: true });
      this.#bar.start(total, 0);
    }
    this.#bar.update(read);
  }

  end(): void {
    this.#bar?.stop();
  }
}

function markingOf({ owner, release = "", originatorControlled = false, exercise = false, actor }: Options): Marking {
  const nations = release.split(",").filter((nation) => nation !== "");
  const wrong = [owner, ...(release === "all" ? [] : nations)].find((nation) => !/^[A-Z]{3}$/.test(nation));
  if (wrong !== undefined) throw new UsageError(`${wrong}: expected a nation as ISO 3166-1 alpha-3, such as FRA`);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(actor)) {
    throw new UsageError(`--actor ${actor}: expected an id of letters, digits, dots and dashes`);
  }
  return {
    owner,
    releasableTo: release === "all" ? "all" : [...new Set(nations)].sort(),
    originatorControlled,
    use: exercise ? "exercise" : "real",
  };
}

function latestOf({ at, exercise }: Options): Instant {
  if (exercise) return instant(Date.UTC(2100, 0, 1));
  if (at === undefined) return instant(Date.now() + AHEAD_MS);
  try {
    return instant(parseInstant(at) + AHEAD_MS);
  } catch {
    throw new UsageError(`--at ${at}: expected a UTC instant such as 2026-06-15T00:00:00Z`);
  }
}

function areaOf(text: string): Area {
  const [west, south, east, north] = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isGood =
    west !== undefined &&
    south !== undefined &&
    east !== undefined &&
    north !== undefined &&
    text.split(",").length === 4;
  if (!isGood || !(Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90 && south < north)) {
    throw new UsageError(`--area ${text}: expected west,south,east,north in degrees, such as 22,44,41,53`);
  }
  return { west, south, east, north };
}

async function mappingOf(path: string, name: KindName): Promise<FeedMapping> {
  const { value, cursor } = await readDataFile<FeedMapping>("feed-mapping", resolve(path));
  if (value.reads !== name) {
    throw new InputError([
      problemAt(childOf(cursor, "reads") ?? cursor, `this mapping reads ${value.reads}, not ${name}`),
    ]);
  }
  const time = childOf(cursor, "time");
  if (value.time.zone !== undefined && !isZone(value.time.zone) && time) {
    throw new InputError([
      problemAt(childOf(time, "zone") ?? time, `no such time zone: expected one such as Europe/Kyiv`),
    ]);
  }
  return value;
}

function examplesOf(kind: KindName): string {
  const mapping = kind === "csv" || kind === "geojson" ? " --mapping mapping.yaml" : "";
  const form = kind === "patrol" ? "json" : kind === "geojson" ? "geojson" : "csv";
  return `
Examples:
  $ vedette import ${kind} ${kind}.${form}${mapping}
  $ vedette import ${kind} ${kind}.${form}${mapping} --store my-log --owner UKR --release FRA,GBR --actor desk-3
  $ vedette import ${kind} ${kind}.${form}${mapping} --dry-run --json --refusals refused.ndjson

Records = added + duplicate + refused. The same file twice adds nothing; after a kill, the same command goes on.`;
}
