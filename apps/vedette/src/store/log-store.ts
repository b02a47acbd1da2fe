/** The log, whatever it lies on: what is appended, in which order, and what holds it there. */
import type { Draft, EventHeader, StoredEvent } from "@vedette/core/record/event";
import type { Hash, Json } from "@vedette/core/record/hash";
import { type Instant, instant } from "@vedette/core/time/instant";
import { Appender, type Outcome } from "./appender.ts";
import { appendBatchTo } from "./batch.ts";
import type { Chance } from "./chance.ts";
import { eraseIn } from "./erase.ts";
import { hexFast } from "./fast-hash.ts";
import { GroupCommit, type Job } from "./group-commit.ts";
import type { NodeKey } from "./key.ts";
import type { Changes, EventRow, Rows, Shelf } from "./shelf.ts";
import type { BatchAppended, BatchDraft, Erasure, ErasureTarget, EventRange, Store } from "./store.ts";

export interface LogSetting {
  readonly node: string;
  /** Read at each write, since a chain that is only read needs none. */
  readonly key: () => NodeKey;
  readonly clock: () => Instant;
  readonly chance: Chance;
  /** Names the log in messages. */
  readonly place: string;
  /** Rows that may wait to be written. */
  readonly mostWaiting?: number;
}

/** Rows read at a time: a reader holds no lock between them, so that it never keeps a writer waiting. */
const PAGE = 512;

export class LogStore implements Store {
  readonly shelf: Shelf;
  readonly #setting: LogSetting;
  readonly #group: GroupCommit;

  constructor(shelf: Shelf, setting: LogSetting) {
    this.shelf = shelf;
    this.#setting = setting;
    this.#group = new GroupCommit((jobs) => this.#commit(jobs), setting.place, setting.mostWaiting);
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
  appendNow(drafts: (held: Rows, recordedAt: Instant) => Promise<readonly Draft[]>): Promise<readonly EventHeader[]> {
    return this.#alone(async (appender, to) =>
      (await drafts(to, appender.recordedAt)).map((draft) => appender.append(draft)),
    );
  }

  async append(drafts: readonly Draft[]): Promise<readonly EventHeader[]> {
    if (drafts.length === 0) return [];
    const append = (appender: Appender) => drafts.map((draft) => appender.append(draft));
    return (await this.#group.add({ weight: drafts.length, keys: [], append })) as readonly EventHeader[];
  }

  async appendBatch(draft: BatchDraft): Promise<BatchAppended> {
    const { members, body } = draft;
    if ("count" in body || "root" in body) throw new RangeError("a batch's count and root are the store's to give");
    return (await this.#group.add({
      weight: members.length + 1,
      keys: members.map(({ key }) => key),
      append: (appender) => appendBatchTo(appender, draft),
    })) as BatchAppended;
  }

  progress(key: string): Promise<Json | undefined> {
    return this.shelf.rows.progress(key);
  }

  async chains(): Promise<readonly string[]> {
    const nodes = (await this.shelf.rows.chains()).map(({ node }) => node);
    return nodes.toSorted((a, b) => Number(b === this.node) - Number(a === this.node) || (a < b ? -1 : 1));
  }

  async *events(range: EventRange = {}): AsyncGenerator<StoredEvent> {
    for await (const row of this.rows(range)) yield storedOf(row);
  }

  /** @param from within a write: what that has written too */
  async *rows(range: EventRange = {}, from: Rows = this.shelf.rows): AsyncGenerator<EventRow> {
    const { from: first = 1, to = Number.MAX_SAFE_INTEGER, types, chain = this.node } = range;
    for (let next = first; ; ) {
      const page = await from.events({ chain, from: next, to, ...(types && { types }), limit: PAGE });
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      next = last.header.sequence + 1;
    }
  }

  async *members(
    batch: string,
    chain: string = this.node,
  ): AsyncGenerator<{ readonly key: string; readonly value?: Json }> {
    const { rows } = this.shelf;
    const row = await rows.eventById(chain, batch);
    if (row === undefined) return;
    for (let from = 0; ; from += PAGE) {
      const page = await rows.members(chain, row.header.sequence, from, PAGE);
      for (const { key, value } of page)
        yield { key, ...(value !== undefined && { value: JSON.parse(value) as Json }) };
      if (page.length < PAGE) return;
    }
  }

  async erase(target: ErasureTarget, why: Erasure): Promise<EventHeader> {
    const { node, place } = this;
    const header = await this.#alone((appender, rows) => eraseIn({ rows, node, place }, appender, target, why));
    await this.shelf.scrub();
    return header;
  }

  async putFile(bytes: Uint8Array): Promise<Hash> {
    const hash = hexFast(bytes);
    await this.shelf.write((to) => to.putFile(hash, bytes));
    return hash;
  }

  file(hash: Hash): Promise<Uint8Array | undefined> {
    return this.shelf.rows.file(hash);
  }

  /** What waits is written first. */
  async close(): Promise<void> {
    await this.#group.idle();
    await this.shelf.close();
  }

  /** One write, one head; each of them as if it came alone. */
  #commit(jobs: readonly Job[]): Promise<readonly Outcome[]> {
    return this.#alone(async (appender) => {
      await appender.lookUp([...new Set(jobs.flatMap(({ keys }) => keys))]);
      return jobs.map(({ append }) => appender.attempt(() => append(appender)));
    });
  }

  #alone<T>(work: (appender: Appender, to: Changes) => Promise<T>): Promise<T> {
    const { node, key, clock, chance, place } = this.#setting;
    return this.shelf.write(async (to) => {
      const appender = await Appender.on(to, { node, key: key(), now: clock(), chance }, place);
      const done = await work(appender, to);
      await appender.putDown();
      return done;
    });
  }
}

export const machineClock = (): Instant => instant(Date.now());

export function storedOf({ header, body, salt }: EventRow): StoredEvent {
  if (body === undefined || salt === undefined) return { header };
  return { header, body: JSON.parse(body) as Json, salt: Buffer.from(salt).toString("hex") };
}
