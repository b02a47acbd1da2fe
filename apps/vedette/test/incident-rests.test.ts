/** What is drafted of an incident goes no further than what it rests on, and what people did stands through all that follows. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { instant } from "@vedette/core/time/instant";
import { act } from "../src/engine/cases/act.ts";
import { readDesk, readEvidence } from "../src/engine/cases/desk.ts";
import { detectIncidents } from "../src/engine/cases/detect.ts";
import { dayOf } from "../src/report/daily/day.ts";
import { isOfDay } from "../src/report/daily/incidents.ts";
import { readEvidenceSources } from "../src/scenario/evidence-sources.ts";
import { readTaxonomy } from "../src/scenario/taxonomy.ts";
import { importCase } from "../src/store/case-import.ts";
import { openStore } from "../src/store/open.ts";
import { release } from "../src/store/release.ts";
import type { Store } from "../src/store/store.ts";
import { moment } from "./agreement-fixture.ts";
import { CLOSED, NOW, newStore, OPEN, record, report } from "./incident-fixture.ts";
import { folderFor } from "./log-fixture.ts";

const [sources, taxonomy] = await Promise.all([readEvidenceSources(), readTaxonomy()]);
const detect = (store: Store) => detectIncidents({ store, sources, taxonomy, now: NOW });
const all = async (store: Store, nation?: string) => [
  ...(await readDesk(store, nation === undefined ? {} : { nation })).cases.incidents.values(),
];
const by = (store: Store, what: string, body: { readonly [key: string]: string | string[] }) =>
  act(store, { type: `incident.${what}`, body: { reason: "seen", ...body }, actor: "person:p-1" }, NOW);

test("a place that evidence of others made sharper, and the state that rests on it, stay with those who are given it", async () => {
  for (const radiusKm of [2, 40]) {
    const store = newStore();
    const where = { latitudeDeg: 48.5, longitudeDeg: 37.5, radiusKm, basis: "stated" } as const;
    await record(store, [report("ev-a", 48.5, { where })], OPEN);
    await detect(store);
    const before = (await all(store, "FRA"))[0];
    await record(store, [report("ev-x", 48.505, { where: { ...where, latitudeDeg: 48.505, radiusKm: 0.3 } })], CLOSED);
    await detect(store);
    const after = (await all(store, "FRA"))[0];
    assert.deepEqual([after?.where, after?.state], [before?.where, before?.state]);
    assert.equal((await all(store))[0]?.where.radiusKm, 0.3);
  }
});

test("an owner of the first evidence reads nothing that rests on evidence that it is not given", async () => {
  const store = newStore();
  await record(store, [report("ev-a", 48.5)], OPEN);
  await record(store, [report("ev-x", 48.505)], CLOSED);
  await detect(store);
  assert.deepEqual(await all(store, "UKR"), []);
  assert.equal((await all(store, "GBR")).length, 1);
});

test("what people took away, or called context, stays so through merging, splitting and detecting", async () => {
  for (const how of ["merge", "split", "context"]) {
    const store = newStore();
    const near = [48.5, 48.51, 48.52].map((latitude, i) => report(`ev-${i}`, latitude));
    await record(store, [...near, report("ev-far", 49.5), report("ev-far-2", 49.51)]);
    const found = (await detect(store)).incidents;
    const [a = "", b = ""] = ["ev-0", "ev-far"].map((id) => found.find(({ links }) => links.has(id))?.id);
    const evidence = ["ev-2"];
    if (how === "context") await by(store, "evidence-linked", { incident: a, evidence, role: "context" });
    if (how === "merge") await by(store, "evidence-unlinked", { incident: a, evidence });
    if (how !== "context") await by(store, "merged", { incident: a, into: b });
    if (how === "split") {
      await by(store, "evidence-unlinked", { incident: b, evidence });
      await by(store, "split", { incident: a, from: b });
    }
    await detect(store);
    const holders = (await all(store)).filter(({ links }) => links.get("ev-2")?.role === "witness");
    assert.deepEqual(holders, [], how);
  }
});

test("evidence that was taken from the incident that is named after it is not lost", async () => {
  const store = newStore();
  await record(store, [report("ev-a", 48.5)]);
  const [first] = (await detect(store)).incidents;
  const incident = first?.id ?? "";
  await record(store, [report("ev-far", 49.5)]);
  await by(store, "evidence-linked", { incident, evidence: ["ev-far"], role: "witness" });
  await by(store, "evidence-unlinked", { incident, evidence: ["ev-a"] });
  await detect(store);
  assert.ok((await all(store)).some(({ links }) => links.has("ev-a")));
  assert.equal((await detect(store)).opened, 0);
});

test("an incident is counted on one day, also where days are of 23 and 25 hours", () => {
  const days = Array.from({ length: 9 }, (_, i) => dayOf(`2022-03-${23 + i}`, "Europe/Kyiv"));
  for (let hour = 0; hour < 48; hour++) {
    for (const length of [1, 24, 30, 48, 60, 69, 71, 90]) {
      const { start } = moment("2022-03-24T22:00:00Z");
      const when = { start: start + hour * 3_600_000, end: start + (hour + length) * 3_600_000 };
      assert.equal(days.filter((day) => isOfDay({ when } as never, day)).length, 1, `${hour} ${length}`);
    }
  }
});

test("who was given a file is told that it was erased, and no hidden name with it", async (t) => {
  const place = folderFor(t);
  const store = await openStore(join(place, "log"), { create: true, node: "n", clock: () => NOW });
  const hash = await store.putFile(new TextEncoder().encode("photo of a person"));
  await record(store, [report("ev-a", 48.5, { files: [hash] })], OPEN);
  const released = async (name: string): Promise<string> => {
    await release(store, { by: "UKR", to: "FRA", actor: "person:p", file: join(place, name) });
    return readFileSync(join(place, name), "utf8");
  };
  assert.match(await released("1.jsonl"), new RegExp(hash));
  const why = { actor: "person:p", rule: "GDPR 17, of in-0123456789abcdef", reason: "as of in-0123456789abcdef" };
  await store.erase({ file: hash }, why);
  const told = await released("2.jsonl");
  assert.match(told, /body\.erased/);
  assert.doesNotMatch(told, /in-0123456789abcdef/);
  await store.close();
});

test("a nation reads what was released to it as incidents, in a log of its own", async (t) => {
  const place = folderFor(t);
  const store = await openStore(join(place, "log"), { create: true, node: "n", clock: () => NOW });
  await record(store, [report("ev-a", 48.5), report("ev-b", 48.501)], OPEN);
  await detect(store);
  await release(store, { by: "UKR", to: "FRA", actor: "person:p", file: join(place, "fra.jsonl") });
  await store.close();
  const theirs = await openStore(join(place, "theirs"), { create: true, node: "fra", clock: () => instant(NOW + 1) });
  await importCase(theirs, join(place, "fra.jsonl"));
  const [incident] = await all(theirs);
  assert.deepEqual([incident?.state, incident?.links.size], ["corroborated", 2]);
  const { evidence } = await readEvidence(theirs, await readDesk(theirs), () => true);
  assert.equal(evidence.size, 2);
  // What they add is in a chain of their own, and counts beside.
  await record(theirs, [report("ev-c", 48.502)], { ...OPEN, owner: "FRA", releasableTo: [] });
  await detect(theirs);
  assert.equal((await all(theirs)).length, 1);
  assert.equal((await all(theirs))[0]?.links.size, 3);
  await theirs.close();
});
