/** A file's records, each as evidence or as a refusal, in the file's order. Knows the forms of files; the kinds know the fields. */
import type { FileHandle } from "node:fs/promises";
import { canonicalJson, type Json } from "@vedette/core/record/hash";
import type { Evidence } from "@vedette/core/verify/evidence";
import { InputError } from "../../problem.ts";
import { CsvRecords } from "./csv-records.ts";
import type { FileHead } from "./file-head.ts";
import { JsonRecords } from "./json-records.ts";
import { type CsvKind, type EvidenceKind, type JsonKind, type Read, type Reading, sha256 } from "./reader.ts";
import { type Refusal, Refused, refusalAt } from "./refusal.ts";

export interface RecordSink {
  accept(evidence: Evidence): void;
  refuse(refusal: Refusal): void;
}

export interface TextParser {
  push(piece: Buffer): void;
  end(): void;
}

const COLUMNS_LIMIT = 1000;

/** @throws InputError, also later from `push`, where the file as a whole is not of the kind */
export function parserOf(kind: EvidenceKind, head: FileHead, name: string, sink: RecordSink): TextParser {
  const refuse = (line: number, message: string) => new InputError([{ file: name, line, message }]);
  const { csv, json } = kind.files;
  if (head.form === "json" && json !== undefined) return jsonParser(kind, json, sink, refuse);
  if (head.form === "csv" && csv !== undefined) return csvParser(kind, csv, sink, { refuse, lineEnd: head.lineEnd });
  const expected = json === undefined ? "a CSV table with a header" : "JSON";
  throw refuse(1, `${head.form === "json" ? "starts as JSON" : "is not JSON"}: expected ${expected}`);
}

type Refuse = (line: number, message: string) => InputError;

function csvParser(
  kind: EvidenceKind,
  csv: CsvKind,
  sink: RecordSink,
  { refuse, lineEnd }: { refuse: Refuse; lineEnd: "lf" | "cr" },
): TextParser {
  let read: ((cells: readonly string[]) => Read) | undefined;
  let width = 0;
  let keyOf: (cells: readonly string[]) => string = () => "";
  const begin = (line: number, cells: readonly string[]): void => {
    const header = cells.map((cell) => cell.trim().toLowerCase());
    if (header.length > COLUMNS_LIMIT)
      throw refuse(line, `${header.length} columns: expected at most ${COLUMNS_LIMIT}`);
    const twice = header.find((column, i) => column !== "" && header.indexOf(column) !== i);
    if (twice !== undefined) throw refuse(line, `the header names ${twice.slice(0, 60)} twice`);
    const opened = csv.open(header);
    if (typeof opened === "string") throw refuse(line, `${opened}${separatorHint(header, csv.separator)}`);
    read = opened;
    width = header.length;
    const order = header.map((column, i) => [column, i] as const).sort(([a], [b]) => (a < b ? -1 : 1));
    keyOf = (row) => order.reduce((key, [column, i]) => keyed(key, column, (row[i] ?? "").trim()), "");
  };
  return new CsvRecords(
    {
      record(line, cells, bytes) {
        if (read === undefined) {
          if (!(cells[0] ?? "").startsWith("#")) begin(line, cells);
          return;
        }
        if (cells.length !== width) {
          const message = `${cells.length} cells, expected ${width} as in the header`;
          const value = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString("utf8");
          return sink.refuse(refusalAt(line, new Refused("cells", message, { value })));
        }
        give(kind, sink, { line, bytes, read: read(cells), key: () => keyOf(cells) });
      },
      refuse(line, refused) {
        if (read === undefined) throw refuse(line, `no header: ${refused.message}`);
        sink.refuse(refusalAt(line, refused));
      },
    },
    { lineEnd, ...(csv.separator !== undefined && { separator: csv.separator }) },
  );
}

const keyed = (key: string, column: string, value: string): string =>
  value === "" ? key : `${key}${column}\u001f${value}\u001e`;

function separatorHint(header: readonly string[], separator = ","): string {
  const [first = ""] = header;
  if (header.length > 1) return "";
  const other = [";", "\t", ",", "|"].find((mark) => mark !== separator && first.includes(mark));
  return other === undefined ? "" : `; its columns seem to be separated by ${other === "\t" ? "tabs" : other}`;
}

function jsonParser(kind: EvidenceKind, json: JsonKind, sink: RecordSink, refuse: Refuse): TextParser {
  let records = 0;
  return new JsonRecords(
    {
      record(line, value, bytes) {
        records += 1;
        const key = keyOfJson(value);
        if (key instanceof Refused) return sink.refuse(refusalAt(line, key));
        give(kind, sink, { line, bytes, read: json.read(value), key: () => key });
      },
      refuse(line, refused) {
        records += 1;
        sink.refuse(refusalAt(line, refused));
      },
      hopeless(line, message) {
        if (records === 0) throw refuse(line, message);
        sink.refuse(refusalAt(line, new Refused("syntax", `${message}; the rest of the file is not read`)));
      },
    },
    json.key,
  );
}

/** The same whatever the order of keys. */
function keyOfJson(value: Readonly<Record<string, unknown>>): string | Refused {
  try {
    return canonicalJson(value as Json);
  } catch {
    return new Refused("text", "has what no JSON text can say: a number beyond bounds or half a character");
  }
}

interface Given {
  readonly line: number;
  readonly bytes: Uint8Array;
  readonly read: Read;
  readonly key: () => string;
}

function give({ feed, reading, events }: EvidenceKind, sink: RecordSink, { line, bytes, read, key }: Given): void {
  const all = read instanceof Refused || !isMany(read) ? [read] : read;
  const recordHash = sha256(bytes);
  for (const [i, one] of all.entries()) {
    if (one instanceof Refused) {
      sink.refuse(refusalAt(line, one));
      continue;
    }
    if (events !== undefined && !events.has(one.kind)) {
      const refused = new Refused("kind", "is no kind of the taxonomy", { column: "event", value: one.kind });
      sink.refuse(refusalAt(line, refused));
      continue;
    }
    // By what was recorded, not where: the same row in another file is the same evidence.
    const what = [feed, reading ?? "", one.origin.source, all.length > 1 ? String(i) : "", key()].join("\n");
    sink.accept({ id: `ev-${sha256(what).slice(0, 32)}`, ...one, ingest: { hash: recordHash, line } });
  }
}

const isMany = (read: Reading | readonly (Reading | Refused)[]): read is readonly (Reading | Refused)[] =>
  Array.isArray(read);

/** Pieces of an open file from a byte on; the handle stays open. */
export async function* piecesOf(file: FileHandle, from: number): AsyncGenerator<Buffer> {
  const size = 1 << 18;
  for (let at = from; ; ) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(size), 0, size, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
