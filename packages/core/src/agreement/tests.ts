/** The tests of a clause, each answered with a share and with the figures that it rests on. */
import { type Instant, type Interval, parseInstant } from "../time/instant.ts";
import { endsOf } from "./calendar.ts";
import type { Edition } from "./edition.ts";
import { type IncidentFacts, measureOf } from "./facts.ts";
import { type Inside, insideOf } from "./inside.ts";
import type { Region } from "./region.ts";
import { type Counted, classShare, countRepeated } from "./repeated.ts";
import { anyOf, NO, notShare, type Share, shareOf, UNKNOWN, YES } from "./share.ts";
import type { Bounds, ClauseTest, Repetition, SimpleTest } from "./terms.ts";

/** Why: one answer for each test. `isNot`: the agreement asks for the contrary, and `share` speaks of that contrary. */
export type Reason = { readonly share: Share; readonly isNot?: true } & (
  | { readonly code: "in-force"; readonly span: Interval; readonly when: Interval }
  | { readonly code: "happened"; readonly from?: string; readonly until?: string; readonly when: Interval }
  | { readonly code: "class"; readonly class: string; readonly kind: string; readonly mayBe: readonly string[] }
  | ({ readonly code: "inside"; readonly zone: string; readonly radiusKm: number } & Inside)
  | ({ readonly code: "within"; readonly zone: string; readonly km: number; readonly radiusKm: number } & Inside)
  | {
      readonly code: "measure";
      readonly of: string;
      readonly bounds: Bounds;
      readonly found: { readonly low: number; readonly high: number } | null;
    }
  | ({ readonly code: "repeated"; readonly asked: Repetition } & Counted)
  | { readonly code: "any-of"; readonly reasons: readonly Reason[] }
);

export interface Question {
  readonly edition: Edition;
  readonly facts: IncidentFacts;
  /** Every incident there is, for tests over several; itself may be among them. */
  readonly others: readonly IncidentFacts[];
  /** Zones that were looked at already: many clauses ask for the same one. */
  readonly places: Map<string, Inside>;
}

export function answerOf(test: ClauseTest, question: Question): Reason {
  if ("not" in test) {
    const answer = answerSimple(test.not, question);
    return { ...answer, share: notShare(answer.share), isNot: true };
  }
  if ("anyOf" in test) {
    const reasons = test.anyOf.map((one) => answerOf(one, question));
    return { code: "any-of", share: anyOf(reasons.map(({ share }) => share)), reasons };
  }
  return answerSimple(test, question);
}

function answerSimple(test: SimpleTest, question: Question): Reason {
  const { edition, facts, others } = question;
  const { agreement } = edition;
  if ("class" in test) {
    const meant = named(agreement.classes, test.class, "class");
    const { kind, mayBe = [] } = facts;
    return { code: "class", class: test.class, kind, mayBe, share: classShare(meant, facts) };
  }
  if ("inside" in test) {
    const found = placed(question, test.inside, () => regionOf(edition, test.inside).inside);
    return { code: "inside", zone: test.inside, ...found };
  }
  if ("within" in test) {
    const { km, of } = test.within;
    return { code: "within", zone: of, km, ...placed(question, `${of} ${km}`, () => regionOf(edition, of).within(km)) };
  }
  if ("measure" in test) return answerMeasure(test.measure, facts);
  if ("happened" in test) return answerHappened(test.happened, facts);
  const meant = named(agreement.classes, test.repeated.class, "class");
  const counted = countRepeated(test.repeated, meant, facts, others);
  return { code: "repeated", asked: test.repeated, ...counted, share: countedShare(counted, test.repeated) };
}

/** References were checked when the agreement was read: one that leads nowhere is a bug. */
function named<T>(table: Readonly<Record<string, T>>, id: string, what: string): T {
  const found = Object.hasOwn(table, id) ? table[id] : undefined;
  if (found === undefined) throw new RangeError(`the agreement has no ${what} ${id}`);
  return found;
}

function regionOf({ regions, ref }: Edition, zone: string) {
  const found = regions.get(zone);
  if (found === undefined) throw new RangeError(`the agreement ${ref.id} has no zone ${zone}`);
  return found;
}

function placed({ facts: { where }, places }: Question, key: string, regionFor: () => Region) {
  const inside = places.get(key) ?? insideOf(regionFor(), where);
  places.set(key, inside);
  return { ...inside, radiusKm: where.radiusKm, share: shareOf(inside.share01) };
}

function answerMeasure({ of, ...bounds }: { readonly of: string } & Bounds, facts: IncidentFacts): Reason {
  const found = measureOf(facts, of) ?? null;
  if (found === null) return { code: "measure", of, bounds, found, share: UNKNOWN };
  const [low, high] = [isWithin(found.low, bounds), isWithin(found.high, bounds)];
  // Both ends outside: it may still pass through between them.
  const isAside = !low && !high && (fallsShort(found.high, bounds) || goesBeyond(found.low, bounds));
  return { code: "measure", of, bounds, found, share: low && high ? YES : isAside ? NO : UNKNOWN };
}

const fallsShort = (value: number, { above, atLeast }: Bounds): boolean =>
  value <= (above ?? Number.NEGATIVE_INFINITY) || value < (atLeast ?? Number.NEGATIVE_INFINITY);
const goesBeyond = (value: number, { below, atMost }: Bounds): boolean =>
  value >= (below ?? Number.POSITIVE_INFINITY) || value > (atMost ?? Number.POSITIVE_INFINITY);
const isWithin = (value: number, bounds: Bounds): boolean => !fallsShort(value, bounds) && !goesBeyond(value, bounds);

function answerHappened(
  { from, until }: { readonly from?: string; readonly until?: string },
  facts: IncidentFacts,
): Reason {
  const span = {
    start: from === undefined ? (Number.NEGATIVE_INFINITY as Instant) : parseInstant(from),
    end: until === undefined ? (Number.POSITIVE_INFINITY as Instant) : parseInstant(until),
  };
  return {
    code: "happened",
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    when: facts.when,
    share: timeShare(facts.when, span),
  };
}

/** It happened somewhere in its interval, and nothing says where: across an edge it cannot be told. */
export function timeShare(when: Interval, span: Interval): Share {
  const { earliest, latest } = endsOf(when);
  if (earliest >= span.start && latest < span.end) return YES;
  return latest < span.start || earliest >= span.end ? NO : UNKNOWN;
}

function countedShare({ atLeast, atMost }: Counted, { moreThan }: Repetition): Share {
  if (atLeast > moreThan) return YES;
  return atMost !== null && atMost <= moreThan ? NO : UNKNOWN;
}
