/** A database of our own on a server that is there; tests that need one are skipped with the reason, or fail where one is required. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { after } from "node:test";
import pg from "pg";

const REQUIRED = process.env["VEDETTE_REQUIRE_POSTGRES"] === "1";
/** Where a server is looked for, with trust or with what PGPASSWORD says. */
const SERVERS = process.env["VEDETTE_TEST_POSTGRES"]?.split(" ") ?? [
  "postgres://postgres@127.0.0.1:5432/postgres",
  "postgres://root@127.0.0.1:5432/postgres",
  "postgres:///postgres?host=/var/run/postgresql",
];

export interface TestServer {
  /** A new, empty place for a log, with its key in the folder. */
  readonly place: (folder: string) => string;
  readonly url: string;
}

/** @returns why there is none, in words */
export async function postgresServer(): Promise<TestServer | string> {
  const reasons: string[] = [];
  for (const server of SERVERS) {
    const name = `vedette_test_${process.pid}_${randomBytes(3).toString("hex")}`;
    const failed = await attempted(server, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
    if (failed !== undefined) {
      reasons.push(`${server}: ${failed}`);
      continue;
    }
    after(() => attempted(server, `DROP DATABASE ${name} WITH (FORCE)`));
    const url = new URL(server);
    url.pathname = `/${name}`;
    let count = 0;
    return {
      url: url.href,
      place: (folder) => {
        const own = new URL(url);
        own.searchParams.set("schema", `log_${++count}`);
        own.searchParams.set("key", join(folder, `node-${count}.key`));
        return own.href;
      },
    };
  }
  const reason = `no PostgreSQL to test on (${reasons.join("; ")})`;
  if (REQUIRED) throw new Error(reason);
  return reason;
}

async function attempted(server: string, text: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
  } finally {
    await client.end().catch(() => {});
  }
}
