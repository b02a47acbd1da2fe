/** Reports, evidence and its files over HTTP: nothing twice, nothing to those who are not given it, each refusal named. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { request } from "node:http";
import { after, before, describe, test } from "node:test";
import { type Client, newServer, ok, refused, type TestServer } from "./http-fixture.ts";

const OWN = { owner: "UKR", releasableTo: [], originatorControlled: true, use: "exercise" };
const item = (id: string, over: object = {}) => ({
  id,
  form: "report",
  kind: "explosion",
  where: { latitudeDeg: 48, longitudeDeg: 37.5, radiusKm: 1, basis: "fix" },
  when: { start: "2026-06-15T00:00:00Z", end: "2026-06-15T00:05:00Z" },
  origin: { source: "patrol", operator: "patrol-7" },
  grade: { source: "B", information: 2 },
  text: "a bang east of the mill",
  ...over,
});
const RAW = { "content-type": "application/octet-stream" };
const batch = (items: readonly unknown[], marking: object = OWN) => ({ feed: "patrols", marking, items });

describe("evidence over HTTP", () => {
  let server: TestServer;
  let [analyst, french, admin, observer] = [] as unknown as [Client, Client, Client, Client];
  before(async () => {
    server = await newServer();
    analyst = await server.person("UKR", ["analyst"]);
    french = await server.person("FRA", ["analyst"]);
    admin = await server.person("UKR", ["administrator"]);
    observer = await server.person("UKR", ["observer"]);
  });
  after(() => server.close());

  test("each item of a batch is added, known already or refused, and says which", async () => {
    const first = ok(await analyst.post("/reports", batch([item("p-1"), item("p-2")])));
    assert.deepEqual([first.added, first.duplicate, first.refused], [2, 0, 0]);
    const items = [item("p-1"), item("p-3"), item("p-2", { text: "another" }), item("p-4", { kind: "no-such" }), 17];
    const second = ok(await analyst.post("/reports", batch(items)));
    assert.deepEqual(
      second.items.map(({ outcome }: { outcome: string }) => outcome),
      ["duplicate", "added", "refused", "refused", "refused"],
    );
    assert.equal(second.items[2].problems[0].path, "/id");
    assert.equal(second.items[3].problems[0].path, "/kind");
    assert.equal(second.items[0].evidence, first.items[0].evidence);
    const listed = ok(await analyst.get("/evidence?source=patrol"));
    assert.equal(listed.items.length, 3);
  });

  test("the same name from another nation is another report, and tells neither of the other", async () => {
    const own = ok(await analyst.post("/reports", batch([item("shared")])));
    const theirs = ok(await french.post("/reports", batch([item("shared")], { ...OWN, owner: "FRA" })));
    assert.equal(theirs.added, 1);
    assert.notEqual(theirs.items[0].evidence, own.items[0].evidence);
    refused(await french.get(`/evidence/${own.items[0].evidence}`), 404, "not-found");
  });

  test("a marking is the sender's own to give, and for those who take part", async () => {
    const owner = refused(
      await analyst.post("/reports", batch([item("m-1")], { ...OWN, owner: "FRA" })),
      400,
      "not-valid",
    );
    assert.equal(owner.problems[0].path, "/body/marking/owner");
    const to = refused(
      await analyst.post("/reports", batch([item("m-1")], { ...OWN, releasableTo: ["USA"] })),
      400,
      "not-valid",
    );
    assert.equal(to.problems[0].path, "/body/marking/releasableTo/0");
    refused(await analyst.post("/reports", batch([item("m-1")], { ...OWN, use: "real" })), 400, "not-valid");
    refused(await observer.post("/reports", batch([item("m-1")])), 403, "not-allowed");
    refused(
      await analyst.post("/reports", batch(Array.from({ length: 101 }, (_, i) => item(`x-${i}`)))),
      400,
      "not-valid",
    );
  });

  test("a list goes on by its cursor until all were given, each once", async () => {
    await analyst.post("/reports", batch(Array.from({ length: 30 }, (_, i) => item(`page-${i}`))));
    const ids: string[] = [];
    for (let next: string | null = ""; next !== null; ) {
      const page: { items: { id: string }[]; next: string | null } = ok(
        await analyst.get(`/evidence?limit=7${next === "" ? "" : `&cursor=${next}`}`),
      );
      ids.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length >= 30);
    refused(await analyst.get("/evidence?cursor=nonsense"), 400, "not-valid");
  });

  test("a file goes with a report of those who sent it, and to those who are given that", async () => {
    const bytes = Buffer.from("not really a photograph");
    const hash = createHash("sha256").update(bytes).digest("hex");
    const sent = await analyst.post("/files", bytes, RAW);
    assert.deepEqual(ok(sent, 201), { file: hash, bytes: bytes.length });
    // Sent, and named by nothing yet.
    refused(await analyst.get(`/files/${hash}`), 404, "not-found");
    const stolen = ok(await french.post("/reports", batch([item("f-0", { files: [hash] })], { ...OWN, owner: "FRA" })));
    assert.equal(stolen.items[0].problems[0].path, "/files/0");
    const marking = { ...OWN, releasableTo: ["FRA"] };
    const named = ok(await analyst.post("/reports", batch([item("f-1", { files: [hash] })], marking)));
    assert.equal(named.added, 1);
    const whole = await french.get(`/files/${hash}`);
    assert.equal(whole.status, 200);
    assert.deepEqual(whole.raw, bytes);
    const part = await french.get(`/files/${hash}`, { range: "bytes=4-9" });
    assert.equal(part.status, 206);
    assert.equal(part.headers["content-range"], `bytes 4-9/${bytes.length}`);
    assert.deepEqual(part.raw, bytes.subarray(4, 10));
    assert.equal((await french.get(`/files/${hash}`, { "if-none-match": `"${hash}"` })).status, 304);
    refused(await french.post(`/files/${hash}/erase`, { rule: "GDPR 17", reason: "asked" }), 403, "not-allowed");
    ok(await admin.post(`/files/${hash}/erase`, { rule: "GDPR 17", reason: "asked" }));
    refused(await french.get(`/files/${hash}`), 404, "not-found");
    refused(await analyst.post("/files", "{}", { "content-type": "application/json" }), 415, "unsupported-type");
  });

  test("a file beyond the limit is refused while it comes, and its sender is told why; the server goes on", async () => {
    const address = await server.app.listen({ host: "127.0.0.1", port: 0 });
    const url = `${address}/api/workspaces/op/files`;
    for (const chunks of [3, 400]) {
      const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
        const sending = request(url, { method: "POST", headers: { ...analyst.headers, ...RAW } }, (response) => {
          let text = "";
          response.on("data", (data) => {
            text += data;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        });
        // The server has answered, and no longer reads.
        sending.on("error", (error) => setTimeout(() => reject(error), 500));
        for (let i = 0; i < chunks; i++) sending.write(Buffer.alloc(50_000, i));
        sending.end();
      });
      assert.equal(answer.status, 413, answer.text);
      assert.equal(JSON.parse(answer.text).code, "too-large");
    }
    const declared = await analyst.post("/files", Buffer.alloc(200_000), RAW);
    refused(declared, 413, "too-large");
    ok(await analyst.post("/files", Buffer.alloc(90_000, 1), RAW), 201);
  });

  test("what is erased is gone, and does not come in again", async () => {
    const { items } = ok(await analyst.post("/reports", batch([item("gone")])));
    const { evidence } = items[0];
    const read = await analyst.get(`/evidence/${evidence}`);
    const etag = String(read.headers["etag"]);
    const why = { rule: "GDPR 17(1)(b)", reason: "consent withdrawn" };
    refused(await analyst.post(`/evidence/${evidence}/erase`, why, { "if-match": etag }), 403, "not-allowed");
    ok(await admin.post(`/evidence/${evidence}/erase`, why, { "if-match": etag }));
    refused(await analyst.get(`/evidence/${evidence}`), 404, "not-found");
    const again = ok(await analyst.post("/reports", batch([item("gone")])));
    assert.equal(again.duplicate, 1);
    refused(await analyst.get(`/evidence/${evidence}`), 404, "not-found");
  });

  test("reads by another nation are written down for the owner, and for nobody else", async () => {
    const { items } = ok(await analyst.post("/reports", batch([item("seen")], { ...OWN, releasableTo: ["FRA"] })));
    ok(await french.get(`/evidence/${items[0].evidence}`));
    ok(await analyst.get(`/evidence/${items[0].evidence}`));
    // Each minute; and before the server ends.
    await server.app.close();
    await server.workspace.projector.catchUp();
    const { queries } = server.workspace;
    const type = "access.read";
    assert.equal((await queries.log("UKR", { type }, { limit: 10 })).items.length, 1);
    assert.equal((await queries.log("FRA", { type }, { limit: 10 })).items.length, 0);
    const bodies: unknown[] = [];
    for await (const { body } of server.workspace.store.events({ types: ["access.read"] })) bodies.push(body);
    const reads = (bodies[0] as { reads: { object: string; nation: string; times: number }[] }).reads;
    assert.deepEqual(
      reads.find(({ object }) => object === items[0].evidence),
      { object: items[0].evidence, nation: "FRA", times: 1 },
    );
  });
});
