/** A release tells nothing of what stays at home: whatever happened there, the recipient's bytes are the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkChain } from "../src/record/chain.ts";
import type { ChainEntry, MemberEntry } from "../src/record/chain-fault.ts";
import type { StoredEvent } from "../src/record/event.ts";
import type { Json } from "../src/record/hash.ts";
import { signHead } from "../src/record/head.ts";
import { type Marking, mayRead } from "../src/record/marking.ts";
import { type Released, Releaser } from "../src/record/release.ts";
import { auditRelease } from "../src/record/release-audit.ts";
import { bodyOfRelease, type ReleasedPair } from "../src/record/release-record.ts";
import { instant } from "../src/time/instant.ts";
import { ChainMaker, CLAIM, CLOSED, idFor, OPEN, type Planned, START, signWithKey } from "./record-fixture.ts";

const SECRET = "5e".repeat(32);
const CHAIN = "n/POL";

const ev = (n: number): string => idFor("ev", n);
const inc = (n: number): string => idFor("inc", n);

/** What may happen: numbers name evidence and incidents, so that events refer to each other at random. */
interface Happening {
  readonly kind: "record" | "open" | "link" | "move" | "merge" | "grade" | "other";
  readonly a: number;
  readonly b: number;
  readonly isOpen: boolean;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom("record", "open", "link", "move", "merge", "grade", "other"),
  a: fc.nat(5),
  b: fc.nat(5),
  isOpen: fc.boolean(),
});

function plannedOf({ kind, a, b, isOpen }: Happening, i: number): Planned {
  const base = { name: `${i}`, marking: isOpen ? OPEN : CLOSED, recordedAt: START + i * 1000 };
  const reason = `as ${ev(a)} and ${inc(b)} say (SECRET${isOpen ? "" : "-KEPT"})`;
  switch (kind) {
    case "record": {
      const key = idFor("ev", 100 * (i + 1) + a);
      const value = { id: key, origin: { source: "s", quotes: [ev(a), ev(b)] }, ingest: { hash: "0", line: i } };
      const members = [
        { key, value },
        { key: idFor("ev", 10_000 + i), value: { id: "x", text: reason } },
      ];
      return { ...base, type: "evidence.recorded", body: { feed: "f", lines: [i, i], file: "SECRET-KEPT" }, members };
    }
    case "open":
      return { ...base, body: { incident: inc(a), evidence: [ev(a), ev(b)], reason, extra: "SECRET-KEPT" } };
    case "link":
      return {
        ...base,
        type: "incident.evidence-linked",
        body: { incident: inc(a), evidence: [ev(a), ev(b)], reason },
      };
    case "move": {
      const independent = { count: 2, needed: 2, counted: [ev(a), ev(b)] };
      return { ...base, type: "incident.moved", body: { incident: inc(a), to: "verified", reason, independent } };
    }
    case "merge":
      return { ...base, type: "incident.merged", body: { incident: inc(a), into: inc(b), reason } };
    case "grade":
      return {
        ...base,
        type: "evidence.graded",
        body: { evidence: ev(a), grade: { source: "A", information: 1 }, reason },
      };
    case "other":
      return { ...base, type: "secret.noted", body: { text: "SECRET-KEPT" } };
  }
}

/** The first six pieces of evidence, some of which are given. */
const recorded = (given: readonly boolean[]): Planned[] =>
  given.map((isOpen, n) => ({
    name: `evidence ${n}`,
    type: "evidence.recorded",
    body: { feed: "f" },
    marking: isOpen ? OPEN : CLOSED,
    members: [{ key: ev(n), value: { id: ev(n) } }],
    recordedAt: START,
  }));

interface Out {
  readonly entries: readonly ChainEntry[];
  readonly pairs: ReadonlyMap<number, ReleasedPair>;
  readonly head: { readonly sequence: number; readonly hash: string };
  readonly released: readonly Released[];
}

/** Each event with its members. */
function batchesIn(entries: Iterable<ChainEntry>): { event: StoredEvent; members: MemberEntry[] }[] {
  const batches: { event: StoredEvent; members: MemberEntry[] }[] = [];
  for (const entry of entries)
    if ("event" in entry) batches.push({ event: entry.event, members: [] });
    else if ("member" in entry) batches.at(-1)?.members.push(entry.member);
  return batches;
}

