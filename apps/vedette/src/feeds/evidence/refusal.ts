/** A record that is not taken in, and why: the line, the column, the value found, what was expected. */

/** Told to the reader of a record's fields, who knows neither the line nor the file. */
export class Refused {
  readonly code: RefusalCode;
  readonly message: string;
  readonly column: string | undefined;
  readonly value: string | undefined;

  constructor(code: RefusalCode, message: string, at: { readonly column?: string; readonly value?: unknown } = {}) {
    this.code = code;
    this.message = message;
    this.column = at.column;
    this.value = at.value === undefined ? undefined : shownValue(at.value);
  }
}

export const REFUSAL_CODES = [
  "syntax",
  "too-long",
  "encoding",
  "cells",
  "missing",
  "place",
  "swapped",
  "time",
  "number",
  "kind",
  "text",
  "unknown-place",
  "unknown-incident",
  "unknown-source",
  "elsewhere",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  /** Where the record begins, from 1. */
  readonly line: number;
  readonly column?: string;
  readonly code: RefusalCode;
  readonly message: string;
  readonly value?: string;
}

export const refusalAt = (line: number, { code, message, column, value }: Refused): Refusal => ({
  line,
  ...(column !== undefined && { column }),
  code,
  message,
  ...(value !== undefined && { value }),
});

const LONGEST_SHOWN = 80;

/** Safe to print: short, in quotes, without what a terminal would act on. */
function shownValue(value: unknown): string {
  const text = typeof value === "string" ? value.slice(0, LONGEST_SHOWN + 1) : String(JSON.stringify(value));
  const cut = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
  return JSON.stringify(cut.toWellFormed()).replace(
    /[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
