/** Independence: each reason by an example, the algebra by properties, the largest set against trying all subsets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Evidence } from "../src/verify/evidence.ts";
import { independenceJudge, largestIndependentSet } from "../src/verify/independence.ts";
import { addressOf } from "../src/verify/independence-address.ts";
import type { DependenceCode } from "../src/verify/independence-keys.ts";
import { largestApart } from "../src/verify/independence-set.ts";
import { evidenceOf } from "./evidence-fixture.ts";

const TEXT = "Внаслідок нічного обстрілу пошкоджено три будинки на вулиці Шевченка, двоє людей поранені";

function codesBetween(a: Evidence, b: Evidence, others: readonly Evidence[] = []): readonly string[] {
  const standing = independenceJudge([a, b, ...others]).between(a, b);
  return standing.code === "independent" ? [] : standing.reasons.map(({ code }) => code);
}

test("each way of not being two is named", () => {
  const cases: [DependenceCode, Partial<Evidence["origin"]>, Partial<Evidence["origin"]>][] = [
    ["same-sensor", { sensor: "NOAA-20" }, { sensor: "noaa-20" }],
    ["same-operator", { operator: "NASA" }, { operator: "NASA" }],
    ["same-source", { source: "patrol-7" }, { source: "patrol-7" }],
    ["same-original", { original: "https://www.a.ua/1/?utm_source=x" }, { original: "http://a.ua/1#top" }],
    ["same-original", { quotes: ["https://c.ua/9"] }, { quotes: ["http://c.ua/9/"] }],
    ["quotes", { original: "https://a.ua/1" }, { quotes: ["https://a.ua/1"] }],
    ["quotes", { source: "agency" }, { quotes: ["agency"] }],
  ];
  for (const [code, originA, originB] of cases) {
    const [a, b] = [evidenceOf({ id: "a", origin: originA }), evidenceOf({ id: "b", origin: originB })];
    assert.deepEqual(codesBetween(a, b), [code]);
    assert.deepEqual(codesBetween(b, a), [code], "either way round");
  }
  assert.deepEqual(codesBetween(evidenceOf({ id: "a" }), evidenceOf({ id: "b" })), []);
});

test("a quotes b through a third, and a fourth", () => {
  const [a, b] = [evidenceOf({ id: "a", origin: { quotes: ["c"] } }), evidenceOf({ id: "b" })];
  const c = evidenceOf({ id: "c", origin: { original: "https://c.ua/1" } });
  const quoting = evidenceOf({ id: "c", origin: { quotes: ["d"] } });
  const d = evidenceOf({ id: "d", origin: { quotes: ["b"] } });
  assert.deepEqual(codesBetween(a, b, [c]), []);
  const standing = independenceJudge([a, b, quoting, d]).between(a, b);
  assert.deepEqual(standing, { code: "dependent", reasons: [{ code: "quotes-through", by: "d" }] });
});

test("quotes that run in a circle come to an end", () => {
  const a = evidenceOf({ id: "a", origin: { quotes: ["b"] } });
  const b = evidenceOf({ id: "b", origin: { quotes: ["a"] } });
  assert.deepEqual(codesBetween(a, b), ["quotes"]);
});

test("text: identical, touched up, held within a longer one", () => {
  const by = (id: string, text: string) => evidenceOf({ id, text });
  assert.deepEqual(codesBetween(by("a", TEXT), by("b", TEXT.toUpperCase())), ["identical-text"]);
  assert.deepEqual(codesBetween(by("a", TEXT), by("b", `${TEXT} - ОВА`)), ["near-identical-text"]);
  const digest = `Головне за добу. ${TEXT}. ${"Також повідомляють про інші події в області. ".repeat(5)}`;
  assert.deepEqual(codesBetween(by("a", TEXT), by("b", digest)), ["contains-text"]);
  assert.deepEqual(
    codesBetween(by("a", TEXT), by("b", "Уночі лунали вибухи, є влучання в житлову забудову міста")),
    [],
  );
});

test("nobody knows where it comes from: it does not count, and the page can say so", () => {
  const a = evidenceOf({ id: "a" });
  const b = evidenceOf({ id: "b", origin: { source: "unknown" } });
  assert.deepEqual(independenceJudge([a, b]).between(a, b), { code: "unknown", noProvenance: ["b"], reasons: [] });
  const set = largestIndependentSet([a, b]);
  assert.equal(set.count, 1);
  assert.deepEqual(set.notCounted, [{ id: "b", code: "no-provenance" }]);
});

test("of five reports of three newsrooms, one of which copies another, two count, and each other says why", () => {
  const items = [
    evidenceOf({ id: "1", origin: { source: "north" } }),
    evidenceOf({ id: "2", origin: { source: "north" } }),
    evidenceOf({ id: "3", origin: { source: "south" }, text: TEXT }),
    evidenceOf({ id: "4", origin: { source: "west" }, text: TEXT }),
    evidenceOf({ id: "5", origin: { source: "west", quotes: ["1"] } }),
  ];
  const set = largestIndependentSet(items);
  assert.equal(set.count, 2);
  assert.deepEqual(set.bound, { code: "exact" });
  assert.equal(set.counted.length + set.notCounted.length, items.length);
  for (const item of set.notCounted) assert.ok(item.code === "dependent" && item.on.length > 0, item.id);
});

test("a pass of three thousand pixels is one, at once", () => {
  const pixels = Array.from({ length: 3000 }, (_, i) =>
    evidenceOf({ id: `p${i}`, origin: { source: "firms", sensor: i % 2 ? "Terra" : "Aqua" } }),
  );
  const set = largestIndependentSet([...pixels, evidenceOf({ id: "patrol" })]);
  assert.deepEqual([set.count, set.notCounted.length], [2, 2999]);
});

/** Few values, so that origins meet often. */
const anyEvidence = fc
  .array(
    fc.record({
      source: fc.constantFrom("s1", "s2", "s3", "s4", "unknown"),
      sensor: fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
      operator: fc.option(fc.constantFrom("o", "p"), { nil: undefined }),
      quotes: fc.array(fc.constantFrom("0", "1", "2", "3", "4", "5", "6"), { maxLength: 2 }),
      text: fc.option(fc.constantFrom(TEXT, `${TEXT}!`, "short"), { nil: undefined }),
    }),
    { maxLength: 9 },
  )
  .map((rows) =>
    rows.map(({ source, sensor, operator, quotes, text }, i) =>
      evidenceOf({
        id: String(i),
        origin: { source, quotes, ...(sensor && { sensor }), ...(operator && { operator }) },
        ...(text && { text }),
      }),
    ),
  );

