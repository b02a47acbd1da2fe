/** Both stores under one contract; and what only a file can be asked: durability, two writers, other people's files. */
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { canonicalJson } from "@vedette/core/record/hash";
import { verifyEd25519 } from "@vedette/core/record/head";
import { leafOf, rootOf } from "@vedette/core/record/merkle";
import fc from "fast-check";
import { LeafHasher, sha256Fast } from "../src/store/fast-hash.ts";
import { passingKey, verifyFast } from "../src/store/key.ts";
import { memoryStore, openStore } from "../src/store/open.ts";
import { allOf, batchOf, draftOf, eventsOf, folderFor } from "./log-fixture.ts";
import { testStore } from "./store-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-store-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const counter = { stores: 0 };
testStore("memory", (opening) => memoryStore({ ...opening, node: "n" }));
testStore("SQLite", (opening) =>
  openStore(join(folder, String(counter.stores++)), { ...opening, node: "n", create: true }),
);

test("what another program or a newer vedette wrote is left as it is", async (t) => {
  const place = folderFor(t);
  const file = join(place, "log.sqlite");
  const refused = async (message: RegExp): Promise<void> => {
    const before = readFileSync(file);
    for (const create of [true, false])
      await assert.rejects(openStore(place, { create }), { name: "InputError", message });
    assert.deepEqual(readFileSync(file), before);
  };
  await assert.rejects(openStore(place), { name: "InputError", message: /no log is here/ });
  writeFileSync(file, "this is a text, and no database at all\n".repeat(50));
  await refused(/not a log: no SQLite database/);
  rmSync(file);
  const other = new DatabaseSync(file);
  other.exec("CREATE TABLE a (b)");
  other.close();
  await refused(/another program's/);
  rmSync(file);
  await (await openStore(place, { create: true })).close();
  const newer = new DatabaseSync(file);
  newer.exec("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
  newer.close();
  await refused(/a newer vedette wrote it \(version 99; this one knows up to 1\)/);
});

test("a damaged log is said to be one", async (t) => {
  const place = folderFor(t);
  const file = join(place, "log.sqlite");
  const store = await openStore(place, { create: true });
  for (let i = 0; i < 50; i++) await store.append([draftOf("x".repeat(500))]);
  await store.close();
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xa5, 8192));
  const damaged = async (): Promise<unknown> => allOf((await openStore(place)).rows());
  await assert.rejects(damaged, { name: "InputError", message: /damaged: SQLite cannot read it/ });
});

test("the key is its owner's alone, and a chain waits for the key that began it", async (t) => {
  const place = folderFor(t);
  const key = join(place, "node.key");
  const first = await openStore(place, { create: true });
  const [header] = await first.append([draftOf(1)]);
  await first.close();
  assert.match(header?.node ?? "", /^node-[0-9a-f]{12}$/);
  await assert.rejects(openStore(place, { node: "other" }), /the log of node-/);
  if (process.platform !== "win32") {
    assert.equal(statSync(key).mode & 0o777, 0o600);
    chmodSync(key, 0o644);
    await assert.rejects(
      async () => (await openStore(place)).append([draftOf(2)]),
      /others may read this key \(mode 644\)/,
    );
    chmodSync(key, 0o600);
  }
  const pem = readFileSync(key);
  rmSync(key);
  const reader = await openStore(place);
  assert.equal((await eventsOf(reader)).length, 1);
  await assert.rejects(reader.append([draftOf(2)]), /the key that signed this log is not there/);
  await reader.close();
  await (await openStore(join(place, "elsewhere"), { create: true })).close();
  writeFileSync(key, readFileSync(join(place, "elsewhere", "node.key")), { mode: 0o600 });
  await assert.rejects(async () => (await openStore(place)).append([draftOf(2)]), /not the one that signed the chain/);
  writeFileSync(key, "no key", { mode: 0o600 });
  await assert.rejects(async () => (await openStore(place)).append([draftOf(2)]), /not a private key/);
  writeFileSync(key, pem, { mode: 0o600 });
  const again = await openStore(place);
  assert.equal((await again.append([draftOf(2)]))[0]?.sequence, 2);
  await again.close();
});

test("of what was erased no byte is left in any file of the log", async (t) => {
  const place = folderFor(t);
  const store = await openStore(place, { create: true });
  const secret = "Kateryna-Example-";
  const [first] = await store.append([draftOf({ name: `${secret}body`.repeat(400) })]);
  const { header } = await store.appendBatch(batchOf(["a", `b`].map((key) => `${key}-${secret}key`)));
  const batch = await store.appendBatch({
    ...batchOf([]),
    members: [{ key: "k1", value: { who: `${secret}member` } }],
  });
  const file = await store.putFile(Buffer.from(`${secret}photo`));
  const bytes = (): string => {
    const names = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return names.map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1")).join("");
  };
  for (const what of ["body", "member", "photo"]) assert.ok(bytes().includes(`${secret}${what}`), what);
  const why = { actor: "p-1", rule: "r", reason: "x" };
  await store.erase({ event: first?.id ?? "" }, why);
  await store.erase({ event: batch.header?.id ?? "", member: "k1" }, why);
  await store.erase({ file }, why);
  for (const what of ["body", "member", "photo"]) assert.ok(!bytes().includes(`${secret}${what}`), what);
  // The key of a member stays: the same record does not come in again.
  assert.ok(bytes().includes(`${secret}key`) && header !== undefined);
  await store.close();
});

test("OpenSSL and core agree: leaves, trees, signatures", () => {
  const hasher = new LeafHasher();
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.string({ unit: "binary" }),
      fc.integer({ min: 1, max: 40 }),
      (salt, text, size) => {
        const value = { text: text.toWellFormed().repeat(size) };
        const [key, body] = [canonicalJson("k"), canonicalJson(value)];
        assert.deepEqual(Buffer.from(hasher.leafOf(salt, key, body)), Buffer.from(leafOf(salt, { key: "k", value })));
        const leaves = Array.from({ length: size }, (_, i) => sha256Fast(Uint8Array.of(i)));
        assert.deepEqual(Buffer.from(rootOf(leaves, sha256Fast)), Buffer.from(rootOf(leaves)));
      },
    ),
  );
  const { publicKey, sign } = passingKey();
  const message = Buffer.from("a message");
  const signature = sign(message);
  for (const verify of [verifyFast, verifyEd25519]) {
    assert.ok(verify(signature, message, Buffer.from(publicKey, "hex")));
    assert.ok(!verify(signature, Buffer.from("another"), Buffer.from(publicKey, "hex")));
    assert.ok(!verify(signature.slice(1), message, Buffer.from(publicKey, "hex")));
    assert.ok(!verify(signature, message, Buffer.alloc(31)));
  }
});
