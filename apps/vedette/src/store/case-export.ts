/** A whole case into one file: written beside it, and given its name when it is on disk. */
import { createHash, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { setImmediate as pause } from "node:timers/promises";
import { type CaseEntry, textOfEntry } from "./case-entry.ts";

const FLUSH_CHARACTERS = 1 << 20;

export interface Exported {
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
}

type Entries = Iterable<CaseEntry> | AsyncIterable<CaseEntry>;

export interface Watch {
  /** Bytes written or read so far. */
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/** Nothing is left of it where it cannot be finished. */
export async function writeCase(file: string, entries: Entries, watch: Watch = {}): Promise<Exported> {
  const draft = `${file}.${randomBytes(6).toString("hex")}.part`;
  const handle = openSync(draft, "wx", 0o600);
  try {
    const exported = await writeLines(handle, entries, watch);
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

async function writeLines(handle: number, entries: Entries, watch: Watch): Promise<Exported> {
  const digest = createHash("sha256");
  let [lines, bytes, waiting] = [0, 0, ""];
  const flush = (): void => {
    const block = Buffer.from(waiting);
    digest.update(block);
    for (let at = 0; at < block.length; ) at += writeSync(handle, block, at);
    bytes += block.length;
    waiting = "";
    watch.onBytes?.(bytes);
  };
  const add = (entry: CaseEntry): void => {
    waiting += `${textOfEntry(entry)}\n`;
    lines++;
  };
  add({ vedette: "case", version: 1 });
  for await (const entry of entries) {
    add(entry);
    if (waiting.length < FLUSH_CHARACTERS) continue;
    flush();
    await pause();
    watch.signal?.throwIfAborted();
  }
  flush();
  const sha256 = digest.copy().digest("hex");
  add({ end: { lines, sha256 } });
  flush();
  return { lines, bytes, sha256 };
}
