/** The live stream over real connections: five hundred listen, one reads nothing, one was away; and the headers that proxies need. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request as requestOf } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { ProblemDocument } from "@vedette/wire/problem-document";
import Fastify from "fastify";
import { problemFrom, sendProblem } from "../src/http/api-problem.ts";
import { liveRoutes } from "../src/http/routes/live.ts";
import type { App, Service } from "../src/http/service.ts";
import { eventsIn, FakeChanges, SECRET } from "./live-fixture.ts";

/** Signed in is who says so in a header: how one signs in is tested elsewhere. */
async function serverOf(): Promise<{
  port: number;
  changes: FakeChanges;
  tell: () => void;
  close: () => Promise<void>;
}> {
  const changes = new FakeChanges();
  let tell = (): void => {};
  const workspace = {
    id: "w",
    queries: { changesAfter: changes.after, head: changes.head },
    projector: {
      onChange: (told: () => void) => {
        tell = told;
        return () => {};
      },
    },
  };
  const app = Fastify({ connectionTimeout: 30_000 }) as unknown as App;
  app.addSchema(ProblemDocument);
  app.decorateRequest("signedIn", undefined);
  app.decorateRequest("who", undefined);
  app.setErrorHandler((error, request, reply) => sendProblem(problemFrom(error), request, reply));
  app.addHook("onRequest", async (request) => {
    const nation = request.headers["x-nation"];
    if (typeof nation !== "string") return;
    const method = nation === "POL" ? ("password" as const) : ("exercise" as const);
    const scope = request.headers["x-scope"] === undefined ? {} : { scope: { workspace: "w", actions: [] } };
    request.signedIn = {
      session: `s-${nation}`,
      person: "p",
      name: "",
      nation,
      method,
      madeMs: 0,
      untilMs: 1,
      ...scope,
    };
    const entitlement = { person: "p", nation, roles: [], use: "exercise" as const };
    request.who = { signedIn: request.signedIn, entitlement };
  });
  const service = { workspaces: new Map([["w", workspace]]), liveSecret: SECRET } as unknown as Service;
  await app.register(async (api) => liveRoutes(api as unknown as App, service), { prefix: "/api" });
  await app.listen({ port: 0, host: "127.0.0.1" });
  after(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  return { port, changes, tell: () => tell(), close: () => app.close() };
}

interface Listening {
  readonly response: IncomingMessage;
  text: string;
}

async function listen(port: number, headers: Record<string, string>): Promise<Listening> {
  const asked = requestOf({ port, host: "127.0.0.1", path: "/api/workspaces/w/live", headers, agent: false });
  asked.on("error", () => {});
  asked.end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  const listening = { response, text: "" };
  response.setEncoding("utf8").on("data", (piece: string) => {
    listening.text += piece;
  });
  response.on("error", () => {});
  return listening;
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (isSo()) return;
    await wait(25);
  }
  assert.fail(`after 10 s still not: ${what}`);
}

const objectsOf = ({ text }: Listening): string[] =>
  eventsIn(text).flatMap(({ object }) => (object === undefined ? [] : [object]));

test("five hundred are told the same, and one of another nation nothing of it", async () => {
  const { port, changes, tell } = await serverOf();
  const all = await Promise.all(Array.from({ length: 500 }, () => listen(port, { "x-nation": "FRA" })));
  const other = await listen(port, { "x-nation": "UKR" });
  for (let i = 0; i < 100; i++) changes.add(["FRA"]);
  tell();
  await until(() => all.every(({ text }) => text.includes('"in-100"')), "the last is told to all");
  const expected = changes.all.map(({ object }) => object);
  for (const one of all) assert.deepEqual(objectsOf(one), expected);
  assert.deepEqual(objectsOf(other), []);
  assert.ok(changes.reads < 1200, `read once for all and not for each: ${changes.reads} reads`);
});

test("one that reads nothing is cut off, the others are told all; it comes back and has missed nothing", async () => {
  const { port, changes, tell } = await serverOf();
  const quick = await listen(port, { "x-nation": "FRA" });
  const asleep = connect(port, "127.0.0.1");
  asleep.pause();
  asleep.on("error", () => {});
  asleep.write("GET /api/workspaces/w/live HTTP/1.1\r\nHost: x\r\nX-Nation: FRA\r\n\r\n");
  const gone = once(asleep, "close");
  await until(() => quick.text.includes("hello"), "it is greeted");
  const long = "x".repeat(100);
  // What the two kernels hold between them comes first, some megabytes; then what waits here.
  for (let round = 0; round < 40; round++) {
    for (let i = 0; i < 1000; i++) changes.add(["FRA"], `in-${changes.all.length}-${long}`);
    tell();
    await until(() => quick.text.includes(`in-${changes.all.length - 1}-`), "the round is told");
  }
  assert.equal(objectsOf(quick).length, changes.all.length);
  let read = "";
  asleep.setEncoding("utf8").on("data", (piece: string) => {
    read += piece;
  });
  asleep.resume();
  await gone;
  // As EventSource has it: what did not come to its empty line did not come.
  const got = eventsIn(read.slice(0, read.lastIndexOf("\n\n")));
  const last = got.at(-1);
  assert.ok(got.length < changes.all.length, `cut off after ${got.length} events`);
  const back = await listen(port, { "x-nation": "FRA", "last-event-id": last?.id ?? "" });
  await until(() => back.text.includes(`in-${changes.all.length - 1}-`), "it is told the rest");
  const next = changes.all.findIndex(({ object }) => object === last?.object) + 1;
  assert.deepEqual(
    objectsOf(back),
    changes.all.slice(next).map(({ object }) => object),
  );
});

test("the answer is a stream that nothing keeps back, and ends when the server stops", async () => {
  const { port, close } = await serverOf();
  const listening = await listen(port, { "x-nation": "FRA" });
  const { headers, statusCode } = listening.response;
  assert.deepEqual(
    [statusCode, headers["content-type"], headers["cache-control"], headers["x-accel-buffering"]],
    [200, "text/event-stream; charset=utf-8", "no-store", "no"],
  );
  const ended = once(listening.response, "end");
  await close();
  await ended;
});

test("not signed in, without a part in it, or by a token that may not read: refused before a stream begins", async () => {
  const { port } = await serverOf();
  const statusOf = async (headers: Record<string, string>, path = "/api/workspaces/w/live"): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status;
  assert.equal(await statusOf({}), 401);
  assert.equal(await statusOf({ "x-nation": "FRA", "x-scope": "none" }), 403);
  const head = await fetch(`http://127.0.0.1:${port}/api/workspaces/w/live`, {
    method: "HEAD",
    headers: { "x-nation": "FRA" },
  });
  assert.equal(head.status, 404);
});

test("one session opens 24 streams and no more; one that closes makes room", async () => {
  const { port } = await serverOf();
  const own = await Promise.all(Array.from({ length: 24 }, () => listen(port, { "x-nation": "POL" })));
  const more = await listen(port, { "x-nation": "POL" });
  assert.equal(more.response.statusCode, 429);
  own[0]?.response.destroy();
  let status: number | undefined = 429;
  for (let i = 0; i < 40 && status === 429; i++) {
    await wait(25);
    status = (await listen(port, { "x-nation": "POL" })).response.statusCode;
  }
  assert.equal(status, 200);
});
