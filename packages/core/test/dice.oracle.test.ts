/** Philox against the known answers of its authors (Random123 1.09, tests/kat_vectors, Salmon et al. 2011), and against BigInt. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { philox } from "../src/numerics/philox.ts";
import { logFactorial } from "../src/numerics/variates.ts";

/** Counter, key, block: the rows `philox4x32 10` of that file. */
const KNOWN: readonly (readonly [counter: readonly number[], key: readonly number[], block: readonly number[]])[] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

function blockOf(counter: readonly number[], key: readonly number[]): number[] {
  const out = new Uint32Array(4);
  philox(Uint32Array.from([...counter, ...key]), out);
  return [...out];
}

/** The paper's definition, with whole numbers of any length. */
function slowBlockOf(counter: readonly number[], key: readonly number[]): number[] {
  const mask = 0xffffffffn;
  let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const [p0, p1] = [0xd2511f53n * c0, 0xcd9e8d57n * c2];
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
    [k0, k1] = [(k0 + 0x9e3779b9n) & mask, (k1 + 0xbb67ae85n) & mask];
  }
  return [c0, c1, c2, c3].map(Number);
}

test("the authors' known answers", () => {
  for (const [counter, key, block] of KNOWN) assert.deepEqual(blockOf(counter, key), block);
});

test("planted: an answer with one bit turned is not the known one", () => {
  const [counter, key, block] = KNOWN[2] as (typeof KNOWN)[number];
  assert.notDeepEqual(blockOf([(counter[0] as number) ^ 1, ...counter.slice(1)], key), block);
});

test("property: the halves of products taken by doubles are those of whole numbers", () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  const words = (n: number) => fc.array(word, { minLength: n, maxLength: n });
  fc.assert(
    fc.property(words(4), words(2), (counter, key) => {
      assert.deepEqual(blockOf(counter, key), slowBlockOf(counter, key));
    }),
    { numRuns: 3000 },
  );
});

test("ln n! against the exact product", () => {
  let product = 1n;
  for (let n = 1; n <= 170; n++) {
    product *= BigInt(n);
    assert.ok(Math.abs(logFactorial(n) - Math.log(Number(product))) < 2e-12 * Math.max(1, logFactorial(n)), `${n}!`);
  }
});
