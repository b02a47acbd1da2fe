/** What a log lies on: rows, and nothing of their meaning. One for SQLite, one for memory. */
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

export interface MemberRow {
  readonly position: number;
  readonly key: string;
  /** Canonical JSON; none: erased, and its leaf stands for it. */
  readonly value?: string;
  readonly salt?: Uint8Array;
  readonly leaf?: Uint8Array;
}

export interface ChainRow {
  readonly node: string;
  readonly publicKey: string;
  /** Written here, not brought in. */
  readonly isOwn: boolean;
}

export interface RowRange {
  readonly chain: string;
  /** First and last sequence, both inside. */
  readonly from: number;
  readonly to: number;
  readonly types?: readonly string[];
  readonly limit: number;
}

/** Every change happens inside `write`. What it throws undoes all of it. */
export interface Shelf {
  /** One writer at a time, among all processes; on disk when it returns. */
  write<T>(work: () => T): T;
  chains(): readonly ChainRow[];
  putChain(chain: ChainRow): void;
  last(chain: string): EventRow | undefined;
  events(range: RowRange): readonly EventRow[];
  eventById(chain: string, id: string): EventRow | undefined;
  putEvent(row: EventRow): void;
  /** Gives an event that had none its body and salt. */
  fillEvent(chain: string, row: Required<Omit<EventRow, "header">> & { readonly sequence: number }): void;
  /** Takes body and salt away. */
  blankEvent(chain: string, sequence: number): void;
  heads(chain: string, from: number, to: number): readonly Head[];
  lastHead(chain: string): Head | undefined;
  putHead(head: Head): void;
  /** The event that holds a member of this key. */
  sequenceOfKey(chain: string, key: string): number | undefined;
  members(chain: string, sequence: number, from: number, limit: number): readonly MemberRow[];
  memberByKey(chain: string, sequence: number, key: string): MemberRow | undefined;
  putMember(chain: string, sequence: number, row: MemberRow): void;
  /** Takes value and salt away and leaves the leaf. */
  blankMember(chain: string, sequence: number, row: { readonly position: number; readonly leaf: Uint8Array }): void;
  progress(key: string): Json | undefined;
  putProgress(key: string, value: Json): void;
  /** What the machine's clock said when something was last appended. */
  clockRead(): Instant | undefined;
  putClockRead(at: Instant): void;
  putFile(hash: Hash, bytes: Uint8Array): void;
  file(hash: Hash): Uint8Array | undefined;
  files(): readonly Hash[];
  removeFile(hash: Hash): void;
  /** Nothing of what was blanked is left in any file. */
  scrub(): void;
  close(): void;
}
