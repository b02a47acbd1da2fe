/** Lines of a file, one after the other, however large it is. */
import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { InputError } from "../problem.ts";

const CHUNK_BYTES = 1 << 20;
/** A line is held whole: a file without line ends must not fill the memory. */
const LINE_BYTES = 64 << 20;
const NEWLINE = 10;

export interface Line {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** As read, without the line's end. */
  readonly bytes: Uint8Array;
}

/** Each ends with a newline; @throws InputError where one is too long, no UTF-8, or where the last has no end */
export function* linesOf(file: string, onBytes: (read: number) => void = () => {}): Generator<Line> {
  const handle = openSync(file, "r");
  try {
    let [line, rest, read] = [0, Buffer.alloc(0), 0];
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = readSync(handle, chunk);
      if (length === 0) break;
      read += length;
      onBytes(read);
      const block = Buffer.concat([rest, chunk.subarray(0, length)]);
      let start = 0;
      for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE, start)) {
        line++;
        const bytes = block.subarray(start, end);
        yield { text: decoded(bytes, file, line), line, bytes };
        start = end + 1;
      }
      rest = block.subarray(start);
      if (rest.length > LINE_BYTES) throw fault(file, line + 1, `a line of more than ${LINE_BYTES >> 20} MiB`);
    }
    if (rest.length > 0) throw fault(file, line + 1, "the file ends within a line: it was cut off");
  } finally {
    closeSync(handle);
  }
}

function decoded(bytes: Buffer, file: string, line: number): string {
  if (!isUtf8(bytes)) throw fault(file, line, "not UTF-8");
  return bytes.toString();
}

const fault = (file: string, line: number, message: string): InputError => new InputError([{ file, line, message }]);
