/** Coming in over HTTP: passkeys by a key in software, passwords, invitations, tokens; and who is kept out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setPassword } from "../src/people/credentials.ts";
import { firstAdministrator } from "../src/people/first-start.ts";
import { addPerson, setDisabled } from "../src/people/persons.ts";
import { SERVER } from "../src/people/roles.ts";
import { beginSession } from "../src/people/sessions.ts";
import { softKey } from "./authenticator-fixture.ts";
import { type Fixture, made, ORIGIN, START_MS, serverOf } from "./people-fixture.ts";

type Cookies = Record<string, string>;
const PASSWORD = "correct horse battery";

async function withServer(work: (fixture: Fixture) => Promise<void>, setting?: Parameters<typeof serverOf>[0]) {
  const fixture = await serverOf(setting);
  try {
    await work(fixture);
  } finally {
    await fixture.close();
  }
}

const post = ({ app }: Fixture, url: string, payload: unknown, more: object = {}) =>
  app.inject({ method: "POST", url: `/api${url}`, payload: payload as object, ...more });
const get = ({ app }: Fixture, url: string, more: object = {}) => app.inject({ url: `/api${url}`, ...more });
const cookiesOf = (answer: { cookies: { name: string; value: string }[] }): Cookies =>
  Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));

/** By an invitation, with a new key. */
async function withKey(fixture: Fixture, key: ReturnType<typeof softKey>) {
  const first = await firstAdministrator(fixture.people.database, START_MS);
  const invited = await post(fixture, "/sign-in/invitation", { invitation: first?.text });
  assert.equal(invited.statusCode, 200, invited.body);
  const cookies = cookiesOf(invited);
  const options = (await post(fixture, "/me/passkeys/options", undefined, { cookies })).json();
  const added = await post(fixture, "/me/passkeys", { name: "blue", response: key.create(options) }, { cookies });
  return { person: first?.person ?? "", invited: cookies, added };
}

