/** The folder `alerts`: by oblast, raion or hromada, with start and end. Areas smaller than an oblast are put on the map by name. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Place } from "@vedette/core/geo/position";
import { instant, interval } from "@vedette/core/time/instant";
import type { AlertArea, AlertFeed } from "@vedette/core/verify/corroborate-alerts";
import { lacking } from "../feeds/evidence/reader.ts";
import { type CsvRow, readCsv } from "./csv-table.ts";
import type { FeedNotes } from "./notes.ts";

interface Area {
  readonly name: string;
  readonly level: AlertArea["level"];
  readonly oblast: string;
  readonly spans: number[];
}

/** Where an area's chief place lies; `undefined`: nobody knows, and its alerts speak for no place. */
export type FindArea = (area: {
  readonly name: string;
  readonly level: "raion" | "hromada";
  readonly oblast: string;
}) => Place | undefined;

export async function readAlerts(
  folder: string,
  find: FindArea,
  notes: FeedNotes,
  signal?: AbortSignal,
): Promise<AlertFeed | undefined> {
  const areas = new Map<string, Area>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const file of (await readdir(folder)).filter((each) => /\.csv$/i.test(each)).sort()) {
    await readCsv(
      join(folder, file),
      join(folder, file),
      {
        header(columns) {
          const isAlerts = lacking(columns, ["oblast", "started_at", "finished_at"]) === undefined;
          if (!isAlerts) notes.passOver("alerts", file);
          return isAlerts;
        },
        row(row) {
          const span = spanOf(row);
          if (span === undefined) return notes.refuse("alerts", file, row.line);
          notes.take("alerts", file);
          first = Math.min(first, span[0]);
          last = Math.max(last, span[0]);
          areaOf(row, areas).spans.push(...span);
        },
        refuse: (line) => notes.refuse("alerts", file, line),
      },
      signal,
    );
  }
  if (!(first < last)) return undefined;
  const covered = interval(instant(first), instant(last));
  return { areas: [...areas.values()].map((area) => placed(area, find, last)), covered };
}

function areaOf(row: CsvRow, areas: Map<string, Area>): Area {
  const [oblast, raion, hromada] = [row.cell("oblast"), row.cell("raion"), row.cell("hromada")];
  const level = hromada !== "" ? "hromada" : raion !== "" ? "raion" : "oblast";
  const name = hromada || raion || oblast;
  const key = [oblast, raion, hromada].join("/");
  const known = areas.get(key) ?? { name, level, oblast, spans: [] };
  areas.set(key, known);
  return known;
}

/** Start and end, ms; an alert without an end is open: it lasts to the end of the feed. */
function spanOf(row: CsvRow): [number, number] | undefined {
  const start = momentOf(row.cell("started_at"));
  const finished = row.cell("finished_at");
  const end = finished === "" ? Number.POSITIVE_INFINITY : momentOf(finished);
  return start === undefined || end === undefined || end < start ? undefined : [start, end];
}

const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

function momentOf(text: string): number | undefined {
  if (!MOMENT.test(text)) return undefined;
  const ms = Date.parse(text.replace(" ", "T"));
  return Number.isNaN(ms) ? undefined : ms;
}

function placed({ spans, ...area }: Area, find: FindArea, last: number): AlertArea {
  const ended = Float64Array.from(spans, (ms) => Math.min(ms, last));
  const { level } = area;
  const place = level === "oblast" ? undefined : find({ ...area, level });
  return { ...area, spans: ended, ...(place !== undefined && { place }) };
}
