/** What every store can do, whatever holds it: one contract suite runs over all of them. */
import type { Draft, EventHeader, StoredEvent } from "@vedette/core/record/event";
import type { Hash, Json } from "@vedette/core/record/hash";

/** One of many that a single event records: a detection, a report. */
export interface Member {
  /** What it is known by: the same key is recorded once. */
  readonly key: string;
  readonly value: Json;
}

/** A batch: one event whose body ends in the root over its members, each provable alone. */
export interface BatchDraft extends Omit<Draft, "body"> {
  /** What is said of the batch as a whole; the store adds `count` and `root`. */
  readonly body: { readonly [key: string]: Json | undefined };
  readonly members: readonly Member[];
  /** Kept with the batch or not at all: where a reader of a file goes on after a kill. */
  readonly progress?: { readonly key: string; readonly value: Json };
}

export interface BatchAppended {
  /** None where every member was known already. */
  readonly header?: EventHeader;
  readonly added: number;
  readonly duplicate: number;
}

export interface EventRange {
  /** First and last sequence, both inside. */
  readonly from?: number;
  readonly to?: number;
  readonly types?: readonly string[];
  /** Another node's, brought in by an import; its own where left out. */
  readonly chain?: string;
}

export interface Store {
  /** Whose chain it appends to. */
  readonly node: string;
  /**
   * All of it or nothing; on disk when it resolves. What comes at the same time shares a commit, and what is refused fails alone.
   * Where the clock was set back, that is recorded before.
   *
   * @throws BusyError where too much waits to be written
   */
  append(drafts: readonly Draft[]): Promise<readonly EventHeader[]>;
  /** With its progress, and as `append`. Members whose key is known are left out. */
  appendBatch(draft: BatchDraft): Promise<BatchAppended>;
  progress(key: string): Promise<Json | undefined>;
  /** Its own, where it has written, then those that were brought in. */
  chains(): Promise<readonly string[]>;
  /** In the chain's order. */
  events(range?: EventRange): AsyncIterable<StoredEvent>;
  /** Members of a batch in their order; an erased one without value. */
  members(batch: string, chain?: string): AsyncIterable<{ readonly key: string; readonly value?: Json }>;
  /**
   * Takes a body away, and records that: who, when, by which rule. A member of a batch by its key, which stays: the
   * same record does not come in again.
   *
   * @throws InputError where there is no such thing, or nothing left of it
   */
  erase(target: ErasureTarget, why: Erasure): Promise<EventHeader>;
  /** Files of evidence by their hash (SHA-256 of their bytes). */
  putFile(bytes: Uint8Array): Promise<Hash>;
  file(hash: Hash): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** An event's body (a batch with all its members), one member of a batch, or a file of evidence. */
export type ErasureTarget = { readonly event: string; readonly member?: string } | { readonly file: Hash };

export interface Erasure {
  readonly actor: string;
  /** The rule that it rests on, e.g. `GDPR 17(1)(b)`. */
  readonly rule: string;
  readonly reason: string;
}
