/**
 * Projections on PostgreSQL: a schema beside the log's. Who reads is the role `vedette_reader`, which owns nothing, under row-level
 * security by `vedette.nation`: a condition that is forgotten still gives away nothing.
 */
import type { Kysely } from "kysely";
import pg from "pg";
import type { DatabasePlace } from "./place.ts";
import { withPostgresWords } from "./postgres-words.ts";
import { queriesOver } from "./queries.ts";
import type { Row, Sql } from "./sql.ts";
import { Turns } from "./turns.ts";
import {
  type AnyWriter,
  orAdd,
  orReplace,
  type ViewsDatabase,
  type ViewsSchema,
  type ViewsWriter,
} from "./views-writer.ts";

const READERS = 6;
const CONNECT_MS = 10_000;
const INT8 = 20;
export const READER_ROLE = "vedette_reader";
/** Names the lock of who projects; the schema's name is its second half. */
const LOCK = 0x56445657;
/** Rows of one statement: its text is held whole, here and there. */
const ROWS = 5000;

export async function postgresViews<Tables>(place: DatabasePlace, schema: ViewsSchema): Promise<ViewsDatabase<Tables>> {
  const own = `${place.schema}_views`;
  const config = configOf(place, own);
  const readers = new pg.Pool({ ...config, max: READERS });
  readers.on("error", () => {});
  const turns = new Turns();
  let writer: pg.Client | undefined;
  const connect = async (): Promise<pg.Client> => {
    if (writer !== undefined) return writer;
    const client = new pg.Client(config);
    const drop = (): void => {
      if (writer === client) writer = undefined;
    };
    client.on("error", drop).on("end", drop);
    await client.connect();
    // What is lost with the server's power is projected again.
    await client.query("SET synchronous_commit = off");
    writer = client;
    return client;
  };
  const within = <T>(work: (client: pg.Client) => Promise<T>): Promise<T> =>
    turns.take(() =>
      withPostgresWords(place.name, async () => {
        const client = await connect();
        try {
          await client.query(
            `BEGIN; SET LOCAL lock_timeout = '30s'; SELECT pg_advisory_xact_lock(${LOCK}, hashtext('${own}'))`,
          );
          const done = await work(client);
          await client.query("COMMIT");
          return done;
        } catch (error) {
          await client.query("ROLLBACK").catch(() => {
            writer = undefined;
            client.end().catch(() => {});
          });
          throw error;
        }
      }),
    );
  const close = (): Promise<void> =>
    turns.take(async () => {
      await Promise.all([writer?.end().catch(() => {}), readers.end()]);
    });
  try {
    const hasRole = await within((client) => migrate(client, own, schema));
    return {
      kind: "postgres",
      read: reading<Tables>(readers, place.name, hasRole),
      write: (work) =>
        within(async (client) => {
          await client.query("SET LOCAL vedette.projector = 'on'");
          return work(await writing<Tables>(client, place.name));
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const configOf = (place: DatabasePlace, schema: string): pg.PoolConfig => {
  const url = new URL(place.url);
  url.searchParams.delete("options");
  return {
    connectionString: url.href,
    application_name: "vedette",
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    // Lists are short: to make machine code of them takes longer than to answer.
    options: `-c search_path=${schema} -c jit=off`,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format as "text"),
    },
  };
};

/** A connection is one nation's until another asks for it. */
function reading<Tables>(pool: pg.Pool, place: string, hasRole: boolean): ViewsDatabase<Tables>["read"] {
  const known = new WeakMap<pg.PoolClient, { nation?: string; db: Kysely<Tables> }>();
  return (nation, work) =>
    withPostgresWords(place, async () => {
      const client = await pool.connect();
      let isBroken = true;
      try {
        let of = known.get(client);
        if (of === undefined) {
          if (hasRole) await client.query(`SET ROLE ${READER_ROLE}`);
          await client.query("SET default_transaction_read_only = on");
          of = { db: await queriesOver<Tables>(sqlOn(client, place)) };
          known.set(client, of);
        }
        if (of.nation !== nation) {
          delete of.nation;
          await client.query("SELECT set_config('vedette.nation', $1, false)", [nation]);
          of.nation = nation;
        }
        const done = await work(of.db);
        isBroken = false;
        return done;
      } finally {
        client.release(isBroken);
      }
    });
}

/** Without names: lists are of many shapes, and a plan made for one nation is none for another. */
const sqlOn = (client: pg.ClientBase, place: string): Sql => ({
  kind: "postgres",
  place,
  all: async (text, ...values) => (await client.query(text, [...values])).rows as readonly Row[],
});

async function writing<Tables>(client: pg.Client, place: string): Promise<ViewsWriter<Tables>> {
  const typed = async (text: string, rows: readonly object[]): Promise<void> => {
    for (let at = 0; at < rows.length; at += ROWS)
      await client.query(text, [JSON.stringify(rows.slice(at, at + ROWS))]);
  };
  const into = (table: string, rows: readonly object[], or: (columns: readonly string[]) => string): Promise<void> => {
    const columns = Object.keys(rows[0] ?? {});
    const list = columns.join(", ");
    return typed(
      `INSERT INTO ${table} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::${table}, $1) ${or(columns)}`,
      rows,
    );
  };
  const any: AnyWriter = {
    put: (table, key, rows) => into(table, rows, (columns) => orReplace(key, columns)),
    add: (table, key, column, rows) => into(table, rows, () => orAdd(table, key, column)),
    remove: (table, key, rows) =>
      typed(
        `DELETE FROM ${table} USING json_populate_recordset(NULL::${table}, $1) AS gone
         WHERE ${key.map((column) => `${table}.${column} = gone.${column}`).join(" AND ")}`,
        rows,
      ),
  };
  return { db: await queriesOver<Tables>(sqlOn(client, place)), ...any } as unknown as ViewsWriter<Tables>;
}

/** @returns whether the reading role is there, and may be taken on */
async function migrate(client: pg.Client, own: string, schema: ViewsSchema): Promise<boolean> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${own}`);
  const hasRole = await roleMade(client);
  const { rows } = await client.query("SELECT obj_description(to_regnamespace($1), 'pg_namespace') AS version", [own]);
  if (rows[0]?.version === `vedette views ${schema.version}`) return hasRole;
  for (const table of schema.tables) await client.query(`DROP TABLE IF EXISTS ${table} CASCADE`);
  for (const text of schema.postgres) await client.query(text);
  for (const table of schema.tables) await guard(client, table, schema.guarded[table]);
  if (hasRole) {
    await client.query(`GRANT USAGE ON SCHEMA ${own} TO ${READER_ROLE}`);
    await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${own} TO ${READER_ROLE}`);
  }
  await client.query(`COMMENT ON SCHEMA ${own} IS 'vedette views ${schema.version}'`);
  return hasRole;
}

