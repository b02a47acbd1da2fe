/** People on both databases, and what is theirs alone. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { sql } from "kysely";
import { journalOf } from "../src/people/journal.ts";
import { openPeople } from "../src/people/open.ts";
import { faultOfPassword, hashOfPassword, isDated, isPassword } from "../src/people/passwords.ts";
import { addPerson, personOf } from "../src/people/persons.ts";
import { memoryStore } from "../src/store/open.ts";
import { allOf } from "./log-fixture.ts";
import { testPeople } from "./people-contract.ts";
import { START_MS } from "./people-fixture.ts";
import { postgresServer } from "./postgres-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-people-"));
after(() => rmSync(folder, { recursive: true, force: true }));

testPeople("SQLite", () => openPeople(":memory:"));

const server = await postgresServer();
if (typeof server === "string") test("PostgreSQL", { skip: server }, () => {});
else {
  testPeople("PostgreSQL", async () => {
    const people = await openPeople(server.url);
    await sql`TRUNCATE person, server CASCADE`.execute(people);
    await sql`TRUNCATE attempt, ceremony`.execute(people);
    await people.insertInto("server").values({ key: "version", value: "1" }).execute();
    return people;
  });
  test("PostgreSQL: many servers that start at once make the tables once", async () => {
    const before = await openPeople(server.url);
    await sql`DROP SCHEMA people CASCADE`.execute(before);
    await before.destroy();
    const all = await Promise.all([1, 2, 3].map(() => openPeople(server.url)));
    await Promise.all(all.map((people) => people.destroy()));
  });
}

test("a file of people is for its owner's eyes, is found again, and one of a later version is left alone", async () => {
  const people = await openPeople(folder);
  const person = await addPerson(people, { name: "Aino", nation: "FIN" }, START_MS);
  await people.destroy();
  assert.equal(statSync(join(folder, "people.sqlite")).mode & 0o777, 0o600);
  const again = await openPeople(`sqlite:${folder}`);
  assert.equal((await personOf(again, person ?? ""))?.name, "Aino");
  await again.updateTable("server").set({ value: "99" }).where("key", "=", "version").execute();
  await again.destroy();
  await assert.rejects(openPeople(folder), /a newer vedette wrote it \(version 99; this one knows up to 1\)/);
});

test("a password is kept as argon2id, dear enough, and is asked for by its length", async () => {
  const hash = await hashOfPassword("correct horse battery");
  // OWASP, Password Storage Cheat Sheet: argon2id, 19 MiB and two passes at least.
  assert.match(hash, /^\$argon2id\$v=19\$/);
  assert.ok(Number(/\bm=(\d+)/.exec(hash)?.[1]) >= 19_456);
  assert.ok(Number(/\bt=(\d+)/.exec(hash)?.[1]) >= 2);
  assert.equal(await isPassword(hash, "correct horse battery"), true);
  assert.equal(await isPassword(hash, "correct horse batterx"), false);
  assert.equal(await isPassword(undefined, "correct horse battery"), false);
  assert.equal(isDated(hash), false);
  assert.equal(isDated(hash.replace(/m=\d+/, "m=4096")), true);
  assert.match(faultOfPassword("short", { name: "x" }) ?? "", /expected 12 characters or more, found 5/);
  assert.match(faultOfPassword("aaaaaaaaaaaaaaa", { name: "x" }) ?? "", /too few different/);
  assert.match(faultOfPassword("my name is Aino K", { name: "aino" }) ?? "", /holds your name/);
  assert.equal(faultOfPassword("correct horse battery", { name: "aino" }), undefined);
});

test("what happens to people is in the log of the workspace that it belongs to, else in the server's, for nobody else", async () => {
  const [own, june] = [memoryStore({}), memoryStore({})];
  const journal = journalOf(
    (workspace) => (workspace === undefined ? own : { june }[workspace]),
    () => START_MS,
  );
  await journal({ type: "person.signed-in", actor: "p-1", body: { method: "passkey" } });
  await journal({ type: "role.changed", actor: "p-1", workspace: "june", body: { person: "p-2" } });
  await journal({ type: "role.changed", actor: "p-1", workspace: "gone", body: { person: "p-3" } });
  const said = async (store: typeof own) =>
    (await allOf(store.events())).map(({ header: { type, actor, marking }, body }) => [
      type,
      actor,
      marking.releasableTo,
      body,
    ]);
  assert.deepEqual(await said(june), [["role.changed", "p-1", [], { workspace: "june", said: { person: "p-2" } }]]);
  assert.deepEqual(await said(own), [
    ["person.signed-in", "p-1", [], { method: "passkey" }],
    ["role.changed", "p-1", [], { workspace: "gone", said: { person: "p-3" } }],
  ]);
  await own.close();
  await june.close();
});
