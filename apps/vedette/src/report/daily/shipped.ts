/** A day of 2022 from the tables that ship: its log, its incidents and its report in every language. */
import { join, resolve } from "node:path";
import type { DailyReport } from "@vedette/wire/daily-report";
import { buildDay, type DayAbout, type DayWorkspace, SHIPPED_DAY } from "../../engine/cases/day.ts";
import { openStore } from "../../store/open.ts";
import { LANGUAGES, type Language } from "./messages.ts";
import { makeDaily, writeDaily } from "./write.ts";

export interface WrittenDay extends DayWorkspace {
  /** The log's folder. */
  readonly store: string;
  readonly files: readonly string[];
  readonly report: DailyReport;
}

/**
 * Leaves `log/` and `en/`, `uk/`, `fr/` in `outDir`, each with daily.html and daily.json. Takes about a second; done again, the same
 * bytes, and what people did in the log meanwhile is in them.
 */
export async function writeShippedDay(
  outDir: string,
  { languages = LANGUAGES, folder = SHIPPED_DAY }: { languages?: readonly Language[]; folder?: string } = {},
): Promise<WrittenDay> {
  const out = resolve(outDir);
  const place = join(out, "log");
  const day = await buildDay(place, folder);
  const store = await openStore(place, { clock: () => day.now });
  const files: string[] = [];
  let report: DailyReport | undefined;
  try {
    const { date, zone } = day.about;
    for (const language of languages) {
      const made = await makeDaily({ store, date, zone, language, licences: licencesOf(day.about) });
      report ??= made.report;
      files.push(...(await writeDaily(made, join(out, language))));
    }
  } finally {
    await store.close();
  }
  if (report === undefined) throw new RangeError("no language to write in");
  return { ...day, store: place, files, report };
}

/** Of every table once, and of the places that the report names and draws. */
function licencesOf({ tables }: DayAbout): DailyReport["sources"] {
  const own = Object.values(tables).map(({ title, publisher, licence, url, note }) => ({
    title,
    publisher,
    licence,
    url: url ?? null,
    note: note ?? null,
  }));
  const seen = new Set<string>();
  return [...own, ...PLACES].filter(({ title }) => !seen.has(title) && seen.add(title));
}

const PLACES: DailyReport["sources"] = [
  {
    title: "Settlements",
    publisher: "GeoNames",
    licence: "CC BY 4.0",
    url: "https://www.geonames.org/",
    note: null,
  },
  {
    title: "Outline of Ukraine",
    publisher: "© OpenStreetMap contributors",
    licence: "ODbL 1.0",
    url: "https://www.openstreetmap.org/copyright",
    note: null,
  },
  {
    title: "Land",
    publisher: "Natural Earth",
    licence: "public domain",
    url: "https://www.naturalearthdata.com/",
    note: null,
  },
];
