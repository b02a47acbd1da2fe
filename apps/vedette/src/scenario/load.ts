/** From a name or a path to everything that a run needs: read, patched, validated, and with one digest. */
import { dirname } from "node:path";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { sha256Of } from "@vedette/core/record/hash";
import { INSTANT_PATTERN, type Source } from "@vedette/wire/common";
import type { Network } from "@vedette/wire/network";
import type { Requests, Zones } from "@vedette/wire/place";
import type { Scenario } from "@vedette/wire/scenario";
import { misfitsOf } from "@vedette/wire/schemas";
import type { World } from "@vedette/wire/world";
import { InputError, type Problem, textOf as problemText, UsageError } from "../problem.ts";
import { type Boundaries, readBoundaries } from "./boundaries.ts";
import { canonicalJson } from "./canonical.ts";
import { checkNetwork, checkSourcesAgree } from "./check-network.ts";
import { checkCellCount, checkRequests, checkSpan, checkWorld, checkZones, startProblem } from "./check-place.ts";
import { DOCUMENT_NAMES, type DocumentName, type DocumentRead, fileNamedBy, readPicked } from "./documents.ts";
import { overlaid, type ReadFile, readLayers, scenarioPathOf } from "./layers.ts";
import { type Cursor, childOf, numberOf, plainOf, problemAt, scalarOf, textOf } from "./located.ts";
import { portablePath } from "./paths.ts";
import { coverageWarnings, readElementSets } from "./satellites.ts";

/** Elements older than this at an instant say nothing there, where a scenario names no other limit. */
export const DEFAULT_STALE_AFTER_DAYS = 14;

export interface LoadedScenario {
  /** `extends` and `patch` are used up; file references stand as written. */
  readonly scenario: Scenario;
  readonly network: Network;
  readonly zones: Zones;
  readonly requests: Requests;
  readonly world?: World;
  /** By catalogue number, epochs as in the catalogue (also where the scenario rebases them). */
  readonly elements: ReadonlyMap<number, MeanElements>;
  readonly boundaries?: Boundaries;
  /** Every file read, by a path that is the same on every machine. */
  readonly files: readonly ReadFile[];
  /** SHA-256 over the canonical JSON of everything above but the files' names. */
  readonly inputSha256: string;
  /** Entries of `sources` in all files; one id means one source. */
  readonly sources: Readonly<Record<string, Source>>;
  /** What is allowed but makes the answer poorer, such as satellites without elements. */
  readonly warnings: readonly Problem[];
}

export interface Overrides {
  readonly start?: string;
  readonly days?: number;
}

