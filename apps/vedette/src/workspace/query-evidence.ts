/** Evidence as a nation is given it: lists, one, what an incident rests on, what stands near one. */
import { distanceKm } from "@vedette/core/geo/geodesic";
import type { Marking } from "@vedette/core/record/marking";
import { instant, MS_PER_HOUR } from "@vedette/core/time/instant";
import { type RawBuilder, sql } from "kysely";
import {
  type Asking,
  and,
  type Condition,
  cellCondition,
  cursorFrom,
  cursorOf,
  isWithin,
  list,
  longestOf,
  narrowing,
  placeConditions,
  rangesIn,
  timeConditions,
  unled,
} from "./conditions.ts";
import type { EvidenceFilter, EvidenceView, LinkedEvidence, Page, PageAsked } from "./queries.ts";
import { incidentOf } from "./query-incidents.ts";
import type { ProjectionTables } from "./tables.ts";
import { wordsIn } from "./words.ts";

type ItemRow = ProjectionTables["evidence_item"];

const evidenceView = (row: ItemRow): EvidenceView => ({
  item: JSON.parse(row.body),
  marking: JSON.parse(row.marking),
  recordedAt: instant(row.recorded_ms),
  batch: { node: row.node, event: row.batch },
  version: 1,
});

export async function evidenceItemOf({ db, audiences }: Asking, id: string): Promise<EvidenceView | undefined> {
  if (audiences.length === 0) return undefined;
  const row = await db
    .selectFrom("evidence_item")
    .selectAll()
    .where("audience", "in", audiences)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && evidenceView(row);
}

/** Of a polygon, pages of its box looked through before a page is answered as it is. */
const MOST_LOOKS = 20;

export async function evidencePage(
  asked: Asking,
  filter: EvidenceFilter,
  { limit, cursor }: PageAsked,
): Promise<Page<EvidenceView>> {
  let from = cursorFrom(cursor);
  const words = wordsIn(filter.text);
  if (asked.audiences.length === 0 || (filter.text !== undefined && words.length === 0)) return { items: [] };
  const longestMs = await longestOf(asked);
  const [first, ...others] = words;
  const narrow = first === undefined ? await narrowing(asked, "evidence_item", filter, longestMs) : undefined;
  const fixed = [
    ...equal("form", filter.form, asked),
    ...equal("kind", filter.kind, asked),
    ...(filter.source === undefined
      ? []
      : [
          sql`${narrow === undefined && first === undefined ? sql.ref("source") : unled(asked, "source")} = ${filter.source}`,
        ]),
    ...placeConditions(filter.area),
    ...(narrow ?? []),
    ...others.map(hasWord),
  ];
  const items: EvidenceView[] = [];
  for (let look = 0; ; look++) {
    const rows = await rowsOf(
      asked,
      { first, fixed, filter, longestMs, isNarrow: narrow !== undefined },
      from,
      limit + 1,
    );
    for (const row of rows.slice(0, limit)) {
      from = { ms: row.start_ms, id: row.id };
      if (isWithin(filter.area, row)) items.push(evidenceView(row));
      if (items.length === limit) return { items, ...(row !== rows.at(-1) && { next: cursorOf(from) }) };
    }
    if (rows.length <= limit) return { items };
    if (look === MOST_LOOKS) return { items, ...(from && { next: cursorOf(from) }) };
  }
}

interface Looked {
  readonly first: string | undefined;
  readonly fixed: readonly Condition[];
  readonly filter: EvidenceFilter;
  readonly longestMs: number;
  readonly isNarrow: boolean;
}