for (const attestation of ["none", "packed"] as const) {
  test(`the first administrator comes in by the link, adds a passkey (${attestation}), and signs in by it`, () =>
    withServer(async (fixture) => {
      const key = softKey(ORIGIN, { attestation });
      const { person, invited, added } = await withKey(fixture, key);
      assert.equal(added.statusCode, 200, added.body);
      assert.equal(added.json().method, "passkey");
      assert.deepEqual(added.json().roles, { [SERVER]: ["administrator"] });
      assert.equal(
        (await get(fixture, "/session", { cookies: invited })).statusCode,
        401,
        "the invitation's has ended",
      );
      const options = (await post(fixture, "/sign-in/passkey/options", undefined)).json();
      assert.equal(options.allowCredentials, undefined, "names nobody's keys");
      assert.equal(options.userVerification, "required");
      const signed = await post(fixture, "/sign-in/passkey", key.get(options));
      assert.equal(signed.statusCode, 200, signed.body);
      assert.equal(signed.json().person, person);
      const cookie = String(signed.headers["set-cookie"]);
      assert.match(cookie, /^__Host-vedette=vds_[\w-]+; Max-Age=46800; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
      assert.deepEqual(
        fixture.events.map(({ type }) => type),
        ["person.signed-in", "credential.added", "person.signed-in", "person.signed-in"],
      );
      assert.ok(fixture.events.every(({ actor }) => actor === person));
    }));
}

test("a passkey's answer holds once, for this site, by a verified holder, with a counter that goes on", () =>
  withServer(async (fixture) => {
    const key = softKey(ORIGIN);
    await withKey(fixture, key);
    const begin = async () => (await post(fixture, "/sign-in/passkey/options", undefined)).json();
    const tried = async (answer: unknown) => (await post(fixture, "/sign-in/passkey", answer)).statusCode;
    const options = await begin();
    const good = key.get(options);
    assert.equal(await tried(good), 200);
    assert.equal(await tried(good), 401, "again");
    const faults = {
      "another site": { origin: "https://vedette.example.net" },
      "another site's key": { rpId: "vedette.example.net" },
      "a holder who was not verified": { isUnverified: true },
      "a counter that stands still": { counter: 2 },
      "an answer to another question": { type: "webauthn.create" },
      "a challenge of somebody else": { challenge: "AAAA" },
      "a broken signature": { breakSignature: true },
    };
    for (const [what, fault] of Object.entries(faults))
      assert.equal(await tried(key.get(await begin(), fault)), 401, what);
    const other = softKey(ORIGIN);
    assert.equal(await tried(other.get(await begin())), 401, "a key that is not known");
    assert.equal(await tried(key.get(await begin(), { counter: 50 })), 200);
    const late = await begin();
    fixture.clock.nowMs += 11 * 60_000;
    assert.equal(await tried(key.get(late)), 401, "late");
  }));

test("a passkey is registered by its holder alone, in time, verified", () =>
  withServer(async (fixture) => {
    const [a, b] = [await made(fixture), await made(fixture)];
    const begin = async ({ cookies }: { cookies: Cookies }) =>
      (await post(fixture, "/me/passkeys/options", undefined, { cookies })).json();
    const add = async ({ cookies }: { cookies: Cookies }, response: unknown) =>
      (await post(fixture, "/me/passkeys", { name: "k", response }, { cookies })).statusCode;
    const options = await begin(a);
    assert.equal(options.authenticatorSelection.userVerification, "required");
    assert.equal(await add(b, softKey(ORIGIN).create(options)), 422, "of another's ceremony");
    assert.equal(await add(a, softKey(ORIGIN).create(await begin(a), { isUnverified: true })), 422);
    assert.equal(await add(a, softKey(ORIGIN).create(await begin(a), { origin: "https://x.example" })), 422);
    const key = softKey(ORIGIN);
    assert.equal(await add(a, key.create(await begin(a))), 200);
    assert.equal(await add(b, key.create(await begin(b))), 422, "a key that is another's");
    fixture.clock.nowMs += 16 * 60_000;
    assert.equal(
      (await post(fixture, "/me/passkeys/options", undefined, { cookies: a.cookies })).statusCode,
      403,
      "stale",
    );
  }));

test("an invitation opens what one signs in by, and nothing else", () =>
  withServer(async (fixture) => {
    const first = await firstAdministrator(fixture.people.database, START_MS);
    const body = { invitation: first?.text };
    const cookies = cookiesOf(await post(fixture, "/sign-in/invitation", body));
    assert.equal((await post(fixture, "/sign-in/invitation", body)).statusCode, 401, "once");
    assert.equal((await get(fixture, "/people", { cookies })).statusCode, 403);
    assert.equal((await get(fixture, "/workspaces/line/who", { cookies })).statusCode, 403);
    assert.equal((await get(fixture, "/me/credentials", { cookies })).statusCode, 200);
    const weak = await fixture.app.inject({
      method: "PUT",
      url: "/api/me/password",
      cookies,
      payload: { password: "abc" },
    });
    assert.equal(weak.statusCode, 400);
    assert.deepEqual(weak.json().problems, [
      { path: "/body/password", message: "expected 12 characters or more, found 3" },
    ]);
    const set = await fixture.app.inject({
      method: "PUT",
      url: "/api/me/password",
      cookies,
      payload: { password: PASSWORD },
    });
    assert.equal(set.statusCode, 200);
    assert.equal((await get(fixture, "/people", { cookies: cookiesOf(set) })).statusCode, 200);
  }));

test("a wrong password, a name that is not there and somebody disabled are answered alike, and locked out alike", () =>
  withServer(async (fixture) => {
    const { database } = fixture.people;
    const ids: (string | undefined)[] = [];
    for (const login of ["aino", "gone"]) {
      const id = await addPerson(database, { name: login, nation: "FIN", login }, START_MS);
      await setPassword(database, id ?? "", PASSWORD, START_MS);
      ids.push(id);
    }
    await setDisabled(database, ids[1] ?? "", true, START_MS);
    const attempt = (login: string, password: string) => post(fixture, "/sign-in/password", { login, password });
    const seen = async (login: string, password: string) => {
      const answers: [number, unknown, unknown, string[]][] = [];
      for (let i = 0; i < 6; i++) {
        const answer = await attempt(login, password);
        const { instance, ...said } = answer.json();
        answers.push([answer.statusCode, said, answer.headers["retry-after"], Object.keys(answer.headers).sort()]);
      }
      return answers;
    };
    const known = await seen("aino", "wrong wrong wrong");
    assert.deepEqual(
      known.map(([status]) => status),
      [401, 401, 401, 401, 401, 429],
    );
    assert.deepEqual(await seen("nobody", "wrong wrong wrong"), known);
    assert.deepEqual(await seen("gone", PASSWORD), known);
    assert.equal((await attempt("aino", PASSWORD)).statusCode, 429, "the right one waits too");
    fixture.clock.nowMs += 31_000;
    assert.equal((await attempt("AINO", PASSWORD)).statusCode, 200);
    assert.equal(fixture.events.filter(({ type }) => type === "person.locked-out").length, 3);
  }));

test("where a site has no passwords there is no such way in", () =>
  withServer(
    async (fixture) => {
      assert.equal((await post(fixture, "/sign-in/password", { login: "a", password: "b" })).statusCode, 404);
      assert.deepEqual((await get(fixture, "/sign-in")).json(), { passkeys: true, passwords: false, providers: [] });
    },
    { passwords: false },
  ));

test("a change that another site has a browser send is refused; a program's is not", () =>
  withServer(async (fixture) => {
    const { cookies } = await made(fixture, { roles: { line: ["observer"] } });
    const sent = async (headers: Record<string, string>) =>
      (await fixture.app.inject({ method: "POST", url: "/api/workspaces/line/who", cookies, headers })).statusCode;
    assert.equal(await sent({}), 200);
    assert.equal(await sent({ "sec-fetch-site": "same-origin" }), 200);
    assert.equal(await sent({ origin: ORIGIN }), 200);
    for (const site of ["cross-site", "same-site", "other"])
      assert.equal(await sent({ "sec-fetch-site": site }), 403, site);
    for (const origin of ["https://evil.example", "null", `${ORIGIN}:444`, ORIGIN.replace("https", "http")])
      assert.equal(await sent({ origin }), 403, origin);
    const forged = { "sec-fetch-site": "cross-site" };
    const signIn = await post(fixture, "/sign-in/password", { login: "a", password: "b" }, { headers: forged });
    assert.equal(signIn.statusCode, 403, "nor does it sign anybody in");
  }));

test("who takes no part in a workspace is told what they would be told if it were not there", () =>
  withServer(async (fixture) => {
    const { cookies } = await made(fixture, { roles: { june: ["analyst"], [SERVER]: ["administrator"] } });
    const said = async (workspace: string) => {
      const answer = await get(fixture, `/workspaces/${workspace}/who`, { cookies });
      const { instance, ...rest } = answer.json();
      return { status: answer.statusCode, rest };
    };
    assert.deepEqual((await get(fixture, "/workspaces/june/who", { cookies })).json().roles, ["analyst"]);
    assert.deepEqual(await said("line"), await said("nowhere"));
    assert.equal((await said("line")).status, 404);
    const stranger = await made(fixture, { roles: { line: ["observer"] }, nation: "USA" });
    assert.equal((await get(fixture, "/workspaces/line/who", { cookies: stranger.cookies })).statusCode, 404);
  }));

test("nothing under /api is open but what says so, whatever way it is spelt", () =>
  withServer(async (fixture) => {
    for (const url of [
      "/api/workspaces/line/who",
      "/%61pi/workspaces/line/who",
      "/api/workspaces/line/who/",
      "/api/people",
    ])
      assert.equal((await fixture.app.inject({ url })).statusCode, 401, url);
    const bad = { authorization: "Bearer vdt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
    const { cookies } = await made(fixture, { roles: { line: ["observer"] } });
    assert.equal((await get(fixture, "/workspaces/line/who", { headers: bad, cookies })).statusCode, 401);
    assert.equal((await get(fixture, "/sign-in")).statusCode, 200);
  }));

test("a token opens its workspace, and neither people nor tokens; revoked it opens nothing", () =>
  withServer(async (fixture) => {
    const { cookies, person } = await made(fixture, {
      roles: { june: ["analyst"], line: ["analyst"], [SERVER]: ["administrator"] },
    });
    const until = new Date(START_MS + 86_400_000).toISOString();
    const body = { name: "net", scope: { workspace: "june", actions: ["read", "report"] }, until };
    const answer = await post(fixture, "/me/tokens", body, { cookies });
    assert.equal(answer.statusCode, 201, answer.body);
    const { id, token } = answer.json();
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await get(fixture, "/workspaces/june/who", { headers })).json().person, person);
    assert.equal((await get(fixture, "/workspaces/line/who", { headers })).statusCode, 404);
    for (const url of ["/people", "/me/tokens", "/me/sessions", "/proposals"])
      assert.equal((await get(fixture, url, { headers })).statusCode, 403, url);
    const forged = { ...headers, "sec-fetch-site": "cross-site" };
    const sent = await post(fixture, "/workspaces/june/who", undefined, { headers: forged });
    assert.equal(sent.statusCode, 200, "no browser sends it by itself");
    const listed = (await get(fixture, "/me/tokens", { cookies })).json().items;
    assert.deepEqual(
      listed.map(({ id: one, scope }: { id: string; scope: object }) => [one, scope]),
      [[id, body.scope]],
    );
    for (const wrong of ["2026-06-15T07:00:00Z", "2028-06-15T07:00:00Z"])
      assert.equal((await post(fixture, "/me/tokens", { ...body, until: wrong }, { cookies })).statusCode, 400, wrong);
    const nowhere = { ...body, scope: { ...body.scope, workspace: "nowhere" } };
    assert.equal((await post(fixture, "/me/tokens", nowhere, { cookies })).statusCode, 404);
    const gone = await fixture.app.inject({ method: "DELETE", url: `/api/me/tokens/${id}`, cookies });
    assert.equal(gone.statusCode, 204);
    assert.equal((await get(fixture, "/workspaces/june/who", { headers })).statusCode, 401);
  }));

