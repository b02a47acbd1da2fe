/**
 * CSV (RFC 4180) as a stream of records, from bytes cut anywhere. Memory is bounded whatever the file holds: a line of
 * 200 MB, ten million columns or a quote that never closes each spoil one record, and the next line is read as before.
 */
import { isUtf8 } from "node:buffer";
import { Refused } from "./refusal.ts";

/** Bytes of one record. Long news texts have 30,000. */
export const RECORD_LIMIT = 1 << 20;
const LINES_LIMIT = 2000;
const [NEWLINE, RETURN, QUOTE, TAB] = [0x0a, 0x0d, 0x22, 0x09];

export interface CsvSink {
  /** `bytes`: the record as it came in, without its line's end. */
  record(line: number, cells: readonly string[], bytes: Uint8Array): void;
  refuse(line: number, refused: Refused): void;
}

export class CsvRecords {
  readonly #sink: CsvSink;
  readonly #separator: string;
  readonly #separatorByte: number;
  /** CR where the file knows no LF (old Macintosh). */
  readonly #end: number;
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;
  #isSkipping = false;
  #quoteAt = -1;
  #isClean = true;

  constructor(sink: CsvSink, { separator = ",", lineEnd = "lf" }: { separator?: string; lineEnd?: "lf" | "cr" } = {}) {
    this.#sink = sink;
    this.#separator = separator;
    this.#separatorByte = separator === "\t" ? TAB : separator.charCodeAt(0);
    this.#end = lineEnd === "cr" ? RETURN : NEWLINE;
  }

  push(piece: Buffer): void {
    this.#read(this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]), false);
  }

  end(): void {
    this.#read(this.#rest, true);
    this.#rest = Buffer.alloc(0);
  }

