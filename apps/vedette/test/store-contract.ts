/** What every store must do. A new one is added to `store.test.ts`, and must pass all of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { commitmentOf, hashOfHeader, NO_PREVIOUS } from "@vedette/core/record/header";
import { type Instant, instant } from "@vedette/core/time/instant";
import { InputError } from "../src/problem.ts";
import { isFault, verifyStore } from "../src/store/case-verify.ts";
import { BusyError } from "../src/store/group-commit.ts";
import type { LogStore } from "../src/store/log-store.ts";
import type { Store } from "../src/store/store.ts";
import { allOf, batchOf, clockAt, draftOf, eventsOf, OWNER_ONLY, START } from "./log-fixture.ts";

/** A new, empty store under this clock. */
export type OpenStore = (opening: {
  readonly clock: () => Instant;
  readonly mostWaiting?: number;
}) => LogStore | Promise<LogStore>;

const MOST_WAITING = 500;
const WHY = { actor: "p-3", rule: "GDPR 17(1)(b)", reason: "consent withdrawn" };

export function testStore(name: string, open: OpenStore): void {
  const check = (what: string, body: (store: LogStore, clock: ReturnType<typeof clockAt>) => Promise<void>): void => {
    test(`${name}: ${what}`, async () => {
      const clock = clockAt(START);
      const store = await open({ clock, mostWaiting: MOST_WAITING });
      try {
        await body(store, clock);
      } finally {
        await store.close();
      }
    });
  };

  check("events are chained, salted and read back as they were", async (store, clock) => {
    const first = await store.append([draftOf({ a: 1 }), draftOf({ b: [null, "é", 1e21] })]);
    clock.now += 5;
    await store.append([draftOf("third", { type: "incident.moved" })]);
    assert.deepEqual(
      first.map(({ sequence }) => sequence),
      [1, 2],
    );
    const events = await eventsOf(store);
    assert.deepEqual(
      events.map(({ body }) => body),
      [{ a: 1 }, { b: [null, "é", 1e21] }, "third"],
    );
    let previous = NO_PREVIOUS;
    for (const { header, body, salt } of events) {
      assert.equal(header.previous, previous);
      assert.equal(header.node, store.node);
      assert.equal(header.commitment, commitmentOf(Buffer.from(salt ?? "", "hex"), body ?? null));
      previous = hashOfHeader(header);
    }
    assert.deepEqual(
      events.map(({ header }) => header.recordedAt - START),
      [0, 0, 5],
    );
    assert.equal(new Set(events.map(({ header }) => header.id)).size, 3);
    assert.equal(new Set(events.map(({ salt }) => salt)).size, 3);
  });

  check("a range gives what is in it, by number and type", async (store) => {
    for (let i = 1; i <= 700; i++)
      await store.append([draftOf(i, { type: i % 2 === 0 ? "incident.moved" : "incident.opened" })]);
    const bodies = async (range: Parameters<Store["events"]>[0]) =>
      (await allOf(store.events(range))).map(({ body }) => body);
    assert.equal((await bodies({})).length, 700);
    assert.deepEqual(await bodies({ from: 699 }), [699, 700]);
    assert.deepEqual(await bodies({ from: 2, to: 5, types: ["incident.moved"] }), [2, 4]);
    assert.equal((await bodies({ types: ["incident.moved"] })).length, 350);
    assert.deepEqual(await bodies({ types: [] }), []);
    assert.deepEqual(await bodies({ from: 701 }), []);
  });

  check("nothing is half appended", async (store) => {
    await store.append([draftOf(1)]);
    const bad = draftOf(2, { at: { start: START, end: START } });
    await assert.rejects(store.append([draftOf(2), bad]), /an interval ends after it starts/);
    await assert.rejects(store.append([draftOf(2), draftOf({ x: Number.NaN })]), /NaN/);
    await assert.rejects(
      store.appendBatch({ ...batchOf(["a", "b"]), at: { start: START, end: START }, progress: { key: "f", value: 9 } }),
      RangeError,
    );
    assert.deepEqual(
      (await eventsOf(store)).map(({ body }) => body),
      [1],
    );
    assert.equal(await store.progress("f"), undefined);
    assert.deepEqual(await store.append([]), []);
    assert.equal((await store.appendBatch(batchOf(["a"]))).added, 1);
    assert.deepEqual(
      (await eventsOf(store)).map(({ header }) => header.sequence),
      [1, 2],
    );
  });

  check("a batch is one event; what is known is counted, not recorded again", async (store) => {
    const one = await store.appendBatch(batchOf(["a", "b", "a"], { progress: { key: "file", value: { line: 3 } } }));
    assert.deepEqual([one.added, one.duplicate], [2, 1]);
    const two = await store.appendBatch(batchOf(["b", "c"]));
    assert.deepEqual([two.added, two.duplicate], [1, 1]);
    const three = await store.appendBatch(batchOf(["a", "c"], { progress: { key: "file", value: { line: 9 } } }));
    assert.deepEqual(three, { added: 0, duplicate: 2 });
    assert.deepEqual(await store.progress("file"), { line: 9 });
    assert.equal(await store.progress("other"), undefined);
    assert.equal((await eventsOf(store)).length, 2);
    const members = await allOf(store.members(one.header?.id ?? ""));
    assert.deepEqual(
      members,
      ["a", "b"].map((key) => ({ key, value: { id: key, text: `text of ${key}` } })),
    );
    assert.deepEqual(await allOf(store.members("e-none")), []);
    await assert.rejects(store.appendBatch({ ...batchOf(["z"]), body: { count: 3 } }), /the store's to give/);
  });

  check("a body is erased: header and commitment stay, and an event says who, when and why", async (store, clock) => {
    const [kept, gone] = await store.append([draftOf("kept"), draftOf("a name")]);
    clock.now += 60_000;
    const header = await store.erase({ event: gone?.id ?? "" }, WHY);
    const events = await eventsOf(store);
    assert.deepEqual(events[1], { header: gone });
    assert.equal(events[0]?.header.id, kept?.id);
    assert.deepEqual(events[2]?.body, { event: gone?.id, sequence: 2, rule: WHY.rule, reason: WHY.reason });
    assert.deepEqual([header.type, header.actor, header.recordedAt], ["body.erased", "p-3", START + 60_000]);
    assert.deepEqual(header.marking, gone?.marking);
    await assert.rejects(store.erase({ event: gone?.id ?? "" }, WHY), /erased before/);
    await assert.rejects(store.erase({ event: "e-none" }, WHY), InputError);
    await assert.rejects(store.erase({ event: header.id }, WHY), /body.erased stays/);
    assert.equal((await eventsOf(store)).length, 3);
  });

  check("a member is erased and does not come back; a batch is erased with all its members", async (store) => {
    const { header } = await store.appendBatch(batchOf(["a", "b", "c"]));
    const batch = header?.id ?? "";
    await store.erase({ event: batch, member: "b" }, WHY);
    const members = await allOf(store.members(batch));
    assert.deepEqual(
      members.map(({ key, value }) => [key, value !== undefined]),
      [
        ["a", true],
        ["b", false],
        ["c", true],
      ],
    );
    assert.deepEqual(await store.appendBatch(batchOf(["b"])), { added: 0, duplicate: 1 });
    await assert.rejects(store.erase({ event: batch, member: "b" }, WHY), /erased before/);
    await assert.rejects(store.erase({ event: batch, member: "x" }, WHY), /no member x/);
    await store.erase({ event: batch }, WHY);
    assert.ok((await allOf(store.members(batch))).every(({ value }) => value === undefined));
  });

  check("a clock set back is recorded once, and not obeyed", async (store, clock) => {
    await store.append([draftOf(1)]);
    clock.now -= 3_600_000;
    const [after] = await store.append([draftOf(2, { marking: OWNER_ONLY })]);
    clock.now += 1000;
    await store.append([draftOf(3)]);
    const events = await eventsOf(store);
    assert.deepEqual(
      events.map(({ header }) => header.type),
      ["incident.opened", "clock.set-back", "incident.opened", "incident.opened"],
    );
    assert.ok(events.every(({ header }) => header.recordedAt === START));
    assert.equal(after?.sequence, 3);
    assert.deepEqual(events[1]?.body, { clock: START - 3_600_000, before: START, byMs: 3_600_000 });
    assert.deepEqual(events[1]?.header.at, { start: START - 3_600_000, end: START });
    clock.now = instant(START + 1);
    const [later] = await store.append([draftOf(4)]);
    assert.equal(later?.recordedAt, START + 1);
  });

  check("what comes together goes into one commit, in its order; one that is refused fails alone", async (store) => {
    await store.append([draftOf("first")]);
    const bad = draftOf("bad", { at: { start: START, end: START } });
    const settled = await Promise.allSettled([
      store.append([draftOf(1), draftOf(2)]),
      store.append([draftOf("lost"), bad]),
      store.appendBatch(batchOf(["a", "b"], { progress: { key: "f", value: 1 } })),
      store.appendBatch({ ...batchOf(["c", "d"]), at: { start: START, end: START }, progress: { key: "g", value: 1 } }),
      store.appendBatch(batchOf(["b", "c"], { progress: { key: "f", value: 2 } })),
      store.appendBatch(batchOf(["e\0"])),
      store.appendBatch(batchOf(["x".repeat(3000)])),
      store.append([draftOf(3)]),
    ]);
    assert.deepEqual(
      settled.map(({ status }) => status === "fulfilled"),
      [true, false, true, false, true, false, false, true],
    );
    const events = await eventsOf(store);
    assert.deepEqual(
      events.map(({ body }) => (typeof body === "object" ? (body as { count?: number }).count : body)),
      ["first", 1, 2, 2, 1, 3],
    );
    assert.equal(await store.progress("f"), 2);
    assert.equal(await store.progress("g"), undefined);
    const verified = await verifyStore(store);
    assert.ok(!isFault(verified), JSON.stringify(verified));
    assert.deepEqual([verified.chains[0]?.heads, verified.chains[0]?.members], [2, 3]);
  });

  check("more than may wait is refused at once, and nothing of it is kept", async (store) => {
    const keys = (name: string) => Array.from({ length: 199 }, (_, i) => `${name}-${i}`);
    const settled = await Promise.allSettled(["a", "b", "c"].map((name) => store.appendBatch(batchOf(keys(name)))));
    const [, , third] = settled;
    assert.ok(third?.status === "rejected" && third.reason instanceof BusyError);
    assert.match(third.reason.message, /too busy: 400 records wait to be written/);
    assert.equal((await store.appendBatch(batchOf(keys("c")))).added, 199);
    assert.equal((await eventsOf(store)).length, 3);
  });

  check("what is read while a write is being made is what was there before it", async (store) => {
    await store.append([draftOf(1)]);
    const undone = store.shelf.write(async (to) => {
      const last = await to.last("n");
      assert.ok(last !== undefined);
      await to.putEvents("n", [{ header: { ...last.header, sequence: 2, id: "e-half" }, body: "2" }]);
      assert.equal((await to.events({ chain: "n", from: 1, to: 9, limit: 9 })).length, 2);
      const seen = eventsOf(store);
      // A database shows what is on disk; memory makes the reader wait until the write has come to its end.
      await Promise.race([seen, sleep(20)]);
      throw Object.assign(new Error("undone"), { seen });
    });
    const { seen } = await undone.then(
      () => assert.fail("it was to be undone"),
      (error: Error & { readonly seen: ReturnType<typeof eventsOf> }) => error,
    );
    assert.equal((await seen).length, 1);
  });

  check("files are kept by the hash of their bytes", async (store) => {
    const bytes = new TextEncoder().encode("abc");
    // FIPS 180-2, appendix B.1.
    const hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert.equal(await store.putFile(bytes), hash);
    assert.equal(await store.putFile(bytes), hash);
    assert.deepEqual([...((await store.file(hash)) ?? [])], [...bytes]);
    assert.equal(await store.file("0".repeat(64)), undefined);
    await store.append([draftOf(1)]);
    const header = await store.erase({ file: hash }, WHY);
    assert.equal(await store.file(hash), undefined);
    assert.equal(header.type, "body.erased");
    await assert.rejects(store.erase({ file: hash }, WHY), InputError);
  });
}
