/** `vedette incident list` and `show`. */

import { distanceKm } from "@vedette/core/geo/geodesic";
import type { Interval } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident } from "@vedette/core/verify/incident";
import { independentOf } from "@vedette/core/verify/incident-independent";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";
import { Command } from "commander";
import { isNamed, readDesk, readEvidence } from "../engine/cases/desk.ts";
import { relaysIn } from "../engine/cases/rates.ts";
import { InputError, UsageError } from "../problem.ts";
import { readEvidenceSources } from "../scenario/evidence-sources.ts";
import { readTaxonomy } from "../scenario/taxonomy.ts";
import { quoted, suggestionOf } from "../scenario/words.ts";
import { instantOf, placeOf, withStoreOption, wordsOf } from "./incident-options.ts";
import { incidentJson, incidentRow, incidentText } from "./incident-words.ts";
import { print, withStore } from "./log-options.ts";

interface ListOptions {
  readonly store: string;
  readonly near?: string;
  readonly from?: string;
  readonly to?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly for?: string;
  readonly json?: true;
}

export function listCommand(): Command {
  return withStoreOption(new Command("list").description("incidents of a log, by area, time, kind and state"))
    .option("--near <LAT,LON,KM>", "only within so many km")
    .option("--from <INSTANT>", "only what may have happened at or after it, UTC")
    .option("--to <INSTANT>", "only what may have happened before it, UTC")
    .option("--kind <KIND,...>", "only these kinds of the taxonomy, or groups of it")
    .option("--state <STATE,...>", "only these states; merged for those that were merged")
    .option("--for <NATION>", "as that nation is given them, ISO 3166-1 alpha-3")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette incident list
  $ vedette incident list --store my-log --state corroborated,verified --from 2022-05-03 --to 2022-05-05
  $ vedette incident list --kind air,fire-artillery --near 48.02,37.80,50 --json`,
    )
    .action(list);
}

async function list(options: ListOptions): Promise<void> {
  const taxonomy = await readTaxonomy();
  const fits = filterOf(options, taxonomy);
  const { cases } = await withStore(options.store, (store) =>
    readDesk(store, options.for === undefined ? {} : { nation: nationOf(options.for) }),
  );
  const found = [...cases.incidents.values()]
    .filter(fits)
    .sort((a, b) => a.when.start - b.when.start || (a.id < b.id ? -1 : 1));
  if (options.json) {
    const rows = found.map(({ id, kind, where, when, state, mergedInto, links }) => {
      return { id, kind, state, where, when, links: links.size, ...(mergedInto !== undefined && { mergedInto }) };
    });
    return print(JSON.stringify(rows, null, 1));
  }
  print(found.length === 0 ? "no incidents" : found.map((one) => incidentRow(one, taxonomy)).join("\n"));
}

export function nationOf(text: string): string {
  if (!/^[A-Z]{3}$/.test(text)) throw new UsageError(`--for ${text}: expected ISO 3166-1 alpha-3, such as FRA`);
  return text;
}

function filterOf(options: ListOptions, taxonomy: Taxonomy): (incident: Incident) => boolean {
  const near = options.near === undefined ? undefined : placeOf(options.near, "--near");
  const span: Partial<Interval> = {
    ...(options.from !== undefined && { start: instantOf(options.from, "--from") }),
    ...(options.to !== undefined && { end: instantOf(options.to, "--to") }),
  };
  const kinds = options.kind === undefined ? undefined : kindsOf(options.kind, taxonomy);
  const states = options.state === undefined ? undefined : wordsOf(options.state);
  return ({ where, when, kind, state, mergedInto }) =>
    (near === undefined || distanceKm(near, where) <= near.radiusKm + where.radiusKm) &&
    (span.start === undefined || when.end > span.start) &&
    (span.end === undefined || when.start < span.end) &&
    (kinds === undefined || kinds.includes(kind)) &&
    (states === undefined || states.includes(mergedInto === undefined ? state : "merged"));
}

function kindsOf(text: string, taxonomy: Taxonomy): string[] {
  return wordsOf(text).flatMap((word) => {
    if (taxonomy.groups.includes(word)) return taxonomy.kinds.filter((kind) => taxonomy.kindOf(kind).group === word);
    if (taxonomy.has(word)) return [word];
    const known = [...taxonomy.groups, ...taxonomy.kinds];
    throw new UsageError(`--kind ${quoted(word)}: no such kind${suggestionOf(word, known)}`);
  });
}

export function showCommand(): Command {
  return withStoreOption(
    new Command("show").description("one incident: what it rests on, what counts and why not, its whole history"),
  )
    .argument("<INCIDENT>", "its id")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette incident show in-de114e7b3f6b5e2c
  $ vedette incident show in-de114e7b3f6b5e2c --store my-log --json`,
    )
    .action(show);
}

async function show(id: string, options: { readonly store: string; readonly json?: true }): Promise<void> {
  const [taxonomy, sources] = await Promise.all([readTaxonomy(), readEvidenceSources()]);
  const shown = await withStore(options.store, async (store) => {
    const desk = await readDesk(store);
    const incident = desk.cases.incidents.get(id);
    if (incident === undefined) throw unknownIncident(options.store, id, [...desk.cases.incidents.keys()]);
    const own = { cases: { ...desk.cases, incidents: new Map([[id, incident]]) } };
    const { evidence } = await readEvidence(store, desk, isNamed(own));
    return { incident, evidence, independent: independentOf(incident, evidence, relaysIn(sources)), taxonomy };
  });
  print(
    options.json
      ? JSON.stringify({ ...incidentJson(shown), evidence: evidenceOf(shown.evidence) }, null, 1)
      : incidentText(shown),
  );
}

const evidenceOf = (evidence: ReadonlyMap<string, Evidence>): Evidence[] => [...evidence.values()];

export function unknownIncident(store: string, id: string, known: readonly string[]): InputError {
  return new InputError([{ file: store, message: `no incident ${quoted(id)} in this log${suggestionOf(id, known)}` }]);
}
