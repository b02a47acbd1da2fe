/** The local server shows one folder to this machine, and nothing else to nobody else. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { InputError } from "../src/problem.ts";
import { DEFAULT_PORT, type Served, serveReport } from "../src/report/serve.ts";

let room: string;
let day: string;
let served: Served;
before(async () => {
  room = await mkdtemp(join(tmpdir(), "vedette-serve-"));
  await writeFile(
    join(room, "summary.json"),
    JSON.stringify({ format: "vedette-summary/1", marking: "OWNER ONLY · é" }),
  );
  await writeFile(join(room, "report.html"), "<!doctype html><title>r</title>");
  await writeFile(join(room, "passes.csv"), "a,b\r\n");
  await writeFile(join(room, "key.pem"), "secret");
  day = await mkdtemp(join(tmpdir(), "vedette-serve-day-"));
  await writeFile(join(day, "daily.json"), JSON.stringify({ marking: "REL TO FRA" }));
  await writeFile(join(day, "daily.html"), "<!doctype html><title>d</title>");
  served = await serveReport(room, undefined, [{ path: "2022-05-04/en", dir: day }]);
});
after(async () => {
  await served.close();
  for (const folder of [room, day]) await rm(folder, { recursive: true, force: true });
});

/** A raw request: fetch would tidy the path before it is sent. */
function ask(
  path: string,
  options: { method?: string; host?: string } = {},
): Promise<{ status: number; type: string; marking: string; body: string }> {
  const { hostname, port } = new URL(served.address);
  return new Promise((done, failed) => {
    const headers = options.host === undefined ? {} : { Host: options.host };
    const sent = request({ hostname, port, path, method: options.method ?? "GET", headers }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      const header = (name: string) => String(answer.headers[name] ?? "");
      done({
        status: answer.statusCode ?? 0,
        type: header("content-type"),
        marking: header("x-vedette-marking"),
        body: Buffer.concat(parts).toString(),
      });
    });
    sent.on("error", failed);
    sent.end();
  });
}

test("a daily report stands beside it, under its own path and marking; nothing above, beside or within it does", async () => {
  const page = await ask("/2022-05-04/en/");
  assert.deepEqual([page.status, page.marking], [200, "REL TO FRA"]);
  assert.match(page.body, /<title>d/);
  assert.equal((await ask("/2022-05-04/en/daily.json")).status, 200);
  for (const path of [
    "/2022-05-04/",
    "/2022-05-04/en",
    "/2022-05-04/en/../en/daily.html",
    "/2022-05-04/en/summary.json",
    "/2022-05-04/en/log/daily.html",
    "/en/daily.html",
  ])
    assert.equal((await ask(path)).status, 404, path);
});

test("serves the report at the root and files by name, with their types and the marking", async () => {
  const page = await ask("/");
  assert.deepEqual([page.status, page.type], [200, "text/html; charset=utf-8"]);
  assert.match(page.marking, /^OWNER ONLY/);
  assert.match((await ask("/passes.csv?x=1")).type, /^text\/csv/);
  assert.equal((await ask("/passes.csv", { method: "HEAD" })).body, "");
});

for (const path of [
  "/../summary.json",
  "/%2e%2e/summary.json",
  "/..%2fsummary.json",
  "/./report.html",
  "//etc/passwd",
  "/key.pem",
  "/nothing.html",
  "/.hidden.json",
  "/a/b.html",
]) {
  test(`does not serve ${path}`, async () => {
    const answer = await ask(path);
    assert.equal(answer.status, 404);
    assert.ok(!answer.body.includes("secret"));
  });
}

test("reads only, and only under this machine's names", async () => {
  assert.equal((await ask("/", { method: "POST" })).status, 405);
  assert.equal((await ask("/", { host: "evil.example" })).status, 403);
});

test("listens on 127.0.0.1 and finds another port where 8470 is taken", async () => {
  assert.match(served.address, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  const blocker = createServer();
  await new Promise<void>((done) =>
    blocker.once("error", () => done()).listen(DEFAULT_PORT, "127.0.0.1", () => done()),
  );
  const second = await serveReport(room);
  assert.notEqual(new URL(second.address).port, String(DEFAULT_PORT));
  await second.close();
  await assert.rejects(serveReport(room, Number(new URL(served.address).port)), InputError);
  await new Promise((done) => blocker.close(done));
});

test("a folder without a summary is not served", async () => {
  await assert.rejects(serveReport(tmpdir()), InputError);
});
