/** `vedette log verify FILE|STORE`. */
import { statSync } from "node:fs";
import type { ChainReport } from "@vedette/core/record/chain-fault";
import { Command } from "commander";
import { counted } from "../scenario/words.ts";
import type { CaseReport, Known } from "../store/case-check.ts";
import type { Watch } from "../store/case-export.ts";
import { isFault, problemOf, verifyFile, verifyStore } from "../store/case-verify.ts";
import { isStore } from "../store/place.ts";
import { isProofFile, verifyProofFile } from "../store/proof.ts";
import { collected, knownOf, print, watched, withStore } from "./log-options.ts";

interface Options {
  readonly key?: readonly string[];
  readonly head?: readonly string[];
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ vedette log verify vedette-log
  $ vedette log verify case.jsonl --json
  $ vedette log verify case.jsonl --key node-1a2b3c4d5e6f=4f0c… --head node-1a2b3c4d5e6f=1204:9d31…
  $ vedette log verify proof.json

Names the first broken event and why: altered, dropped, reordered, inserted, its body or members not what it binds, wrongly
signed, or earlier than the event before it. From the copy alone it cannot tell that a key is the node's own, nor that nothing
was cut off behind the last head: for that, give the key and a head that the node made known.`;

export function verifyCommand(): Command {
  return new Command("verify")
    .description("check that a log, a copy of a case, or a proof is whole")
    .argument("<FILE|STORE>", "a case as one file, a proof, or a log's folder")
    .option("--key <NODE=KEY>", "the key that a node made known; may be given several times", collected)
    .option("--head <NODE=NUMBER:HASH>", "a head that is known from before; may be given several times", collected)
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(verify);
}

async function verify(path: string, options: Options): Promise<void> {
  const known = knownOf(options);
  if (!isStore(path) && isProofFile(path)) {
    const { node, event, member } = verifyProofFile(path, known.keys);
    const proven = `${path}: proven: ${member} was recorded by ${node} in ${event.type} ${event.id}`;
    print(options.json ? JSON.stringify({ ok: true, node, event: event.id, member }) : proven);
    return;
  }
  const report = await verified(path, known);
  print(options.json ? JSON.stringify({ ok: true, ...report }) : textOf(path, report));
}

/** @throws InputError that names the first broken event */
export async function verified(path: string, known?: Known): Promise<CaseReport> {
  const size = isStore(path) ? 0 : statSync(path).size;
  const check = (watch: Watch) =>
    isStore(path) ? withStore(path, (store) => verifyStore(store, known, watch)) : verifyFile(path, known, watch);
  const report = await watched("checked", size, check);
  if (isFault(report)) throw problemOf(path, report);
  return report;
}

function textOf(path: string, { chains, files, fileBytes }: CaseReport): string {
  const inFiles = files === 0 ? [] : [`  ${counted(files, "file")}, ${fileBytes} bytes, each what its hash says`];
  const isShort = chains.some(({ withheld, membersMissing }) => withheld + membersMissing > 0);
  return [
    `${path}: ${isShort ? "unbroken, but not all is in this copy" : "whole"}`,
    ...chains.flatMap(linesOf),
    ...inFiles,
  ].join("\n");
}

function linesOf({
  node,
  publicKey,
  events,
  erased,
  withheld,
  members,
  membersErased,
  membersMissing,
  heads,
  last,
}: ChainReport): string[] {
  const less = [
    ...(erased > 0 ? [`${erased} erased`] : []),
    ...(withheld > 0 ? [`${withheld} without body`] : []),
    ...(members > 0 ? [counted(members, "member")] : []),
    ...(membersMissing > 0 ? [`${counted(membersMissing, "member")} not in this copy`] : []),
    ...(membersErased > 0 ? [`${membersErased} of them erased`] : []),
  ];
  return [
    `  ${[`${node}: ${counted(events, "event")}`, ...less, counted(heads, "signed head")].join(", ")}`,
    `    key   ${node}=${publicKey}`,
    ...(last === undefined ? [] : [`    head  ${node}=${last.sequence}:${last.hash}`]),
  ];
}
