/** `vedette agreement`: check a file, and try it on an incident. For a lawyer of the staff: nothing is written or started. */
import { draftsOfAgreement } from "@vedette/core/agreement/advance";
import { EMPTY_RECORD } from "@vedette/core/agreement/record";
import { assessmentGateOf } from "@vedette/core/agreement/waiting";
import { type Instant, instant, parseInstant } from "@vedette/core/time/instant";
import { Command } from "commander";
import { InputError, UsageError } from "../problem.ts";
import { type ReadAgreement, readAgreement } from "../scenario/agreement.ts";
import { readIncidentFacts } from "../scenario/incident-facts.ts";
import { quoted, suggestionOf } from "../scenario/words.ts";
import { type Explained, explanationText, summaryOf, summaryText } from "./agreement-text.ts";

export function agreementCommand(): Command {
  const command = new Command("agreement").description("check an agreement file, or try it on an incident");
  return command.addCommand(checkCommand()).addCommand(explainCommand()).addHelpText("after", EXAMPLES);
}

const EXAMPLES = `
Examples:
  $ vedette agreement check data/agreements/paris-illustration.yaml
  $ vedette agreement explain data/agreements/paris-illustration.yaml --incident incident.json`;

function checkCommand(): Command {
  return new Command("check")
    .description(
      "every problem of an agreement file, with line and column; or what is in it, and what of it is not sure",
    )
    .argument("<file>", "an agreement file (YAML)")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette agreement check data/agreements/paris-illustration.yaml
  $ vedette agreement check my-truce.yaml --json

The digest names this text: what is assessed under it is never read by another.`,
    )
    .action(async (file: string, { json = false }: { json?: boolean }) => {
      const summary = summaryOf(await readAgreement(file));
      process.stdout.write(json ? `${JSON.stringify({ ok: true, ...summary })}\n` : summaryText(summary));
    });
}

interface ExplainOptions {
  readonly incident: string;
  readonly id?: string;
  readonly at?: string;
  readonly json?: true;
}

function explainCommand(): Command {
  return new Command("explain")
    .description(
      "which clauses an incident touches and why, which clocks would run, who would be told, what waits for people",
    )
    .argument("<file>", "an agreement file (YAML)")
    .requiredOption(
      "--incident <file>",
      "incidents (JSON or YAML): the first is asked about, the others count for tests over several",
    )
    .option("--id <incident>", "ask about that incident of the file instead of the first")
    .option("--at <time>", "UTC; default: the last instant at which it may have been first observed")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette agreement explain data/agreements/paris-illustration.yaml --incident incident.json
  $ vedette agreement explain my-truce.yaml --incident day.json --id in-7 --at 2028-02-29T12:00:00Z --json

An incident file:
  { "kind": "incident-facts", "incidents": [ { "id": "in-1", "kind": "fire-artillery", "state": "verified", "evidence": 2,
    "where": { "latitudeDeg": 48.02, "longitudeDeg": 37.8, "radiusKm": 3, "basis": "settlement", "name": "Donetsk" },
    "when": { "earliest": "2022-06-01T03:00Z", "latest": "2022-06-01T09:00Z" }, "firstObserved": "2022-06-01T09:30Z",
    "measures": { "calibreMm": 152, "rounds": { "low": 8, "high": 20 } } } ] }

That a clause is touched is no breach: people find that, and sign. Nothing is recorded by this command.`,
    )
    .action(explain);
}

async function explain(file: string, options: ExplainOptions): Promise<void> {
  const read = await readAgreement(file);
  const explained = await explainedOf(read, options);
  process.stdout.write(options.json ? `${JSON.stringify(explained)}\n` : explanationText(read, explained));
}

async function explainedOf({ edition }: ReadAgreement, { incident, id, at }: ExplainOptions): Promise<Explained> {
  const incidents = await readIncidentFacts(incident);
  const ids = incidents.map((one) => one.id);
  const facts = id === undefined ? incidents[0] : incidents.find((one) => one.id === id);
  if (facts === undefined) {
    throw new InputError([
      { file: incident, message: `no incident ${quoted(id ?? "")}${suggestionOf(id ?? "", ids)}` },
    ]);
  }
  const now = at === undefined ? instant(facts.firstObserved.end - 1) : instantOf(at);
  const situation = {
    agreement: edition.ref.id,
    incidents,
    record: { ...EMPTY_RECORD, book: [edition] },
    now,
    actor: "vedette agreement explain",
    marking: { owner: "EUE", releasableTo: [], originatorControlled: false, use: "exercise" },
  } as const;
  const { survey, touches, waiting } = draftsOfAgreement(situation);
  const { record } = survey;
  const own = new Set(
    [...record.clocks.values()].filter((clock) => clock.incident === facts.id).map((one) => one.clock),
  );
  return {
    incident: facts,
    now,
    agreement: edition.ref,
    touches: touches.filter((touch) => touch.incident === facts.id),
    clocks: [...record.clocks.values()].filter(({ clock }) => own.has(clock)),
    notices: [...record.notices.values()].filter(({ clock }) => own.has(clock)),
    waiting: waiting.filter((one) => one.incident === facts.id),
    gate: assessmentGateOf(survey, facts),
  };
}

function instantOf(text: string): Instant {
  try {
    return parseInstant(text);
  } catch {
    throw new UsageError(`--at: expected a UTC instant such as 2026-06-15T00:00:00Z, found ${quoted(text)}`);
  }
}
