/** Incidents as a nation has them: lists, one, counts. */
import { instant, MS_PER_DAY } from "@vedette/core/time/instant";
import { sql } from "kysely";
import {
  type Asking,
  and,
  type Condition,
  type Cursor,
  cursorFrom,
  cursorOf,
  isWithin,
  list,
  longestOf,
  narrowing,
  placeConditions,
  timeConditions,
  unled,
} from "./conditions.ts";
import { incidentFrom } from "./incident-json.ts";
import type { Counts, IncidentFilter, IncidentOrder, IncidentView, Page, PageAsked } from "./queries.ts";
import type { ProjectionTables } from "./tables.ts";
import { wordsIn } from "./words.ts";

export type IncidentRow = ProjectionTables["incident_view"];

export const incidentView = (row: IncidentRow): IncidentView => ({
  id: row.id,
  version: row.version,
  incident: incidentFrom(row.body),
  marking: JSON.parse(row.marking),
  changedAt: instant(row.changed_ms),
  witnesses: row.witnesses,
  ...(row.probability !== null && { probability01: row.probability }),
});

export async function incidentOf({ db, audiences }: Asking, id: string): Promise<IncidentView | undefined> {
  if (audiences.length === 0) return undefined;
  const row = await db
    .selectFrom("incident_view")
    .selectAll()
    .where("audience", "in", audiences)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && incidentView(row);
}

/** Lists that are walked side by side: one for each audience, and for each kind where few are asked for. */
const MOST_BRANCHES = 60;
/** Of a polygon, pages of its box looked through before a page is answered as it is. */
const MOST_LOOKS = 20;

export async function incidentPage(
  asked: Asking,
  filter: IncidentFilter,
  { limit, cursor, order = "changed" }: PageAsked & { readonly order?: IncidentOrder },
): Promise<Page<IncidentView>> {
  let from = cursorFrom(cursor);
  if (asked.audiences.length === 0) return { items: [] };
  const column = order === "changed" ? "changed_ms" : "start_ms";
  const plan = await planOf(asked, filter, column);
  const items: IncidentView[] = [];
  for (let look = 0; ; look++) {
    const rows = await plan(from, limit + 1);
    const whole = rows.length > limit;
    for (const row of rows.slice(0, limit)) {
      from = { ms: row[column], id: row.id };
      if (isWithin(filter.area, row)) items.push(incidentView(row));
      if (items.length === limit) return { items, ...(row !== rows.at(-1) && { next: cursorOf(from) }) };
    }
    if (!whole) return { items };
    if (look === MOST_LOOKS) return { items, ...(from && { next: cursorOf(from) }) };
  }
}

type Column = "changed_ms" | "start_ms";
type Plan = (from: Cursor | undefined, limit: number) => Promise<readonly IncidentRow[]>;

async function planOf(asked: Asking, filter: IncidentFilter, column: Column): Promise<Plan> {
  const longestMs = await longestOf(asked);
  const words = wordsIn(filter.text);
  if (filter.text !== undefined && words.length === 0) return async () => [];
  const [rarest, ...others] = await byRarity(asked, words);
  const narrow = rarest === undefined ? await narrowing(asked, "incident_view", filter, longestMs) : undefined;
  const own = rarest === undefined ? "incident_view" : "incident_word";
  const { branches, rest } = branchesOf(asked, filter, own, narrow !== undefined || rarest !== undefined);
  const fixed = [...rest, ...timeConditions(filter, longestMs), ...placeConditions(filter.area), ...(narrow ?? [])];
  const source = rarest === undefined ? sql`incident_view` : sql`incident_word JOIN incident_view USING (id, audience)`;
  const orderBy = sql.ref(rarest === undefined ? `incident_view.${column}` : `incident_word.${column}`);
  // Sorted after the look-up, where that is by a filter.
  const led = narrow === undefined ? orderBy : sql`${orderBy} + 0`;
  const qualified = rarest === undefined ? fixed : [...rest, ...qualifiedOf(filter, longestMs)];
  return async (from, limit) => {
    const after = from === undefined ? [] : [sql`(${orderBy}, id) < (${from.ms}, ${from.id})`];
    const each = branches.map((branch) => {
      const where = and([
        ...branch,
        ...(rarest === undefined ? [] : [sql`word = ${rarest}`]),
        ...others.map(hasOtherWord),
        ...qualified,
        ...after,
      ]);
      return sql`SELECT * FROM (SELECT id, audience, ${orderBy} AS place FROM ${source} WHERE ${where}
        ORDER BY ${led} DESC, id DESC LIMIT ${limit}) AS one`;
    });
    // Bodies of those alone that are answered.
    const { rows } = await sql<IncidentRow>`SELECT incident_view.* FROM (
        SELECT * FROM (${sql.join(each, sql` UNION ALL `)}) AS found ORDER BY place DESC, id DESC LIMIT ${limit}) AS page
      JOIN incident_view ON incident_view.id = page.id AND incident_view.audience = page.audience
      ORDER BY place DESC, page.id DESC`.execute(asked.db);
    return rows;
  };
}

/** Beside words both tables have a `start_ms`. */
const qualifiedOf = (filter: IncidentFilter, longestMs: number): Condition[] => [
  ...(filter.from === undefined
    ? []
    : [sql`end_ms > ${filter.from}`, sql`incident_word.start_ms > ${filter.from - longestMs - MS_PER_DAY}`]),
  ...(filter.to === undefined ? [] : [sql`incident_word.start_ms < ${filter.to}`]),
  ...placeConditions(filter.area),
];

