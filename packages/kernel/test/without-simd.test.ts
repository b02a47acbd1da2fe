/** A machine without the vector instructions: no kernel, and the tests of the faces above it hold all the same. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { kernelOf, type Machine, sharedMemoryOf } from "../src/kernel.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** V8 then takes the processor for one of before 2008. */
const OLD = "--no-enable-sse4-1";
const skip = process.arch === "x64" ? false : `${OLD} is a switch of x64`;
const { NODE_TEST_CONTEXT: _, ...env } = process.env;
const oldNode = (...args: string[]) =>
  spawnSync(process.execPath, [OLD, ...args], { cwd: ROOT, env, encoding: "utf8" });

test("an old processor has no kernel, and says so by having none", { skip }, () => {
  const script =
    'const { kernel } = await import("./packages/kernel/src/kernel.ts"); console.log(kernel === undefined)';
  const { stdout, stderr } = oldNode("--input-type=module", "--eval", script);
  assert.equal(stdout.trim(), "true", stderr);
});

test("tables, passes and swarms are as they should be there", { skip }, () => {
  const files = ["table.test.ts", "passes.oracle.test.ts", "swarm.test.ts"].map((name) => `packages/core/test/${name}`);
  const { stdout, status } = oldNode("--test", "--test-reporter=spec", ...files);
  assert.equal(status, 0, stdout);
  const [, passed] = /pass (\d+)/.exec(stdout) ?? [];
  assert.ok(Number(passed) >= 15, `only ${passed} tests passed`);
});

test("without WebAssembly or without shared memory there is none, and no error", () => {
  const machine = globalThis as unknown as Machine;
  const { WebAssembly } = machine;
  assert.ok(WebAssembly !== undefined);
  assert.equal(kernelOf({ atob }), undefined);
  assert.equal(sharedMemoryOf({ WebAssembly, atob }), undefined);
  assert.equal(sharedMemoryOf({ SharedArrayBuffer, atob }), undefined);
});
