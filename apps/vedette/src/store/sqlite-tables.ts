/** The log's tables on SQLite; files of evidence lie beside it. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { canonicalJson, type Hash, type Json } from "@vedette/core/record/hash";
import type { Head } from "@vedette/core/record/head";
import type { FileShelf } from "./file-shelf.ts";
import type { BlankMember, EventRow, NewMember } from "./shelf.ts";
import type { Row, Sql, Value } from "./sql.ts";
import { POSITIONS, positionOf, SqlTables } from "./sql-tables.ts";
import { withWords } from "./sqlite-words.ts";

/** One connection, with its statements. */
export class SqliteSql implements Sql {
  readonly kind = "sqlite";
  readonly place: string;
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, place: string) {
    this.database = database;
    this.place = place;
  }

  async all(text: string, ...values: readonly Value[]): Promise<readonly Row[]> {
    return withWords(this.place, () => this.statement(text).all(...values));
  }

  exec(text: string): void {
    withWords(this.place, () => this.database.exec(text));
  }

  statement(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = this.database.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }
}

export class SqliteTables extends SqlTables {
  readonly #sqlite: SqliteSql;
  readonly #files: FileShelf;
  /** Written by this write: gone again where it is undone. */
  readonly newFiles: Hash[] = [];
  /** To be removed when the write stands. */
  readonly oldFiles: Hash[] = [];

  constructor(sql: SqliteSql, files: FileShelf) {
    super(sql);
    this.#sqlite = sql;
    this.#files = files;
  }

  override async sequencesOfKeys(chain: string, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const id = await this.idOf(chain);
    const found = new Map<string, number>();
    withWords(this.sql.place, () => {
      const member = this.#sqlite.statement(
        `SELECT row / ${POSITIONS} AS event FROM member WHERE key = ? AND chain = ?`,
      );
      const event = this.#sqlite.statement("SELECT sequence FROM event WHERE row = ?");
      for (const key of keys) {
        const row = member.get(key, id);
        if (row !== undefined) found.set(key, Number(event.get(Number(row["event"]))?.["sequence"]));
      }
    });
    return found;
  }

  override async putEvents(chain: string, rows: readonly EventRow[]): Promise<void> {
    const id = await this.idOf(chain);
    const text = "INSERT INTO event (chain, sequence, id, type, header, body, salt) VALUES (?, ?, ?, ?, ?, ?, ?)";
    withWords(this.sql.place, () => {
      const insert = this.#sqlite.statement(text);
      for (const { header, body, salt } of rows) {
        const { sequence, id: name, type } = header;
        const json = canonicalJson(header as unknown as Json);
        insert.run(id, sequence, name, type, json, body ?? null, salt ?? null);
      }
    });
  }

  override async putMembers(chain: string, rows: readonly NewMember[]): Promise<void> {
    const id = await this.idOf(chain);
    const text = "INSERT INTO member (row, chain, key, value, salt, leaf) VALUES (?, ?, ?, ?, ?, ?)";
    for (const [sequence, members] of Map.groupBy(rows, (row) => row.sequence)) {
      const row = (await this.rowOf(chain, sequence)) * POSITIONS;
      withWords(this.sql.place, () => {
        const insert = this.#sqlite.statement(text);
        for (const { position, key, value, salt, leaf } of members)
          insert.run(row + positionOf(position), id, key, value ?? null, salt ?? null, leaf ?? null);
      });
    }
  }

  override async putHeads(chain: string, heads: readonly Head[]): Promise<void> {
    const id = await this.idOf(chain);
    withWords(this.sql.place, () => {
      const text = "INSERT INTO head (chain, sequence, head) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
      const insert = this.#sqlite.statement(text);
      for (const head of heads) insert.run(id, head.sequence, canonicalJson(head as unknown as Json));
    });
  }

  override async blankMembers(chain: string, sequence: number, rows: readonly BlankMember[]): Promise<void> {
    const row = (await this.rowOf(chain, sequence)) * POSITIONS;
    withWords(this.sql.place, () => {
      const update = this.#sqlite.statement("UPDATE member SET value = NULL, salt = NULL, leaf = ? WHERE row = ?");
      for (const { position, leaf } of rows) update.run(leaf, row + position);
    });
  }

  override async file(hash: Hash): Promise<Uint8Array | undefined> {
    return this.oldFiles.includes(hash) ? undefined : this.#files.read(hash);
  }

  override async files(): Promise<readonly Hash[]> {
    return this.#files.all().filter((hash) => !this.oldFiles.includes(hash));
  }

  override async putFile(hash: Hash, bytes: Uint8Array): Promise<void> {
    const at = this.oldFiles.indexOf(hash);
    if (at >= 0) this.oldFiles.splice(at, 1);
    if (this.#files.put(hash, bytes)) this.newFiles.push(hash);
  }

  override async removeFile(hash: Hash): Promise<void> {
    this.oldFiles.push(hash);
  }
}
