/** `vedette incident adopt`, `clocks`, `sign`, `suspend` and `resume`: the agreement over a log. */
import type { Ends } from "@vedette/core/agreement/calendar";
import { addEdition, type EditionRef } from "@vedette/core/agreement/edition";
import { type ActOutcome, adoptionOf, signNotice, turnClock } from "@vedette/core/agreement/sign";
import type { Waiting } from "@vedette/core/agreement/waiting";
import { UNRELEASED } from "@vedette/core/record/marking";
import { type Instant, instant, isoOf } from "@vedette/core/time/instant";
import { Command } from "commander";
import { type Bench, benchOf, marked, runClocks } from "../engine/cases/clocks.ts";
import { readDesk } from "../engine/cases/desk.ts";
import { InputError, UsageError } from "../problem.ts";
import { readAgreement } from "../scenario/agreement.ts";
import { readEvidenceSources } from "../scenario/evidence-sources.ts";
import type { Store } from "../store/store.ts";
import { type ActOptions, instantOf, personOf, withActOptions, withStoreOption } from "./incident-options.ts";
import { print, withStore } from "./log-options.ts";
import { shownLine } from "./terminal.ts";

export function clockCommands(): Command[] {
  return [
    adoptCommand(),
    clocksCommand(),
    noticeCommand(),
    signCommand(),
    turnCommand("suspend"),
    turnCommand("resume"),
  ];
}

const nowOf = ({ at }: Pick<ActOptions, "at">): Instant =>
  at === undefined ? instant(Date.now()) : instantOf(at, "--at");
const momentOf = (at: Instant) => ({ start: at, end: instant(at + 1) });

interface AdoptOptions extends ActOptions {
  readonly owner: string;
  readonly release: string;
}

function adoptCommand(): Command {
  return withActOptions(
    new Command("adopt").description("put a version of an agreement into the log: it rules from its own date"),
  )
    .argument("<FILE>", "an agreement file (YAML)")
    .option("--owner <NATION>", "whose the text is, ISO 3166-1 alpha-3; XXX: unspecified", "XXX")
    .option("--release <NATION,...|all>", "to whom the text may go beside its owner", "all")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette incident adopt data/agreements/meridian-strait.yaml --as p-1 --reason "signed on 1 May"

The whole text goes in: what is decided under it can be read for ever, whatever becomes of the file.`,
    )
    .action(adopt);
}

async function adopt(file: string, options: AdoptOptions): Promise<void> {
  const { edition } = await readAgreement(file);
  const { owner, release } = options;
  const marking = {
    owner,
    releasableTo:
      release === "all"
        ? ("all" as const)
        : release
            .split(",")
            .filter((nation) => nation !== "")
            .sort(),
    originatorControlled: false,
    use: "real" as const,
  };
  const strange = marking.releasableTo === "all" ? undefined : marking.releasableTo.find((one) => !NATION.test(one));
  if (!NATION.test(owner) || strange !== undefined)
    throw new UsageError(
      `--${NATION.test(owner) ? "release" : "owner"} ${strange ?? owner}: expected three capital letters (ISO 3166-1 alpha-3, or EUE)`,
    );
  const draft = adoptionOf(edition, { person: personOf(options.as), at: momentOf(nowOf(options)), marking });
  const [header] = await withStore(
    options.store,
    async (store) => {
      const outcome = addEdition((await readDesk(store)).record.book, edition);
      if (outcome.code === "altered") throw new InputError([{ file, message: alteredText(outcome) }]);
      return store.append([draft]);
    },
    true,
  );
  const { id, version, digest } = edition.ref;
  print(
    options.json
      ? JSON.stringify({ agreement: edition.ref, event: header?.id })
      : `adopted ${id}, version ${version} (${digest.slice(0, 12)}…); recorded as ${header?.id}`,
  );
}

const NATION = /^[A-Z]{3}$/;

const alteredText = ({ ref, known }: { readonly ref: EditionRef; readonly known: EditionRef }): string =>
  `the log has ${ref.id}, version ${ref.version}, with another text (${known.digest.slice(0, 12)}…, this one ${ref.digest.slice(0, 12)}…): a change is a new version`;

function clocksCommand(): Command {
  return withStoreOption(
    new Command("clocks").description("start, correct and stop clocks, draft notices; say what waits for people"),
  )
    .option("--at <INSTANT>", "as of this instant, UTC (default: now)")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette incident clocks
  $ vedette incident clocks --store my-log --json

Run again, nothing starts twice. That a clause is touched is no breach; a notice goes nowhere until people have signed it.`,
    )
    .action(clocks);
}

async function clocks(options: { readonly store: string; readonly at?: string; readonly json?: true }): Promise<void> {
  const sources = await readEvidenceSources();
  const { bench, counts } = await withStore(options.store, (store) => runClocks(store, sources, nowOf(options)));
  const waiting = bench.advances.flatMap((advance) => advance.waiting);
  if (options.json) return print(JSON.stringify({ appended: counts, waiting }, null, 1));
  const done = Object.entries(counts).map(([type, count]) => `${String(count).padStart(7)}  ${type}`);
  print([...(done.length === 0 ? ["nothing new"] : done), ...waiting.map(waitingText)].join("\n"));
}

/** Both ends, or the one where they are alike. */
const endsText = ({ earliest, latest }: Ends): string =>
  earliest === latest ? isoOf(latest) : `${isoOf(earliest)} to ${isoOf(latest)}`;