async function guard(client: pg.Client, table: string, audience: string | undefined): Promise<void> {
  await client.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await client.query(
    `CREATE POLICY projector ON ${table} TO CURRENT_USER USING (current_setting('vedette.projector', true) = 'on')`,
  );
  if (table === "projection") await client.query("CREATE POLICY given ON projection FOR SELECT USING (true)");
  if (audience === undefined) return;
  const given =
    table === "audience_nation"
      ? "nation = current_setting('vedette.nation', true)"
      : `${audience} IN (SELECT audience FROM audience_nation WHERE nation = current_setting('vedette.nation', true))`;
  await client.query(`CREATE POLICY given ON ${table} FOR SELECT USING (${given})`);
}

/** Where this user may make none, it reads by itself: the policies hold for an owner too, unless it is a superuser. */
async function roleMade(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT (SELECT count(*) FROM pg_roles WHERE rolname = '${READER_ROLE}') AS there,
       rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = current_user`,
  );
  const [{ there, may }] = rows as [{ there: number; may: boolean }];
  if (there === 0 && !may) return false;
  if (there === 0) {
    // Roles are the whole server's: another workspace may be making it.
    await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    await client.query(
      `DO $$ BEGIN CREATE ROLE ${READER_ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    );
    await client.query(`GRANT ${READER_ROLE} TO CURRENT_USER`);
  }
  const { rows: member } = await client.query(`SELECT pg_has_role(current_user, '${READER_ROLE}', 'MEMBER') AS may`);
  return member[0]?.may === true;
}