test("sessions are listed and ended by their person; signing out ends this one", () =>
  withServer(async (fixture) => {
    const { cookies, person } = await made(fixture);
    const { text } = await beginSession(fixture.people.database, { person, method: "password" }, START_MS - 1000);
    const other = { "__Host-vedette": text };
    const { items } = (await get(fixture, "/me/sessions", { cookies })).json();
    assert.deepEqual(
      items.map(({ method, isThis }: Record<string, unknown>) => [method, isThis]),
      [
        ["passkey", true],
        ["password", false],
      ],
    );
    const stranger = await made(fixture);
    const end = async (who: Cookies, id: string) =>
      (await fixture.app.inject({ method: "DELETE", url: `/api/me/sessions/${id}`, cookies: who })).statusCode;
    assert.equal(await end(stranger.cookies, items[1].id), 404);
    assert.equal(await end(cookies, items[1].id), 204);
    assert.equal((await get(fixture, "/session", { cookies: other })).statusCode, 401);
    const out = await fixture.app.inject({ method: "DELETE", url: "/api/session", cookies });
    assert.equal(out.statusCode, 204);
    assert.match(String(out.headers["set-cookie"]), /__Host-vedette=;.*Expires=Thu, 01 Jan 1970/);
    assert.equal((await get(fixture, "/session", { cookies })).statusCode, 401);
  }));

