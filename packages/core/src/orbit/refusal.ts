/** Why an element set was refused: a value, never an exception. */

export type RefusalCode =
  /** Not the characters or the layout that the format asks for. */
  | "syntax"
  /** A line of a pair is missing, cut short, or belongs to another object. */
  | "line"
  | "checksum"
  | "catalogue-number"
  | "epoch"
  /** Not a finite decimal number. */
  | "number"
  | "out-of-range"
  | "missing-field"
  | "duplicate-field"
  | "unit"
  /** Elements of another theory than SGP4: propagating them with SGP4 would be wrong by kilometres. */
  | "theory"
  | "frame"
  | "time-system"
  | "centre";

export interface Refusal {
  readonly code: RefusalCode;
  /** What was found and what was expected. */
  readonly message: string;
  /** 1-based column of the line at fault, where lines have columns. */
  readonly column?: number;
  /** TLE: which of the two lines. */
  readonly tleLine?: 1 | 2;
  /** OMM: the field at fault, e.g. `MEAN_MOTION`. */
  readonly field?: string;
}

export function isRefusal(parsed: object): parsed is Refusal {
  return "code" in parsed;
}

/** What JSON leaves as it is and a terminal or a table may act on. */
const BEYOND_JSON = /[\p{Cc}\u2028\u2029]/gu;

/** Text as it may be shown in a message: quoted, control characters made visible, cut at 60 characters. */
export function shown(text: string): string {
  const quoted = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
  return quoted.replace(BEYOND_JSON, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
