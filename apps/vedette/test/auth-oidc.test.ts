/** Signing in by an account elsewhere, against a real provider (oidc-provider) that runs here. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { Provider as OidcProvider } from "oidc-provider";
import { firstAdministrator } from "../src/people/first-start.ts";
import { setDisabled } from "../src/people/persons.ts";
import { providerOf } from "../src/people/providers.ts";
import { type Fixture, made, ORIGIN, serverOf } from "./people-fixture.ts";

const CLIENT = { clientId: "vedette", clientSecret: "a secret between the two of them" };
const START = "/api/sign-in/provider/hq";
const servers: Server[] = [];
after(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** @returns where it is */
async function realProvider(): Promise<string> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new OidcProvider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [`${ORIGIN}${START}/done`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ["for a test"] },
  });
  server.on("request", provider.callback());
  return issuer;
}

const issuer = await realProvider();

async function withServer(work: (fixture: Fixture) => Promise<void>, at = issuer): Promise<void> {
  const provider = providerOf({ id: "hq", title: "Headquarters", issuer: at, ...CLIENT, allowPlain: true });
  // The provider's times are real: so are ours.
  const fixture = await serverOf({ providers: new Map([["hq", provider]]), nowMs: () => Date.now() });
  try {
    await work(fixture);
  } finally {
    await fixture.close();
  }
}

type Cookies = Record<string, string>;
const cookiesOf = (answer: { cookies: { name: string; value: string }[] }): Cookies =>
  Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));

/** @returns where the provider wants to be visited, and the cookie for who comes back */
async function begin(
  { app }: Fixture,
  cookies: Cookies = {},
): Promise<{ readonly url: string; readonly cookies: Cookies }> {
  const answer = await app.inject({ url: START, cookies });
  assert.equal(answer.statusCode, 303, answer.body);
  assert.match(String(answer.headers["set-cookie"]), /^__Host-vedette-visit=[\w-]+; .*HttpOnly; Secure; SameSite=Lax$/);
  return { url: String(answer.headers.location), cookies: cookiesOf(answer) };
}

