/** From a log to the daily report's two files. */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Instant, isoOf, MS_PER_DAY } from "@vedette/core/time/instant";
import type { DailyReport } from "@vedette/wire/daily-report";
import { type Desk, isNamed, readDesk, readEvidence } from "../../engine/cases/desk.ts";
import { type Gazetteer, readGazetteer, readJson } from "../../engine/cases/gazetteer.ts";
import { computeResult } from "../../engine/compute.ts";
import { versionOf } from "../../engine/version.ts";
import { readEvidenceSources } from "../../scenario/evidence-sources.ts";
import { loadScenario } from "../../scenario/load.ts";
import { SHIPPED_ROOT } from "../../scenario/paths.ts";
import { readTaxonomy } from "../../scenario/taxonomy.ts";
import type { Store } from "../../store/store.ts";
import { dailyReport, summaryText } from "./daily.ts";
import { type Day, dayBefore, dayOf } from "./day.ts";
import { dailyHtml } from "./html.ts";
import type { DailyInput, LedgerOfDay } from "./input.ts";
import type { MapGround } from "./map.ts";
import { type Language, messagesIn } from "./messages.ts";
import { nearBy } from "./near.ts";
import { probabilities } from "./probability.ts";

export interface DailyAsked {
  readonly store: Store;
  /** Calendar date in the zone. */
  readonly date: string;
  readonly zone: string;
  readonly language: Language;
  /** Nothing written down at or after it is read; all of the log where left out. */
  readonly asOf?: Instant;
  /** For a nation: only what it is given. */
  readonly nation?: string;
  readonly title?: string;
  readonly licences?: DailyReport["sources"];
  /** A folder of feeds with their history, and the prior for which the probability is given. */
  readonly feeds?: string;
  readonly prior01?: number;
  /** A scenario whose satellites were to watch on that day: its ledger says what they could not see. */
  readonly scenario?: string;
  readonly settlements?: string;
  readonly areas?: string;
}

export interface MadeDaily {
  readonly report: DailyReport;
  readonly html: string;
  readonly json: string;
}

export async function makeDaily(asked: DailyAsked): Promise<MadeDaily> {
  const messages = messagesIn(asked.language);
  const day = dayOf(asked.date, asked.zone);
  const [sources, taxonomy, gazetteer] = await Promise.all([
    readEvidenceSources(),
    readTaxonomy(),
    readGazetteer(asked.settlements, asked.areas),
  ]);
  const { nation, asOf } = asked;
  const desk = await readDesk(asked.store, { ...(nation && { nation }), ...(asOf && { until: asOf }) });
  const named = isNamed(desk);
  const from = dayBefore(day).span.start;
  const { evidence } = await readEvidence(
    asked.store,
    desk,
    (item) => named(item) || (item.form === "detection" && item.when.start < day.span.end && item.when.end > from),
  );
  const prior01 = asked.prior01 ?? 0.5;
  const of = asked.feeds === undefined ? undefined : await probabilities(asked.feeds, prior01, asked.date);
  const input: DailyInput = {
    day,
    asOf: asOf ?? desk.latest ?? day.span.end,
    messages,
    taxonomy,
    sources,
    gazetteer,
    incidents: [...desk.cases.incidents.values()],
    evidence,
    record: desk.record,
    ...(nation !== undefined && { nation }),
    isExercise: isExercise(desk),
    ...(asked.title !== undefined && { title: asked.title }),
    software: `Vedette ${versionOf()}`,
    licences: asked.licences ?? [],
    ...(asked.scenario !== undefined && { ledger: await ledgerOf(asked.scenario, day) }),
    ...(of !== undefined && { probability: { prior01, of } }),
  };
  const report = dailyReport(input);
  const ground = await groundOf(gazetteer, report);
  const html = await dailyHtml(report, { messages, near: nearBy(input), ground, summary: summaryText(report, input) });
  return { report, html, json: `${JSON.stringify(report, null, 2)}\n` };
}

/** The day is computed anew: hours of other spans would not be its own. */
async function ledgerOf(reference: string, { span }: Day): Promise<LedgerOfDay> {
  const days = (span.end - span.start) / MS_PER_DAY;
  const loaded = await loadScenario(reference, { start: isoOf(span.start), days });
  const { ledger, cells, summary } = await computeResult(loaded);
  return { title: summary.title, cells: cells.length, byKind: ledger };
}

const isExercise = ({ batches, markings }: Desk): boolean =>
  [...batches.map(({ marking }) => marking), ...markings.values()].some(({ use }) => use === "exercise");

/** Both files, each whole or not at all. The folder is its owner's alone: so may be the marking. */
export async function writeDaily({ html, json }: MadeDaily, outDir: string): Promise<string[]> {
  const folder = resolve(outDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = [
    ["daily.html", html],
    ["daily.json", json],
  ] as const;
  for (const [name, text] of files) await writeFile(join(folder, `.${name}.part`), text);
  for (const [name] of files) await rename(join(folder, `.${name}.part`), join(folder, name));
  return files.map(([name]) => join(folder, name));
}

interface Drawing {
  readonly features: readonly {
    readonly geometry: { readonly type: string; readonly coordinates: never };
  }[];
}

/** Land and boundary ship for Ukraine; elsewhere the incidents stand on a plain ground. */
async function groundOf({ areas }: Gazetteer, { incidents }: DailyReport): Promise<MapGround> {
  const places = incidents.map(({ place }) => place);
  const all = [...areas, ...places];
  const [west, east] = [
    Math.min(...all.map((a) => a.longitudeDeg)) - 1.7,
    Math.max(...all.map((a) => a.longitudeDeg)) + 1.7,
  ];
  const [south, north] = [
    Math.min(...all.map((a) => a.latitudeDeg)) - 1.1,
    Math.max(...all.map((a) => a.latitudeDeg)) + 1.2,
  ];
  const data = join(SHIPPED_ROOT, "data");
  const land = await readJson<Drawing>(join(data, "basemap", "black-sea-land.geojson"));
  const line = await readJson<Drawing>(join(data, "boundaries", "ukraine.geojson"));
  const ground = { land: pathsOf(land), boundaries: pathsOf(line) };
  // Where the land that ships ends there is no sea.
  const edge = Math.min(...ground.land.flat().map(([longitude]) => longitude));
  const isCut = west < edge && east > edge && all.every(({ longitudeDeg }) => longitudeDeg > edge);
  return { ...ground, box: [isCut ? edge : west, south, east, north] };
}

type Point = readonly [number, number];

function pathsOf({ features }: Drawing): (readonly Point[])[] {
  return features.flatMap(({ geometry: { type, coordinates } }): (readonly Point[])[] => {
    if (type === "LineString") return [coordinates as readonly Point[]];
    if (type === "MultiLineString" || type === "Polygon") return coordinates as (readonly Point[])[];
    return type === "MultiPolygon" ? (coordinates as (readonly Point[])[][]).flat() : [];
  });
}
