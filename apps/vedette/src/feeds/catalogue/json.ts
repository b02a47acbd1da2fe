/** OMM as JSON: a list of flat objects as CelesTrak and Space-Track serve it, one object, or one object a line. */
import { OMM_FIELDS, parseOmm } from "@vedette/core/orbit/omm";
import { isRefusal, type Refusal, shown } from "@vedette/core/orbit/refusal";
import type { RecordSink, TextReader } from "./record.ts";

/** Characters of one record. Real ones have about 600 (CelesTrak) to 1,600 (Space-Track). */
const RECORD_LIMIT = 65_536;

interface Value {
  readonly line: number;
  readonly text: string;
  /** Longer than the limit: `text` is only its beginning. */
  readonly isCut: boolean;
}

export function jsonReader(sink: RecordSink): TextReader {
  return new ValueCutter({
    value: (value) => {
      const parsed = elementsOf(value);
      if (!isRefusal(parsed)) return sink.accept(parsed);
      const { code, message, field } = parsed;
      const at = field === undefined ? -1 : value.text.indexOf(`"${field}"`);
      const line = value.line + (at < 0 ? 0 : value.text.slice(0, at).split("\n").length - 1);
      const column = at < 0 ? undefined : at - value.text.lastIndexOf("\n", at);
      const isFirstLine = line === value.line;
      sink.refuse({
        line,
        ...(column === undefined || isFirstLine ? {} : { column }),
        code,
        message,
        text: shown(value.text),
      });
    },
    cutShort: (line, text) => {
      sink.refuse({ line, code: "syntax", message: "the file ends inside the list: cut short?", text: shown(text) });
    },
  });
}

function elementsOf({ text, isCut }: Value): ReturnType<typeof parseOmm> {
  if (isCut) return { code: "syntax", message: `a record of more than ${RECORD_LIMIT} characters` };
  if (!text.startsWith("{")) return { code: "syntax", message: "expected an object of OMM keywords" };
  let object: Record<string, unknown>;
  try {
    object = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    return { code: "syntax", message: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const fields: Record<string, string> = {};
  for (const field of OMM_FIELDS) {
    const value = Object.hasOwn(object, field) ? object[field] : null;
    if (typeof value === "string" || typeof value === "number") fields[field] = String(value);
    else if (value !== null) return notText(field, value);
  }
  return parseOmm({ fields });
}

function notText(field: string, value: unknown): Refusal {
  return {
    code: "syntax",
    field,
    message: `${field}: expected text or a number, found ${Array.isArray(value) ? "a list" : typeof value}`,
  };
}

interface Parts {
  value(value: Value): void;
  cutShort(line: number, text: string): void;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const isOpening = (code: number) => code === 0x7b || code === 0x5b;
const isClosing = (code: number) => code === 0x7d || code === 0x5d;
/** JSON's own white space, and commas: what stands between two values. */
const isBetween = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === COMMA;

/**
 * Cuts the values out of a top-level list (or a row of values). Counts brackets outside strings and nothing else:
 * whether a value is good JSON is for its reader to say. No recursion, so that depth costs nothing.
 */
class ValueCutter implements TextReader {
  readonly #parts: Parts;
  #line = 1;
  #list: "before" | "inside" | "after" = "before";
  #depth = 0;
  #string: "outside" | "inside" | "escaped" = "outside";
  #value: { readonly line: number; text: string; isCut: boolean } | undefined;
  /** The piece in hand, and where in it the value begins that is being cut. */
  #piece = "";
  #from = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  push(piece: string): void {
    this.#piece = piece;
    this.#from = 0;
    for (let i = 0; i < piece.length; i++) {
      const code = piece.charCodeAt(i);
      if (this.#string !== "outside") this.#inString(code, i);
      else if (this.#value === undefined) this.#between(code, i);
      else if (this.#depth === 0 && (isBetween(code) || isOpening(code) || isClosing(code))) {
        // A bare word such as 5, or nonsense, has ended; this character belongs to what follows.
        this.#finish(i);
        this.#between(code, i);
      } else this.#inValue(code, i);
      if (code === 0x0a) this.#line += 1;
    }
    this.#take(piece.length);
  }

  end(): void {
    const isWhole = this.#depth === 0 && this.#string === "outside";
    if (this.#value !== undefined && isWhole) this.#parts.value(this.#value);
    else if (this.#value !== undefined) this.#parts.cutShort(this.#value.line, this.#value.text);
    if (this.#list === "inside" && (this.#value === undefined || isWhole)) this.#parts.cutShort(this.#line, "");
  }

  #between(code: number, at: number): void {
    if (isBetween(code)) return;
    if (code === 0x5b && this.#list === "before") this.#list = "inside";
    else if (code === 0x5d && this.#list === "inside") this.#list = "after";
    else {
      this.#value = { line: this.#line, text: "", isCut: false };
      this.#from = at;
      this.#inValue(code, at);
    }
  }

  #inValue(code: number, at: number): void {
    if (code === QUOTE) this.#string = "inside";
    else if (isOpening(code)) this.#depth += 1;
    else if (isClosing(code)) {
      this.#depth -= 1;
      if (this.#depth <= 0) this.#finish(at + 1);
    }
  }

  #inString(code: number, at: number): void {
    if (this.#string === "escaped") this.#string = "inside";
    else if (code === BACKSLASH) this.#string = "escaped";
    else if (code === QUOTE) {
      this.#string = "outside";
      if (this.#depth === 0) this.#finish(at + 1);
    }
  }

  #finish(at: number): void {
    this.#take(at);
    if (this.#value !== undefined) this.#parts.value(this.#value);
    this.#value = undefined;
    this.#depth = 0;
  }

  /** Adds the piece up to `end` to the value, within the limit. */
  #take(end: number): void {
    const value = this.#value;
    if (value === undefined) return;
    if (value.text.length + end - this.#from > RECORD_LIMIT) value.isCut = true;
    value.text = (value.text + this.#piece.slice(this.#from, end)).slice(0, RECORD_LIMIT);
  }
}
