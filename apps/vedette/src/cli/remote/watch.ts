/** `vedette --server URL watch`: what changes in a workspace, one line each, until Ctrl-C; cut lines are taken up again. */
import { changesOf } from "@vedette/client/live";
import { Command } from "commander";
import { print } from "../log-options.ts";
import { inWorkspace, type Server } from "./connect.ts";

interface WatchOptions {
  readonly after?: string;
  readonly count?: string;
  readonly json?: true;
}

export function watchCommand(server: Server): Command {
  return new Command("watch")
    .description("what changes in what your nation is given, as it happens")
    .option("--after <ID>", "go on after the change with this id: all that was missed comes first")
    .option("--count <N>", "end after so many")
    .option("--json", "one JSON object a line")
    .action(async ({ after, count, json }: WatchOptions) => {
      const abort = new AbortController();
      const onInterrupt = (): void => abort.abort();
      process.once("SIGINT", onInterrupt);
      try {
        await inWorkspace(server, async ({ client, workspace }) => {
          const asked = { workspace: workspace.id, signal: abort.signal, ...(after !== undefined && { after }) };
          let told = 0;
          for await (const one of changesOf(client, asked)) {
            if (json) print(JSON.stringify(one));
            else print(one.type === "reset" ? "reset: read anew" : `${one.event}  ${one.id}  version ${one.version}`);
            told += 1;
            if (told === Number(count)) return;
          }
        });
      } finally {
        process.off("SIGINT", onInterrupt);
      }
    });
}
