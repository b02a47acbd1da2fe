/** `vedette log erase`: takes away what must go, and leaves that it went. */
import { Command } from "commander";
import { UsageError } from "../problem.ts";
import type { ErasureTarget } from "../store/store.ts";
import { DEFAULT_STORE, print, withStore } from "./log-options.ts";

interface Options {
  readonly event?: string;
  readonly member?: string;
  readonly file?: string;
  readonly actor: string;
  readonly rule: string;
  readonly reason: string;
  readonly json?: true;
}

export function eraseCommand(): Command {
  return new Command("erase")
    .description("erase an event's body, one member of a batch, or a file; what, when, who and why stays recorded")
    .argument("[STORE]", "the log: a folder or postgres://…", DEFAULT_STORE)
    .option("--event <ID>", "the event; of a batch, all its members")
    .option("--member <KEY>", "only this member of the batch")
    .option("--file <HASH>", "a file of evidence instead")
    .requiredOption("--actor <ID>", "who erases: an id, not a name")
    .requiredOption("--rule <RULE>", "the rule that it rests on")
    .requiredOption("--reason <TEXT>", "why, without repeating what is erased")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette log erase --event e-5f1c… --actor p-3 --rule "GDPR 17(1)(b)" --reason "consent withdrawn"
  $ vedette log erase --event e-5f1c… --member ev-09ab… --actor p-3 --rule "GDPR 17(1)(d)" --reason "collected by mistake"

Copies that were given away are told by the next \`vedette log release\`; a copy that is imported obeys it.`,
    )
    .action(erase);
}

async function erase(folder: string, options: Options): Promise<void> {
  const { actor, rule, reason } = options;
  for (const [name, value] of Object.entries({ actor, rule, reason }))
    if (value.trim() === "") throw new UsageError(`--${name}: expected a text`);
  const target = targetOf(options);
  const header = await withStore(folder, (store) => store.erase(target, { actor, rule, reason }));
  const what = "file" in target ? `file ${target.file}` : [target.event, target.member].filter(Boolean).join(" ");
  print(options.json ? JSON.stringify({ erased: target, header }) : `erased ${what}; recorded as ${header.id}`);
}

function targetOf({ event, member, file }: Options): ErasureTarget {
  if ((event === undefined) === (file === undefined)) throw new UsageError("expected either --event or --file");
  if (file !== undefined && member !== undefined) throw new UsageError("--member goes with --event");
  if (file !== undefined) {
    if (!/^[0-9a-f]{64}$/.test(file)) throw new UsageError(`--file ${file}: expected 64 hexadecimal digits`);
    return { file };
  }
  return { event: event ?? "", ...(member !== undefined && { member }) };
}
