/** The log's tables on a database: the statements that SQLite and PostgreSQL share. What goes in by the thousand is each one's own. */
import type { EventHeader } from "@vedette/core/record/event";
import type { Hash, Json } from "@vedette/core/record/hash";
import { canonicalJson } from "@vedette/core/record/hash";
import type { Head } from "@vedette/core/record/head";
import { type Instant, instant } from "@vedette/core/time/instant";
import { queriesOver } from "./queries.ts";
import type {
  ArrivedRow,
  BlankMember,
  ChainRow,
  Changes,
  EventRow,
  MemberRow,
  NewMember,
  ProgressRow,
  RowRange,
  Standing,
} from "./shelf.ts";
import type { Row, Sql, Value } from "./sql.ts";
import { chainOf, eventOf, headOf, memberOf } from "./sql-rows.ts";

/** Whole numbers stay exact in JavaScript for 500 million events of 16 million members each. */
export const POSITIONS: number = 2 ** 24;
/** @throws RangeError where there are too many: the next event's would begin there */
export function positionOf(position: number): number {
  if (position >= POSITIONS) throw new RangeError(`a batch has ${POSITIONS} members at most`);
  return position;
}

const MEMBER = `row % ${POSITIONS} AS position, key, value, salt, leaf`;
const EVENT_COLUMNS = ["sequence", "id", "type", "header", "body", "salt"] as const;
const EVENT = EVENT_COLUMNS.join(", ");

export abstract class SqlTables implements Changes {
  protected readonly sql: Sql;
  readonly #chainIds = new Map<string, number>();
  /** Of the event whose members were last asked for. */
  #lastRow: { readonly chain: string; readonly sequence: number; readonly row: number } | undefined;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  abstract sequencesOfKeys(chain: string, keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  abstract putEvents(chain: string, rows: readonly EventRow[]): Promise<void>;
  abstract putHeads(chain: string, heads: readonly Head[]): Promise<void>;
  abstract blankMembers(chain: string, sequence: number, rows: readonly BlankMember[]): Promise<void>;
  abstract putMembers(chain: string, rows: readonly NewMember[]): Promise<void>;
  abstract file(hash: Hash): Promise<Uint8Array | undefined>;
  abstract files(): Promise<readonly Hash[]>;
  abstract putFile(hash: Hash, bytes: Uint8Array): Promise<void>;
  abstract removeFile(hash: Hash): Promise<void>;

  async chains(): Promise<readonly ChainRow[]> {
    const rows = await this.sql.all("SELECT id, node, public_key, is_own FROM chain ORDER BY id");
    for (const row of rows) this.#chainIds.set(String(row["node"]), Number(row["id"]));
    return rows.map(chainOf);
  }

  async putChain({ node, publicKey, isOwn }: ChainRow): Promise<void> {
    const text = "INSERT INTO chain (node, public_key, is_own) VALUES (?, ?, ?)";
    await this.sql.all(text, node, publicKey, isOwn ? 1 : 0);
  }

  async last(chain: string): Promise<EventRow | undefined> {
    const text = `SELECT ${EVENT} FROM event WHERE chain = ? ORDER BY sequence DESC LIMIT 1`;
    return this.#event(text, await this.idOf(chain));
  }

  async standing(chain: string): Promise<Standing | undefined> {
    const last = "SELECT header FROM event WHERE event.chain = chain.id ORDER BY sequence DESC LIMIT 1";
    const [row] = await this.sql.all(
      `SELECT id, node, public_key, is_own, (${last}) AS last, (SELECT read FROM clock) AS read FROM chain WHERE node = ?`,
      chain,
    );
    if (row === undefined) return undefined;
    this.#chainIds.set(chain, Number(row["id"]));
    return {
      chain: chainOf(row),
      ...(typeof row["last"] === "string" && { last: JSON.parse(row["last"]) as EventHeader }),
      ...(row["read"] !== null && { clockRead: instant(Number(row["read"])) }),
    };
  }

  async events({ chain, from, to, types, limit }: RowRange): Promise<readonly EventRow[]> {
    const id = await this.idOf(chain);
    if (types !== undefined) return this.#eventsOf(types, { id, from, to, limit });
    const text = `SELECT ${EVENT} FROM event WHERE chain = ? AND sequence BETWEEN ? AND ? ORDER BY sequence LIMIT ?`;
    return this.#events(await this.sql.all(text, id, from, to, limit));
  }

