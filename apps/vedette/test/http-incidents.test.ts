/** Incidents over HTTP: from evidence to an assessment by two people, and what happens when two are at one thing at once. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { perform } from "../src/http/acts.ts";
import type { ApiProblem } from "../src/http/api-problem.ts";
import { type Client, newServer, ok, refused, type TestServer } from "./http-fixture.ts";
import { CLOSED, report } from "./incident-fixture.ts";

const WHERE = { latitudeDeg: 48, longitudeDeg: 37.5, radiusKm: 1, basis: "stated" };
const WHEN = { start: "2026-06-15T00:00:00Z", end: "2026-06-15T01:00:00Z" };
const open = (evidence: readonly string[]) => ({
  kind: "explosion",
  where: WHERE,
  when: WHEN,
  evidence,
  reason: "called in",
});

describe("incidents over HTTP", () => {
  let server: TestServer;
  let [analyst, verifier, second, assessor, british, observer] = [] as unknown as [
    Client,
    Client,
    Client,
    Client,
    Client,
    Client,
  ];
  before(async () => {
    server = await newServer();
    analyst = await server.person("UKR", ["analyst"]);
    verifier = await server.person("UKR", ["verifier"]);
    second = await server.person("FRA", ["verifier"]);
    assessor = await server.person("UKR", ["assessor"]);
    british = await server.person("GBR", ["analyst", "verifier"]);
    observer = await server.person("UKR", ["observer"]);
  });
  after(() => server.close());

  async function corroborated(ids: readonly string[]): Promise<{ id: string; etag: string }> {
    await server.record(ids.map((id) => report(id, 48)));
    const opened = await analyst.post("/incidents", open(ids));
    const { incident } = ok(opened, 201);
    let etag = String(opened.headers["etag"]);
    for (const state of ["located", "corroborated"]) {
      const moved = await analyst.post(
        `/incidents/${incident.id}/move`,
        { to: "next", reason: "as the evidence says" },
        { "if-match": etag },
      );
      assert.equal(ok(moved).incident.state, state);
      etag = String(moved.headers["etag"]);
    }
    return { id: incident.id, etag };
  }

  test("an incident is opened, corroborated, verified, assessed by another person, and its history tells it", async () => {
    const { id, etag } = await corroborated(["ev-a1", "ev-a2", "ev-a3"]);
    refused(await verifier.post(`/incidents/${id}/verify`, { reason: "seen" }), 428, "precondition-needed");
    refused(
      await analyst.post(`/incidents/${id}/verify`, { ask: [], reason: "seen" }, { "if-match": etag }),
      403,
      "not-allowed",
    );
    const verified = await verifier.post(`/incidents/${id}/verify`, { ask: [], reason: "seen" }, { "if-match": etag });
    assert.equal(ok(verified).incident.state, "verified");
    assert.deepEqual(verified.body.incident.verifiers, [`person:${verifier.person}`]);
    const bad = await assessor.post(
      `/incidents/${id}/assess`,
      { finding: "undetermined", agreement: { id: "none", version: 1 }, reason: "?" },
      { "if-match": String(verified.headers["etag"]) },
    );
    assert.equal(refused(bad, 400, "not-valid").problems[0].path, "/body/agreement");
    const history = ok(await observer.get(`/incidents/${id}/history`));
    assert.deepEqual(
      history.items.map(({ type }: { type: string }) => type),
      ["incident.opened", "incident.moved", "incident.moved", "incident.moved"],
    );
  });

  test("two people verify at once: one succeeds, the other is told what changed", async () => {
    const { id, etag } = await corroborated(["ev-b1", "ev-b2", "ev-b3"]);
    const asks = [verifier, second].map((one) =>
      one.post(`/incidents/${id}/verify`, { ask: [], reason: "both at once" }, { "if-match": etag }),
    );
    const answers = await Promise.all(asks);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412]);
    const lost = answers.find(({ status }) => status === 412);
    assert.equal(lost?.body.code, "precondition-failed");
    assert.equal(lost?.body.changed.state, "verified");
    const now = ok(await observer.get(`/incidents/${id}`));
    assert.equal(now.verifiers.length, 1);
  });

  test("two servers on one log verify at once: the second is told that it was overtaken, and by what", async () => {
    const { id } = await corroborated(["ev-e1", "ev-e2", "ev-e3"]);
    const { workspace } = server;
    // Both have read it before either writes: no lock of one process stands between two.
    const view = await workspace.queries.incident("UKR", id);
    assert.ok(view !== undefined);
    const verifiedBy = (actor: string) =>
      perform(
        { workspace, nation: "UKR", actor, scope: actor, now: workspace.clock(), allow: () => {} },
        { type: "incident.moved", body: { incident: id, to: "verified", asked: [], reason: "seen" }, views: [view] },
      );
    const outcomes = await Promise.allSettled([verifiedBy("person:p-a"), verifiedBy("person:p-b")]);
    const lost = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as ApiProblem] : []));
    assert.deepEqual(
      lost.map(({ code, more }) => [code, (more.changed as { state: string }).state]),
      [["conflict", "verified"]],
    );
    assert.equal(ok(await observer.get(`/incidents/${id}`)).verifiers.length, 1);
  });

  test("the same write with the same key is done once; the key stands for nothing else", async () => {
    await server.record([report("ev-c1", 48)]);
    const key = { "idempotency-key": "open-c1-0001" };
    const first = await analyst.post("/incidents", open(["ev-c1"]), key);
    const again = await analyst.post("/incidents", open(["ev-c1"]), key);
    assert.deepEqual(again.body, ok(first, 201));
    assert.equal(again.status, 201);
    assert.equal(again.headers["idempotent-replayed"], "true");
    refused(await analyst.post("/incidents", open(["ev-a1"]), key), 422, "cannot-be-done");
    refused(await analyst.post("/incidents", open(["ev-c1"])), 409, "conflict");
  });

  test("what a nation is not given is not there: single, list, counts, map, history, evidence, acts", async () => {
    await server.record([report("ev-g1", 50), report("ev-g2", 50)], CLOSED);
    const opened = ok(await british.post("/incidents", open(["ev-g1", "ev-g2"])), 201);
    const { id } = opened.incident;
    const none = refused(await analyst.get("/incidents/in-0000000000000000"), 404, "not-found");
    for (const path of [`/incidents/${id}`, `/incidents/${id}/history`, `/incidents/${id}/near`, "/evidence/ev-g1"]) {
      ok(await british.get(path));
      const hidden = refused(await analyst.get(path), 404, "not-found");
      assert.deepEqual({ ...hidden, instance: "" }, { ...none, instance: "" });
    }
    const act = { evidence: ["ev-a1"], reason: "guess" };
    refused(await analyst.post(`/incidents/${id}/link`, act, { "if-match": '"v1"' }), 404, "not-found");
    const ids = ok(await analyst.get("/incidents?limit=1000")).items.map((one: { id: string }) => one.id);
    assert.ok(!ids.includes(id));
    const counts = ok(await analyst.get("/incidents/counts"));
    assert.equal(counts.total, ids.length);
    assert.equal(ok(await british.get("/incidents/counts")).total, ids.length + 1);
    const map = ok(await analyst.get("/incidents/map"));
    assert.equal(map.features.length, ids.length);
    assert.match(String(map.type), /FeatureCollection/);
  });

  test("evidence is linked and taken away again; a version that was read already is not sent again", async () => {
    await server.record([report("ev-d1", 48), report("ev-d2", 48)]);
    const opened = await analyst.post("/incidents", open(["ev-d1"]));
    const { id } = ok(opened, 201).incident;
    const etag = String(opened.headers["etag"]);
    assert.equal((await analyst.get(`/incidents/${id}`, { "if-none-match": etag })).status, 304);
    const linked = await analyst.post(
      `/incidents/${id}/link`,
      { evidence: ["ev-d2"], reason: "the same bang" },
      { "if-match": etag },
    );
    assert.equal(ok(linked).incident.witnesses, 2);
    const listed = ok(await analyst.get(`/evidence?incident=${id}`));
    assert.deepEqual(listed.items.map((one: { id: string }) => one.id).sort(), ["ev-d1", "ev-d2"]);
    const stale = await analyst.post(
      `/incidents/${id}/unlink`,
      { evidence: ["ev-d2"], reason: "not so" },
      { "if-match": etag },
    );
    assert.equal(refused(stale, 412, "precondition-failed").changed.witnesses, 2);
    const unknown = await analyst.post(
      `/incidents/${id}/link`,
      { evidence: ["ev-g1"], reason: "theirs" },
      { "if-match": String(linked.headers["etag"]) },
    );
    assert.equal(refused(unknown, 400, "not-valid").problems[0].path, "/body/evidence/0");
  });
});
