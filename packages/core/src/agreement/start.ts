/** When a clock starts: between its earliest and its latest possible instant. Undefined while it does not. */
import { distanceKm } from "../geo/geodesic.ts";
import { MS_PER_HOUR } from "../time/instant.ts";
import { type Ends, endsOf } from "./calendar.ts";
import type { EditionRef } from "./edition.ts";
import type { IncidentFacts } from "./facts.ts";
import { roughKm } from "./plane.ts";
import type { NoticeRecord } from "./record.ts";
import type { Verdict } from "./share.ts";
import type { Agreement, ClockTerms, Series } from "./terms.ts";

/** An incident with the strongest that is said of the clock's clauses. */
export interface Candidate {
  readonly facts: IncidentFacts;
  readonly verdict: Verdict;
}

/** Incidents that may be one breach with this one, the first first. */
export interface Chain {
  readonly start: Ends;
  /** As far as it may reach; this one is the last. */
  readonly members: readonly IncidentFacts[];
}

/**
 * The initial breach: back from an incident as long as another lies within the quiet time and the distance before.
 * The earliest start takes every link that may be one, the latest only links that surely are.
 */
export function chainOf(series: Series, about: Candidate, others: readonly Candidate[]): Chain {
  const may = linkedBack(series, about, others, "may");
  const sure = linkedBack(series, about, others, "sure");
  const earliest = Math.min(...may.map(({ when }) => endsOf(when).earliest));
  const latest = Math.min(...sure.map(({ when }) => endsOf(when).latest));
  return { members: may, start: { earliest, latest } as Ends };
}

function linkedBack(
  series: Series,
  about: Candidate,
  others: readonly Candidate[],
  how: "may" | "sure",
): IncidentFacts[] {
  const open = others.filter(
    ({ facts, verdict }) =>
      facts.id !== about.facts.id && (how === "may" ? verdict !== "does-not" : verdict === "touches"),
  );
  const linked = new Set([about.facts]);
  for (const member of linked) {
    for (const { facts } of open) if (!linked.has(facts) && isLink(series, facts, member, how)) linked.add(facts);
  }
  return [...linked].sort((a, b) => a.when.start - b.when.start || a.when.end - b.when.end || (a.id < b.id ? -1 : 1));
}

function isLink(
  { quietHours, withinKm }: Series,
  before: IncidentFacts,
  after: IncidentFacts,
  how: "may" | "sure",
): boolean {
  const [first, second] = [endsOf(before.when), endsOf(after.when)];
  const [least, most] = [second.earliest - first.latest, second.latest - first.earliest];
  const quietMs = quietHours * MS_PER_HOUR;
  const isBefore =
    how === "may"
      ? first.earliest <= second.latest && least <= quietMs
      : first.latest <= second.earliest && most <= quietMs;
  if (!isBefore) return false;
  const slackKm = before.where.radiusKm + after.where.radiusKm;
  if (roughKm(before.where, after.where) > (withinKm + slackKm) * 1.01 + 1) return false;
  const km = distanceKm(before.where, after.where);
  return how === "may" ? km - slackKm <= withinKm : km + slackKm <= withinKm;
}

/** The start for one incident (and party), by the clock's own rule. */
export function startOf(
  terms: ClockTerms,
  facts: IncidentFacts,
  chain: Chain | undefined,
  signed: (step: string) => Ends | undefined,
): Ends | undefined {
  if ("afterStep" in terms) return signed(terms.afterStep);
  if ("afterState" in terms) {
    const since = facts.since?.[terms.afterState];
    return since === undefined ? undefined : endsOf(since);
  }
  if (terms.from === "first-observed") return endsOf(facts.firstObserved);
  return terms.from === "occurred" ? endsOf(facts.when) : chain?.start;
}

/**
 * When a step was signed: every recipient has one complete notice; the last of them counts. With a party, only that
 * party's. `notices`: of the incident; `agreement`: the edition in whose steps it stands.
 */
export function signedAt(
  notices: readonly NoticeRecord[],
  agreement: Agreement,
  about: { readonly step: string; readonly ref: EditionRef; readonly party?: string },
): Ends | undefined {
  const step = agreement.steps[about.step];
  if (step === undefined) return undefined;
  const told = step.tells
    .map(({ recipient }) => recipient)
    .filter((recipient) => about.party === undefined || agreement.recipients[recipient]?.party === about.party);
  const own = notices.filter((notice) => notice.step === about.step && notice.agreement.id === about.ref.id);
  const times = told.map((recipient) =>
    firstOf(own.filter((notice) => notice.recipient === recipient).flatMap((one) => completeAt(one, step.signatures))),
  );
  if (times.length === 0 || times.some((at) => at === undefined)) return undefined;
  return (times as Ends[]).reduce((last, at) => (at.latest > last.latest ? at : last));
}

function completeAt({ signatures }: NoticeRecord, needed: number): Ends[] {
  const last = signatures[needed - 1];
  return last === undefined ? [] : [last.at];
}

function firstOf(times: readonly Ends[]): Ends | undefined {
  return times.toSorted((a, b) => a.latest - b.latest)[0];
}
