/** Filters as SQL: by audience first, then by place, time, and words; and which of them is looked up first. */
import type { Place } from "@vedette/core/geo/position";
import type { NationCode } from "@vedette/core/record/marking";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { ViewsDatabase } from "../store/views-writer.ts";
import { type Box, coverOf, isInBox, type Range } from "./cells.ts";
import { type Area, CursorError, type WhereWhen } from "./queries.ts";
import type { ProjectionTables } from "./tables.ts";

export type Db = Kysely<ProjectionTables>;
export type Condition = RawBuilder<unknown>;

/** Whose rows a nation reads. A test puts a wrong one in its place. */
export type AudiencesOf = (db: Db, nation: NationCode) => Promise<readonly number[]>;

export const audiencesOf: AudiencesOf = async (db, nation) => {
  const rows = await db.selectFrom("audience_nation").select("audience").where("nation", "=", nation).execute();
  return rows.map(({ audience }) => audience);
};

/** For one nation, on one connection. */
export interface Asking {
  readonly db: Db;
  readonly isSqlite: boolean;
  /** None: it was given nothing. */
  readonly audiences: readonly number[];
  /** So many are found and sorted faster than a long list is walked through. */
  readonly few: number;
}

export interface Views {
  readonly database: ViewsDatabase<ProjectionTables>;
  readonly audiencesOf: AudiencesOf;
  readonly few: number;
}

export const asking = <T>(views: Views, nation: NationCode, work: (asking: Asking) => Promise<T>): Promise<T> =>
  views.database.read(nation, async (db) =>
    work({
      db,
      isSqlite: views.database.kind === "sqlite",
      audiences: await views.audiencesOf(db, nation),
      few: views.few,
    }),
  );

export const and = (conditions: readonly Condition[]): Condition => sql.join([...conditions], sql` AND `);
export const list = (values: readonly (string | number)[]): Condition => sql.join(values.map((value) => sql`${value}`));

/** `+` keeps SQLite from the column's index; PostgreSQL knows by its statistics. */
export const unled = ({ isSqlite }: Pick<Asking, "isSqlite">, column: string): Condition =>
  isSqlite ? sql`+${sql.ref(column)}` : sql.ref(column);

const MS_PER_DAY = 86_400_000;

/** @param longestMs no span is longer: what ends after `from` began after it less this */
export function timeConditions({ from, to }: WhereWhen, longestMs: number): Condition[] {
  return [
    ...(from === undefined ? [] : [sql`end_ms > ${from}`, sql`start_ms > ${from - longestMs - MS_PER_DAY}`]),
    ...(to === undefined ? [] : [sql`start_ms < ${to}`]),
  ];
}

export function boxOf(area: Area): Box {
  if (!("polygon" in area)) return area;
  const [lats, lons] = [area.polygon.map((at) => at.latitudeDeg), area.polygon.map((at) => at.longitudeDeg)];
  return { west: Math.min(...lons), south: Math.min(...lats), east: Math.max(...lons), north: Math.max(...lats) };
}

export function placeConditions(area: Area | undefined): Condition[] {
  if (area === undefined) return [];
  const { west, south, east, north } = boxOf(area);
  const lon = west <= east ? sql`lon BETWEEN ${west} AND ${east}` : sql`(lon >= ${west} OR lon <= ${east})`;
  return [sql`lat BETWEEN ${south} AND ${north}`, lon];
}

/** What a box alone does not say. */
export function isWithin(
  area: Area | undefined,
  { lat, lon }: { readonly lat: number; readonly lon: number },
): boolean {
  if (area === undefined || !("polygon" in area)) return true;
  const at: Place = { latitudeDeg: lat, longitudeDeg: lon };
  if (!isInBox(at, boxOf(area))) return false;
  let isIn = false;
  for (const [i, a] of area.polygon.entries()) {
    const b = area.polygon.at(i - 1) as Place;
    if (a.latitudeDeg > lat === b.latitudeDeg > lat) continue;
    const share = (lat - a.latitudeDeg) / (b.latitudeDeg - a.latitudeDeg);
    if (lon < a.longitudeDeg + share * (b.longitudeDeg - a.longitudeDeg)) isIn = !isIn;
  }
  return isIn;
}

export const rangesIn = (area: Area | undefined): readonly Range[] | undefined =>
  area === undefined ? undefined : coverOf(boxOf(area))?.ranges;

export const cellCondition = (ranges: readonly Range[]): Condition =>
  sql`(${sql.join(
    ranges.map(([first, last]) => sql`cell BETWEEN ${first} AND ${last}`),
    sql` OR `,
  )})`;

/** How many rows of one audience's index fit, counted no further than matters. */
async function isFew(
  { db, audiences, few }: Asking,
  table: string,
  conditions: readonly Condition[],
): Promise<boolean> {
  let count = 0;
  for (const audience of audiences) {
    const where = and([sql`audience = ${audience}`, ...conditions]);
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM
      (SELECT 1 AS one FROM ${sql.table(table)} WHERE ${where} LIMIT ${few + 1}) AS few`.execute(db);
    count += Number(rows[0]?.count ?? 0);
    if (count > few) return false;
  }
  return true;
}

/**
 * Which filter leaves so few that they are looked up by it and then sorted; none: the list is walked in its order.
 * @returns conditions that lead to the index
 */
export async function narrowing(
  asked: Asking,
  table: string,
  { area, ...when }: WhereWhen,
  longestMs: number,
): Promise<readonly Condition[] | undefined> {
  const ranges = rangesIn(area);
  const cells = ranges === undefined ? undefined : [cellCondition(ranges)];
  if (cells !== undefined && (await isFew(asked, table, [...cells, ...placeConditions(area)]))) return cells;
  const times = timeConditions(when, longestMs).slice(-2);
  if (when.from === undefined) return undefined;
  return (await isFew(asked, table, times)) ? [] : undefined;
}

export interface Cursor {
  readonly ms: number;
  readonly id: string;
}

export const cursorOf = ({ ms, id }: Cursor): string => Buffer.from(JSON.stringify([ms, id])).toString("base64url");

/** @throws CursorError */
export function cursorFrom(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  try {
    const [ms, id] = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown[];
    if (Number.isSafeInteger(ms) && typeof id === "string") return { ms: ms as number, id };
  } catch {
    // Falls through: whatever it is, it is none of ours.
  }
  throw new CursorError("the cursor is none that this list gave");
}

export const longestOf = async ({ db }: Asking): Promise<number> =>
  (await db.selectFrom("projection").select("longest_ms").executeTakeFirst())?.longest_ms ?? 0;
