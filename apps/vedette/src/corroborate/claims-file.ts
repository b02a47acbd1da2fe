/** Claims as a table: `id,latitude,longitude,date[,time][,kind][,source][,url][,text]`, in any order of columns. */
import { instant, MS_PER_DAY } from "@vedette/core/time/instant";
import type { Claim } from "@vedette/core/verify/claim";
import { dayOf, isoDayOf } from "@vedette/core/verify/claim-day";
import { placeOf } from "../feeds/evidence/places.ts";
import { type Columns, lacking } from "../feeds/evidence/reader.ts";
import { Refused } from "../feeds/evidence/refusal.ts";
import { Times } from "../feeds/evidence/times.ts";
import { InputError } from "../problem.ts";
import { type CsvRow, readCsv } from "./csv-table.ts";

/** Where dates and times without an offset are meant. */
const ZONE = "Europe/Kyiv";
const LATEST = instant(Date.UTC(2100, 0, 1));

/** One for every row of the file, in its order: a row that makes no sense is answered with the reason. */
export type ClaimRow = { readonly id: string; readonly line: number } & (
  | { readonly claim: Claim }
  | { readonly refused: string }
);

const NEEDED = ["id", "latitude", "longitude", "date"] as const;

/** @throws InputError where the file cannot be read or lacks a column */
export async function readClaims(path: string, onRow: (row: ClaimRow) => void, signal?: AbortSignal): Promise<void> {
  const times = new Times({ zone: ZONE, latest: LATEST });
  await readCsv(
    path,
    path,
    {
      header(columns, line) {
        assertColumns(path, columns, line);
        return true;
      },
      row: (row) => onRow(rowOf(row, times)),
      refuse: (line, { message, value }) =>
        onRow({ id: "", line, refused: value === undefined ? message : `${message}: ${value}` }),
    },
    signal,
  );
}

function assertColumns(path: string, columns: Columns, line: number): void {
  const missing = lacking(columns, NEEDED);
  if (missing === undefined) return;
  const message = `no table of claims: ${missing}; expected id,latitude,longitude,date[,time][,kind]`;
  throw new InputError([{ file: path, line, message }]);
}

const PLACE_COLUMNS = { latitude: "latitude", longitude: "longitude" };

function rowOf(row: CsvRow, times: Times): ClaimRow {
  const id = row.cell("id");
  const refuse = ({ column, message, value }: Refused): ClaimRow => {
    const found = value === undefined ? "" : ` ${value}`;
    return { id, line: row.line, refused: `${column ?? "row"}${found}: ${message}` };
  };
  const place = placeOf(row.cell("latitude"), row.cell("longitude"), PLACE_COLUMNS);
  if (place instanceof Refused) return refuse(place);
  const whole = times.day(row.cell("date"), "date");
  if (whole instanceof Refused) return refuse(whole);
  const clock = row.cell("time");
  const when = times.dayAndClock(row.cell("date"), clock, { date: "date", time: "time" });
  if (when instanceof Refused) return refuse(when);
  const [kind, source, url, text] = [row.cell("kind"), row.cell("source"), row.cell("url"), row.cell("text")];
  const origin = { ...(source && { source }), ...(url && { url }), ...(text && { text }) };
  return {
    id,
    line: row.line,
    claim: {
      id,
      place,
      // Noon of the local day is the same calendar day in UTC.
      day: dayOf(instant(whole.start + MS_PER_DAY / 2)),
      when,
      hasTime: clock !== "",
      ...(kind && { kind }),
      ...(Object.keys(origin).length > 0 && { origin }),
    },
  };
}

/** A claim of a calendar day, as one row of a table would be. */
export function claimOfDay(id: string, place: Claim["place"], day: number): Claim {
  const times = new Times({ zone: ZONE, latest: LATEST });
  const when = times.day(isoDayOf(day), "date");
  if (when instanceof Refused) throw new RangeError(when.message);
  return { id, place, day, when, hasTime: false };
}
