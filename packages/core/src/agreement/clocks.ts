/** Clocks that start, are corrected and stop by themselves, since no consequence hangs on that: drafts of events. */
import type { Draft } from "../record/event.ts";
import { deadlinesOf, type Ends, endsOf } from "./calendar.ts";
import type { Edition } from "./edition.ts";
import { clockIdOf, draftOf, momentOf, type StopCause, spanOf } from "./events.ts";
import { hasReached, type IncidentFacts } from "./facts.ts";
import { isSuspended } from "./record.ts";
import {
  authorOf,
  chainFor,
  isCalledFor,
  type Known,
  knownClocks,
  type Survey,
  startFor,
  touchesFor,
  verdictFor,
} from "./situation.ts";
import { signedAt } from "./start.ts";
import type { ClockTerms } from "./terms.ts";
import { rulingOver } from "./touch.ts";

/** One round: what follows from the record as it is. */
export function clockDrafts(survey: Survey): Draft[] {
  const known = knownClocks(survey);
  const settled = known.flatMap((one) => stopOrCorrect(survey, one));
  return [...settled, ...starts(survey, known)];
}

function starts(survey: Survey, known: readonly Known[]): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const facts of survey.incidents) {
    for (const edition of editionsFor(survey, facts, known)) {
      for (const [of, terms] of Object.entries(edition.agreement.clocks)) {
        const parties = terms.each === "party" ? Object.keys(edition.agreement.parties) : [undefined];
        for (const party of parties) {
          const draft = startDraft(survey, edition, { of, terms, facts, ...(party !== undefined && { party }) }, known);
          if (draft !== undefined && !drafts.has(draft.id)) drafts.set(draft.id, draft.draft);
        }
      }
    }
  }
  return [...drafts.values()];
}

/** An incident with a clock stays under the edition that the clock names, whatever was adopted since. */
function editionsFor(survey: Survey, facts: IncidentFacts, known: readonly Known[]): Edition[] {
  const [held] = survey.clocksOf.get(facts.id) ?? [];
  const edition = held && known.find(({ clock }) => clock === held)?.edition;
  if (edition !== undefined) return [edition];
  const { assessedUnder } = facts;
  if (assessedUnder?.id === survey.agreement) {
    return survey.record.book.filter(({ ref }) => ref.digest === assessedUnder.digest);
  }
  return rulingOver(survey.record.book, survey.agreement, facts).map(({ edition }) => edition);
}

interface Asked {
  readonly of: string;
  readonly terms: ClockTerms;
  readonly facts: IncidentFacts;
  readonly party?: string;
}

function startDraft(
  survey: Survey,
  edition: Edition,
  { of, terms, facts, party }: Asked,
  known: readonly Known[],
): { readonly id: string; readonly draft: Draft } | undefined {
  if (!isCalledFor(survey, edition, terms, facts)) return undefined;
  const incident = keyedOn(survey, edition, terms, facts);
  const id = clockIdOf(edition.ref.id, of, incident.id, party, survey.ids);
  if (isHeld(survey, { of, facts, id }, known)) return undefined;
  const about = { terms, facts: incident, ...(party !== undefined && { party }) };
  const start = startFor(survey, edition, about);
  const deadline = start && deadlinesOf(terms.runs, start, { calendar: edition.agreement.calendar });
  if (start === undefined || deadline === undefined) return undefined;
  if (stopOf(survey, edition, about) !== undefined) return undefined;
  const touches = touchesFor(survey, edition, terms, incident.id);
  const body = {
    clock: id,
    of,
    incident: incident.id,
    clauses: touches.map(({ clause }) => clause),
    ...(party !== undefined && { party }),
    agreement: edition.ref,
    start,
    deadline,
    verdict: verdictFor(survey, edition, terms, incident.id),
    share: touches[0]?.share ?? { low01: 0, high01: 1 },
  };
  return { id, draft: draftOf("clock.started", body, spanOf(start), authorOf(survey, incident.id)) };
}

/** The first of a breach that calls for the clock by itself; one that only may belong to it moves the start, and no more. */
function keyedOn(survey: Survey, edition: Edition, terms: ClockTerms, facts: IncidentFacts): IncidentFacts {
  const members = chainFor(survey, edition, terms, facts)?.members ?? [];
  return members.find((member) => isCalledFor(survey, edition, terms, member)) ?? facts;
}

