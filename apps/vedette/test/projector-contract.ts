/**
 * What holds on every database: each nation's answers are what it would fold from the events that it is given, and what Cedar lets it
 * read; folded anew, the rows are the same; a condition that is forgotten is caught.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { happeningOf, recordOf } from "@vedette/core/agreement/record";
import type { StoredEvent } from "@vedette/core/record/event";
import { type Marking, mayRead } from "@vedette/core/record/marking";
import { instant } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import { caseEventOf, foldCases } from "@vedette/core/verify/incident-fold";
import fc from "fast-check";
import { cedarDecider, type Decider } from "../src/release/cedar.ts";
import { rememberingDecider } from "../src/release/decide.ts";
import { storedOf } from "../src/store/log-store.ts";
import { type AudiencesOf, audiencesOf } from "../src/workspace/conditions.ts";
import type { Page, Queries } from "../src/workspace/queries.ts";
import { queriesOn } from "../src/workspace/queries-on.ts";
import { itemOf, logSteps, type Timed } from "./projector-arbitrary.ts";
import { type Bed, draft, NATIONS, opened, rowsOf } from "./projector-fixture.ts";

const STATES = [
  "reported",
  "located",
  "corroborated",
  "verified",
  "assessed",
  "referred",
  "closed",
  "retracted",
] as const;
const OTHER = "node-b";

/** Written by another node, and brought in now. */
async function bringIn(bed: Bed, step: Timed & { readonly kind: "event" }, recordedAt: number, sequence: number) {
  const { type, marking, actor, body } = step;
  await bed.store.shelf.write(async (to) => {
    const chain = { node: OTHER, publicKey: "0".repeat(64), isOwn: false };
    if (sequence === 1) await to.putChain(chain);
    const header = {
      ...draft(type, null, marking, actor),
      version: 1 as const,
      node: OTHER,
      sequence,
      id: `e-other-${sequence}`,
      recordedAt: instant(recordedAt),
      previous: "0".repeat(64),
      commitment: "0".repeat(64),
    };
    const { body: _, ...own } = header;
    await to.putEvents(OTHER, [{ header: own, body: JSON.stringify(body), salt: new Uint8Array(16) }]);
  });
}

async function play(bed: Bed, steps: readonly Timed[]): Promise<void> {
  const own: string[] = [];
  const batches: string[] = [];
  let others = 0;
  let last = 0;
  for (const step of steps) {
    bed.clock.now += step.waitMs;
    if (step.kind === "batch") {
      const members = step.items.map((n) => ({ key: `ev-${n}`, value: itemOf(n) }));
      const { header } = await bed.store.appendBatch({
        ...draft("evidence.recorded", {}, step.marking),
        body: {},
        members,
      });
      if (header !== undefined) batches.push(header.id);
    } else if (step.kind === "erase") {
      await erase(bed, [...own, ...batches], step.nth);
    } else if (step.earlierMs > 0) {
      // Within a chain times never go back.
      last = Math.max(last, bed.clock.now - step.earlierMs);
      await bringIn(bed, step, last, ++others);
    } else {
      const [header] = await bed.store.append([draft(step.type, step.body, step.marking, step.actor)]);
      if (header !== undefined && step.type.startsWith("incident.")) own.push(header.id);
    }
    if (step.isFolded) await bed.projector.catchUp();
  }
  await bed.projector.catchUp();
}

async function erase(bed: Bed, ids: readonly string[], nth: number): Promise<void> {
  const event = ids[nth % Math.max(1, ids.length)];
  if (event === undefined) return;
  await bed.store.erase({ event }, { actor: "person:anna", rule: "r", reason: "asked for" }).catch(() => {});
}

async function allOf<T>(list: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await list(cursor);
    items.push(...page.items);
    if (page.next === undefined) return items;
    cursor = page.next;
  }
}

const pageOf = (cursor: string | undefined) => ({ limit: 3, ...(cursor !== undefined && { cursor }) });

interface Truth {
  readonly events: readonly StoredEvent[];
  readonly items: readonly { readonly item: Evidence; readonly marking: Marking }[];
}

async function truthOf({ store }: Bed): Promise<Truth> {
  const rows = await store.shelf.rows.arrived(0, 100_000);
  const events = rows.map(({ row }) => storedOf(row));
  const items: { item: Evidence; marking: Marking }[] = [];
  for (const { header } of events) {
    if (header.type !== "evidence.recorded") continue;
    for await (const { value } of store.members(header.id, header.node))
      if (value !== undefined) items.push({ item: value as unknown as Evidence, marking: header.marking });
  }
  return { events, items };
}

