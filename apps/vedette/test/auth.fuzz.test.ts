/** Every route of people and of signing in, from its own schema: valid, nearly valid, hostile. No 500, no status that is not listed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { requestChange } from "../src/people/administration.ts";
import { openPeople, type PeopleDatabase } from "../src/people/open.ts";
import { providerOf } from "../src/people/providers.ts";
import { SERVER } from "../src/people/roles.ts";
import { softKey } from "./authenticator-fixture.ts";
import { arbitraryOf, HOSTILE, type Schema } from "./http-arbitrary.ts";
import { type Fixture, made, ORIGIN, serverOf } from "./people-fixture.ts";
import { postgresServer } from "./postgres-fixture.ts";

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

interface Route {
  readonly method: Method;
  readonly path: string;
  readonly body: Schema | undefined;
  readonly listed: readonly string[];
}

const RUNS = Number(process.env["VEDETTE_FUZZ_RUNS"] ?? 30);
const SEGMENTS = [
  "%00",
  "%2e%2e%2f",
  "a%2Fb",
  "x".repeat(150),
  "%e2%80%ae",
  "'%20OR%201=1--",
  "%ff",
  "*",
  "june",
  "__proto__",
];
const LIMITS = { person: 1e6, address: 1e6, signIn: 1e6 };
const provider = providerOf({
  id: "hq",
  title: "H",
  issuer: "http://127.0.0.1:9",
  clientId: "v",
  clientSecret: "s",
  allowPlain: true,
});

function routesOf({ app }: Fixture): Route[] {
  const { paths } = app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> };
  const ours = /^\/api\/(sign-in|session|me|people|proposals)(\/|$)/;
  const described = Object.entries(paths)
    .filter(([path]) => ours.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { requestBody, responses }]) => ({
        method: method.toUpperCase() as Method,
        path,
        body: Object.values(requestBody?.content ?? {})[0]?.schema,
        listed: Object.keys(responses),
      })),
    );
  const pages = ["/api/sign-in/provider/{provider}", "/api/sign-in/provider/{provider}/done"].map((path) => ({
    method: "GET" as const,
    path,
    body: undefined,
    listed: ["400", "401", "404", "503"],
  }));
  return [...described, ...pages];
}

async function fuzzed(database: PeopleDatabase): Promise<void> {
  const fixture = await serverOf({ database, limits: LIMITS, providers: new Map([["hq", provider]]) });
  try {
    await fixture.app.ready();
    const routes = routesOf(fixture);
    assert.ok(routes.length > 25, `${routes.length} routes`);
    const seen = new Set<string>();
    for (const route of routes) {
      const name = `${route.method} ${route.path}`;
      const { asked, cookies } = await anew(fixture, route);
      await fc.assert(
        fc.asyncProperty(asked, async ({ url, payload, who }) => {
          const answer = await fixture.app.inject({
            method: route.method,
            url,
            cookies: cookies[who] ?? {},
            ...(payload !== undefined && { payload, headers: { "content-type": "application/json" } }),
          });
          const status = String(answer.statusCode);
          assert.ok(
            route.listed.includes(status),
            `${name} ${url} ${payload?.slice(0, 300)}: ${status} ${answer.body}`,
          );
          if (answer.statusCode < 300) seen.add(name);
        }),
        { numRuns: /password/.test(route.path) ? Math.ceil(RUNS / 3) : RUNS, seed: 11 },
      );
    }
    // Otherwise it would only knock at the door.
    assert.ok(seen.size > routes.length / 3, `${seen.size} of ${routes.length}: ${[...seen].join(", ")}`);
  } finally {
    await fixture.close();
  }
}

/** People of its own for each route: some routes end sessions, or erase. */
async function anew(fixture: Fixture, { path, body }: Route) {
  const administrator = await made(fixture, { roles: { [SERVER]: ["administrator"] } });
  const second = await made(fixture, { roles: { [SERVER]: ["administrator"], june: ["analyst"] } });
  const plain = await made(fixture, { roles: { june: ["observer"] } });
  const doing = { people: fixture.people.database, journal: fixture.people.journal, nowMs: fixture.clock.nowMs };
  const asked = await requestChange(doing, { kind: "disable", person: second.person }, administrator.person);
  const proposal = asked.is === "waits" ? asked.proposal : "";
  const ids = [administrator.person, second.person, plain.person, proposal, "june", "line"];
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const segment = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ids, "hq") },
    { weight: 1, arbitrary: fc.constantFrom(...SEGMENTS) },
  );
  const payload =
    body === undefined
      ? fc.option(HOSTILE.map(textOf), { nil: undefined, freq: 6 })
      : fc.oneof(
          { weight: 8, arbitrary: arbitraryOf(body, ids).map(textOf) },
          { weight: 1, arbitrary: fc.constantFrom("", "{", "[".repeat(20_000), '{"__proto__":{"a":1}}', "\u0000") },
        );
  const query = fc.constantFrom(
    "",
    "?limit=2",
    "?limit=x",
    "?cursor=%00",
    "?state=%00&code=a",
    "?state=x&error=y",
    "?__proto__=1",
  );
  return {
    cookies: [administrator.cookies, second.cookies, plain.cookies, {}],
    asked: fc.record({
      url: fc
        .tuple(fc.tuple(...names.map(() => segment)), query)
        .map(
          ([segments, asks]) =>
            segments.reduce<string>((url, one, i) => url.replace(`{${names[i]}}`, one), path) + asks,
        ),
      payload,
      who: fc.constantFrom(0, 0, 0, 1, 2, 3),
    }),
  };
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? "";

