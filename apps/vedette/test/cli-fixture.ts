/** The command as a person starts it: a process of its own, its two outputs kept apart. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const BIN: string = fileURLToPath(new URL("../bin/vedette.mjs", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `node`: switches of Node itself, for a machine that lacks something. */
export function runVedette(argv: readonly string[], cwd?: string, node: readonly string[] = []): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...node, BIN, ...argv], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      stdout += piece;
    });
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      stderr += piece;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
