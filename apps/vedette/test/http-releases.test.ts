/** Sanitised versions of incidents: what goes out, what stays, and whose word is needed. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Marking } from "@vedette/core/record/marking";
import { type Client, greatCircleKm, newServer, ok, refused, type TestServer } from "./http-fixture.ts";
import { report } from "./incident-fixture.ts";

const HOME: Marking = { owner: "UKR", releasableTo: [], originatorControlled: true, use: "exercise" };
const HELD: Marking = { owner: "GBR", releasableTo: ["UKR"], originatorControlled: true, use: "exercise" };
const how = (over: object = {}) => ({
  to: ["FRA"],
  coarsenKm: 10,
  coarsenHours: 6,
  withhold: ["medium-ev-r1"],
  reason: "for the liaison officer",
  ...over,
});

describe("sanitised versions over HTTP", () => {
  let server: TestServer;
  let [analyst, representative, french] = [] as unknown as [Client, Client, Client];
  before(async () => {
    server = await newServer();
    analyst = await server.person("UKR", ["analyst"]);
    representative = await server.person("UKR", ["national-representative"]);
    french = await server.person("FRA", ["analyst", "national-representative"]);
  });
  after(() => server.close());

  async function opened(ids: readonly string[], latitudeDeg = 48.123): Promise<{ id: string; etag: string }> {
    const answer = await analyst.post("/incidents", {
      kind: "explosion",
      where: { latitudeDeg, longitudeDeg: 37.456, radiusKm: 0.3, basis: "fix", name: "behind the school" },
      when: { start: "2026-06-15T01:02:03Z", end: "2026-06-15T01:04:00Z" },
      evidence: ids,
      reason: "drone over grid 7",
    });
    return { id: ok(answer, 201).incident.id, etag: String(answer.headers["etag"]) };
  }

  test("place and time are coarse, sources stay home, and only those who have both see that they are one", async () => {
    await server.record([report("ev-r1", 48.123)], HOME);
    const { id, etag } = await opened(["ev-r1"]);
    refused(await french.get(`/incidents/${id}`), 404, "not-found");
    refused(await analyst.post(`/incidents/${id}/releases`, how(), { "if-match": etag }), 403, "not-allowed");
    const released = await representative.post(`/incidents/${id}/releases`, how(), { "if-match": etag });
    const made = ok(released, 201).incident;
    assert.equal(made.madeFrom, id);
    const theirs = ok(await french.get(`/incidents/${made.id}`));
    assert.equal(theirs.madeFrom, undefined);
    assert.deepEqual(theirs.links, []);
    assert.equal(theirs.where.name, undefined);
    assert.deepEqual(theirs.when, { start: "2026-06-15T00:00:00.000Z", end: "2026-06-15T06:00:00.000Z" });
    assert.equal(theirs.where.radiusKm % 10, 0);
    const away = greatCircleKm(theirs.where, { latitudeDeg: 48.123, longitudeDeg: 37.456 });
    assert.ok(away + 0.3 <= theirs.where.radiusKm, `${away}`);
    assert.ok(!JSON.stringify(theirs).includes("ev-r1"));
    assert.deepEqual(ok(await analyst.get(`/incidents/${id}`)).releasedAs, [made.id]);
    refused(await representative.post(`/incidents/${id}/releases`, how(), { "if-match": etag }), 409, "conflict");
    // Received under its originator's control: it goes no further.
    const on = { "if-match": `"v${theirs.version}"` };
    refused(await french.post(`/incidents/${made.id}/releases`, how({ to: ["GBR"] }), on), 403, "not-allowed");
  });

  test("what another nation holds back shapes nothing of it", async () => {
    await server.record([report("ev-r2", 47.5)], HOME);
    await server.record([report("ev-r3", 47.9, { where: { ...report("x", 47.9).where, radiusKm: 0.1 } })], HELD);
    const { id, etag } = await opened(["ev-r2", "ev-r3"], 47.9);
    const made = ok(
      await representative.post(`/incidents/${id}/releases`, how({ coarsenKm: 1 }), { "if-match": etag }),
      201,
    );
    const theirs = ok(await french.get(`/incidents/${made.incident.id}`));
    assert.ok(Math.abs(theirs.where.latitudeDeg - 47.5) < 0.02, `${theirs.where.latitudeDeg}`);
  });

  test("resting on another nation's alone, it does not go", async () => {
    await server.record([report("ev-r4", 47)], HELD);
    const { id, etag } = await opened(["ev-r4"], 47);
    const answer = await representative.post(`/incidents/${id}/releases`, how(), { "if-match": etag });
    assert.ok([403, 422].includes(answer.status), `${answer.status}`);
  });
});
