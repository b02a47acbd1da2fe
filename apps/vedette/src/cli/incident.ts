/** `vedette incident`: the life of incidents in a log, step by step. */
import { Command } from "commander";
import { actCommands } from "./incident-acts.ts";
import { clockCommands } from "./incident-clocks.ts";
import { detectCommand } from "./incident-detect.ts";
import { listCommand, showCommand } from "./incident-list.ts";

const EXAMPLES = `
Examples:
  $ vedette import news reports.csv && vedette incident detect
  $ vedette incident list --state corroborated
  $ vedette incident verify in-de114e7b3f6b5e2c --as p-3 --reason "picture of 4 May seen" --ask party-a=2026-05-05T12:00:00Z
  $ vedette incident adopt some-truce.yaml --as p-1 --reason "signed" && vedette incident clocks
  $ vedette incident assess in-de114e7b3f6b5e2c --as p-7 --reason "…" --finding breach --clause "II.3(a)" --agreement some-truce@2

The program opens incidents and takes them as far as corroborated. From there on every step is a person's, with a reason.
Two different people verify and assess, and assessment waits for the parties' replies or their deadline. Every step is
undone by its reverse, and the record keeps both. Nothing here computes who did it.`;

export function incidentCommand(): Command {
  const command = new Command("incident").description(
    "open, verify, assess, merge and close incidents; list and show them",
  );
  for (const one of [detectCommand(), listCommand(), showCommand(), ...actCommands(), ...clockCommands()])
    command.addCommand(one);
  return command.addHelpText("after", EXAMPLES);
}
