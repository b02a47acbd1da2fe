/** A folder of feeds, laid out as `firms/`, `alerts/`, `news/`, `places/`: any may be missing, and the answer says so. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { baselineOf } from "@vedette/core/verify/baseline";
import type { CorroborationFeeds, EvidenceKind } from "@vedette/core/verify/corroborate";
import type { CorroborationModel } from "@vedette/core/verify/model";
import { reasonOf } from "../feeds/reason.ts";
import { InputError } from "../problem.ts";
import type { EvidenceSources } from "../scenario/evidence-sources.ts";
import { readAreas } from "../scenario/named-areas.ts";
import { areaFinder } from "./area-finder.ts";
import { DETECTIONS, FEED_NAMES, type FeedName, FeedNotes } from "./notes.ts";
import { readAlerts } from "./read-alerts.ts";
import { ratesOf, readDetections } from "./read-detections.ts";
import { type FirmsFolder, readFirms } from "./read-firms.ts";
import { type NewsRow, readNews } from "./read-news.ts";
import { oblastFinder, readPlaces } from "./read-places.ts";

export interface FeedsFolder {
  readonly feeds: CorroborationFeeds;
  readonly news: readonly NewsRow[];
  readonly firms?: FirmsFolder;
  readonly notes: FeedNotes;
}

export interface ReadFolderOptions {
  readonly model: CorroborationModel;
  readonly blindTo?: Partial<Record<EvidenceKind, ReadonlySet<string>>>;
  /** Tables of sources: rates for the folder `detections`. */
  readonly sources?: EvidenceSources;
  readonly signal?: AbortSignal;
  readonly onPhase?: (feed: FeedName) => void;
}

/** @throws InputError where there is no such folder, or none of the four in it */
export async function readFeedsFolder(folder: string, options: ReadFolderOptions): Promise<FeedsFolder> {
  const { model, signal, onPhase = () => {} } = options;
  const notes = new FeedNotes();
  const present = await presentIn(folder, notes);
  const into = <T>(feed: FeedName, read: (path: string) => Promise<T>): Promise<T> | undefined => {
    if (!present.has(feed)) return undefined;
    onPhase(feed);
    return read(join(folder, feed));
  };
  const firms = await into("firms", (path) => readFirms(path, notes, signal));
  const places = await into("places", (path) => readPlaces(path, notes));
  const oblastOf = oblastFinder(places, firms?.oblasts);
  const alerts = await into("alerts", async (path) =>
    readAlerts(path, areaFinder(await readAreas(), places?.settlements ?? [], oblastOf), notes, signal),
  );
  const news = (await into("news", (path) => readNews(path, notes, signal))) ?? [];
  const { sources = new Map() } = options;
  const looks =
    (await into(DETECTIONS, (path) => readDetections(path, { sources, notes, ...(signal && { signal }) }))) ?? [];
  const hasHeat = firms !== undefined && firms.points.day.length > 0;
  return {
    notes,
    news,
    ...(firms && { firms }),
    feeds: {
      ...(hasHeat && {
        thermal: {
          baseline: baselineOf(firms.points, model.thermal, firms.landUse),
          ...(firms.looks && { looks: firms.looks }),
        },
      }),
      ...(alerts && { alerts }),
      ...(news.length > 0 && { news }),
      ...(looks.length > 0 && { sources: { looks, tables: ratesOf(sources) } }),
      oblastOf: ({ place }) => oblastOf(place),
      ...(options.blindTo && { blindTo: options.blindTo }),
    },
  };
}

async function presentIn(folder: string, notes: FeedNotes): Promise<Set<FeedName>> {
  const isFolder = async (path: string): Promise<boolean> =>
    stat(path).then(
      (about) => about.isDirectory(),
      () => false,
    );
  if (!(await isFolder(folder))) {
    const reason = await stat(folder).then(() => "is not a folder", reasonOf);
    throw new InputError([{ file: folder, message: `cannot be read: ${reason}` }]);
  }
  const present = new Set<FeedName>();
  if (await isFolder(join(folder, DETECTIONS))) present.add(DETECTIONS);
  for (const feed of FEED_NAMES) {
    if (await isFolder(join(folder, feed))) present.add(feed);
    else notes.missing.push(feed);
  }
  if (present.size > 0) return present;
  const message = `has none of the folders ${[...FEED_NAMES, DETECTIONS].join(", ")}: expected at least one`;
  throw new InputError([{ file: folder, message }]);
}
