/** The workspace's scenario over HTTP: computed as a job, then read in parts. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Client, newServer, ok, refused, type TestServer } from "./http-fixture.ts";

describe("the scenario over HTTP", () => {
  let server: TestServer;
  let [manager, observer] = [] as unknown as [Client, Client];
  before(async () => {
    server = await newServer();
    manager = await server.person("UKR", ["collection-manager"]);
    observer = await server.person("FRA", ["observer"]);
  });
  after(() => server.close());

  test("passes, coverage and ledger of what was computed last", async () => {
    refused(await observer.get("/passes"), 404, "not-found");
    const wanted = { scenario: "line-of-contact", days: 0.05 };
    refused(await observer.post("/scenario", wanted), 403, "not-allowed");
    let job = ok(await manager.post("/scenario", wanted), 202);
    const progress: number[] = [];
    while (job.state === "waiting" || job.state === "running") {
      await new Promise((resolve) => setTimeout(resolve, 50));
      job = ok(await manager.get(`/jobs/${job.id}`));
      progress.push(job.progress01);
    }
    assert.equal(job.state, "done", job.problem);
    assert.deepEqual(progress, progress.toSorted());
    assert.equal(job.progress01, 1);
    const summary = ok(await observer.get("/scenario"));
    assert.equal(summary.format, "vedette-summary/1");
    const { items, next } = ok(await observer.get("/passes?limit=3"));
    assert.ok(items.length > 0 && items.length <= 3);
    if (next !== null) assert.notDeepEqual(ok(await observer.get(`/passes?limit=3&cursor=${next}`)).items, items);
    const coverage = ok(await observer.get("/coverage"));
    assert.equal(coverage.features.length, summary.counts.cells);
    const ledger = ok(await observer.get("/ledger"));
    const { observable, night, noPass, unknown } = ledger.byKind.optical;
    assert.equal(observable[0] + night[0] + noPass[0] + unknown[0], ledger.cells);
    const { items: platforms } = ok(await observer.get("/platforms"));
    assert.ok(platforms.length > 0 && platforms.every((one: { kinds: string[] }) => one.kinds.length > 0));
    const { own, items: nations } = ok(await observer.get("/nations"));
    assert.equal(own, "FRA");
    assert.deepEqual(nations[0], { nation: "FRA", name: "France" });
  });
});
