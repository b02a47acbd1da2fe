/** The client's types are those of the server as it is. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { clientTypesOf, TYPES_FILE } from "../../../tools/client-types.ts";
import { describedApi } from "../src/http/described.ts";
import type { Schema } from "../src/http/docs/openapi.ts";

test("the committed types are what the server's document gives: otherwise `node tools/client-types.ts`", async () => {
  assert.equal(readFileSync(TYPES_FILE, "utf8"), clientTypesOf(await describedApi("0")));
});

test("each kind of schema as its type", () => {
  const typeOf = (schema: Schema): string => {
    const responses = { "200": { content: { "application/json": { schema } } } };
    const paths = { "/a": { get: { operationId: "a", responses } } };
    const text = clientTypesOf({ openapi: "3.1.0", info: { title: "", version: "" }, paths });
    return /answer: ([\s\S]*?);\n {2}\};/.exec(text)?.[1]?.replace(/\s+/g, " ") ?? "";
  };
  assert.equal(typeOf({ type: "integer" }), "number");
  assert.equal(typeOf({ enum: ["a", 1, null] }), '"a" | 1 | null');
  assert.equal(typeOf({ anyOf: [{ const: "x" }, { type: "null" }, { type: "null" }] }), '"x" | null');
  assert.equal(typeOf({ type: ["string", "null"] }), "string | null");
  assert.equal(
    typeOf({ type: "array", items: { anyOf: [{ type: "string" }, { type: "number" }] } }),
    "readonly (string | number)[]",
  );
  assert.equal(
    typeOf({ type: "array", items: { type: "array", items: { type: "string" } } }),
    "readonly (readonly string[])[]",
  );
  assert.equal(
    typeOf({ type: "object", patternProperties: { "^.*$": { type: "number" } } }),
    "Readonly<Record<string, number>>",
  );
  assert.equal(typeOf({ $ref: "#/components/schemas/Problem" }), "Problem");
  const properties = { a: { type: "string" }, "b-c": { type: "boolean" } };
  assert.equal(
    typeOf({ type: "object", required: ["a"], properties }),
    '{ readonly a: string; readonly "b-c"?: boolean; }',
  );
  assert.equal(typeOf({}), "unknown");
});