function releasedOf(source: Iterable<ChainEntry>, pairs: ReadonlyMap<number, ReleasedPair> = new Map(), upTo = 0): Out {
  const releaser = new Releaser({ by: "FRA", to: "POL", chain: CHAIN, secret: SECRET, pairs, upTo });
  const all: Released[] = [];
  for (const { event, members } of batchesIn(source)) {
    const released = releaser.take(event, members);
    if (released !== undefined) all.push(released);
  }
  const last = all.at(-1)?.event.header;
  const entries: ChainEntry[] = all.flatMap(({ event, members }) => [
    { event },
    ...members.map((member) => ({ member })),
  ]);
  const head = releaser.tail;
  const statement = {
    version: 1,
    node: CHAIN,
    ...head,
    at: last?.recordedAt ?? instant(0),
    publicKey: CLAIM.publicKey,
  } as const;
  if (last !== undefined) entries.push({ head: signHead(statement, signWithKey) });
  return { entries, pairs: new Map(all.map(({ pair }) => [pair.sequence, pair])), head, released: all };
}

function chainOf(planned: readonly Planned[]): ChainMaker {
  const maker = new ChainMaker();
  for (const each of planned) maker.add(each);
  maker.sign();
  return maker;
}

const world = fc.tuple(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), fc.array(happening, { maxLength: 14 }));
const planOf = ([given, happenings]: readonly [boolean[], Happening[]]): Planned[] => [
  ...recorded(given),
  ...happenings.map(plannedOf),
];

test("what stayed at home leaves no trace: without it, the recipient's chain is the same to the last byte", () => {
  fc.assert(
    fc.property(world, (of) => {
      const whole = planOf(of);
      const given = whole.filter(({ marking }) => mayRead(marking as Marking, "POL"));
      const out = releasedOf(chainOf(whole).entries);
      assert.deepEqual(out.entries, releasedOf(chainOf(given).entries).entries);
      const text = JSON.stringify(out.entries);
      assert.ok(!text.includes("SECRET-KEPT"));
      const hidden = of[0].flatMap((isOpen, n) => (isOpen ? [] : [ev(n)]));
      for (const id of hidden) assert.ok(!text.includes(id), id);
      assert.ok(!text.includes('"line') && !text.includes('"file'));
    }),
    { numRuns: 150 },
  );
});

test("the recipient's chain is whole by itself: its own numbers, ids and salts, none of the originator's", () => {
  fc.assert(
    fc.property(world, (of) => {
      const source = chainOf(planOf(of));
      const { entries, released } = releasedOf(source.entries);
      const report = checkChain({ ...CLAIM, node: CHAIN }, entries);
      assert.equal(report.fault, undefined);
      assert.equal(report.withheld, 0);
      assert.deepEqual(
        released.map(({ event }) => event.header.sequence),
        released.map((_, i) => i + 1),
      );
      const text = JSON.stringify(entries);
      for (const entry of source.entries) {
        if (!("event" in entry)) continue;
        assert.ok(!text.includes(entry.event.header.id) && !text.includes(entry.event.salt ?? "none"));
        assert.ok(!text.includes(entry.event.header.commitment));
      }
      for (const { pair } of released) {
        const header = source.headers[pair.sequence - 1];
        assert.ok(header !== undefined && mayRead(header.marking, "POL"));
      }
    }),
    { numRuns: 60 },
  );
});

test("a later release goes on with the same chain", () => {
  fc.assert(
    fc.property(world, fc.nat(20), (of, cut) => {
      const plan = planOf(of);
      const first = plan.slice(0, cut);
      const before = releasedOf(chainOf(first).entries);
      const after = releasedOf(chainOf(plan).entries, before.pairs, first.length);
      const headers = (out: Out) => out.released.map(({ event }) => event);
      assert.deepEqual(headers(after).slice(0, before.released.length), headers(before));
      assert.deepEqual(headers(after), headers(releasedOf(chainOf(plan).entries)));
    }),
    { numRuns: 60 },
  );
});

