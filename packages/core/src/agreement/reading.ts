/** How a clock stands at an instant: its deadline at both ends, and whether it is past. */
import type { Instant } from "../time/instant.ts";
import { type Counting, deadlinesOf, type Ends } from "./calendar.ts";
import { type Book, type Edition, editionNamed, type Named } from "./edition.ts";
import type { StopCause } from "./events.ts";
import { type ClockRecord, isSuspended } from "./record.ts";
import type { ClockTerms } from "./terms.ts";

export type ClockReading =
  | {
      readonly code: "running";
      readonly start: Ends;
      readonly deadline: Ends;
      /** `may-be-past`: past for the earliest start, not for the latest. */
      readonly due: "ahead" | "may-be-past" | "past";
    }
  | { readonly code: "suspended"; readonly start: Ends; readonly since: Instant }
  | {
      readonly code: "stopped";
      readonly start: Ends;
      readonly at: Ends;
      readonly because: StopCause;
      /** Undefined: it stood still when it was stopped. */
      readonly deadline?: Ends;
      readonly inTime: "yes" | "no" | "cannot-be-told";
    }
  | Exclude<Named, { code: "found" }>;

export function termsOf({ agreement, ref }: Edition, of: string): ClockTerms {
  const terms = agreement.clocks[of];
  if (terms === undefined) throw new RangeError(`version ${ref.version} of ${ref.id} has no clock ${of}`);
  return terms;
}

/** Always by the edition that the clock was started under. */
export function readingOf(book: Book, clock: ClockRecord, now: Instant): ClockReading {
  const named = editionNamed(book, clock.agreement);
  if (named.code !== "found") return named;
  const { start, pauses, stopped } = clock;
  const counting: Counting = { calendar: named.edition.agreement.calendar, pauses };
  const deadline = deadlinesOf(termsOf(named.edition, clock.of).runs, start, counting);
  if (stopped !== undefined) {
    const { at, because } = stopped;
    return { code: "stopped", start, at, because, ...(deadline && { deadline }), inTime: inTimeOf(at, deadline) };
  }
  const since = pauses.at(-1)?.start;
  if (isSuspended(clock) && since !== undefined && since <= now) return { code: "suspended", start, since };
  if (deadline === undefined) return { code: "suspended", start, since: since ?? now };
  return { code: "running", start, deadline, due: dueOf(deadline, now) };
}

/** A deadline is kept up to and with its own instant. */
export function dueOf({ earliest, latest }: Ends, now: Instant): "ahead" | "may-be-past" | "past" {
  if (now > latest) return "past";
  return now > earliest ? "may-be-past" : "ahead";
}

function inTimeOf(at: Ends, deadline: Ends | undefined): "yes" | "no" | "cannot-be-told" {
  if (deadline === undefined || at.latest <= deadline.earliest) return "yes";
  return at.earliest > deadline.latest ? "no" : "cannot-be-told";
}
