/** Every way to spoil a copy, tried on every event: each is refused, and the event named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ChainCheckOptions, checkChain } from "../src/record/chain.ts";
import type { ChainEntry, FaultCode } from "../src/record/chain-fault.ts";
import type { EventHeader } from "../src/record/event.ts";
import type { Json } from "../src/record/hash.ts";
import { hashOfHeader } from "../src/record/header.ts";
import { ChainMaker, CLAIM, START } from "./record-fixture.ts";

/** Ten events; heads after 1, 2, 5, 9 and 10; a batch at 3, one with an erased member at 4, an erased body at 6. */
function made(): ChainMaker {
  const maker = new ChainMaker();
  const members = ["a", "b", "c"].map((key) => ({ key, value: { text: key } }));
  maker.add({ name: "1", body: { n: 1 } });
  maker.sign();
  maker.add({ name: "2", body: { n: 2 } });
  maker.sign();
  maker.add({ name: "3", type: "evidence.recorded", body: { feed: "f" }, members });
  const four = maker.add({
    name: "4",
    type: "evidence.recorded",
    body: { feed: "f" },
    members: members.map(({ key, value }) => ({ key: `${key}2`, value })),
    erased: ["b2"],
  });
  maker.add({ name: "5", body: "five" });
  maker.sign();
  const six = maker.add({ name: "6", body: { n: 6 }, erased: ["*"] });
  maker.add({
    name: "7",
    type: "body.erased",
    body: { event: four.id, sequence: 4, member: "b2", rule: "r", reason: "x" },
  });
  maker.add({ name: "8", type: "body.erased", body: { event: six.id, sequence: 6, rule: "r", reason: "x" } });
  maker.add({ name: "9", body: [9] });
  maker.sign();
  maker.add({ name: "10", body: { n: 10 } });
  maker.sign();
  return maker;
}

const WHOLE: readonly ChainEntry[] = made().entries;
const check = (entries: readonly ChainEntry[], options?: ChainCheckOptions) => checkChain(CLAIM, entries, options);
const headerIn = (entry: ChainEntry | undefined): EventHeader | undefined =>
  entry !== undefined && "event" in entry ? entry.event.header : undefined;
const placeOf = (sequence: number): number => WHOLE.findIndex((entry) => headerIn(entry)?.sequence === sequence);
const without = (...at: readonly number[]): ChainEntry[] => WHOLE.filter((_, i) => !at.includes(i));
const SEQUENCES = Array.from({ length: 10 }, (_, i) => i + 1);

function assertFault(
  entries: readonly ChainEntry[],
  codes: readonly FaultCode[],
  sequence: number,
  what: string,
): void {
  const { fault } = check(entries);
  assert.ok(fault !== undefined, `${what}: not noticed`);
  assert.equal(fault.sequence, sequence, `${what}: ${JSON.stringify(fault)}`);
  assert.ok(codes.includes(fault.code), `${what}: ${JSON.stringify(fault)}`);
}

test("a whole chain holds, and its counts add up", () => {
  const report = check(WHOLE);
  assert.equal(report.fault, undefined);
  const { events, bodies, erased, withheld, members, membersErased, heads, last } = report;
  assert.deepEqual([events, bodies, erased, withheld], [10, 9, 1, 0]);
  assert.deepEqual([members, membersErased, heads, last?.sequence], [6, 1, 5, 10]);
  assert.equal(check([]).fault, undefined);
});

/** Every place in a value, with something else in it. */
function* spoilt(value: unknown): Generator<{ readonly path: string; readonly value: unknown }> {
  if (Array.isArray(value)) {
    yield { path: "+", value: [...value, "ZZZ"] };
    for (const [i, item] of value.entries())
      for (const inner of spoilt(item)) yield { path: `${i}.${inner.path}`, value: value.with(i, inner.value) };
    return;
  }
  if (typeof value === "object" && value !== null) {
    yield { path: "+", value: { ...value, more: 1 } };
    for (const [name, member] of Object.entries(value)) {
      const { [name as keyof typeof value]: _, ...rest } = value;
      yield { path: `-${name}`, value: rest };
      for (const inner of spoilt(member))
        yield { path: `${name}.${inner.path}`, value: { ...value, [name]: inner.value } };
    }
    return;
  }
  yield { path: "null", value: null };
  if (typeof value === "number") for (const by of [1, -1, 0.5, 1e6]) yield { path: `${by}`, value: value + by };
  if (typeof value === "boolean") yield { path: "!", value: !value };
  if (typeof value !== "string") return;
  yield { path: "+", value: `${value}x` };
  yield { path: "-", value: value.slice(1) };
  const digit = value.at(-1) === "0" ? "1" : "0";
  yield { path: "~", value: value.slice(0, -1) + digit };
  if (value === "exercise") yield { path: "real", value: "real" };
}

