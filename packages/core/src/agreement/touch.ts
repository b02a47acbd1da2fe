/** Which clauses an incident touches, and why. Nothing is decided by it: that a clause is touched is no breach. */
import type { Located } from "../geo/located.ts";
import { type Book, type Edition, type EditionRef, editionNamed, type Named, reignsOf } from "./edition.ts";
import type { IncidentFacts } from "./facts.ts";
import type { Inside } from "./inside.ts";
import { allOf, NO, type Share, type Verdict, verdictOf, YES } from "./share.ts";
import type { ClauseTest } from "./terms.ts";
import { answerOf, type Question, type Reason, timeShare } from "./tests.ts";

export interface Touch {
  readonly incident: string;
  readonly clause: string;
  /** As the agreement counts its clauses. */
  readonly number: string;
  readonly agreement: EditionRef;
  readonly verdict: Verdict;
  readonly share: Share;
  /** In the order of the clause's tests, as far as the first that surely does not hold. */
  readonly reasons: readonly Reason[];
}

/** Each clause of one edition, in the agreement's order. `ruling`: whether that edition was in force then. */
export function touchesUnder(asked: Omit<Question, "places">, ruling?: Reason): Touch[] {
  const { edition, facts } = asked;
  const question = { ...asked, places: placesKnown(edition, facts.where) };
  const { clauses, certainty } = edition.agreement;
  return Object.entries(clauses).map(([clause, { number, tests }]) => {
    const reasons = [...(ruling === undefined ? [] : [ruling]), ...answersUntilNo(tests, question)];
    const share = allOf(reasons.map((reason) => reason.share));
    const verdict = verdictOf(share, certainty.share01);
    return { incident: facts.id, clause, number, agreement: edition.ref, verdict, share, reasons };
  });
}

/** Neither an edition nor a place ever changes: what was found of the two holds for as long as both are there. */
const FOUND = new WeakMap<Located, WeakMap<Edition, Map<string, Inside>>>();

function placesKnown(edition: Edition, where: Located): Map<string, Inside> {
  const known = FOUND.get(where) ?? new WeakMap<Edition, Map<string, Inside>>();
  FOUND.set(where, known);
  const places = known.get(edition) ?? new Map<string, Inside>();
  known.set(edition, places);
  return places;
}

/** One test that surely does not hold decides: what comes after it is not asked, since zones cost. */
function answersUntilNo(tests: readonly ClauseTest[], question: Question): Reason[] {
  const answers: Reason[] = [];
  for (const test of tests) {
    const answer = answerOf(test, question);
    answers.push(answer);
    if (answer.share.high01 === 0) break;
  }
  return answers;
}

export interface Touches {
  readonly touches: readonly Touch[];
  /** An edition that the incident was assessed under, and that is not there as it was: nothing is read by another. */
  readonly problem?: Exclude<Named, { code: "found" }>;
}

/**
 * What happened is judged by the edition in force when it happened; by both where its time lies across a change. An
 * incident that was assessed keeps the edition that it was assessed under, whatever came after.
 */
export function touchesOf(book: Book, id: string, facts: IncidentFacts, others: readonly IncidentFacts[]): Touches {
  if (facts.assessedUnder !== undefined && facts.assessedUnder.id === id) {
    const named = editionNamed(book, facts.assessedUnder);
    if (named.code !== "found") return { touches: [], problem: named };
    return { touches: touchesUnder({ edition: named.edition, facts, others }) };
  }
  return {
    touches: rulingOver(book, id, facts).flatMap(({ edition, reason }) =>
      touchesUnder({ edition, facts, others }, reason),
    ),
  };
}

/** Editions that were, or may have been, in force when it happened. */
export function rulingOver(
  book: Book,
  id: string,
  facts: IncidentFacts,
): { readonly edition: Edition; readonly reason?: Reason }[] {
  return reignsOf(book, id).flatMap(({ edition, span }) => {
    const share = timeShare(facts.when, span);
    if (share === NO) return [];
    return [share === YES ? { edition } : { edition, reason: { code: "in-force", share, span, when: facts.when } }];
  });
}
