/** A workspace of one day from small tables (`data/days`): a log of its own, with the day's own clock. */
import { join } from "node:path";
import { adoptionOf } from "@vedette/core/agreement/sign";
import type { Marking } from "@vedette/core/record/marking";
import { type Instant, instant, MS_PER_DAY } from "@vedette/core/time/instant";
import { PERSON_PREFIX } from "@vedette/core/verify/incident";
import { USUAL_PER_DAY } from "@vedette/core/verify/incident-near";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";
import { alertsKind } from "../../feeds/evidence/alerts.ts";
import { AreaTable } from "../../feeds/evidence/area-table.ts";
import { firmsKind } from "../../feeds/evidence/firms.ts";
import { importEvidence } from "../../feeds/evidence/import-evidence.ts";
import { newsKind } from "../../feeds/evidence/news.ts";
import { type CsvKind, columnsOf, type EvidenceKind, type Reading } from "../../feeds/evidence/reader.ts";
import { Refused } from "../../feeds/evidence/refusal.ts";
import { Times } from "../../feeds/evidence/times.ts";
import { readAgreement } from "../../scenario/agreement.ts";
import { type EvidenceSources, readEvidenceSources } from "../../scenario/evidence-sources.ts";
import { SHIPPED_ROOT } from "../../scenario/paths.ts";
import { readTaxonomy } from "../../scenario/taxonomy.ts";
import { seededChance } from "../../store/chance.ts";
import { openStore } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import { runClocks } from "./clocks.ts";
import { csvRows } from "./csv-rows.ts";
import { type Detected, detectIncidents } from "./detect.ts";
import { type Gazetteer, readGazetteer, readJson } from "./gazetteer.ts";

/** What stands in a day's about.json. */
export interface DayAbout {
  readonly title: string;
  readonly date: string;
  /** IANA; the day is that of the people there. */
  readonly zone: string;
  readonly tables: Readonly<Record<string, TableAbout>>;
}

export interface TableAbout {
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly url?: string;
  readonly note?: string;
}

export const SHIPPED_DAY = join(SHIPPED_ROOT, "data", "days", "2022-05-04");

/** Facts of the past, public, read by all. */
const MARKING: Marking = { owner: "EUE", releasableTo: "all", originatorControlled: false, use: "exercise" };

export interface DayWorkspace {
  readonly about: DayAbout;
  readonly detected: Detected;
  /** Records of all tables. */
  readonly records: number;
  readonly refused: number;
  /** The moment as which the day is looked at: its end. */
  readonly now: Instant;
}

/**
 * Imports the tables, links them into incidents, runs the exercise agreement's clocks, and leaves the log in `out`; done again, it
 * adds nothing.
 * @param folder as `data/days/2022-05-04`
 */
export async function buildDay(out: string, folder: string = SHIPPED_DAY): Promise<DayWorkspace> {
  const about = await readJson<DayAbout>(join(folder, "about.json"));
  const [sources, taxonomy, gazetteer] = await Promise.all([readEvidenceSources(), readTaxonomy(), readGazetteer()]);
  const now = endOf(about);
  const store = await openStore(out, {
    create: true,
    node: `day-${about.date}`,
    clock: () => now,
    chance: seededChance(about.date),
  });
  try {
    const counted = await importDay({ store, folder, sources, taxonomy, gazetteer, now });
    const detected = await detectIncidents({ store, taxonomy, sources, now });
    await adoptExercise(store, now);
    await runClocks(store, sources, now);
    return { about, detected, ...counted, now };
  } finally {
    await store.close();
  }
}

/** The exercise's agreement, once. Nothing was in force in 2022: clocks show what such a one would ask for. */
async function adoptExercise(store: Store, now: Instant): Promise<void> {
  const { edition } = await readAgreement(EXERCISE_AGREEMENT);
  for await (const { body } of store.events({ types: ["agreement.adopted"] }))
    if (JSON.stringify(body).includes(edition.ref.digest)) return;
  const at = { start: now, end: instant(now + 1) };
  await store.append([adoptionOf(edition, { person: EXERCISE_PERSON, at, marking: MARKING })]);
}

