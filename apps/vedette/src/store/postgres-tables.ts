/** The log's tables on PostgreSQL; files of evidence lie in it too, in parts. */
import { canonicalJson, type Hash, type Json, sha256Of } from "@vedette/core/record/hash";
import type { Head } from "@vedette/core/record/head";
import type { ClientBase, Pool } from "pg";
import { InputError } from "../problem.ts";
import { withPostgresWords } from "./postgres-words.ts";
import type { BlankMember, EventRow, NewMember } from "./shelf.ts";
import type { Row, Sql, Value } from "./sql.ts";
import { POSITIONS, positionOf, SqlTables } from "./sql-tables.ts";

/** What a value of one statement may be: arrays go in by `unnest`. */
type Parameter = Value | readonly (string | number | null)[];

/** By text: a connection prepares each once, under its name. */
const STATEMENTS = new Map<string, { readonly name: string; readonly text: string }>();

function statementOf(text: string): { readonly name: string; readonly text: string } {
  const known = STATEMENTS.get(text);
  if (known !== undefined) return known;
  let count = 0;
  const statement = { name: `vedette-${STATEMENTS.size}`, text: text.replaceAll("?", () => `$${++count}`) };
  STATEMENTS.set(text, statement);
  return statement;
}

export class PostgresSql implements Sql {
  readonly kind = "postgres";
  readonly place: string;
  readonly #client: Pool | ClientBase;

  constructor(client: Pool | ClientBase, place: string) {
    this.#client = client;
    this.place = place;
  }

  all(text: string, ...values: readonly Value[]): Promise<readonly Row[]> {
    return this.query(text, values);
  }

  query(text: string, values: readonly Parameter[]): Promise<readonly Row[]> {
    const statement = statementOf(text);
    return withPostgresWords(this.place, async () => {
      const { rows } = await this.#client.query({ ...statement, values: [...values] });
      return rows as readonly Row[];
    });
  }
}

const PART_BYTES = 1 << 20;
/** Rows of one statement: its text is held whole, here and there. */
const ROWS = 5000;

export class PostgresTables extends SqlTables {
  readonly #postgres: PostgresSql;

  constructor(sql: PostgresSql) {
    super(sql);
    this.#postgres = sql;
  }

  override async sequencesOfKeys(chain: string, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    if (keys.length === 0) return found;
    const text = `SELECT member.key, event.sequence FROM member JOIN event ON event.row = member.row / ${POSITIONS}
      WHERE member.chain = ? AND member.key = ANY (?::text[])`;
    const rows = await this.#postgres.query(text, [await this.idOf(chain), keys]);
    for (const { key, sequence } of rows) found.set(String(key), Number(sequence));
    return found;
  }

  override async putEvents(chain: string, rows: readonly EventRow[]): Promise<void> {
    const id = await this.idOf(chain);
    const text = `INSERT INTO event (chain, sequence, id, type, header, body, salt)
      SELECT ?::integer, sequence, id, type, header, body, decode(salt, 'hex')
      FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
        AS new (sequence, id, type, header, body, salt)`;
    for (let at = 0; at < rows.length; at += ROWS) {
      const part = rows.slice(at, at + ROWS);
      await this.#postgres.query(text, [
        id,
        part.map(({ header }) => header.sequence),
        part.map(({ header }) => header.id),
        part.map(({ header }) => header.type),
        part.map(({ header }) => canonicalJson(header as unknown as Json)),
        part.map(({ body }) => body ?? null),
        part.map(({ salt }) => hexOf(salt)),
      ]);
    }
  }

  override async putMembers(chain: string, rows: readonly NewMember[]): Promise<void> {
    const id = await this.idOf(chain);
    const text = `INSERT INTO member (row, chain, key, value, salt, leaf)
      SELECT event.row * ${POSITIONS} + position, event.chain, key, value, decode(new.salt, 'hex'), decode(leaf, 'hex')
      FROM unnest(?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[])
        AS new (sequence, position, key, value, salt, leaf)
      JOIN event ON event.chain = ? AND event.sequence = new.sequence`;
    for (let at = 0; at < rows.length; at += ROWS) {
      const part = rows.slice(at, at + ROWS);
      await this.#postgres.query(text, [
        part.map(({ sequence }) => sequence),
        part.map(({ position }) => positionOf(position)),
        part.map(({ key }) => key),
        part.map(({ value }) => value ?? null),
        part.map(({ salt }) => hexOf(salt)),
        part.map(({ leaf }) => hexOf(leaf)),
        id,
      ]);
    }
  }

  override async putHeads(chain: string, heads: readonly Head[]): Promise<void> {
    const text = `INSERT INTO head (chain, sequence, head)
      SELECT ?::integer, sequence, head FROM unnest(?::bigint[], ?::text[]) AS new (sequence, head) ON CONFLICT DO NOTHING`;
    const id = await this.idOf(chain);
    const texts = heads.map((head) => canonicalJson(head as unknown as Json));
    await this.#postgres.query(text, [id, heads.map(({ sequence }) => sequence), texts]);
  }

  override async blankMembers(chain: string, sequence: number, rows: readonly BlankMember[]): Promise<void> {
    const text = `UPDATE member SET value = NULL, salt = NULL, leaf = decode(blank.leaf, 'hex')
      FROM unnest(?::bigint[], ?::text[]) AS blank (row, leaf) WHERE member.row = blank.row`;
    const row = (await this.rowOf(chain, sequence)) * POSITIONS;
    await this.#postgres.query(text, [rows.map(({ position }) => row + position), rows.map(({ leaf }) => hexOf(leaf))]);
  }

  /** @throws InputError where the file is no longer what it was */
  override async file(hash: Hash): Promise<Uint8Array | undefined> {
    const rows = await this.#postgres.all("SELECT bytes FROM file WHERE hash = ?", hash);
    if (rows.length === 0) return undefined;
    const parts: Uint8Array[] = [];
    for (;;) {
      const text = "SELECT data FROM file_part WHERE hash = ? AND part = ?";
      const [part] = await this.#postgres.all(text, hash, parts.length);
      if (part === undefined) break;
      parts.push(part["data"] as Uint8Array);
    }
    const bytes = Buffer.concat(parts);
    // Erased between two of its parts.
    if ((await this.#postgres.all("SELECT bytes FROM file WHERE hash = ?", hash)).length === 0) return undefined;
    if (sha256Of(bytes) === hash) return bytes;
    throw new InputError([{ file: this.sql.place, message: `altered: the bytes of file ${hash} have another hash` }]);
  }

  override async files(): Promise<readonly Hash[]> {
    return (await this.#postgres.all("SELECT hash FROM file ORDER BY hash")).map(({ hash }) => String(hash));
  }

  override async putFile(hash: Hash, bytes: Uint8Array): Promise<void> {
    const text = "INSERT INTO file (hash, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING hash";
    if ((await this.#postgres.all(text, hash, bytes.length)).length === 0) return;
    for (let part = 0; part * PART_BYTES < bytes.length; part++) {
      const data = Buffer.from(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
      await this.#postgres.all("INSERT INTO file_part (hash, part, data) VALUES (?, ?, ?)", hash, part, data);
    }
  }

  override async removeFile(hash: Hash): Promise<void> {
    await this.#postgres.all("DELETE FROM file WHERE hash = ?", hash);
  }
}

const hexOf = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
