/**
 * Groups of reports by the reach of their kinds: for so few that nothing can be learnt from them. Complete linkage, so that
 * each of a group could be one with each other, and none chains across a town or a week.
 */
import { distanceKm } from "../geo/geodesic.ts";
import { NEAR_KM, nearKm, pointsOf } from "../geo/near.ts";
import type { Interval } from "../time/instant.ts";
import type { Evidence } from "./evidence.ts";
import type { SpanOf } from "./incident-estimate.ts";
import type { Group } from "./incident-propose.ts";
import type { Taxonomy } from "./taxonomy.ts";

/** Below it two kinds are not taken for one incident. */
const LEAST_LIKENESS = 0.5;
/** Share of a reach within which the exact geodesic decides. */
const CLOSE_CALL = 1e-6;

interface Pair {
  readonly i: number;
  readonly j: number;
  readonly chance: number;
}

/** The closest first; O(n2) pairs. The same whatever the order. */
export function groupByReach(items: readonly Evidence[], taxonomy: Taxonomy, spanOf: SpanOf): Group[] {
  const sorted = [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  const n = sorted.length;
  const { chances, pairs } = pairsOf(sorted, taxonomy, spanOf);
  const groups = sorted.map((_, i) => [i]);
  const of = sorted.map((_, i) => i);
  const areApart = (a: readonly number[], b: readonly number[]): boolean =>
    a.some((p) => b.some((q) => (chances[p * n + q] as number) <= 0));
  for (const { i, j } of pairs.sort((a, b) => b.chance - a.chance || a.i - b.i || a.j - b.j)) {
    const [x, y] = [of[i] as number, of[j] as number];
    const [a, b] = [groups[x] as number[], groups[y] as number[]];
    if (x === y || areApart(a, b)) continue;
    for (const member of b) of[member] = x;
    a.push(...b);
    groups[y] = [];
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group) => ({
      items: group
        .sort((p, q) => p - q)
        .map((p) => ({ evidence: (sorted[p] as Evidence).id, confidence01: meanOf(p, group, { chances, n }) })),
    }));
}

interface Chances {
  /** Row by row. */
  readonly chances: Float64Array;
  readonly n: number;
}

/** Of one alone: that nothing else was near enough. */
function meanOf(p: number, group: readonly number[], { chances, n }: Chances): number {
  if (group.length > 1)
    return group.reduce((sum, q) => sum + (q === p ? 0 : (chances[p * n + q] as number)), 0) / (group.length - 1);
  let most = 0;
  for (let q = 0; q < n; q++) if (q !== p) most = Math.max(most, chances[p * n + q] as number);
  return 1 - most;
}

/** Of each pair the chance that it is one incident, and the pairs that have one. */
function pairsOf(
  items: readonly Evidence[],
  taxonomy: Taxonomy,
  spanOf: SpanOf,
): { readonly chances: Float64Array; readonly pairs: Pair[] } {
  const n = items.length;
  const chances = new Float64Array(n * n);
  const pairs: Pair[] = [];
  const spans = items.map(spanOf);
  const extents = items.map(({ kind }) => taxonomy.extentOf(kind));
  const points = pointsOf(items.map(({ where }) => where));
  for (let i = 0; i < n; i++) {
    const [a, x] = [items[i] as Evidence, extents[i] as (typeof extents)[number]];
    for (let j = i + 1; j < n; j++) {
      const [b, y] = [items[j] as Evidence, extents[j] as (typeof extents)[number]];
      const likeness = taxonomy.likeness01(a.kind, b.kind);
      if (likeness < LEAST_LIKENESS) continue;
      if (!inReach(spans[i] as Interval, spans[j] as Interval, Math.min(x.ms, y.ms))) continue;
      const [ra, rb, own] = [a.where.radiusKm, b.where.radiusKm, Math.min(x.km, y.km)];
      const reachKm = Math.sqrt(own * own + ra * ra + rb * rb);
      let km = nearKm(points, i, j);
      if (km > NEAR_KM ? km < 2 * reachKm : Math.abs(km - reachKm) < CLOSE_CALL * reachKm)
        km = distanceKm(a.where, b.where);
      if (km > reachKm) continue;
      // Falls with distance and with unlike kinds.
      const chance = likeness * Math.exp(-0.5 * (2 * (km / reachKm)) ** 2);
      chances[i * n + j] = chance;
      chances[j * n + i] = chance;
      if (chance > 0) pairs.push({ i, j, chance });
    }
  }
  return { chances, pairs };
}

/** As places are compared: what one incident may last, and half of what each time leaves open. */
const inReach = (a: Interval, b: Interval, lastsMs: number): boolean =>
  (a.start < b.end && b.start < a.end) ||
  Math.abs(middleOf(a) - middleOf(b)) <= Math.hypot(lastsMs, halfOf(a), halfOf(b));

const middleOf = ({ start, end }: Interval): number => (start + end) / 2;
const halfOf = ({ start, end }: Interval): number => (end - start) / 2;
