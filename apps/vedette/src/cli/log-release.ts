/** `vedette log release --to NATION`, and `vedette log audit` for whoever holds both sides. */
import { resolve } from "node:path";
import type { ChainEntry } from "@vedette/core/record/chain-fault";
import { auditRelease } from "@vedette/core/record/release-audit";
import { Command } from "commander";
import { InputError, UsageError } from "../problem.ts";
import { counted } from "../scenario/words.ts";
import { entriesOfFile, entriesOfRows } from "../store/case-read.ts";
import type { LogStore } from "../store/log-store.ts";
import { isStore } from "../store/place.ts";
import { type ReleaseDone, release } from "../store/release.ts";
import { DEFAULT_STORE, outsideOf, print, watched, withStore } from "./log-options.ts";
import { verified } from "./log-verify.ts";

interface Options {
  readonly to: string;
  readonly by?: string;
  readonly actor: string;
  readonly out: string;
  readonly json?: true;
}

export function releaseCommand(): Command {
  return new Command("release")
    .description("write what a nation may have as a chain of its own: its own numbers, ids and signature, and no gap")
    .argument("[STORE]", "the log: a folder or postgres://…", DEFAULT_STORE)
    .requiredOption("--to <NATION>", "who gets it: three letters, as in markings")
    .option("--by <NATION>", "who gives it (default: the one owner of everything recorded)")
    .requiredOption("--actor <ID>", "who releases: an id, not a name")
    .requiredOption("--out <FILE>", "the file to write; one that is there is replaced")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette log release --to POL --actor p-3 --out for-pol.jsonl
  $ vedette log audit vedette-log for-pol.jsonl

What goes: events that their marking releases to the nation, of a type that has a rule; of them what the rule names, without
anything that refers to what the nation was not given. A later release goes on with the same chain. The log records each one.`,
    )
    .action(releaseLog);
}

async function releaseLog(folder: string, options: Options): Promise<void> {
  const { to, actor, out } = options;
  for (const [name, nation] of [
    ["to", to],
    ["by", options.by],
  ] as const)
    if (nation !== undefined && !/^[A-Z]{3}$/.test(nation))
      throw new UsageError(`--${name} ${nation}: expected three capital letters (ISO 3166-1 alpha-3, or EUE)`);
  outsideOf(folder, out, "--out");
  const done = await withStore(folder, async (store) => {
    const order = { to, by: options.by ?? (await ownerOf(store)), actor, file: resolve(out) };
    return watched("bytes written:", 0, (watch) => release(store, order, watch));
  });
  print(options.json ? JSON.stringify({ file: out, ...done }) : textOf(out, to, done));
}

function textOf(out: string, to: string, { events, added, keptHome, files, withoutBody, chain }: ReleaseDone): string {
  const without = withoutBody === 0 ? "" : `, ${withoutBody} without body`;
  return [
    `${out}: ${counted(events, "event")} for ${to} (${added} new${without}), ${counted(files, "file")}, as ${chain}`,
    `not for ${to}'s eyes: ${counted(keptHome, "event")} stayed at home`,
  ].join("\n");
}

/** @throws UsageError where several nations own what is recorded */
async function ownerOf(store: LogStore): Promise<string> {
  const owners = new Set<string>();
  for await (const { header } of store.rows()) owners.add(header.marking.owner);
  const [owner] = owners;
  if (owner === undefined)
    throw new InputError([{ file: store.place, message: "nothing to release: the log is empty" }]);
  if (owners.size > 1)
    throw new UsageError(`--by: expected one of ${[...owners].sort().join(", ")}, who own what is recorded`);
  return owner;
}

export function auditCommand(): Command {
  return new Command("audit")
    .description("prove that a released chain is what was released of the originator's, and nothing else")
    .argument("<ORIGINAL>", "the originator's log, or an export of it")
    .argument("<RELEASED>", "the recipient's case")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette log audit vedette-log for-pol.jsonl
  $ vedette log audit case.jsonl for-pol.jsonl --json`,
    )
    .action(audit);
}

async function audit(original: string, released: string, { json }: { readonly json?: true }): Promise<void> {
  const [own, theirs] = [await verified(original), await verified(released)];
  const [chain] = theirs.chains;
  if (chain === undefined || theirs.chains.length > 1)
    throw new InputError([{ file: released, message: `expected one chain, found ${theirs.chains.length}` }]);
  const source = own.chains.find(({ node }) => node === chain.node.slice(0, chain.node.lastIndexOf("/")));
  if (source === undefined)
    throw new InputError([{ file: original, message: `does not have the chain that ${chain.node} was released from` }]);
  if (source.publicKey !== chain.publicKey)
    throw new InputError([{ file: released, message: `signed with another key than ${source.node}` }]);
  const proven = isStore(original)
    ? await withStore(original, (store) =>
        store.shelf.snapshot((rows) => {
          const own = () => chainIn(entriesOfRows(rows, { chains: [source.node] }));
          return auditRelease(own, chain.node, chainIn(casesOf(released)));
        }),
      )
    : await auditRelease(() => chainIn(casesOf(original), source.node), chain.node, chainIn(casesOf(released)));
  if (proven.code === "not-a-subset") {
    const name = proven.sequence === undefined ? "" : `event ${proven.sequence}: `;
    throw new InputError([{ file: released, message: `no subset of ${original}: ${name}${proven.message}` }]);
  }
  const { recipient, events, vouched, missing, withheld } = proven;
  const text = `${released}: ${counted(events, "event")} for ${recipient}, each one of ${original}'s (${proven.proven} made anew, ${vouched} vouched for, ${missing} not in this copy; ${withheld} stayed at home)`;
  print(json ? JSON.stringify({ ok: true, ...proven }) : text);
}

function* casesOf(file: string): Generator<object> {
  for (const { entry } of entriesOfFile(file)) yield entry;
}

/** One chain's entries out of a case. */
async function* chainIn(entries: Iterable<object> | AsyncIterable<object>, node?: string): AsyncGenerator<ChainEntry> {
  let isIn = true;
  for await (const entry of entries) {
    if ("chain" in entry) isIn = node === undefined || (entry.chain as { node: string }).node === node;
    else if (isIn && ("event" in entry || "member" in entry || "head" in entry)) yield entry as ChainEntry;
  }
}
