/** Files of evidence in a folder, each under its own hash: written once, whole or not at all. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Hash } from "@vedette/core/record/hash";
import { InputError } from "../problem.ts";
import { hexFast } from "./fast-hash.ts";

const HASH = /^[0-9a-f]{64}$/;

export class FileShelf {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns whether it was not there */
  put(hash: Hash, bytes: Uint8Array): boolean {
    const path = this.#pathOf(hash);
    if (existsSync(path)) return false;
    mkdirSync(dirname(path), { recursive: true });
    const draft = `${path}.${randomBytes(6).toString("hex")}`;
    const handle = openSync(draft, "wx");
    try {
      writeFileSync(handle, bytes);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, path);
    syncFolder(dirname(path));
    return true;
  }

  /** @throws InputError where the file is no longer what it was */
  read(hash: Hash): Uint8Array | undefined {
    const path = this.#pathOf(hash);
    if (!existsSync(path)) return undefined;
    const bytes = readFileSync(path);
    if (hexFast(bytes) !== hash)
      throw new InputError([{ file: path, message: "altered: its bytes have another hash" }]);
    return bytes;
  }

  /** In order. What a kill left half written has another name. */
  all(): Hash[] {
    if (!existsSync(this.#folder)) return [];
    const folders = readdirSync(this.#folder).filter((name) => /^[0-9a-f]{2}$/.test(name));
    const names = folders.flatMap((start) => readdirSync(join(this.#folder, start)).map((rest) => start + rest));
    return names.filter((name) => HASH.test(name)).sort();
  }

  remove(hash: Hash): void {
    rmSync(this.#pathOf(hash), { force: true });
  }

  #pathOf(hash: Hash): string {
    if (!HASH.test(hash)) throw new RangeError(`not a SHA-256 hash: ${hash}`);
    return join(this.#folder, hash.slice(0, 2), hash.slice(2));
  }
}

/** The name is on disk too. Windows cannot, and need not. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}
