/** A release: recorded in the log before its file gets its name, so that nothing leaves unrecorded. */
import { randomBytes } from "node:crypto";
import type { ChainEntry } from "@vedette/core/record/chain-fault";
import type { Draft, StoredEvent } from "@vedette/core/record/event";
import { signHead } from "@vedette/core/record/head";
import type { Marking, NationCode } from "@vedette/core/record/marking";
import { Releaser, type ReleaseSetting } from "@vedette/core/record/release";
import { batchesOf } from "@vedette/core/record/release-audit";
import { bodyOfRelease, type ReleasedPair, type ReleaseState, releasesOf } from "@vedette/core/record/release-record";
import { RULES_VERSION } from "@vedette/core/record/release-rules";
import { type Instant, instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import type { CaseEntry } from "./case-entry.ts";
import { type Exported, type Watch, writeCase } from "./case-export.ts";
import { entriesOfBytes, entriesOfChain } from "./case-read.ts";
import type { LogStore } from "./log-store.ts";
import { storedOf } from "./log-store.ts";
import type { Rows } from "./shelf.ts";

export interface ReleaseOrder {
  readonly by: NationCode;
  readonly to: NationCode;
  readonly actor: string;
  readonly file: string;
}

export interface ReleaseDone extends Exported {
  readonly chain: string;
  readonly events: number;
  readonly added: number;
  /** Of the originator's log, for its own eyes. */
  readonly keptHome: number;
  readonly files: number;
  /** Released before; their bodies were erased since, or withheld. */
  readonly withoutBody: number;
}

/** Pairs of one record: an event's body stays small enough to be read at once. */
const PAIRS = 1000;

/** @throws InputError where the log is empty, or another release to the same nation came between */
export async function release(store: LogStore, order: ReleaseOrder, watch?: Watch): Promise<ReleaseDone> {
  const last = (await store.shelf.rows.last(store.node))?.header;
  if (last === undefined)
    throw new InputError([{ file: store.place, message: "nothing to release: the log is empty" }]);
  const records: StoredEvent[] = [];
  for await (const record of recordsOf(store)) records.push(record);
  const before = releasesOf(records).get(order.to);
  if (before !== undefined && before.by !== order.by)
    throw new InputError([{ file: store.place, message: `releases to ${order.to} are made as ${before.by}` }]);
  const run = new ReleaseRun(store, order, settingOf(order, store.node, before), last.sequence);
  const exported = await writeCase(order.file, run.entries(), watch);
  return { ...exported, ...run.counts, chain: run.chain };
}

function settingOf({ by, to }: ReleaseOrder, node: string, before: ReleaseState | undefined): ReleaseSetting {
  if (before !== undefined) return { ...before, to };
  return { by, to, chain: `${node}/${to}`, secret: randomBytes(32).toString("hex"), pairs: new Map(), upTo: 0 };
}

async function* recordsOf(store: LogStore, from = 1, held?: Rows): AsyncGenerator<StoredEvent> {
  for await (const row of store.rows({ from, types: ["release.recorded"] }, held)) yield storedOf(row);
}

class ReleaseRun {
  readonly counts = { events: 0, added: 0, keptHome: 0, files: 0, withoutBody: 0 };
  readonly #store: LogStore;
  readonly #order: ReleaseOrder;
  readonly #setting: ReleaseSetting;
  readonly #upTo: number;
  readonly #pairs: ReleasedPair[] = [];
  readonly #files = new Set<string>();
  #recordedAt: Instant | undefined;

  constructor(store: LogStore, order: ReleaseOrder, setting: ReleaseSetting, upTo: number) {
    this.#store = store;
    this.#order = order;
    this.#setting = setting;
    this.#upTo = upTo;
  }

  get chain(): string {
    return this.#setting.chain;
  }

  async *entries(): AsyncGenerator<CaseEntry> {
    yield { chain: { node: this.chain, publicKey: this.#store.publicKey() } };
    const releaser = new Releaser(this.#setting);
    const own = entriesOfChain(this.#store.shelf.rows, this.#store.node, this.#upTo);
    for await (const { event, members } of batchesOf(own)) {
      const released = releaser.take(event, members);
      if (released === undefined) {
        this.counts.keptHome++;
        continue;
      }
      this.counts.events++;
      if (released.event.body === undefined) this.counts.withoutBody++;
      if (released.isNew) this.#pairs.push(released.pair);
      this.#recordedAt = event.header.recordedAt;
      yield { event: released.event };
      for (const member of released.members) {
        this.#noteFiles(member.value);
        yield { member };
      }
    }
    yield* this.#head(releaser.tail);
    yield* this.#fileEntries();
    // The last thing before the file is named.
    await this.#record(releaser.tail);
  }

  *#head({ sequence, hash }: Releaser["tail"]): Generator<ChainEntry> {
    if (sequence === 0 || this.#recordedAt === undefined) return;
    const publicKey = this.#store.publicKey();
    const statement = { version: 1, node: this.chain, sequence, hash, at: this.#recordedAt, publicKey } as const;
    yield { head: signHead(statement, this.#store.key().sign) };
  }

  #noteFiles(value: unknown): void {
    const files = (value as { files?: unknown } | null | undefined)?.files;
    if (Array.isArray(files)) for (const file of files) if (typeof file === "string") this.#files.add(file);
  }

  async *#fileEntries(): AsyncGenerator<CaseEntry> {
    for (const hash of [...this.#files].sort()) {
      const bytes = /^[0-9a-f]{64}$/.test(hash) ? await this.#store.file(hash) : undefined;
      if (bytes === undefined) continue;
      this.counts.files++;
      yield* entriesOfBytes(hash, bytes);
    }
  }

  async #record(head: Releaser["tail"]): Promise<void> {
    const { to, by, actor } = this.#order;
    this.counts.added = this.#pairs.length;
    if (this.#pairs.length === 0) return;
    const { chain, secret } = this.#setting;
    await this.#store.appendNow(async (held, now) => {
      for await (const { header } of recordsOf(this.#store, this.#upTo + 1, held))
        throw new InputError([
          { file: this.#store.place, message: `another release was recorded (${header.id}): try again` },
        ]);
      const base = { recipient: to, by, chain, secret, rules: RULES_VERSION, upTo: this.#upTo, head };
      const marking = await this.#markingOf(held, by);
      const chunks = Math.ceil(this.#pairs.length / PAIRS);
      return Array.from({ length: chunks }, (_, i) => {
        const events = this.#pairs.slice(i * PAIRS, (i + 1) * PAIRS);
        return draftOf(actor, now, marking, bodyOfRelease({ ...base, events }));
      });
    });
  }

  /** For the releasing nation alone: it names what others were not told. */
  async #markingOf(held: Rows, owner: NationCode): Promise<Marking> {
    const use = (await held.last(this.#store.node))?.header.marking.use ?? "exercise";
    return { owner, releasableTo: [], originatorControlled: true, use };
  }
}

const draftOf = (actor: string, at: Instant, marking: Marking, body: Draft["body"]): Draft => ({
  type: "release.recorded",
  typeVersion: 1,
  at: { start: at, end: instant(at + 1) },
  actor,
  marking,
  body,
});
