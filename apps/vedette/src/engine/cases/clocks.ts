/** The agreement's engine over a log: clocks that start, are corrected and stop, notices that are drafted, and what waits for people. */
import { type Advance, draftsOfAgreement } from "@vedette/core/agreement/advance";
import { deadlinesOf } from "@vedette/core/agreement/calendar";
import type { Book, EditionRef } from "@vedette/core/agreement/edition";
import type { IncidentFacts } from "@vedette/core/agreement/facts";
import type { AgreementRecord } from "@vedette/core/agreement/record";
import { rulingOver } from "@vedette/core/agreement/touch";
import { type AssessmentGate, assessmentGateOf } from "@vedette/core/agreement/waiting";
import type { Draft } from "@vedette/core/record/event";
import type { Json } from "@vedette/core/record/hash";
import { narrowest, UNRELEASED } from "@vedette/core/record/marking";
import { type Instant, instant } from "@vedette/core/time/instant";
import type { Asked, Incident } from "@vedette/core/verify/incident";
import { factsOf } from "@vedette/core/verify/incident-facts";
import type { EvidenceSources } from "../../scenario/evidence-sources.ts";
import type { Store } from "../../store/store.ts";
import { type Desk, isNamed, readDesk, readEvidence } from "./desk.ts";
import { PROGRAM } from "./detect.ts";
import { relaysIn } from "./rates.ts";

export interface Bench {
  readonly desk: Desk;
  readonly facts: readonly IncidentFacts[];
  /** One for each agreement that the log holds. */
  readonly advances: readonly Advance[];
}

/** Nothing is written: what would follow from the log as it is. */
export async function benchOf(store: Store, sources: EvidenceSources, now: Instant): Promise<Bench> {
  const desk = await readDesk(store);
  const { evidence } = await readEvidence(store, desk, isNamed(desk));
  const relays = relaysIn(sources);
  const counted = [...desk.cases.incidents.values()].filter(({ mergedInto }) => mergedInto === undefined);
  const facts = counted.map((incident) => factsOf(incident, evidence, relays));
  const agreements = [...new Set(desk.record.book.map(({ ref }) => ref.id))].sort();
  const author = { actor: PROGRAM, marking: UNRELEASED };
  const advances = agreements.map((agreement) =>
    draftsOfAgreement({ agreement, incidents: facts, record: desk.record, now, ...author }),
  );
  return { desk, facts, advances };
}

/** Appends what follows by itself; run again, nothing more does. @returns how many events of each type */
export async function runClocks(
  store: Store,
  sources: EvidenceSources,
  now: Instant,
): Promise<{ bench: Bench; counts: Readonly<Record<string, number>> }> {
  const bench = await benchOf(store, sources, now);
  const drafts = bench.advances.flatMap((advance) =>
    advance.drafts.map((draft) => marked(draft, bench.desk, advance.survey.record)),
  );
  await store.append(drafts);
  const counts: Record<string, number> = {};
  for (const { type } of drafts) counts[type] = (counts[type] ?? 0) + 1;
  return { bench, counts };
}

/** What is said of an incident's clock goes no further than the incident. */
export function marked(draft: Draft, { narrowed }: Desk, record: AgreementRecord): Draft {
  const body = draft.body as { readonly [key: string]: Json | undefined };
  const clock = typeof body["clock"] === "string" ? record.clocks.get(body["clock"]) : undefined;
  const notice = typeof body["notice"] === "string" ? record.notices.get(body["notice"]) : undefined;
  const incident = typeof body["incident"] === "string" ? body["incident"] : (clock?.incident ?? notice?.incident);
  const marking = incident === undefined ? undefined : narrowed.get(incident);
  return marking === undefined ? draft : { ...draft, marking: narrowest([marking]) };
}

/** Who is to be asked once an incident is verified, and until when, by the agreements in force when it happened. */
export function askedBy({ desk, facts }: Bench, incident: Incident, now: Instant): Asked[] {
  const own = facts.find(({ id }) => id === incident.id);
  return own === undefined ? [] : askedUnder(desk.record.book, own, now);
}

export function askedUnder(book: Book, own: IncidentFacts, now: Instant): Asked[] {
  const ids = [...new Set(book.map(({ ref }) => ref.id))].sort();
  return ids.flatMap((id) =>
    rulingOver(book, id, own).flatMap(({ edition: { agreement } }) =>
      Object.values(agreement.clocks).flatMap(({ each, runs }) => {
        if (each !== "party") return [];
        const ends = deadlinesOf(runs, { earliest: now, latest: now }, { calendar: agreement.calendar });
        if (ends === undefined) return [];
        const until = { start: ends.earliest, end: instant(ends.latest + 1) };
        return Object.keys(agreement.parties).map((party) => ({ party, until }));
      }),
    ),
  );
}

/** What an agreement itself says of assessing now; `undefined`: the log does not hold it. */
export function gateOf(
  { advances, facts }: Pick<Bench, "advances" | "facts">,
  incident: string,
  agreement: EditionRef["id"],
): AssessmentGate | undefined {
  const own = facts.find(({ id }) => id === incident);
  const advance = advances.find(({ survey }) => survey.agreement === agreement);
  return own === undefined || advance === undefined ? undefined : assessmentGateOf(advance.survey, own);
}
