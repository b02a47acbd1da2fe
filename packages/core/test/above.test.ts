/** The scanning shape against roots known in closed form, and three-valued algebra against a table of single instants. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allOf, anyOf, findAtLeast, findAtMost, type Signal, sampled, type Verdict } from "../src/time/above.ts";
import { type Interval, instant } from "../src/time/instant.ts";
import { union } from "../src/time/intervals.ts";

const span = (start: number, end: number): Interval => ({ start: instant(start), end: instant(end) });
function* every(stepMs: number, { start, end }: Interval): Generator<number> {
  for (let t = start + stepMs; t < end; t += stepMs) yield t;
}
const above = (f: Signal, part: Interval, stepMs: number, level = 0): Verdict =>
  findAtLeast(sampled(f, part, every(stepMs, part)), level);
const rows = (list: readonly Interval[]) => list.map(({ start, end }) => [start, end]);

test("a sine above a level: edges at the arcsine, rounded up", () => {
  const periodMs = 5_400_000;
  const f = (t: number) => Math.sin((2 * Math.PI * t) / periodMs);
  const whole = span(0, 4 * periodMs);
  for (const level of [-0.9, -0.2, 0.5, 0.99, 0.999999]) {
    const a = (Math.asin(level) / (2 * Math.PI)) * periodMs;
    // One more on either side: below level 0 the span begins and ends inside a run.
    const expected = Array.from({ length: 6 }, (_, n) => [a + (n - 1) * periodMs, (n - 0.5) * periodMs - a])
      .map(([s = 0, e = 0]) => [Math.max(0, s), Math.min(whole.end, e)])
      .filter(([s = 0, e = 0]) => s < e);
    const found = rows(above(f, whole, 600_000, level).yes);
    assert.equal(found.length, expected.length, `level ${level}`);
    found.forEach(([s = 0, e = 0], i) => {
      const late = [s - (expected[i]?.[0] ?? 0), e - (expected[i]?.[1] ?? 0)];
      assert.ok(
        late.every((ms) => ms > -0.02 && ms < 1.02),
        `level ${level}, run ${i}: ${late} ms late`,
      );
    });
  }
});

test("a stretch far shorter than the step is found, and so is a short gap; also right beside an end", () => {
  const part = span(0, 600_000);
  for (const top of [13_700, 297_123.4, 599_400, 450.5]) {
    for (const halfMs of [5, 60, 400]) {
      const bump = (t: number) => halfMs ** 2 - (t - top) ** 2;
      const [from, to] = [Math.max(0, Math.ceil(top - halfMs)), Math.min(600_000, Math.ceil(top + halfMs))];
      const { yes } = above(bump, part, 60_000);
      assert.equal(yes.length, 1, `${top} ${halfMs}`);
      assert.ok(Math.abs((yes[0]?.start ?? -9) - from) <= 1 && Math.abs((yes[0]?.end ?? -9) - to) <= 1);
      const gap = findAtMost(sampled(bump, part, every(60_000, part)), 0).yes;
      assert.equal(gap.length, from === 0 ? 1 : 2);
    }
  }
});

test("a corner is found as well as a curve", () => {
  const part = span(0, 900_000);
  const corner = (t: number) => 20 - Math.abs(t - 456_789);
  assert.deepEqual(rows(above(corner, part, 60_000).yes), [[456_769, 456_809]]);
});

test("what is not known is neither yes nor no, to a millisecond; a crossing inside the same step is not lost", () => {
  const f = (t: number) => (t < 100_250 || t >= 400_777 ? t - 430_000 : Number.NaN);
  const { yes, unknown } = above(f, span(0, 600_000), 60_000);
  assert.deepEqual(rows(unknown), [[100_250, 400_777]]);
  assert.deepEqual(rows(yes), [[430_000, 600_000]]);
  const late = (t: number) => (t >= 400_777 ? t - 401_000 : Number.NaN);
  assert.deepEqual(rows(above(late, span(0, 600_000), 60_000).yes), [[401_000, 600_000]]);
  const early = (t: number) => (t < 100_250 ? t - 100_000 : Number.NaN);
  assert.deepEqual(rows(above(early, span(0, 600_000), 60_000).yes), [[100_000, 100_250]]);
});

test("a part of one, two or three milliseconds; an empty one throws with its numbers", () => {
  for (const length of [1, 2, 3, 4]) {
    const { yes } = above((t) => t - 11, span(10, 10 + length), 60_000);
    assert.deepEqual(rows(yes), length === 1 ? [] : [[11, 10 + length]]);
  }
  assert.throws(() => above(() => 1, span(5, 5), 1), /5 \.\. 5/);
});

const LENGTH = 24;
type Three = "yes" | "no" | "unknown";
/** A verdict from the value at each instant. */
function verdictFrom(values: readonly Three[]): Verdict {
  const of = (want: Three) => union(values.flatMap((value, t) => (value === want ? [span(t, t + 1)] : [])));
  return { yes: of("yes"), unknown: of("unknown") };
}
const valuesOf = ({ yes, unknown }: Verdict): Three[] =>
  Array.from({ length: LENGTH }, (_, t) => {
    const isIn = (list: readonly Interval[]) => list.filter(({ start, end }) => start <= t && t < end).length;
    assert.ok(isIn(yes) + isIn(unknown) <= 1, "yes and unknown overlap");
    return isIn(yes) > 0 ? "yes" : isIn(unknown) > 0 ? "unknown" : "no";
  });
const three = fc.array(fc.constantFrom<Three>("yes", "no", "unknown"), { minLength: LENGTH, maxLength: LENGTH });
const RANK: Record<Three, number> = { no: 0, unknown: 1, yes: 2 };

test("property: and is the lesser, or the greater, of no < unknown < yes (Kleene 1952), at every instant", () => {
  fc.assert(
    fc.property(three, three, (a, b) => {
      const [va, vb] = [verdictFrom(a), verdictFrom(b)];
      const pick = (sign: number) => a.map((x, t) => (sign * (RANK[x] - RANK[b[t] ?? "no"]) <= 0 ? x : (b[t] ?? "no")));
      assert.deepEqual(valuesOf(allOf(va, vb)), pick(1));
      assert.deepEqual(valuesOf(anyOf(va, vb)), pick(-1));
    }),
    { numRuns: 300, seed: 20260616 },
  );
});