/** A browser with its person at the provider: signs in there, agrees. @returns the path to which it is sent back */
async function visited(url: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  let [next, form]: [string, string | undefined] = [url, undefined];
  for (let step = 0; step < 12; step++) {
    if (next.startsWith(ORIGIN)) return next.slice(ORIGIN.length);
    const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") };
    const answer = await fetch(next, {
      redirect: "manual",
      headers: form === undefined ? headers : { ...headers, "content-type": "application/x-www-form-urlencoded" },
      ...(form !== undefined && { method: "POST", body: form }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const page = await answer.text();
    const location = answer.headers.get("location");
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    form = location === null && prompt !== undefined ? `prompt=${prompt}&login=${login}&password=any` : undefined;
    if (location === null && form === undefined)
      throw new RangeError(`the provider says ${answer.status}: ${page.slice(0, 400)}`);
    next = new URL(location ?? next, next).href;
  }
  throw new RangeError("the provider sends round and round");
}

const done = ({ app }: Fixture, url: string, cookies: Cookies) => app.inject({ url, cookies });

test("who came by an invitation is known by their account from then on", () =>
  withServer(async (fixture) => {
    const first = await firstAdministrator(fixture.people.database, Date.now());
    const payload = { invitation: first?.text };
    const invited = await fixture.app.inject({ method: "POST", url: "/api/sign-in/invitation", payload });
    const linking = await begin(fixture, cookiesOf(invited));
    const asked = new URL(linking.url).searchParams;
    assert.equal(asked.get("code_challenge_method"), "S256");
    for (const name of ["state", "nonce", "code_challenge"]) assert.ok((asked.get(name) ?? "").length >= 40, name);
    const linked = await done(fixture, await visited(linking.url, "aino"), linking.cookies);
    assert.equal(linked.statusCode, 200, linked.body);
    assert.match(linked.body, /<meta http-equiv="refresh" content="0;url=\/">/);
    const again = await begin(fixture);
    const signed = await done(fixture, await visited(again.url, "aino"), again.cookies);
    assert.equal(signed.statusCode, 200, signed.body);
    const session = (await fixture.app.inject({ url: "/api/session", cookies: cookiesOf(signed) })).json();
    assert.deepEqual([session.person, session.method], [first?.person, "oidc"]);
    assert.deepEqual(
      fixture.events.map(({ type }) => type),
      ["person.signed-in", "credential.added", "person.signed-in", "person.signed-in"],
    );
    await setDisabled(fixture.people.database, first?.person ?? "", true, Date.now());
    const late = await begin(fixture);
    assert.equal((await done(fixture, await visited(late.url, "aino"), late.cookies)).statusCode, 403, "disabled");
  }));

test("an account that nobody here has opens nothing", () =>
  withServer(async (fixture) => {
    const { url, cookies } = await begin(fixture);
    const answer = await done(fixture, await visited(url, "stranger"), cookies);
    assert.equal(answer.statusCode, 403);
    assert.equal(cookiesOf(answer)["__Host-vedette"], undefined);
    // Nobody links an account to themselves who has not come by an invitation for that.
    const { cookies: own } = await made(fixture);
    const other = await begin(fixture, own);
    assert.equal((await done(fixture, await visited(other.url, "stranger"), other.cookies)).statusCode, 403);
  }));

test("an answer holds once, in the browser that asked, for what was asked", () =>
  withServer(async (fixture) => {
    const { person } = await made(fixture);
    const { database } = fixture.people;
    await database.insertInto("identity").values({ issuer, subject: "aino", person }).execute();
    const own = await begin(fixture);
    const back = await visited(own.url, "aino");
    assert.equal((await done(fixture, back, own.cookies)).statusCode, 200);
    assert.equal((await done(fixture, back, own.cookies)).statusCode, 401, "again");
    const stolen = await begin(fixture);
    assert.equal((await done(fixture, await visited(stolen.url, "aino"), {})).statusCode, 401, "without the cookie");
    const [a, b] = [await begin(fixture), await begin(fixture)];
    assert.equal((await done(fixture, await visited(a.url, "aino"), b.cookies)).statusCode, 401, "another browser");
    const [c, d] = [await begin(fixture), await begin(fixture)];
    const code = new URL(await visited(c.url, "aino"), ORIGIN).searchParams.get("code") ?? "";
    const mixed = new URL(await visited(d.url, "aino"), ORIGIN);
    mixed.searchParams.set("code", code);
    const swapped = await done(fixture, mixed.pathname + mixed.search, d.cookies);
    assert.equal(swapped.statusCode, 401, "another's code");
    for (const path of [
      `${START}/done`,
      `${START}/done?error=access_denied&state=x`,
      "/api/sign-in/provider/other/done?state=x",
    ])
      assert.ok([401, 404].includes((await done(fixture, path, own.cookies)).statusCode), path);
  }));

test("a provider that does not answer is not our fault, and not for ever", () =>
  withServer(async (fixture) => {
    for (let i = 0; i < 2; i++) {
      const answer = await fixture.app.inject({ url: START });
      assert.equal(answer.statusCode, 503, answer.body);
      assert.equal(answer.headers["retry-after"], "10");
    }
  }, "http://127.0.0.1:9"));

test("a provider without TLS is taken on this machine alone, and only when told so", () => {
  const setting = { id: "hq", title: "H", ...CLIENT };
  assert.throws(() => providerOf({ ...setting, issuer: "http://127.0.0.1:9" }), /expected https/);
  assert.throws(() => providerOf({ ...setting, issuer: "http://hq.example", allowPlain: true }), /expected https/);
  assert.ok(providerOf({ ...setting, issuer: "https://hq.example" }));
});