export interface Inspection {
  /** Absent where there are problems. */
  readonly loaded?: LoadedScenario;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Loads a shipped scenario by name, or a file, or a folder with a scenario.yaml.
 * @throws InputError with every problem found; UsageError where an override makes no sense.
 */
export async function loadScenario(reference: string, overrides: Overrides = {}): Promise<LoadedScenario> {
  const { loaded, problems } = await inspectScenario(reference, overrides);
  if (loaded === undefined) throw new InputError(problems);
  return loaded;
}

/** As `loadScenario`, but problems are a value, beside the warnings. */
export async function inspectScenario(reference: string, overrides: Overrides = {}): Promise<Inspection> {
  refuseOverrides(overrides);
  const path = await scenarioPathOf(reference);
  if (typeof path !== "string") return { problems: [path], warnings: [] };
  const { cursors: layers, files, problems } = await readLayers(path);
  const scenario = overlaid(layers);
  if (scenario === undefined) return { problems, warnings: [] };
  // Every layer was explained by itself; this is TypeBox's own word on the whole.
  const misfits = problems.length > 0 ? [] : misfitsOf("resolved", plainOf(scenario.node));
  const documents = await readDocuments(scenario, layers);
  const parts = await readParts(scenario, documents, overrides);
  const all = distinct([
    ...problems,
    ...misfits.map((misfit) => ({ ...problemAt(scenario, misfit.message), path: misfit.path })),
    ...DOCUMENT_NAMES.flatMap((name) => documents[name]?.problems ?? []),
    ...checkSpan(scenario, documents.network?.cursor),
    ...crossProblems(documents),
    ...parts.problems,
  ]);
  const warnings = [...DOCUMENT_NAMES.flatMap((name) => documents[name]?.warnings ?? []), ...parts.warnings];
  if (all.length > 0) return { problems: all, warnings };
  const zones = documents.zones?.cursor;
  const oversize = zones ? checkCellCount(scenario, plainOf(zones.node) as Zones) : [];
  if (oversize.length > 0) return { problems: oversize, warnings };
  const read = [...files, ...DOCUMENT_NAMES.flatMap((name) => documents[name]?.file ?? []), ...parts.files];
  const portable = read.map((file) => ({
    ...file,
    path: portablePath(file.path, dirname(path)),
  }));
  return {
    loaded: assembled(scenario, documents, { ...parts, files: portable, warnings }, overrides),
    problems: [],
    warnings,
  };
}

type Documents = Readonly<Partial<Record<DocumentName, DocumentRead>>>;

async function readDocuments(scenario: Cursor, layers: readonly Cursor[]): Promise<Documents> {
  const entries: [DocumentName, DocumentRead][] = [];
  for (const name of DOCUMENT_NAMES) {
    const read = await readPicked(name, scenario, layers);
    if (read) entries.push([name, read]);
  }
  return Object.fromEntries(entries);
}

interface Parts {
  readonly elements: ReadonlyMap<number, MeanElements>;
  readonly boundaries?: Boundaries;
  readonly files: readonly ReadFile[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Catalogues and boundaries: what is not a YAML document. */
async function readParts(scenario: Cursor, { network }: Documents, overrides: Overrides): Promise<Parts> {
  const startMs = Date.parse(overrides.start ?? textOf(childOf(scenario, "start")) ?? "");
  const { elements, files, problems } = await readElementSets(scenario, startMs);
  const staleAfterDays = numberOf(childOf(scenario, "staleAfterDays")) ?? DEFAULT_STALE_AFTER_DAYS;
  const isRebased = scalarOf(childOf(scenario, "rebaseEpochs")) === true;
  const span = { startMs, staleAfterDays, isRebased };
  // A catalogue that could not be read leaves everything uncovered: its own problem says enough.
  const warnings = network?.cursor && problems.length === 0 ? coverageWarnings(network.cursor, elements, span) : [];
  const reference = childOf(scenario, "boundaries");
  const path = reference && fileNamedBy(reference);
  if (typeof path !== "string")
    return {
      elements,
      files,
      problems: [...problems, ...(path ?? [])],
      warnings,
    };
  const boundaries = await readBoundaries(path);
  if ("message" in boundaries) return { elements, files, problems: [...problems, boundaries], warnings };
  return {
    elements,
    boundaries,
    files: [...files, { path, sha256: boundaries.sha256 }],
    problems,
    warnings,
  };
}

function crossProblems({ network, zones, requests, world }: Documents): Problem[] {
  return [
    ...(network?.cursor ? checkNetwork(network.cursor) : []),
    ...(zones?.cursor ? checkZones(zones.cursor) : []),
    ...(requests?.cursor ? checkRequests(requests.cursor, zones?.cursor, network?.cursor) : []),
    ...(world?.cursor ? checkWorld(world.cursor) : []),
    ...checkSourcesAgree([network, zones, world].flatMap((document) => document?.cursor ?? [])),
  ];
}

function assembled(scenario: Cursor, documents: Documents, parts: Parts, overrides: Overrides): LoadedScenario {
  const plain = (name: DocumentName): unknown => {
    const cursor = documents[name]?.cursor;
    return cursor && plainOf(cursor.node);
  };
  const written = plainOf(scenario.node) as Scenario;
  const resolved = { ...written, ...overrides };
  const network = plain("network") as Network;
  const zones = plain("zones") as Zones;
  const requests = plain("requests") as Requests;
  const world = plain("world") as World | undefined;
  const { elements, boundaries, files, warnings } = parts;
  const pieces = {
    network,
    zones,
    requests,
    elements,
    ...(world && { world }),
    ...(boundaries && { boundaries }),
  };
  const sources = { ...world?.sources, ...zones.sources, ...network.sources };
  return {
    scenario: resolved,
    ...pieces,
    files,
    sources,
    warnings,
    inputSha256: digestOf(resolved, pieces),
  };
}

type Pieces = Pick<LoadedScenario, "network" | "zones" | "requests" | "elements" | "world" | "boundaries">;

/** Where files lie does not count, nor how they are written: only what they say. */
function digestOf(scenario: Scenario, { elements, boundaries, ...documents }: Pieces): string {
  const { network: _n, zones: _z, requests: _r, world: _w, catalogues: _c, boundaries: _b, ...own } = scenario;
  const sorted = [...elements.values()].sort((a, b) => a.catalogueNumber - b.catalogueNumber);
  const drawn = boundaries && { ...boundaries, sha256: undefined };
  return sha256Of(
    canonicalJson({
      ...documents,
      scenario: own,
      elements: sorted,
      boundaries: drawn,
    }),
  );
}

const INSTANT = new RegExp(INSTANT_PATTERN);

function refuseOverrides({ start, days }: Overrides): void {
  if (days !== undefined && !(days > 0 && days <= 366)) {
    throw new UsageError(`--days: expected a number above 0 and at most 366, found ${days}`);
  }
  if (start === undefined) return;
  const problem = INSTANT.test(start)
    ? startProblem(start)
    : `expected UTC with a Z, such as 2026-06-15T00:00:00Z, found ${start}`;
  if (problem !== undefined) throw new UsageError(`--start: ${problem}`);
}

/** One shared file or anchor may show the same fault twice. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problemText(problem), problem])).values()];
}
