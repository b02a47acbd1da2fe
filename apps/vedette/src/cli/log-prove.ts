/** `vedette log prove`: one member of a batch, to somebody who may see nothing else. */
import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { proofOf, textOfProof } from "../store/proof.ts";
import { DEFAULT_STORE, print, withStore } from "./log-options.ts";

interface Options {
  readonly member: string;
  readonly chain?: string;
  readonly out?: string;
}

export function proveCommand(): Command {
  return new Command("prove")
    .description("a proof that one member of a batch was recorded, which shows no other member")
    .argument("[STORE]", "the log: a folder or postgres://…", DEFAULT_STORE)
    .requiredOption("--member <KEY>", "the member: an id of evidence")
    .option("--chain <NODE>", "another node's chain that was brought in")
    .option("--out <FILE>", "write it here (default: standard output)")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette log prove --member ev-09ab… --out proof.json
  $ vedette log verify proof.json

A proof is JSON. It shows the member, its batch's own data, and the headers up to the next signed head.`,
    )
    .action(prove);
}

async function prove(folder: string, { member, chain, out }: Options): Promise<void> {
  const text = await withStore(folder, async (store) => textOfProof(await proofOf(store, chain ?? store.node, member)));
  if (out === undefined) print(text);
  else writeFileSync(out, `${text}\n`);
}
