/** Sealing: a draft gets its place in the chain, and the header that holds it there. */
import type { Instant } from "../time/instant.ts";
import type { Draft, EventHeader } from "./event.ts";
import type { Hash } from "./hash.ts";
import { commitmentOf, hashOfHeader, NO_PREVIOUS } from "./header.ts";

/** Where a chain stands: what the next event needs to know of it. */
export interface Tail {
  /** 0: nothing was written yet. */
  readonly sequence: number;
  readonly hash: Hash;
  readonly recordedAt: Instant;
}

export const NO_TAIL: Omit<Tail, "recordedAt"> = { sequence: 0, hash: NO_PREVIOUS };

/** What makes an event this one: drawn by whoever appends, since core throws no dice. */
export interface Seal {
  readonly node: string;
  readonly id: string;
  readonly salt: Uint8Array;
  readonly recordedAt: Instant;
}

export interface Sealed {
  readonly header: EventHeader;
  readonly hash: Hash;
  /** The next event's tail. */
  readonly tail: Tail;
}

/** @throws RangeError where it would be recorded before the event that it follows, or where its `at` has no length */
export function sealEvent(
  draft: Draft,
  after: Omit<Tail, "recordedAt"> & { recordedAt?: Instant },
  seal: Seal,
): Sealed {
  const { node, id, salt, recordedAt } = seal;
  if (after.recordedAt !== undefined && recordedAt < after.recordedAt)
    throw new RangeError(`recorded at ${recordedAt}, before its predecessor at ${after.recordedAt}`);
  const { type, typeVersion, at, actor, marking, body } = draft;
  if (!(at.start < at.end)) throw new RangeError(`${type}: an interval ends after it starts: ${at.start} .. ${at.end}`);
  const header: EventHeader = {
    version: 1,
    node,
    sequence: after.sequence + 1,
    id,
    type,
    typeVersion,
    at: { start: at.start, end: at.end },
    recordedAt,
    actor,
    marking,
    previous: after.hash,
    commitment: commitmentOf(salt, body),
  };
  const hash = hashOfHeader(header);
  return { header, hash, tail: { sequence: header.sequence, hash, recordedAt } };
}