test("altered: any field of any header, body, salt or member, of any event", () => {
  let tried = 0;
  for (const sequence of SEQUENCES) {
    const at = placeOf(sequence);
    const entry = WHOLE[at];
    assert.ok(entry !== undefined && "event" in entry);
    for (const { path, value } of spoilt(entry.event)) {
      // A line of a copy has no more than these: its reader sees to that.
      if (path === "+") continue;
      const changed = { event: value } as ChainEntry;
      // Body and salt gone together: withheld, which is no lie.
      if (path === "-body" || path === "-salt") assert.equal(check(WHOLE.with(at, changed)).fault?.sequence, sequence);
      else
        assertFault(
          WHOLE.with(at, changed),
          ["altered", "malformed", "body", "time", "inserted", "dropped"],
          sequence,
          `${sequence} ${path}`,
        );
      tried++;
    }
  }
  for (const [at, entry] of WHOLE.entries()) {
    if (!("member" in entry)) continue;
    const sequence = Number(headerIn(WHOLE.slice(0, at).findLast((before) => "event" in before))?.sequence);
    for (const { path, value } of spoilt(entry.member)) {
      if (path === "+") continue;
      const changed = { member: value } as ChainEntry;
      assertFault(WHOLE.with(at, changed), ["body", "malformed", "kept"], sequence, `member ${path}`);
      tried++;
    }
  }
  assert.ok(tried > 800, String(tried));
});

test("altered: any field of any head", () => {
  let tried = 0;
  for (const [at, entry] of WHOLE.entries()) {
    if (!("head" in entry)) continue;
    for (const { path, value } of spoilt(entry.head)) {
      const { fault } = check(WHOLE.with(at, { head: value } as ChainEntry));
      assert.ok(fault?.code === "signature" || fault?.code === "malformed", `${path}: ${JSON.stringify(fault)}`);
      tried++;
    }
  }
  assert.ok(tried > 100, String(tried));
});

test("dropped: any event, any member, the last head", () => {
  for (const sequence of SEQUENCES)
    assertFault(without(placeOf(sequence)), ["dropped", "body", "malformed"], sequence, `${sequence}`);
  for (const [at, entry] of WHOLE.entries())
    if ("member" in entry) assert.equal(check(without(at)).fault?.code, "body");
  assertFault(without(WHOLE.length - 1), ["signature"], 10, "last head");
  // Cut off with its head, nothing shows it but a head known from before.
  const cut = WHOLE.slice(0, -2);
  assert.equal(check(cut).fault, undefined);
  const { last } = check(WHOLE);
  assert.ok(last !== undefined);
  assert.equal(check(cut, { anchor: last }).fault?.code, "dropped");
  assert.equal(check(WHOLE, { anchor: last }).fault, undefined);
  assert.equal(check(WHOLE, { anchor: { ...last, hash: "0".repeat(64) } }).fault?.sequence, 10);
});

test("reordered: any two events in each other's place", () => {
  for (const i of SEQUENCES)
    for (const j of SEQUENCES.filter((each) => each > i)) {
      const [a, b] = [placeOf(i), placeOf(j)];
      const moved = WHOLE.with(a, WHOLE[b] as ChainEntry).with(b, WHOLE[a] as ChainEntry);
      assertFault(moved, ["reordered", "body", "malformed"], i, `${i} and ${j}`);
    }
  const [a, b] = [placeOf(3) + 1, placeOf(3) + 2];
  assertFault(WHOLE.with(a, WHOLE[b] as ChainEntry).with(b, WHOLE[a] as ChainEntry), ["body"], 3, "members");
});

