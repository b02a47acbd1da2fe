/** What the originator's log says of its releases: enough to make a recipient's chain again, and to prove it. */
import type { StoredEvent } from "./event.ts";
import { fold } from "./fold.ts";
import type { Hash, Json } from "./hash.ts";
import type { NationCode } from "./marking.ts";

export interface ReleasedPair {
  /** The event in the originator's chain, and the hash of its header. */
  readonly sequence: number;
  readonly hash: Hash;
  /** Of the recipient's event to its own body: stands here, since the body may be erased some day. */
  readonly commitment: Hash;
  /** The id that it made known to the recipient, for the same reason. */
  readonly makes?: string;
  /** Members that were erased by then: the recipient never had them. */
  readonly without?: readonly string[];
}

export interface ReleaseRecorded {
  readonly recipient: NationCode;
  /** Who released: the owner, or one who held it without originator control. */
  readonly by: NationCode;
  /** The recipient's chain, as it is called there. */
  readonly chain: string;
  /** 64 hexadecimal digits. Ids and salts of the recipient's chain come from it: it never leaves the originator. */
  readonly secret: string;
  readonly rules: number;
  /** The last event of the originator's chain that was looked at. */
  readonly upTo: number;
  readonly events: readonly ReleasedPair[];
  /** The recipient's chain after it. */
  readonly head: { readonly sequence: number; readonly hash: Hash };
}

/** Of one recipient. */
export interface ReleaseState {
  readonly chain: string;
  readonly secret: string;
  readonly by: NationCode;
  readonly upTo: number;
  readonly pairs: ReadonlyMap<number, ReleasedPair>;
  readonly head: { readonly sequence: number; readonly hash: Hash };
}

export type ReleaseStates = ReadonlyMap<NationCode, ReleaseState>;

export const bodyOfRelease = (recorded: ReleaseRecorded): Json => recorded as unknown as Json;

/** Every recipient's, as the log leaves them. Events of other types pass by. */
export function releasesOf(events: Iterable<StoredEvent>): ReleaseStates {
  return fold(events, new Map() as ReleaseStates, {
    "release.recorded": (states, body) => {
      const recorded = body as unknown as ReleaseRecorded;
      const { recipient, chain, secret, by, upTo, head } = recorded;
      // Made in this fold: nobody else holds it yet.
      const pairs = (states.get(recipient)?.pairs ?? new Map()) as Map<number, ReleasedPair>;
      for (const pair of recorded.events) pairs.set(pair.sequence, pair);
      return new Map(states).set(recipient, { chain, secret, by, upTo, pairs, head });
    },
  });
}
