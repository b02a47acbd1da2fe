/** What waits for a person: nothing with a consequence happens without one. */
import { deadlinesOf, type Ends } from "./calendar.ts";
import { type Book, editionNamed } from "./edition.ts";
import { hasReached, type IncidentFacts } from "./facts.ts";
import { isComplete, isFound, type OpenStep, openSteps } from "./notices.ts";
import { dueOf, readingOf } from "./reading.ts";
import type { AgreementRecord, ClockRecord } from "./record.ts";
import type { Survey } from "./situation.ts";
import type { Caveat, Finding, IncidentState, NationTerms, ParliamentaryStep, StepTerms } from "./terms.ts";
import type { Touch } from "./touch.ts";

/** What one nation has to mind before its people take part in a step. */
export interface NationalMatter {
  readonly nation: string;
  readonly caveats: readonly Caveat[];
  readonly parliament: readonly (ParliamentaryStep & { readonly deadline?: Ends })[];
}

export type Waiting =
  | {
      readonly code: "sign";
      readonly incident: string;
      readonly clock: string;
      readonly step: string;
      readonly notices: readonly string[];
      readonly signatures: number;
      readonly due?: Ends;
      readonly overdue: "ahead" | "may-be-past" | "past" | "no-deadline";
      /** Nobody may sign before the incident is so far, and people have found that; no notice is drafted before. */
      readonly needs?: { readonly state: IncidentState; readonly finding?: Finding };
      readonly national: readonly NationalMatter[];
    }
  | {
      readonly code: "reply";
      readonly incident: string;
      readonly clock: string;
      readonly party: string;
      readonly until: Ends;
    }
  | { readonly code: "look"; readonly incident: string; readonly touch: Touch };

export function waitingOf(survey: Survey): Waiting[] {
  const signs = openSteps(survey).flatMap((open) => signaturesFor(survey, open));
  const replies = [...survey.record.clocks.values()].flatMap((clock) => replyFor(survey, clock));
  const looks = [...survey.touches.values()].flat().flatMap((touch): Waiting[] => {
    return touch.verdict === "cannot-be-told" ? [{ code: "look", incident: touch.incident, touch }] : [];
  });
  return [...signs, ...replies, ...looks];
}

function signaturesFor(survey: Survey, open: OpenStep): Waiting[] {
  const { clock, step, stepTerms, facts, due, edition } = open;
  const notices = (survey.noticesOf.get(facts.id) ?? []).filter(
    (one) => one.clock === clock.clock && one.step === step && !isComplete(one, stepTerms),
  );
  const { needs } = stepTerms;
  if (notices.length === 0 && isFound(open)) return [];
  const isBlocked = needs !== undefined && !(isFound(open) && hasReached(facts.state, needs.state));
  return [
    {
      code: "sign",
      incident: facts.id,
      clock: clock.clock,
      step,
      notices: notices.map(({ notice }) => notice),
      signatures: stepTerms.signatures,
      ...(due !== undefined && { due }),
      overdue: due === undefined ? "no-deadline" : dueOf(due, survey.now),
      ...(isBlocked && { needs }),
      national: nationalMatters(edition.agreement, step),
    },
  ];
}

function replyFor(survey: Survey, clock: ClockRecord): Waiting[] {
  if (clock.party === undefined || clock.agreement.id !== survey.agreement) return [];
  const reading = readingOf(survey.record.book, clock, survey.now);
  if (reading.code !== "running") return [];
  return [{ code: "reply", incident: clock.incident, clock: clock.clock, party: clock.party, until: reading.deadline }];
}

