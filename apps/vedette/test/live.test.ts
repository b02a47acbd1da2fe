/** The hub of live changes: nothing missed, nothing twice, nothing of others, whoever does not read or may not listen is cut off. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { opaquePositions } from "../src/http/live/opaque.ts";
import { always, FakeSink, hubFixture, SECRET } from "./live-fixture.ts";

test("each client is told what its nation is given, once and in order", async () => {
  const { hub, changes, time } = hubFixture();
  const [france, poland] = [new FakeSink(), new FakeSink()];
  await hub.join("FRA", { sink: france, mayStay: always });
  await hub.join("POL", { sink: poland, mayStay: always });
  changes.add(["FRA", "POL"]);
  changes.add(["FRA"]);
  changes.add(["POL"]);
  hub.wake();
  await time.pass(100);
  assert.deepEqual(france.objects, ["in-1", "in-2"]);
  assert.deepEqual(poland.objects, ["in-1", "in-3"]);
});

test("who was away is told all of it first, also more than a page, and goes on with the others", async () => {
  const { hub, changes, time } = hubFixture();
  changes.add(["FRA"]);
  const first = new FakeSink();
  const leave = await hub.join("FRA", { sink: first, mayStay: always });
  const from = first.events.at(-1)?.id;
  leave();
  for (let i = 0; i < 1234; i++) changes.add(i % 3 === 0 ? ["POL"] : ["FRA"]);
  const second = new FakeSink();
  await hub.join("FRA", { sink: second, from, mayStay: always });
  changes.add(["FRA"], "last");
  hub.wake();
  await time.pass(100);
  const expected = changes.all.slice(1).flatMap(({ to, object }) => (to.includes("FRA") ? [object] : []));
  assert.deepEqual(second.objects, expected);
  assert.deepEqual(first.objects, []);
});

test("what others are given leaves no trace: the same bytes with it and without", async () => {
  const told = async (others: boolean): Promise<string> => {
    const { hub, changes, time } = hubFixture();
    changes.add(["FRA"], "a");
    // In both worlds France's own changes stand at the same positions.
    changes.add(others ? ["POL"] : [], "b");
    const [early, late] = [new FakeSink(), new FakeSink()];
    await hub.join("FRA", { sink: early, mayStay: always });
    changes.add(others ? ["POL"] : [], "c");
    hub.wake();
    await time.pass(100);
    await hub.join("FRA", { sink: late, mayStay: always });
    changes.add(["FRA"], "d");
    hub.wake();
    await time.pass(100);
    assert.equal(early.events[0]?.id, late.events[0]?.id, "the first id is of its own last change");
    return `${early.text}---${late.text}`;
  };
  assert.equal(await told(true), await told(false));
});

test("an id that was never given out, of another nation, or of a time that is undone, begins with reset", async () => {
  const { hub, changes } = hubFixture();
  changes.add(["FRA", "POL"]);
  const poland = opaquePositions(SECRET, "w POL").textOf(1);
  const ahead = opaquePositions(SECRET, "w FRA").textOf(99);
  for (const from of [poland, ahead, "", "x", "A".repeat(22)]) {
    const sink = new FakeSink();
    await hub.join("FRA", { sink, from, mayStay: always });
    assert.deepEqual(
      sink.events.map(({ event }) => event),
      ["reset"],
    );
  }
});

test("somebody who joins while a page is on its way misses nothing of what came before it", async () => {
  const { hub, changes, time } = hubFixture();
  const [old, young] = [new FakeSink(), new FakeSink()];
  await hub.join("FRA", { sink: old, mayStay: always });
  await time.pass(100);
  // What it missed is nothing, but the database takes long to say so.
  const slow = Promise.withResolvers<void>();
  changes.meanwhile = () => slow.promise;
  const joined = hub.join("FRA", { sink: young, from: old.events[0]?.id, mayStay: always });
  await time.pass(50);
  changes.add(["FRA"]);
  hub.wake();
  await time.pass(100);
  assert.deepEqual(old.objects, ["in-1"]);
  // It comes in just as the others' next page has been read: that begins behind what it still lacks.
  changes.add(["FRA"]);
  changes.meanwhile = async () => {
    slow.resolve();
    await joined;
  };
  hub.wake();
  await time.pass(300);
  assert.deepEqual(old.objects, ["in-1", "in-2"]);
  assert.deepEqual(young.objects, ["in-1", "in-2"]);
});

test("whatever the order of joining, leaving, writing and waking: all of its own from where it was, once, in order", async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("write" as const), to: fc.subarray(["FRA", "POL", "UKR"]) }),
    fc.record({ do: fc.constant("join" as const), nation: fc.constantFrom("FRA", "POL", "UKR") }),
    fc.record({ do: fc.constant("back" as const), which: fc.nat(9) }),
    fc.record({ do: fc.constant("leave" as const), which: fc.nat(9) }),
    fc.record({ do: fc.constant("pass" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { hub, changes, time, faults } = hubFixture();
      const clients: { nation: string; sink: FakeSink; began: number; before: string[]; joined: Promise<unknown> }[] =
        [];
      for (const one of steps) {
        if (one.do === "write") {
          changes.add(one.to);
          hub.wake();
        } else if (one.do === "join") {
          const sink = new FakeSink();
          const began = await changes.head(one.nation);
          const joined = hub.join(one.nation, { sink, mayStay: always });
          clients.push({ nation: one.nation, sink, began, before: [], joined });
          await joined;
        } else if (one.do === "pass") await time.pass(50);
        else {
          const client = clients[one.which];
          if (client === undefined || client.sink.isClosed !== (one.do === "back")) continue;
          if (one.do === "leave") {
            client.sink.close();
            continue;
          }
          const from = client.sink.events.at(-1)?.id;
          client.before.push(...client.sink.objects);
          client.sink = new FakeSink();
          // Not waited for: what is written next is written while it is told what it missed.
          client.joined = hub.join(client.nation, { sink: client.sink, from, mayStay: always });
        }
      }
      await time.pass(200);
      for (const { nation, sink, began, before } of clients) {
        const expected = changes.all.filter(({ to, position }) => position > began && to.includes(nation));
        const told = [...before, ...sink.objects];
        const wanted = expected.map(({ object }) => object);
        assert.deepEqual(told, sink.isClosed ? wanted.slice(0, told.length) : wanted);
      }
      assert.deepEqual(faults, []);
      hub.close();
      assert.equal(time.waiting, 0);
    }),
    { numRuns: 300 },
  );
});

test("who does not read is cut off, the others go on; told what it missed, it sets the pace", async () => {
  const { hub, changes, time } = hubFixture();
  const [slow, quick] = [new FakeSink(), new FakeSink()];
  await hub.join("FRA", { sink: slow, mayStay: always });
  await hub.join("FRA", { sink: quick, mayStay: always });
  slow.waits = 600_000;
  changes.add(["FRA"]);
  hub.wake();
  await time.pass(100);
  assert.equal(slow.isEnded, true);
  assert.equal(quick.isEnded, false);
  assert.equal(hub.clients, 1);

  for (let i = 0; i < 2000; i++) changes.add(["FRA"]);
  const back = new FakeSink();
  back.waits = 400_000;
  const joined = hub.join("FRA", { sink: back, from: slow.events[0]?.id, mayStay: always });
  await time.pass(100);
  assert.equal(back.objects.length, 500, "one page, and no more until that is read");
  back.drain();
  await joined;
  assert.equal(back.objects.length, 2001);
  assert.equal(back.isEnded, false);
});

test("who closes while it is told what it missed is not kept", async () => {
  const { hub, changes } = hubFixture();
  changes.add(["FRA"]);
  const sink = new FakeSink();
  changes.meanwhile = () => sink.close();
  await hub.join("FRA", { sink, from: opaquePositions(SECRET, "w FRA").textOf(0), mayStay: always });
  assert.equal(hub.clients, 0);
});

test("a line every 15 s; a session that is over is told so and ends within a minute, also while nobody can be asked", async () => {
  const { hub, time, faults } = hubFixture();
  const [stays, revoked, unknown] = [new FakeSink(), new FakeSink(), new FakeSink()];
  let isGood = true;
  await hub.join("FRA", { sink: stays, mayStay: always });
  await hub.join("FRA", { sink: revoked, mayStay: async () => isGood });
  await hub.join("FRA", {
    sink: unknown,
    mayStay: async () => {
      throw new Error("the database is gone");
    },
  });
  await time.pass(21_000);
  assert.equal(stays.text.endsWith("\n\n:\n\n"), true);
  assert.deepEqual([revoked.isEnded, unknown.isEnded], [false, false], "one failed question is none");
  isGood = false;
  await time.pass(39_000);
  assert.deepEqual([stays.isEnded, revoked.isEnded, unknown.isEnded], [false, true, true]);
  assert.equal(revoked.events.at(-1)?.event, "bye");
  assert.equal(faults.length, 2);
  stays.close();
  assert.equal(time.waiting, 0, "nobody listens: nothing goes on");
});

test("a fault of the database reaches who watches the server, and what was to be told is told within 15 s", async () => {
  const { hub, changes, time, faults } = hubFixture();
  const sink = new FakeSink();
  await hub.join("FRA", { sink, mayStay: always });
  await time.pass(100);
  changes.add(["FRA"]);
  changes.meanwhile = () => Promise.reject(new Error("gone"));
  hub.wake();
  await time.pass(100);
  assert.equal(faults.length, 1);
  await time.pass(15_000);
  assert.deepEqual(sink.objects, ["in-1"]);
});

test("closing ends every stream, and who comes after is ended at once", async () => {
  const { hub, time } = hubFixture();
  const [before, after] = [new FakeSink(), new FakeSink()];
  await hub.join("FRA", { sink: before, mayStay: always });
  hub.close();
  await hub.join("FRA", { sink: after, mayStay: always });
  assert.deepEqual([before.isEnded, after.isEnded, hub.clients, time.waiting], [true, true, 0, 0]);
});
