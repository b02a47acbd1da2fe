/** Every route from its own schema: valid, nearly valid, hostile. No fault of the server, no answer that its schema does not list. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { arbitraryOf, HOSTILE, type Schema } from "./http-arbitrary.ts";
import { type Client, newServer, type TestServer } from "./http-fixture.ts";
import { OPEN, report } from "./incident-fixture.ts";

/** A route as the OpenAPI document has it. */
interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly query: Schema;
  readonly body: Schema | undefined;
  readonly listed: readonly string[];
}

const PREFIX = "/api/workspaces/{workspace}";
/** Live changes are a stream without an end; long computations are tested by themselves. */
const ELSEWHERE = ["listenToChanges", "computeScenario", "playExercise"];
const RUNS = Number(process.env["VEDETTE_FUZZ_RUNS"] ?? 25);
const SEED = Number(process.env["VEDETTE_FUZZ_SEED"] ?? 7);
/** Nothing here takes so long on the slowest machine. */
const HANG_MS = 2000;

describe("routes fuzzed from their schemas", () => {
  let server: TestServer;
  let clients: readonly Client[];
  const routes: Route[] = [];
  const ids: string[] = [];
  before(async () => {
    server = await newServer();
    const { paths } = server.app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> };
    for (const [path, methods] of Object.entries(paths))
      for (const [method, operation] of Object.entries(methods))
        if (path.startsWith(PREFIX) && /^(get|post)$/.test(method) && !ELSEWHERE.includes(operation.operationId ?? ""))
          routes.push(routeOf(method.toUpperCase(), path.slice(PREFIX.length), operation));
    clients = await Promise.all([
      server.person("UKR", ["analyst", "verifier", "assessor", "national-representative"]),
      server.person("FRA", ["observer"]),
    ]);
    await server.record(
      ["ev-z1", "ev-z2", "ev-z3"].map((id) => report(id, 48)),
      OPEN,
    );
    const opened = await clients[0]?.post("/incidents", {
      kind: "explosion",
      where: { latitudeDeg: 48, longitudeDeg: 37.5, radiusKm: 1, basis: "stated" },
      when: { start: "2026-06-15T00:00:00Z", end: "2026-06-15T01:00:00Z" },
      evidence: ["ev-z1", "ev-z2"],
      reason: "heard",
    });
    ids.push(opened?.body.incident.id, "ev-z1", "ev-z2", "ev-z3");
  });
  after(() => server.close());

  test("no 500, no hang, no status that is not listed", async () => {
    assert.ok(routes.length > 30, `${routes.length} routes`);
    const seen = new Map<string, Set<number>>();
    for (const route of routes) {
      const name = `${route.method} ${route.path}`;
      await fc.assert(
        fc.asyncProperty(requestOf(route, ids), async ({ path, body, headers, who }) => {
          const client = clients[who] as Client;
          const answer = await (route.method === "GET" ? client.get(path, headers) : client.post(path, body, headers));
          assert.ok(
            route.listed.includes(String(answer.status)),
            `${name} ${path} ${JSON.stringify(body)}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`,
          );
          seen.set(name, (seen.get(name) ?? new Set()).add(answer.status));
        }),
        { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: HANG_MS * RUNS, markInterruptAsFailure: true },
      );
    }
    const successes = [...seen].filter(([, statuses]) => [...statuses].some((status) => status < 300));
    // Otherwise it would only knock at the door.
    assert.ok(successes.length > routes.length / 3, `${successes.length} of ${routes.length} were ever answered`);
  });
});

function routeOf(method: string, path: string, operation: Operation): Route {
  const asked = (operation.parameters ?? []).filter((one) => one.in === "query");
  const [body] = Object.values(operation.requestBody?.content ?? {});
  return {
    method,
    path,
    query: { type: "object", properties: Object.fromEntries(asked.map(({ name, schema }) => [name, schema])) },
    body: body?.schema,
    listed: Object.keys(operation.responses),
  };
}

interface Asked {
  readonly path: string;
  readonly body: unknown;
  readonly headers: Record<string, string>;
  readonly who: number;
}

function requestOf({ path, query: asks, body: sends, method }: Route, ids: readonly string[]): fc.Arbitrary<Asked> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const segment = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.constantFrom("in-0", "..", "%00", "a%2Fb", "x".repeat(150), "‮", "' OR 1=1 --", "%ff") },
  );
  const query = arbitraryOf(asks, ids).map((value) => (typeof value === "object" && value !== null ? value : {}));
  const body = method === "GET" ? fc.constant(undefined) : bodyOf(sends, ids);
  return fc
    .record({
      segments: fc.tuple(...names.map(() => segment)),
      query,
      body,
      match: fc.constantFrom(undefined, '"v1"', '"v2"', '"v3"', "*", "W/x", "v".repeat(70)),
      key: fc.constantFrom(undefined, undefined, undefined, "key-0001", "short"),
      who: fc.constantFrom(0, 0, 0, 1),
    })
    .map(({ segments, query: asked, body: sent, match, key, who }) => {
      let i = 0;
      const filled = path.replace(/\{\w+\}/g, () => encodeURI(segments[i++] ?? "").replaceAll("%25", "%"));
      const words = Object.entries(asked as object).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${encodeURIComponent(textOf(value))}`],
      );
      const headers = {
        ...(match !== undefined && { "if-match": match }),
        ...(key !== undefined && { "idempotency-key": key }),
        ...(typeof sent === "string" && { "content-type": "application/json" }),
      };
      return { path: `${filled}${words.length > 0 ? `?${words.join("&")}` : ""}`, body: sent, headers, who };
    });
}

const textOf = (value: unknown): string =>
  (typeof value === "object" ? (JSON.stringify(value) ?? "") : String(value)).toWellFormed().slice(0, 3000);

/** Nested deeper than any stack, no JSON at all, a prototype, a number beyond all numbers. */
const RAW = [
  "[".repeat(50_000),
  `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
  "{",
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  "1e999",
  "\u0000",
  '"\\ud800"',
];

const bodyOf = (schema: Schema | undefined, ids: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 10, arbitrary: schema === undefined ? fc.constant(undefined) : arbitraryOf(schema, ids) },
    { weight: 1, arbitrary: fc.constantFrom(...RAW) },
    { weight: 1, arbitrary: HOSTILE.map((value) => JSON.stringify(value) ?? "null") },
  );
