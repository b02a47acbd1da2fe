/**
 * The objects of a JSON file as a stream, from bytes cut anywhere: of a top-level list, of a list under one key of a
 * top-level object (GeoJSON's `features`), or one after another (NDJSON). Memory is bounded by the longest object.
 */
import { isUtf8 } from "node:buffer";
import { Refused } from "./refusal.ts";

/** Bytes of one object: outlines of areas are long. */
export const OBJECT_LIMIT = 8 << 20;

export interface JsonSink {
  /** `bytes`: the object as it came in. */
  record(line: number, value: Readonly<Record<string, unknown>>, bytes: Uint8Array): void;
  refuse(line: number, refused: Refused): void;
  /** The file as a whole is not of this form; nothing more comes. */
  hopeless(line: number, message: string): void;
}

const [QUOTE, BACKSLASH, COLON, COMMA, NEWLINE] = [0x22, 0x5c, 0x3a, 0x2c, 0x0a];
const [BRACE, BRACKET] = [0x7b, 0x5b];
const isOpening = (byte: number) => byte === BRACE || byte === BRACKET;
const isClosing = (byte: number) => byte === 0x7d || byte === 0x5d;
const isSpace = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/** Counts brackets outside strings and nothing else; whether an object is good JSON is for JSON.parse to say. */
export class JsonRecords {
  readonly #sink: JsonSink;
  readonly #key: string;
  #line = 1;
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #inStray = false;
  #isOver = false;
  #isEmpty = true;
  /** Inside the list: the depth at which its objects stand. */
  #listDepth: number | undefined;
  /** The object being read; its bytes are kept up to the limit. */
  #start: { readonly line: number; readonly depth: number; pieces: Buffer[]; size: number } | undefined;
  /** Where the object's part of this piece begins. */
  #from = 0;
  /** The last string at depth 1: the key that a list may stand under. */
  #word: number[] = [];
  #lastKey = "";

  constructor(sink: JsonSink, key: string) {
    this.#sink = sink;
    this.#key = key;
  }

  push(piece: Buffer): void {
    this.#from = 0;
    for (let i = 0; i < piece.length && !this.#isOver; i++) this.#byte(piece, i);
    if (!this.#isOver) this.#keep(piece, piece.length);
  }

  end(): void {
    if (this.#isOver) return;
    if (this.#isEmpty) this.#fail("the file is empty");
    if (this.#isOver || (this.#start === undefined && this.#depth === 0)) return;
    const message = "the file ends inside a list or an object: cut short, or a bracket or quote that is never closed";
    this.#sink.refuse(this.#start?.line ?? this.#line, new Refused("syntax", message));
  }

  #fail(message: string): void {
    this.#isOver = true;
    this.#sink.hopeless(this.#line, message);
  }

  #byte(piece: Buffer, i: number): void {
    const byte = piece[i] as number;
    if (byte === NEWLINE) this.#line += 1;
    if (this.#inString) this.#inText(byte);
    else if (byte === QUOTE) this.#openText();
    else if (isSpace(byte) || byte === COMMA) this.#inStray = false;
    else if (isOpening(byte)) this.#open(i, byte);
    else if (isClosing(byte)) this.#close(piece, i);
    else if (byte === COLON)
      this.#lastKey = this.#depth === 1 ? Buffer.from(this.#word).toString("utf8") : this.#lastKey;
    else this.#stray(String.fromCharCode(byte));
  }

  #openText(): void {
    this.#inString = true;
    this.#word = [];
    this.#stray('"');
  }

  #inText(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#inString = false;
    else if (this.#depth === 1 && this.#word.length < 64) this.#word.push(byte);
  }

  /** A number, a text or a word where an object should stand. */
  #stray(value: string): void {
    if (this.#start !== undefined || this.#inStray || this.#depth !== (this.#listDepth ?? 0)) return;
    if (this.#depth === 0) this.#fail(`not JSON: found ${JSON.stringify(value)}, expected { or [`);
    if (this.#isOver) return;
    this.#inStray = true;
    this.#sink.refuse(this.#line, new Refused("syntax", "expected an object", { value }));
  }

  #open(i: number, byte: number): void {
    this.#isEmpty = false;
    const isTop = this.#depth === 0 && this.#listDepth === undefined;
    if (isTop && byte === BRACKET) this.#listDepth = 1;
    else if (this.#start === undefined) {
      if (this.#depth === (this.#listDepth ?? 0)) this.#begin(i);
    } else if (this.#depth === 1 && this.#start.depth === 0 && byte === BRACKET && this.#lastKey === this.#key) {
      // What stands before the list is about the file, and no object of it.
      this.#start = undefined;
      this.#listDepth = 2;
    }
    this.#depth += 1;
  }

  #begin(i: number): void {
    this.#from = i;
    this.#lastKey = "";
    this.#start = { line: this.#line, depth: this.#depth, pieces: [], size: 0 };
  }

  #close(piece: Buffer, i: number): void {
    if (this.#depth === 0) this.#fail("a closing bracket without an opening one");
    if (this.#isOver) return;
    this.#depth -= 1;
    if (this.#start !== undefined && this.#depth === this.#start.depth) {
      this.#keep(piece, i + 1);
      const whole = this.#start;
      this.#start = undefined;
      this.#give(whole);
      // What follows the list is about the file again.
    } else if (this.#listDepth !== undefined && this.#depth < this.#listDepth) this.#listDepth = undefined;
  }

  #keep(piece: Buffer, to: number): void {
    const start = this.#start;
    if (start === undefined) return;
    start.size += to - this.#from;
    if (start.size <= OBJECT_LIMIT) start.pieces.push(Buffer.from(piece.subarray(this.#from, to)));
    else start.pieces = [];
    this.#from = 0;
  }

  #give({ line, pieces, size }: { readonly line: number; readonly pieces: readonly Buffer[]; readonly size: number }) {
    if (size > OBJECT_LIMIT) {
      return this.#sink.refuse(line, new Refused("too-long", `an object of more than ${OBJECT_LIMIT} bytes`));
    }
    const bytes = Buffer.concat(pieces);
    const refuse = (code: "encoding" | "syntax", message: string) =>
      this.#sink.refuse(line, new Refused(code, message, { value: bytes.toString("latin1", 0, 100) }));
    if (!isUtf8(bytes)) return refuse("encoding", "not UTF-8: save the file in that encoding");
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString("utf8"));
    } catch (error) {
      return refuse("syntax", `not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return refuse("syntax", "expected an object");
    this.#sink.record(line, value as Record<string, unknown>, bytes);
  }
}
