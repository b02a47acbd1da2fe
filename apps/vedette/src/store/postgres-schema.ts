/** The log's tables on PostgreSQL, and how a schema comes to have them. */
import type { ClientBase } from "pg";
import { InputError } from "../problem.ts";

/** Step n brings a schema from version n to n + 1. Never edited once shipped: a new step follows. */
const STEPS: readonly string[] = [
  `
  CREATE TABLE chain (
    id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, node TEXT NOT NULL UNIQUE, public_key TEXT NOT NULL,
    is_own SMALLINT NOT NULL
  );
  CREATE TABLE event (
    row BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, chain INTEGER NOT NULL REFERENCES chain, sequence BIGINT NOT NULL,
    id TEXT NOT NULL, type TEXT NOT NULL, header TEXT NOT NULL, body TEXT, salt BYTEA,
    UNIQUE (chain, sequence), UNIQUE (chain, id)
  );
  CREATE INDEX event_type ON event (chain, type, sequence);
  CREATE TABLE head (
    chain INTEGER NOT NULL REFERENCES chain, sequence BIGINT NOT NULL, head TEXT NOT NULL, PRIMARY KEY (chain, sequence)
  );
  -- row = its event's row x 2^24 + its position: members of a batch lie side by side, in order.
  CREATE TABLE member (
    row BIGINT PRIMARY KEY, chain INTEGER NOT NULL REFERENCES chain, key TEXT NOT NULL, value TEXT, salt BYTEA, leaf BYTEA
  );
  CREATE UNIQUE INDEX member_key ON member (key, chain);
  CREATE TABLE progress (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE clock (one INTEGER PRIMARY KEY CHECK (one = 1), read BIGINT NOT NULL);
  CREATE TABLE file (hash TEXT COLLATE "C" PRIMARY KEY, bytes BIGINT NOT NULL);
  CREATE TABLE file_part (
    hash TEXT COLLATE "C" NOT NULL REFERENCES file ON DELETE CASCADE, part INTEGER NOT NULL, data BYTEA NOT NULL,
    PRIMARY KEY (hash, part)
  );
  -- Photographs do not shrink.
  ALTER TABLE file_part ALTER data SET STORAGE EXTERNAL;
  `,
];

/** Two numbers name a lock: ours, and the schema's. One process writes a log at a time. */
export const LOCK = 0x56444c47;
export const LOCK_SQL: string = `SELECT pg_advisory_xact_lock(${LOCK}, hashtext(current_schema()))`;

/** Version of the tables; 0: none are there. */
const FIND_VERSION = `SELECT to_regclass('vedette_log') IS NOT NULL AS is_log, to_regclass('event') IS NOT NULL AS is_taken,
  current_setting('server_encoding') AS encoding`;

/** @throws InputError where no log is there, or one of a later version; it is then left as it was */
export async function migrate(
  client: ClientBase,
  { place, schema, create }: { readonly place: string; readonly schema: string; readonly create: boolean },
): Promise<void> {
  if ((await versionOf(client, place)) === STEPS.length) return;
  await client.query("BEGIN");
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${LOCK}, hashtext('${schema}'))`);
    if (create) await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    // Anew under the lock: another process may have been faster.
    const version = await versionOf(client, place);
    if (version === 0 && !create) throw refused(place, "no log is here");
    for (const step of STEPS.slice(version)) await client.query(step);
    await client.query(
      "CREATE TABLE IF NOT EXISTS vedette_log (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)",
    );
    const text = "INSERT INTO vedette_log VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET version = excluded.version";
    await client.query(text, [STEPS.length]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

async function versionOf(client: ClientBase, place: string): Promise<number> {
  const { rows } = await client.query(FIND_VERSION);
  const { is_log: isLog, is_taken: isTaken, encoding } = rows[0] as Record<string, unknown>;
  if (encoding !== "UTF8") throw refused(place, `the database has encoding ${encoding}: expected UTF8`);
  if (isLog !== true && isTaken === true) throw refused(place, "not a log of vedette: another program's tables");
  if (isLog !== true) return 0;
  const version = Number((await client.query("SELECT version FROM vedette_log")).rows[0]?.version ?? 0);
  if (version > STEPS.length)
    throw refused(
      place,
      `a newer vedette wrote it (version ${version}; this one knows up to ${STEPS.length}): left as it is`,
    );
  return version;
}

const refused = (file: string, message: string): InputError => new InputError([{ file, message }]);
