/** What the engine works on: incidents, the log so far, and the time; and what it finds in them once. */
import type { Marking } from "../record/marking.ts";
import type { Instant } from "../time/instant.ts";
import type { Ends } from "./calendar.ts";
import { type Edition, editionNamed, type Named } from "./edition.ts";
import type { Author, KnownIds } from "./events.ts";
import { hasReached, type IncidentFacts } from "./facts.ts";
import type { AgreementRecord, ClockRecord, NoticeRecord } from "./record.ts";
import type { Verdict } from "./share.ts";
import { type Candidate, type Chain, chainOf, signedAt, startOf } from "./start.ts";
import type { ClockTerms } from "./terms.ts";
import { type Touch, type Touches, touchesOf } from "./touch.ts";

export interface Situation extends Author {
  /** Which agreement: all editions of it that the record's book holds. */
  readonly agreement: string;
  readonly incidents: readonly IncidentFacts[];
  readonly record: AgreementRecord;
  readonly now: Instant;
  /** Of what is said of an incident, where it differs from the rest. */
  readonly markings?: ReadonlyMap<string, Marking>;
  /** Of facts that are the same objects as before: what they were found to touch. Filled as it is worked out. */
  readonly touched?: WeakMap<IncidentFacts, Touches>;
  /** Of such facts: notices that were written of them, with the ends of their deadline. They are not written again. */
  readonly written?: WeakMap<IncidentFacts, Set<string>>;
  /** Ids of clocks and notices, by what they are made of. Filled as they are worked out. */
  readonly ids?: KnownIds;
}

/** What is drafted of an incident is marked as that incident is. */
export function authorOf({ actor, marking, markings }: Situation, incident: string): Author {
  return { actor, marking: markings?.get(incident) ?? marking };
}

export interface Survey extends Situation {
  readonly touches: ReadonlyMap<string, readonly Touch[]>;
  readonly problems: readonly Exclude<Named, { code: "found" }>[];
  readonly facts: ReadonlyMap<string, IncidentFacts>;
  /** Of the record, by incident: both grow with the days, and are asked for often. */
  readonly clocksOf: ReadonlyMap<string, readonly ClockRecord[]>;
  readonly noticesOf: ReadonlyMap<string, readonly NoticeRecord[]>;
  /** What was worked out already; incidents do not change within a survey. */
  readonly known: Map<ClockTerms, Breaches>;
}

interface Breaches {
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly chains: Map<string, Chain>;
}

export function surveyOf(situation: Situation): Survey {
  const { record, incidents } = situation;
  const index = indexOf(record);
  const found = incidents.map((facts) => {
    const known = situation.touched?.get(facts);
    if (known !== undefined) return known;
    const touches = touchesHeld(situation, facts, index.clocksOf.get(facts.id) ?? []);
    situation.touched?.set(facts, touches);
    return touches;
  });
  return {
    ...situation,
    touches: new Map(incidents.map(({ id }, i) => [id, found[i]?.touches ?? []])),
    problems: found.flatMap(({ problem }) => problem ?? []),
    facts: new Map(incidents.map((facts) => [facts.id, facts])),
    ...index,
    known: new Map(),
  };
}

/**
 * Under the editions that the incident's clocks and its assessment name; where there is neither, under the one in force when
 * it happened. So a version that is adopted late changes nothing of what has begun.
 */
function touchesHeld(situation: Situation, facts: IncidentFacts, clocks: readonly ClockRecord[]): Touches {
  const { record, agreement, incidents } = situation;
  const own = clocks.map((clock) => clock.agreement).filter(({ id }) => id === agreement);
  const assessed = facts.assessedUnder?.id === agreement ? [facts.assessedUnder] : [];
  const named = new Map([...assessed, ...own].map((ref) => [ref.digest, ref]));
  if (named.size === 0) return touchesOf(record.book, agreement, facts, incidents);
  const found = [...named.values()].map((ref) =>
    touchesOf(record.book, agreement, { ...facts, assessedUnder: ref }, incidents),
  );
  const problem = found.find((one) => one.problem !== undefined)?.problem;
  return { touches: found.flatMap(({ touches }) => touches), ...(problem !== undefined && { problem }) };
}

