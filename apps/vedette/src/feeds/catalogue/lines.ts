/** The catalogue forms that are lines: TLE and 3LE, OMM as CSV and as KVN. */
import { kvnReader } from "@vedette/core/orbit/kvn";
import { OMM_FIELDS, parseOmm } from "@vedette/core/orbit/omm";
import { isRefusal, type Refusal, shown } from "@vedette/core/orbit/refusal";
import { parseTle } from "@vedette/core/orbit/tle";
import { parse as parseCsv } from "csv-parse/sync";
import type { RecordSink, TextReader } from "./record.ts";

/** No record in any of these forms comes near it. */
const LINE_LIMIT = 16_384;

interface Line {
  readonly text: string;
  readonly line: number;
}

interface LineReader {
  push(line: Line): void;
  end(): void;
}

export function tleReader(sink: RecordSink): TextReader {
  let name: Line | undefined;
  let line1: Line | undefined;
  const refuse = (at: Line, { code, column, message }: Refusal) =>
    sink.refuse({ line: at.line, ...(column === undefined ? {} : { column }), code, message, text: shown(at.text) });
  const dropPending = () => {
    if (line1 !== undefined) refuse(line1, { code: "line", message: "no line 2 follows this line 1" });
    else if (name !== undefined)
      refuse(name, { code: "line", message: 'expected lines starting with "1 " and "2 " to follow' });
    name = undefined;
    line1 = undefined;
  };
  const pair = (first: Line, second: Line) => {
    const parsed = parseTle({ name: name?.text ?? "", line1: first.text, line2: second.text });
    if (isRefusal(parsed)) refuse(parsed.tleLine === 2 ? second : first, parsed);
    else sink.accept(parsed);
    name = undefined;
    line1 = undefined;
  };
  return lines(sink, {
    push(line) {
      const { text } = line;
      if (text.trim() === "" || text.startsWith("#")) return;
      if (text.startsWith("2 ")) {
        if (line1 !== undefined) return pair(line1, line);
        dropPending();
        refuse(line, { code: "line", message: "no line 1 stands before this line 2" });
      } else if (text.startsWith("1 ")) {
        if (line1 !== undefined) dropPending();
        line1 = line;
      } else {
        dropPending();
        name = line;
      }
    },
    end: dropPending,
  });
}

export function csvReader(sink: RecordSink): TextReader {
  let header: readonly string[] | undefined;
  let doubled: string | undefined;
  const rowRefusal = (row: Line, cells: readonly string[] | undefined): Refusal | undefined => {
    if (cells === undefined) return { code: "syntax", message: "quotes do not pair" };
    if (doubled !== undefined) return { code: "duplicate-field", message: `the header names ${doubled} twice` };
    const expected = header?.length ?? 0;
    if (cells.length === expected) return undefined;
    return {
      code: "syntax",
      message: `${cells.length} cells, expected ${expected} as in the header`,
      column: row.text.length,
    };
  };
  const record = (row: Line, columns: readonly string[]) => {
    const cells = cellsOf(row.text);
    const fields = Object.fromEntries(columns.map((column, i) => [column, cells?.[i] ?? ""]));
    const parsed = rowRefusal(row, cells) ?? parseOmm({ fields });
    if (!isRefusal(parsed)) return sink.accept(parsed);
    const { code, message, field } = parsed;
    const before = field === undefined ? -1 : columns.indexOf(field);
    const column = before < 0 ? 1 : row.text.split(",", before).join(",").length + (before === 0 ? 1 : 2);
    sink.refuse({ line: row.line, column, code, message, text: shown(row.text) });
  };
  return lines(sink, {
    push(row) {
      if (row.text.trim() === "") return;
      if (header !== undefined) return record(row, header);
      if (row.text.startsWith("#")) return;
      const columns = (cellsOf(row.text) ?? []).map((cell) => cell.trim().toUpperCase());
      doubled = columns.find((column, i) => OMM_FIELDS.has(column) && columns.indexOf(column) !== i);
      header = columns;
    },
    end() {},
  });
}

/** RFC 4180, one line a record: no name holds a line break, so that one stray quote spoils one row and no more. */
function cellsOf(text: string): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(",");
  try {
    const [cells] = parseCsv(text, { relax_column_count: true, trim: true });
    return cells;
  } catch {
    return undefined;
  }
}

export function kvnTextReader(sink: RecordSink): TextReader {
  const reader = kvnReader((message) => {
    const parsed = message.fault ?? parseOmm(message);
    if (!isRefusal(parsed)) return sink.accept(parsed);
    const { code, field, message: why } = parsed;
    const line = message.fault?.line ?? (field === undefined ? undefined : message.lineOf[field]) ?? message.line;
    const shownField = field ?? "OBJECT_NAME";
    const text = `${shownField} = ${message.fields[shownField] ?? ""}`;
    sink.refuse({ line, column: 1, code, message: why, text: shown(text) });
  });
  return lines(sink, {
    push: ({ text, line }) => {
      if (!text.startsWith("#")) reader.push(text, line);
    },
    end: reader.end,
  });
}

/** Cuts text at CR, LF or CRLF, mixed as they come. A line beyond the limit is a refused record, and costs no memory. */
function lines(sink: RecordSink, reader: LineReader): TextReader {
  let rest = "";
  let count = 0;
  let isLong = false;
  const complete = (text: string) => {
    count += 1;
    if (isLong || text.length > LINE_LIMIT) {
      const message = `a line of more than ${LINE_LIMIT} characters`;
      sink.refuse({ line: count, column: LINE_LIMIT, code: "too-long", message, text: shown(text) });
    } else reader.push({ text, line: count });
    isLong = false;
  };
  return {
    push(text) {
      const all = rest + text;
      // A CR at the very end may be half of a CRLF: it waits.
      const whole = all.endsWith("\r") ? all.slice(0, -1) : all;
      const pieces = whole.split(/\r\n|\n|\r/);
      const last = pieces.pop() ?? "";
      for (const piece of pieces) complete(piece);
      if (last.length > LINE_LIMIT) isLong = true;
      rest = last.slice(0, LINE_LIMIT) + all.slice(whole.length);
    },
    end() {
      const last = rest.replace(/\r$/, "");
      if (last !== "" || isLong) complete(last);
      reader.end();
    },
  };
}
