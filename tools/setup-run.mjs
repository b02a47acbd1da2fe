/** Running other programs, and saying so: the part of the set-up that knows about signals and search paths. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname } from "node:path";

/** What the user can mend: shown without a stack. */
export class SetupError extends Error {}

/** One calm line on stderr. */
export const say = (line) => process.stderr.write(`vedette: ${line}\n`);

/** The search path with `node` first, so that whatever calls `node` by name finds the right one. */
export function pathWith(node) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return {
    [name]: [dirname(node), process.env[name]].filter(Boolean).join(delimiter),
  };
}

/**
 * Runs a command to its end. A terminal sends Ctrl-C to every program in its foreground, so the child has it already;
 * a signal sent to this process alone is passed on, once. `onStart` learns the child's process number.
 *
 * @returns {Promise<{ code: number, signal: string | undefined }>} `code` as a shell would give it
 */
export function run(command, args, options, onStart = () => {}) {
  const child = spawn(command, args, options);
  if (child.pid !== undefined) onStart(child.pid);
  let stopped;
  const onSignal = (signal) => {
    const hasItAlready = signal === "SIGINT" && process.stdin.isTTY;
    if (stopped === undefined && !hasItAlready) child.kill(signal);
    stopped = signal;
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, onSignal);
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new SetupError(`cannot run ${command}: ${error.message}`)));
    child.on("exit", (code, signal) => {
      for (const name of signals) process.removeListener(name, onSignal);
      resolve({
        code: code ?? 128 + constants.signals[signal],
        signal: signal ?? (code === 0 ? undefined : stopped),
      });
    });
  });
}
