/** `vedette incident advance`, `verify`, `assess` and `reply`. */
import { createHash } from "node:crypto";
import { type Edition, editionNamed } from "@vedette/core/agreement/edition";
import type { AssessmentGate } from "@vedette/core/agreement/waiting";
import type { Json } from "@vedette/core/record/hash";
import { instant, isoOf } from "@vedette/core/time/instant";
import { independentOf } from "@vedette/core/verify/incident-independent";
import type { Command } from "commander";
import { askedBy, benchOf, gateOf } from "../engine/cases/clocks.ts";
import { type Desk, isNamed, readEvidence } from "../engine/cases/desk.ts";
import { relaysIn } from "../engine/cases/rates.ts";
import { refusalText } from "../engine/cases/refusal-words.ts";
import { InputError, UsageError } from "../problem.ts";
import { readEvidenceSources } from "../scenario/evidence-sources.ts";
import { readTaxonomy } from "../scenario/taxonomy.ts";
import { actCommand, type Body, moved } from "./incident-act.ts";
import { type ActOptions, askedOf, personOf } from "./incident-options.ts";
import { collected } from "./log-options.ts";

/** By hand what `detect` does by itself, with the same guards. */
export const advanceCommand = (): Command =>
  actCommand(
    "advance",
    "one step on towards corroborated, where the evidence carries it",
    "",
    async (_, incident, { store, desk }) => {
      const [taxonomy, sources] = await Promise.all([readTaxonomy(), readEvidenceSources()]);
      if (incident.state === "reported") {
        const located = { radiusKm: incident.where.radiusKm, withinKm: taxonomy.rules.locatedWithinKm };
        return moved("located", { located });
      }
      const { evidence } = await readEvidence(store, desk, isNamed(desk));
      const { counted } = independentOf(incident, evidence, relaysIn(sources));
      return moved("corroborated", {
        independent: { count: counted.length, needed: taxonomy.rules.corroboratedBy, counted },
      });
    },
  );

interface VerifyOptions extends ActOptions {
  readonly ask: readonly string[];
  readonly askNobody?: true;
}

export const verifyCommand = (): Command =>
  actCommand<VerifyOptions>(
    "verify",
    "verify a corroborated incident, and ask the parties to reply",
    " --ask party-a=2026-05-05T12:00:00Z",
    async (options, incident, { store, now }) => {
      const { ask, askNobody = false } = options;
      if (ask.length > 0 && askNobody) throw new UsageError("--ask and --ask-nobody: give one of them");
      if (askNobody) return moved("verified", { asked: [] });
      if (ask.length > 0) return moved("verified", { asked: askedOf(ask) });
      const bench = await benchOf(store, await readEvidenceSources(), now);
      const asked = askedBy(bench, incident, now);
      if (asked.length === 0)
        throw new UsageError(
          "no agreement in this log gives the parties a time: say whom you ask with --ask PARTY=INSTANT (again for each), or --ask-nobody",
        );
      return moved("verified", { asked: asked.map(({ party, until }) => ({ party, until: { ...until } })) });
    },
  )
    .option(
      "--ask <PARTY=INSTANT>",
      "a party, and until when it may reply, UTC (repeat for several; default: as the agreement in the log says)",
      collected,
      [],
    )
    .option("--ask-nobody", "no party is asked: assessment need not wait");

interface AssessOptions extends ActOptions {
  readonly finding: string;
  readonly clause: readonly string[];
  readonly agreement: string;
}

export const assessCommand = (): Command =>
  actCommand<AssessOptions>(
    "assess",
    "assess a verified incident against the agreement; not by who verified it",
    ' --finding breach --clause "II.3(a)" --agreement some-truce@2',
    async (options, { id }, { desk, store }) => {
      const agreement = agreementOf(options.agreement, options.clause, desk);
      // By the clock, and not by when somebody says that it was done.
      const bench = await benchOf(store, await readEvidenceSources(), instant(Date.now()));
      const gate = gateOf(bench, id, String(agreement["id"]));
      if (gate !== undefined && gate.code !== "open")
        throw new InputError([{ file: options.store, message: gateText(gate) }]);
      return moved("assessed", { finding: options.finding, clauses: options.clause, agreement });
    },
  )
    .requiredOption("--finding <FINDING>", "breach, no-breach or undetermined")
    .option("--clause <CLAUSE>", "as the agreement counts (repeat for several)", collected, [])
    .requiredOption("--agreement <ID@VERSION>", "under which agreement");

