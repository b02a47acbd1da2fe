/**
 * Groups of reports by the reach of their kinds: for so few that nothing can be learnt from them. Complete linkage, so that
 * each of a group could be one with each other, and none chains across a town or a week.
 */
import { distanceKm } from "../geo/geodesic.ts";
import type { Interval } from "../time/instant.ts";
import type { Evidence } from "./evidence.ts";
import type { SpanOf } from "./incident-estimate.ts";
import type { Group } from "./incident-propose.ts";
import type { Taxonomy } from "./taxonomy.ts";

/** Below it two kinds are not taken for one incident. */
const LEAST_LIKENESS = 0.5;

/** The closest first; O(n2) pairs. The same whatever the order. */
export function groupByReach(items: readonly Evidence[], taxonomy: Taxonomy, spanOf: SpanOf): Group[] {
  const sorted = [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  const chances = sorted.map((a, i) => sorted.map((b, j) => (i === j ? 1 : chanceOf(a, b, { taxonomy, spanOf }))));
  const pairs = sorted.flatMap((_, i) =>
    sorted.flatMap((__, j) => {
      const chance = chances[i]?.[j] ?? 0;
      return j > i && chance > 0 ? [{ i, j, chance }] : [];
    }),
  );
  const groups = sorted.map((_, i) => [i]);
  const of = sorted.map((_, i) => i);
  for (const { i, j } of pairs.sort((a, b) => b.chance - a.chance || a.i - b.i || a.j - b.j)) {
    const [x, y] = [of[i] as number, of[j] as number];
    const [a, b] = [groups[x] as number[], groups[y] as number[]];
    if (x === y || a.some((p) => b.some((q) => (chances[p]?.[q] ?? 0) <= 0))) continue;
    for (const member of b) of[member] = x;
    a.push(...b);
    groups[y] = [];
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group) => ({
      items: group
        .sort((p, q) => p - q)
        .map((p) => ({ evidence: (sorted[p] as Evidence).id, confidence01: meanOf(p, group, chances) })),
    }));
}

/** Of one alone: that nothing else was near enough. */
function meanOf(p: number, group: readonly number[], chances: readonly (readonly number[])[]): number {
  if (group.length === 1) return 1 - Math.max(0, ...(chances[p] ?? []).filter((_, q) => q !== p));
  return group.reduce((sum, q) => sum + (q === p ? 0 : (chances[p]?.[q] ?? 0)), 0) / (group.length - 1);
}

/** 0: not one incident; falls with distance and with unlike kinds. */
function chanceOf(a: Evidence, b: Evidence, { taxonomy, spanOf }: { taxonomy: Taxonomy; spanOf: SpanOf }): number {
  const likeness = taxonomy.likeness01(a.kind, b.kind);
  const [x, y] = [taxonomy.extentOf(a.kind), taxonomy.extentOf(b.kind)];
  if (likeness < LEAST_LIKENESS || !inReach(spanOf(a), spanOf(b), Math.min(x.ms, y.ms))) return 0;
  const reachKm = Math.hypot(Math.min(x.km, y.km), a.where.radiusKm, b.where.radiusKm);
  const km = distanceKm(a.where, b.where);
  return km > reachKm ? 0 : likeness * Math.exp(-0.5 * (2 * (km / reachKm)) ** 2);
}

/** As places are compared: what one incident may last, and half of what each time leaves open. */
const inReach = (a: Interval, b: Interval, lastsMs: number): boolean =>
  (a.start < b.end && b.start < a.end) ||
  Math.abs(middleOf(a) - middleOf(b)) <= Math.hypot(lastsMs, halfOf(a), halfOf(b));

const middleOf = ({ start, end }: Interval): number => (start + end) / 2;
const halfOf = ({ start, end }: Interval): number => (end - start) / 2;
