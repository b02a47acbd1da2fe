/** Events: what the log is made of. One chain per originating node; a header says all but what happened, a body that. */
import type { Instant, Interval } from "../time/instant.ts";
import type { Hash, Json } from "./hash.ts";
import type { Marking } from "./marking.ts";

export interface EventHeader {
  readonly version: 1;
  /** The originating node: each has a chain of its own. */
  readonly node: string;
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  /** Opaque: says nothing of order or number. */
  readonly id: string;
  /** `noun.verb`: `evidence.recorded`, `incident.verified`. */
  readonly type: string;
  readonly typeVersion: number;
  /** When what it speaks of happened: somewhere in it. */
  readonly at: Interval;
  /** When it was written down; never earlier than the event before. */
  readonly recordedAt: Instant;
  /** A person's or a program's id, never a name. */
  readonly actor: string;
  readonly marking: Marking;
  /** Hash of the header before; 64 zeros for the first. */
  readonly previous: Hash;
  /** Salted: says nothing of the body, and binds it. */
  readonly commitment: Hash;
}

/** What is to be appended: the store gives it its place, its time and its commitment. */
export interface Draft {
  readonly type: string;
  readonly typeVersion: number;
  readonly at: Interval;
  readonly actor: string;
  readonly marking: Marking;
  readonly body: Json;
}

/** As read back. No body: it was erased, or withheld. */
export interface StoredEvent {
  readonly header: EventHeader;
  readonly body?: Json;
  /** Hexadecimal; goes with the body: who holds both can show that the header meant them. */
  readonly salt?: string;
}
