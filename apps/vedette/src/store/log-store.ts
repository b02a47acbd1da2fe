/** The log, whatever it lies on: what is appended, in which order, and what holds it there. */
import type { Draft, EventHeader, StoredEvent } from "@vedette/core/record/event";
import { canonicalJson, type Hash, type Json, sha256Of } from "@vedette/core/record/hash";
import { SALT_BYTES } from "@vedette/core/record/header";
import { rootOf } from "@vedette/core/record/merkle";
import { type Instant, instant } from "@vedette/core/time/instant";
import { Appender } from "./appender.ts";
import type { Chance } from "./chance.ts";
import { type Erased, eraseIn } from "./erase.ts";
import { LeafHasher, sha256Fast } from "./fast-hash.ts";
import type { NodeKey } from "./key.ts";
import type { EventRow, Shelf } from "./shelf.ts";
import type { BatchAppended, BatchDraft, Erasure, ErasureTarget, EventRange, Member, Store } from "./store.ts";

export interface LogSetting {
  readonly node: string;
  /** Read at each write, since a chain that is only read needs none. */
  readonly key: () => NodeKey;
  readonly clock: () => Instant;
  readonly chance: Chance;
  /** Names the log in messages. */
  readonly place: string;
}

/** Rows read at a time: a reader holds no lock between them, so that it never keeps a writer waiting. */
const PAGE = 512;

export class LogStore implements Store {
  readonly shelf: Shelf;
  readonly #setting: LogSetting;

  constructor(shelf: Shelf, setting: LogSetting) {
    this.shelf = shelf;
    this.#setting = setting;
  }

  get node(): string {
    return this.#setting.node;
  }

  /** Names the log in messages. */
  get place(): string {
    return this.#setting.place;
  }

  /** @throws InputError where it is not there */
  key(): NodeKey {
    return this.#setting.key();
  }

  publicKey(): string {
    return this.key().publicKey;
  }

  /** @param drafts made under the writer's lock, from what the log then holds and the time that they will be given */
  appendNow(drafts: (recordedAt: Instant) => readonly Draft[]): readonly EventHeader[] {
    return this.#write((appender) => drafts(appender.recordedAt).map((draft) => appender.append(draft)));
  }

  async append(drafts: readonly Draft[]): Promise<readonly EventHeader[]> {
    if (drafts.length === 0) return [];
    return this.#write((appender) => drafts.map((draft) => appender.append(draft)));
  }

  async appendBatch({ members, progress, body, ...draft }: BatchDraft): Promise<BatchAppended> {
    if ("count" in body || "root" in body) throw new RangeError("a batch's count and root are the store's to give");
    return this.#write((appender) => {
      const fresh = this.#freshOf(members);
      const duplicate = members.length - fresh.length;
      if (progress !== undefined) this.shelf.putProgress(progress.key, progress.value);
      if (fresh.length === 0) return { added: 0, duplicate };
      const salts = this.#setting.chance(SALT_BYTES * fresh.length, `members of ${appender.nextSequence}`);
      const saltOf = (i: number): Uint8Array => salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES);
      const texts = fresh.map(({ value }) => canonicalJson(value));
      const hasher = new LeafHasher();
      const leaves = fresh.map(({ key }, i) => hasher.leafOf(saltOf(i), canonicalJson(key), texts[i] as string));
      const root = Buffer.from(rootOf(leaves, sha256Fast)).toString("hex");
      const header = appender.append({ ...draft, body: { ...body, count: fresh.length, root } });
      for (const [position, { key }] of fresh.entries()) {
        const row = { position, key, value: texts[position] as string, salt: saltOf(position) };
        this.shelf.putMember(this.node, header.sequence, row);
      }
      return { header, added: fresh.length, duplicate };
    });
  }

  /** Known neither to the log nor to this batch. */
  #freshOf(members: readonly Member[]): readonly Member[] {
    const seen = new Set<string>();
    return members.filter(({ key }) => {
      if (seen.has(key) || this.shelf.sequenceOfKey(this.node, key) !== undefined) return false;
      seen.add(key);
      return true;
    });
  }

  async progress(key: string): Promise<Json | undefined> {
    return this.shelf.progress(key);
  }

  chains(): readonly string[] {
    const nodes = this.shelf.chains().map(({ node }) => node);
    return nodes.toSorted((a, b) => Number(b === this.node) - Number(a === this.node) || (a < b ? -1 : 1));
  }

  async *events(range: EventRange = {}): AsyncIterable<StoredEvent> {
    for (const row of this.rows(range)) yield storedOf(row);
  }

  *rows(range: EventRange = {}): Generator<EventRow> {
    const { from = 1, to = Number.MAX_SAFE_INTEGER, types, chain = this.node } = range;
    for (let next = from; ; ) {
      const page = this.shelf.events({ chain, from: next, to, ...(types && { types }), limit: PAGE });
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      next = last.header.sequence + 1;
    }
  }

  async *members(
    batch: string,
    chain: string = this.node,
  ): AsyncIterable<{ readonly key: string; readonly value?: Json }> {
    const row = this.shelf.eventById(chain, batch);
    if (row === undefined) return;
    for (let from = 0; ; from += PAGE) {
      const page = this.shelf.members(chain, row.header.sequence, from, PAGE);
      for (const { key, value } of page)
        yield { key, ...(value !== undefined && { value: JSON.parse(value) as Json }) };
      if (page.length < PAGE) return;
    }
  }

  async erase(target: ErasureTarget, why: Erasure): Promise<EventHeader> {
    const erased: Erased = { shelf: this.shelf, node: this.node, place: this.#setting.place };
    const header = this.#write((appender) => eraseIn(erased, appender, target, why));
    if ("file" in target) this.shelf.removeFile(target.file);
    this.shelf.scrub();
    return header;
  }

  async putFile(bytes: Uint8Array): Promise<Hash> {
    const hash = sha256Of(bytes);
    this.shelf.putFile(hash, bytes);
    return hash;
  }

  async file(hash: Hash): Promise<Uint8Array | undefined> {
    return this.shelf.file(hash);
  }

  async close(): Promise<void> {
    this.shelf.close();
  }

  /** The head is signed within the same commit: what is on disk is always spoken for. */
  #write<T>(work: (appender: Appender) => T): T {
    const { node, key, clock, chance, place } = this.#setting;
    return this.shelf.write(() => {
      const appender = new Appender(this.shelf, { node, key: key(), now: clock(), chance }, place);
      const done = work(appender);
      appender.signHead();
      return done;
    });
  }
}

export const machineClock = (): Instant => instant(Date.now());

export function storedOf({ header, body, salt }: EventRow): StoredEvent {
  if (body === undefined || salt === undefined) return { header };
  return { header, body: JSON.parse(body) as Json, salt: Buffer.from(salt).toString("hex") };
}