/** A source whose log records its release, as the originator keeps it. */
function recordedWorld(plan: readonly Planned[]): { readonly source: ChainMaker; readonly out: Out } {
  const source = chainOf(plan);
  const out = releasedOf(source.entries);
  const recorded = bodyOfRelease({
    recipient: "POL",
    by: "FRA",
    chain: CHAIN,
    secret: SECRET,
    rules: 1,
    upTo: plan.length,
    events: [...out.pairs.values()],
    head: out.head,
  });
  source.add({ name: "release", type: "release.recorded", body: recorded, marking: CLOSED });
  source.sign();
  return { source, out };
}

const PLAN: readonly Planned[] = planOf([
  [true, false, true, false, true, true],
  [
    { kind: "open", a: 0, b: 1, isOpen: true },
    { kind: "open", a: 1, b: 3, isOpen: false },
    { kind: "move", a: 0, b: 2, isOpen: true },
    { kind: "grade", a: 4, b: 0, isOpen: true },
    { kind: "record", a: 4, b: 3, isOpen: true },
  ],
]);

test("an auditor who holds both proves the recipient's chain a subset", async () => {
  const { source, out } = recordedWorld(PLAN);
  const proven = await auditRelease(() => source.entries, CHAIN, out.entries);
  assert.deepEqual(proven, {
    code: "subset",
    recipient: "POL",
    events: 8,
    proven: 8,
    vouched: 0,
    missing: 0,
    withheld: 4,
  });
  const older = await auditRelease(() => source.entries, CHAIN, out.entries.slice(0, 3));
  assert.ok(older.code === "subset" && older.missing > 0);
});

test("after an erasure the record vouches for what can no longer be made anew", async () => {
  const { out } = recordedWorld(PLAN);
  const erased = PLAN.map((each): Planned => (each.name === "0" ? { ...each, erased: ["*"] } : each));
  const source = recordedWorld(PLAN).source;
  const gone = chainOf(erased).entries.concat(source.entries.slice(-2));
  // A body that is missing for no reason proves nothing.
  assert.equal((await auditRelease(() => gone, CHAIN, out.entries)).code, "not-a-subset");
  const bare = gone.flatMap((entry) => ("event" in entry && entry.event.body === undefined ? [entry.event] : []));
  const said = bare.map(({ header }): ChainEntry => {
    const told = { ...header, sequence: 1000, type: "body.erased", marking: { ...header.marking, releasableTo: [] } };
    return { event: { header: told, body: { sequence: header.sequence } } };
  });
  const proven = await auditRelease(() => [...gone, ...said], CHAIN, out.entries);
  assert.ok(proven.code === "subset" && proven.vouched === 1, JSON.stringify(proven));
});

test("a copy that was tampered with is no subset, whatever was changed", async () => {
  const { source, out } = recordedWorld(PLAN);
  const audit = async (entries: readonly ChainEntry[], of: readonly ChainEntry[] = source.entries) =>
    (await auditRelease(() => of, CHAIN, entries)).code;
  const resealed = (change: (body: Json) => Json): readonly ChainEntry[] => {
    const plan = PLAN.map((each): Planned => (each.name === "0" ? { ...each, body: change(each.body) } : each));
    return releasedOf(chainOf(plan).entries).entries;
  };
  // Another body, sealed as it should be; an event of the originator's that stayed at home; one too many; one too few.
  assert.equal(await audit(resealed((body) => ({ ...(body as object), kind: "changed" }))), "not-a-subset");
  const all = releasedOf(chainOf(PLAN.map((each) => ({ ...each, marking: OPEN }))).entries);
  assert.equal(await audit(all.entries), "not-a-subset");
  const events = out.entries.flatMap((entry, i) => ("event" in entry ? [i] : []));
  for (const at of events) {
    const entry = out.entries[at];
    assert.ok(entry !== undefined && "event" in entry);
    const { header } = entry.event;
    for (const changed of [{ actor: "p-9" }, { at: { start: 1, end: 2 } }, { marking: { ...OPEN, owner: "DEU" } }]) {
      const event = { ...entry.event, header: { ...header, ...changed } } as never;
      assert.equal(await audit(out.entries.with(at, { event })), "not-a-subset");
    }
    assert.equal(await audit(out.entries.with(at, { event: { ...entry.event, body: "other" } })), "not-a-subset");
    assert.equal(await audit(out.entries.toSpliced(at, 0, entry)), "not-a-subset");
    if (at !== events.at(-1)) assert.equal(await audit(out.entries.filter((_, i) => i !== at)), "not-a-subset");
  }
  assert.equal((await auditRelease(() => source.entries, "n/UKR", out.entries)).code, "not-a-subset");
});

