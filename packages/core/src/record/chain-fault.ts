/** What can be wrong with a copy of a chain. */
import type { StoredEvent } from "./event.ts";
import type { Hash, Json } from "./hash.ts";
import type { Head } from "./head.ts";

/** One line of a copy, in the copy's order: an event, then its members, then the head signed over it, if one was. */
export type ChainEntry = { readonly event: StoredEvent } | { readonly member: MemberEntry } | { readonly head: Head };

/** A member with its salt, or, erased, with its leaf alone. */
export interface MemberEntry {
  readonly key: string;
  readonly value?: Json;
  readonly salt?: string;
  readonly leaf?: Hash;
}

export type FaultCode =
  /** Not what a log writes. */
  | "malformed"
  /** The header is not the one that the chain was made with. */
  | "altered"
  | "dropped"
  | "reordered"
  | "inserted"
  /** Body or members are not what the header binds. */
  | "body"
  | "signature"
  /** Written down before the event that it follows. */
  | "time"
  /** Erased, says the log; but here it is. */
  | "kept";

export interface ChainFault {
  readonly code: FaultCode;
  /** The first broken event's number; none where no event is broken. */
  readonly sequence?: number;
  readonly id?: string;
  readonly message: string;
}

export interface ChainReport {
  readonly node: string;
  readonly publicKey: string;
  readonly events: number;
  /** Events whose body is there, was erased, is withheld from this copy. They add up to `events`. */
  readonly bodies: number;
  readonly erased: number;
  readonly withheld: number;
  readonly members: number;
  readonly membersErased: number;
  /** That batches say they have, of batches none of whose members is here. */
  readonly membersMissing: number;
  readonly heads: number;
  /** Of the last event: worth writing down elsewhere, since no copy can show what was cut off after its last head. */
  readonly last?: { readonly sequence: number; readonly hash: Hash };
  /** The first, and no more: what follows a broken link proves nothing. */
  readonly fault?: ChainFault;
}
