/** Incidents in a log: found again and again without a second, marked no wider than what they rest on, one step at a time. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { EventHeader } from "@vedette/core/record/event";
import { mayRead, narrowest } from "@vedette/core/record/marking";
import { instant, MS_PER_DAY } from "@vedette/core/time/instant";
import { act } from "../src/engine/cases/act.ts";
import { readDesk } from "../src/engine/cases/desk.ts";
import { type Detected, detectIncidents } from "../src/engine/cases/detect.ts";
import { gazetteerOf, readGazetteer } from "../src/engine/cases/gazetteer.ts";
import type { InputError } from "../src/problem.ts";
import { readEvidenceSources } from "../src/scenario/evidence-sources.ts";
import { readTaxonomy, SHIPPED_TAXONOMY } from "../src/scenario/taxonomy.ts";
import { openStore } from "../src/store/open.ts";
import type { Store } from "../src/store/store.ts";
import { CLOSED, DAY, NOW, newStore, OPEN, record, report } from "./incident-fixture.ts";

const [taxonomy, sources] = await Promise.all([readTaxonomy(), readEvidenceSources()]);
const detect = (store: Store): Promise<Detected> => detectIncidents({ store, taxonomy, sources, now: NOW });
const folder = await mkdtemp(join(tmpdir(), "vedette-incident-"));
after(() => rm(folder, { recursive: true, force: true }));

const counts = ({ opened, linked, moved }: Detected): number[] => [opened, linked, moved];

test("detect: what is found once is not found twice, and what comes later joins it", async () => {
  const store = newStore();
  await record(store, [report("ev-a", 48.5), report("ev-b", 48.51), report("ev-far", 49.5)]);
  assert.deepEqual(counts(await detect(store)), [2, 0, 3]);
  assert.deepEqual(counts(await detect(store)), [0, 0, 0]);
  await record(store, [report("ev-c", 48.505)]);
  assert.deepEqual(counts(await detect(store)), [0, 1, 0]);
  const { cases } = await readDesk(store);
  assert.deepEqual([...cases.incidents.values()].map(({ state }) => state).sort(), ["corroborated", "located"]);
  assert.deepEqual(cases.refused, []);
});

test("what is said of an incident goes no further than each thing that it rests on", async () => {
  const store = newStore();
  await record(store, [report("ev-a", 48.5)], OPEN);
  await record(store, [report("ev-b", 48.505)], { ...OPEN, releasableTo: ["FRA"] });
  await detect(store);
  for (const [nation, states] of [
    ["UKR", ["corroborated"]],
    ["FRA", ["corroborated"]],
    ["GBR", []],
  ] as const) {
    const { cases } = await readDesk(store, { nation });
    assert.deepEqual(
      [...cases.incidents.values()].map(({ state }) => state),
      states,
      nation,
    );
  }
});

test("evidence of others sharpens an incident only for those who are given it", async () => {
  const store = newStore();
  await record(store, [report("ev-a", 48.5)], OPEN);
  await detect(store);
  await record(store, [report("ev-b", 48.505)], CLOSED);
  await detect(store);
  const stateFor = async (nation?: string) =>
    [...(await readDesk(store, nation === undefined ? {} : { nation })).cases.incidents.values()].map(
      ({ state }) => state,
    );
  assert.deepEqual(await stateFor(), ["corroborated"]);
  assert.deepEqual(await stateFor("FRA"), ["located"]);
});

test("a marking narrowed by two is read by nobody who may not read both", () => {
  const both = narrowest([
    OPEN,
    { owner: "GBR", releasableTo: ["FRA", "POL"], originatorControlled: true, use: "real" },
  ]);
  assert.deepEqual(both, { owner: "GBR", releasableTo: ["FRA"], originatorControlled: true, use: "exercise" });
  const closed = narrowest([{ ...OPEN, releasableTo: "all" }, CLOSED]);
  assert.deepEqual([closed.owner, closed.releasableTo], ["GBR", []]);
  // Each has something that the other may not read: nobody but the log's keeper.
  const neither = narrowest([{ ...OPEN, releasableTo: [] }, CLOSED]);
  assert.deepEqual([neither.owner, neither.releasableTo], ["XXX", []]);
});

test("an act that is refused writes nothing; two at once: the second is told that it was overtaken or refused", async () => {
  const store = await openStore(join(folder, "two"), { create: true, node: "node-a", clock: () => NOW });
  await record(store, [report("ev-a", 48.5), report("ev-b", 48.51)]);
  const [found] = (await detect(store)).incidents;
  const incident = found?.id ?? "";
  const before = (await readDesk(store)).events.length;
  const assess = { type: "incident.moved", body: { incident, to: "assessed", reason: "x" }, actor: "person:p-1" };
  assert.equal((await act(store, assess, NOW)).code, "refused");
  assert.equal((await readDesk(store)).events.length, before);
  const verify = (who: string) => ({
    type: "incident.moved",
    body: { incident, to: "verified", asked: [], reason: "seen" },
    actor: `person:${who}`,
  });
  const done = await Promise.all([act(store, verify("p-1"), NOW), act(store, verify("p-2"), NOW)]);
  assert.deepEqual(done.map(({ code }) => code === "done").sort(), [false, true]);
  await store.close();
});

test("a reply that came in as evidence answers the incident that it names, once", async () => {
  const store = newStore();
  await record(store, [report("ev-a", 48.5), report("ev-b", 48.51)]);
  const [found] = (await detect(store)).incidents;
  const incident = found?.id ?? "";
  const until = { start: instant(NOW + MS_PER_DAY), end: instant(NOW + MS_PER_DAY + 1) };
  const asked = [{ party: "party-a", until: { ...until } }];
  const body = { incident, to: "verified", asked, reason: "seen" };
  assert.equal((await act(store, { type: "incident.moved", body, actor: "person:p-1" }, NOW)).code, "done");
  const party = [...sources.values()].find((source) => source.party !== undefined);
  const answer = report("ev-r", 48.5, {
    form: "reply",
    origin: { source: party?.id ?? "", operator: party?.id ?? "" },
    measured: { reply: "r-1", incident, stance: "denies" },
  });
  await record(store, [answer]);
  await detect(store);
  await detect(store);
  const { cases } = await readDesk(store);
  const replies = cases.incidents.get(incident)?.replies.map(({ evidence }) => evidence);
  assert.deepEqual(replies, party?.party === "party-a" ? ["ev-r"] : []);
});

test("the taxonomy: likeness is the same both ways, and a dangling name is told with its line", async () => {
  for (const a of taxonomy.kinds)
    for (const b of taxonomy.kinds) assert.equal(taxonomy.likeness01(a, b), taxonomy.likeness01(b, a), `${a} ${b}`);
  for (const kind of taxonomy.kinds)
    for (const language of ["en", "uk", "fr"]) assert.notEqual(taxonomy.titleOf(kind, language), kind);
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(SHIPPED_TAXONOMY, "utf8");
  const file = join(folder, "bad.yaml");
  await writeFile(
    file,
    text
      .replace("explosion: 0.8", "explosoin: 0.8")
      .replace("group: air", "group: airs")
      .replace("[\n    overflight,", "[\n    overfligt,"),
  );
  await assert.rejects(readTaxonomy(file), (error: InputError) => {
    const told = error.problems.map(({ line, message }) => [line !== undefined, message.slice(0, 34)]);
    assert.deepEqual(told, [
      [true, 'no kind "overfligt" in this file; '],
      [true, 'no kind "explosoin" in this file; '],
      [true, 'no group "airs" in this file; did '],
    ]);
    return true;
  });
});

test("a report's words: the means before the effect, whole words where a stem would say too much, else unknown", () => {
  for (const [text, kind] of [
    ["Вибухи у місті", "explosion"],
    ["Ночью был обстрел из «Градов»", "fire-rocket"],
    ["На вулиці 5 градусів морозу", "unknown"],
    ["Ракетний удар по підстанції", "missile"],
    ["Пошкоджено залізничний МІСТ", "infrastructure"],
    ["У місті тихо", "unknown"],
    ["Разведывательный беспилотник над селом", "overflight"],
    ["Безпілотник влучив у нафтобазу", "drone-attack"],
    ["Миномётный обстрел села", "fire-mortar"],
    ["Artillery shelling near\nthe bridge", "fire-artillery"],
    ["A Shahed was heard", "drone-attack"],
    ["Townships and relationship", "unknown"],
    ["", "unknown"],
  ] as const)
    assert.equal(taxonomy.kindOfText(text), kind, text);
  // A kind is found by each of its own words, unless one asked before it has a word in it.
  const told = taxonomy.kinds.flatMap((kind) =>
    (taxonomy.kindOf(kind).words ?? []).map((word) => [kind, word] as const),
  );
  const stolen = told.filter(([kind, word]) => taxonomy.kindOfText(word.replace("$", "")) !== kind);
  assert.deepEqual(
    stolen.map(([, word]) => word),
    [],
  );
});

test("a kind that a person set stays when more comes in", async () => {
  const store = newStore();
  await record(store, [report("ev-a", 48.5)]);
  const [found] = (await detect(store)).incidents;
  const incident = found?.id ?? "";
  const body = { incident, kind: "fire-mortar", reason: "crater seen" };
  assert.equal((await act(store, { type: "incident.revised", body, actor: "person:p-3" }, NOW)).code, "done");
  await record(store, [report("ev-b", 48.505), report("ev-c", 48.505)]);
  assert.ok((await detect(store)).linked > 0);
  const after = (await readDesk(store)).cases.incidents.get(incident);
  assert.deepEqual([after?.kind, after?.kindBy], ["fire-mortar", "person:p-3"]);
});

test("places in words: the nearest settlement, its distance, and the wind in which the place lies from it", async () => {
  const town = { name: "Town", area: "A", latitudeDeg: 48, longitudeDeg: 37 };
  const { nearest } = gazetteerOf([town, { ...town, name: "Far", latitudeDeg: 49 }], []);
  const winds = { n: [48.1, 37], ne: [48.1, 37.15], e: [48, 37.15], sw: [47.9, 36.85], w: [48, 36.85] } as const;
  for (const [wind, [latitudeDeg, longitudeDeg]] of Object.entries(winds))
    assert.equal(nearest({ latitudeDeg, longitudeDeg })?.bearing, wind);
  assert.equal(nearest({ latitudeDeg: 48.005, longitudeDeg: 37 })?.bearing, undefined);
  assert.ok(Math.abs((nearest({ latitudeDeg: 48.1, longitudeDeg: 37 })?.km ?? 0) - 11.12) < 0.01);
  const shipped = await readGazetteer();
  assert.equal(shipped.nearest({ latitudeDeg: 49.9922, longitudeDeg: 36.2312 })?.area, "Kharkiv");
});

test("a table of settlements with a fault is refused with its line", async () => {
  const file = join(folder, "towns.csv");
  await writeFile(file, 'name,area,latitude,longitude\n"Town, old",A,48,37\nB,A,x,37\n');
  await assert.rejects(readGazetteer(file), /towns\.csv:3: latitude: expected a number, found "x"/);
});

test("evidence of before the span asked for stays out", async () => {
  const store = newStore();
  const early = report("ev-a", 48.5, {
    when: { start: instant(DAY - 2 * MS_PER_DAY), end: instant(DAY - MS_PER_DAY) },
  });
  await record(store, [early, report("ev-b", 48.5)]);
  const span = { start: DAY, end: instant(DAY + MS_PER_DAY) };
  const found = await detectIncidents({ store, taxonomy, sources, now: NOW, span, isDryRun: true });
  assert.deepEqual([found.opened, (await readDesk(store)).events.length], [1, 0]);
});

test("what is said of an incident as a whole goes no further than all that it rests on by then", async () => {
  const store = newStore();
  await record(store, [report("ev-a", 48.5)]);
  const [first] = (await detect(store)).incidents;
  const incident = first?.id ?? assert.fail();
  assert.deepEqual((await readDesk(store)).narrowed.get(incident)?.releasableTo, ["FRA", "GBR"]);
  await record(store, [report("ev-b", 48.5)], CLOSED);
  await detect(store);
  const desk = await readDesk(store);
  assert.equal(mayRead(desk.narrowed.get(incident) ?? assert.fail(), "FRA"), false);
  assert.deepEqual(desk.markings.get(incident)?.releasableTo, ["FRA", "GBR"]);
  const said = await act(
    store,
    { type: "incident.moved", body: { incident, to: "verified", asked: [], reason: "seen" }, actor: "person:p-3" },
    NOW,
  );
  assert.equal(said.code, "done");
  const moves: EventHeader[] = [];
  for await (const event of store.events({ types: ["incident.moved"] })) moves.push(event.header);
  assert.equal(mayRead(moves.at(-1)?.marking ?? assert.fail(), "FRA"), false);
});
