/** Tests of clauses: shares that keep only what is certain, and counts over several incidents against every possible course of events. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { IncidentFacts } from "../src/agreement/facts.ts";
import { countRepeated } from "../src/agreement/repeated.ts";
import { allOf, anyOf, notShare, type Share, verdictOf } from "../src/agreement/share.ts";
import { timeShare } from "../src/agreement/tests.ts";
import { distanceKm } from "../src/geo/geodesic.ts";
import { instant } from "../src/time/instant.ts";

const BASIS = { assumed: "a test", date: "2026-01-01" };
const MEANT = { name: { en: "explosions" }, kinds: ["explosion", "missile"], mayBe: ["infrastructure"], basis: BASIS };

test("property: shares hold for every possible world, however the tests hang together", () => {
  // A world is a set of equally likely cases, and each test holds in some of them.
  const tests = fc.array(fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(tests, (holds) => {
      const exact = (cases: boolean[]): Share => {
        const share01 = cases.filter(Boolean).length / cases.length;
        return { low01: share01, high01: share01 };
      };
      const shares = holds.map(exact);
      const both = holds[0]?.map((_, i) => holds.every((one) => one[i])) ?? [];
      const either = holds[0]?.map((_, i) => holds.some((one) => one[i])) ?? [];
      for (const [found, truth] of [
        [allOf(shares), exact(both).low01],
        [anyOf(shares), exact(either).low01],
      ] as const) {
        assert.ok(found.low01 <= truth + 1e-12 && truth <= found.high01 + 1e-12, `${JSON.stringify(found)} ${truth}`);
      }
    }),
  );
});

test("property: not, and, or are each other's mirror; certainty is never both", () => {
  const share = fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([a, b]): Share => ({ low01: Math.min(a, b), high01: Math.max(a, b) }));
  fc.assert(
    fc.property(
      fc.array(share, { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0.501, max: 1, noNaN: true }),
      (shares, certain) => {
        const mirrored = notShare(anyOf(shares.map(notShare)));
        const direct = allOf(shares);
        assert.ok(Math.abs(mirrored.low01 - direct.low01) < 1e-9 && Math.abs(mirrored.high01 - direct.high01) < 1e-9);
        assert.ok(direct.low01 <= direct.high01 + 1e-12);
        const [verdict, contrary] = [verdictOf(direct, certain), verdictOf(notShare(direct), certain)];
        assert.ok(verdict !== "touches" || contrary === "does-not" || Math.abs(direct.low01 - certain) < 1e-9);
      },
    ),
  );
});

test("across the edge of a span of time it cannot be told; on its first instant it is inside, on its end it is not", () => {
  const span = { start: instant(1000), end: instant(2000) };
  const when = (start: number, end: number) => timeShare({ start: instant(start), end: instant(end) }, span);
  assert.deepEqual(when(1000, 2000), { low01: 1, high01: 1 });
  assert.deepEqual(when(999, 1001), { low01: 0, high01: 1 });
  assert.deepEqual(when(2000, 2001), { low01: 0, high01: 0 });
  assert.deepEqual(when(1999, 2001), { low01: 0, high01: 1 });
});

interface Spot {
  readonly minute: number;
  readonly lasts: number;
  readonly km: number;
  readonly radius: number;
  readonly kind: string;
}

function factsOf({ minute, lasts, km, radius, kind }: Spot, i: number): IncidentFacts {
  const start = instant(minute * 60_000);
  return {
    id: `in-${i}`,
    kind,
    where: { latitudeDeg: 48 + km / 111.2, longitudeDeg: 37, radiusKm: radius, basis: "fix" },
    // Whole minutes: the naive courses below have a step for each.
    when: { start, end: instant(start + lasts * 60_000 + 1) },
    firstObserved: { start, end: instant(start + 1) },
    state: "reported",
    evidence: 1,
  };
}

/** Every course of events, minute by minute and kind by kind: the fewest and the most in the fullest span about the first. */
function naiveCount(all: readonly IncidentFacts[], spanMin: number, km: number): [number, number] {
  const [own] = all;
  if (own === undefined) return [0, 0];
  const near = (one: IncidentFacts, sign: 1 | -1): boolean =>
    one === own || distanceKm(own.where, one.where) + sign * (own.where.radiusKm + one.where.radiusKm) <= km;
  const course = (how: "fewest" | "most"): number => {
    const meant = (one: IncidentFacts) =>
      MEANT.kinds.includes(one.kind) || (how === "most" && ["infrastructure", "unknown"].includes(one.kind));
    if (!meant(own)) return 0;
    const counted = all.filter((one) => meant(one) && near(one, how === "fewest" ? 1 : -1));
    let times: number[][] = [[]];
    for (const { when } of counted) {
      const steps = Math.floor((when.end - 1 - when.start) / 60_000);
      times = times.flatMap((prefix) =>
        Array.from({ length: steps + 1 }, (_, k) => [...prefix, when.start / 60_000 + k]),
      );
    }
    const best = times.map((course) =>
      Math.max(
        ...course.map((from) => {
          const inside = course.filter((at) => at >= from && at <= from + spanMin).length;
          const ownAt = course[0] ?? 0;
          return ownAt >= from && ownAt <= from + spanMin ? inside : 0;
        }),
      ),
    );
    return how === "fewest" ? Math.min(...best) : Math.max(...best);
  };
  return [course("fewest"), course("most")];
}

