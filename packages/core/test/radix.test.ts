/** The radix sort against the engine's own stable sort. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { radixOrder } from "../src/numerics/radix.ts";

const byEngine = (keys: readonly number[]) => [...keys.keys()].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));

test("property: the order of a stable sort, for keys of any size, many of them equal", () => {
  const keys = fc.oneof(fc.nat(3), fc.nat(3000), fc.nat(5_000_000), fc.integer({ min: 0, max: 0xffff_ffff }));
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 300 }), (some) => {
      assert.deepEqual([...radixOrder(Uint32Array.from(some))], byEngine(some));
    }),
    { numRuns: 300 },
  );
});

test("none, one, all equal, the greatest key, and either side of every digit", () => {
  const edges = [0, 1, 2 ** 11 - 1, 2 ** 11, 2 ** 22 - 1, 2 ** 22, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
  for (const keys of [[], [7], [5, 5, 5, 5], [2 ** 32 - 1, 0], edges, edges.toReversed()]) {
    assert.deepEqual([...radixOrder(Uint32Array.from(keys))], byEngine(keys));
  }
});
