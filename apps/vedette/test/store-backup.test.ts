/** Backups made and brought back, copies between the kinds of store, and a log of an earlier vedette. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Instant, instant, isoOf } from "@vedette/core/time/instant";
import { run } from "../src/cli/main.ts";
import { backupAsCase, copyStore, restoreCase } from "../src/store/backup.ts";
import { isFault, verifyStore } from "../src/store/case-verify.ts";
import type { LogStore } from "../src/store/log-store.ts";
import { openStore } from "../src/store/open.ts";
import { allOf, batchOf, clockAt, draftOf, eventsOf, folderFor, START } from "./log-fixture.ts";
import { postgresServer } from "./postgres-fixture.ts";

const server = await postgresServer();
const WHY = { actor: "p-3", rule: "GDPR 17(1)(b)", reason: "consent withdrawn" };

/** Two commits a minute apart, an erasure a minute later, a file. */
async function fill(store: LogStore, clock: { now: number }): Promise<void> {
  const photo = await store.putFile(Buffer.alloc(70_000, "photo"));
  const [first] = await store.append([draftOf({ n: 1, photo }), draftOf({ n: 2 })]);
  clock.now += 60_000;
  const progress = { key: "f", value: { line: 3 } };
  await store.appendBatch(batchOf(["a", "b", "c"], { progress }));
  await store.putFile(Buffer.from("named by nothing yet"));
  clock.now += 60_000;
  await store.erase({ event: first?.id ?? "" }, WHY);
  const last = (await eventsOf(store)).find(({ header }) => header.type === "evidence.recorded");
  await store.erase({ event: last?.header.id ?? "", member: "b" }, WHY);
}

/** What an export of it would be: the same for the same history, wherever it lies. */
async function hashOf(store: LogStore, file: string, until?: Instant): Promise<string> {
  return (await backupAsCase(store, file, until)).sha256;
}

async function whole(store: LogStore): Promise<void> {
  const verified = await verifyStore(store);
  assert.ok(!isFault(verified), JSON.stringify(verified));
}

test("a backup is made while others write, and comes back as it was at one moment, to be written on", async (t) => {
  const place = folderFor(t);
  const [log, file, restored] = ["log", "case.jsonl", "restored"].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ];
  const clock = clockAt(START);
  const store = await openStore(log, { create: true, clock });
  await fill(store, clock);
  let isDone = false;
  const writing = (async () => {
    for (let i = 0; !isDone; i++) await store.appendBatch(batchOf([`while-${i}`]));
  })();
  const saved = await backupAsCase(store, file);
  isDone = true;
  await writing;
  const done = await restoreCase(file, restored, { key: join(log, "node.key") });
  assert.equal(done.writes, store.node);
  await assert.rejects(restoreCase(file, restored, {}), /a log is there already: expected an empty place/);
  const again = await openStore(restored);
  assert.equal(await hashOf(again, join(place, "again.jsonl")), saved.sha256);
  const [header] = await again.append([draftOf("after")]);
  assert.equal(header?.sequence, done.eventsAdded + 1);
  await whole(again);
  await again.close();
  await store.close();
});

test("to a point in time: what was written down before it, its files, and nothing after", async (t) => {
  const place = folderFor(t);
  const clock = clockAt(START);
  const store = await openStore(join(place, "log"), { create: true, clock });
  await fill(store, clock);
  const at = async (ms: number, name: string) => {
    const until = instant(START + ms);
    await copyStore(store, join(place, name), { until, key: join(place, "log", "node.key") });
    const copy = await openStore(join(place, name));
    await whole(copy);
    const events = await eventsOf(copy);
    const files = (await copy.shelf.rows.files()).length;
    await copy.close();
    return [events.length, files];
  };
  assert.deepEqual(await at(0, "none"), [0, 0]);
  assert.deepEqual(await at(60_000, "first"), [2, 0]);
  assert.deepEqual(await at(60_001, "second"), [3, 0]);
  assert.deepEqual(await at(120_001, "all"), [5, 0]);
  const [header] = await store.append([draftOf({ photo: (await store.shelf.rows.files())[0] })]);
  assert.deepEqual(await at((header?.recordedAt ?? 0) + 1 - START, "named"), [6, 1]);
  await store.close();
});

