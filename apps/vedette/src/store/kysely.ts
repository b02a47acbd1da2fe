/** Databases as Kysely wants them: SQLite by Node's own driver, PostgreSQL by a pool on one schema. */
import { chmodSync, closeSync, openSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { type Dialect, PostgresDialect, SqliteDialect } from "kysely";
import pg from "pg";

const BUSY_MS = 10_000;
const CONNECT_MS = 10_000;
const INT8 = 20;

/** @param file made where it is not there, for its owner's eyes only; `:memory:` for tests */
export function sqliteDialect(file: string): Dialect {
  if (file !== ":memory:") {
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
  }
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF`);
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(text) {
        const statement = database.prepare(text);
        const valuesOf = (values: readonly unknown[]) => values as readonly SQLInputValue[];
        return {
          reader: statement.columns().length > 0,
          all: (values) => statement.all(...valuesOf(values)),
          run: (values) => statement.run(...valuesOf(values)),
          iterate: (values) => statement.iterate(...valuesOf(values)),
        };
      },
    },
  });
}

/** @param schema where the tables lie; made by who migrates */
export function postgresDialect(url: string, schema: string, connections = 8): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "vedette",
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    max: connections,
    options: `-c search_path=${schema}`,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format as "text"),
    },
  });
  // One that was cut while it was idle: the next is made anew.
  pool.on("error", () => {});
  return new PostgresDialect({ pool });
}
