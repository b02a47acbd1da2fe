/** The algebra of intervals against sets of whole numbers: what a half-open interval holds can be counted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Interval, instant, interval } from "../src/time/instant.ts";
import { durationMs, intersect, subtract, union } from "../src/time/intervals.ts";

const SPAN_MS = 60;
const span = (start: number, end: number): Interval => ({ start: instant(start), end: instant(end) });
const WHOLE = [span(0, SPAN_MS)];

/** Anything: out of order, overlapping, touching, empty. */
const anyIntervals = fc.array(
  fc.tuple(fc.nat(SPAN_MS), fc.nat(12)).map(([start, length]) => span(start, Math.min(SPAN_MS, start + length))),
  { maxLength: 12 },
);
/** As the algebra hands them out. */
const tidyIntervals = anyIntervals.map(union);

/** The model: the milliseconds held. */
function setOf(intervals: readonly Interval[]): Set<number> {
  return new Set(
    intervals.flatMap(({ start, end }) => Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i)),
  );
}

/** In order of time, none empty, none overlapping or touching. */
function assertTidy(intervals: readonly Interval[]): void {
  intervals.forEach(({ start, end }, i) => {
    assert.ok(start < end, "empty");
    const next = intervals[i + 1];
    assert.ok(next === undefined || end < next.start, "overlaps or touches");
  });
}

const complement = (a: readonly Interval[]) => subtract(WHOLE, a);

test("union holds what any of them holds, once, and gaps stay", () => {
  fc.assert(
    fc.property(anyIntervals, (a) => {
      const joined = union(a);
      assertTidy(joined);
      assert.deepEqual(setOf(joined), new Set([...setOf(a)].sort((x, y) => x - y)));
    }),
  );
});

test("union does not care for order, is its own union, and changes none of its input", () => {
  fc.assert(
    fc.property(anyIntervals, anyIntervals, (a, b) => {
      const before = structuredClone(a);
      assert.deepEqual(union([...a, ...b]), union([...b, ...a]));
      assert.deepEqual(union(union(a)), union(a));
      assert.deepEqual(a, before);
    }),
  );
});

test("intersect holds what both hold; commutative, associative, and itself with itself", () => {
  fc.assert(
    fc.property(tidyIntervals, tidyIntervals, tidyIntervals, (a, b, c) => {
      const both = intersect(a, b);
      assertTidy(both);
      assert.deepEqual(setOf(both), new Set([...setOf(a)].filter((ms) => setOf(b).has(ms))));
      assert.deepEqual(both, intersect(b, a));
      assert.deepEqual(intersect(both, c), intersect(a, intersect(b, c)));
      assert.deepEqual(intersect(a, a), a);
    }),
  );
});

test("subtract holds what the first holds and the second does not, even where that overlaps itself", () => {
  fc.assert(
    fc.property(tidyIntervals, anyIntervals, (a, b) => {
      const left = subtract(a, b);
      assertTidy(left);
      assert.deepEqual(setOf(left), new Set([...setOf(a)].filter((ms) => !setOf(b).has(ms))));
      assert.deepEqual(subtract(a, []), a);
      assert.deepEqual(subtract(a, a), []);
    }),
  );
});

test("De Morgan: what lies in neither is outside each, and the other way round", () => {
  fc.assert(
    fc.property(tidyIntervals, tidyIntervals, (a, b) => {
      assert.deepEqual(complement(union([...a, ...b])), intersect(complement(a), complement(b)));
      assert.deepEqual(complement(intersect(a, b)), union([...complement(a), ...complement(b)]));
      assert.deepEqual(complement(complement(a)), a);
    }),
  );
});

test("durations add up: both and either together are the first and the second", () => {
  fc.assert(
    fc.property(anyIntervals, tidyIntervals, tidyIntervals, (any, a, b) => {
      assert.equal(durationMs(any), setOf(any).size);
      assert.equal(durationMs(intersect(a, b)) + durationMs([...a, ...b]), durationMs(a) + durationMs(b));
      assert.equal(durationMs(subtract(a, b)) + durationMs(intersect(a, b)), durationMs(a));
    }),
  );
});

test("half-open: what touches is joined and shares nothing", () => {
  const [morning, evening] = [span(0, 10), span(10, 20)];
  assert.deepEqual(union([evening, morning]), [span(0, 20)]);
  assert.deepEqual(intersect([morning], [evening]), []);
  assert.deepEqual(subtract([morning], [evening]), [morning]);
  assert.deepEqual(subtract([span(0, 20)], [span(10, 11)]), [span(0, 10), span(11, 20)]);
  assert.deepEqual(intersect([span(0, 11)], [span(10, 20)]), [span(10, 11)]);
});

test("intervals that end before or where they start hold nothing, and are refused where one is made", () => {
  assert.deepEqual(union([span(5, 5), span(9, 3)]), []);
  assert.equal(durationMs([span(5, 5), span(9, 3)]), 0);
  assert.throws(() => interval(instant(5), instant(5)), /an interval ends after it starts: 5 \.\. 5/);
  assert.throws(() => interval(instant(6), instant(5)), RangeError);
  assert.deepEqual(interval(instant(5), instant(6)), span(5, 6));
});