/** The same incidents with a record that has grown. */
export function withRecord(survey: Survey, record: AgreementRecord): Survey {
  return { ...survey, record, ...indexOf(record) };
}

const indexOf = ({ clocks, notices }: AgreementRecord): Pick<Survey, "clocksOf" | "noticesOf"> => ({
  clocksOf: Map.groupBy(clocks.values(), ({ incident }) => incident),
  noticesOf: Map.groupBy(notices.values(), ({ incident }) => incident),
});

/** The strongest that is said of a clock's clauses under one edition. */
export function verdictFor(survey: Survey, edition: Edition, terms: ClockTerms, incident: string): Verdict {
  const touches = touchesFor(survey, edition, terms, incident);
  if (touches.some(({ verdict }) => verdict === "touches")) return "touches";
  return touches.length > 0 ? "cannot-be-told" : "does-not";
}

/** Clauses of the clock that the incident touches, or perhaps touches. */
export function touchesFor(survey: Survey, { ref }: Edition, terms: ClockTerms, incident: string): readonly Touch[] {
  const all = survey.touches.get(incident) ?? [];
  return all.filter(
    ({ clause, agreement, verdict }) =>
      agreement.digest === ref.digest && terms.clauses.includes(clause) && verdict !== "does-not",
  );
}

/** Whether the clock's own conditions for running hold. */
export function isCalledFor(survey: Survey, edition: Edition, terms: ClockTerms, facts: IncidentFacts): boolean {
  if (!hasReached(facts.state, terms.fromState ?? "reported")) return false;
  const verdict = verdictFor(survey, edition, terms, facts.id);
  return verdict === "touches" || (verdict === "cannot-be-told" && terms.counts === "may-touch");
}

export function chainFor(survey: Survey, edition: Edition, terms: ClockTerms, facts: IncidentFacts): Chain | undefined {
  if (!("from" in terms) || terms.from !== "initial-breach" || terms.series === undefined) return undefined;
  const known = survey.known.get(terms) ?? breachesOf(survey, edition, terms);
  const chain = known.chains.get(facts.id);
  if (chain !== undefined) return chain;
  const about = known.candidates.get(facts.id) ?? { facts, verdict: "does-not" };
  const found = chainOf(terms.series, about, [...known.candidates.values()]);
  known.chains.set(facts.id, found);
  return found;
}

/** Incidents that touch, or may touch, one of the clock's clauses. */
function breachesOf(survey: Survey, edition: Edition, terms: ClockTerms): Breaches {
  const all = survey.incidents.map((facts) => ({ facts, verdict: verdictFor(survey, edition, terms, facts.id) }));
  const met = all.filter(({ facts, verdict }) => verdict !== "does-not" && facts.state !== "retracted");
  const breaches = { candidates: new Map(met.map((one) => [one.facts.id, one])), chains: new Map<string, Chain>() };
  survey.known.set(terms, breaches);
  return breaches;
}

export function startFor(
  survey: Survey,
  edition: Edition,
  about: { readonly terms: ClockTerms; readonly facts: IncidentFacts; readonly party?: string },
): Ends | undefined {
  const { terms, facts, party } = about;
  return startOf(terms, facts, chainFor(survey, edition, terms, facts), (step) =>
    signedAt(survey.noticesOf.get(facts.id) ?? [], edition.agreement, {
      step,
      ref: edition.ref,
      ...(party !== undefined && { party }),
    }),
  );
}

/** A clock with its edition and its incident, where all are there. */
export interface Known {
  readonly clock: ClockRecord;
  readonly edition: Edition;
  readonly terms: ClockTerms;
  readonly facts: IncidentFacts;
}

export function knownClocks(survey: Survey): Known[] {
  return [...survey.record.clocks.values()].flatMap((clock) => {
    if (clock.agreement.id !== survey.agreement) return [];
    const named = editionNamed(survey.record.book, clock.agreement);
    const facts = survey.facts.get(clock.incident);
    const terms = named.code === "found" ? named.edition.agreement.clocks[clock.of] : undefined;
    if (named.code !== "found" || facts === undefined || terms === undefined) return [];
    return [{ clock, edition: named.edition, terms, facts }];
  });
}
