/** Canonical bytes, signatures and trees against the vectors that their RFCs and Certificate Transparency publish. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import canonicalize from "canonicalize";
import fc from "fast-check";
import { canonicalJson, type Json, sha256Of } from "../src/record/hash.ts";
import { verifyEd25519 } from "../src/record/head.ts";
import { commitmentOf } from "../src/record/header.ts";
import { inclusionProofOf, isIncluded, leafOf, leafOfData, RootBuilder, rootOf } from "../src/record/merkle.ts";

const bytes = (hex: string): Uint8Array => Buffer.from(hex, "hex");
const hex = (of: Uint8Array): string => Buffer.from(of).toString("hex");

test("canonical JSON: the examples of RFC 8785, sections 3.2.2 and 3.2.3", () => {
  const example = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]}`);
  // Section 3.2.4, as bytes.
  const expected =
    "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e33333333333333" +
    "2c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d";
  assert.equal(hex(Buffer.from(canonicalJson(example))), expected);
  const keys = JSON.parse(
    String.raw`{"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7}`,
  );
  assert.deepEqual([...canonicalJson(keys).matchAll(/:(\d)/g)].map(([, n]) => n).join(""), "2467153");
});

/** IEEE 754 bits and their text. */
const NUMBERS: readonly (readonly [string, string])[] = [
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["8000000000000001", "-5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["ffefffffffffffff", "-1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["c340000000000000", "-9007199254740992"],
  ["4430000000000000", "295147905179352830000"],
  ["44b52d02c7e14af5", "9.999999999999997e+22"],
  ["44b52d02c7e14af6", "1e+23"],
  ["44b52d02c7e14af7", "1.0000000000000001e+23"],
  ["444b1ae4d6e2ef4e", "999999999999999700000"],
  ["444b1ae4d6e2ef4f", "999999999999999900000"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555553", "333333333.3333332"],
  ["41b3de4355555554", "333333333.33333325"],
  ["41b3de4355555555", "333333333.3333333"],
  ["41b3de4355555556", "333333333.3333334"],
  ["41b3de4355555557", "333333333.33333343"],
  ["becbf647612f3696", "-0.0000033333333333333333"],
  ["43143ff3c1cb0959", "1424953923781206.2"],
];

test("canonical JSON: the numbers of RFC 8785, appendix B", () => {
  for (const [bits, text] of NUMBERS) assert.equal(canonicalJson(Buffer.from(bits, "hex").readDoubleBE()), text, bits);
  for (const bits of ["7fffffffffffffff", "7ff0000000000000"])
    assert.throws(() => canonicalJson([Buffer.from(bits, "hex").readDoubleBE()]), bits);
});

test("canonical JSON: the short way writes what the canonicalize package writes, and refuses what it refuses", () => {
  const keys = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("__proto__", "toJSON", "10", "9", "-1", "1e3", "é"),
  );
  const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: "binary" }),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(keys, tie("value")), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs)),
    ),
  })).value;
  fc.assert(
    fc.property(anyJson, (value) => assert.equal(canonicalJson(value as Json), canonicalize(value))),
    { numRuns: 500 },
  );
  assert.equal(canonicalJson({ b: 1, a: undefined }), '{"b":1}');
  for (const bad of [undefined, Number.NaN, "\ud800", { "\udc00": 1 }, [Number.POSITIVE_INFINITY], () => 1])
    assert.throws(() => canonicalJson(bad as Json));
});

