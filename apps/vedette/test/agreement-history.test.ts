/** Editing an agreement never rewrites history; and breaches of several incidents, over hours, as they become known. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { draftsOfAgreement } from "@vedette/core/agreement/advance";
import { editionNamed } from "@vedette/core/agreement/edition";
import { readingOf } from "@vedette/core/agreement/reading";
import { EMPTY_RECORD, recordOf } from "@vedette/core/agreement/record";
import { signNotice, turnClock } from "@vedette/core/agreement/sign";
import { touchesOf } from "@vedette/core/agreement/touch";
import { assessmentGateOf, nationalAfter } from "@vedette/core/agreement/waiting";
import type { Located } from "@vedette/core/geo/located";
import type { Marking } from "@vedette/core/record/marking";
import { instant, isoOf } from "@vedette/core/time/instant";
import { readAgreement } from "../src/scenario/agreement.ts";
import { at, factsOf, fileOf, Log, MARKING, moment } from "./agreement-fixture.ts";
import { temporaryFolder } from "./scenario-fixture.ts";

const PARIS = readFileSync(fileOf("paris-illustration"), "utf8");
const DONETSK: Located = { latitudeDeg: 48.02, longitudeDeg: 37.8, radiusKm: 2, basis: "fix" };

async function edited(t: TestContext, changes: readonly (readonly [string, string])[]) {
  let text = PARIS;
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), from);
    text = text.replace(from, to);
  }
  const file = join(temporaryFolder(t), "agreement.yaml");
  writeFileSync(file, text);
  return (await readAgreement(file)).edition;
}

const VERSION_2 = [
  ["version: 1", "version: 2"],
  ["from: 2022-01-01T00:00:00Z", "from: 2022-07-01T00:00:00Z"],
  ["runs: { hours: 24 }", "runs: { hours: 6 }"],
  ["share01: 0.95", "share01: 0.8"],
] as const;

const shelling = (id: string, when: string, km = 0) =>
  factsOf({
    id,
    kind: "fire-artillery",
    where: { ...DONETSK, latitudeDeg: DONETSK.latitudeDeg - km / 111.2 },
    when: moment(when),
    state: "corroborated",
  });

test("a digest is of what is meant: not of comments and spaces, but of every figure, also of zones in other files", async (t) => {
  const shipped = await edited(t, []);
  const same = await edited(t, [["id: paris-illustration", "# a comment\nid:   paris-illustration"]]);
  assert.equal(same.ref.digest, shipped.ref.digest);
  const changes = [
    [["runs: { hours: 24 }", "runs: { hours: 25 }"]],
    [["coordinates: [34.586, 47.512]", "coordinates: [34.587, 47.512]"]],
    [["zone: line }", "zone: line }\n    bufferKm: 24"]],
    [["one press report; Vedette only informs", "one report; Vedette only informs"]],
  ] as const;
  for (const change of changes) assert.notEqual((await edited(t, change)).ref.digest, shipped.ref.digest);
});

test("a file that is edited in place changes nothing of what was begun under it, and is refused as the same version", async (t) => {
  const first = await edited(t, []);
  const log = new Log(first.ref.id);
  log.adopt(first, "2022-05-01T00:00:00Z");
  log.incidents = [shelling("in-1", "2022-06-01T03:00:00Z")];
  log.advance(at("2022-06-01T05:00:00Z"));
  const before = log.record;
  const stopwatch = [...before.clocks.values()].map((clock) =>
    readingOf(before.book, clock, at("2022-06-01T06:00:00Z")),
  );
  const touches = JSON.stringify(touchesOf(before.book, first.ref.id, shelling("in-1", "2022-06-01T03:00:00Z"), []));

  const tampered = await edited(t, [["runs: { hours: 24 }", "runs: { hours: 6 }"]]);
  log.adopt(tampered, "2022-06-01T05:30:00Z");
  const after = log.record;
  assert.match(after.refused[0]?.reason ?? "", /version 1 of paris-illustration was adopted with another text/);
  assert.deepEqual(
    [...after.clocks.values()].map((clock) => readingOf(after.book, clock, at("2022-06-01T06:00:00Z"))),
    stopwatch,
  );
  assert.equal(
    JSON.stringify(touchesOf(after.book, first.ref.id, shelling("in-1", "2022-06-01T03:00:00Z"), [])),
    touches,
  );
  log.advance(at("2022-06-01T06:00:00Z"));

  // With nothing but the altered file, what names the old text is not read by the new one.
  const clock = [...after.clocks.values()][0] ?? assert.fail();
  assert.equal(readingOf([tampered], clock, at("2022-06-01T06:00:00Z")).code, "altered");
  assert.equal(readingOf([], clock, at("2022-06-01T06:00:00Z")).code, "missing");
});

test("a newer version is in force from its own date: what happened before is judged by the old one, for ever", async (t) => {
  const [first, second] = [await edited(t, []), await edited(t, VERSION_2)];
  const log = new Log(first.ref.id);
  log.adopt(first, "2022-05-01T00:00:00Z");
  log.incidents = [shelling("old", "2022-06-30T20:00:00Z")];
  log.advance(at("2022-06-30T21:00:00Z"));
  const before = JSON.stringify([...log.record.clocks.values()]);
  log.adopt(second, "2022-06-30T22:00:00Z");
  log.incidents.push(shelling("new", "2022-07-02T10:00:00Z"));
  log.advance(at("2022-07-02T11:00:00Z"));

  const clocks = [...log.record.clocks.values()];
  assert.equal(JSON.stringify(clocks.filter(({ incident }) => incident === "old")), before);
  const hoursOf = (id: string) =>
    clocks
      .filter(({ incident, of }) => incident === id && of === "warning")
      .map((clock) => {
        const reading = readingOf(log.record.book, clock, at("2022-06-30T21:00:00Z"));
        return reading.code === "running"
          ? (reading.deadline.earliest - reading.start.earliest) / 3_600_000
          : reading.code;
      });
  assert.deepEqual([hoursOf("old"), hoursOf("new")], [[24], [6]]);
  const versionsOf = (when: string, more = {}) => {
    const facts = { ...shelling("x", when), ...more };
    return [
      ...new Set(touchesOf(log.record.book, first.ref.id, facts, []).touches.map(({ agreement }) => agreement.version)),
    ];
  };
  assert.deepEqual(versionsOf("2022-06-30T23:59:59Z"), [1]);
  assert.deepEqual(versionsOf("2022-07-01T00:00:00Z"), [2]);
  const night = { start: at("2022-06-30T22:00:00Z"), end: at("2022-07-01T02:00:00Z") };
  assert.deepEqual(versionsOf("2022-06-30T23:00:00Z", { when: night }), [1, 2]);
  // An assessment names its edition; no later one is asked, whatever the times turn out to be.
  assert.deepEqual(versionsOf("2022-07-05T00:00:00Z", { assessedUnder: first.ref }), [1]);
  const lost = touchesOf(
    [second],
    first.ref.id,
    { ...shelling("x", "2022-06-01T00:00:00Z"), assessedUnder: first.ref },
    [],
  );
  assert.deepEqual([lost.touches, lost.problem?.code], [[], "missing"]);
  assert.equal(editionNamed(log.record.book, { ...first.ref, digest: second.ref.digest }).code, "altered");
});

test("one breach of several incidents has one wider clock, from the first, also where the first is learnt of last", async (t) => {
  const edition = await edited(t, []);
  const log = new Log(edition.ref.id);
  log.adopt(edition, "2022-05-01T00:00:00Z");
  const wider = () => [...log.record.clocks.values()].filter(({ of, stopped }) => of === "wider-response" && !stopped);
  const starts = () => wider().map(({ start }) => isoOf(start.earliest).slice(0, 13));
  log.incidents = [shelling("b", "2022-06-02T03:00:00Z", 4), shelling("c", "2022-06-02T20:00:00Z", 1)];
  log.advance(at("2022-06-02T21:00:00Z"));
  assert.deepEqual(starts(), ["2022-06-02T03"]);
  // Too far, too late, and the first of all.
  log.incidents.push(shelling("far", "2022-06-02T04:00:00Z", 60), shelling("late", "2022-06-04T01:00:00Z"));
  log.advance(at("2022-06-04T02:00:00Z"));
  assert.deepEqual(starts().sort(), ["2022-06-02T03", "2022-06-04T01"]);
  log.incidents.push(shelling("a", "2022-06-01T09:00:00Z", 2));
  log.advance(at("2022-06-04T03:00:00Z"));
  assert.deepEqual(starts().sort(), ["2022-06-01T09", "2022-06-04T01"], "corrected, and none of its own for the first");
  log.change("a", { state: "retracted" });
  log.advance(at("2022-06-04T04:00:00Z"));
  assert.deepEqual(starts().sort(), ["2022-06-02T03", "2022-06-04T01"]);
});

test("the initial breach lies between ends: an incident that may belong to it pulls only the earliest", async (t) => {
  const edition = await edited(t, []);
  const log = new Log(edition.ref.id);
  log.adopt(edition, "2022-05-01T00:00:00Z");
  const vague = { ...shelling("a", "2022-06-01T09:00:00Z"), kind: "explosion" };
  log.incidents = [vague, shelling("b", "2022-06-02T03:00:00Z")];
  log.advance(at("2022-06-02T05:00:00Z"));
  const [clock = assert.fail()] = [...log.record.clocks.values()].filter(({ of }) => of === "wider-response");
  assert.equal(isoOf(clock.start.earliest), "2022-06-01T09:00:00.000Z");
  assert.equal(isoOf(clock.start.latest), "2022-06-02T03:00:00.000Z");
});

test("nothing that speaks of a breach is drafted before people have found one; two must sign it, and terms of parliaments run from that", async () => {
  const { edition } = await readAgreement(fileOf("meridian-strait"));
  const log = new Log(edition.ref.id);
  log.adopt(edition, "2028-02-04T12:00:00Z");
  const where: Located = { latitudeDeg: -17.99, longitudeDeg: 179, radiusKm: 1, basis: "fix" };
  const since = { verified: moment("2028-02-24T10:00:00Z") };
  log.incidents = [factsOf({ id: "m", kind: "mines", where, when: moment("2028-02-24T02:00:00Z"), more: { since } })];
  log.advance(at("2028-02-25T21:00:00Z"));
  const inspection = () => [...log.record.notices.values()].filter(({ step }) => step === "port-inspection");
  assert.equal(inspection().length, 0, "opened only when the 36 hours may be over");
  log.advance(at("2028-02-25T22:00:01Z"));
  assert.equal(inspection().length, 2);
  const signedAt = moment("2028-02-24T23:00:00Z");
  log.sign("port-inspection", "person-1", signedAt);
  const about = { step: "port-inspection", incident: "m" };
  assert.deepEqual(nationalAfter(edition.agreement, log.record, about), []);
  log.sign("port-inspection", "person-2", signedAt);
  // Thursday 24 February; Friday and Saturday are free, Monday is a day, Tuesday 29 a holiday.
  const [matter = assert.fail()] = nationalAfter(edition.agreement, log.record, about);
  assert.equal(isoOf(matter.parliament[0]?.deadline?.latest ?? assert.fail()), "2028-02-29T00:00:00.000Z");

  const paris = (await readAgreement(fileOf("paris-illustration"))).edition;
  const other = new Log(paris.ref.id);
  other.adopt(paris, "2022-05-01T00:00:00Z");
  other.incidents = [shelling("in-1", "2022-06-01T03:00:00Z")];
  const asks = () => [...other.record.notices.values()].filter(({ step }) => step === "wider-consultation").length;
  const { waiting } = other.advance(at("2022-06-01T05:00:00Z"));
  assert.ok(
    waiting.some((one) => one.code === "sign" && one.step === "wider-consultation" && one.needs?.finding === "breach"),
  );
  assert.equal(asks(), 0);
  other.change("in-1", { state: "assessed", finding: "undetermined" });
  other.advance(at("2022-06-01T06:00:00Z"));
  assert.equal(asks(), 0);
  other.change("in-1", { finding: "breach" });
  other.advance(at("2022-06-01T07:00:00Z"));
  assert.equal(asks(), 6);
});

test("only a clock that the agreement lets stand still does, by a person; it ends later by as long", async () => {
  const { edition } = await readAgreement(fileOf("meridian-strait"));
  const log = new Log(edition.ref.id);
  log.adopt(edition, "2028-02-04T12:00:00Z");
  const where: Located = { latitudeDeg: -17.4, longitudeDeg: -179.3, radiusKm: 1, basis: "fix" };
  log.incidents = [
    factsOf({ id: "v", kind: "maritime", where, when: moment("2028-03-06T10:00:00Z"), state: "reported" }),
  ];
  log.advance(at("2028-03-06T12:00:00Z"));
  const [clock = assert.fail()] = log.record.clocks.values();
  const deadline = () => {
    const now = log.record.clocks.get(clock.clock) ?? assert.fail();
    const reading = readingOf(log.record.book, now, at("2028-03-07T12:00:00Z"));
    return reading.code === "running" ? isoOf(reading.deadline.latest) : reading.code;
  };
  assert.equal(deadline(), "2028-03-10T00:00:00.000Z");
  const turn = (to: "suspended" | "running", when: string) => {
    const asked = { clock: clock.clock, to, reason: "storm" };
    const outcome = turnClock(log.record, asked, { person: "person-4", at: moment(when), marking: MARKING });
    if (outcome.code === "done") log.append([outcome.draft]);
    return outcome.code;
  };
  assert.equal(turn("running", "2028-03-07T08:00:00Z"), "running");
  assert.equal(turn("suspended", "2028-03-07T09:00:00Z"), "done");
  assert.equal(turn("suspended", "2028-03-07T10:00:00Z"), "suspended");
  assert.equal(deadline(), "suspended");
  assert.equal(turn("running", "2028-03-08T09:00:00Z"), "done");
  // Two days touched by the pause: three days end on Saturday 11, and on to Sunday, which is a working day there.
  assert.equal(deadline(), "2028-03-13T00:00:00.000Z");
  const paris = (await readAgreement(fileOf("paris-illustration"))).edition;
  const other = new Log(paris.ref.id);
  other.adopt(paris, "2022-05-01T00:00:00Z");
  other.incidents = [shelling("in-1", "2022-06-01T03:00:00Z")];
  other.advance(at("2022-06-01T05:00:00Z"));
  const [warning = assert.fail()] = other.record.clocks.keys();
  const act = { person: "person-4", at: moment("2022-06-01T06:00:00Z"), marking: MARKING };
  assert.equal(turnClock(other.record, { clock: warning, to: "suspended", reason: "no" }, act).code, "not-permitted");
});

test("a version that is adopted late, and reaches back, changes nothing of what has begun", async (t) => {
  const [first, second] = [await edited(t, []), await edited(t, VERSION_2)];
  const log = new Log(first.ref.id);
  log.adopt(first, "2022-05-01T00:00:00Z");
  log.incidents = [{ ...shelling("in-1", "2022-07-02T10:00:00Z"), state: "located" }];
  log.advance(at("2022-07-02T11:00:00Z"));
  log.adopt(second, "2022-07-02T12:00:00Z");
  log.change("in-1", { state: "corroborated" });
  log.advance(at("2022-07-02T13:00:00Z"));
  const clocks = [...log.record.clocks.values()];
  assert.deepEqual(
    clocks.map(({ of, agreement, stopped }) => [of, agreement.version, stopped]),
    [
      ["warning", 1, undefined],
      ["wider-response", 1, undefined],
    ],
  );
});

test("one of several notices signed stays as it was signed; the others follow the figures, and an old revision is not signed", async (t) => {
  const edition = await edited(t, []);
  const log = new Log(edition.ref.id);
  log.adopt(edition, "2022-05-01T00:00:00Z");
  log.incidents = [{ ...shelling("in-1", "2022-06-01T03:00:00Z"), state: "verified" }];
  const now = at("2022-06-01T05:00:00Z");
  log.advance(now);
  const [one = assert.fail(), two = assert.fail()] = [...log.record.notices.values()].filter(
    ({ step }) => step === "diplomatic-warning",
  );
  const act = { person: "person-2", at: moment("2022-06-01T05:00:00Z"), marking: MARKING };
  const sign = (notice: string, revision: number) => {
    const facts = log.incidents[0] ?? assert.fail();
    const outcome = signNotice(log.record, { notice, revision, facts }, act);
    if (outcome.code === "done") log.append([outcome.draft]);
    return outcome;
  };
  assert.equal(sign(one.notice, 1).code, "done");
  log.change("in-1", { evidence: 4 });
  log.advance(now);
  const revisionOf = (notice: string) => log.record.notices.get(notice)?.revision;
  assert.deepEqual([revisionOf(one.notice), revisionOf(two.notice)], [1, 2]);
  assert.deepEqual(sign(two.notice, 1), { code: "other-text", revision: 2 });
  assert.equal(sign("ntc-none", 1).code, "not-there");

  // What the log itself holds is no more believed: another text, another's name, the engine's own hand, a document altered.
  const known = log.record.notices.get(two.notice) ?? assert.fail();
  const body = { notice: known.notice, revision: 2, digest: known.digest, person: "person-2" };
  const forged: readonly (readonly [string, object])[] = [
    ["person-2", { ...body, digest: one.digest }],
    ["person-2", { ...body, revision: 1 }],
    ["person-9", body],
    ["engine", { ...body, person: "engine" }],
  ];
  for (const [actor, bad] of forged) {
    const event = { type: "notice.signed", at: act.at, actor, body: bad as typeof body };
    const after = recordOf([event], log.record);
    assert.equal(after.notices.get(two.notice)?.signatures.length, 0, JSON.stringify(bad));
    assert.equal(after.refused.length, log.record.refused.length + 1);
  }
  const document = JSON.parse(JSON.stringify({ ...edition.agreement, version: 3 }));
  const adopted = { agreement: { ...edition.ref, version: 3 }, document };
  const after = recordOf([{ type: "agreement.adopted", at: act.at, actor: "person-1", body: adopted }], log.record);
  assert.equal(after.book.length, 1);
});

test("between the two ends of a deadline it may be past: assessment still waits, and what was done then cannot be told in time", async (t) => {
  const edition = await edited(t, []);
  const log = new Log(edition.ref.id);
  log.adopt(edition, "2022-05-01T00:00:00Z");
  const seen = { start: at("2022-06-01T03:00:00Z"), end: at("2022-06-01T09:00:00Z") };
  log.incidents = [{ ...shelling("in-1", "2022-06-01T03:00:00Z"), state: "verified", firstObserved: seen }];
  const begin = at("2022-06-01T10:00:00Z");
  log.advance(begin);
  // Nobody knows better than to two hours when the question was signed; the parties have twelve from then.
  log.sign("ask-parties", "person-2", { start: begin, end: at("2022-06-01T12:00:00Z") });
  log.advance(at("2022-06-01T12:00:00Z"));
  const facts = log.incidents[0] ?? assert.fail();
  const gateAt = (text: string) => assessmentGateOf(log.survey(at(text)), facts).code;
  assert.deepEqual(["2022-06-01T21:59:59Z", "2022-06-01T23:00:00Z", "2022-06-02T00:00:00Z"].map(gateAt), [
    "waits",
    "waits",
    "open",
  ]);
  const inTime = (text: string) => {
    const other = new Log(edition.ref.id);
    other.record = recordOf([], log.record);
    other.incidents = log.incidents;
    other.sign("diplomatic-warning", "person-3", moment(text));
    other.advance(at("2022-06-03T00:00:00Z"));
    const clock = [...other.record.clocks.values()].find(({ of }) => of === "warning") ?? assert.fail();
    const reading = readingOf(other.record.book, clock, at("2022-06-03T00:00:00Z"));
    return reading.code === "stopped" ? reading.inTime : reading.code;
  };
  const times = ["2022-06-02T03:00:00Z", "2022-06-02T03:00:01Z", "2022-06-02T08:59:59Z", "2022-06-02T09:00:00Z"];
  assert.deepEqual(times.map(inTime), ["yes", "cannot-be-told", "cannot-be-told", "no"]);
});

test("what is drafted of an incident is marked as that incident is", async (t) => {
  const edition = await edited(t, []);
  const log = new Log(edition.ref.id);
  log.adopt(edition, "2022-05-01T00:00:00Z");
  const incidents = [shelling("in-1", "2022-06-01T03:00:00Z"), shelling("in-2", "2022-06-09T03:00:00Z")];
  const secret: Marking = { ...MARKING, owner: "FRA", originatorControlled: true };
  const { drafts } = draftsOfAgreement({
    agreement: edition.ref.id,
    incidents,
    record: log.record,
    now: at("2022-06-09T04:00:00Z"),
    actor: "engine",
    marking: MARKING,
    markings: new Map([["in-2", secret]]),
  });
  const ownersOf = (incident: string) =>
    new Set(
      drafts.flatMap(({ body, marking }) =>
        (body as { incident?: string }).incident === incident ? marking.owner : [],
      ),
    );
  assert.deepEqual([[...ownersOf("in-1")], [...ownersOf("in-2")]], [["EUE"], ["FRA"]]);
});

test("events that are not what they say change nothing, and are told", () => {
  const happened = { at: moment("2022-06-01T00:00:00Z"), actor: "person-1" };
  const events = [
    { type: "clock.started", body: { clock: 5 } },
    { type: "clock.stopped", body: { clock: "clk-none", because: { code: "retracted" } } },
    { type: "agreement.adopted", body: { agreement: { id: "x", version: 1, digest: "0" }, document: {} } },
    { type: "notice.signed", body: null },
    { type: "notice.signed" },
    { type: "something.else", body: {} },
  ].map((event) => ({ ...happened, ...event }));
  const record = recordOf(events);
  assert.deepEqual([record.clocks.size, record.notices.size, record.book.length], [0, 0, 0]);
  assert.equal(record.refused.length, 4);
  assert.deepEqual(EMPTY_RECORD.clocks.size, 0);
  assert.equal(instant(0), 0);
});
