/** `vedette --server URL …`: the same words, on a server instead of a log here. */
import { Command } from "commander";
import { UsageError } from "../../problem.ts";
import { print } from "../log-options.ts";
import { clientFor, remotely, type Server, serverIn } from "./connect.ts";
import { remoteImport } from "./import.ts";
import { actCommands } from "./incident-acts.ts";
import { listCommand, showCommand } from "./incident-read.ts";
import { watchCommand } from "./watch.ts";

const EXAMPLES = `
Examples:
  $ vedette --server http://127.0.0.1:8080 workspaces
  $ vedette --server https://vedette.example --workspace kherson incident list --state corroborated
  $ vedette import firms anomalies.csv --server https://vedette.example --workspace kherson --token-file ~/.vedette-token
  $ vedette watch --server https://vedette.example --workspace kherson --json

The token: VEDETTE_TOKEN, or a file named by --token-file. Nobody needs one for an exercise on this machine.`;

const COMMANDS: Readonly<Record<string, (server: Server) => Command>> = {
  workspaces: workspacesCommand,
  incident: (server) => {
    const command = new Command("incident").description("list, show, verify, assess, … incidents of a workspace");
    for (const one of [listCommand(server), showCommand(server), ...actCommands(server)]) command.addCommand(one);
    return command;
  },
  import: remoteImport,
  watch: watchCommand,
};

interface Remote {
  readonly commands: readonly Command[];
  /** The line without what names the server. */
  readonly rest: readonly string[];
}

/** @throws UsageError for what only works on a log here */
export function remoteProgram(argv: readonly string[], known: readonly string[]): Remote {
  const found = serverIn(argv);
  if (found === undefined) throw new UsageError("--server: expected an address such as https://vedette.example");
  const { server, rest } = found;
  const [name = ""] = rest;
  if (known.includes(name) && !Object.hasOwn(COMMANDS, name))
    throw new UsageError(
      `${name} works on this machine: leave --server out; a server takes ${Object.keys(COMMANDS).join(", ")}`,
    );
  const commands = Object.entries(COMMANDS).map(([one, make]) =>
    make(server).addHelpText("after", one === name || name === "" ? EXAMPLES : ""),
  );
  return { commands, rest };
}

function workspacesCommand(server: Server): Command {
  return new Command("workspaces")
    .description("the workspaces that you take part in")
    .option("--json", "print JSON")
    .action(async ({ json }: { readonly json?: true }) => {
      const { items } = await remotely(server, async () => (await clientFor(server).call("listWorkspaces", {})).body);
      if (json) return print(JSON.stringify(items, null, 1));
      print(items.map(({ id, title, use, now }) => `${id}  ${use.padEnd(8)}  ${now}  ${title}`).join("\n") || "none");
    });
}
