/** Acts of people: a signature under a notice, a clock suspended or resumed, an agreement adopted. Drafts, or a refusal. */
import type { Draft } from "../record/event.ts";
import type { Marking } from "../record/marking.ts";
import type { Interval } from "../time/instant.ts";
import { type Edition, editionNamed } from "./edition.ts";
import { draftOf } from "./events.ts";
import { hasReached, type IncidentFacts } from "./facts.ts";
import { isComplete } from "./notices.ts";
import { type AgreementRecord, hasSigned, isSuspended } from "./record.ts";
import type { IncidentState, StepTerms } from "./terms.ts";

/** Who acts, when, and to whom it may go. `person`: an id, never a name, and never a program's. */
export interface Act {
  readonly person: string;
  readonly at: Interval;
  readonly marking: Marking;
}

export type ActOutcome =
  | { readonly code: "done"; readonly draft: Draft }
  | { readonly code: "not-there" | "not-a-person" | "signed-before" | "complete" | "not-permitted" | "edition-missing" }
  /** The text has changed since it was read. */
  | { readonly code: "other-text"; readonly revision: number }
  | { readonly code: "too-early"; readonly needs: NonNullable<StepTerms["needs"]>; readonly state: IncidentState }
  | { readonly code: "running" | "suspended" | "stopped" };

/** `revision`: the one that the person has read. */
export function signNotice(
  record: AgreementRecord,
  asked: { readonly notice: string; readonly revision: number; readonly facts: IncidentFacts },
  { person, at, marking }: Act,
): ActOutcome {
  const notice = record.notices.get(asked.notice);
  if (notice === undefined || notice.incident !== asked.facts.id) return { code: "not-there" };
  if (person === "" || person === notice.draftedBy) return { code: "not-a-person" };
  const named = editionNamed(record.book, notice.agreement);
  const step = named.code === "found" ? named.edition.agreement.steps[notice.step] : undefined;
  if (step === undefined) return { code: "edition-missing" };
  if (hasSigned(notice, person)) return { code: "signed-before" };
  if (isComplete(notice, step)) return { code: "complete" };
  if (notice.revision !== asked.revision) return { code: "other-text", revision: notice.revision };
  const { state, finding } = asked.facts;
  const { needs } = step;
  const isFound = needs?.finding === undefined || needs.finding === finding;
  if (needs !== undefined && !(isFound && hasReached(state, needs.state))) return { code: "too-early", needs, state };
  const body = { notice: notice.notice, revision: notice.revision, digest: notice.digest, person };
  return { code: "done", draft: draftOf("notice.signed", body, at, { actor: person, marking }) };
}

/** Suspends a running clock or resumes a suspended one, where the agreement knows of somebody who may. */
export function turnClock(
  record: AgreementRecord,
  asked: { readonly clock: string; readonly to: "suspended" | "running"; readonly reason: string },
  { person, at, marking }: Act,
): ActOutcome {
  const clock = record.clocks.get(asked.clock);
  if (clock === undefined) return { code: "not-there" };
  if (person === "") return { code: "not-a-person" };
  if (clock.stopped !== undefined) return { code: "stopped" };
  const named = editionNamed(record.book, clock.agreement);
  if (named.code !== "found") return { code: "edition-missing" };
  if (named.edition.agreement.clocks[clock.of]?.maySuspend === undefined) return { code: "not-permitted" };
  if (asked.to === "suspended" && isSuspended(clock)) return { code: "suspended" };
  if (asked.to === "running" && !isSuspended(clock)) return { code: "running" };
  const type = asked.to === "suspended" ? "clock.suspended" : "clock.resumed";
  const body = { clock: clock.clock, person, reason: asked.reason };
  return { code: "done", draft: draftOf(type, body, at, { actor: person, marking }) };
}

/** The document itself enters the log. */
export function adoptionOf({ ref, agreement }: Edition, { person, at, marking }: Act): Draft {
  return draftOf("agreement.adopted", { agreement: ref, document: agreement }, at, { actor: person, marking });
}