/** Public key, message, signature. */
const RFC_8032 = [
  [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
] as const;

test("signatures: the vectors of RFC 8032, section 7.1, and none of them changed by a bit", () => {
  for (const [key, message, signature] of RFC_8032) {
    assert.ok(verifyEd25519(bytes(signature), bytes(message), bytes(key)));
    for (const at of [0, 31, 32, 63]) {
      const changed = Uint8Array.from(bytes(signature));
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.ok(!verifyEd25519(changed, bytes(message), bytes(key)));
    }
    assert.ok(!verifyEd25519(bytes(signature), bytes(`${message}00`), bytes(key)));
  }
  // The neutral element as key and point signs everything, where small orders are not refused.
  const neutral = `01${"00".repeat(31)}`;
  assert.ok(!verifyEd25519(bytes(neutral + "00".repeat(32)), bytes("72"), bytes(neutral)));
  assert.ok(!verifyEd25519(bytes("00"), bytes("72"), bytes(neutral)));
});

/** Certificate Transparency's reference tree: leaves, and the root over the first n. */
const CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const CT_ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("trees: the roots of Certificate Transparency's reference tree", () => {
  const builder = new RootBuilder();
  CT_ROOTS.forEach((root, n) => {
    assert.equal(hex(rootOf(CT_LEAVES.slice(0, n).map((leaf) => leafOfData(bytes(leaf))))), root);
    assert.equal(hex(builder.root()), root);
    builder.add(leafOfData(bytes(CT_LEAVES[n] ?? "")));
  });
});

const sha = (...parts: Uint8Array[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();

/** RFC 9162, section 2.1.1, word for word: split at the largest power of two below n. */
function naiveRoot(data: readonly Uint8Array[]): Buffer {
  if (data.length === 1) return sha(Uint8Array.of(0), data[0] as Uint8Array);
  let k = 1;
  while (2 * k < data.length) k *= 2;
  return sha(Uint8Array.of(1), naiveRoot(data.slice(0, k)), naiveRoot(data.slice(k)));
}

test("trees: any size has the RFC's root, and every leaf its proof, which proves no other", () => {
  for (let size = 1; size <= 70; size++) {
    const data = Array.from({ length: size }, (_, i) => Uint8Array.of(i, size));
    const leaves = data.map((each) => leafOfData(each));
    const root = naiveRoot(data);
    assert.equal(hex(rootOf(leaves)), hex(root));
    const builder = new RootBuilder();
    for (const leaf of leaves) builder.add(leaf);
    assert.equal(hex(builder.root()), hex(root));
    leaves.forEach((leaf, index) => {
      const proof = inclusionProofOf(leaves, index);
      const of = { leaf, index, size, proof, root };
      assert.ok(isIncluded(of), `${index} of ${size}`);
      assert.ok(!isIncluded({ ...of, leaf: leafOfData(Uint8Array.of(99)) }));
      assert.ok(!isIncluded({ ...of, index: (index + 1) % size }) || size === 1);
      assert.ok(
        !isIncluded({ ...of, index: size }) && !isIncluded({ ...of, index: -1 }) && !isIncluded({ ...of, index: 0.5 }),
      );
      assert.ok(!isIncluded({ ...of, proof: [...proof, root] }));
      if (proof.length > 0) assert.ok(!isIncluded({ ...of, proof: proof.slice(1) }));
    });
  }
});

test("commitments and leaves are what their description says, made here with another library", () => {
  const salt = bytes("000102030405060708090a0b0c0d0e0f");
  const body = { b: [1, "é"], a: null };
  const text = Buffer.from('{"a":null,"b":[1,"é"]}');
  assert.equal(commitmentOf(salt, body), hex(sha(Buffer.from("vedette:body:1\n"), salt, text)));
  const member = Buffer.from('{"key":"k","value":{"a":null,"b":[1,"é"]}}');
  assert.equal(hex(leafOf(salt, { key: "k", value: body })), hex(sha(Uint8Array.of(0), salt, member)));
  assert.equal(sha256Of("ab", bytes("63")), createHash("sha256").update("abc").digest("hex"));
  assert.throws(() => commitmentOf(salt.subarray(1), body), /16 bytes, not 15/);
  assert.throws(() => leafOf(new Uint8Array(17), { key: "k", value: 1 }), /16 bytes, not 17/);
});
