/** The log's tables, and how a file comes to have them. */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { InputError } from "../problem.ts";
import { withWords } from "./sqlite-words.ts";

/** `VDLG`: tells a log from any other SQLite file (PRAGMA application_id). */
const APPLICATION = 0x56444c47;
/** How long a writer waits for another. */
export const BUSY_MS = 30_000;

/** Step n brings a file from version n to n + 1. Never edited once shipped: a new step follows. */
const STEPS: readonly string[] = [
  `
  CREATE TABLE chain (
    id INTEGER PRIMARY KEY, node TEXT NOT NULL UNIQUE, public_key TEXT NOT NULL, is_own INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE event (
    row INTEGER PRIMARY KEY, chain INTEGER NOT NULL REFERENCES chain, sequence INTEGER NOT NULL, id TEXT NOT NULL,
    type TEXT NOT NULL, header TEXT NOT NULL, body TEXT, salt BLOB,
    UNIQUE (chain, sequence), UNIQUE (chain, id)
  ) STRICT;
  CREATE INDEX event_type ON event (chain, type, sequence);
  CREATE TABLE head (
    chain INTEGER NOT NULL REFERENCES chain, sequence INTEGER NOT NULL, head TEXT NOT NULL, PRIMARY KEY (chain, sequence)
  ) STRICT, WITHOUT ROWID;
  -- row = its event's row x 2^24 + its position: members of a batch lie side by side, in order, without an index.
  CREATE TABLE member (
    row INTEGER PRIMARY KEY, chain INTEGER NOT NULL REFERENCES chain, key TEXT NOT NULL, value TEXT, salt BLOB, leaf BLOB
  ) STRICT;
  CREATE UNIQUE INDEX member_key ON member (key, chain);
  CREATE TABLE progress (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE clock (one INTEGER PRIMARY KEY CHECK (one = 1), read INTEGER NOT NULL) STRICT;
  `,
];

/** @throws InputError where the file is no log, or is one of a later version; it is then left as it was */
export function openLog(file: string, mode: { readonly create: boolean }): DatabaseSync {
  if (!mode.create && !existsSync(file)) throw refused(file, "no log is here");
  return withWords(file, () => opened(file, mode));
}

/** Another connection to an open log, which only reads. */
export function openReader(file: string): DatabaseSync {
  return withWords(file, () => {
    const database = new DatabaseSync(file, { timeout: BUSY_MS, readOnly: true });
    database.exec("PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16384");
    return database;
  });
}

function opened(file: string, mode: { readonly create: boolean }): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    const isEmpty = recognise(database, file);
    if (isEmpty && !mode.create) throw refused(file, "no log is here: the file is empty");
    database.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
      PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
      PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 67108864;
    `);
    migrate(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Looks before it changes anything. @returns whether nothing is in it yet */
function recognise(database: DatabaseSync, file: string): boolean {
  const { version, application, tables } = looked(database);
  if (application === 0 && version === 0 && tables === 0) return true;
  if (application !== APPLICATION) throw refused(file, "not a log of vedette: another program's SQLite database");
  if (version > STEPS.length) throw newer(file, version);
  return false;
}

/** At one moment: another process may be making its tables. */
function looked(database: DatabaseSync) {
  database.exec("BEGIN");
  try {
    const tables = Number(database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"]);
    return { version: pragma(database, "user_version"), application: pragma(database, "application_id"), tables };
  } finally {
    database.exec("COMMIT");
  }
}

/** The version is read anew under the writer's lock: another process may have been faster. */
function migrate(database: DatabaseSync, file: string): void {
  if (pragma(database, "user_version") === STEPS.length) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = pragma(database, "user_version");
    if (version > STEPS.length) throw newer(file, version);
    for (const step of STEPS.slice(version)) database.exec(step);
    database.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${STEPS.length}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

const newer = (file: string, version: number): InputError =>
  refused(file, `a newer vedette wrote it (version ${version}; this one knows up to ${STEPS.length}): left as it is`);
const refused = (file: string, message: string): InputError => new InputError([{ file, message }]);

const pragma = (database: DatabaseSync, name: string): number =>
  Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
