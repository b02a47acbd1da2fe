/** `vedette log export` and `vedette log import`: a whole case as one file, and back. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { InputError } from "../problem.ts";
import { counted } from "../scenario/words.ts";
import { writeCase } from "../store/case-export.ts";
import { importCase } from "../store/case-import.ts";
import { entriesOfRows } from "../store/case-read.ts";
import { collected, DEFAULT_STORE, knownOf, outsideOf, print, watched, withStore } from "./log-options.ts";

export function exportCommand(): Command {
  return new Command("export")
    .description("write a whole log with its files as one file: all markings, for the owner's own use")
    .argument("[STORE]", "the log: a folder or postgres://…", DEFAULT_STORE)
    .requiredOption("--out <FILE>", "the file to write; one that is there is replaced")
    .option("--chain <NODE>", "only this node's chain, without files; may be given several times", collected)
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette log export --out case.jsonl
  $ vedette log export vedette-log --out case.jsonl --json

Nothing is left out: to give a part of it to another nation, use \`vedette log release\`.`,
    )
    .action(exportLog);
}

async function exportLog(
  folder: string,
  options: { out: string; chain?: readonly string[]; json?: true },
): Promise<void> {
  outsideOf(folder, options.out, "--out");
  const exported = await withStore(folder, async (store) => {
    const nodes = (await store.shelf.rows.chains()).map(({ node }) => node);
    const strange = options.chain?.find((node) => !nodes.includes(node));
    if (strange !== undefined)
      throw new InputError([
        { file: store.place, message: `no chain of ${strange}: it has ${nodes.join(", ") || "none"}` },
      ]);
    const extract = options.chain === undefined ? {} : { chains: options.chain };
    return watched("bytes written:", 0, (watch) =>
      store.shelf.snapshot((rows) => writeCase(resolve(options.out), entriesOfRows(rows, extract), watch)),
    );
  });
  const { lines, bytes } = exported;
  print(
    options.json
      ? JSON.stringify({ file: options.out, ...exported })
      : `${options.out}: ${lines} lines, ${bytes} bytes`,
  );
}

interface ImportOptions {
  readonly into: string;
  readonly key?: readonly string[];
  readonly head?: readonly string[];
  readonly json?: true;
}

export function importCaseCommand(): Command {
  return new Command("import")
    .description("bring a case into a log: checked to its last line, and all of it or nothing")
    .argument("<FILE>", "a case that `vedette log export` or `vedette log release` wrote")
    .option("--into <STORE>", "the log: a folder or postgres://…; made where it is not there", DEFAULT_STORE)
    .option("--key <NODE=KEY>", "the key that a node made known; may be given several times", collected)
    .option("--head <NODE=NUMBER:HASH>", "a head that is known from before; may be given several times", collected)
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette log import case.jsonl --into copy-of-the-log
  $ vedette log import for-pol.jsonl --key node-1a2b3c4d5e6f/POL=4f0c…

A later copy of the same chain adds what is new; one with another history is refused. What a copy says was erased is erased
here too, and what was erased here does not come back.`,
    )
    .action(importLog);
}

async function importLog(file: string, options: ImportOptions): Promise<void> {
  const known = knownOf(options);
  // Before a folder is made for it.
  const { size } = statSync(file);
  const imported = await withStore(
    options.into,
    (store) => watched("reading", size, ({ onBytes }) => importCase(store, file, known, onBytes)),
    true,
  );
  const { chains, eventsAdded, eventsKnown, eventsCompleted, filesAdded } = imported;
  const completed = eventsCompleted > 0 ? ` (${eventsCompleted} of them completed)` : "";
  const nodes = chains.map(({ node }) => node).join(", ");
  const text = `${file}: ${counted(eventsAdded, "event")} added, ${eventsKnown} known${completed}, ${counted(filesAdded, "file")} added (${nodes})`;
  print(options.json ? JSON.stringify({ file, into: options.into, ...imported }) : text);
}
