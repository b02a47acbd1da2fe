/** A case's entries, with their lines: out of an export, or out of a log as an export of it would have them. */
import { createHash } from "node:crypto";
import type { ChainClaim } from "@vedette/core/record/chain";
import type { ChainEntry, MemberEntry } from "@vedette/core/record/chain-fault";
import type { Head } from "@vedette/core/record/head";
import { InputError } from "../problem.ts";
import { type CaseEntry, DATA_BYTES, parseEntry } from "./case-entry.ts";
import { linesOf } from "./lines.ts";
import { type LogStore, storedOf } from "./log-store.ts";
import type { MemberRow } from "./shelf.ts";

export interface ReadEntry {
  readonly entry: CaseEntry;
  readonly line: number;
  /** With the end: what came before it, to be compared with what it says. */
  readonly found?: { readonly lines: number; readonly sha256: string };
}

const PAGE = 512;

/** @throws InputError at the first line that is none of a case, and where the file was cut off or changed on its way */
export function* entriesOfFile(file: string, onBytes?: (read: number) => void): Generator<ReadEntry> {
  const digest = createHash("sha256");
  let [last, isEnded] = [0, false];
  for (const { text, line, bytes } of linesOf(file, onBytes)) {
    const entry = parseEntry(text);
    if (typeof entry === "string") throw fault(file, line, entry);
    if (line === 1 && !("vedette" in entry)) throw fault(file, line, "not a case of vedette");
    if (isEnded) throw fault(file, line, "something after the end");
    last = line;
    if ("end" in entry) {
      isEnded = true;
      yield { entry, line, found: { lines: line - 1, sha256: digest.digest("hex") } };
      continue;
    }
    digest.update(bytes).update("\n");
    if (line > 1) yield { entry, line };
  }
  if (!isEnded) throw fault(file, last + 1, "it has no end: it was cut off");
}

/** @param chains only these; by default all that it holds */
export function* entriesOfStore(store: LogStore, chains?: readonly string[]): Generator<CaseEntry> {
  for (const { node, publicKey } of store.shelf.chains()) {
    if (chains !== undefined && !chains.includes(node)) continue;
    yield { chain: { node, publicKey } satisfies ChainClaim };
    yield* entriesOfChain(store, node);
  }
  for (const hash of store.shelf.files()) yield* entriesOfBytes(hash, store.shelf.file(hash) ?? new Uint8Array());
}

/** @param to by default what is written now: what others append meanwhile is in the next export */
export function* entriesOfChain(
  store: LogStore,
  chain: string,
  to: number = lastOf(store, chain),
): Generator<ChainEntry> {
  for (let from = 1; from <= to; ) {
    const rows = store.shelf.events({ chain, from, to, limit: PAGE });
    const last = rows.at(-1)?.header.sequence ?? to;
    const heads = new Map<number, Head>();
    for (const head of store.shelf.heads(chain, from, last)) heads.set(head.sequence, head);
    for (const row of rows) {
      yield { event: storedOf(row) };
      yield* membersOf(store, chain, row.header.sequence);
      const head = heads.get(row.header.sequence);
      if (head !== undefined) yield { head };
    }
    from = last + 1;
  }
}

const lastOf = (store: LogStore, chain: string): number => store.shelf.last(chain)?.header.sequence ?? 0;

function* membersOf(store: LogStore, chain: string, sequence: number): Generator<ChainEntry> {
  for (let from = 0; ; from += PAGE) {
    const page = store.shelf.members(chain, sequence, from, PAGE);
    for (const row of page) yield { member: memberOf(row) };
    if (page.length < PAGE) return;
  }
}

function memberOf({ key, value, salt, leaf }: MemberRow): MemberEntry {
  if (value !== undefined && salt !== undefined) return { key, value: JSON.parse(value), salt: hexOf(salt) };
  return { key, ...(leaf && { leaf: hexOf(leaf) }) };
}

export function* entriesOfBytes(hash: string, bytes: Uint8Array): Generator<CaseEntry> {
  yield { file: { hash, bytes: bytes.length } };
  for (let at = 0; at < bytes.length; at += DATA_BYTES)
    yield { data: Buffer.from(bytes.subarray(at, at + DATA_BYTES)).toString("base64") };
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const fault = (file: string, line: number, message: string): InputError => new InputError([{ file, line, message }]);
