/**
 * Writers killed at any moment, and two at once: what was acknowledged is there, once, and the chain is whole, on SQLite and on
 * PostgreSQL. Twenty kills in each run; `VEDETTE_SAMPLE=full` makes it two hundred.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isFault, verifyStore } from "../src/store/case-verify.ts";
import { openStore } from "../src/store/open.ts";
import { allOf, folderFor } from "./log-fixture.ts";
import { postgresServer } from "./postgres-fixture.ts";

const CHILD = fileURLToPath(new URL("./store-child.ts", import.meta.url));
const PLACES = await placesOf();
const KILLS = process.env["VEDETTE_SAMPLE"] === "full" ? 200 : 20;
const MEMBERS = 40;

/** Where logs may lie here, by kind. */
async function placesOf(): Promise<[string, (folder: string) => string][]> {
  const server = await postgresServer();
  if (typeof server === "string") test("PostgreSQL: killed writers", { skip: server }, () => {});
  return [
    ["SQLite", (folder) => join(folder, "log")],
    ...(typeof server === "string" ? [] : [["PostgreSQL", server.place] as [string, (folder: string) => string]]),
  ];
}

interface Writer {
  readonly child: ChildProcess;
  /** Lines that came through whole: what it was told is on disk. */
  readonly lines: string[];
  readonly errors: string[];
}

function writerOn(place: string, name: string): Writer {
  const child = spawn(process.execPath, [CHILD, place, name, String(MEMBERS)], { stdio: ["ignore", "pipe", "pipe"] });
  const writer: Writer = { child, lines: [], errors: [] };
  let rest = "";
  child.stdout?.setEncoding("utf8").on("data", (piece: string) => {
    const parts = (rest + piece).split("\n");
    rest = parts.pop() ?? "";
    writer.lines.push(...parts);
  });
  child.stderr?.setEncoding("utf8").on("data", (piece: string) => writer.errors.push(piece));
  return writer;
}

async function killed(writer: Writer, afterMs: number, afterLines = 1): Promise<readonly string[]> {
  const { child, lines, errors } = writer;
  while (lines.length < afterLines && child.exitCode === null) await new Promise((done) => setTimeout(done, 2));
  await new Promise((done) => setTimeout(done, afterMs));
  assert.equal(child.exitCode, null, errors.join(""));
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
  return lines.slice(1);
}

/** Ids by the name of what was appended. */
async function idsIn(place: string): Promise<Map<string, string[]>> {
  const store = await openStore(place);
  try {
    const verified = await verifyStore(store);
    assert.ok(!isFault(verified), JSON.stringify(verified));
    const ids = new Map<string, string[]>();
    for await (const { header, body } of store.events()) {
      const { key } = body as { readonly key?: string };
      const members = key === undefined ? await allOf(store.members(header.id)) : [];
      if (key === undefined) assert.equal(members.length, MEMBERS);
      const name = key ?? String(members[0]?.key).replace(/-0$/, "");
      ids.set(name, [...(ids.get(name) ?? []), header.id]);
    }
    return ids;
  } finally {
    await store.close();
  }
}

for (const [kind, placeIn] of PLACES) {
  test(`${kind}: after ${KILLS} kills nothing that was acknowledged is lost or doubled, and no batch is half there`, async (t) => {
    const place = placeIn(folderFor(t));
    const acknowledged = new Map<string, string[]>();
    let seed = 7;
    for (let kill = 0; kill < KILLS; kill++) {
      seed = (seed * 48271) % 2147483647;
      for (const line of await killed(writerOn(place, `w${kill}`), (seed % 1000) / 10, 3)) {
        const [name = "", ...ids] = line.split(" ");
        acknowledged.set(name, ids);
      }
      // Looking after every kill would take a minute of two hundred.
      if (kill % 10 !== 9 && kill !== KILLS - 1) continue;
      const found = await idsIn(place);
      for (const [name, ids] of acknowledged) assert.deepEqual(found.get(name), ids, name);
      // A commit may have been made whose word did not get out: two for each kill at most.
      assert.ok(found.size - acknowledged.size <= 2 * (kill + 1));
    }
    assert.ok(acknowledged.size > KILLS, `${acknowledged.size} acknowledged`);
    t.diagnostic(`${KILLS} kills, ${acknowledged.size} commits acknowledged, none lost`);
  });

  test(`${kind}: two clerks who write at once lose nothing, and make one chain`, async (t) => {
    const place = placeIn(folderFor(t));
    const writers = [writerOn(place, "a"), writerOn(place, "b")];
    const lines = await Promise.all(writers.map((writer) => killed(writer, 0, 12)));
    const found = await idsIn(place);
    for (const [i, mine] of lines.entries()) {
      assert.ok(mine.length > 10, writers[i]?.errors.join(""));
      for (const line of mine) {
        const [name = "", ...ids] = line.split(" ");
        assert.deepEqual(found.get(name), ids);
      }
    }
  });
}
