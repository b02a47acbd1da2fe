/** The WebAssembly kernels: compiled once, and again when their sources or the compiler change. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pathWith, run, SetupError } from "./setup-run.mjs";

const KERNEL = join(dirname(fileURLToPath(import.meta.url)), "..", "packages", "kernel");
const STAMP = join(KERNEL, "build", "stamp");

/** What they are made from. */
function stampOf() {
  const hash = createHash("sha256");
  for (const folder of ["assembly", "src"]) {
    for (const name of readdirSync(join(KERNEL, folder)).sort()) {
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(KERNEL, folder, name)));
    }
  }
  for (const name of ["build.mjs", "package.json"]) hash.update(readFileSync(join(KERNEL, name)));
  return `${hash.digest("hex")}\n`;
}

/** Whether the kernels stand as their sources say. */
export function isKernelBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === stampOf();
}

export async function buildKernel(node) {
  const stamp = stampOf();
  const { code, signal } = await run(node, [join(KERNEL, "build.mjs")], {
    cwd: KERNEL,
    env: { ...process.env, ...pathWith(node) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (signal !== undefined) throw new SetupError("stopped; the next start builds the kernels again");
  if (code !== 0) throw new SetupError("the kernels could not be built (the compiler's message is above)");
  writeFileSync(STAMP, stamp);
}