/** Nobody: the exercise itself, where the program asks for a person. */
const EXERCISE_PERSON = `${PERSON_PREFIX}exercise`;
const EXERCISE_AGREEMENT = join(SHIPPED_ROOT, "data", "agreements", "paris-illustration.yaml");

/** Midnight there, after the day. */
export function endOf({ date, zone }: Pick<DayAbout, "date" | "zone">): Instant {
  const day = new Times({ zone, latest: instant(Date.UTC(2100, 0)) }).day(date, "date");
  if (day instanceof Refused) throw new RangeError(`about.json: no date ${date} in ${zone}`);
  return day.end;
}

interface Job {
  readonly store: Store;
  readonly folder: string;
  readonly sources: EvidenceSources;
  readonly taxonomy: Taxonomy;
  readonly gazetteer: Gazetteer;
  readonly now: Instant;
}

async function importDay({ store, folder, sources, taxonomy, gazetteer, now }: Job) {
  const areas = await areasOf(folder, gazetteer);
  const setting = { sources, areas, latest: instant(now + MS_PER_DAY) };
  const kinds: readonly (readonly [string, string, CsvKind])[] = [
    ["news.csv", "news", withKind(newsKind(setting), taxonomy)],
    ["firms-timed.csv", "firms", withUsual(firmsKind(setting))],
    ["firms-dated.csv", "firms", withUsual(firmsKind(setting))],
    ["alerts.csv", "alerts", alertsKind(setting)],
  ];
  let [records, refused] = [0, 0];
  for (const [name, feed, csv] of kinds) {
    const kind: EvidenceKind = { feed, reading: "day", files: { csv } };
    const imported = await importEvidence({
      path: join(folder, name),
      kind,
      store: () => store,
      actor: "vedette",
      marking: MARKING,
    });
    records += imported.records;
    refused += imported.refused;
  }
  return { records, refused };
}

/** The day's own areas of alerts, then the oblasts as alerts call them. */
async function areasOf(folder: string, { areas }: Gazetteer): Promise<AreaTable> {
  const table = new AreaTable();
  const rows = await csvRows(join(folder, "alert-areas.csv"), ["name", "level", "latitude", "longitude", "radius_km"]);
  for (const { text, number } of rows) {
    const place = { latitudeDeg: number("latitude"), longitudeDeg: number("longitude"), radiusKm: number("radius_km") };
    table.add({ ...place, basis: "area", name: text("name"), level: text("level") }, []);
  }
  for (const { id, called, latitudeDeg, longitudeDeg, radiusKm } of areas) {
    table.add({ latitudeDeg, longitudeDeg, radiusKm, basis: "area", name: called, level: "oblast" }, [id]);
  }
  return table;
}

/** Reads a column more than the kind knows. */
function withColumn(kind: CsvKind, column: string, add: (reading: Reading, cell: string) => Reading): CsvKind {
  return {
    ...kind,
    open(header) {
      const read = kind.open(header);
      if (typeof read === "string") return read;
      const at = columnsOf(header).get(column) ?? -1;
      return (cells) => {
        const found = read(cells);
        if (found instanceof Refused || !("form" in found)) return found;
        return add(found, cells[at] ?? "");
      };
    },
  };
}

const withKind = (kind: CsvKind, taxonomy: Taxonomy): CsvKind =>
  withColumn(kind, "kind", (reading, cell) => (taxonomy.has(cell) ? { ...reading, kind: cell } : reading));

const withUsual = (kind: CsvKind): CsvKind =>
  withColumn(kind, "usual_per_day", (reading, cell) => {
    const usual = cell === "" ? Number.NaN : Number(cell);
    return Number.isFinite(usual) ? { ...reading, measured: { ...reading.measured, [USUAL_PER_DAY]: usual } } : reading;
  });