/** Running already, or stopped for good, for this incident or for the breach that it is a part of. */
function isHeld(
  survey: Survey,
  { of, facts, id }: { readonly of: string; readonly facts: IncidentFacts; readonly id: string },
  known: readonly Known[],
): boolean {
  const stopped = survey.record.clocks.get(id)?.stopped;
  if (survey.record.clocks.has(id) && stopped?.because.code !== "no-longer-touches") return true;
  return known.some((other) => {
    if (other.clock.of !== of || other.clock.stopped !== undefined) return false;
    const members = chainFor(survey, other.edition, other.terms, other.facts)?.members;
    if (members === undefined) return false;
    return (
      members.includes(facts) || chainFor(survey, other.edition, other.terms, facts)?.members.includes(other.facts)
    );
  });
}

function stopOrCorrect(survey: Survey, known: Known): Draft[] {
  const { clock, edition, terms, facts } = known;
  if (clock.stopped !== undefined) return [];
  const about = { terms, facts, ...(clock.party !== undefined && { party: clock.party }) };
  const stop = stopOf(survey, edition, about) ?? noLongerCalledFor(survey, known);
  if (stop !== undefined) {
    const body = { clock: clock.clock, because: stop.because };
    return [draftOf("clock.stopped", body, spanOf(stop.at), authorOf(survey, clock.incident))];
  }
  const start = startFor(survey, edition, about);
  if (start === undefined || isSame(start, clock.start)) return [];
  const counting = { calendar: edition.agreement.calendar, pauses: clock.pauses };
  const body = {
    clock: clock.clock,
    start,
    deadline: isSuspended(clock) ? null : (deadlinesOf(terms.runs, start, counting) ?? null),
    reason: "what is known of the incident's times has changed",
  };
  return [draftOf("clock.corrected", body, spanOf(start), authorOf(survey, clock.incident))];
}

const isSame = (a: Ends, b: Ends): boolean => a.earliest === b.earliest && a.latest === b.latest;

interface Stop {
  readonly at: Ends;
  readonly because: StopCause;
}

/** The first of the clock's own reasons to stop that holds; a retracted incident has no clocks. */
function stopOf(
  survey: Survey,
  edition: Edition,
  about: { readonly terms: ClockTerms; readonly facts: IncidentFacts; readonly party?: string },
): Stop | undefined {
  const { terms, facts, party } = about;
  const now = endsOf(momentOf(survey.now));
  const sinceOf = (state: "retracted" | "assessed"): Ends => {
    const since = facts.since?.[state];
    return since === undefined ? now : endsOf(since);
  };
  if (facts.state === "retracted") return { at: sinceOf("retracted"), because: { code: "retracted" } };
  for (const stop of terms.stops) {
    if ("signed" in stop) {
      const at = signedAt(survey.noticesOf.get(facts.id) ?? [], edition.agreement, {
        step: stop.signed,
        ref: edition.ref,
        ...(party !== undefined && { party }),
      });
      if (at !== undefined) return { at, because: { code: "signed", step: stop.signed } };
    } else if ("state" in stop && hasReached(facts.state, stop.state)) {
      const since = facts.since?.[stop.state];
      return { at: since === undefined ? now : endsOf(since), because: { code: "state", state: stop.state } };
    } else if ("finding" in stop && facts.finding === stop.finding) {
      return { at: sinceOf("assessed"), because: { code: "finding", finding: stop.finding } };
    } else if ("reply" in stop && stop.reply && party !== undefined) {
      const reply = facts.replies?.find((one) => one.party === party);
      if (reply !== undefined) return { at: endsOf(reply.at), because: { code: "reply", party } };
    }
  }
  return undefined;
}

/** What was learnt since has taken the incident out of the clock's clauses. */
function noLongerCalledFor(survey: Survey, { edition, terms, facts }: Known): Stop | undefined {
  if (isCalledFor(survey, edition, terms, facts)) return undefined;
  return { at: endsOf(momentOf(survey.now)), because: { code: "no-longer-touches" } };
}
