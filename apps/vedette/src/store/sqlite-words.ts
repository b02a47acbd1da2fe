/** What SQLite says of disks and files, in words: nobody's bug, so no stack trace. */
import { InputError } from "../problem.ts";

/** Primary result codes (sqlite.org/rescode.html). */
const WORDS: Readonly<Record<number, string>> = {
  5: "another process has been writing for 30 s: try again",
  6: "locked by another process: try again",
  8: "may only be read: its folder or file is closed to writing",
  10: "the disk does not answer as it should",
  11: "damaged: SQLite cannot read it; bring back a copy with `vedette log import`",
  13: "no space left on the disk",
  14: "cannot be opened: its folder or file is closed to us",
  26: "not a log: no SQLite database",
};

/** Runs it. @throws InputError for what has to do with the file, and everything else as it is */
export function withWords<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inWords(file, error);
  }
}

export function inWords(file: string, error: unknown): unknown {
  const { errcode } = error as { readonly errcode?: unknown };
  const message = typeof errcode === "number" ? WORDS[errcode & 0xff] : undefined;
  return message === undefined ? error : new InputError([{ file, message }]);
}
