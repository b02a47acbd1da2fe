/** Whether the compiled kernels are those of the sources beside them. Plain JavaScript: asked before anything is installed. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const STAMP = join(HERE, "build", "stamp");

/** What they are made from. */
export function stampOf() {
  const hash = createHash("sha256");
  for (const folder of ["assembly", "src"]) {
    for (const name of readdirSync(join(HERE, folder)).sort()) {
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(HERE, folder, name)));
    }
  }
  for (const name of ["build.mjs", "package.json"]) hash.update(readFileSync(join(HERE, name)));
  return `${hash.digest("hex")}\n`;
}

/** Whether the kernels stand as their sources say. */
export function isKernelBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === stampOf();
}

export function writeStamp(stamp) {
  writeFileSync(STAMP, stamp);
}
