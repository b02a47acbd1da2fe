/** Reports as a table: `id,latitude,longitude,date[,time],source[,url][,text]`, in any order of columns. */
import { instant } from "@vedette/core/time/instant";
import type { LinkItem } from "@vedette/core/verify/linking-items";
import { placeOf } from "../feeds/evidence/places.ts";
import { lacking } from "../feeds/evidence/reader.ts";
import { Refused } from "../feeds/evidence/refusal.ts";
import { Times } from "../feeds/evidence/times.ts";
import { InputError } from "../problem.ts";
import { type CsvRow, readCsv } from "./csv-table.ts";

/** One for every row of the file, in its order: a row that makes no sense is kept with the reason. */
export type ReportRow = { readonly id: string; readonly line: number } & (
  | { readonly item: LinkItem }
  | { readonly refused: string }
);

const NEEDED = ["id", "latitude", "longitude", "date"] as const;
const LATEST = instant(Date.UTC(2100, 0, 1));

/** Dates, and times without an offset, are UTC. @throws InputError where the file cannot be read or lacks a column */
export async function readReports(path: string, signal?: AbortSignal): Promise<ReportRow[]> {
  const times = new Times({ zone: "UTC", latest: LATEST });
  const rows: ReportRow[] = [];
  const seen = new Map<string, number>();
  await readCsv(
    path,
    path,
    {
      header(columns, line) {
        const missing = lacking(columns, NEEDED);
        if (missing === undefined) return true;
        const message = `no table of reports: ${missing}; expected id,latitude,longitude,date[,time],source[,url][,text]`;
        throw new InputError([{ file: path, line, message }]);
      },
      row(row) {
        const read = rowOf(row, times);
        const first = seen.get(read.id);
        if (first === undefined) seen.set(read.id, row.line);
        rows.push(
          first === undefined
            ? read
            : { id: read.id, line: row.line, refused: `id ${read.id}: stands in line ${first} already` },
        );
      },
      refuse: (line, { message, value }) =>
        rows.push({ id: "", line, refused: value === undefined ? message : `${message}: ${value}` }),
    },
    signal,
  );
  return rows;
}

const PLACE_COLUMNS = { latitude: "latitude", longitude: "longitude" };

function rowOf(row: CsvRow, times: Times): ReportRow {
  const id = row.cell("id");
  const refuse = ({ column, message, value }: Refused): ReportRow => {
    const found = value === undefined ? "" : ` ${value}`;
    return { id, line: row.line, refused: `${column ?? "row"}${found}: ${message}` };
  };
  if (id === "") return { id, line: row.line, refused: "id: is empty" };
  const where = placeOf(row.cell("latitude"), row.cell("longitude"), PLACE_COLUMNS);
  if (where instanceof Refused) return refuse(where);
  const when = times.dayAndClock(row.cell("date"), row.cell("time"), { date: "date", time: "time" });
  if (when instanceof Refused) return refuse(when);
  const [kind, source, url, text] = [row.cell("kind"), row.cell("source"), row.cell("url"), row.cell("text")];
  const said = { ...(kind && { kind }), ...(source && { source }), ...(url && { url }), ...(text && { text }) };
  return { id, line: row.line, item: { id, where, when, ...said } };
}
