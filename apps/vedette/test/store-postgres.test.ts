/** The contract on PostgreSQL, and what only a server can be asked: a connection that is cut, two processes, another's tables. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import pg from "pg";
import { isFault, verifyStore } from "../src/store/case-verify.ts";
import { openStore } from "../src/store/open.ts";
import { batchOf, draftOf, eventsOf } from "./log-fixture.ts";
import { postgresServer } from "./postgres-fixture.ts";
import { testStore } from "./store-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-store-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const server = await postgresServer();

if (typeof server === "string") test("PostgreSQL", { skip: server }, () => {});
else {
  const { place, url } = server;
  const asked = async (text: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };

  testStore("PostgreSQL", (opening) => openStore(place(folder), { ...opening, node: "n", create: true }));

  test("PostgreSQL: what is there is found, what is another's or newer is left as it is", async () => {
    const here = place(folder);
    await assert.rejects(openStore(here), { name: "InputError", message: /no log is here/ });
    const store = await openStore(here, { create: true });
    await store.append([draftOf(1)]);
    await store.close();
    const again = await openStore(here);
    assert.equal(again.node, store.node);
    assert.equal((await eventsOf(again)).length, 1);
    await again.close();
    const schema = new URL(here).searchParams.get("schema");
    await asked(`UPDATE ${schema}.vedette_log SET version = 99`);
    await assert.rejects(openStore(here, { create: true }), /a newer vedette wrote it \(version 99/);
    await asked("CREATE SCHEMA others; CREATE TABLE others.event (a integer)");
    const others = new URL(here);
    others.searchParams.set("schema", "others");
    await assert.rejects(openStore(others.href, { create: true }), /another program's tables/);
    others.searchParams.set("schema", "a;b");
    await assert.rejects(openStore(others.href), /schema=a;b: expected a name/);
    others.searchParams.set("schema", "public");
    others.pathname = "/vedette_no_such";
    await assert.rejects(openStore(others.href), { name: "InputError", message: /no such database/ });
    await assert.rejects(openStore("postgres://u:secret@127.0.0.1:1/x"), (error: Error) => {
      assert.match(error.message, /no server answers there/);
      return !error.message.includes("secret");
    });
  });

  test("PostgreSQL: a store goes on after its connections were cut", async () => {
    const store = await openStore(place(folder), { create: true });
    await store.append([draftOf(1)]);
    await asked(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vedette' AND datname = current_database()",
    );
    let failures = 0;
    for (let i = 2; i <= 4; i++)
      await store.append([draftOf(i)]).catch((error: Error) => {
        assert.equal(error.name, "InputError", error.stack);
        failures++;
      });
    assert.ok(failures <= 1, `${failures} failures`);
    const events = await eventsOf(store).catch(() => eventsOf(store));
    assert.equal(events.length, 4 - failures);
    const verified = await verifyStore(store);
    assert.ok(!isFault(verified), JSON.stringify(verified));
    await store.close();
  });

  test("PostgreSQL: two processes' stores take turns and make one chain", async () => {
    const here = place(folder);
    const stores = [await openStore(here, { create: true, node: "n" }), await openStore(here, { node: "n" })];
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => stores[i % 2]?.appendBatch(batchOf([`k-${i >> 1}`, `own-${i}`]))),
    );
    const [first] = stores;
    assert.ok(first !== undefined);
    const verified = await verifyStore(first);
    assert.ok(!isFault(verified) && verified.chains[0]?.members === 60, JSON.stringify(verified));
    for (const store of stores) await store.close();
  });

  test("PostgreSQL: a file larger than one part comes back as it was", async () => {
    const store = await openStore(place(folder), { create: true });
    const bytes = Buffer.alloc(2_500_000, "photograph ");
    const hash = await store.putFile(bytes);
    assert.ok(Buffer.from((await store.file(hash)) ?? []).equals(bytes));
    await store.close();
  });
}
