/** The table of examples in RFC 7396, appendix A, and that places survive. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Located, plainOf } from "../src/scenario/located.ts";
import { mergePatch } from "../src/scenario/merge-patch.ts";

/** Original, patch, result: https://www.rfc-editor.org/rfc/rfc7396#appendix-A */
const APPENDIX_A: readonly (readonly [string, string, string])[] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', "{}"],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', "null", "null"],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ["[1,2]", '{"a":"b","c":null}', '{"a":"b"}'],
  ["{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
];

function located(value: unknown, file: string): Located {
  const at = { file, line: 1, column: 1 };
  if (Array.isArray(value)) return { kind: "list", at, items: value.map((item) => located(item, file)) };
  if (typeof value !== "object" || value === null)
    return { kind: "scalar", at, value: value as string | number | null };
  const entries = Object.entries(value).map(([key, item]) => [key, { keyAt: at, node: located(item, file) }] as const);
  return { kind: "map", at, entries: new Map(entries) };
}

for (const [original, patch, result] of APPENDIX_A) {
  test(`RFC 7396: ${original} with ${patch} is ${result}`, () => {
    const target = located(JSON.parse(original), "target");
    const before = JSON.stringify(plainOf(target));
    assert.deepEqual(plainOf(mergePatch(target, located(JSON.parse(patch), "patch"))), JSON.parse(result));
    assert.equal(JSON.stringify(plainOf(target)), before, "the target is left as it was");
  });
}

test("what the patch set comes from the patch, the rest from the target", () => {
  const merged = mergePatch(located({ a: { b: 1, c: 2 } }, "target"), located({ a: { c: 3, d: { e: 4 } } }, "patch"));
  const a = merged.kind === "map" ? merged.entries.get("a") : undefined;
  const inner = a?.node.kind === "map" ? a.node.entries : undefined;
  assert.equal(a?.keyAt.file, "target");
  assert.deepEqual(
    ["b", "c", "d"].map((key) => inner?.get(key)?.node.at.file),
    ["target", "patch", "patch"],
  );
});
