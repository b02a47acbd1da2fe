/** The WebAssembly kernels: compiled once, and again when their sources or the compiler change. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pathWith, run, SetupError } from "./setup-run.mjs";

export { isKernelBuilt } from "../packages/kernel/stamp.mjs";

const KERNEL = join(dirname(fileURLToPath(import.meta.url)), "..", "packages", "kernel");
export async function buildKernel(node) {
  const { code, signal } = await run(node, [join(KERNEL, "build.mjs")], {
    cwd: KERNEL,
    env: { ...process.env, ...pathWith(node) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (signal !== undefined) throw new SetupError("stopped; the next start builds the kernels again");
  if (code !== 0) throw new SetupError("the kernels could not be built (the compiler's message is above)");
}
