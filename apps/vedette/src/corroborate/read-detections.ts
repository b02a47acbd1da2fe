/** The folder `detections`: what any source with a table saw, or looked for in vain. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { instant } from "@vedette/core/time/instant";
import type { SourceLook, SourceRates } from "@vedette/core/verify/corroborate-sources";
import type { EvidenceSource } from "@vedette/wire/evidence-source";
import { placeOf } from "../feeds/evidence/places.ts";
import { lacking } from "../feeds/evidence/reader.ts";
import { Refused } from "../feeds/evidence/refusal.ts";
import { Times } from "../feeds/evidence/times.ts";
import type { EvidenceSources } from "../scenario/evidence-sources.ts";
import { type CsvRow, readCsv } from "./csv-table.ts";
import type { FeedNotes } from "./notes.ts";

interface Reading {
  readonly sources: EvidenceSources;
  readonly notes: FeedNotes;
  readonly signal?: AbortSignal;
}

const COLUMNS = { latitude: "latitude", longitude: "longitude" };
const LATEST = instant(Date.UTC(2100, 0, 1));
const SEEN = new Map([
  ["", true],
  ["yes", true],
  ["1", true],
  ["no", false],
  ["0", false],
]);

export async function readDetections(folder: string, { sources, notes, signal }: Reading): Promise<SourceLook[]> {
  const looks: SourceLook[] = [];
  const times = timesTable();
  for (const file of (await readdir(folder)).filter((each) => /\.csv$/i.test(each)).sort()) {
    await readCsv(
      join(folder, file),
      join(folder, file),
      {
        header(columns) {
          const isFine = lacking(columns, ["source", "latitude", "longitude", "date"]) === undefined;
          if (!isFine) notes.passOver("detections", file);
          return isFine;
        },
        row(row) {
          const look = lookOf(row, sources, times);
          if (look === undefined) return notes.refuse("detections", file, row.line);
          looks.push(look);
          notes.take("detections", file);
        },
        refuse: (line) => notes.refuse("detections", file, line),
      },
      signal,
    );
  }
  return looks;
}

/** Each source has its own zone. */
function timesTable(): (source: EvidenceSource) => Times {
  const held = new Map<string, Times>();
  return ({ id, time: { zone = "UTC" } }) => {
    const known = held.get(id) ?? new Times({ zone, latest: LATEST });
    held.set(id, known);
    return known;
  };
}

function lookOf(
  row: CsvRow,
  sources: EvidenceSources,
  times: (source: EvidenceSource) => Times,
): SourceLook | undefined {
  const source = sources.get(row.cell("source"));
  const place = placeOf(row.cell("latitude"), row.cell("longitude"), COLUMNS);
  const isSeen = SEEN.get(row.cell("seen").toLowerCase());
  const reach = row.cell("reach_km");
  if (source === undefined || place instanceof Refused || isSeen === undefined) return undefined;
  if (reach !== "" && !(Number(reach) > 0 && Number(reach) <= 500)) return undefined;
  const when = times(source).dayAndClock(row.cell("date"), row.cell("time"), { date: "date", time: "time" });
  if (when instanceof Refused) return undefined;
  return { ...place, source: source.id, when, isSeen, ...(reach !== "" && { reachKm: Number(reach) }) };
}

/** The rates of each table, as the weighing wants them. */
export function ratesOf(sources: EvidenceSources): Map<string, SourceRates> {
  return new Map(
    [...sources.values()].map(({ id, title, operator, detects, falseAlarms }) => {
      const rate =
        "perSourceDay" in falseAlarms
          ? { perDay: falseAlarms.perSourceDay.value }
          : { per1000Km2Day: falseAlarms.per1000Km2Day.value };
      const byKind = new Map(
        Object.entries(detects).map(([kind, { probability01, withinKm, withinHours }]) => [
          kind,
          { detects01: probability01.value, withinKm, withinHours, falseAlarms: rate },
        ]),
      );
      return [id, { title, operator: operator.id, byKind }];
    }),
  );
}
