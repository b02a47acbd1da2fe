/** Keeps a workspace's projections as the log has them: reads after its own position, folds, puts all of a page down at once. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Rows } from "../store/shelf.ts";
import type { ViewsDatabase, ViewsWriter } from "../store/views-writer.ts";
import { readersOf } from "./audiences.ts";
import { eraseItems, foldBatch } from "./fold-evidence.ts";
import { IncidentFold, isOfCase, namedIn } from "./fold-incidents.ts";
import { RecordFold, recordNamedIn } from "./fold-records.ts";
import { type Arrived, type Folding, PageOfLog } from "./page.ts";
import { type ProjectionTables, SCHEMA } from "./tables.ts";

export interface Projector {
  /** Folds what has come in; resolves when all that was there when it was called is projected. */
  catchUp(): Promise<void>;
  /**
   * Waits until an event that was written before the call is projected, and all before it: so a writer reads its own writes.
   * @returns false where that took longer
   */
  until(event: { readonly node: string; readonly sequence: number }, withinMs?: number): Promise<boolean>;
  /** After each page that changed something. @returns how to stop it */
  onChange(tell: () => void): () => void;
  /** Looks for what others write too. */
  start(): void;
  /** Drops the projections and folds the log anew. */
  rebuild(): Promise<void>;
  close(): Promise<void>;
}

export interface ProjectorSetting extends Folding {
  readonly views: ViewsDatabase<ProjectionTables>;
  readonly log: Rows;
  /** What stands in the way of projecting in the background: it goes on trying. */
  readonly onFault?: (error: unknown) => void;
  /** Weight of a page: events, and members of batches. */
  readonly most?: number;
}

const WITHIN_MS = 2000;
/** Between two looks at what other processes wrote; and after a fault. */
const LOOK_MS = 50;
const FAULT_MS = 1000;
const MOST = 5000;
const EVENTS = 512;

export function projectorOf(setting: ProjectorSetting): Projector {
  const tellers = new Set<() => void>();
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let isClosed = false;
  let isLooking = false;

  const run = async (): Promise<void> => {
    while (!isClosed && (await projectPage(setting))) for (const tell of tellers) tell();
  };
  const catchUp = (): Promise<void> => {
    const begin = (): Promise<void> => {
      next = undefined;
      running = run().finally(() => {
        running = undefined;
      });
      return running;
    };
    if (running === undefined) return begin();
    // What was written since it last looked may not be seen by the one that runs: all who come now wait for one more.
    next ??= running.then(begin, begin);
    return next;
  };
  const look = async (): Promise<void> => {
    isLooking = true;
    while (!isClosed) {
      try {
        await catchUp();
        await sleep(LOOK_MS, undefined, { ref: false });
      } catch (error) {
        setting.onFault?.(error);
        await sleep(FAULT_MS, undefined, { ref: false });
      }
    }
  };
  return {
    catchUp,
    async until(_, withinMs = WITHIN_MS) {
      const timer = new AbortController();
      try {
        return await Promise.race([catchUp().then(() => true), sleep(withinMs, false, { signal: timer.signal })]);
      } finally {
        timer.abort();
      }
    },
    onChange(tell) {
      tellers.add(tell);
      return () => tellers.delete(tell);
    },
    start() {
      if (!isLooking) look();
    },
    async rebuild() {
      await setting.views.write((to) => empty(to));
      await catchUp();
    },
    async close() {
      isClosed = true;
      await (next ?? running)?.catch(() => {});
    },
  };
}

async function empty({ db }: ViewsWriter<ProjectionTables>): Promise<void> {
  for (const table of SCHEMA.tables) await db.deleteFrom(table as keyof ProjectionTables).execute();
}

/** @returns whether there was anything */
async function projectPage({ views, log, most = MOST, ...folding }: ProjectorSetting): Promise<boolean> {
  const known = await positionOf(views);
  // Most looks find nothing: no lock is taken for those.
  if (
    known !== undefined &&
    known.nations === nationsText(folding) &&
    (await log.arrived(known.position, 1)).length === 0
  )
    return false;
  return views.write(async (to) => {
    let state = await to.db.selectFrom("projection").selectAll().executeTakeFirst();
    // Somebody joined or left: what `all` means has changed.
    if (state !== undefined && state.nations !== nationsText(folding)) {
      await empty(to);
      state = undefined;
    }
    const position = state?.position ?? 0;
    const arrived = pageFrom(await log.arrived(position, EVENTS), folding, most);
    const isMany = (await log.chains()).length > 1;
    const page = new PageOfLog(to, log, folding, {
      isMany,
      head: state?.head ?? 0,
      longestMs: state?.longest_ms ?? 0,
    });
    await foldPage(page, arrived);
    const row = {
      one: 1,
      position: arrived.at(-1)?.position ?? position,
      head: page.head,
      nations: nationsText(folding),
      longest_ms: page.longestMs,
    };
    await to.put("projection", ["one"], [row]);
    return arrived.length > 0;
  });
}

