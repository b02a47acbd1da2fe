/** A case into a log: checked to its last line within the one write that brings it in. All of it, or nothing. */
import { setImmediate as pause } from "node:timers/promises";
import { CaseCheck, type CaseReport, type Known } from "./case-check.ts";
import { CaseInto } from "./case-into.ts";
import { entriesOfFile, type ReadEntry } from "./case-read.ts";
import { isFault, problemOf } from "./case-verify.ts";
import type { LogStore } from "./log-store.ts";

export interface CaseImported extends CaseReport {
  readonly eventsAdded: number;
  readonly eventsKnown: number;
  /** Of those known: that lacked their body or members, and have them now. */
  readonly eventsCompleted: number;
  readonly filesAdded: number;
}

const PAUSE_LINES = 4096;

/** @throws InputError at the first fault, and where the log holds another history of the same node; nothing is changed */
export function importCase(
  store: LogStore,
  file: string,
  known?: Known,
  onBytes?: (read: number) => void,
): Promise<CaseImported> {
  return importEntries(store, entriesOfFile(file, onBytes), file, known);
}

/** @param place names where they come from in messages */
export function importEntries(
  store: LogStore,
  entries: Iterable<ReadEntry> | AsyncIterable<ReadEntry>,
  place: string,
  known?: Known,
): Promise<CaseImported> {
  return store.shelf.write(async (to) => {
    const into = new CaseInto(to, store, place);
    const check = new CaseCheck(known);
    let line = 0;
    for await (const read of entries) {
      line = read.line;
      const fault = check.take(read);
      if (fault !== undefined) throw problemOf(place, fault);
      await into.take(read.entry, line);
      if (line % PAUSE_LINES === 0) await pause();
    }
    const report = check.end(line);
    if (isFault(report)) throw problemOf(place, report);
    await into.end();
    return { ...report, ...into.counts };
  });
}