test("from SQLite to PostgreSQL and back every hash stays", {
  skip: typeof server === "string" && server,
}, async (t) => {
  assert.ok(typeof server !== "string");
  const place = folderFor(t);
  const clock = clockAt(START);
  const key = join(place, "log", "node.key");
  const store = await openStore(join(place, "log"), { create: true, clock });
  await fill(store, clock);
  const hash = await hashOf(store, join(place, "a.jsonl"));
  const there = server.place(place);
  const copied = await copyStore(store, there, { key });
  assert.deepEqual([copied.eventsAdded, copied.filesAdded, copied.writes], [5, 2, store.node]);
  const database = await openStore(there, { clock });
  assert.equal(await hashOf(database, join(place, "b.jsonl")), hash);
  assert.deepEqual(await database.progress("f"), { line: 3 });
  // The clock is remembered too: set back, it is said.
  clock.now -= 3_600_000;
  await database.append([draftOf("on the server")]);
  assert.ok((await eventsOf(database)).some(({ header }) => header.type === "clock.set-back"));
  await copyStore(database, join(place, "back"), { key });
  const back = await openStore(join(place, "back"));
  assert.equal(await hashOf(back, join(place, "c.jsonl")), await hashOf(database, join(place, "d.jsonl")));
  await whole(back);
  for (const each of [store, database, back]) await each.close();
});

test("the commands: a backup as case and as folder, restored and copied; what cannot be is said", async (t) => {
  const place = folderFor(t);
  const [log, file] = [join(place, "log"), join(place, "case.jsonl")];
  const clock = clockAt(START);
  const store = await openStore(log, { create: true, clock, node: "n" });
  await fill(store, clock);
  await store.close();
  const vedette = (...argv: string[]) => run(["store", ...argv, "--json"]);
  const until = isoOf(instant(START + 60_000));
  assert.equal(await vedette("backup", `sqlite:${log}`, "--out", file), 0);
  assert.equal(await vedette("backup", log, "--out", join(place, "folder"), "--as", "folder"), 0);
  assert.equal(await vedette("restore", file, "--into", join(place, "r"), "--key", join(log, "node.key")), 0);
  assert.equal(await vedette("copy", log, join(place, "c"), "--until", until), 0);
  for (const name of ["folder", "r"]) {
    const copy = await openStore(join(place, name));
    assert.equal((await allOf(copy.rows({ chain: "n" }))).length, 5);
    assert.equal((await copy.shelf.rows.files()).length, 2);
    await whole(copy);
    await copy.close();
  }
  const other = await openStore(join(place, "other"), { create: true });
  await other.close();
  const wrong: readonly (readonly string[])[] = [
    ["backup", log, "--out", join(place, "folder"), "--as", "folder"],
    ["restore", file, "--into", log],
    ["restore", file, "--into", join(place, "x"), "--key", join(place, "other", "node.key")],
    ["restore", join(log, "log.sqlite"), "--into", join(place, "y")],
  ];
  for (const argv of wrong) assert.equal(await vedette(...argv), 1, argv.join(" "));
  assert.equal(await vedette("copy", log, log), 2);
  assert.equal(await vedette("backup", log, "--out", join(log, "inside.jsonl")), 2);
});

test("a log that the first vedette wrote is opened, whole, and written on", async (t) => {
  const place = join(folderFor(t), "log");
  cpSync(fileURLToPath(new URL("./fixtures/log-v1", import.meta.url)), place, { recursive: true });
  // Its key was made from a seed, so that none need be kept here.
  const seed = createHash("sha256").update("vedette/fixture/log-v1").digest("hex");
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, "hex").toString("base64");
  writeFileSync(join(place, "node.key"), `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`);
  chmodSync(join(place, "node.key"), 0o600);
  chmodSync(join(place, "log.sqlite"), 0o600);
  const store = await openStore(place);
  assert.equal(store.node, "fixture");
  // What that vedette's own export of it ended with.
  const then = "f0e49b8380cf99f8b99ddc416844c50830dc01da3a5f4646014f4de18fd898ed";
  assert.equal(await hashOf(store, `${place}.jsonl`), then);
  assert.match(
    readFileSync(`${place}.jsonl`, "utf8"),
    /"a249e87e1e6113da81cdd8a154c222283fbcceff6dd3727a63bf97eee562dfb3"/,
  );
  assert.deepEqual(await store.progress("file"), { line: 4 });
  assert.deepEqual(await store.appendBatch(batchOf(["a", "b"])), { added: 0, duplicate: 2 });
  const [header] = await store.append([draftOf("after")]);
  assert.equal(header?.sequence, 8);
  await whole(store);
  await store.close();
});
