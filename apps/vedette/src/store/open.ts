/** Opening a log: a folder with the database, the node's key and the files of evidence. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import { type Chance, machineChance } from "./chance.ts";
import { type NodeKey, passingKey, readKey, readOrMakeKey } from "./key.ts";
import { LogStore, machineClock } from "./log-store.ts";
import { MemoryShelf } from "./memory-shelf.ts";
import type { Shelf } from "./shelf.ts";
import { openLog } from "./sqlite-schema.ts";
import { SqliteShelf } from "./sqlite-shelf.ts";

export const LOG_FILE = "log.sqlite";
export const KEY_FILE = "node.key";

export interface Opening {
  /** Whose chain is written; by default one named after the key. */
  readonly node?: string;
  readonly clock?: () => Instant;
  /** Of salts and ids: the machine's where left out. */
  readonly chance?: Chance;
  /** Otherwise a log must be there. */
  readonly create?: boolean;
}

/** @throws InputError where no log is there, or one that this vedette does not read */
export function openStore(
  folder: string,
  { node, clock = machineClock, chance = machineChance, create = false }: Opening = {},
): LogStore {
  if (create) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, LOG_FILE);
  const shelf = new SqliteShelf(openLog(file, { create }), file, join(folder, "files"));
  try {
    const keyFile = join(folder, KEY_FILE);
    const own = shelf.chains().find(({ isOwn }) => isOwn)?.node;
    if (node !== undefined && own !== undefined && own !== node)
      throw new InputError([{ file, message: `this is the log of ${own}, not of ${node}` }]);
    // A new key beside a chain of its own could not sign it: that chain waits for its key.
    const key = keeping(() => (own === undefined ? readOrMakeKey(keyFile) : keyOfOld(keyFile)));
    return new LogStore(shelf, { node: own ?? node ?? nameOf(shelf, keyFile, key), key, clock, chance, place: file });
  } catch (error) {
    shelf.close();
    throw error;
  }
}

export function memoryStore({
  node = "memory",
  clock = machineClock,
  chance = machineChance,
}: Omit<Opening, "create"> = {}): LogStore {
  return new LogStore(new MemoryShelf(), { node, key: keeping(passingKey), clock, chance, place: node });
}

/** @throws InputError */
function keyOfOld(file: string): NodeKey {
  if (existsSync(file)) return readKey(file);
  const message =
    "the key that signed this log is not there: bring it back from your copy; without it the log can be read, not added to";
  throw new InputError([{ file, message }]);
}

/** A copy that was only brought in has no node of its own to be named: it is read under the first that it has. */
function nameOf(shelf: Shelf, keyFile: string, key: () => NodeKey): string {
  const [brought] = shelf.chains();
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
