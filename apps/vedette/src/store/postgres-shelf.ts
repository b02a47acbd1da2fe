/** A log on PostgreSQL: one connection writes, some read; a write is on the server's disk when it is acknowledged. */
import pg from "pg";
import type { DatabasePlace } from "./place.ts";
import { LOCK_SQL, migrate } from "./postgres-schema.ts";
import { PostgresSql, PostgresTables } from "./postgres-tables.ts";
import { withPostgresWords } from "./postgres-words.ts";
import type { Changes, Rows, Shelf } from "./shelf.ts";
import { Turns } from "./turns.ts";

const READERS = 4;
const CONNECT_MS = 10_000;
/** A server that was told to lose commits is not obeyed; one that waits for its standbys is. */
const DURABLE =
  "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";
/** As long as SQLite's; and a process that stands still within a write does not keep the others out for ever. */
const BEGIN = `BEGIN; SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '60s'; ${LOCK_SQL}`;
const INT8 = 20;

/** @throws InputError where no server answers, or no log of ours is there */
export async function openPostgres(place: DatabasePlace, { create }: { readonly create: boolean }): Promise<Shelf> {
  const config: pg.PoolConfig = {
    connectionString: place.url,
    application_name: "vedette",
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    // Numbers stay exact up to 2^53, which no row comes near.
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format as "text"),
    },
  };
  const shelf = new PostgresShelf(place.name, config);
  try {
    await shelf.prepare((client) => migrate(client, { place: place.name, schema: place.schema, create }));
    return shelf;
  } catch (error) {
    await shelf.close();
    throw error;
  }
}

class PostgresShelf implements Shelf {
  readonly rows: Rows;
  readonly #place: string;
  readonly #config: pg.PoolConfig;
  readonly #readers: pg.Pool;
  readonly #turns = new Turns();
  #writer: pg.Client | undefined;

  constructor(place: string, config: pg.PoolConfig) {
    this.#place = place;
    this.#config = config;
    this.#readers = new pg.Pool({ ...config, max: READERS });
    // A reader whose connection was cut while it was idle: the next one is made anew.
    this.#readers.on("error", () => {});
    this.rows = new PostgresTables(new PostgresSql(this.#readers, place));
  }

  prepare(work: (client: pg.Client) => Promise<void>): Promise<void> {
    return this.#turns.take(() => withPostgresWords(this.#place, async () => work(await this.#connected())));
  }

  write<T>(work: (to: Changes) => Promise<T>): Promise<T> {
    return this.#turns.take(() =>
      withPostgresWords(this.#place, async () => {
        const client = await this.#connected();
        try {
          await client.query(BEGIN);
          const done = await work(new PostgresTables(new PostgresSql(client, this.#place)));
          const { command } = await client.query("COMMIT");
          if (command !== "COMMIT") throw new RangeError(`${this.#place}: a write came to nothing: ${command}`);
          return done;
        } catch (error) {
          await this.#undo(client);
          throw error;
        }
      }),
    );
  }

  async #connected(): Promise<pg.Client> {
    if (this.#writer !== undefined) return this.#writer;
    const client = new pg.Client(this.#config);
    client.on("error", () => this.#drop(client));
    client.on("end", () => this.#drop(client));
    await client.connect();
    await client.query(DURABLE);
    this.#writer = client;
    return client;
  }

  #drop(client: pg.Client): void {
    if (this.#writer === client) this.#writer = undefined;
  }

  /** A connection that cannot even undo is given up: the server undoes what was begun on it. */
  async #undo(client: pg.Client): Promise<void> {
    try {
      await client.query("ROLLBACK");
    } catch {
      this.#drop(client);
      client.end().catch(() => {});
    }
  }

  async snapshot<T>(read: (from: Rows) => Promise<T>): Promise<T> {
    const client = await withPostgresWords(this.#place, () => this.#readers.connect());
    let isBroken = false;
    try {
      await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      const rows = new PostgresTables(new PostgresSql(client, this.#place));
      // The moment is that of the first look.
      await rows.chains();
      return await read(rows);
    } finally {
      await client.query("ROLLBACK").catch(() => {
        isBroken = true;
      });
      client.release(isBroken);
    }
  }

  /** Dead rows go from the tables; the server's own log and free space keep their bytes until they are written over. */
  scrub(): Promise<void> {
    return this.prepare(async (client) => {
      await client.query("VACUUM event, member, file_part");
    });
  }

  close(): Promise<void> {
    return this.#turns.take(async () => {
      const writer = this.#writer;
      this.#writer = undefined;
      await Promise.all([writer?.end().catch(() => {}), this.#readers.end()]);
    });
  }
}
