/** `vedette log …`: what was recorded, whether it is whole, and how it travels. */
import { Command } from "commander";
import { exportCommand, importCaseCommand } from "./log-copy.ts";
import { eraseCommand } from "./log-erase.ts";
import { proveCommand } from "./log-prove.ts";
import { auditCommand, releaseCommand } from "./log-release.ts";
import { showCommand } from "./log-show.ts";
import { verifyCommand } from "./log-verify.ts";

const EXAMPLES = `
Examples:
  $ vedette log verify vedette-log
  $ vedette log export vedette-log --out case.jsonl
  $ vedette log verify case.jsonl
  $ vedette log release vedette-log --to POL --actor p-3 --out for-pol.jsonl

A log is a folder: log.sqlite, the node's key (node.key, for its owner alone) and files of evidence. Or it is a database of
PostgreSQL: wherever a log's folder is asked for, postgres://USER@HOST:PORT/DATABASE will do (\`vedette store --help\`).`;

export function logCommand(): Command {
  const log = new Command("log").description("the record of what happened: show, verify, export, release, erase");
  for (const command of [
    showCommand(),
    verifyCommand(),
    exportCommand(),
    importCaseCommand(),
    releaseCommand(),
    auditCommand(),
    proveCommand(),
    eraseCommand(),
  ])
    log.addCommand(command);
  return log.addHelpText("after", EXAMPLES);
}