test("an administrator adds somebody, gives them a role; what touches an administrator waits for a second", () =>
  withServer(async (fixture) => {
    const a = await made(fixture, { roles: { [SERVER]: ["administrator"] } });
    const b = await made(fixture, { roles: { [SERVER]: ["administrator"] } });
    const { cookies } = a;
    const body = { name: "Ümit Öztürk", nation: "NLD", login: "umit" };
    const added = await post(fixture, "/people", body, { cookies });
    assert.equal(added.statusCode, 201, added.body);
    const { person, link } = added.json();
    assert.match(link, /^https:\/\/vedette\.example\/sign-in#invitation=vdi_/);
    assert.equal((await post(fixture, "/people", body, { cookies })).statusCode, 409);
    const put = (workspace: string, roles: string[], who = cookies) =>
      fixture.app.inject({
        method: "PUT",
        url: `/api/people/${person}/roles/${workspace}`,
        cookies: who,
        payload: { roles },
      });
    assert.deepEqual((await put("line", ["verifier"])).json(), { is: "done" });
    assert.equal((await put("nowhere", ["verifier"])).statusCode, 404);
    assert.equal((await put("*", ["verifier"])).statusCode, 422);
    const waits = (await put("*", ["administrator"])).json();
    assert.equal(waits.is, "waits");
    assert.equal((await get(fixture, "/proposals", { cookies })).json().items[0].change.person, person);
    const confirm = (who: Cookies) =>
      post(fixture, `/proposals/${waits.proposal}/confirm`, undefined, { cookies: who });
    assert.equal((await confirm(cookies)).statusCode, 403);
    assert.deepEqual((await confirm(b.cookies)).json(), { is: "done" });
    const shown = (await get(fixture, `/people/${person}`, { cookies })).json();
    assert.deepEqual(shown.roles, { [SERVER]: ["administrator"], line: ["verifier"] });
    const plain = await made(fixture, { roles: { line: ["verifier"] } });
    for (const url of ["/people", `/people/${person}`, "/proposals"])
      assert.equal((await get(fixture, url, { cookies: plain.cookies })).statusCode, 403, url);
    assert.equal((await put("line", ["verifier"], plain.cookies)).statusCode, 403);
    assert.ok(!JSON.stringify(fixture.events).includes("mit"), "no names in the log");
    const first = (await get(fixture, "/people?limit=2", { cookies })).json();
    const second = (await get(fixture, `/people?limit=2&cursor=${first.next}`, { cookies })).json();
    assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 4);
  }));

test("too many requests of a person, and too many sign-ins from an address, wait", () =>
  withServer(
    async (fixture) => {
      const [a, b] = [await made(fixture), await made(fixture)];
      const statuses: number[] = [];
      for (let i = 0; i < 6; i++) statuses.push((await get(fixture, "/session", { cookies: a.cookies })).statusCode);
      assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
      assert.equal((await get(fixture, "/session", { cookies: b.cookies })).statusCode, 200);
      const tried: Awaited<ReturnType<typeof post>>[] = [];
      for (let i = 0; i < 4; i++) tried.push(await post(fixture, "/sign-in/passkey/options", undefined));
      assert.deepEqual(
        tried.map(({ statusCode }) => statusCode),
        [200, 200, 200, 429],
      );
      assert.match(String(tried[3]?.headers["retry-after"]), /^\d+$/);
      assert.equal(tried[3]?.json().code, "too-many");
    },
    { limits: { person: 5, address: 1000, signIn: 3 } },
  ));