/** @throws AssertionError where a nation is told anything but what it is given */
async function check(queries: Queries, truth: Truth, decide: Decider): Promise<number> {
  let seen = 0;
  for (const nation of NATIONS) {
    const who = { person: "p", nation, roles: ["observer" as const], use: "exercise" as const };
    const reads = (marking: Marking): boolean => decide(who, "read", marking);
    const given = truth.events.filter(({ header }) => reads(header.marking));
    for (const { header } of truth.events)
      assert.equal(reads(header.marking), header.marking.use === "exercise" && mayRead(header.marking, nation));
    const { incidents } = foldCases(given.map(caseEventOf));
    for (const order of ["changed", "happened"] as const) {
      const listed = await allOf((cursor) =>
        queries.incidents(nation, { states: [...STATES, "merged"] }, { ...pageOf(cursor), order }),
      );
      assert.deepEqual(
        new Map(listed.map(({ incident }) => [incident.id, incident] as const).sort(([a], [b]) => (a < b ? -1 : 1))),
        new Map([...incidents].sort(([a], [b]) => (a < b ? -1 : 1))),
      );
      for (const { marking } of listed) assert.ok(reads(marking));
      const keys = listed.map((one) => (order === "changed" ? one.changedAt : one.incident.when.start));
      assert.deepEqual(
        keys,
        keys.toSorted((a, b) => b - a),
      );
      seen += listed.length;
    }
    const counted = [...incidents.values()].filter(({ mergedInto }) => mergedInto === undefined);
    assert.equal((await queries.counts(nation, {})).total, counted.length);
    await checkFilters(queries, nation, counted);
    const items = truth.items.filter(({ marking }) => reads(marking)).map(({ item }) => item.id);
    const evidence = await allOf((cursor) => queries.evidence(nation, {}, pageOf(cursor)));
    assert.deepEqual(evidence.map(({ item }) => item.id).sort(), items.sort());
    const found = await queries.evidence(nation, { text: "SHELLING report" }, { limit: 100 });
    assert.equal(found.items.length, items.length);
    for (const { item } of truth.items)
      assert.equal((await queries.evidenceItem(nation, item.id)) !== undefined, items.includes(item.id));
    const record = recordOf(given.map(happeningOf));
    const clocks = await allOf((cursor) => queries.clocks(nation, {}, pageOf(cursor)));
    assert.deepEqual(clocks.map(({ clock }) => clock).sort(byClock), [...record.clocks.values()].sort(byClock));
    const notices = await allOf((cursor) => queries.notices(nation, {}, pageOf(cursor)));
    assert.deepEqual(
      notices.map(({ notice }) => notice),
      [...record.notices.values()],
    );
    const log = await allOf((cursor) => queries.log(nation, {}, pageOf(cursor)));
    assert.deepEqual(log.map(({ event }) => event).sort(), given.map(({ header }) => header.id).sort());
    await checkChanges(queries, nation, incidents.keys(), items);
  }
  return seen;
}

const byClock = (a: { readonly clock: string }, b: { readonly clock: string }): number => (a.clock < b.clock ? -1 : 1);

type Counted = ReturnType<typeof foldCases>["incidents"] extends ReadonlyMap<string, infer One> ? One : never;

/** Filters say the same of lists, counts and maps. */
async function checkFilters(queries: Queries, nation: string, counted: readonly Counted[]): Promise<void> {
  const area = { west: 25, south: 46, east: 36, north: 50 };
  const from = instant(Date.UTC(2026, 5, 16));
  const to = instant(Date.UTC(2026, 5, 18));
  const isIn = ({ where }: Counted): boolean =>
    where.latitudeDeg >= 46 && where.latitudeDeg <= 50 && where.longitudeDeg >= 25 && where.longitudeDeg <= 36;
  const isThen = ({ when }: Counted): boolean => when.end > from && when.start < to;
  const filters = [
    [{ area }, isIn],
    [{ from, to }, isThen],
    [
      { area, from, to, kinds: ["explosion", "unknown"] },
      (one: Counted) => isIn(one) && isThen(one) && one.kind !== "small-arms",
    ],
    [{ states: ["located" as const] }, (one: Counted) => one.state === "located"],
    [{ text: "Bakhmut" }, (one: Counted) => one.where.name === "Bakhmut"],
    [
      { text: "uber nacht", from, to },
      (one: Counted) => isThen(one) && one.history.some(({ reason }) => reason === "über Nacht"),
    ],
  ] as const;
  for (const [filter, fits] of filters) {
    const wanted = counted
      .filter(fits)
      .map(({ id }) => id)
      .sort();
    const listed = await allOf((cursor) => queries.incidents(nation, filter, pageOf(cursor)));
    assert.deepEqual(listed.map(({ id }) => id).sort(), wanted, JSON.stringify(filter));
    assert.equal((await queries.counts(nation, filter)).total, wanted.length);
    const map = await queries.map(nation, filter, 100);
    assert.ok(!map.isAggregate);
    assert.deepEqual(map.points.map(({ id }) => id).sort(), wanted);
  }
  const map = await queries.map(nation, {}, 0);
  const total = map.isAggregate ? map.cells.reduce((sum, { count }) => sum + count, 0) : 0;
  assert.equal(total, counted.length);
}