async function rowsOf(
  { db, audiences }: Asking,
  { first, fixed, filter, longestMs, isNarrow }: Looked,
  from: ReturnType<typeof cursorFrom>,
  limit: number,
): Promise<readonly ItemRow[]> {
  const start: RawBuilder<unknown> = first === undefined ? sql.ref("start_ms") : sql.ref("evidence_word.start_ms");
  const source =
    first === undefined ? sql`evidence_item` : sql`evidence_word JOIN evidence_item USING (audience, id, start_ms)`;
  const ordered = first === undefined ? start : sql.ref("start_ms");
  const each = audiences.map((audience) => {
    const where = and([
      first === undefined ? sql`audience = ${audience}` : sql`evidence_word.audience = ${audience} AND word = ${first}`,
      ...fixed,
      ...timeConditions(filter, longestMs),
      ...(from === undefined ? [] : [sql`(${ordered}, id) < (${from.ms}, ${from.id})`]),
    ]);
    return sql`SELECT * FROM (SELECT ${COLUMNS} FROM ${source} WHERE ${where}
      ORDER BY ${isNarrow ? sql`start_ms + 0` : ordered} DESC, id DESC LIMIT ${limit}) AS one`;
  });
  const { rows } = await sql<ItemRow>`SELECT * FROM (${sql.join(each, sql` UNION ALL `)}) AS found
    ORDER BY start_ms DESC, id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

const COLUMNS = sql`id, audience, start_ms, node, batch, lat, lon, recorded_ms, marking, body`;

const equal = (column: string, value: string | undefined, asked: Asking): Condition[] =>
  value === undefined ? [] : [sql`${unled(asked, column)} = ${value}`];

const hasWord = (word: string): Condition => sql`EXISTS (SELECT 1 FROM evidence_word AS other
  WHERE other.audience = evidence_item.audience AND other.word = ${word}
  AND other.start_ms = evidence_item.start_ms AND other.id = evidence_item.id)`;

/** Values of one `IN`. */
const MANY = 500;

export async function evidenceOfIncident(
  asked: Asking,
  incident: string,
  { limit, cursor }: PageAsked,
): Promise<Page<LinkedEvidence>> {
  const from = cursorFrom(cursor);
  const view = await incidentOf(asked, incident);
  if (view === undefined) return { items: [] };
  const { links } = view.incident;
  const ids = [...links.keys()];
  const found: ItemRow[] = [];
  for (let at = 0; at < ids.length; at += MANY) {
    const rows = await asked.db
      .selectFrom("evidence_item")
      .selectAll()
      .where("audience", "in", asked.audiences)
      .where("id", "in", ids.slice(at, at + MANY))
      .execute();
    found.push(...rows);
  }
  const rest = found
    .sort((a, b) => b.start_ms - a.start_ms || (a.id > b.id ? -1 : 1))
    .filter(({ start_ms, id }) => from === undefined || start_ms < from.ms || (start_ms === from.ms && id < from.id));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...evidenceView(row), role: links.get(row.id)?.role ?? "context" })),
    ...(rest.length > limit && last !== undefined && { next: cursorOf({ ms: last.start_ms, id: last.id }) }),
  };
}

/** Of a place and hours that are full of it, the latest so many are looked at. */
const MOST_NEAR = 5000;
const KM_PER_DEG = 111;

export async function evidenceNear(
  asked: Asking,
  incident: string,
  { km, hours, limit }: { readonly km: number; readonly hours: number; readonly limit: number },
): Promise<readonly EvidenceView[]> {
  const view = await incidentOf(asked, incident);
  if (view === undefined) return [];
  const { where, when, links } = view.incident;
  const [south, north] = [where.latitudeDeg - km / KM_PER_DEG, where.latitudeDeg + km / KM_PER_DEG];
  const wide = km / (KM_PER_DEG * Math.max(0.05, Math.cos((where.latitudeDeg * Math.PI) / 180)));
  const area = {
    south: Math.max(-90, south),
    north: Math.min(90, north),
    west: wrapped(where.longitudeDeg - wide),
    east: wrapped(where.longitudeDeg + wide),
  };
  const span = {
    from: instant(when.start - hours * MS_PER_HOUR),
    to: instant(when.end + hours * MS_PER_HOUR),
  };
  const ranges = rangesIn(area);
  const conditions = [
    sql`audience IN (${list(asked.audiences)})`,
    ...timeConditions(span, await longestOf(asked)),
    ...placeConditions(area),
    ...(ranges === undefined ? [] : [cellCondition(ranges)]),
  ];
  const { rows } = await sql<ItemRow>`SELECT ${COLUMNS} FROM evidence_item WHERE ${and(conditions)}
    ORDER BY start_ms DESC, id DESC LIMIT ${MOST_NEAR}`.execute(asked.db);
  const apart = ({ item }: EvidenceView): number => Math.max(0, item.when.start - when.end, when.start - item.when.end);
  return rows
    .filter(({ id }) => !links.has(id))
    .map(evidenceView)
    .filter(({ item }) => distanceKm(item.where, where) <= km)
    .sort((a, b) => apart(a) - apart(b) || (a.item.id < b.item.id ? -1 : 1))
    .slice(0, limit);
}

const wrapped = (deg: number): number => ((((deg + 180) % 360) + 360) % 360) - 180;

export async function fileMarkingOf({ db, audiences }: Asking, hash: string): Promise<Marking | undefined> {
  if (audiences.length === 0) return undefined;
  const row = await db
    .selectFrom("evidence_file")
    .select("marking")
    .where("audience", "in", audiences)
    .where("hash", "=", hash)
    .orderBy("evidence")
    .executeTakeFirst();
  return row && (JSON.parse(row.marking) as Marking);
}