  async #eventsOf(
    types: readonly string[],
    {
      id,
      from,
      to,
      limit,
    }: { readonly id: number; readonly from: number; readonly to: number; readonly limit: number },
  ): Promise<readonly EventRow[]> {
    if (types.length === 0) return [];
    const queries = await queriesOver(this.sql);
    const rows = await queries
      .selectFrom("event")
      .select(EVENT_COLUMNS)
      .where("chain", "=", id)
      .where("type", "in", types)
      .where("sequence", ">=", from)
      .where("sequence", "<=", to)
      .orderBy("sequence")
      .limit(limit)
      .execute();
    return this.#events(rows);
  }

  async arrived(after: number, limit: number): Promise<readonly ArrivedRow[]> {
    const rows = await this.sql.all(`SELECT row, ${EVENT} FROM event WHERE row > ? ORDER BY row LIMIT ?`, after, limit);
    return rows.map((row) => ({ position: Number(row["row"]), row: eventOf(row, this.sql.place) }));
  }

  async eventById(chain: string, id: string): Promise<EventRow | undefined> {
    return this.#event(`SELECT ${EVENT} FROM event WHERE chain = ? AND id = ?`, await this.idOf(chain), id);
  }

  async fillEvent(chain: string, { sequence, body, salt }: Parameters<Changes["fillEvent"]>[1]): Promise<void> {
    const text = "UPDATE event SET body = ?, salt = ? WHERE chain = ? AND sequence = ? AND body IS NULL";
    await this.sql.all(text, body, salt, await this.idOf(chain), sequence);
  }

  async blankEvent(chain: string, sequence: number): Promise<void> {
    const text = "UPDATE event SET body = NULL, salt = NULL WHERE chain = ? AND sequence = ?";
    await this.sql.all(text, await this.idOf(chain), sequence);
  }

  async heads(chain: string, from: number, to: number): Promise<readonly Head[]> {
    const text = "SELECT head FROM head WHERE chain = ? AND sequence BETWEEN ? AND ? ORDER BY sequence";
    return (await this.sql.all(text, await this.idOf(chain), from, to)).map(headOf);
  }

  async members(chain: string, sequence: number, from: number, limit: number): Promise<readonly MemberRow[]> {
    const row = await this.rowOf(chain, sequence);
    const text = `SELECT ${MEMBER} FROM member WHERE row BETWEEN ? AND ? ORDER BY row LIMIT ?`;
    return (await this.sql.all(text, row * POSITIONS + from, (row + 1) * POSITIONS - 1, limit)).map(memberOf);
  }

  async memberByKey(chain: string, sequence: number, key: string): Promise<MemberRow | undefined> {
    const [id, row] = [await this.idOf(chain), await this.rowOf(chain, sequence)];
    const text = `SELECT ${MEMBER} FROM member WHERE key = ? AND chain = ? AND row BETWEEN ? AND ?`;
    const [found] = await this.sql.all(text, key, id, row * POSITIONS, (row + 1) * POSITIONS - 1);
    return found && memberOf(found);
  }

  async progress(key: string): Promise<Json | undefined> {
    const [row] = await this.sql.all("SELECT value FROM progress WHERE key = ?", key);
    return row && (JSON.parse(String(row["value"])) as Json);
  }

  async allProgress(): Promise<readonly ProgressRow[]> {
    const rows = await this.sql.all("SELECT key, value FROM progress");
    return rows.map(({ key, value }) => ({ key: String(key), value: JSON.parse(String(value)) as Json }));
  }

  async putProgress({ key, value }: ProgressRow): Promise<void> {
    const text =
      "INSERT INTO progress (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    await this.sql.all(text, key, canonicalJson(value));
  }

  async clockRead(): Promise<Instant | undefined> {
    const [row] = await this.sql.all("SELECT read FROM clock");
    return row && instant(Number(row["read"]));
  }

  async putClockRead(at: Instant): Promise<void> {
    const text = "INSERT INTO clock (one, read) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET read = excluded.read";
    await this.sql.all(text, at);
  }

  /** -1, which no event has. */
  protected async rowOf(chain: string, sequence: number): Promise<number> {
    const last = this.#lastRow;
    if (last?.sequence === sequence && last.chain === chain) return last.row;
    const text = "SELECT row FROM event WHERE chain = ? AND sequence = ?";
    const [found] = await this.sql.all(text, await this.idOf(chain), sequence);
    if (found === undefined) return -1;
    const row = Number(found["row"]);
    this.#lastRow = { chain, sequence, row };
    return row;
  }

  /** -1, which no chain has, where the node is not known: reading then finds nothing, and writing fails. */
  protected async idOf(node: string): Promise<number> {
    const known = this.#chainIds.get(node);
    if (known !== undefined) return known;
    const [row] = await this.sql.all("SELECT id FROM chain WHERE node = ?", node);
    if (row === undefined) return -1;
    const id = Number(row["id"]);
    this.#chainIds.set(node, id);
    return id;
  }

  async #event(text: string, ...values: readonly Value[]): Promise<EventRow | undefined> {
    return this.#events(await this.sql.all(text, ...values))[0];
  }

  #events(rows: readonly Row[]): readonly EventRow[] {
    return rows.map((row) => eventOf(row, this.sql.place));
  }
}
