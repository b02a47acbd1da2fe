/** OMM in keyword-value notation (CCSDS 502.0-B-3, section 7): lines in, messages out, as many as the file holds. */
import { OMM_FIELDS, type OmmMessage } from "./omm.ts";
import { type Refusal, shown } from "./refusal.ts";

export interface KvnMessage extends OmmMessage {
  /** Line on which the message begins. */
  readonly line: number;
  readonly lineOf: Readonly<Record<string, number>>;
  /** The first thing wrong with the notation itself. */
  readonly fault?: Refusal & { readonly line: number };
}

export interface KvnReader {
  /** One line without its end; `line` counts from 1. */
  push(text: string, line: number): void;
  /** The file has ended: the last message is complete. */
  end(): void;
}

interface Draft {
  line: number;
  fields: Record<string, string>;
  units: Record<string, string>;
  lineOf: Record<string, number>;
  fault?: Refusal & { readonly line: number };
}

const KEYWORD = /^([A-Z][A-Z0-9_]*)\s*=\s*(.*)$/;
const UNIT = /\[([^[\]]*)\]$/;
/** Section marks that some writers put between the lines. */
const MARKS = /^(?:META|DATA)_(?:START|STOP)$/;
/** Names may end in brackets; only numbers have units. */
const NAME = "OBJECT_NAME";
const UNITLESS = new Set([NAME, "OBJECT_ID"]);

/** A message begins at CCSDS_OMM_VERS, or, where a writer leaves that out, at the next OBJECT_NAME. */
export function kvnReader(onMessage: (message: KvnMessage) => void): KvnReader {
  let draft: Draft | undefined;
  const begin = (line: number): Draft => {
    draft = { line, fields: bare(), units: bare(), lineOf: bare() };
    return draft;
  };
  const end = () => {
    if (draft !== undefined) onMessage(draft);
    draft = undefined;
  };
  return {
    push(text, line) {
      const trimmed = text.trim();
      if (trimmed === "" || /^COMMENT(\s|$)/.test(trimmed) || MARKS.test(trimmed)) return;
      const [, key, value = ""] = KEYWORD.exec(trimmed) ?? [];
      const isStart = key === "CCSDS_OMM_VERS" || (key === NAME && draft?.lineOf[NAME] !== undefined);
      if (isStart) end();
      const message = draft ?? begin(line);
      if (key === undefined) {
        message.fault ??= { code: "syntax", line, column: 1, message: `${shown(trimmed)}: expected KEYWORD = value` };
      } else if (OMM_FIELDS.has(key)) {
        put(message, { key, value, line });
      }
    },
    end,
  };
}

function put(draft: Draft, { key, value, line }: { key: string; value: string; line: number }): void {
  const before = draft.lineOf[key];
  if (before !== undefined) {
    draft.fault ??= {
      code: "duplicate-field",
      field: key,
      line,
      column: 1,
      message: `${key} stands on line ${before} too`,
    };
    return;
  }
  draft.lineOf[key] = line;
  const unit = UNITLESS.has(key) ? null : UNIT.exec(value);
  draft.fields[key] = unit === null ? value : value.slice(0, unit.index).trimEnd();
  if (unit !== null) draft.units[key] = unit[1] ?? "";
}

/** Without a prototype, so that no keyword can name one. */
const bare = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;
