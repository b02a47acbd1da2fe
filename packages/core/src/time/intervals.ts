/** Algebra of half-open intervals. Inputs and outputs are in time order, each list without overlaps. */
import type { Instant, Interval } from "./instant.ts";

/** Sorts, and joins what overlaps or touches. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.toSorted((a, b) => a.start - b.start);
  const out: { start: Instant; end: Instant }[] = [];
  for (const { start, end } of sorted) {
    if (!(start < end)) continue;
    const last = out.at(-1);
    if (last !== undefined && start <= last.end) last.end = end > last.end ? end : last.end;
    else out.push({ start, end });
  }
  return out;
}

/** What lies in both. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const out: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as Interval, b[j] as Interval];
    const start = x.start > y.start ? x.start : y.start;
    const end = x.end < y.end ? x.end : y.end;
    if (start < end) out.push({ start, end });
    if (x.end < y.end) i++;
    else j++;
  }
  return out;
}

/** What lies in `a` and not in `b`; `b` may overlap itself. */
export function subtract(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const holes = union(b);
  const out: Interval[] = [];
  for (const { start, end } of a) {
    let from = start;
    for (const hole of holes) {
      if (hole.end <= from) continue;
      if (hole.start >= end) break;
      if (hole.start > from) out.push({ start: from, end: hole.start });
      from = hole.end;
    }
    if (from < end) out.push({ start: from, end });
  }
  return out;
}

/** Milliseconds covered. */
export function durationMs(intervals: readonly Interval[]): number {
  return union(intervals).reduce((sum, { start, end }) => sum + (end - start), 0);
}
