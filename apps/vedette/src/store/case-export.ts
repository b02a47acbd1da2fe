/** A whole case into one file: written beside it, and given its name when it is on disk. */
import { createHash, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { type CaseEntry, textOfEntry } from "./case-entry.ts";

const FLUSH_CHARACTERS = 1 << 20;

export interface Exported {
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Nothing is left of it where it cannot be finished. */
export function writeCase(file: string, entries: Iterable<CaseEntry>, onBytes?: (written: number) => void): Exported {
  const draft = `${file}.${randomBytes(6).toString("hex")}.part`;
  const handle = openSync(draft, "wx", 0o600);
  try {
    const exported = writeLines(handle, entries, onBytes);
    fsyncSync(handle);
    closeSync(handle);
    renameSync(draft, file);
    return exported;
  } catch (error) {
    try {
      closeSync(handle);
    } catch {
      // Closed above: renaming was what failed.
    }
    rmSync(draft, { force: true });
    throw error;
  }
}

function writeLines(
  handle: number,
  entries: Iterable<CaseEntry>,
  onBytes: (written: number) => void = () => {},
): Exported {
  const digest = createHash("sha256");
  let [lines, bytes, waiting] = [0, 0, ""];
  const flush = (): void => {
    const block = Buffer.from(waiting);
    digest.update(block);
    for (let at = 0; at < block.length; ) at += writeSync(handle, block, at);
    bytes += block.length;
    waiting = "";
    onBytes(bytes);
  };
  const add = (entry: CaseEntry): void => {
    waiting += `${textOfEntry(entry)}\n`;
    lines++;
    if (waiting.length > FLUSH_CHARACTERS) flush();
  };
  add({ vedette: "case", version: 1 });
  for (const entry of entries) add(entry);
  flush();
  const sha256 = digest.copy().digest("hex");
  add({ end: { lines, sha256 } });
  flush();
  return { lines, bytes, sha256 };
}
