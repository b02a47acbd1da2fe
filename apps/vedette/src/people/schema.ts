/** The tables of people, and how a database comes to have them: the same on SQLite and PostgreSQL. */
import { type Kysely, sql } from "kysely";
import { InputError } from "../problem.ts";
import type { PeopleTables } from "./tables.ts";

/** Step n brings a database from version n to n + 1. Never edited once shipped: a new step follows. */
const STEPS: readonly (readonly string[])[] = [
  [
    "CREATE TABLE server (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    `CREATE TABLE person (
      id TEXT PRIMARY KEY, login TEXT UNIQUE, name TEXT NOT NULL, nation TEXT NOT NULL, made_ms BIGINT NOT NULL,
      disabled_ms BIGINT, erased_ms BIGINT)`,
    `CREATE TABLE membership (
      workspace TEXT NOT NULL, person TEXT NOT NULL REFERENCES person, role TEXT NOT NULL,
      PRIMARY KEY (person, workspace, role))`,
    "CREATE INDEX membership_workspace ON membership (workspace, role)",
    "CREATE TABLE password (person TEXT PRIMARY KEY REFERENCES person, hash TEXT NOT NULL, changed_ms BIGINT NOT NULL)",
    `CREATE TABLE passkey (
      id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person, public_key TEXT NOT NULL, counter BIGINT NOT NULL,
      transports TEXT NOT NULL, name TEXT NOT NULL, made_ms BIGINT NOT NULL, used_ms BIGINT)`,
    "CREATE INDEX passkey_person ON passkey (person)",
    `CREATE TABLE identity (
      issuer TEXT NOT NULL, subject TEXT NOT NULL, person TEXT NOT NULL REFERENCES person, PRIMARY KEY (issuer, subject))`,
    "CREATE INDEX identity_person ON identity (person)",
    `CREATE TABLE session (
      hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL REFERENCES person, method TEXT NOT NULL,
      made_ms BIGINT NOT NULL, seen_ms BIGINT NOT NULL, until_ms BIGINT NOT NULL, revoked_ms BIGINT)`,
    "CREATE INDEX session_person ON session (person)",
    `CREATE TABLE token (
      hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL REFERENCES person, name TEXT NOT NULL,
      scope TEXT NOT NULL, made_ms BIGINT NOT NULL, until_ms BIGINT NOT NULL, used_ms BIGINT, revoked_ms BIGINT)`,
    "CREATE INDEX token_person ON token (person)",
    `CREATE TABLE invitation (
      hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL REFERENCES person, made_ms BIGINT NOT NULL,
      until_ms BIGINT NOT NULL, used_ms BIGINT)`,
    "CREATE INDEX invitation_person ON invitation (person)",
    `CREATE TABLE attempt (
      key TEXT PRIMARY KEY, failed INTEGER NOT NULL, since_ms BIGINT NOT NULL, locked_until_ms BIGINT NOT NULL)`,
    `CREATE TABLE ceremony (
      hash TEXT PRIMARY KEY, kind TEXT NOT NULL, person TEXT REFERENCES person, detail TEXT NOT NULL,
      until_ms BIGINT NOT NULL)`,
    `CREATE TABLE proposal (
      id TEXT PRIMARY KEY, asked_by TEXT NOT NULL REFERENCES person, asked_ms BIGINT NOT NULL, change TEXT NOT NULL,
      confirmed_by TEXT REFERENCES person, done_ms BIGINT)`,
  ],
];

const VERSION = "version";
/** Names the lock under which a schema of PostgreSQL is changed. */
const LOCK = 0x56445045;

/**
 * @param schema of PostgreSQL; none: SQLite
 * @throws InputError where a later version wrote it; it is then left as it was
 */
export async function migratePeople(people: Kysely<PeopleTables>, place: string, schema?: string): Promise<void> {
  await people.transaction().execute(async (within) => {
    if (schema !== undefined) {
      await sql`SELECT pg_advisory_xact_lock(${sql.lit(LOCK)}, hashtext(${schema}))`.execute(within);
      await sql`CREATE SCHEMA IF NOT EXISTS ${sql.id(schema)}`.execute(within);
    }
    const version = await versionOf(within, schema);
    if (version > STEPS.length) {
      const message = `a newer vedette wrote it (version ${version}; this one knows up to ${STEPS.length}): left as it is`;
      throw new InputError([{ file: place, message }]);
    }
    if (version === STEPS.length) return;
    for (const text of STEPS.slice(version).flat()) await sql.raw(text).execute(within);
    await within
      .insertInto("server")
      .values({ key: VERSION, value: String(STEPS.length) })
      .onConflict((found) => found.column("key").doUpdateSet({ value: String(STEPS.length) }))
      .execute();
  });
}

async function versionOf(within: Kysely<PeopleTables>, schema?: string): Promise<number> {
  const found =
    schema === undefined
      ? sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'server'`
      : sql`SELECT table_name FROM information_schema.tables WHERE table_schema = ${schema} AND table_name = 'server'`;
  if ((await found.execute(within)).rows.length === 0) return 0;
  const row = await within.selectFrom("server").select("value").where("key", "=", VERSION).executeTakeFirst();
  return Number(row?.value ?? 0);
}
