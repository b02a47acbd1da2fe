/** A CSV file with a header, row by row: columns by lower-case name, refusals with their line. Streamed. */
import { CsvRecords } from "../feeds/evidence/csv-records.ts";
import { openText } from "../feeds/evidence/file-head.ts";
import { type Columns, columnsOf } from "../feeds/evidence/reader.ts";
import type { Refused } from "../feeds/evidence/refusal.ts";
import { InputError } from "../problem.ts";

export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** The cell under a column, trimmed; empty where there is none. */
  cell(column: string): string;
}

export interface CsvReading {
  /** Told once, before the first row. @returns whether the rows are wanted */
  header(columns: Columns, line: number): boolean;
  row(row: CsvRow): void;
  refuse(line: number, refused: Refused): void;
}

const PIECE_BYTES = 1 << 20;
const COLUMNS_LIMIT = 1000;

/** @throws InputError where the file cannot be read or has no header; what `reading` throws goes through */
export async function readCsv(path: string, name: string, reading: CsvReading, signal?: AbortSignal): Promise<void> {
  const { file, head } = await openText(path, name);
  let columns: Columns | undefined;
  let isWanted = true;
  const refuse = (line: number, message: string) => new InputError([{ file: name, line, message }]);
  const records = new CsvRecords(
    {
      record(line, cells) {
        if (columns === undefined) {
          columns = headerOf(cells, (message) => refuse(line, message));
          isWanted = reading.header(columns, line);
          return;
        }
        if (!isWanted) return;
        const known = columns;
        reading.row({ line, cells, cell: (column) => (cells[known.get(column) ?? -1] ?? "").trim() });
      },
      refuse(line, refused) {
        if (columns === undefined) throw refuse(line, `no header: ${refused.message}`);
        if (isWanted) reading.refuse(line, refused);
      },
    },
    { lineEnd: head.lineEnd },
  );
  try {
    const buffer = Buffer.alloc(PIECE_BYTES);
    let at = head.skip;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES, at);
      if (bytesRead === 0 || !isWanted) break;
      records.push(Buffer.from(buffer.subarray(0, bytesRead)));
      at += bytesRead;
    }
    if (isWanted) records.end();
  } finally {
    await file.close();
  }
  if (columns === undefined) throw refuse(1, "no header: expected a line that names the columns");
}

function headerOf(cells: readonly string[], refuse: (message: string) => InputError): Columns {
  if (cells.length > COLUMNS_LIMIT) throw refuse(`${cells.length} columns: expected at most ${COLUMNS_LIMIT}`);
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const twice = names.find((column, i) => column !== "" && names.indexOf(column) !== i);
  if (twice !== undefined) throw refuse(`the header names ${twice.slice(0, 60)} twice`);
  return columnsOf(cells);
}
