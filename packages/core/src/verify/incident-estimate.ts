/** Kind, place and time of an incident, from its witnesses. No item is made sharper by others: they may be one report. */
import { wrapDeg } from "../geo/buffer.ts";
import type { Located } from "../geo/located.ts";
import { type Interval, instant } from "../time/instant.ts";
import type { Evidence } from "./evidence.ts";
import { type Taxonomy, UNKNOWN_KIND } from "./taxonomy.ts";

/** When what an item tells of may have happened: a day's news tells of the evening before too. */
export type SpanOf = (item: Evidence) => Interval;

export interface Estimate {
  readonly kind: string;
  readonly where: Located;
  readonly when: Interval;
}

export function estimateOf(items: readonly Evidence[], taxonomy: Taxonomy, spanOf: SpanOf): Estimate {
  return { kind: kindOf(items, taxonomy), where: placeOf(items), when: timeOf(items.map(spanOf)) };
}

/** The kind that most items speak for, in part where theirs is only like it; a kind that says little yields to one that says more. */
function kindOf(items: readonly Evidence[], taxonomy: Taxonomy): string {
  const says = (kind: string): number => (taxonomy.kindOf(kind).alikeAll === undefined ? 1 : 0);
  const told = [...new Set(items.map(({ kind }) => (taxonomy.has(kind) ? kind : UNKNOWN_KIND)))];
  const support = (kind: string): number =>
    items.reduce((sum, item) => sum + (says(item.kind) === 0 ? 0 : taxonomy.likeness01(kind, item.kind)), 0);
  const [best = UNKNOWN_KIND] = told.sort(
    (a, b) => says(b) - says(a) || support(b) - support(a) || (a < b ? -1 : a > b ? 1 : 0),
  );
  return best;
}

/** The sharpest; of equals, the one nearest to all others. */
function placeOf(items: readonly Evidence[]): Located {
  const sharpest = Math.min(...items.map(({ where }) => where.radiusKm));
  const sharp = items.map(({ where }) => where).filter(({ radiusKm }) => radiusKm === sharpest);
  const byPlace = (a: Located, b: Located): number => a.latitudeDeg - b.latitudeDeg || a.longitudeDeg - b.longitudeDeg;
  let [best, least]: [Located | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const place of sharp) {
    const spread = spreadOf(place, sharp);
    if (best !== undefined && (spread - least || byPlace(place, best)) >= 0) continue;
    [best, least] = [place, spread];
  }
  if (best === undefined) throw new RangeError("no evidence: no place");
  return best;
}

/** Sum of the distances to all, degrees. */
function spreadOf({ latitudeDeg, longitudeDeg }: Located, others: readonly Located[]): number {
  const cos = Math.cos((latitudeDeg * Math.PI) / 180);
  let sum = 0;
  for (const other of others) {
    const north = other.latitudeDeg - latitudeDeg;
    const east = wrapDeg(other.longitudeDeg - longitudeDeg) * cos;
    sum += Math.sqrt(north * north + east * east);
  }
  return sum;
}

/** Where all agree; else the shortest of them, the earliest of such. */
function timeOf(spans: readonly Interval[]): Interval {
  const start = Math.max(...spans.map((span) => span.start));
  const end = Math.min(...spans.map((span) => span.end));
  if (start < end) return { start: instant(start), end: instant(end) };
  const length = (span: Interval): number => span.end - span.start;
  const [shortest] = spans.toSorted((a, b) => length(a) - length(b) || a.start - b.start);
  if (shortest === undefined) throw new RangeError("no evidence: no time");
  return shortest;
}

/** Between the earliest and the latest instant at which it can first have been observed. */
export function firstObservedOf(items: readonly Evidence[]): Interval {
  if (items.length === 0) throw new RangeError("no evidence: never observed");
  return {
    start: instant(Math.min(...items.map(({ when }) => when.start))),
    end: instant(Math.min(...items.map(({ when }) => when.end))),
  };
}
