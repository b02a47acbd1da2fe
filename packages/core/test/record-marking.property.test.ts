/** The algebra of markings against sets of readers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Marking, mayRead, mayRelease, narrowest } from "../src/record/marking.ts";

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

test("who may read something made from several: those who may read each of them, and nobody else", () => {
  fc.assert(
    fc.property(fc.array(marking, { minLength: 1, maxLength: 4 }), (markings) => {
      const found = narrowest(markings);
      const readers = NATIONS.filter((each) => markings.every((one) => readersOf(one).includes(each)));
      assert.deepEqual(readersOf(found), readers);
      assert.deepEqual(
        NATIONS.filter((each) => mayRead(found, each)),
        readers,
      );
      // The first owner who may read all; where none may, nobody.
      assert.equal(found.owner, markings.map(({ owner }) => owner).find((each) => readers.includes(each)) ?? "XXX");
      assert.equal(
        found.use === "exercise",
        markings.some(({ use }) => use === "exercise"),
      );
      assert.equal(
        found.originatorControlled,
        markings.some((one) => one.originatorControlled),
      );
      const { releasableTo } = found;
      if (releasableTo !== "all") assert.deepEqual(releasableTo, [...new Set(releasableTo)].sort());
    }),
  );
  assert.throws(() => narrowest([]), RangeError);
});

test("narrowing opens nothing, in whatever order and however often", () => {
  fc.assert(
    fc.property(marking, marking, marking, (a, b, c) => {
      const ab = narrowest([a, b]);
      const readers = (...of: Marking[]) => readersOf(narrowest(of));
      assert.deepEqual(readers(a, b), readers(b, a));
      assert.deepEqual(readers(ab, c), readers(a, narrowest([b, c])));
      assert.deepEqual(readers(ab, c), readers(a, b, c));
      assert.deepEqual(narrowest([ab, ab]), ab);
      assert.ok(readersOf(ab).every((each) => mayRead(a, each) && mayRead(b, each)));
    }),
  );
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
