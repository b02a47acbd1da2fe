/** Tests over several incidents: more than so many of a class, within a time, in one place. Bounds where it is not known. */
import { distanceKm } from "../geo/geodesic.ts";
import { MS_PER_MINUTE } from "../time/instant.ts";
import { endsOf } from "./calendar.ts";
import { type IncidentFacts, measureOf } from "./facts.ts";
import { roughKm } from "./plane.ts";
import { NO, type Share, UNKNOWN, YES } from "./share.ts";
import type { IncidentClass, Repetition } from "./terms.ts";

/** Of the kinds that it may be, all are meant, none, or some. */
export function classShare({ kinds, mayBe = [] }: IncidentClass, facts: IncidentFacts): Share {
  const possible = [facts.kind, ...(facts.mayBe ?? [])];
  if (possible.every((kind) => kinds.includes(kind))) return YES;
  const isOpen = possible.some((kind) => kind === "unknown" || kinds.includes(kind) || mayBe.includes(kind));
  return isOpen ? UNKNOWN : NO;
}

export interface Counted {
  readonly atLeast: number;
  /** Null: nobody knows how many. */
  readonly atMost: number | null;
}

interface Member {
  readonly earliest: number;
  readonly latest: number;
  readonly isSure: boolean;
  readonly low: number;
  readonly high: number;
}

/** How many there were about one of them, at least and at most, in the fullest span of the length asked for. */
export function countRepeated(
  asked: Repetition,
  meant: IncidentClass,
  facts: IncidentFacts,
  others: readonly IncidentFacts[],
): Counted {
  const own = memberOf(asked, meant, facts, facts);
  if (own === undefined) return { atLeast: 0, atMost: 0 };
  const members = [
    own,
    ...others.flatMap((other) => (other.id === facts.id ? [] : (memberOf(asked, meant, facts, other) ?? []))),
  ];
  const spanMs = asked.withinMinutes * MS_PER_MINUTE;
  const atMost = countPossible(members, own, spanMs);
  return { atLeast: own.isSure ? countSure(members, own, spanMs) : 0, atMost: Number.isFinite(atMost) ? atMost : null };
}

function memberOf(
  asked: Repetition,
  meant: IncidentClass,
  about: IncidentFacts,
  facts: IncidentFacts,
): Member | undefined {
  const isOwn = facts === about;
  if (!isOwn && facts.state === "retracted") return undefined;
  const share = classShare(meant, facts);
  const place = isOwn ? YES : nearShare(about, facts, asked.withinKm);
  if (share === NO || place === NO) return undefined;
  const { earliest, latest } = endsOf(facts.when);
  const counts = asked.measure === undefined ? { low: 1, high: 1 } : measureOf(facts, asked.measure);
  const { low, high } = counts ?? { low: 1, high: Number.POSITIVE_INFINITY };
  return { earliest, latest, isSure: share === YES && place === YES, low, high };
}

/** Circles of 95 in 100 that touch may be near; one settlement is one place. */
function nearShare({ where: a }: IncidentFacts, { where: b }: IncidentFacts, km: number): Share {
  const isSettlement = a.basis === "settlement" && b.basis === "settlement";
  if (isSettlement && a.name !== undefined && a.name === b.name) return YES;
  const slackKm = a.radiusKm + b.radiusKm;
  if (roughKm(a, b) > (km + slackKm) * 1.01 + 1) return NO;
  const apartKm = distanceKm(a, b);
  if (apartKm + slackKm <= km) return YES;
  return apartKm - slackKm <= km ? UNKNOWN : NO;
}

/** The best span that surely holds it; a member counts where all of its time lies in the span. */
function countSure(members: readonly Member[], own: Member, spanMs: number): number {
  const sure = members.filter(({ isSure }) => isSure);
  const starts = sure.map(({ earliest }) => earliest).filter((at) => at <= own.earliest && own.latest <= at + spanMs);
  const sums = starts.map((from) =>
    sumOf(sure.filter((one) => one.earliest >= from && one.latest <= from + spanMs).map(({ low }) => low)),
  );
  return Math.max(own.low, ...sums);
}

/** The best span that may hold it; a member counts where any of its time lies in the span. */
function countPossible(members: readonly Member[], own: Member, spanMs: number): number {
  const starts = members.map(({ latest }) => latest).filter((at) => at <= own.latest && at + spanMs >= own.earliest);
  const sums = starts.map((from) =>
    sumOf(members.filter((one) => one.latest >= from && one.earliest <= from + spanMs).map(({ high }) => high)),
  );
  return Math.max(own.high, ...sums);
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