const hasWord = (word: string): Condition => sql`EXISTS (SELECT 1 FROM incident_word AS other
  WHERE other.audience = incident_view.audience AND other.word = ${word}
  AND other.start_ms = incident_view.start_ms AND other.id = incident_view.id)`;

/** Asked of the first word's row, before that of the incident is looked up. */
const hasOtherWord = (word: string): Condition => sql`EXISTS (SELECT 1 FROM incident_word AS other
  WHERE other.audience = incident_word.audience AND other.word = ${word}
  AND other.start_ms = incident_word.start_ms AND other.id = incident_word.id)`;

function branchesOf(
  asked: Asking,
  { kinds, states }: IncidentFilter,
  table: "incident_view" | "incident_word",
  isNarrow: boolean,
): { readonly branches: readonly Condition[][]; readonly rest: readonly Condition[] } {
  const { audiences } = asked;
  const hasKinds = kinds !== undefined && !isNarrow && kinds.length * audiences.length <= MOST_BRANCHES;
  const hasStates = !hasKinds && states !== undefined && !isNarrow && states.length * audiences.length <= MOST_BRANCHES;
  const led = hasKinds
    ? [...new Set(kinds)].map((kind) => [sql`kind = ${kind}`])
    : hasStates
      ? [...new Set(states)].map((state) => [sql`state = ${state}`])
      : [[]];
  const owned =
    audiences.length <= MOST_BRANCHES
      ? audiences.map((audience) => sql`${sql.ref(`${table}.audience`)} = ${audience}`)
      : [sql`${sql.ref(`${table}.audience`)} IN (${list(audiences)})`];
  return {
    branches: owned.flatMap((own) => led.map((condition) => [own, ...condition])),
    rest: filterConditions(asked, {
      ...(hasKinds ? {} : kinds && { kinds }),
      ...(hasStates ? { states: [] } : states && { states }),
    }),
  };
}

/** By kind and state. `states: []`: said elsewhere. */
export function filterConditions(asked: Asking, { kinds, states }: IncidentFilter): Condition[] {
  const kindsIn =
    kinds === undefined ? [] : kinds.length === 0 ? [sql`1 = 0`] : [sql`${unled(asked, "kind")} IN (${list(kinds)})`];
  const state = unled(asked, "state");
  if (states === undefined) return [...kindsIn, sql`${state} <> 'merged'`];
  return states.length === 0 ? kindsIn : [...kindsIn, sql`${state} IN (${list(states)})`];
}

/** Counted no further than tells them apart. */
const ENOUGH = 10_000;

async function byRarity({ db, audiences }: Asking, words: readonly string[]): Promise<string[]> {
  if (words.length < 2) return [...words];
  const counted: { readonly word: string; readonly count: number }[] = [];
  for (const word of words) {
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM (SELECT 1 AS one FROM incident_word
      WHERE audience IN (${list(audiences)}) AND word = ${word} LIMIT ${ENOUGH}) AS few`.execute(db);
    counted.push({ word, count: Number(rows[0]?.count ?? 0) });
  }
  return counted.sort((a, b) => a.count - b.count).map(({ word }) => word);
}

/** All conditions of a filter, for what is counted and drawn. */
export async function conditionsOf(asked: Asking, filter: IncidentFilter): Promise<Condition[]> {
  const words = wordsIn(filter.text);
  return [
    sql`audience IN (${list(asked.audiences)})`,
    ...filterConditions(asked, filter),
    ...timeConditions(filter, await longestOf(asked)),
    ...placeConditions(filter.area),
    ...(filter.text !== undefined && words.length === 0 ? [sql`1 = 0`] : words.map(hasWord)),
  ];
}

interface Counted {
  readonly kind: string;
  readonly state: string;
  readonly count: number;
}

export async function incidentCounts(asked: Asking, filter: IncidentFilter): Promise<Counts> {
  if (asked.audiences.length === 0) return { total: 0, byState: {}, byKind: {} };
  const { area, from, to, text } = filter;
  const isPlain = area === undefined && from === undefined && to === undefined && text === undefined;
  const rows = isPlain ? await countedByCell(asked, filter) : await countedByRow(asked, filter);
  const [byState, byKind] = [new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  for (const { kind, state, count: counted } of rows) {
    const count = Number(counted);
    byState.set(state, (byState.get(state) ?? 0) + count);
    byKind.set(kind, (byKind.get(kind) ?? 0) + count);
    total += count;
  }
  const sorted = (map: ReadonlyMap<string, number>) =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { total, byState: sorted(byState), byKind: sorted(byKind) };
}

async function countedByCell(asked: Asking, filter: IncidentFilter): Promise<readonly Counted[]> {
  const where = and([sql`audience IN (${list(asked.audiences)})`, sql`res = 3`, ...filterConditions(asked, filter)]);
  const { rows } = await sql<Counted>`SELECT kind, state, sum(count) AS count FROM incident_cell WHERE ${where}
    GROUP BY kind, state`.execute(asked.db);
  return rows;
}

async function countedByRow(asked: Asking, filter: IncidentFilter): Promise<readonly Counted[]> {
  const where = and(await conditionsOf(asked, filter));
  if (filter.area === undefined || !("polygon" in filter.area)) {
    const { rows } = await sql<Counted>`SELECT kind, state, count(*) AS count FROM incident_view WHERE ${where}
      GROUP BY kind, state`.execute(asked.db);
    return rows;
  }
  const { rows } = await sql<Counted & { lat: number; lon: number }>`SELECT kind, state, lat, lon, 1 AS count
    FROM incident_view WHERE ${where}`.execute(asked.db);
  return rows.filter((row) => isWithin(filter.area, row));
}