function waitingText(one: Waiting): string {
  switch (one.code) {
    case "sign": {
      const due = one.due === undefined ? "" : `, due ${endsText(one.due)} (${one.overdue})`;
      const needs = one.needs === undefined ? "" : `, once ${one.needs.state}`;
      return `to sign   ${one.incident}  ${one.step}: ${one.notices.join(", ")} (${one.signatures} signatures)${due}${needs}`;
    }
    case "reply":
      return `reply     ${one.incident}  ${one.party} until ${endsText(one.until)}`;
    case "look":
      return `to look   ${one.incident}  clause ${one.touch.number}: cannot be told`;
  }
}

function noticeCommand(): Command {
  return withStoreOption(new Command("notice").description("read a notice: to whom, under what, in which words"))
    .argument("<NOTICE>", "its id, as `vedette incident clocks` lists it")
    .addHelpText("after", "\nExamples:\n  $ vedette incident notice ntc-…")
    .action(async (id: string, { store: folder, json }: { readonly store: string; readonly json?: true }) => {
      const { record } = await withStore(folder, (store) => readDesk(store));
      const notice = record.notices.get(id);
      if (notice === undefined) throw new InputError([{ file: folder, message: `no notice ${shownLine(id)}` }]);
      if (json) return print(JSON.stringify(notice));
      const { recipient, language, revision, step, incident, agreement, signatures, subject, text } = notice;
      const by = signatures.length === 0 ? "nobody yet" : signatures.map(({ person }) => person).join(", ");
      print(
        [
          `${id}, revision ${revision}: ${step} of ${incident}, under ${agreement.id}@${agreement.version}`,
          `to ${recipient} (${language}); signed by ${by}`,
          "",
          subject,
          "",
          text,
        ].join("\n"),
      );
    });
}

interface SignOptions extends ActOptions {
  readonly revision: string;
}

function signCommand(): Command {
  return withActOptions(new Command("sign").description("sign a drafted notice, as it was read"))
    .argument("<NOTICE>", "its id")
    .requiredOption("--revision <N>", "the revision that was read (`vedette incident notice`)")
    .addHelpText(
      "after",
      `\nExamples:\n  $ vedette incident sign ntc-… --revision 1 --as p-2 --reason "read and agreed"`,
    )
    .action((notice: string, options: SignOptions) =>
      perform(options, (bench, { person, at }) => {
        const known = bench.desk.record.notices.get(notice);
        const facts = bench.facts.find(({ id }) => id === known?.incident);
        if (known === undefined || facts === undefined) return { code: "not-there" };
        // A reply's clock runs from when its party can have been told.
        if (options.at !== undefined && bench.desk.markings.get(facts.id)?.use !== "exercise")
          throw new UsageError(
            "--at: a signature counts from when it is recorded; only an exercise has a clock of its own",
          );
        const revision = Number(options.revision);
        if (!Number.isInteger(revision))
          throw new UsageError(`--revision ${options.revision}: expected a whole number`);
        return signNotice(bench.desk.record, { notice, revision, facts }, { person, at, marking: UNRELEASED });
      }),
    );
}

function turnCommand(name: "suspend" | "resume"): Command {
  const to = name === "suspend" ? "suspended" : "running";
  return withActOptions(new Command(name).description(`${name} a clock, where the agreement knows of somebody who may`))
    .argument("<CLOCK>", "its id")
    .addHelpText(
      "after",
      `\nExamples:\n  $ vedette incident ${name} clk-… --as p-2 --reason "by agreement of both parties"`,
    )
    .action((clock: string, options: ActOptions) =>
      perform(options, (bench, { person, at }) =>
        turnClock(bench.desk.record, { clock, to, reason: options.reason }, { person, at, marking: UNRELEASED }),
      ),
    );
}

type Who = { readonly person: string; readonly at: ReturnType<typeof momentOf> };

async function perform(options: ActOptions, make: (bench: Bench, who: Who) => ActOutcome): Promise<void> {
  const sources = await readEvidenceSources();
  const now = nowOf(options);
  const done = await withStore(options.store, async (store: Store) => {
    const bench = await benchOf(store, sources, now);
    const outcome = make(bench, { person: personOf(options.as), at: momentOf(now) });
    if (outcome.code !== "done") throw new InputError([{ file: options.store, message: outcomeText(outcome) }]);
    const [header] = await store.append([marked(outcome.draft, bench.desk, bench.desk.record)]);
    return { type: outcome.draft.type, event: header?.id };
  });
  print(options.json ? JSON.stringify(done) : `${done.type}; recorded as ${done.event}`);
}

function outcomeText(outcome: Exclude<ActOutcome, { code: "done" }>): string {
  switch (outcome.code) {
    case "not-there":
      return "no such notice or clock in this log";
    case "not-a-person":
      return "that is for a person, and not for the one who drafted it";
    case "signed-before":
      return "signed by the same person before: another one is needed";
    case "complete":
      return "it has all the signatures that it needs";
    case "not-permitted":
      return "the agreement knows of nobody who may suspend this clock";
    case "edition-missing":
      return "the agreement that it was made under is not in this log as it was";
    case "other-text":
      return `the text has changed since: read revision ${outcome.revision}`;
    case "too-early":
      return `nobody signs before the incident is ${outcome.needs.state}; it is ${outcome.state}`;
    case "running":
    case "suspended":
    case "stopped":
      return `the clock is ${outcome.code}`;
  }
}
