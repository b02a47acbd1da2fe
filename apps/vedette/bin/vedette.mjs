#!/usr/bin/env node
// Plain JavaScript for Node 20 and newer: finds a Node that runs TypeScript, then hands over.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { isKernelBuilt } from "../../../tools/setup-kernel.mjs";

const NEEDED_MAJOR = 24;

if (Number(process.versions.node.split(".")[0]) >= NEEDED_MAJOR) {
  if (isKernelBuilt()) await begin();
  else {
    const what = "vedette: the kernels are not compiled, or not from these sources";
    process.stderr.write(`${what}; \`npm start\` in Vedette's folder compiles them\n`);
    process.exitCode = 2;
  }
} else {
  const { findNode24 } = await import("../../../tools/setup.mjs");
  const node = findNode24();
  if (node === undefined) {
    process.stderr.write(`vedette: needs Node ${NEEDED_MAJOR}; \`npm start\` in Vedette's folder brings it\n`);
    process.exitCode = 2;
  } else handOver(node);
}

async function begin() {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", endWithOutput);
  const { run } = await import("../src/cli/main.ts");
  process.exitCode = await run(process.argv.slice(2));
}

/**
 * Whoever read our output went away (`| head`): we end as other commands do, without a word. A full disk is said.
 *
 * @param {NodeJS.ErrnoException} error
 */
function endWithOutput({ code, message }) {
  if (code === "EPIPE") process.exit(128 + constants.signals.SIGPIPE);
  process.stderr.write(`vedette: the output cannot be written: ${message}\n`);
  process.exit(1);
}

/** @param {string} node path of a newer Node */
function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  // A terminal's Ctrl-C reaches the child by itself: a second one from here would mean "now, at once".
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    process.stderr.write(`vedette: cannot start ${node}: ${error.message}\n`);
    process.exitCode = 70;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 70) : 128 + constants.signals[signal];
  });
}
