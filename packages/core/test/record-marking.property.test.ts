/** The algebra of markings against sets of readers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { joinOf, type Marking, mayRead, mayRelease } from "../src/record/marking.ts";

const NATIONS = ["DEU", "EUE", "FRA", "POL", "UKR"];
const nation = fc.constantFrom(...NATIONS);
const marking: fc.Arbitrary<Marking> = fc.record({
  owner: nation,
  releasableTo: fc.oneof(fc.constant("all" as const), fc.subarray(NATIONS)),
  originatorControlled: fc.boolean(),
  use: fc.constantFrom("exercise" as const, "real" as const),
});

/** The model: who may read, out of all that there are. */
const readersOf = (of: Marking): string[] =>
  NATIONS.filter((each) => each === of.owner || of.releasableTo === "all" || of.releasableTo.includes(each));

const joined = (markings: readonly Marking[], maker: string): Marking | undefined => {
  const found = joinOf(markings, maker);
  return found.code === "marked" ? found.marking : undefined;
};

test("who may read something made from several: those who may read each of them, and nobody else", () => {
  fc.assert(
    fc.property(fc.array(marking, { minLength: 1, maxLength: 4 }), nation, (markings, maker) => {
      const found = joinOf(markings, maker);
      const readers = NATIONS.filter((each) => markings.every((one) => readersOf(one).includes(each)));
      if (found.code === "not-readable") return assert.ok(!readers.includes(maker));
      assert.deepEqual(readersOf(found.marking), readers);
      assert.deepEqual(
        NATIONS.filter((each) => mayRead(found.marking, each)),
        readers,
      );
      assert.equal(found.marking.owner, maker);
      assert.equal(
        found.marking.use === "exercise",
        markings.some(({ use }) => use === "exercise"),
      );
      assert.equal(
        found.marking.originatorControlled,
        markings.some((one) => one.originatorControlled),
      );
      const { releasableTo } = found.marking;
      if (releasableTo !== "all") assert.deepEqual(releasableTo, [...new Set(releasableTo)].sort());
    }),
  );
});

test("joining is associative, commutative and idempotent, and never opens", () => {
  fc.assert(
    fc.property(marking, marking, marking, nation, (a, b, c, maker) => {
      fc.pre([a, b, c].every((one) => mayRead(one, maker)));
      const ab = joined([a, b], maker);
      const bc = joined([b, c], maker);
      assert.ok(ab !== undefined && bc !== undefined);
      assert.deepEqual(ab, joined([b, a], maker));
      assert.deepEqual(joined([ab, c], maker), joined([a, bc], maker));
      assert.deepEqual(joined([ab, c], maker), joined([a, b, c], maker));
      assert.deepEqual(joined([ab, ab], maker), ab);
      assert.deepEqual(joined([ab, a], maker), ab);
      assert.ok(readersOf(ab).every((each) => mayRead(a, each) && mayRead(b, each)));
    }),
  );
  assert.throws(() => joinOf([], "FRA"), RangeError);
});

test("under originator control only the owner hands on", () => {
  fc.assert(
    fc.property(marking, nation, nation, (of, by, to) => {
      const may = mayRelease(of, by, to);
      assert.equal(may, mayRead(of, by) && mayRead(of, to) && (!of.originatorControlled || of.owner === by));
      if (may) assert.ok(mayRead(of, to));
    }),
  );
});
