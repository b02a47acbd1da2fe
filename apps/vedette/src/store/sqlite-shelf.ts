/** A log on SQLite: WAL, every commit on disk before it is acknowledged; read on a connection of its own. */
import type { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type { FileShelf } from "./file-shelf.ts";
import type { Changes, Rows, Shelf } from "./shelf.ts";
import { BUSY_MS, openReader } from "./sqlite-schema.ts";
import { SqliteSql, SqliteTables } from "./sqlite-tables.ts";
import { inWords } from "./sqlite-words.ts";
import { Turns } from "./turns.ts";

const BUSY = 5;
/** Between two looks at whether another process has finished writing. */
const MOST_WAIT_MS = 10;

export class SqliteShelf implements Shelf {
  readonly rows: Rows;
  readonly #file: string;
  readonly #writer: SqliteSql;
  readonly #reader: SqliteSql;
  readonly #files: FileShelf;
  readonly #turns = new Turns();

  /** @param database closed with the shelf */
  constructor(database: DatabaseSync, file: string, files: FileShelf) {
    this.#file = file;
    this.#files = files;
    this.#writer = new SqliteSql(database, file);
    this.#reader = new SqliteSql(openReader(file), file);
    this.rows = new SqliteTables(this.#reader, files);
  }

  write<T>(work: (to: Changes) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      await this.#begin();
      // A new one for each write: what it learns of chains and events may be undone.
      const tables = new SqliteTables(this.#writer, this.#files);
      try {
        const done = await work(tables);
        this.#writer.exec("COMMIT");
        for (const hash of tables.oldFiles) this.#files.remove(hash);
        return done;
      } catch (error) {
        for (const hash of tables.newFiles) this.#files.remove(hash);
        if (this.#writer.database.isTransaction) this.#writer.database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /** Waits for another process without holding up this one. */
  async #begin(): Promise<void> {
    const until = Date.now() + BUSY_MS;
    this.#writer.database.exec("PRAGMA busy_timeout = 0");
    for (let waitMs = 1; ; waitMs = Math.min(waitMs + 1, MOST_WAIT_MS)) {
      try {
        this.#writer.database.exec("BEGIN IMMEDIATE");
        return;
      } catch (error) {
        if (!isBusy(error) || Date.now() >= until) throw inWords(this.#file, error);
      }
      await sleep(waitMs);
    }
  }

  async snapshot<T>(read: (from: Rows) => Promise<T>): Promise<T> {
    const sql = new SqliteSql(openReader(this.#file), this.#file);
    try {
      sql.exec("BEGIN");
      const rows = new SqliteTables(sql, this.#files);
      // The moment is that of the first look.
      await rows.chains();
      return await read(rows);
    } finally {
      sql.close();
    }
  }

  /** Freed bytes are zeroed (secure_delete); the write-ahead log, which still has them, is emptied. */
  scrub(): Promise<void> {
    return this.#turns.take(async () =>
      this.#writer.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA wal_checkpoint(TRUNCATE)`),
    );
  }

  /** All of it as a database of its own, whatever is written meanwhile. */
  copyInto(file: string): void {
    const sql = new SqliteSql(openReader(this.#file), this.#file);
    try {
      sql.exec(`VACUUM INTO '${file.replaceAll("'", "''")}'`);
    } finally {
      sql.close();
    }
  }

  close(): Promise<void> {
    return this.#turns.take(async () => {
      this.#reader.close();
      this.#writer.close();
    });
  }
}

const isBusy = (error: unknown): boolean => ((error as { readonly errcode?: number }).errcode ?? 0) % 256 === BUSY;