/** Caveats and parliamentary acts of every nation for a step; their deadlines once it is signed, where they run from that. */
export function nationalMatters(
  agreement: {
    readonly nations: Readonly<Record<string, NationTerms>>;
    readonly calendar: Parameters<typeof deadlinesOf>[2]["calendar"];
  },
  step: string,
  signed?: Ends,
): NationalMatter[] {
  const { calendar } = agreement;
  return Object.entries(agreement.nations).flatMap(([nation, terms]) => {
    const caveats = terms.caveats.filter(({ steps }) => steps.includes(step));
    const parliament = terms.parliament
      .filter((act) => act.step === step)
      .map((act) => {
        const runs = act.from === "signature" && signed !== undefined ? act.within : undefined;
        const deadline = runs && signed && deadlinesOf(runs, signed, { calendar });
        return { ...act, ...(deadline !== undefined && { deadline }) };
      });
    return caveats.length + parliament.length === 0 ? [] : [{ nation, caveats, parliament }];
  });
}

/** Whether an incident may be assessed: the parties have answered, or their time is surely over. */
export type AssessmentGate =
  | { readonly code: "open"; readonly replied: readonly string[]; readonly silent: readonly string[] }
  | { readonly code: "waits"; readonly for: readonly { readonly party: string; readonly until: Ends | null }[] }
  /** The agreement gives them a time to reply, and nobody has asked them yet. */
  | { readonly code: "not-asked"; readonly parties: readonly string[] };

export function assessmentGateOf(survey: Survey, facts: IncidentFacts): AssessmentGate {
  const clocks = (survey.clocksOf.get(facts.id) ?? []).filter(
    ({ party, agreement }) => party !== undefined && agreement.id === survey.agreement,
  );
  const owed = partiesOwed(survey, facts);
  const missing = owed.filter((party) => !clocks.some((clock) => clock.party === party) && !hasReplied(facts, party));
  if (missing.length > 0) return { code: "not-asked", parties: missing };
  const open = clocks.flatMap((clock) => stillOpen(survey.record, survey.now, clock, facts));
  if (open.length > 0) return { code: "waits", for: open };
  const replied = owed.filter((party) => hasReplied(facts, party));
  return { code: "open", replied, silent: owed.filter((party) => !replied.includes(party)) };
}

const hasReplied = ({ replies = [] }: IncidentFacts, party: string): boolean =>
  replies.some((reply) => reply.party === party);

/** Parties to whom a clock of a clause gives time, where the incident touches or may touch that clause. */
function partiesOwed({ touches, record }: Survey, facts: IncidentFacts): string[] {
  const met = (touches.get(facts.id) ?? []).filter(({ verdict }) => verdict !== "does-not");
  const parties = met.flatMap(({ clause, agreement: ref }) => {
    const named = editionNamed(record.book, ref);
    if (named.code !== "found") return [];
    const { clocks, parties: all } = named.edition.agreement;
    const gives = Object.values(clocks).some(({ each, clauses }) => each === "party" && clauses.includes(clause));
    return gives ? Object.keys(all) : [];
  });
  return [...new Set(parties)].sort();
}

function stillOpen(
  { book }: { readonly book: Book } & Pick<AgreementRecord, "clocks">,
  now: Survey["now"],
  clock: ClockRecord,
  facts: IncidentFacts,
): { readonly party: string; readonly until: Ends | null }[] {
  const party = clock.party ?? "";
  if (hasReplied(facts, party)) return [];
  const reading = readingOf(book, clock, now);
  if (reading.code === "running") return reading.due === "past" ? [] : [{ party, until: reading.deadline }];
  return reading.code === "stopped" ? [] : [{ party, until: null }];
}

/** National deadlines that a signed step has set off. */
export function nationalAfter(
  agreement: Parameters<typeof nationalMatters>[0] & { readonly steps: Readonly<Record<string, StepTerms>> },
  record: AgreementRecord,
  about: { readonly step: string; readonly incident: string },
): NationalMatter[] {
  const step = agreement.steps[about.step];
  const times = [...record.notices.values()].flatMap((notice) => {
    if (step === undefined || notice.step !== about.step || notice.incident !== about.incident) return [];
    return notice.signatures[step.signatures - 1]?.at ?? [];
  });
  const first = times.toSorted((a, b) => a.earliest - b.earliest)[0];
  return first === undefined ? [] : nationalMatters(agreement, about.step, first);
}
