/** Opening a log: a folder with the database, the node's key and the files of evidence; or a database of PostgreSQL, its key here. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import { type Chance, machineChance } from "./chance.ts";
import { FileShelf } from "./file-shelf.ts";
import { type NodeKey, passingKey, readKey, readOrMakeKey } from "./key.ts";
import { LogStore, machineClock } from "./log-store.ts";
import { MemoryShelf } from "./memory-shelf.ts";
import { LOG_FILE, placeOf } from "./place.ts";
import type { Shelf } from "./shelf.ts";
import { openLog } from "./sqlite-schema.ts";
import { SqliteShelf } from "./sqlite-shelf.ts";

export interface Opening {
  /** Whose chain is written; by default one named after the key. */
  readonly node?: string;
  readonly clock?: () => Instant;
  /** Of salts and ids: the machine's where left out. */
  readonly chance?: Chance;
  /** Otherwise a log must be there. */
  readonly create?: boolean;
  /** The node's key, where it lies elsewhere than its place says. */
  readonly keyFile?: string;
  /** Rows that may wait to be written before more are refused. */
  readonly mostWaiting?: number;
}

/**
 * @param place a folder, `sqlite:FOLDER` or `postgres://USER@HOST:PORT/DATABASE[?schema=NAME&key=FILE]`
 * @throws InputError where no log is there, or one that this vedette does not read
 */
export async function openStore(place: string, opening: Opening = {}): Promise<LogStore> {
  const { node, clock = machineClock, chance = machineChance, mostWaiting } = opening;
  const { shelf, name, keyFile } = await openShelf(place, opening);
  try {
    const own = (await shelf.rows.chains()).find(({ isOwn }) => isOwn)?.node;
    if (node !== undefined && own !== undefined && own !== node)
      throw new InputError([{ file: name, message: `this is the log of ${own}, not of ${node}` }]);
    // A new key beside a chain of its own could not sign it: that chain waits for its key.
    const key = keeping(() => (own === undefined ? readOrMakeKey(keyFile) : keyOfOld(keyFile)));
    const asked = own ?? node ?? (await nameOf(shelf, keyFile, key));
    const most = mostWaiting === undefined ? {} : { mostWaiting };
    return new LogStore(shelf, { node: asked, key, clock, chance, place: name, ...most });
  } catch (error) {
    await shelf.close();
    throw error;
  }
}

/** @param name for messages */
async function openShelf(
  text: string,
  { create = false, keyFile }: Opening,
): Promise<{ readonly shelf: Shelf; readonly name: string; readonly keyFile: string }> {
  const place = placeOf(text);
  const key = keyFile ?? place.keyFile;
  if (place.kind === "postgres") {
    const { openPostgres } = await import("./postgres-shelf.ts");
    const shelf = await openPostgres(place, { create });
    if (create) mkdirSync(dirname(key), { recursive: true, mode: 0o700 });
    return { shelf, name: place.name, keyFile: key };
  }
  const { folder } = place;
  if (create) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, LOG_FILE);
  const shelf = new SqliteShelf(openLog(file, { create }), file, new FileShelf(join(folder, "files")));
  return { shelf, name: file, keyFile: key };
}

export function memoryStore({
  node = "memory",
  clock = machineClock,
  chance = machineChance,
  mostWaiting,
}: Omit<Opening, "create" | "keyFile"> = {}): LogStore {
  const most = mostWaiting === undefined ? {} : { mostWaiting };
  return new LogStore(new MemoryShelf(), { node, key: keeping(passingKey), clock, chance, place: node, ...most });
}

/** @throws InputError */
function keyOfOld(file: string): NodeKey {
  if (existsSync(file)) return readKey(file);
  const message =
    "the key that signed this log is not there: bring it back from your copy; without it the log can be read, not added to";
  throw new InputError([{ file, message }]);
}

/** A copy that was only brought in has no node of its own to be named: it is read under the first that it has. */
async function nameOf(shelf: Shelf, keyFile: string, key: () => NodeKey): Promise<string> {
  const [brought] = await shelf.rows.chains();
  if (brought !== undefined && !existsSync(keyFile)) return brought.node;
  return `node-${key().publicKey.slice(0, 12)}`;
}

function keeping<T>(make: () => T): () => T {
  const kept: T[] = [];
  return () => {
    if (kept.length === 0) kept.push(make());
    return kept[0] as T;
  };
}
