/** Projections on SQLite: a file beside the log, so that who projects never keeps who appends waiting. */
import { DatabaseSync } from "node:sqlite";
import { queriesOver } from "./queries.ts";
import type { Value } from "./sql.ts";
import { BUSY_MS } from "./sqlite-schema.ts";
import { SqliteSql } from "./sqlite-tables.ts";
import { withWords } from "./sqlite-words.ts";
import { Turns } from "./turns.ts";
import {
  type AnyWriter,
  orAdd,
  orReplace,
  type ViewsDatabase,
  type ViewsSchema,
  type ViewsWriter,
} from "./views-writer.ts";

/** @param file or `:memory:` */
export async function sqliteViews<Tables>(file: string, schema: ViewsSchema): Promise<ViewsDatabase<Tables>> {
  const writer = new SqliteSql(connected(file), file);
  migrate(writer, schema);
  const reader = file === ":memory:" ? writer : new SqliteSql(connected(file, true), file);
  const [reading, db] = await Promise.all([queriesOver<Tables>(reader), queriesOver<Tables>(writer)]);
  const turns = new Turns();
  return {
    kind: "sqlite",
    read: async (_, work) => {
      // One connection alone: what is being written is not seen half done.
      if (reader === writer) await turns.settled();
      return work(reading);
    },
    write: (work) =>
      turns.take(async () => {
        writer.exec("BEGIN IMMEDIATE");
        try {
          const done = await work({ db, ...writing(writer) } as unknown as ViewsWriter<Tables>);
          writer.exec("COMMIT");
          return done;
        } catch (error) {
          if (writer.database.isTransaction) writer.database.exec("ROLLBACK");
          throw error;
        }
      }),
    close: () =>
      turns.take(async () => {
        if (reader !== writer) reader.close();
        writer.close();
      }),
  };
}

const connected = (file: string, readOnly = false): DatabaseSync =>
  withWords(file, () => {
    const database = new DatabaseSync(file, { timeout: BUSY_MS, readOnly });
    database.exec("PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824");
    if (readOnly) return database;
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;
      PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 67108864`);
    return database;
  });

function migrate(sql: SqliteSql, { version, sqlite, tables }: ViewsSchema): void {
  withWords(sql.place, () => {
    sql.exec("BEGIN IMMEDIATE");
    const found = Number(sql.database.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (found !== version) {
      for (const table of tables) sql.exec(`DROP TABLE IF EXISTS ${table}`);
      for (const text of sqlite) sql.exec(text);
      sql.exec(`PRAGMA user_version = ${version}`);
    }
    sql.exec("COMMIT");
  });
}

function writing(sql: SqliteSql): AnyWriter {
  const run = (
    textOf: (columns: readonly string[]) => string,
    rows: readonly object[],
    of?: readonly string[],
  ): void => {
    const [first] = rows;
    if (first === undefined) return;
    const columns = of ?? Object.keys(first);
    const statement = sql.statement(textOf(columns));
    withWords(sql.place, () => {
      for (const row of rows as readonly Readonly<Record<string, Value>>[])
        statement.run(...columns.map((column) => row[column] ?? null));
    });
  };
  const into = (table: string, columns: readonly string[]): string =>
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
  return {
    put: async (table, key, rows) => run((columns) => `${into(table, columns)} ${orReplace(key, columns)}`, rows),
    add: async (table, key, column, rows) =>
      run((columns) => `${into(table, columns)} ${orAdd(table, key, column)}`, rows),
    remove: async (table, key, rows) =>
      run(() => `DELETE FROM ${table} WHERE ${key.map((column) => `${column} = ?`).join(" AND ")}`, rows, key),
  };
}
