/** Element sets from a file in any common form, read as a stream: memory grows with what is kept, not with the file. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { shown } from "@vedette/core/orbit/refusal";
import { InputError } from "../../problem.ts";
import { reasonOf } from "../reason.ts";
import { jsonReader } from "./json.ts";
import { csvReader, kvnTextReader, tleReader } from "./lines.ts";
import type { CatalogueFormat, RecordSink, RefusedRecord, TextReader } from "./record.ts";
import { xmlReader } from "./xml.ts";

export type { CatalogueFormat, RefusedRecord };

export interface Scan {
  readonly format: CatalogueFormat;
  /** `accepted + refusedCount`, always. */
  readonly records: number;
  readonly accepted: number;
  readonly refusedCount: number;
  /** The first thousand refusals; a hopeless file must not fill the memory. */
  readonly refused: readonly RefusedRecord[];
}

export interface Catalogue extends Scan {
  readonly elements: MeanElements[];
}

export interface ScanOptions {
  /** What messages call the file, where that is not its path (a download). */
  readonly name?: string;
  readonly onProgress?: (bytesRead: number) => void;
}

const REFUSALS_KEPT = 1000;
/** Enough to see the first records of any form below a page of comments. */
const HEAD_BYTES = 65_536;

const READERS: Readonly<Record<CatalogueFormat, (sink: RecordSink) => TextReader>> = {
  tle: tleReader,
  "omm-json": jsonReader,
  "omm-csv": csvReader,
  "omm-xml": xmlReader,
  "omm-kvn": kvnTextReader,
};

/**
 * Reads a whole catalogue, in file order, duplicates included.
 * @throws InputError if the file cannot be read or is in none of the forms.
 */
export async function readCatalogue(path: string, options: ScanOptions = {}): Promise<Catalogue> {
  const elements: MeanElements[] = [];
  const scan = await scanCatalogue(path, (each) => elements.push(each), options);
  return { elements, ...scan };
}

/** As `readCatalogue`, but hands each element set on instead of keeping it. */
export async function scanCatalogue(
  path: string,
  onElements: (elements: MeanElements) => void,
  { name = path, onProgress }: ScanOptions = {},
): Promise<Scan> {
  const format = await formatOfFile(path, name);
  const refused: RefusedRecord[] = [];
  let [accepted, refusedCount, bytesRead] = [0, 0, 0];
  const reader = READERS[format]({
    accept(elements) {
      accepted += 1;
      onElements({ ...elements, name: detached(elements.name) });
    },
    refuse(record) {
      refusedCount += 1;
      if (refused.length < REFUSALS_KEPT) refused.push(record);
    },
  });
  // Drops a byte order mark, holds back characters cut between two pieces.
  const decoder = new TextDecoder("utf-8");
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      reader.push(decoder.decode(bytes, { stream: true }));
      bytesRead += bytes.length;
      onProgress?.(bytesRead);
    }
  } catch (error) {
    throw isOfSystem(error) ? unreadable(name, error) : error;
  }
  reader.push(decoder.decode());
  reader.end();
  return { format, records: accepted + refusedCount, accepted, refusedCount, refused };
}

/** The form that the content shows; file names say nothing reliable. */
export function formatOf(head: string): CatalogueFormat | undefined {
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const [first = "", second = ""] = lines.map((line) => line.trim());
  if (first.startsWith("<")) return "omm-xml";
  if (first.startsWith("{") || /^\[\s*(?:[{\]]|$)/.test(first)) return "omm-json";
  if (/(?:^|,)\s*"?NORAD_CAT_ID"?\s*(?:,|$)/i.test(first)) return "omm-csv";
  if (
    /^CCSDS_OMM_VERS\s*=/.test(first) ||
    (/^(?:COMMENT\s|[A-Z_]+\s*=)/.test(first) && /^(?:COMMENT\s|[A-Z_]+\s*=)/.test(second))
  ) {
    return "omm-kvn";
  }
  return lines.slice(0, 50).some((line) => /^[12] [ \dA-Z]{5}/.test(line)) ? "tle" : undefined;
}

async function formatOfFile(path: string, name: string): Promise<CatalogueFormat> {
  const head = await headOf(path).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  const refuse = (message: string) => new InputError([{ file: name, message }]);
  if (head.length === 0) throw refuse("the file is empty");
  if (head[0] === 0x1f && head[1] === 0x8b) throw refuse("gzip-compressed: unpack it first");
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw refuse("text in UTF-16: save it as UTF-8 first");
  }
  const text = new TextDecoder("utf-8").decode(head);
  const format = formatOf(text);
  if (format !== undefined) return format;
  throw refuse(
    `not a catalogue: starts with ${shown(text.trim())}; expected TLE or 3LE lines, or OMM as JSON, CSV, XML or KVN`,
  );
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const isOfSystem = (error: unknown): boolean => error instanceof Error && "syscall" in error;

function unreadable(name: string, error: unknown): InputError {
  return new InputError([{ file: name, message: `cannot be read: ${reasonOf(error)}` }]);
}

/** A copy: a slice would keep the whole piece of file it was cut from in memory. */
function detached(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
