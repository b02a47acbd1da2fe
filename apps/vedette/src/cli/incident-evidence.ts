/** `vedette incident open`, `classify`, `link` and `unlink`. */

import { type Marking, narrowest } from "@vedette/core/record/marking";
import { incidentIdOf } from "@vedette/core/verify/incident-propose";
import { Command } from "commander";
import { type Desk, readDesk, readEvidence } from "../engine/cases/desk.ts";
import { InputError, UsageError } from "../problem.ts";
import { readTaxonomy } from "../scenario/taxonomy.ts";
import { quoted, suggestionOf } from "../scenario/words.ts";
import type { Store } from "../store/store.ts";
import { actCommand, perform } from "./incident-act.ts";
import { type ActOptions, personOf, placeOf, spanOf, withActOptions, wordsOf } from "./incident-options.ts";
import { withStore } from "./log-options.ts";

interface OpenOptions extends ActOptions {
  readonly kind: string;
  readonly where: string;
  readonly place?: string;
  readonly when: string;
  readonly evidence: string;
}

export function openCommand(): Command {
  return withActOptions(new Command("open").description("open an incident by hand, on evidence that is in the log"))
    .requiredOption("--kind <KIND>", "of the taxonomy")
    .requiredOption("--where <LAT,LON[,KM]>", "its place, and the radius that holds it in 95 of 100 cases")
    .option("--place <NAME>", "the settlement's name")
    .requiredOption("--when <FROM/TO>", "it happened somewhere in it, UTC")
    .requiredOption("--evidence <ID,...>", "ids of evidence in this log")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette incident open --as p-3 --reason "called in by patrol 7" --kind fire-mortar --where 48.02,37.80,1 \\
      --when 2026-06-15T03:00:00Z/2026-06-15T04:00:00Z --evidence ev-09ab…`,
    )
    .action(open);
}

async function open(options: OpenOptions): Promise<void> {
  const actor = personOf(options.as);
  const { latitudeDeg, longitudeDeg, radiusKm } = placeOf(options.where, "--where");
  const when = spanOf(options.when, "--when");
  const evidence = wordsOf(options.evidence);
  await checkKind(options.kind);
  await withStore(options.store, async (store) => {
    const desk = await readDesk(store);
    const markings = await markingsOf(store, desk, evidence, options.store);
    const where = {
      latitudeDeg,
      longitudeDeg,
      radiusKm,
      basis: "stated",
      ...(options.place && { name: options.place }),
    };
    const body = {
      incident: incidentIdOf(evidence, desk.salt),
      kind: options.kind,
      where,
      when: { ...when },
      evidence,
      reason: options.reason,
    };
    await perform(store, { type: "incident.opened", body, at: when, actor, marking: markings }, options);
  });
}

async function checkKind(kind: string): Promise<void> {
  const { has, kinds } = await readTaxonomy();
  if (!has(kind)) throw new UsageError(`--kind ${quoted(kind)}: no such kind${suggestionOf(kind, kinds)}`);
}

interface ClassifyOptions extends ActOptions {
  readonly kind: string;
}

/** Words and likeness are a machine's reading; a person's stands, and the program leaves it. */
export const classifyCommand = (): Command =>
  actCommand<ClassifyOptions>(
    "classify",
    "say of what kind an incident is, before it is verified; the program does not change it again",
    " --kind fire-mortar",
    async ({ kind }) => {
      await checkKind(kind);
      return { type: "incident.revised", body: { kind } };
    },
  ).requiredOption("--kind <KIND>", "of the taxonomy");

/** @throws InputError for evidence that is not in the log */
async function markingsOf(store: Store, desk: Desk, ids: readonly string[], folder: string): Promise<Marking> {
  const wanted = new Set(ids);
  const { evidence, markings } = await readEvidence(store, desk, ({ id }) => wanted.has(id));
  const missing = ids.filter((id) => !evidence.has(id));
  if (ids.length === 0 || missing.length > 0) {
    const message =
      ids.length === 0 ? "--evidence: expected at least one id" : `no evidence ${missing.join(", ")} in this log`;
    throw new InputError([{ file: folder, message }]);
  }
  return narrowest([...markings.values()]);
}

interface EvidenceOptions extends ActOptions {
  readonly evidence: string;
  readonly context?: true;
}

export const linkCommand = (): Command =>
  actCommand<EvidenceOptions>(
    "link",
    "link evidence to an incident",
    " --evidence ev-09ab…",
    async (options, { id }, { store, desk }) => {
      const evidence = wordsOf(options.evidence);
      const own = desk.narrowed.get(id);
      const marking = narrowest([...(own ? [own] : []), await markingsOf(store, desk, evidence, options.store)]);
      const body = { evidence, role: options.context ? "context" : "witness" };
      return { type: "incident.evidence-linked", body, marking };
    },
  )
    .requiredOption("--evidence <ID,...>", "ids of evidence in this log")
    .option("--context", "it stands near and does not count");

export const unlinkCommand = (): Command =>
  actCommand<EvidenceOptions>(
    "unlink",
    "take evidence away from an incident; the program does not put it back",
    " --evidence ev-09ab…",
    (options) => ({
      type: "incident.evidence-unlinked",
      body: { evidence: wordsOf(options.evidence) },
    }),
  ).requiredOption("--evidence <ID,...>", "ids of evidence that is linked to it");
