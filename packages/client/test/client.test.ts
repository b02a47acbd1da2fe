/** The client against answers that a server gives on bad days: cut lines, busy servers, refusals, redirects. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClientSetting, clientOf } from "../src/client.ts";
import { ApiError, Unreachable } from "../src/errors.ts";
import { eventsOf } from "../src/event-stream.ts";
import { changesOf, type Live } from "../src/live.ts";

interface Asked {
  readonly url: string;
  readonly init: RequestInit;
}

/** Answers one after the other; time passes only by waiting. */
function fixture(answers: readonly (() => Response)[], more: Partial<ClientSetting> = {}) {
  const asked: Asked[] = [];
  const waits: number[] = [];
  let nowMs = 0;
  const fetching = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, init });
    const answer = answers[asked.length - 1];
    if (answer === undefined) throw new Error("asked more often than there are answers");
    return answer();
  };
  const time = {
    now: () => nowMs,
    wait: async (ms: number) => {
      waits.push(ms);
      nowMs += ms;
    },
  };
  const client = clientOf({ url: "https://a.example/", fetch: fetching as typeof fetch, time, ...more });
  return { client, asked, waits, time };
}

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), {
      status,
      headers: { "content-type": "application/json; charset=utf-8", ...headers },
    });
const problem =
  (code: string, status: number, more: object = {}, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify({ type: "", code, title: `about ${code}`, status, ...more }), {
      status,
      headers: { "content-type": "application/problem+json", ...headers },
    });
const cut = () => (): never => {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
};

test("path, query, headers and body as the operation has them; the tag that was read", async () => {
  const { client, asked } = fixture([json({ items: [] }), json({ event: "e" }, 200, { etag: '"v4"' })], {
    token: "vdt_x",
  });
  await client.call("listIncidents", {
    path: { workspace: "a/b" },
    query: { state: "verified", kind: undefined, limit: 5 },
  });
  const done = await client.call("verifyIncident", {
    path: { workspace: "w", id: "in-1" },
    headers: { "if-match": '"v3"' },
    body: { reason: "seen" },
  });
  assert.equal(done.etag, '"v4"');
  assert.deepEqual(
    asked.map(({ url, init }) => [init.method, url]),
    [
      ["GET", "https://a.example/api/workspaces/a%2Fb/incidents?state=verified&limit=5"],
      ["POST", "https://a.example/api/workspaces/w/incidents/in-1/verify"],
    ],
  );
  const headers = new Headers(asked[1]?.init.headers);
  assert.deepEqual([headers.get("if-match"), headers.get("authorization")], ['"v3"', "Bearer vdt_x"]);
  assert.deepEqual([asked[1]?.init.redirect, asked[1]?.init.body], ["error", '{"reason":"seen"}']);
});

test("asked again over a cut line and a busy server, as long after as it says; then it gives up", async () => {
  const busy = problem("busy", 503, {}, { "retry-after": "2" });
  const good = fixture([cut(), busy, json({ items: [] })]);
  await good.client.call("listWorkspaces", {});
  assert.deepEqual(good.waits, [250, 2000]);
  const bad = fixture([cut(), cut(), cut(), cut()], { patienceMs: 1000 });
  await assert.rejects(bad.client.call("listWorkspaces", {}), (error: Error) => {
    assert.ok(error instanceof Unreachable);
    assert.equal(error.message, "a.example: the connection was cut");
    return true;
  });
  assert.deepEqual(bad.waits, [250, 500]);
});

test("a write is sent again only where that cannot do it twice", async () => {
  const sent = { path: { workspace: "w" }, body: { feed: "f", marking: MARKING, items: [{}] } };
  const plain = fixture([cut(), json({})]);
  await assert.rejects(plain.client.call("sendReports", sent), Unreachable);
  assert.equal(plain.asked.length, 1);
  const keyed = fixture([cut(), json({ added: 1 })]);
  const { body } = await keyed.client.call("sendReports", { ...sent, headers: { "idempotency-key": "12345678" } });
  assert.equal(body.added, 1);
  assert.equal(keyed.asked.length, 2);
});

test("a refusal says its code and each fault; what is no answer of ours says that", async () => {
  const problems = [{ path: "/body/kind", message: "no such kind" }];
  const refused = fixture([problem("not-valid", 400, { detail: "look", problems })]);
  await assert.rejects(refused.client.call("listWorkspaces", {}), (error: Error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.problem?.code], [400, "not-valid"]);
    assert.equal(error.message, "about not-valid: look; /body/kind: no such kind");
    return true;
  });
  const proxy = fixture([() => new Response("<html>", { status: 404 })]);
  await assert.rejects(proxy.client.call("listWorkspaces", {}), /answered with 404, and not as Vedette does/);
});

const stream =
  (text: string, isCut = false) =>
  () => {
    const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece));
        else if (isCut) controller.error(new TypeError("terminated"));
        else controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };

test("events as the standard reads them, in whatever pieces they come; half of one is none", async () => {
  const events: unknown[] = [];
  const text = ": hi\n\nretry: 9\nid: a\nevent: x\ndata: 1\ndata: 2\n\nid: b\ndata:\u00e9\n\nevent: y\ndata: never";
  for await (const event of eventsOf(stream(text)())) events.push(event);
  assert.deepEqual(events, [
    { event: "x", id: "a", data: "1\n2" },
    { event: "message", id: "b", data: "é" },
  ]);
});

test("live changes go on from the last id over a cut line and a busy server, and end where one may no longer listen", async () => {
  const change = (id: string, object: string) =>
    `id: ${id}\nevent: incident.changed\ndata: {"id":"${object}","version":1}\n\n`;
  const { client, asked, time } = fixture(
    [
      stream(`id: p\nevent: hello\ndata: {}\n\n${change("q", "in-1")}${change("r", "in-2").slice(0, 20)}`, true),
      problem("busy", 503),
      stream(`id: q\nevent: hello\ndata: {}\n\n${change("r", "in-2")}`),
      stream(`id: s\nevent: reset\ndata: {}\n\n:\n\nevent: bye\ndata: {}\n\n`),
      problem("not-signed-in", 401),
    ],
    { patienceMs: 0 },
  );
  const live: Live[] = [];
  await assert.rejects(async () => {
    for await (const one of changesOf(client, { workspace: "w", time })) live.push(one);
  }, /not-signed-in/);
  assert.deepEqual(live, [
    { type: "changed", event: "incident.changed", id: "in-1", version: 1, lastId: "q" },
    { type: "changed", event: "incident.changed", id: "in-2", version: 1, lastId: "r" },
    { type: "reset", lastId: "s" },
  ]);
  assert.deepEqual(
    asked.map(({ init }) => new Headers(init.headers).get("last-event-id")),
    [null, "q", "q", "r", "s"],
  );
});

test("who no longer wants to listen ends it, also in the middle of a wait", async () => {
  const stop = new AbortController();
  const { client, time } = fixture([stream("")]);
  const wait = async (): Promise<void> => stop.abort();
  for await (const _ of changesOf(client, { workspace: "w", signal: stop.signal, time: { ...time, wait } }))
    assert.fail();
});

const MARKING = { owner: "FRA", releasableTo: [], originatorControlled: false, use: "exercise" } as const;
