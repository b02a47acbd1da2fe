/** Whether a copy, or a log itself, is whole: from what it holds alone. */
import { setImmediate as pause } from "node:timers/promises";
import { InputError } from "../problem.ts";
import { CaseCheck, type CaseFault, type CaseReport, type Known } from "./case-check.ts";
import type { Watch } from "./case-export.ts";
import { entriesOfFile, type ReadEntry, readRows } from "./case-read.ts";
import type { LogStore } from "./log-store.ts";

const PAUSE_LINES = 4096;

/** A case that held, or the first thing wrong with it. */
export type Verified = CaseReport | CaseFault;

export const isFault = (verified: Verified): verified is CaseFault => "message" in verified;

/** @throws InputError where it is no case, or was cut off */
export function verifyFile(file: string, known?: Known, watch: Watch = {}): Promise<Verified> {
  const { onBytes, ...rest } = watch;
  return verifyEntries(entriesOfFile(file, onBytes), known, rest);
}

/** @param watch told of events and members, instead of bytes */
export function verifyStore(store: LogStore, known?: Known, watch: Watch = {}): Promise<Verified> {
  return store.shelf.snapshot((rows) => verifyEntries(readRows(rows), known, watch));
}

async function verifyEntries(
  entries: Iterable<ReadEntry> | AsyncIterable<ReadEntry>,
  known: Known | undefined,
  { signal, onBytes: onLines }: Watch,
): Promise<Verified> {
  const check = new CaseCheck(known);
  let line = 0;
  for await (const read of entries) {
    line = read.line;
    const fault = check.take(read);
    if (fault !== undefined) return fault;
    if (line % PAUSE_LINES !== 0) continue;
    onLines?.(line);
    await pause();
    signal?.throwIfAborted();
  }
  return check.end(line);
}

export const problemOf = (file: string, { line, message }: CaseFault): InputError =>
  new InputError([{ file, line, message }]);
