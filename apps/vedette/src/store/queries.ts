/** Lists with filters, put together by Kysely: loaded where one is asked for, since that takes 0.15 s. */
import type { DatabaseConnection, Driver, Kysely } from "kysely";
import type { Sql, Value } from "./sql.ts";

/** What is asked of the log's tables in this way. */
export interface Tables {
  event: {
    chain: number;
    sequence: number;
    id: string;
    type: string;
    header: string;
    body: string | null;
    salt: Uint8Array | null;
  };
}

/** Kysely over either database, on the connection that `sql` speaks to. */
export async function queriesOver<T = Tables>(sql: Sql): Promise<Kysely<T>> {
  const kysely = await import("kysely");
  const isSqlite = sql.kind === "sqlite";
  return new kysely.Kysely<T>({
    dialect: {
      createAdapter: () => (isSqlite ? new kysely.SqliteAdapter() : new kysely.PostgresAdapter()),
      createDriver: () => driverOver(sql, new kysely.DummyDriver()),
      createIntrospector: (db) => (isSqlite ? new kysely.SqliteIntrospector(db) : new kysely.PostgresIntrospector(db)),
      createQueryCompiler: () => (isSqlite ? new kysely.SqliteQueryCompiler() : new kysely.PostgresQueryCompiler()),
    },
  });
}

/** Statements only: transactions are the shelf's. */
function driverOver(sql: Sql, without: Driver): Driver {
  const connection: DatabaseConnection = {
    executeQuery: async ({ sql: text, parameters }) => ({
      rows: [...(await sql.all(text, ...(parameters as readonly Value[])))] as never[],
    }),
    streamQuery: () => {
      throw new RangeError("lists are read in pages");
    },
  };
  return Object.assign(without, { acquireConnection: async () => connection });
}