test("property: counts bracket every possible course of events, and the most is reached", () => {
  const spot = fc.record({
    minute: fc.integer({ min: 0, max: 12 }),
    lasts: fc.integer({ min: 0, max: 3 }),
    km: fc.integer({ min: 0, max: 8 }),
    radius: fc.constantFrom(0, 1),
    kind: fc.constantFrom("explosion", "missile", "infrastructure", "unknown", "maritime"),
  });
  fc.assert(
    fc.property(
      fc.array(spot, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 8 }),
      (spots, withinMinutes) => {
        const all = spots.map(factsOf);
        const [own = assert.fail()] = all;
        const asked = { class: "explosions", moreThan: 0, withinMinutes, withinKm: 4.5 };
        const found = countRepeated(asked, MEANT, own, all);
        const [fewest, most] = naiveCount(all, withinMinutes, 4.5);
        assert.ok(found.atLeast <= fewest, `at least ${found.atLeast}, but a course has ${fewest}`);
        assert.equal(found.atMost, most);
        if (spots.every(({ lasts }) => lasts === 0)) assert.equal(found.atLeast, fewest);
      },
    ),
    { numRuns: 400 },
  );
});

test("rounds count as often as they are known to: an incident without a count may be any number", () => {
  const asked = { class: "explosions", moreThan: 10, withinMinutes: 60, withinKm: 3, measure: "rounds" };
  const spot = { minute: 5, lasts: 0, km: 0, radius: 0.5, kind: "explosion" };
  const own: IncidentFacts = { ...factsOf(spot, 0), measures: { rounds: { low: 4, high: 6 } } };
  const other: IncidentFacts = { ...factsOf({ ...spot, minute: 50 }, 1), measures: { rounds: 7 } };
  assert.deepEqual(countRepeated(asked, MEANT, own, [own, other]), { atLeast: 11, atMost: 13 });
  assert.deepEqual(countRepeated(asked, MEANT, own, [factsOf({ ...spot, minute: 50 }, 2)]), {
    atLeast: 5,
    atMost: null,
  });
  const retracted: IncidentFacts = { ...other, state: "retracted" };
  assert.deepEqual(countRepeated(asked, MEANT, own, [retracted]), { atLeast: 4, atMost: 6 });
  // One settlement is one place, however large it is.
  const town = { latitudeDeg: 48, longitudeDeg: 37, radiusKm: 9, basis: "settlement", name: "Town" } as const;
  const [a, b] = [
    { ...own, where: town },
    { ...other, where: { ...town, latitudeDeg: 48.1 } },
  ];
  assert.deepEqual(countRepeated(asked, MEANT, a, [b]), { atLeast: 11, atMost: 13 });
});
