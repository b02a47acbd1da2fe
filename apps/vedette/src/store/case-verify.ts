/** Whether a copy, or a log itself, is whole: from what it holds alone. */
import { InputError } from "../problem.ts";
import { CaseCheck, type CaseFault, type CaseReport, type Known } from "./case-check.ts";
import { entriesOfFile, entriesOfStore, type ReadEntry } from "./case-read.ts";
import type { LogStore } from "./log-store.ts";

/** A case that held, or the first thing wrong with it. */
export type Verified = CaseReport | CaseFault;

export const isFault = (verified: Verified): verified is CaseFault => "message" in verified;

/** @throws InputError where it is no case, or was cut off */
export function verifyFile(file: string, known?: Known, onBytes?: (read: number) => void): Verified {
  return verifyEntries(entriesOfFile(file, onBytes), known);
}

/** @param onEntry called for each, with their number so far */
export function verifyStore(store: LogStore, known?: Known, onEntry?: (count: number) => void): Verified {
  return verifyEntries(numbered(store, onEntry), known);
}

function* numbered(store: LogStore, onEntry: (count: number) => void = () => {}): Generator<ReadEntry> {
  let line = 0;
  for (const entry of entriesOfStore(store)) {
    onEntry(++line);
    yield { entry, line };
  }
}

function verifyEntries(entries: Iterable<ReadEntry>, known?: Known): Verified {
  const check = new CaseCheck(known);
  let line = 0;
  for (const read of entries) {
    line = read.line;
    const fault = check.take(read);
    if (fault !== undefined) return fault;
  }
  return check.end(line);
}

export const problemOf = (file: string, { line, message }: CaseFault): InputError =>
  new InputError([{ file, line, message }]);