function gateText(gate: Exclude<AssessmentGate, { code: "open" }>): string {
  if (gate.code === "not-asked")
    return `the agreement gives these parties a time to reply, and their clocks have not started: ${gate.parties.join(", ")}; \`vedette incident clocks\` drafts what asks them, and it has to be signed (\`vedette incident sign\`)`;
  const awaited = gate.for.map(({ party, until }) =>
    until === null ? `${party}, whose clock stands still` : `${party} until ${isoOf(until.latest)}`,
  );
  return `by the agreement's clocks replies are awaited: ${awaited.join(", ")}`;
}

/** With its digest, where the log has its text: nothing else is then ever read into the assessment. */
function agreementOf(text: string, clauses: readonly string[], { record }: Desk): Body {
  const [, id = "", version = ""] = /^(.+)@(\d+)$/.exec(text) ?? [];
  if (id === "") throw new UsageError(`--agreement ${text}: expected ID@VERSION, such as some-truce@2`);
  const found = record.book.find(({ ref }) => ref.id === id && ref.version === Number(version));
  if (found !== undefined && editionNamed(record.book, found.ref).code === "found") {
    assertClauses(clauses, found);
    return { ...found.ref };
  }
  if (record.book.length > 0) {
    const known = record.book.map(({ ref }) => `${ref.id}@${ref.version}`);
    throw new UsageError(
      `--agreement ${text}: not in this log; it has ${known.join(", ")} (\`vedette incident adopt\`)`,
    );
  }
  return { id, version: Number(version) };
}

function assertClauses(clauses: readonly string[], { ref, agreement }: Edition): void {
  const known = Object.values(agreement.clauses).map(({ number }) => number);
  const strange = clauses.find((clause) => !known.includes(clause));
  if (strange !== undefined)
    throw new UsageError(`--clause ${strange}: no clause of ${ref.id}@${ref.version}; it has ${known.join(", ")}`);
}

interface ReplyOptions extends ActOptions {
  readonly party: string;
  readonly text?: string;
}

export const replyCommand = (): Command =>
  actCommand<ReplyOptions>(
    "reply",
    "record a party's reply; a form with files comes in by `vedette import replies`",
    ' --party party-a --text "…"',
    async (options, incident, { store, now, desk }) => {
      const { party, text } = options;
      const asked = incident.asked.map((one) => one.party);
      if (!asked.includes(party))
        throw new InputError([{ file: options.store, message: refusalText({ code: "not-asked", party, asked }) }]);
      if (text === undefined) return { type: "reply.submitted", body: { party } };
      const record = JSON.stringify({ incident: incident.id, party, text, now });
      const hash = createHash("sha256").update(record).digest("hex");
      const id = `ev-${hash.slice(0, 32)}`;
      const at = { start: now, end: instant(now + 1) };
      const value = {
        id,
        form: "reply",
        kind: incident.kind,
        where: JSON.parse(JSON.stringify(incident.where)) as Json,
        when: at,
        origin: { source: party, operator: party },
        grade: { source: "F", information: 6 },
        text,
        measured: { incident: incident.id },
        ingest: { hash },
      };
      const marking = desk.markings.get(incident.id);
      if (marking === undefined) throw new RangeError(`${incident.id} has no marking`);
      const actor = personOf(options.as);
      await store.appendBatch({
        type: "evidence.recorded",
        typeVersion: 1,
        at,
        actor,
        marking,
        body: { feed: "replies" },
        members: [{ key: id, value }],
      });
      return { type: "reply.submitted", body: { party, evidence: id } };
    },
  )
    .requiredOption("--party <PARTY>", "who replies: one that was asked")
    .option("--text <TEXT>", "what it says; recorded as evidence of form reply");