  #read(bytes: Buffer, isLast: boolean): void {
    // One look at the whole is far cheaper than one at each record.
    this.#isClean = isUtf8(bytes) && !bytes.includes(0);
    this.#quoteAt = bytes.indexOf(QUOTE);
    let at = 0;
    while (at < bytes.length) {
      const next = this.#isSkipping ? this.#skipped(bytes, at) : this.#one(bytes, at, isLast);
      if (next < 0) break;
      at = next;
    }
    this.#rest = at >= bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at));
  }

  /** Where the next record begins; -1: the record is not whole yet. */
  #one(bytes: Buffer, at: number, isLast: boolean): number {
    const found = bytes.indexOf(this.#end, at);
    const end = found < 0 ? bytes.length : found;
    if (end - at > RECORD_LIMIT) return this.#tooLong(bytes, at, found);
    if (this.#quoteAt >= 0 && this.#quoteAt < at) this.#quoteAt = bytes.indexOf(QUOTE, at);
    if (this.#quoteAt >= 0 && this.#quoteAt < end) return this.#quoted(bytes, at, { end, isCut: found < 0, isLast });
    if (found < 0 && !isLast) return -1;
    const own = bytes.subarray(at, this.#trimmed(bytes, at, end));
    const line = this.#line;
    this.#line += 1;
    if (own.length > 0) this.#give(line, own, (text) => text.split(this.#separator));
    return end + 1;
  }

  #trimmed(bytes: Buffer, at: number, end: number): number {
    return end > at && bytes[end - 1] === RETURN ? end - 1 : end;
  }

  #give(line: number, own: Buffer, cellsOf: (text: string) => readonly string[]): void {
    if (!this.#isClean && (own.includes(0) || !isUtf8(own))) {
      const what = own.includes(0) ? "a zero byte: not text" : "not UTF-8: save the file in that encoding";
      this.#sink.refuse(line, new Refused("encoding", what, { value: own.toString("latin1") }));
      return;
    }
    this.#sink.record(line, cellsOf(own.toString("utf8")), own);
  }

  #tooLong(bytes: Buffer, at: number, found: number): number {
    const value = bytes.toString("latin1", at, at + 100);
    this.#sink.refuse(this.#line, new Refused("too-long", `a line of more than ${RECORD_LIMIT} bytes`, { value }));
    this.#line += 1;
    this.#isSkipping = found < 0;
    return found < 0 ? bytes.length : found + 1;
  }

  #skipped(bytes: Buffer, at: number): number {
    const found = bytes.indexOf(this.#end, at);
    this.#isSkipping = found < 0;
    return found < 0 ? bytes.length : found + 1;
  }

  /** A record with quotes may run over several lines. What does not pair spoils its first line only. */
  #quoted(bytes: Buffer, at: number, { end, isCut, isLast }: Line): number {
    const cut = this.#cut(bytes, at, isLast);
    if (cut === "more") return -1;
    if (typeof cut === "string") {
      const value = bytes.toString("latin1", at, Math.min(end, at + 100));
      this.#sink.refuse(this.#line, new Refused("syntax", cut, { value }));
      this.#line += 1;
      // The rest of its line is yet to come, and belongs to it.
      this.#isSkipping = isCut && !isLast;
      return end + 1;
    }
    const line = this.#line;
    this.#line += cut.lines;
    this.#give(line, bytes.subarray(at, this.#trimmed(bytes, at, cut.end)), () => cut.cells);
    return cut.end + 1;
  }

  #cut(bytes: Buffer, from: number, isLast: boolean): Cut | "more" | (string & {}) {
    const cells: string[] = [];
    let [at, lines] = [from, 1];
    for (;;) {
      const isQuoted = bytes[at] === QUOTE;
      const stop = isQuoted ? this.#closing(bytes, at + 1, from) : this.#cellEnd(bytes, at);
      if (stop === UNCLOSED) {
        return bytes.length - from > RECORD_LIMIT || isLast ? "a quote that is never closed" : "more";
      }
      if (!isQuoted && stop >= bytes.length && !isLast) return bytes.length - from > RECORD_LIMIT ? "too long" : "more";
      const raw = bytes.toString("utf8", isQuoted ? at + 1 : at, stop);
      cells.push(isQuoted ? raw.replaceAll('""', '"') : raw);
      if (isQuoted)
        for (let i = bytes.indexOf(this.#end, at); i >= 0 && i < stop; i = bytes.indexOf(this.#end, i + 1)) lines++;
      if (lines > LINES_LIMIT) return `a quote that is not closed within ${LINES_LIMIT} lines`;
      let after = isQuoted ? stop + 1 : stop;
      if (bytes[after] === RETURN && this.#end === NEWLINE) after += 1;
      if (after >= bytes.length && !isLast) return "more";
      if (after >= bytes.length || bytes[after] === this.#end) {
        cells[cells.length - 1] = isQuoted ? (cells.at(-1) ?? "") : (cells.at(-1) ?? "").replace(/\r$/, "");
        return { cells, end: Math.min(after, bytes.length), lines };
      }
      if (bytes[after] !== this.#separatorByte) return "text after a closing quote: quotes do not pair";
      at = after + 1;
    }
  }

  /** Of an unquoted cell: the next separator or end of line. A quote inside it stands for itself. */
  #cellEnd(bytes: Buffer, at: number): number {
    for (let i = at; i < bytes.length; i++) if (bytes[i] === this.#separatorByte || bytes[i] === this.#end) return i;
    return bytes.length;
  }

  #closing(bytes: Buffer, at: number, from: number): number {
    let i = bytes.indexOf(QUOTE, at);
    while (i >= 0 && bytes[i + 1] === QUOTE) i = bytes.indexOf(QUOTE, i + 2);
    return i < 0 || i - from > RECORD_LIMIT ? UNCLOSED : i;
  }
}

const UNCLOSED = -1;

/** A record's first line: where it ends, or where the bytes do. */
interface Line {
  readonly end: number;
  readonly isCut: boolean;
  readonly isLast: boolean;
}

interface Cut {
  readonly cells: string[];
  readonly end: number;
  readonly lines: number;
}