/** Told of all that it has, in order, and of nothing that it never had. */
async function checkChanges(queries: Queries, nation: string, incidents: Iterable<string>, items: readonly string[]) {
  const changes: Awaited<ReturnType<Queries["changesAfter"]>>[number][] = [];
  for (;;) {
    const page = await queries.changesAfter(nation, changes.at(-1)?.position ?? 0, 7);
    if (page.length === 0) break;
    changes.push(...page);
  }
  const told = new Set(changes.map(({ object }) => object));
  for (const id of [...incidents, ...items]) assert.ok(told.has(id), `not told of ${id}`);
  for (const { object, version, type } of changes) {
    if (type !== "incident.changed") continue;
    const now = await queries.incident(nation, object);
    if (now !== undefined && changes.findLast((one) => one.object === object)?.version === version)
      assert.equal(now.version, version);
  }
}

/** @param beds a new, empty one each time it is called */
export function testProjector(name: string, beds: (most: number) => Promise<Bed>, numRuns: number): void {
  const decide = rememberingDecider(cedarDecider());

  test(`${name}: each nation's answers are what it would fold from its events, and what Cedar lets it read`, async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(logSteps, fc.constantFrom(1, 3, 5000), fc.constantFrom(0, 6000), async (steps, most, few) => {
        const bed = await beds(most);
        try {
          await play(bed, steps);
          seen += await check(queriesOn(bed.views, { few }), await truthOf(bed), decide);
          const before = await rowsOf(bed.views);
          const changes = before["change"];
          await bed.projector.rebuild();
          const after = await rowsOf(bed.views);
          // What was told of a body that is erased since is not told again.
          const isErased = steps.some(({ kind }) => kind === "erase");
          assert.deepEqual({ ...after, change: isErased ? changes : after["change"] }, before);
        } finally {
          await bed.close();
        }
      }),
      { numRuns },
    );
    assert.ok(seen > 3 * numRuns, `incidents seen: ${seen}`);
  });

  const forgotten: AudiencesOf = async (db) => {
    const rows = await db.selectFrom("incident_view").select("audience").distinct().execute();
    const own = await audiencesOf(db, "FRA");
    return [...new Set([...rows.map(({ audience }) => audience), ...own])];
  };
  const secret: Marking = { owner: "UKR", releasableTo: [], originatorControlled: true, use: "exercise" };

  async function withSecret(work: (bed: Bed) => Promise<void>): Promise<void> {
    const bed = await beds(5000);
    try {
      await bed.store.append([opened("in-1"), opened("in-2", secret)]);
      const members = [{ key: "ev-1", value: itemOf(1) }];
      await bed.store.appendBatch({ ...draft("evidence.recorded", {}, secret), body: {}, members });
      await bed.projector.catchUp();
      await work(bed);
    } finally {
      await bed.close();
    }
  }

  test(`${name}: a condition that is forgotten is caught${name === "SQLite" ? "" : ", and gives nothing away"}`, () =>
    withSecret(async (bed) => {
      const holed = queriesOn(bed.views, { audiencesOf: forgotten });
      const truth = await truthOf(bed);
      if (bed.views.kind === "sqlite") await assert.rejects(check(holed, truth, decide), { name: "AssertionError" });
      else await check(holed, truth, decide);
      if (bed.views.kind === "postgres")
        for (const table of [
          "incident_view",
          "incident_word",
          "incident_cell",
          "evidence_item",
          "log_entry",
          "change",
        ] as const)
          await bed.views.read("FRA", async (db) => {
            const own = await audiencesOf(db, "FRA");
            const rows = await db.selectFrom(table).select("audience").execute();
            assert.ok(
              rows.every(({ audience }) => own.includes(audience)),
              table,
            );
            await assert.rejects(db.deleteFrom(table).execute());
          });
    }));

  test(`${name}: a rule that is dropped from Cedar's is caught`, () =>
    withSecret(async (bed) => {
      const policies = readFileSync(new URL("../src/release/policy.cedar", import.meta.url), "utf8");
      const without = policies.replace(/@id\("given"\)\nforbid[^;]*;/, "");
      assert.notEqual(without, policies);
      await assert.rejects(check(queriesOn(bed.views), await truthOf(bed), cedarDecider(without)), {
        name: "AssertionError",
      });
    }));
}
