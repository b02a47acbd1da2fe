/** A log saved whole, brought back, or moved to another kind of store: every hash and signature stays what it was. */
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import { type Exported, type Watch, writeCase } from "./case-export.ts";
import { type CaseImported, importCase, importEntries } from "./case-import.ts";
import { entriesOfRows, readRows } from "./case-read.ts";
import { isFault, problemOf, verifyFile } from "./case-verify.ts";
import { FileShelf } from "./file-shelf.ts";
import { placeKey, readKey } from "./key.ts";
import type { LogStore } from "./log-store.ts";
import { openStore } from "./open.ts";
import { LOG_FILE, placeOf } from "./place.ts";
import type { Rows } from "./shelf.ts";
import { SqliteShelf } from "./sqlite-shelf.ts";

/** @param until nothing that was written down at or after it */
const extractOf = (until: Instant | undefined) => (until === undefined ? {} : { until });

/** As a case: one file that any store takes back. All as at one moment, whatever is written meanwhile. */
export const backupAsCase = (store: LogStore, file: string, until?: Instant, watch?: Watch): Promise<Exported> =>
  store.shelf.snapshot((rows) => writeCase(file, entriesOfRows(rows, extractOf(until)), watch));

/** As a folder that can be opened as it is, without the key. Only SQLite's are one. @throws InputError */
export async function backupAsFolder({ shelf, place }: LogStore, folder: string): Promise<{ readonly files: number }> {
  if (!(shelf instanceof SqliteShelf))
    throw new InputError([{ file: place, message: "no folder: expected --as case for what lies in a database" }]);
  if (existsSync(folder)) throw new InputError([{ file: folder, message: "is there already: expected a new folder" }]);
  const draft = `${folder}.${randomBytes(6).toString("hex")}.part`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  try {
    shelf.copyInto(join(draft, LOG_FILE));
    syncFile(join(draft, LOG_FILE));
    // After it: a file that is erased meanwhile must not stay in the copy.
    const files = await copyFiles(shelf.rows, new FileShelf(join(draft, "files")));
    renameSync(draft, folder);
    return { files };
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

async function copyFiles(rows: Rows, into: FileShelf): Promise<number> {
  const hashes = await rows.files();
  for (const hash of hashes) {
    const bytes = await rows.file(hash);
    if (bytes !== undefined) into.put(hash, bytes);
  }
  return hashes.length;
}

function syncFile(file: string): void {
  const handle = openSync(file, "r+");
  fsyncSync(handle);
  closeSync(handle);
}

export interface Restored extends CaseImported {
  /** Whose chain it can go on with: its key is here. */
  readonly writes?: string;
}

/** A case into an empty place. It is checked before anything is made. @param key the node's, to be put beside it */
export async function restoreCase(
  file: string,
  into: string,
  { key, onBytes }: { readonly key?: string; readonly onBytes?: (read: number) => void },
): Promise<Restored> {
  const verified = await verifyFile(file);
  if (isFault(verified)) throw problemOf(file, verified);
  return withEmpty(into, verified.chains, key, (store) => importCase(store, file, undefined, onBytes));
}

/** From one store into an empty one, of either kind. What it remembers of files half imported goes along where all does. */
export function copyStore(
  from: LogStore,
  into: string,
  { key, until }: { readonly key?: string; readonly until?: Instant },
): Promise<Restored> {
  return from.shelf.snapshot(async (rows) =>
    withEmpty(into, await rows.chains(), key, async (store) => {
      const copied = await importEntries(store, readRows(rows, extractOf(until)), from.place);
      if (until !== undefined) return copied;
      const [progress, clock] = [await rows.allProgress(), await rows.clockRead()];
      await store.shelf.write(async (to) => {
        for (const row of progress) await to.putProgress(row);
        if (clock !== undefined) await to.putClockRead(clock);
      });
      return copied;
    }),
  );
}

/** The key that is there, or that is given, says which of the chains is its own. */
async function withEmpty(
  into: string,
  chains: readonly { readonly node: string; readonly publicKey: string }[],
  key: string | undefined,
  fill: (store: LogStore) => Promise<CaseImported>,
): Promise<Restored> {
  const { keyFile } = placeOf(into);
  const mine = key ?? (existsSync(keyFile) ? keyFile : undefined);
  const publicKey = mine === undefined ? undefined : readKey(mine).publicKey;
  const writes = chains.find((chain) => chain.publicKey === publicKey)?.node;
  if (key !== undefined && writes === undefined)
    throw new InputError([
      { file: key, message: `the key of none of the chains: ${chains.map(({ node }) => node).join(", ")}` },
    ]);
  if (key !== undefined) placeKey(key, keyFile);
  const store = await openStore(into, { create: true, ...(writes !== undefined && { node: writes }) });
  try {
    if ((await store.shelf.rows.chains()).length > 0)
      throw new InputError([{ file: store.place, message: "a log is there already: expected an empty place" }]);
    return { ...(await fill(store)), ...(writes !== undefined && { writes }) };
  } finally {
    await store.close();
  }
}
