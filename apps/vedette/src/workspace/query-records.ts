/** Agreements, clocks, notices, the log's entries and what changed, as a nation is given them. */
import { instant } from "@vedette/core/time/instant";
import { sql } from "kysely";
import { type Asking, and, cursorFrom, cursorOf, list } from "./conditions.ts";
import type { AgreementView, Change, LogEntry, LogFilter, Page, PageAsked } from "./queries.ts";
import type { ProjectionTables } from "./tables.ts";

type RecordRow = ProjectionTables["record_view"];

export async function agreementsOf({ db, audiences }: Asking): Promise<readonly AgreementView[]> {
  if (audiences.length === 0) return [];
  const rows = await db
    .selectFrom("record_view")
    .selectAll()
    .where("object", "=", "agreement")
    .where("audience", "in", audiences)
    .orderBy("changed_ms")
    .orderBy("id")
    .execute();
  // Adopted again with other readers, it is the same.
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap(([row]) =>
    row === undefined ? [] : [{ ...JSON.parse(row.body), marking: JSON.parse(row.marking) }],
  );
}

export async function recordPage<T>(
  { db, audiences }: Asking,
  object: "clock" | "notice",
  incident: string | undefined,
  { limit, cursor }: PageAsked,
  viewOf: (row: RecordRow) => T,
): Promise<Page<T>> {
  const from = cursorFrom(cursor);
  if (audiences.length === 0) return { items: [] };
  const where = and([
    sql`object = ${object}`,
    sql`audience IN (${list(audiences)})`,
    ...(incident === undefined ? [] : [sql`incident = ${incident}`]),
    ...(from === undefined ? [] : [sql`(changed_ms, id) < (${from.ms}, ${from.id})`]),
  ]);
  const { rows } = await sql<RecordRow>`SELECT * FROM record_view WHERE ${where}
    ORDER BY changed_ms DESC, id DESC LIMIT ${limit + 1}`.execute(db);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(viewOf),
    ...(rows.length > limit && last && { next: cursorOf({ ms: last.changed_ms, id: last.id }) }),
  };
}

export async function recordOne<T>(
  { db, audiences }: Asking,
  object: "clock" | "notice",
  id: string,
  viewOf: (row: RecordRow) => T,
): Promise<T | undefined> {
  if (audiences.length === 0) return undefined;
  const row = await db
    .selectFrom("record_view")
    .selectAll()
    .where("object", "=", object)
    .where("id", "=", id)
    .where("audience", "in", audiences)
    .executeTakeFirst();
  return row && viewOf(row);
}

export async function logPage(
  { db, audiences }: Asking,
  { type, from, to }: LogFilter,
  { limit, cursor }: PageAsked,
): Promise<Page<LogEntry>> {
  const after = cursorFrom(cursor);
  if (audiences.length === 0) return { items: [] };
  const each = audiences.map((audience) => {
    const where = and([
      sql`audience = ${audience}`,
      ...(type === undefined ? [] : [sql`type = ${type}`]),
      ...(from === undefined ? [] : [sql`recorded_ms >= ${from}`]),
      ...(to === undefined ? [] : [sql`recorded_ms < ${to}`]),
      ...(after === undefined ? [] : [sql`(recorded_ms, event) < (${after.ms}, ${after.id})`]),
    ]);
    return sql`SELECT * FROM (SELECT * FROM log_entry WHERE ${where}
      ORDER BY recorded_ms DESC, event DESC LIMIT ${limit + 1}) AS one`;
  });
  const { rows } = await sql<ProjectionTables["log_entry"]>`SELECT * FROM (${sql.join(each, sql` UNION ALL `)}) AS found
    ORDER BY recorded_ms DESC, event DESC LIMIT ${limit + 1}`.execute(db);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => ({
      event: row.event,
      type: row.type,
      at: { start: instant(row.at_start), end: instant(row.at_end) },
      recordedAt: instant(row.recorded_ms),
      actor: row.actor,
      marking: JSON.parse(row.marking),
      commitment: row.commitment,
    })),
    ...(rows.length > limit && last && { next: cursorOf({ ms: last.recorded_ms, id: last.event }) }),
  };
}

export async function changesOf(
  { db, audiences }: Asking,
  position: number,
  limit: number,
): Promise<readonly Change[]> {
  if (audiences.length === 0) return [];
  const each = audiences.map(
    (audience) => sql`SELECT * FROM (SELECT position, type, object, version FROM change
      WHERE audience = ${audience} AND position > ${position} ORDER BY position LIMIT ${limit}) AS one`,
  );
  const { rows } = await sql<Change>`SELECT * FROM (${sql.join(each, sql` UNION ALL `)}) AS found
    ORDER BY position LIMIT ${limit}`.execute(db);
  return rows.map(({ position: at, type, object, version }) => ({ position: at, type, object, version }));
}
