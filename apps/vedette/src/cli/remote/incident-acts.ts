/** What people do with incidents, on a server: as whoever the token is of, on the version that was read. */
import { randomUUID } from "node:crypto";
import type { Api } from "@vedette/client/api.generated";
import { Command } from "commander";
import { UsageError } from "../../problem.ts";
import { askedOf, wordsOf } from "../incident-options.ts";
import { collected, print } from "../log-options.ts";
import { type Connected, inWorkspace, type Server } from "./connect.ts";

interface ActOptions {
  readonly reason: string;
  readonly version?: string;
  readonly json?: true;
}

interface Act {
  readonly path: { readonly workspace: string; readonly id: string };
  readonly headers: { readonly "if-match": string; readonly "idempotency-key": string };
}

type Done = Api["moveIncident"]["answer"];
type Work<O> = (at: Connected, act: Act, options: O) => Promise<{ readonly body: Done }>;

function actCommand<O extends ActOptions>(server: Server, name: string, what: string, work: Work<O>): Command {
  return new Command(name)
    .description(what)
    .argument("<INCIDENT>", "its id")
    .requiredOption("--reason <TEXT>", "why; it stays in the record")
    .option("--version <N>", "refused where it is no longer the version that you have seen (default: as it is now)")
    .option("--json", "print JSON")
    .action(async (id: string, options: O) => {
      if (options.version !== undefined && !/^\d{1,9}$/.test(options.version))
        throw new UsageError(`--version ${options.version}: expected a whole number, as \`incident show\` says it`);
      const { event, incident } = await inWorkspace(server, async (at) => {
        const path = { workspace: at.workspace.id, id };
        const version = options.version ?? String((await at.client.call("readIncident", { path })).body.version);
        const headers = { "if-match": `"v${version}"`, "idempotency-key": randomUUID() };
        return (await work(at, { path, headers }, options)).body;
      });
      const { state, mergedInto, version } = incident;
      const text = `${id} ${mergedInto === undefined ? state : `merged into ${mergedInto}`} (version ${version}); recorded as ${event}`;
      print(options.json ? JSON.stringify({ event, incidents: [{ id, state, version, mergedInto }] }) : text);
    });
}

export const actCommands = (server: Server): Command[] => [
  verifyCommand(server),
  assessCommand(server),
  moveCommand(server, "advance", "one step on towards corroborated, where the evidence carries it", "next"),
  moveCommand(server, "refer", "hand an assessed incident on, to the commission that the agreement names", "referred"),
  moveCommand(server, "close", "close an incident that was assessed or referred", "closed"),
  moveCommand(server, "retract", "take an incident back: it should not have been opened", "retracted"),
  moveCommand(server, "undo", "one step back, or re-open what was closed or retracted", "back"),
  linkCommand(server),
  unlinkCommand(server),
  mergeCommand(server),
];

function moveCommand(server: Server, name: string, what: string, to: Api["moveIncident"]["body"]["to"]): Command {
  return actCommand(server, name, what, ({ client }, act, { reason }) =>
    client.call("moveIncident", { ...act, body: { to, reason } }),
  );
}

const verifyCommand = (server: Server): Command =>
  actCommand<ActOptions & { readonly ask: readonly string[]; readonly askNobody?: true }>(
    server,
    "verify",
    "verify a corroborated incident, and ask the parties to reply",
    ({ client }, act, { reason, ask, askNobody = false }) => {
      if (ask.length > 0 && askNobody) throw new UsageError("--ask and --ask-nobody: give one of them");
      const asked = askedOf(ask).map(({ party, until }) => ({ party, until: new Date(until.start).toISOString() }));
      const isSaid = askNobody || asked.length > 0;
      return client.call("verifyIncident", { ...act, body: { reason, ...(isSaid && { ask: asked }) } });
    },
  )
    .option(
      "--ask <PARTY=INSTANT>",
      "a party, and until when it may reply, UTC (repeat for several; default: as the agreement says)",
      collected,
      [],
    )
    .option("--ask-nobody", "no party is asked: assessment need not wait");

const FINDINGS = ["breach", "no-breach", "undetermined"] as const;

const assessCommand = (server: Server): Command =>
  actCommand<ActOptions & { readonly finding: string; readonly clause: readonly string[]; readonly agreement: string }>(
    server,
    "assess",
    "assess a verified incident against the agreement; not by who verified it",
    ({ client }, act, { reason, finding: said, clause, agreement }) => {
      const finding = FINDINGS.find((one) => one === said);
      if (finding === undefined) throw new UsageError(`--finding ${said}: expected ${FINDINGS.join(", ")}`);
      const [, id = "", version = ""] = /^(.+)@(\d{1,7})$/.exec(agreement) ?? [];
      if (id === "") throw new UsageError(`--agreement ${agreement}: expected ID@VERSION, such as some-truce@2`);
      const body = { reason, finding, clauses: clause, agreement: { id, version: Number(version) } };
      return client.call("assessIncident", { ...act, body });
    },
  )
    .requiredOption("--finding <FINDING>", "breach, no-breach or undetermined")
    .option("--clause <CLAUSE>", "as the agreement counts (repeat for several)", collected, [])
    .requiredOption("--agreement <ID@VERSION>", "under which agreement");

const linkCommand = (server: Server): Command =>
  actCommand<ActOptions & { readonly evidence: string; readonly context?: true }>(
    server,
    "link",
    "evidence that belongs to it",
    ({ client }, act, { reason, evidence, context }) =>
      client.call("linkEvidence", {
        ...act,
        body: { reason, evidence: wordsOf(evidence), role: context === true ? "context" : "witness" },
      }),
  )
    .requiredOption("--evidence <ID,...>", "which")
    .option("--context", "it explains, and is no witness");

const unlinkCommand = (server: Server): Command =>
  actCommand<ActOptions & { readonly evidence: string }>(
    server,
    "unlink",
    "evidence that does not belong to it",
    ({ client }, act, { reason, evidence }) =>
      client.call("unlinkEvidence", { ...act, body: { reason, evidence: wordsOf(evidence) } }),
  ).requiredOption("--evidence <ID,...>", "which");

const mergeCommand = (server: Server): Command =>
  actCommand<ActOptions & { readonly into: string }>(
    server,
    "merge",
    "two are one: this one stands still, the other takes over its evidence",
    ({ client }, act, { reason, into }) => client.call("mergeIncident", { ...act, body: { reason, into } }),
  ).requiredOption("--into <INCIDENT>", "the one that goes on");