test("a record that lies is found: released against the marking, or of another event", async () => {
  const source = chainOf(PLAN);
  const out = releasedOf(source.entries);
  const forged = async (pairs: readonly ReleasedPair[], head = out.head): Promise<string> => {
    const maker = chainOf(PLAN);
    const base = { recipient: "POL", by: "FRA", chain: CHAIN, secret: SECRET, rules: 1, upTo: PLAN.length };
    maker.add({
      name: "r",
      type: "release.recorded",
      body: bodyOfRelease({ ...base, events: pairs, head }),
      marking: CLOSED,
    });
    const proven = await auditRelease(() => maker.entries, CHAIN, out.entries);
    return proven.code === "subset" ? proven.code : proven.message;
  };
  const pairs = [...out.pairs.values()];
  const hidden = source.headers.find(({ marking }) => !mayRead(marking, "POL"));
  assert.ok(hidden !== undefined && pairs[0] !== undefined);
  assert.equal(await forged(pairs), "subset");
  assert.match(
    await forged([{ ...pairs[0], sequence: hidden.sequence }, ...pairs]),
    /another event|against its marking/,
  );
  assert.match(await forged([{ ...pairs[0], hash: "0".repeat(64) }, ...pairs.slice(1)]), /another event/);
  assert.match(await forged([{ ...pairs[0], commitment: "0".repeat(64) }, ...pairs.slice(1)]), /not what was released/);
  assert.match(await forged(pairs, { sequence: 99, hash: "0".repeat(64) }), /ends with event 99/);
});

test("an erasure follows what was given, under the name that it has there, and is silent about the rest", () => {
  const maker = new ChainMaker();
  const members = [{ key: ev(1), value: { id: ev(1) } }];
  const given = maker.add({ name: "a", type: "evidence.recorded", body: { feed: "f" }, members });
  const kept = maker.add({
    name: "b",
    type: "evidence.recorded",
    body: { feed: "f" },
    members: [{ key: ev(2), value: 2 }],
    marking: CLOSED,
  });
  const erase = (name: string, event: string, sequence: number, member: string) =>
    maker.add({ name, type: "body.erased", body: { event, sequence, member, rule: "r", reason: `of ${ev(2)}` } });
  erase("c", kept.id, kept.sequence, ev(2));
  erase("d", given.id, given.sequence, ev(1));
  const { released } = releasedOf(maker.entries);
  assert.equal(released.length, 2);
  const [first, second] = released;
  const { id } = first?.event.header ?? {};
  assert.deepEqual(second?.event.body, { event: id, sequence: 1, member: ev(1), rule: "r", reason: "not stated" });
});

test("ids that show a number are hidden in text too, and an originator's control is not handed on", () => {
  const maker = new ChainMaker();
  const closed: Marking = { ...OPEN, originatorControlled: true, releasableTo: ["POL", "UKR"] };
  maker.add({ name: "a", body: { incident: "2026-0007", reason: "first" }, marking: CLOSED });
  maker.add({ name: "b", body: { incident: "2026-0008", reason: "see 2026-0007, and 2026-0007/b." }, marking: closed });
  const { released } = releasedOf(maker.entries);
  assert.deepEqual(
    released.map(({ event }) => event.body),
    [{ incident: "2026-0008", reason: "not stated" }],
  );
  assert.deepEqual(released[0]?.event.header.marking.releasableTo, ["POL"]);
  const other = new Releaser({ by: "DEU", to: "POL", chain: CHAIN, secret: SECRET, pairs: new Map(), upTo: 0 });
  for (const { event, members } of batchesIn(maker.entries)) assert.equal(other.take(event, members), undefined);
});