test("inserted: a copy of any event, at any later place", () => {
  for (const sequence of SEQUENCES)
    for (let at = placeOf(sequence) + 1; at <= WHOLE.length; at++) {
      const copy = WHOLE[placeOf(sequence)] as ChainEntry;
      const { fault } = check(WHOLE.toSpliced(at, 0, copy));
      const isInBatch = "member" in (WHOLE[at] ?? {});
      assert.ok(fault !== undefined, `${sequence} at ${at}`);
      if (!isInBatch) assert.equal(fault.sequence, sequence, `${sequence} at ${at}: ${JSON.stringify(fault)}`);
      if (!isInBatch)
        assert.ok(fault.code === "inserted" || fault.code === "reordered", `${at}: ${JSON.stringify(fault)}`);
    }
});

test("inserted: an invented event that fits where it stands, under any event's number", () => {
  for (const sequence of SEQUENCES) {
    const before = WHOLE.slice(0, placeOf(sequence));
    const last = headerIn(before.findLast((entry) => "event" in entry));
    const model = headerIn(WHOLE[placeOf(sequence)]) as EventHeader;
    const header = { ...model, id: "e-forged", previous: last === undefined ? model.previous : hashOfHeader(last) };
    const forged: ChainEntry = { event: { header } };
    const { fault } = check([...before, forged, ...WHOLE.slice(before.length)]);
    assert.equal(fault?.code, "inserted", `${sequence}: ${JSON.stringify(fault)}`);
    assert.equal(fault?.id, "e-forged", `${sequence}: ${JSON.stringify(fault)}`);
  }
});

test("rewritten: one event changed and every hash after it made anew, but no head signed", () => {
  for (const sequence of SEQUENCES) {
    let previous = "";
    const rewritten = WHOLE.map((entry): ChainEntry => {
      const header = headerIn(entry);
      if (header === undefined || !("event" in entry) || header.sequence < sequence) return entry;
      const changed = header.sequence === sequence ? { ...header, actor: "p-2" } : { ...header, previous };
      previous = hashOfHeader(changed);
      return { event: { ...entry.event, header: changed } };
    });
    const { fault } = check(rewritten);
    const nextHead = [1, 2, 5, 9, 10].find((signed) => signed >= sequence);
    assert.deepEqual([fault?.code, fault?.sequence], ["altered", nextHead]);
    const { fault: bare } = check(rewritten.filter((entry) => !("head" in entry)));
    assert.equal(bare?.code, "signature");
  }
});

test("time that goes back is named, though hashes and signatures hold", () => {
  const maker = new ChainMaker();
  maker.add({ name: "1", body: 1 });
  maker.add({ name: "2", body: 2, recordedAt: START - 1 });
  maker.sign();
  const { fault } = check(maker.entries);
  assert.deepEqual([fault?.code, fault?.sequence], ["time", 2]);
});

test("what was erased must be gone: a copy that still has it is refused", () => {
  const maker = new ChainMaker();
  const one = maker.add({ name: "1", body: "a name" });
  maker.add({ name: "2", type: "body.erased", body: { event: one.id, sequence: 1, rule: "r", reason: "x" } });
  maker.sign();
  const { fault } = check(maker.entries);
  assert.deepEqual([fault?.code, fault?.sequence, fault?.id], ["kept", 1, one.id]);
});

test("bodies and whole batches may be withheld: the chain holds, and the count says so", () => {
  const bare = WHOLE.filter((entry) => !("member" in entry)).map((entry) =>
    "event" in entry && entry.event.header.type !== "body.erased" ? { event: { header: entry.event.header } } : entry,
  );
  const { fault, events, bodies, withheld, erased } = check(bare);
  assert.equal(fault, undefined);
  assert.deepEqual([events, bodies, erased, withheld], [10, 2, 1, 7]);
});

test("another node's key or name is refused", () => {
  assert.equal(checkChain({ ...CLAIM, publicKey: "0".repeat(64) }, WHOLE).fault?.code, "signature");
  assert.notEqual(checkChain({ ...CLAIM, node: "m" }, WHOLE).fault, undefined);
  const strange = { event: { header: "no header" as unknown as EventHeader, body: 1 as Json, salt: "00" } };
  assertFault([...WHOLE, strange], ["malformed"], 11, "no header");
});