const positionOf = (
  views: ViewsDatabase<ProjectionTables>,
): Promise<{ readonly position: number; readonly nations: string } | undefined> =>
  views.read("", (db) => db.selectFrom("projection").select(["position", "nations"]).executeTakeFirst());

const nationsText = ({ nations, use }: Folding): string => `${use} ${nations.toSorted().join(" ")}`;

/** For whom the projections were made; none: they never were. */
export async function foldedFor(
  views: ViewsDatabase<ProjectionTables>,
): Promise<Pick<Folding, "nations" | "use"> | undefined> {
  const [use, ...nations] = (await positionOf(views))?.nations.split(" ") ?? [];
  return use === "exercise" || use === "real" ? { use, nations } : undefined;
}

/** As much of what came in as one write takes; at least one. */
function pageFrom(rows: Awaited<ReturnType<Rows["arrived"]>>, folding: Folding, most: number): Arrived[] {
  const page: Arrived[] = [];
  let weight = 0;
  for (const { position, row } of rows) {
    weight += weightOf(row.body);
    if (page.length > 0 && weight > most) break;
    page.push({ position, row, readers: readersOf(row.header.marking, folding) });
  }
  return page;
}

function weightOf(body: string | undefined): number {
  const count = /"count":(\d+)/.exec(body?.slice(0, 4096) ?? "")?.[1];
  return 1 + Number(count ?? 0);
}

async function foldPage(page: PageOfLog, all: readonly Arrived[]): Promise<void> {
  const [incidents, records] = [new IncidentFold(page), new RecordFold(page)];
  await incidents.load(all.flatMap(({ row }) => namedIn(row)));
  await records.load(all.flatMap(({ row }) => recordNamedIn(row) ?? []));
  const entries: ProjectionTables["log_entry"][] = [];
  for (const one of all) {
    page.begin(one);
    const { row, readers } = one;
    const { type } = row.header;
    if (readers.length > 0) entries.push(entryOf(page, one));
    if (isOfCase(row)) await incidents.add(one);
    else if (type === "evidence.recorded") await foldBatch(page, one);
    else if (type === "body.erased") await forget(page, incidents, row.body);
    else if (type === "incident.released") await sanitise(page, one);
    else records.add(one);
  }
  await page.to.put("log_entry", ["audience", "recorded_ms", "event"], entries);
  await incidents.putDown();
  await records.putDown();
  await page.putDown();
}

function entryOf({ audiences }: PageOfLog, { row: { header }, readers }: Arrived): ProjectionTables["log_entry"] {
  const { id, type, at, recordedAt, actor, marking, commitment } = header;
  return {
    audience: audiences.idOf(readers),
    event: id,
    type,
    at_start: at.start,
    at_end: at.end,
    recorded_ms: recordedAt,
    actor,
    marking: JSON.stringify(marking),
    commitment,
  };
}

/** Whoever is told of it: what is erased is gone for all. */
async function forget(page: PageOfLog, incidents: IncidentFold, body: string | undefined): Promise<void> {
  const { event, member } = saidIn(body);
  if (event === undefined) return;
  if (member === undefined) await incidents.forget(event);
  await eraseItems(page, event, member);
}

async function sanitise(page: PageOfLog, { row: { body }, readers }: Arrived): Promise<void> {
  const { incident, of } = saidIn(body);
  if (incident === undefined || of === undefined || readers.length === 0) return;
  const row = { audience: page.audiences.idOf(readers), incident, made_from: of };
  await page.to.put("sanitised", ["incident", "made_from", "audience"], [row]);
}

function saidIn(body: string | undefined): { readonly [key: string]: string | undefined } {
  const said: unknown = body === undefined ? null : JSON.parse(body);
  if (said === null || typeof said !== "object") return {};
  return Object.fromEntries(Object.entries(said).filter(([, value]) => typeof value === "string"));
}
