/** `vedette store …`: a log saved, brought back, and moved between the kinds of store. */
import { existsSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { UsageError } from "../problem.ts";
import { counted } from "../scenario/words.ts";
import { backupAsCase, backupAsFolder, copyStore, type Restored, restoreCase } from "../store/backup.ts";
import { folderNamed } from "../store/place.ts";
import { instantOf } from "./incident-options.ts";
import { DEFAULT_STORE, outsideOf, print, watched, withStore } from "./log-options.ts";

const PLACES = `
A store is a folder (vedette-log, sqlite:vedette-log) or a database (postgres://USER@HOST:PORT/DATABASE). Of a database,
schema=NAME says in which schema the tables lie, and key=FILE where this machine keeps the node's key, which is in no database
and in no backup: postgres://vedette@db/vedette?schema=exercise&key=/etc/vedette/exercise.key`;

const EXAMPLES = `
Examples:
  $ vedette store backup vedette-log --out case.jsonl
  $ vedette store restore case.jsonl --into vedette-log --key /safe/node.key
  $ vedette store copy vedette-log postgres://vedette@db/vedette --key vedette-log/node.key
`;

const untilOf = (text: string | undefined) => (text === undefined ? undefined : instantOf(text, "--until"));

interface BackupOptions {
  readonly out: string;
  readonly as: string;
  readonly until?: string;
  readonly json?: true;
}

function backupCommand(): Command {
  return new Command("backup")
    .description("save all of a store as at one moment, while others write")
    .argument("[STORE]", "the log", DEFAULT_STORE)
    .requiredOption("--out <FILE|DIR>", "what to write; a file that is there is replaced, a folder is not")
    .option("--as <FORM>", "case: one file for any store; folder: as SQLite has it, faster to put back", "case")
    .option("--until <INSTANT>", "only what was written down before it, UTC")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette store backup vedette-log --out case.jsonl
  $ vedette store backup postgres://vedette@db/vedette --out case.jsonl --until 2026-06-20T12:00:00Z
${PLACES}
Keep the node's key elsewhere, once: without it a restored log can be read, not added to.`,
    )
    .action(backup);
}

async function backup(place: string, { out, as, until, json }: BackupOptions): Promise<void> {
  if (as !== "case" && as !== "folder") throw new UsageError(`--as ${as}: expected case or folder`);
  if (as === "folder" && until !== undefined) throw new UsageError("--until goes with --as case");
  const before = untilOf(until);
  const saved = await withStore(place, async (store) => {
    outsideOf(place, out, "--out");
    if (as === "folder") return backupAsFolder(store, resolve(out));
    return watched("bytes written:", 0, (watch) => backupAsCase(store, resolve(out), before, watch));
  });
  const what = "lines" in saved ? `${saved.lines} lines, ${saved.bytes} bytes` : counted(saved.files, "file");
  print(json ? JSON.stringify({ out, as, ...saved }) : `${out}: ${what}`);
}

interface IntoOptions {
  readonly into: string;
  readonly key?: string;
  readonly until?: string;
  readonly json?: true;
}

function restoreCommand(): Command {
  return new Command("restore")
    .description("bring a backup back into an empty place; checked to its last line before anything is made")
    .argument("<FILE>", "a case that `vedette store backup` or `vedette log export` wrote")
    .requiredOption("--into <STORE>", "a place where no log is yet")
    .option("--key <FILE>", "the node's key; copied to where the store looks for it")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette store restore case.jsonl --into vedette-log --key /safe/node.key
  $ vedette store restore case.jsonl --into postgres://vedette@db/vedette --key /safe/node.key
${PLACES}`,
    )
    .action(restore);
}

async function restore(file: string, { into, key, json }: IntoOptions): Promise<void> {
  const { size } = statSync(file);
  const restored = await watched("reading", size, ({ onBytes }) =>
    restoreCase(file, into, { ...(key !== undefined && { key }), ...(onBytes && { onBytes }) }),
  );
  say(file, into, restored, json);
}

function copyCommand(): Command {
  return new Command("copy")
    .description("copy a store into an empty one, of the same kind or the other, with every hash and signature")
    .argument("<FROM>", "the log")
    .argument("<TO>", "a place where no log is yet")
    .option("--key <FILE>", "the node's key; copied to where the new store looks for it")
    .option("--until <INSTANT>", "only what was written down before it, UTC")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette store copy vedette-log postgres://vedette@db/vedette --key vedette-log/node.key
  $ vedette store copy postgres://vedette@db/vedette as-it-was --until 2026-06-20T12:00:00Z
${PLACES}`,
    )
    .action(copy);
}

async function copy(from: string, into: string, { key, until, json }: Omit<IntoOptions, "into">): Promise<void> {
  const [own, other] = [folderNamed(from), folderNamed(into)];
  if (own !== undefined && other !== undefined && existsSync(other) && realpathSync(own) === realpathSync(other))
    throw new UsageError(`${into}: is the store itself: expected another place`);
  const before = untilOf(until);
  const copied = await withStore(from, (store) =>
    copyStore(store, into, { ...(key !== undefined && { key }), ...(before !== undefined && { until: before }) }),
  );
  say(from, into, copied, json);
}

function rebuildCommand(): Command {
  return new Command("rebuild")
    .description("drop what a server keeps ready to be asked, and fold it anew from the log; the log stays as it is")
    .argument("[STORE]", "the log", DEFAULT_STORE)
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette store rebuild vedette-log
  $ vedette store rebuild postgres://vedette@db/vedette?schema=exercise
${PLACES}
A server may go on meanwhile: its lists are short until it is done.`,
    )
    .action(rebuild);
}

async function rebuild(place: string, { json }: { readonly json?: true }): Promise<void> {
  const { rebuildProjections } = await import("../workspace/rebuild.ts");
  const rebuilt = await rebuildProjections(place);
  const { nations, incidents, evidence, changes } = rebuilt;
  const text = `${counted(incidents, "view")} of incidents, ${counted(evidence, "item")} of evidence, ${counted(changes, "change")}`;
  print(json ? JSON.stringify({ store: place, ...rebuilt }) : `${place}: for ${nations.join(", ")}: ${text}`);
}

function say(from: string, into: string, restored: Restored, json: true | undefined): void {
  const { eventsAdded, filesAdded, chains, writes } = restored;
  const whose =
    writes === undefined ? "to be read only: no key of its chains is here" : `to be written on by ${writes}`;
  const nodes = chains.map(({ node }) => node).join(", ") || "no chain";
  const text = `${from} into ${into}: ${counted(eventsAdded, "event")}, ${counted(filesAdded, "file")} (${nodes}); ${whose}`;
  print(json ? JSON.stringify({ from, into, ...restored }) : text);
}

export function storeCommand(): Command {
  const store = new Command("store").description(
    "where a log lies: back it up, restore it, copy it to another kind, rebuild what is made of it",
  );
  for (const command of [backupCommand(), restoreCommand(), copyCommand(), rebuildCommand()]) store.addCommand(command);
  return store.addHelpText("after", `${EXAMPLES}${PLACES}`);
}
