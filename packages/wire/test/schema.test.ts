/** The committed JSON Schemas are what the code says, and they close every map. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type JsonSchema, jsonSchemaOf, jsonSchemaTextOf, misfitsOf, SCHEMA_NAMES } from "../src/schemas.ts";

const FOLDER = new URL("../schema/", import.meta.url);

for (const name of SCHEMA_NAMES) {
  test(`schema/${name}.schema.json is what the code generates`, () => {
    const committed = readFileSync(new URL(`${name}.schema.json`, FOLDER), "utf8");
    assert.equal(
      committed,
      jsonSchemaTextOf(name),
      `run: vedette schema ${name} --out packages/wire/schema/${name}.schema.json`,
    );
  });

  test(`${name}: every map refuses unknown keys, patches aside`, () => {
    assert.deepEqual(openMaps(jsonSchemaOf(name), name), []);
  });
}

test("no other file stands in schema/", () => {
  assert.deepEqual(readdirSync(FOLDER).sort(), SCHEMA_NAMES.map((name) => `${name}.schema.json`).sort());
});

test("a badly formed key of a table is refused", () => {
  const requests = { kind: "requests", about: { title: "Some" }, requests: { "Not an id": {} } };
  assert.notDeepEqual(misfitsOf("requests", requests), []);
  assert.deepEqual(misfitsOf("requests", { ...requests, requests: {} }), []);
});

/** Paths of maps that would swallow a misspelt key. A patch is open: what it may hold is the patched file's affair. */
function openMaps(schema: JsonSchema, path: string): string[] {
  if (/patch\.(network|zones|requests|world)$/.test(path)) return [];
  const inside = [
    ...Object.entries(schema.properties ?? {}),
    ...Object.entries(schema.patternProperties ?? {}),
    ...(schema.anyOf ?? []).map((branch, i) => [`#${i}`, branch] as const),
    ...(schema.items ? [["[]", schema.items] as const] : []),
  ];
  const own = schema.type === "object" && schema.additionalProperties !== false ? [path] : [];
  return [...own, ...inside.flatMap(([key, part]) => openMaps(part, `${path}.${key}`))];
}
