/** The agreement over HTTP: whom it asks, which clocks run, who signs, what a nation's day looks like. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { adoptionOf } from "@vedette/core/agreement/sign";
import type { Marking } from "@vedette/core/record/marking";
import { instant } from "@vedette/core/time/instant";
import { dailyMisfits } from "@vedette/wire/daily-report";
import { readAgreement } from "../src/scenario/agreement.ts";
import { fileOf } from "./agreement-fixture.ts";
import { type Client, newServer, ok, refused, type TestServer } from "./http-fixture.ts";
import { NOW, report } from "./incident-fixture.ts";

const ALL: Marking = { owner: "UKR", releasableTo: "all", originatorControlled: false, use: "exercise" };
const WHERE = { latitudeDeg: 48.05, longitudeDeg: 37.37, radiusKm: 0.5, basis: "fix" } as const;

describe("the agreement over HTTP", () => {
  let server: TestServer;
  let [verifier, assessor, representative, observer] = [] as unknown as [Client, Client, Client, Client];
  let id = "";
  let etag = "";
  before(async () => {
    server = await newServer();
    verifier = await server.person("UKR", ["verifier"]);
    assessor = await server.person("UKR", ["assessor"]);
    representative = await server.person("UKR", ["national-representative"]);
    observer = await server.person("FRA", ["observer"]);
    const { edition } = await readAgreement(fileOf("paris-illustration"));
    const moment = { start: NOW, end: instant(NOW + 1) };
    await server.workspace.store.append([adoptionOf(edition, { person: "person:p-0", at: moment, marking: ALL })]);
    const ids = ["ev-k1", "ev-k2", "ev-k3"];
    await server.record(
      ids.map((one) => report(one, 48.05, { kind: "fire-mortar", where: WHERE })),
      ALL,
    );
    const opened = await verifier.post("/incidents", {
      kind: "fire-mortar",
      where: WHERE,
      when: { start: "2026-06-15T00:00:00Z", end: "2026-06-15T02:00:00Z" },
      evidence: ids,
      reason: "three posts",
    });
    id = ok(opened, 201).incident.id;
    etag = String(opened.headers["etag"]);
    for (let step = 0; step < 2; step++) await act("move", { to: "next", reason: "carried" });
  });
  after(() => server.close());

  async function act(name: string, body: object, who = verifier) {
    const answer = await who.post(`/incidents/${id}/${name}`, body, { "if-match": etag });
    if (answer.status === 200) etag = String(answer.headers["etag"]);
    return answer;
  }

  /** @returns its results by name */
  async function done(begun: Awaited<ReturnType<Client["post"]>>, who: Client) {
    let job = ok(begun, 202);
    while (job.state === "waiting" || job.state === "running") {
      await new Promise((resolve) => setTimeout(resolve, 20));
      job = ok(await who.get(`/jobs/${job.id}`));
    }
    assert.equal(job.state, "done", job.problem);
    return job as { id: string; results: { name: string; path: string }[] };
  }

  test("every version with its text, and which one rules", async () => {
    const { items } = ok(await observer.get("/agreements"));
    assert.equal(items.length, 1);
    assert.equal(items[0].agreement.id, "paris-illustration");
    assert.equal(items[0].document.id, "paris-illustration");
    assert.equal(items[0].isInForce, true);
  });

  test("verifying asks whom the agreement names; clocks run, notices are drafted, people sign them", async () => {
    const verified = ok(await act("verify", { reason: "seen by three" }));
    assert.ok(verified.incident.asked.length > 0);
    const replies = ok(await observer.get("/replies"));
    assert.deepEqual([...new Set(replies.items.map(({ state }: { state: string }) => state))], ["awaited"]);
    await done(await verifier.post("/clocks/advance"), verifier);
    const clocks = ok(await observer.get(`/clocks?incident=${id}`));
    assert.ok(clocks.items.some(({ state }: { state: string }) => state === "running"));
    const { items: notices } = ok(await observer.get("/notices"));
    assert.ok(notices.length > 0);
    const notice = notices[0];
    const path = `/notices/${notice.id}`;
    const read = await assessor.get(path);
    const match = { "if-match": String(read.headers["etag"]) };
    const sign = { revision: notice.revision };
    refused(await verifier.post(`${path}/sign`, sign, match), 403, "not-allowed");
    refused(await assessor.post(`${path}/sign`, sign), 428, "precondition-needed");
    const signed = await assessor.post(`${path}/sign`, sign, match);
    assert.equal(ok(signed).notice.signatures[0].person, `person:${assessor.person}`);
    const stale = await representative.post(`${path}/sign`, sign, match);
    assert.equal(refused(stale, 412, "precondition-failed").changed.signatures.length, 1);
    const again = await assessor.post(`${path}/sign`, sign, { "if-match": String(signed.headers["etag"]) });
    refused(again, 409, "conflict");
  });

  test("nobody assesses while replies are awaited; a reply is written down once for its key", async () => {
    const finding = {
      finding: "undetermined",
      agreement: { id: "paris-illustration", version: 1 },
      reason: "too early",
    };
    refused(await act("assess", finding, assessor), 422, "cannot-be-done");
    refused(await act("replies", { party: "nobody-asked", text: "no" }), 422, "cannot-be-done");
    const { asked } = ok(await observer.get(`/incidents/${id}`));
    const party = asked[0].party;
    const body = { party, text: "it was an exercise of ours" };
    const key = { "if-match": etag, "idempotency-key": "reply-0001" };
    const first = await verifier.post(`/incidents/${id}/replies`, body, key);
    const replayed = await verifier.post(`/incidents/${id}/replies`, body, key);
    assert.deepEqual(replayed.body, ok(first));
    const { replies } = ok(await observer.get(`/incidents/${id}`));
    assert.equal(replies.length, 1);
    assert.equal(ok(await observer.get(`/evidence/${replies[0].evidence}`)).text, body.text);
  });

  test("the daily report is a job of whoever asked for it, and of what their nation is given", async () => {
    const { id: job, results } = await done(await observer.post("/daily-reports", { date: "2026-06-15" }), observer);
    assert.deepEqual(
      results.map(({ name }) => name),
      ["daily.html", "daily.json"],
    );
    const json = ok(await observer.get(`/jobs/${job}/results/daily.json`));
    assert.deepEqual(dailyMisfits(json), []);
    assert.equal(json.for, "FRA");
    assert.ok(json.incidents.some((one: { id: string }) => one.id === id));
    refused(await verifier.get(`/jobs/${job}`), 404, "not-found");
    refused(await verifier.get(`/jobs/${job}/results/daily.json`), 404, "not-found");
    assert.deepEqual(
      ok(await verifier.get("/jobs")).items.filter((one: { id: string }) => one.id === job),
      [],
    );
    refused(await observer.post("/daily-reports", { date: "2026-02-31" }), 400, "not-valid");
    refused(await observer.post("/daily-reports", { date: "2026-06-15", zone: "Mars/Base" }), 400, "not-valid");
  });

  test("a job that waits is broken off; nothing is to be had of a scenario before it was computed", async () => {
    refused(await observer.get("/scenario"), 404, "not-found");
    refused(await observer.post("/exercises", { exercise: "two-posts", runs: 1 }), 403, "not-allowed");
    const begun = ok(await verifier.post("/exercises", { exercise: "two-posts", runs: 1000 }), 202);
    assert.equal(ok(await verifier.post(`/jobs/${begun.id}/cancel`)).state, "cancelled");
    const unknown = refused(await verifier.post("/exercises", { exercise: "no-such", runs: 1 }), 400, "not-valid");
    assert.match(unknown.problems[0].message, /two-posts/);
  });
});
