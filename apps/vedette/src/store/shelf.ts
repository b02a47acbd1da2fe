/** What a log lies on: rows, and nothing of their meaning. One for SQLite, one for PostgreSQL, one for memory. */
import type { EventHeader } from "@vedette/core/record/event";
import type { Hash, Json } from "@vedette/core/record/hash";
import type { Head } from "@vedette/core/record/head";
import type { Instant } from "@vedette/core/time/instant";

export interface EventRow {
  readonly header: EventHeader;
  /** Canonical JSON; none: erased or withheld. */
  readonly body?: string;
  readonly salt?: Uint8Array;
}

/** An event where it lies among those of all chains: later ones came in later. */
export interface ArrivedRow {
  readonly position: number;
  readonly row: EventRow;
}

export interface MemberRow {
  readonly position: number;
  readonly key: string;
  /** Canonical JSON; none: erased, and its leaf stands for it. */
  readonly value?: string;
  readonly salt?: Uint8Array;
  readonly leaf?: Uint8Array;
}

/** Of the event with this number. */
export interface NewMember extends MemberRow {
  readonly sequence: number;
}

export type BlankMember = Pick<Required<MemberRow>, "position" | "leaf">;

export interface ChainRow {
  readonly node: string;
  readonly publicKey: string;
  /** Written here, not brought in. */
  readonly isOwn: boolean;
}

export interface ProgressRow {
  readonly key: string;
  readonly value: Json;
}

export interface RowRange {
  readonly chain: string;
  /** First and last sequence, both inside. */
  readonly from: number;
  readonly to: number;
  readonly types?: readonly string[];
  readonly limit: number;
}

/** How a chain stands: what the next event needs to know. */
export interface Standing {
  readonly chain: ChainRow;
  readonly last?: EventHeader;
  /** What the machine's clock said when something was last appended. */
  readonly clockRead?: Instant;
}

export interface Rows {
  /** As they came in. */
  chains(): Promise<readonly ChainRow[]>;
  last(chain: string): Promise<EventRow | undefined>;
  standing(chain: string): Promise<Standing | undefined>;
  events(range: RowRange): Promise<readonly EventRow[]>;
  /** Of all chains, as they came in, after this position (0: from the first). */
  arrived(after: number, limit: number): Promise<readonly ArrivedRow[]>;
  eventById(chain: string, id: string): Promise<EventRow | undefined>;
  heads(chain: string, from: number, to: number): Promise<readonly Head[]>;
  /** The events that hold members of these keys; a key that none holds is left out. */
  sequencesOfKeys(chain: string, keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** From this position on. */
  members(chain: string, sequence: number, from: number, limit: number): Promise<readonly MemberRow[]>;
  memberByKey(chain: string, sequence: number, key: string): Promise<MemberRow | undefined>;
  progress(key: string): Promise<Json | undefined>;
  allProgress(): Promise<readonly ProgressRow[]>;
  clockRead(): Promise<Instant | undefined>;
  file(hash: Hash): Promise<Uint8Array | undefined>;
  /** In order. */
  files(): Promise<readonly Hash[]>;
}

/** Inside a write: it reads what it has written so far. */
export interface Changes extends Rows {
  putChain(chain: ChainRow): Promise<void>;
  /** Of one chain. */
  putEvents(chain: string, rows: readonly EventRow[]): Promise<void>;
  /** Gives an event that had none its body and salt. */
  fillEvent(chain: string, row: Required<Omit<EventRow, "header">> & { readonly sequence: number }): Promise<void>;
  /** Takes body and salt away. */
  blankEvent(chain: string, sequence: number): Promise<void>;
  /** Of one chain; one that is there stays. */
  putHeads(chain: string, heads: readonly Head[]): Promise<void>;
  /** Their events are there. */
  putMembers(chain: string, rows: readonly NewMember[]): Promise<void>;
  /** Takes values and salts away and leaves the leaves. */
  blankMembers(chain: string, sequence: number, rows: readonly BlankMember[]): Promise<void>;
  putProgress(row: ProgressRow): Promise<void>;
  putClockRead(at: Instant): Promise<void>;
  putFile(hash: Hash, bytes: Uint8Array): Promise<void>;
  removeFile(hash: Hash): Promise<void>;
}

export interface Shelf {
  /** What is on disk: never a write that is half done. */
  readonly rows: Rows;
  /** One writer at a time, among all processes; on disk when it resolves. What it throws undoes all of it. */
  write<T>(work: (to: Changes) => Promise<T>): Promise<T>;
  /** All of it as at one moment, whatever is written meanwhile. */
  snapshot<T>(read: (from: Rows) => Promise<T>): Promise<T>;
  /** What was blanked or removed is no longer to be found, as far as the store can do that. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
