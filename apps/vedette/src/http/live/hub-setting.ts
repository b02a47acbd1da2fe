/** What a hub is given: where changes are read, whom they are sent to. */
import type { Queries } from "../../workspace/queries.ts";

export type { Change } from "../../workspace/queries.ts";

export interface Changes {
  /** What a nation has beyond a position, in order. */
  readonly after: Queries["changesAfter"];
  readonly head: Queries["head"];
}

/** Whom it is sent to: a response that stays open. After its end or its close every call is for nothing. */
export interface Sink {
  /** @returns bytes that wait to go out */
  readonly write: (text: string) => number;
  /** Resolves when nothing waits any more, and when it is closed. */
  readonly drained: () => Promise<void>;
  readonly end: () => void;
  /** Also where it is closed already. */
  readonly onClose: (tell: () => void) => void;
}

export interface Joining {
  readonly sink: Sink;
  /** `Last-Event-ID`. */
  readonly from?: string | undefined;
  /** Whether who listens is still signed in, and still of this nation here. */
  readonly mayStay: () => Promise<boolean>;
}

export interface Client {
  readonly sink: Sink;
  readonly mayStay: () => Promise<boolean>;
  position: number;
  /** How often in a row nobody could say whether it may stay. */
  doubts: number;
  isGone: boolean;
}

export interface HubSetting {
  readonly changes: Changes;
  /** Of the server, 32 bytes. */
  readonly secret: Uint8Array;
  readonly workspace: string;
  /** Runs something in so many ms; returns how to stop it. */
  readonly later: (work: () => void, ms: number) => () => void;
  readonly onFault: (error: unknown) => void;
}
