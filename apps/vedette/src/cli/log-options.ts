/** What the subcommands of `log` share: which log, what is known of it, and Ctrl-C. */
import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { SingleBar } from "cli-progress";
import { Interrupted, UsageError } from "../problem.ts";
import type { Known } from "../store/case-check.ts";
import type { Watch } from "../store/case-export.ts";
import type { LogStore } from "../store/log-store.ts";
import { openStore } from "../store/open.ts";
import { folderNamed } from "../store/place.ts";
import { shownText } from "./terminal.ts";

/** Where `vedette import` records unless it is told otherwise. */
export const DEFAULT_STORE = "vedette-log";

export async function withStore<T>(
  place: string,
  use: (store: LogStore) => T | Promise<T>,
  create = false,
): Promise<T> {
  const store = await openStore(place, { create });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** A log's own files are not written over by what is made of it. @throws UsageError */
export function outsideOf(place: string, file: string, option: string): void {
  const folder = folderNamed(place);
  if (folder === undefined) return;
  const inner = relative(realpathSync(folder), join(realpathSync(dirname(resolve(file))), basename(file)));
  if (inner === "" || (!inner.startsWith("..") && !isAbsolute(inner)))
    throw new UsageError(`${option} ${file}: lies in the log's own folder: expected another place`);
}

/** `NODE=KEY` and `NODE=NUMBER:HASH`, as `log verify` prints them. */
export function knownOf({ key = [], head = [] }: { key?: readonly string[]; head?: readonly string[] }): Known {
  const keys = key.map((text) => {
    const [, node = "", hash = ""] = /^(.+)=([0-9a-f]{64})$/.exec(text) ?? [];
    if (node === "") throw new UsageError(`--key ${text}: expected NODE=KEY, the key as 64 hexadecimal digits`);
    return [node, hash] as const;
  });
  const anchors = head.map((text) => {
    const [, node = "", sequence = "", hash = ""] = /^(.+)=([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
    if (node === "") throw new UsageError(`--head ${text}: expected NODE=NUMBER:HASH, as log verify prints it`);
    return [node, { sequence: Number(sequence), hash }] as const;
  });
  return { keys: new Map(keys), anchors: new Map(anchors) };
}

/** For options that may be given several times. */
export const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const BAR_FROM_BYTES = 16 << 20;

/** Long work with a bar for people, which Ctrl-C ends; what was begun is then removed. @param totalBytes 0: not known */
export async function watched<T>(what: string, totalBytes: number, work: (watch: Watch) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort(new Interrupted("interrupted; nothing was changed"));
  const format = totalBytes > 0 ? `${what} {bar} {percentage}%` : `${what} {value}`;
  const bar = new SingleBar({ stream: process.stderr, format, hideCursor: true });
  const isShown = process.stderr.isTTY && (totalBytes === 0 || totalBytes >= BAR_FROM_BYTES);
  if (isShown) bar.start(totalBytes, 0);
  process.once("SIGINT", onInterrupt);
  try {
    return await work({ signal: abort.signal, onBytes: (bytes) => isShown && bar.update(bytes) });
  } finally {
    process.off("SIGINT", onInterrupt);
    bar.stop();
  }
}

export const print = (text: string): void => {
  process.stdout.write(`${shownText(text)}\n`);
};
