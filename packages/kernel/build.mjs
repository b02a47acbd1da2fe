/**
 * Compiles the kernels to WebAssembly, for memory of one thread and for memory that threads share, and writes both as
 * text into `build/bytes.ts`: a module that Node, its threads and a browser's bundler import alike. Part of the set-up.
 */
import { Buffer } from "node:buffer";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { stampOf, writeStamp } from "./stamp.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
/** 64 KiB pages: what shared memory may grow to, 4 GiB. */
const MOST_PAGES = 65_536;
const COMMON = ["-O3", "--converge", "--noAssert", "--runtime", "stub", "--importMemory", "--memoryBase", "1024"];
const FLAVOURS = {
  PLAIN: [],
  SHARED: ["--enable", "threads", "--sharedMemory", "--initialMemory", "16", "--maximumMemory", String(MOST_PAGES)],
};

async function compile(flags) {
  const files = new Map();
  const { error, stderr } = await asc.main(
    ["assembly/index.ts", "--outFile", "kernel.wasm", "--enable", "simd", ...COMMON, ...flags],
    {
      readFile: undefined,
      writeFile: (name, contents) => void files.set(name, contents),
    },
  );
  if (error) throw new Error(`the kernels do not compile: ${error.message}\n${stderr.toString()}`);
  return Buffer.from(files.get("kernel.wasm")).toString("base64");
}

export async function build() {
  process.chdir(HERE);
  // Taken first: sources that change meanwhile are compiled the next time.
  const stamp = stampOf();
  const lines = [];
  for (const [name, flags] of Object.entries(FLAVOURS)) {
    lines.push(`export const ${name}: string =\n  "${await compile(flags)}";`);
  }
  mkdirSync(join(HERE, "build"), { recursive: true });
  const to = join(HERE, "build", "bytes.ts");
  // In one step: a thread that starts meanwhile reads the old one or the new one.
  writeFileSync(`${to}.new`, `${lines.join("\n")}\n`);
  renameSync(`${to}.new`, to);
  writeStamp(stamp);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