test("the judge says the same either way round, and never that an item is independent of itself", () => {
  fc.assert(
    fc.property(anyEvidence, (items) => {
      const judge = independenceJudge(items);
      for (const a of items) {
        assert.notEqual(judge.between(a, a).code, "independent");
        for (const b of items) assert.equal(judge.between(a, b).code, judge.between(b, a).code);
      }
    }),
  );
});

test("the set: mutually independent, as large as trying all subsets finds, the same in any order", () => {
  fc.assert(
    fc.property(anyEvidence, fc.integer(), (items, salt) => {
      const set = largestIndependentSet(items);
      const judge = independenceJudge(items);
      const chosen = items.filter(({ id }) => set.counted.includes(id));
      for (const a of chosen) for (const b of chosen) assert.ok(a === b || judge.between(a, b).code === "independent");
      assert.equal(set.count, bruteForce(items, judge));
      const shuffled = items
        .map((item, i) => ({ item, key: Math.imul(i + 1, salt | 1) }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item);
      assert.deepEqual(new Set(largestIndependentSet(shuffled).counted), new Set(set.counted));
    }),
  );
});

function bruteForce(items: readonly Evidence[], judge: ReturnType<typeof independenceJudge>): number {
  let best = 0;
  for (let bits = 0; bits < 1 << items.length; bits++) {
    const subset = items.filter((_, i) => bits & (1 << i));
    const isFine = subset.every((a) =>
      subset.every((b) =>
        a === b ? judge.between(a, a).code !== "unknown" : judge.between(a, b).code === "independent",
      ),
    );
    if (isFine) best = Math.max(best, subset.length);
  }
  return best;
}

test("a copy of any item adds nothing, and one more item never takes away", () => {
  fc.assert(
    fc.property(anyEvidence, fc.nat(), (items, pick) => {
      fc.pre(items.length > 0);
      const before = largestIndependentSet(items).count;
      const copied = items[pick % items.length] as Evidence;
      const copy = { ...evidenceOf({ id: "copy", origin: { source: "elsewhere", quotes: [copied.id] } }) };
      const withCopy = largestIndependentSet([...items, copy]).count;
      assert.ok(withCopy >= before);
      if (items.length === 1 && copied.origin.source !== "unknown") assert.equal(withCopy, 1);
    }),
  );
});

test("a tangle too large to search through gives both bounds, and they hold", () => {
  // Conflicts of a 150-cycle with chords: the largest set is at most half.
  const n = 150;
  const conflicts = (i: number, j: number): boolean =>
    [1, 7, 31, 53].some((d) => (i - j + n) % n === d || (j - i + n) % n === d);
  const { chosen, atMost } = largestApart(n, conflicts);
  for (const i of chosen) for (const j of chosen) assert.ok(i === j || !conflicts(i, j));
  assert.ok(chosen.length >= 40 && chosen.length <= atMost && atMost <= 150, `${chosen.length} .. ${atMost}`);
});

test("addresses of one page are one", () => {
  for (const other of [
    "http://www.a.ua/b/",
    "HTTPS://M.A.UA/b#c",
    "https://a.ua/b?utm_campaign=z",
    "https://a.ua/amp/b",
  ])
    assert.equal(addressOf(other), "a.ua/b");
  assert.notEqual(addressOf("https://a.ua/all?page=1"), addressOf("https://a.ua/all?page=2"));
  assert.equal(addressOf(" 1692990 "), "1692990");
});

test("of any conflicts of few nodes, as many as trying all subsets finds", () => {
  const n = 9;
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: n * n, maxLength: n * n }), (drawn) => {
      const conflicts = (i: number, j: number): boolean => drawn[Math.min(i, j) * n + Math.max(i, j)] as boolean;
      let most = 0;
      for (let bits = 0; bits < 1 << n; bits++) {
        const subset = Array.from({ length: n }, (_, i) => i).filter((i) => bits & (1 << i));
        if (subset.every((i) => subset.every((j) => i === j || !conflicts(i, j)))) most = Math.max(most, subset.length);
      }
      const { chosen, atMost } = largestApart(n, conflicts);
      assert.deepEqual([chosen.length, atMost], [most, most]);
    }),
    { numRuns: 200 },
  );
});
