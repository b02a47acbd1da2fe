/** A log on SQLite: WAL, every commit on disk before it is acknowledged. */
import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import type { EventHeader } from "@vedette/core/record/event";
import type { Hash, Json } from "@vedette/core/record/hash";
import { canonicalJson } from "@vedette/core/record/hash";
import type { Head } from "@vedette/core/record/head";
import { type Instant, instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import { FileShelf } from "./file-shelf.ts";
import type { ChainRow, EventRow, MemberRow, RowRange, Shelf } from "./shelf.ts";
import { withWords } from "./sqlite-words.ts";

type Row = Record<string, SQLOutputValue>;
/** Whole numbers stay exact in JavaScript for 500 million events of 16 million members each. */
const POSITIONS = 2 ** 24;
const MEMBER = `row % ${POSITIONS} AS position, key, value, salt, leaf`;
const EVENT = "sequence, id, type, header, body, salt";

export class SqliteShelf implements Shelf {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #files: FileShelf;
  readonly #statements = new Map<string, StatementSync>();
  readonly #chainIds = new Map<string, number>();
  /** Of the event whose members were last asked for. */
  #lastRow: { readonly chain: string; readonly sequence: number; readonly row: number } | undefined;

  constructor(database: DatabaseSync, file: string, filesFolder: string) {
    this.#database = database;
    this.#file = file;
    this.#files = new FileShelf(filesFolder);
  }

  write<T>(work: () => T): T {
    this.#exec("BEGIN IMMEDIATE");
    try {
      const done = work();
      this.#exec("COMMIT");
      return done;
    } catch (error) {
      // What was learnt of chains inside may be undone with the rest.
      this.#chainIds.clear();
      this.#lastRow = undefined;
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  chains(): readonly ChainRow[] {
    return this.#all("SELECT node, public_key, is_own FROM chain ORDER BY id").map((row) => ({
      node: String(row["node"]),
      publicKey: String(row["public_key"]),
      isOwn: row["is_own"] === 1,
    }));
  }

  putChain({ node, publicKey, isOwn }: ChainRow): void {
    this.#run("INSERT INTO chain (node, public_key, is_own) VALUES (?, ?, ?)", node, publicKey, isOwn ? 1 : 0);
  }

  last(chain: string): EventRow | undefined {
    const sql = `SELECT ${EVENT} FROM event WHERE chain = ? ORDER BY sequence DESC LIMIT 1`;
    return this.#all(sql, this.#idOf(chain)).map(eventOf)[0];
  }

  events({ chain, from, to, types, limit }: RowRange): readonly EventRow[] {
    const select = `SELECT ${EVENT} FROM event WHERE chain = ? AND sequence BETWEEN ? AND ?`;
    const ofTypes = types === undefined ? "" : " AND type IN (SELECT value FROM json_each(?))";
    const sql = `${select}${ofTypes} ORDER BY sequence LIMIT ?`;
    const named = types === undefined ? [] : [JSON.stringify(types)];
    return this.#all(sql, this.#idOf(chain), from, to, ...named, limit).map(eventOf);
  }

  eventById(chain: string, id: string): EventRow | undefined {
    const sql = `SELECT ${EVENT} FROM event WHERE chain = ? AND id = ?`;
    return this.#all(sql, this.#idOf(chain), id).map(eventOf)[0];
  }

  putEvent({ header, body, salt }: EventRow): void {
    this.#run(
      "INSERT INTO event (chain, sequence, id, type, header, body, salt) VALUES (?, ?, ?, ?, ?, ?, ?)",
      this.#idOf(header.node),
      header.sequence,
      header.id,
      header.type,
      canonicalJson(header as unknown as Json),
      body ?? null,
      salt ?? null,
    );
  }

  fillEvent(chain: string, { sequence, body, salt }: Parameters<Shelf["fillEvent"]>[1]): void {
    const sql = "UPDATE event SET body = ?, salt = ? WHERE chain = ? AND sequence = ? AND body IS NULL";
    this.#run(sql, body, salt, this.#idOf(chain), sequence);
  }

  blankEvent(chain: string, sequence: number): void {
    const sql = "UPDATE event SET body = NULL, salt = NULL WHERE chain = ? AND sequence = ?";
    this.#run(sql, this.#idOf(chain), sequence);
  }

  heads(chain: string, from: number, to: number): readonly Head[] {
    const sql = "SELECT head FROM head WHERE chain = ? AND sequence BETWEEN ? AND ? ORDER BY sequence";
    return this.#all(sql, this.#idOf(chain), from, to).map(headOf);
  }

  lastHead(chain: string): Head | undefined {
    const sql = "SELECT head FROM head WHERE chain = ? ORDER BY sequence DESC LIMIT 1";
    return this.#all(sql, this.#idOf(chain)).map(headOf)[0];
  }

  putHead(head: Head): void {
    const text = canonicalJson(head as unknown as Json);
    this.#run(
      "INSERT OR IGNORE INTO head (chain, sequence, head) VALUES (?, ?, ?)",
      this.#idOf(head.node),
      head.sequence,
      text,
    );
  }

  sequenceOfKey(chain: string, key: string): number | undefined {
    const sql = `SELECT row / ${POSITIONS} AS event FROM member WHERE key = ? AND chain = ?`;
    const found = this.#one(sql, key, this.#idOf(chain));
    if (found === undefined) return undefined;
    const event = this.#one("SELECT sequence FROM event WHERE row = ?", Number(found["event"]));
    return Number(event?.["sequence"]);
  }

  members(chain: string, sequence: number, from: number, limit: number): readonly MemberRow[] {
    const row = this.#rowOf(chain, sequence);
    const sql = `SELECT ${MEMBER} FROM member WHERE row BETWEEN ? AND ? ORDER BY row LIMIT ?`;
    return this.#all(sql, row * POSITIONS + from, (row + 1) * POSITIONS - 1, limit).map(memberOf);
  }

  memberByKey(chain: string, sequence: number, key: string): MemberRow | undefined {
    const row = this.#rowOf(chain, sequence);
    const sql = `SELECT ${MEMBER} FROM member WHERE key = ? AND chain = ? AND row BETWEEN ? AND ?`;
    const range = [row * POSITIONS, (row + 1) * POSITIONS - 1];
    return this.#all(sql, key, this.#idOf(chain), ...range).map(memberOf)[0];
  }

  putMember(chain: string, sequence: number, { position, key, value, salt, leaf }: MemberRow): void {
    if (position >= POSITIONS) throw new RangeError(`a batch has ${POSITIONS} members at most`);
    const row = this.#rowOf(chain, sequence) * POSITIONS + position;
    const sql = "INSERT INTO member (row, chain, key, value, salt, leaf) VALUES (?, ?, ?, ?, ?, ?)";
    this.#run(sql, row, this.#idOf(chain), key, value ?? null, salt ?? null, leaf ?? null);
  }

  blankMember(chain: string, sequence: number, { position, leaf }: { position: number; leaf: Uint8Array }): void {
    const row = this.#rowOf(chain, sequence) * POSITIONS + position;
    this.#run("UPDATE member SET value = NULL, salt = NULL, leaf = ? WHERE row = ?", leaf, row);
  }

  progress(key: string): Json | undefined {
    const row = this.#one("SELECT value FROM progress WHERE key = ?", key);
    return row === undefined ? undefined : (JSON.parse(String(row["value"])) as Json);
  }

  putProgress(key: string, value: Json): void {
    this.#run("INSERT OR REPLACE INTO progress (key, value) VALUES (?, ?)", key, canonicalJson(value));
  }

  clockRead(): Instant | undefined {
    const row = this.#one("SELECT read FROM clock");
    return row === undefined ? undefined : instant(Number(row["read"]));
  }

  putClockRead(at: Instant): void {
    this.#run("INSERT OR REPLACE INTO clock (one, read) VALUES (1, ?)", at);
  }

  putFile(hash: Hash, bytes: Uint8Array): void {
    this.#files.put(hash, bytes);
  }

  file(hash: Hash): Uint8Array | undefined {
    return this.#files.read(hash);
  }

  files(): readonly Hash[] {
    return this.#files.all();
  }

  removeFile(hash: Hash): void {
    this.#files.remove(hash);
  }

  /** Freed bytes are zeroed (secure_delete); the write-ahead log, which still has them, is emptied. */
  scrub(): void {
    this.#exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = withWords(this.#file, () => this.#database.prepare(sql));
    this.#statements.set(sql, statement);
    return statement;
  }

  #all(sql: string, ...values: readonly (string | number)[]): Row[] {
    const statement = this.#statement(sql);
    return withWords(this.#file, () => statement.all(...values));
  }

  #run(sql: string, ...values: readonly (string | number | null | Uint8Array)[]): void {
    const statement = this.#statement(sql);
    withWords(this.#file, () => statement.run(...values));
  }

  #one(sql: string, ...values: readonly (string | number)[]): Row | undefined {
    const statement = this.#statement(sql);
    return withWords(this.#file, () => statement.get(...values));
  }

  #exec(sql: string): void {
    withWords(this.#file, () => this.#database.exec(sql));
  }

  /** -1, which no event has. */
  #rowOf(chain: string, sequence: number): number {
    const last = this.#lastRow;
    if (last?.sequence === sequence && last.chain === chain) return last.row;
    const sql = "SELECT row FROM event WHERE chain = ? AND sequence = ?";
    const found = this.#one(sql, this.#idOf(chain), sequence);
    if (found === undefined) return -1;
    const row = Number(found["row"]);
    this.#lastRow = { chain, sequence, row };
    return row;
  }

  /** -1, which no chain has, where the node is not known: reading then finds nothing, and writing fails. */
  #idOf(node: string): number {
    const known = this.#chainIds.get(node);
    if (known !== undefined) return known;
    const row = this.#one("SELECT id FROM chain WHERE node = ?", node);
    if (row === undefined) return -1;
    const id = Number(row["id"]);
    this.#chainIds.set(node, id);
    return id;
  }
}

const bytesIn = (value: SQLOutputValue | undefined): Uint8Array | undefined =>
  value instanceof Uint8Array ? value : undefined;

/** What it is found by must be what it says: an event under another type would be in no fold. */
function eventOf(row: Row): EventRow {
  const header: EventHeader = JSON.parse(String(row["header"]));
  if (header.sequence !== row["sequence"] || header.id !== row["id"] || header.type !== row["type"])
    throw new InputError([
      { file: "log.sqlite", message: `altered: event ${row["sequence"]} stands under another name` },
    ]);
  const salt = bytesIn(row["salt"]);
  return {
    header,
    ...(typeof row["body"] === "string" && { body: row["body"] }),
    ...(salt && { salt }),
  };
}

function memberOf(row: Row): MemberRow {
  const [salt, leaf] = [bytesIn(row["salt"]), bytesIn(row["leaf"])];
  return {
    position: Number(row["position"]),
    key: String(row["key"]),
    ...(typeof row["value"] === "string" && { value: row["value"] }),
    ...(salt && { salt }),
    ...(leaf && { leaf }),
  };
}

const headOf = (row: Row): Head => JSON.parse(String(row["head"]));
