/** The `vedette` command: subcommands, exit codes, and errors as text or as one JSON object. */
import { Command, CommanderError } from "commander";
import { versionOf } from "../engine/version.ts";
import { InputError, Interrupted, type Problem, textOf, UsageError } from "../problem.ts";
import { shownText } from "./terminal.ts";

/** 1: the input is at fault; 2: the call is; 70: vedette is (EX_SOFTWARE of sysexits.h). */
export const EXIT = { done: 0, input: 1, usage: 2, bug: 70, interrupted: 130 } as const;

/** The words after `vedette`; resolves to the exit code. Never rejects. */
export async function run(argv: readonly string[]): Promise<number> {
  const isJson = argv.includes("--json");
  try {
    const { root, rest } = await program(argv, isJson);
    await root.parseAsync([...rest], { from: "user" });
    return EXIT.done;
  } catch (error) {
    return report(error, isJson);
  }
}

/** In the order of the help. Each brings what it needs with it: only the one that is called is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start.ts")).startCommand(),
  run: async () => (await import("./run.ts")).runCommand(),
  check: async () => (await import("./check.ts")).checkCommand(),
  new: async () => (await import("./new.ts")).newCommand(),
  import: async () => (await import("./import.ts")).importCommand().addHelpText("after", IMPORT_EXAMPLES),
  passes: async () => (await import("./passes.ts")).passesCommand(),
  coverage: async () => (await import("./coverage.ts")).coverageCommand(),
  corroborate: async () => (await import("./corroborate.ts")).corroborateCommand(),
  link: async () => (await import("./link.ts")).linkCommand(),
  windows: async () => (await import("./windows.ts")).windowsCommand(),
  agreement: async () => (await import("./agreement.ts")).agreementCommand(),
  incident: async () => (await import("./incident.ts")).incidentCommand(),
  report: async () => (await import("./report.ts")).reportCommand(),
  exercise: async () => (await import("./exercise.ts")).exerciseCommand(),
  log: async () => (await import("./log.ts")).logCommand(),
  store: async () => (await import("./store.ts")).storeCommand(),
  people: async () => (await import("./people.ts")).peopleCommand(),
  schema: async () => (await import("./schema.ts")).schemaCommand(),
};

interface Program {
  readonly root: Command;
  readonly rest: readonly string[];
}

async function program(argv: readonly string[], isJson: boolean): Promise<Program> {
  const isRemote = argv.some((word) => /^--server(?:=|$)/.test(word));
  const [name = ""] = argv;
  const root = new Command("vedette")
    .description("Watching a ceasefire: what can be seen and when, what was reported, what holds, and which clocks run")
    .version(versionOf())
    .helpCommand(false)
    // Options after a subcommand are the subcommand's, also where its parent has one of the same name.
    .enablePositionalOptions()
    .addHelpText("after", EXAMPLES);
  if (isRemote) {
    const { remoteProgram } = await import("./remote/program.ts");
    const { commands, rest } = remoteProgram(argv, Object.keys(COMMANDS));
    for (const each of commands) root.addCommand(each);
    setUp(root, "vedette", isJson);
    return { root, rest };
  }
  // For the help, and for what to suggest instead of a misspelt one, all are needed.
  const asked = Object.hasOwn(COMMANDS, name) ? [name] : Object.keys(COMMANDS);
  for (const each of asked) root.addCommand(await (COMMANDS[each] as () => Promise<Command>)());
  setUp(root, "vedette", isJson);
  return { root, rest: argv };
}

/** Commander must not end the process; with --json a fault is one JSON object on stderr, and nothing else. */
function setUp(command: Command, name: string, isJson: boolean): void {
  command.exitOverride().showHelpAfterError(`(${name} --help says more)`);
  if (isJson) command.configureOutput({ writeErr: () => {} });
  for (const inner of command.commands) setUp(inner, `${name} ${inner.name()}`, isJson);
}

const EXAMPLES = `
Examples:
  $ vedette run line-of-contact          seven days over the shipped line; writes a report
  $ vedette check line-of-contact        every problem in the files, with line and column
  $ vedette new my-line --line my.kml    a scenario on your own line
  $ vedette --server URL --help          the same words on a server: incidents, imports, live changes

Exit codes: 0 done, 1 the input is at fault, 2 the call is at fault.`;

const IMPORT_EXAMPLES = `
Examples:
  $ vedette import catalogue elements.tle
  $ vedette import firms anomalies.csv --store my-log
  $ vedette import catalogue --help`;

function report(error: unknown, isJson: boolean): number {
  if (error instanceof CommanderError) return reportCall(error, isJson);
  if (error instanceof UsageError) {
    say(isJson, error.message, [], `vedette: ${error.message}`);
    return EXIT.usage;
  }
  if (error instanceof InputError) {
    const { problems } = error;
    const found = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    say(isJson, `${found} in the input`, problems, `${problems.map(textOf).join("\n")}\nvedette: ${found}`);
    return EXIT.input;
  }
  if (error instanceof Interrupted) {
    say(isJson, error.message, [], `vedette: ${error.message}`);
    return EXIT.interrupted;
  }
  const system = systemReason(error);
  if (system !== undefined) {
    say(isJson, system, [], `vedette: ${system}`);
    return EXIT.input;
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = "a fault in vedette itself, not in your input";
  say(
    isJson,
    `${message}: ${what}`,
    [],
    `vedette: ${message}. Please report it with the command you typed and this:\n${what}`,
  );
  return EXIT.bug;
}

/** Commander has written its own text by now, unless it was told to be quiet. */
function reportCall(error: CommanderError, isJson: boolean): number {
  if (error.exitCode === 0) return EXIT.done;
  const isHelp = error.code === "commander.help";
  if (isJson) say(true, isHelp ? "expected a subcommand" : error.message.replace(/^error: /, ""), [], "");
  return EXIT.usage;
}

function say(isJson: boolean, error: string, problems: readonly Problem[], text: string): void {
  process.stderr.write(`${shownText(isJson ? JSON.stringify({ error, problems }) : text)}\n`);
}

/** Disks fill up and folders are closed to us: nobody's bug, said in one line. */
function systemReason(error: unknown): string | undefined {
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const words = code === undefined ? undefined : SYSTEM_WORDS[code];
  if (words === undefined) return undefined;
  const place = dest ?? path;
  return place === undefined ? words : `${place}: ${words}`;
}

const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the disk is read-only",
  ENOSPC: "no space left on the disk",
  EDQUOT: "the disk quota is used up",
  ENOENT: "no such file or folder",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "is a folder",
  EMFILE: "too many open files",
  ENAMETOOLONG: "the name is too long",
};