test("routes of people and of signing in, on SQLite", async () => fuzzed(await openPeople(":memory:")));

const server = await postgresServer();
if (typeof server === "string") test("and on PostgreSQL", { skip: server }, () => {});
else test("and on PostgreSQL", async () => fuzzed(await openPeople(server.url)));

test("answers of keys, changed anywhere, sign nobody in and break nothing", async () => {
  const fixture = await serverOf({ limits: LIMITS });
  try {
    const { cookies } = await made(fixture);
    const key = softKey(ORIGIN);
    const post = (url: string, payload: object | undefined, more: object = {}) =>
      fixture.app.inject({ method: "POST", url: `/api${url}`, ...(payload && { payload }), ...more });
    const options = (await post("/me/passkeys/options", undefined, { cookies })).json();
    const added = await post("/me/passkeys", { name: "k", response: key.create(options) }, { cookies });
    assert.equal(added.statusCode, 200);
    const member = fc.constantFrom("clientDataJSON", "authenticatorData", "signature", "attestationObject");
    await fc.assert(
      fc.asyncProperty(member, fc.nat(), fc.integer({ min: 1, max: 255 }), async (name, at, flip) => {
        const isNew = name === "attestationObject";
        const begun = isNew ? "/me/passkeys/options" : "/sign-in/passkey/options";
        const asked = (await post(begun, undefined, { cookies })).json();
        const answer = isNew ? softKey(ORIGIN).create(asked) : key.get(asked);
        const parts = answer["response"] as Record<string, string>;
        const bytes = Buffer.from(parts[name] ?? "", "base64url");
        bytes.writeUInt8((bytes[at % bytes.length] as number) ^ flip, at % bytes.length);
        const changed = { ...answer, response: { ...parts, [name]: bytes.toString("base64url") } };
        const sent = isNew
          ? await post("/me/passkeys", { name: "k", response: changed }, { cookies })
          : await post("/sign-in/passkey", changed);
        // With attestation `none` parts of a new key are vouched for by nobody: it may be taken as another key.
        const allowed = isNew ? [200, 422] : [401, 429];
        assert.ok(allowed.includes(sent.statusCode), `${name} ${at} ${flip}: ${sent.statusCode} ${sent.body}`);
        await fixture.people.database.deleteFrom("attempt").execute();
        await fixture.people.database.deleteFrom("passkey").where("id", "!=", key.id).execute();
      }),
      { numRuns: RUNS * 4, seed: 5 },
    );
  } finally {
    await fixture.close();
  }
});
