/** The folder `news`: located reports in VIINA's columns. Rows without a place or a day are counted and left out. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseDay } from "@vedette/core/verify/claim-day";
import type { NewsItem } from "@vedette/core/verify/corroborate-news";
import { lacking } from "../feeds/evidence/reader.ts";
import { type CsvRow, readCsv } from "./csv-table.ts";
import type { FeedNotes } from "./notes.ts";

export interface NewsRow extends NewsItem {
  /** Name of the settlement. */
  readonly name: string;
}

export async function readNews(folder: string, notes: FeedNotes, signal?: AbortSignal): Promise<NewsRow[]> {
  const items: NewsRow[] = [];
  for (const file of (await readdir(folder)).filter((each) => /\.csv$/i.test(each)).sort()) {
    await readCsv(
      join(folder, file),
      join(folder, file),
      {
        header(columns) {
          const isNews = lacking(columns, ["date", "longitude", "latitude"]) === undefined;
          if (!isNews) notes.passOver("news", file);
          return isNews;
        },
        row(row) {
          const item = itemOf(row);
          if (item === undefined) return notes.refuse("news", file, row.line);
          items.push(item);
          notes.take("news", file);
        },
        refuse: (line) => notes.refuse("news", file, line),
      },
      signal,
    );
  }
  return items;
}

const listOf = (cell: string): string[] =>
  cell.split(/[|;,]/).flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));

function itemOf(row: CsvRow): NewsRow | undefined {
  const [latitude, longitude] = [row.cell("latitude"), row.cell("longitude")];
  const [latitudeDeg, longitudeDeg] = [Number(latitude), Number(longitude)];
  const day = parseDay(row.cell("date"));
  const isFine = latitude !== "" && longitude !== "" && Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180;
  if (day === undefined || !isFine) return undefined;
  return {
    id: row.cell("event_id_1pd") || row.cell("id"),
    latitudeDeg,
    longitudeDeg,
    day,
    sources: listOf(row.cell("sources_matching") || row.cell("source")),
    urls: row.cell("source_urls") || row.cell("url"),
    events: listOf(row.cell("event_ids_matching")),
    text: row.cell("representative_text") || row.cell("text"),
    name: row.cell("asciiname") || row.cell("name"),
  };
}
