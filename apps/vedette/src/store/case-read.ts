/** A case's entries, with their lines: out of an export, or out of a log as an export of it would have them. */
import { createHash } from "node:crypto";
import type { ChainClaim } from "@vedette/core/record/chain";
import type { ChainEntry, MemberEntry } from "@vedette/core/record/chain-fault";
import type { StoredEvent } from "@vedette/core/record/event";
import type { Head } from "@vedette/core/record/head";
import type { Instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import { type CaseEntry, DATA_BYTES, parseEntry } from "./case-entry.ts";
import { linesOf } from "./lines.ts";
import { storedOf } from "./log-store.ts";
import type { MemberRow, Rows } from "./shelf.ts";

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

export interface Extract {
  /** Only these; by default all that it holds. */
  readonly chains?: readonly string[];
  /** Nothing that was written down at or after it. */
  readonly until?: Instant;
}

/** @param from a snapshot, so that what others do meanwhile is in it whole or not at all */
export async function* entriesOfRows(from: Rows, { chains, until }: Extract = {}): AsyncGenerator<CaseEntry> {
  const named = new Set<string>();
  for (const { node, publicKey } of await from.chains()) {
    const last = await lastOf(from, node, until);
    if (chains !== undefined && !chains.includes(node)) continue;
    if (until !== undefined && last === 0) continue;
    yield { chain: { node, publicKey } satisfies ChainClaim };
    for await (const entry of entriesOfChain(from, node, last)) {
      if (until !== undefined) noteHashes(entry, named);
      yield entry;
    }
  }
  if (chains !== undefined) return;
  for (const hash of await from.files()) {
    // When a file came in nobody says: those are meant that something speaks of by then.
    if (until !== undefined && !named.has(hash)) continue;
    const bytes = await from.file(hash);
    if (bytes !== undefined) yield* entriesOfBytes(hash, bytes);
  }
}

/** The same with their numbers, as if it were a file. */
export async function* readRows(from: Rows, extract?: Extract): AsyncGenerator<ReadEntry> {
  let line = 0;
  for await (const entry of entriesOfRows(from, extract)) yield { entry, line: ++line };
}

function noteHashes(entry: ChainEntry, named: Set<string>): void {
  const said = "event" in entry ? entry.event.body : "member" in entry ? entry.member.value : undefined;
  if (said === undefined) return;
  for (const [hash] of JSON.stringify(said).matchAll(/[0-9a-f]{64}/g)) named.add(hash);
}

/** @param to the last event; what others append meanwhile is in the next export */
export async function* entriesOfChain(from: Rows, chain: string, to: number): AsyncGenerator<ChainEntry> {
  for (let next = 1; next <= to; ) {
    const rows = await from.events({ chain, from: next, to, limit: PAGE });
    const last = rows.at(-1)?.header.sequence ?? to;
    const heads = new Map<number, Head>();
    for (const head of await from.heads(chain, next, last)) heads.set(head.sequence, head);
    for (const row of rows) {
      const event = storedOf(row);
      yield { event };
      if (mayHaveMembers(event)) yield* membersOf(from, chain, row.header.sequence);
      const head = heads.get(row.header.sequence);
      if (head !== undefined) yield { head };
    }
    next = last + 1;
  }
}

/** A body says that it is a batch's; of one that is gone nobody knows. */
function mayHaveMembers({ body }: StoredEvent): boolean {
  return body === undefined || (typeof body === "object" && body !== null && "root" in body);
}

/** `recordedAt` never goes back: the last before an instant is found by halving. */
async function lastOf(from: Rows, chain: string, until?: Instant): Promise<number> {
  const last = (await from.last(chain))?.header;
  if (last === undefined) return 0;
  if (until === undefined || last.recordedAt < until) return last.sequence;
  let [before, after] = [0, last.sequence];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const [row] = await from.events({ chain, from: middle, to: middle, limit: 1 });
    if (row !== undefined && row.header.recordedAt < until) before = middle;
    else after = middle;
  }
  return before;
}

async function* membersOf(from: Rows, chain: string, sequence: number): AsyncGenerator<ChainEntry> {
  for (let next = 0; ; next += PAGE) {
    const page = await from.members(chain, sequence, next, PAGE);
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
