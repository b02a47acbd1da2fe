/** What the log says of agreements, clocks and notices: bodies of events, each by its type. Times are UTC milliseconds. */

import type { Draft } from "../record/event.ts";
import { canonicalJson, type Hash, type Json, sha256Of } from "../record/hash.ts";
import type { Marking } from "../record/marking.ts";
import { type Instant, type Interval, instant } from "../time/instant.ts";
import type { Ends } from "./calendar.ts";
import type { EditionRef } from "./edition.ts";
import type { Share, Verdict } from "./share.ts";
import type { Agreement } from "./terms.ts";

/** The whole text goes into the log: what is decided under it can be read for ever, whatever becomes of the file. */
export interface AgreementAdopted {
  readonly agreement: EditionRef;
  readonly document: Agreement;
}

export interface ClockStarted {
  readonly clock: string;
  /** The entry in the agreement's `clocks`. */
  readonly of: string;
  readonly incident: string;
  readonly clauses: readonly string[];
  readonly party?: string;
  readonly agreement: EditionRef;
  readonly start: Ends;
  /** As reckoned then, for readers without the agreement. */
  readonly deadline: Ends;
  readonly verdict: Verdict;
  readonly share: Share;
}

export interface ClockCorrected {
  readonly clock: string;
  readonly start: Ends;
  readonly deadline: Ends | null;
  readonly reason: string;
}

export interface ClockSuspended {
  readonly clock: string;
  readonly person: string;
  readonly reason: string;
}
export type ClockResumed = ClockSuspended;

export type StopCause =
  | { readonly code: "signed"; readonly step: string }
  | { readonly code: "state"; readonly state: string }
  | { readonly code: "finding"; readonly finding: string }
  | { readonly code: "reply"; readonly party: string }
  | { readonly code: "retracted" }
  | { readonly code: "no-longer-touches" };

export interface ClockStopped {
  readonly clock: string;
  readonly because: StopCause;
}

export interface NoticeDrafted {
  readonly notice: string;
  /** Counts up; a signature is for one revision. */
  readonly revision: number;
  readonly step: string;
  readonly clock: string;
  readonly incident: string;
  readonly recipient: string;
  readonly language: string;
  readonly agreement: EditionRef;
  readonly subject: string;
  readonly text: string;
  /** Over recipient, language, subject and text: what a signature is put under. */
  readonly digest: Hash;
}

export interface NoticeSigned {
  readonly notice: string;
  readonly revision: number;
  readonly digest: Hash;
  /** A person's id, the same as the event's actor. */
  readonly person: string;
}

export interface AgreementEvents {
  "agreement.adopted": AgreementAdopted;
  "clock.started": ClockStarted;
  "clock.corrected": ClockCorrected;
  "clock.suspended": ClockSuspended;
  "clock.resumed": ClockResumed;
  "clock.stopped": ClockStopped;
  "notice.drafted": NoticeDrafted;
  "notice.signed": NoticeSigned;
}
export type AgreementEventType = keyof AgreementEvents;

export interface Author {
  readonly actor: string;
  readonly marking: Marking;
}

export function draftOf<T extends AgreementEventType>(
  type: T,
  body: AgreementEvents[T],
  at: Interval,
  { actor, marking }: Author,
): Draft {
  return { type, typeVersion: 1, at, actor, marking, body: body as unknown as Json };
}

export const momentOf = (at: Instant): Interval => ({ start: at, end: instant(at + 1) });
export const spanOf = ({ earliest, latest }: Ends): Interval => ({ start: earliest, end: instant(latest + 1) });

/** The same for the same clock of the same incident, so that running the engine again starts nothing twice. */
export function clockIdOf(agreement: string, of: string, incident: string, party?: string, known?: KnownIds): string {
  return idOf("clk", [agreement, of, incident, party ?? null], known);
}

export function noticeIdOf(clock: string, step: string, recipient: string, language: string, known?: KnownIds): string {
  return idOf("ntc", [clock, step, recipient, language], known);
}

/** By what they are made of: for callers whose own ids hold no line breaks. */
export type KnownIds = Map<string, string>;

function idOf(prefix: string, parts: readonly (string | null)[], known?: KnownIds): string {
  const name = known && `${prefix}\n${parts.join("\n")}`;
  const before = name && known?.get(name);
  if (before !== undefined) return before;
  const id = `${prefix}-${sha256Of(canonicalJson(parts)).slice(0, 32)}`;
  if (name !== undefined) known?.set(name, id);
  return id;
}

export function noticeDigestOf(notice: Pick<NoticeDrafted, "recipient" | "language" | "subject" | "text">): Hash {
  const { recipient, language, subject, text } = notice;
  return sha256Of(canonicalJson({ recipient, language, subject, text }));
}
