/** What is wrong with an input, and where: one clear message each, so that people can mend it. */

export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** Where in the document, e.g. `missions.sentinel-1.memoryGbit`. */
  readonly path?: string;
  /** What is wrong, the value found, and what was expected. */
  readonly message: string;
}

/** The input is at fault: exit code 1. Nothing was written. */
export class InputError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(textOf).join("\n"));
    this.name = "InputError";
    this.problems = problems;
  }
}

/** The call is at fault: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** Ctrl-C while computing: nothing was written. Exit code 130. */
export class Interrupted extends Error {
  constructor(message = "interrupted; nothing was written") {
    super(message);
  }
}

/** `file:line:column: path: message`, the form that editors and terminals make clickable. */
export function textOf({ file, line, column, path, message }: Problem): string {
  const place = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
  return [place, path, message].filter((part) => part !== undefined && part !== "").join(": ");
}
