/** The documentation: every operation is there, nothing is needed from elsewhere, and nothing in a schema becomes markup. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { appOf } from "../src/http/app.ts";
import { describedApi } from "../src/http/described.ts";
import type { OpenApi } from "../src/http/docs/openapi.ts";
import { operationsOf } from "../src/http/docs/openapi.ts";
import { docsPage } from "../src/http/docs/page.ts";

const PLACES = { style: "/style.css", document: "/openapi.json" };

test("every operation has a name of its own, a summary and a tag, and an entry that the contents lead to", async () => {
  const api = await describedApi("0.0.0");
  const page = docsPage(api, PLACES);
  const operations = operationsOf(api);
  assert.ok(operations.length > 0);
  for (const { path, method, operation } of operations) {
    const { operationId = "", summary = "", tags = [] } = operation;
    assert.match(operationId, /^[a-z][A-Za-z]+$/, `${method} ${path}`);
    assert.ok(summary !== "" && tags.length > 0, `${method} ${path}: summary and tag`);
    assert.equal(page.split(`<article id="${operationId}">`).length, 2, `${operationId}: one entry`);
    assert.ok(page.includes(`href="#${operationId}"`), `${operationId}: in the contents`);
  }
  for (const [, name] of page.matchAll(/href="#([^"]+)"/g))
    assert.ok(page.includes(`id="${name}"`), `#${name} leads nowhere`);
});

test("it stands under the strict policy, open to everybody: no script, no style within, nothing from elsewhere", async () => {
  const service = {
    version: "0.0.0",
    workspaces: new Map(),
    decide: () => false,
    liveSecret: new Uint8Array(32),
    ready: async () => undefined,
  };
  const app = await appOf(service, { isSecure: false });
  after(() => app.close());
  const page = await app.inject("/api/docs");
  assert.equal(page.statusCode, 200);
  assert.match(String(page.headers["content-security-policy"]), /default-src 'none'.*style-src 'self'/);
  assert.doesNotMatch(page.body, /<script|<style|style="| on[a-z]+="|javascript:/i);
  const places = [...page.body.matchAll(/(?:href|src)="([^"#]*)"/g)].map(([, place]) => place);
  assert.deepEqual(places, ["data:,", "/api/docs/docs.css", "/api/openapi.json"]);
  const style = await app.inject("/api/docs/docs.css");
  assert.deepEqual([style.statusCode, style.headers["content-type"]], [200, "text/css; charset=utf-8"]);
  assert.doesNotMatch(style.body, /url\(|@import/);
  const document = await app.inject("/api/openapi.json");
  assert.equal((document.json() as OpenApi).openapi, "3.1.0");
});

test("fields with their types and limits; whatever a text holds stays text", () => {
  const api: OpenApi = {
    openapi: "3.1.0",
    info: { title: "<b>", version: "1" },
    paths: {
      "/things/{id}": {
        post: {
          operationId: "change",
          summary: '"><script>',
          tags: ["<i>"],
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", maxLength: 9 } }],
          requestBody: {
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["n"],
                  properties: {
                    n: { type: "integer", minimum: 1, maximum: 5, description: "how `many` <u>" },
                    of: { type: "array", items: { $ref: "#/components/schemas/Part" } },
                  },
                },
              },
            },
          },
          responses: {
            "204": { description: "" },
            "404": { description: "", content: { "application/problem+json": {} } },
          },
        },
      },
    },
    components: { schemas: { Part: { anyOf: [{ const: "a" }, { type: "null" }] } } },
  };
  const page = docsPage(api, PLACES);
  assert.doesNotMatch(page, /<script|<i>|<u>|<title><b>/);
  assert.match(
    page,
    /n<\/code> <span class="type">integer<\/span> <span class="about">how <code>many<\/code> &lt;u&gt;; 1 to 5/,
  );
  assert.match(page, /of<\/code><span class="optional".*list of <a href="#schema-Part">Part<\/a>/);
  assert.match(page, /<code>&quot;a&quot;<\/code> or null/);
  assert.match(page, /at most 9 characters/);
});
