/** Exercises take whoever sits at the machine; operations never do. Over real sockets. */
import assert from "node:assert/strict";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { type Fixture, made, serverOf } from "./people-fixture.ts";

const EXERCISE = { exercise: { roles: ["analyst"] as const } };

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** With the headers as they are: `fetch` sets some itself. */
function asked(
  { app }: Fixture,
  path: string,
  {
    method = "GET",
    host = "127.0.0.1",
    headers = {},
  }: { method?: string; host?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path: `/api${path}`, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString() || "null") });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function listening(
  host: string,
  work: (fixture: Fixture) => Promise<void>,
  setting: object = EXERCISE,
): Promise<void> {
  const fixture = await serverOf({ isSecure: false, ...setting });
  try {
    await fixture.app.listen({ host, port: 0 });
    await work(fixture);
  } finally {
    await fixture.close();
  }
}

test("on loopback an exercise takes whoever comes, as an analyst, marked EXERCISE", () =>
  listening("127.0.0.1", async (fixture) => {
    const session = await asked(fixture, "/session");
    assert.equal(session.status, 200);
    assert.equal(session.body["marking"], "EXERCISE");
    assert.equal(session.body["method"], "exercise");
    const who = await asked(fixture, "/workspaces/june/who");
    assert.deepEqual(who.body, { person: "exercise-analyst", nation: "FIN", roles: ["analyst"], use: "exercise" });
    const { items } = (await asked(fixture, "/workspaces")).body as { items: { id: string }[] };
    assert.deepEqual(
      items.map(({ id }) => id),
      ["june"],
    );
  }));

test("an operation takes nobody by itself, and an exercise gives nobody the server", () =>
  listening("127.0.0.1", async (fixture) => {
    assert.equal((await asked(fixture, "/workspaces/line/who")).status, 404);
    assert.equal((await asked(fixture, "/workspaces/nowhere/who")).status, 404);
    for (const path of ["/people", "/proposals", "/me/credentials", "/me/tokens"])
      assert.equal((await asked(fixture, path)).status, 403, path);
    assert.equal((await asked(fixture, "/me/passkeys/options", { method: "POST" })).status, 403);
  }));

test("who signed in is who they are, on loopback too", () =>
  listening("127.0.0.1", async (fixture) => {
    const { cookies, person } = await made(fixture, { roles: { line: ["verifier"] } });
    const headers = { cookie: `vedette=${cookies["vedette"]}` };
    assert.equal((await asked(fixture, "/workspaces/line/who", { headers })).body["person"], person);
    assert.equal((await asked(fixture, "/workspaces/june/who", { headers })).status, 404);
  }));

test("what a proxy brought, what is called by another name, what another page sent: nobody is let in", () =>
  listening("127.0.0.1", async (fixture) => {
    const wrong: Record<string, string>[] = [
      { "x-forwarded-for": "127.0.0.1" },
      { forwarded: "for=127.0.0.1" },
      { via: "1.1 proxy" },
      { "x-real-ip": "127.0.0.1" },
      { host: "evil.example" },
      { host: "localhost.evil.example" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { authorization: "Bearer vdt_wrong" },
    ];
    for (const headers of wrong)
      assert.equal((await asked(fixture, "/workspaces/june/who", { headers })).status, 401, JSON.stringify(headers));
    const posted = { method: "POST", headers: { origin: "https://evil.example" } };
    assert.equal((await asked(fixture, "/workspaces/june/who", posted)).status, 403);
  }));

test("a server that listens to others lets nobody in, from this machine neither", async () => {
  await listening("0.0.0.0", async (fixture) => {
    assert.equal((await asked(fixture, "/workspaces/june/who")).status, 401);
    const own = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === "IPv4" && !one.internal)?.address;
    if (own !== undefined) assert.equal((await asked(fixture, "/workspaces/june/who", { host: own })).status, 401);
  });
});

test("without being told so a server lets nobody in", () =>
  listening(
    "127.0.0.1",
    async (fixture) => assert.equal((await asked(fixture, "/workspaces/june/who")).status, 401),
    {},
  ));
