/** Both agreements that ship, through one suite: nothing in the engine knows which it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { deadlinesOf, endsOf } from "@vedette/core/agreement/calendar";
import type { IncidentFacts } from "@vedette/core/agreement/facts";
import { readingOf } from "@vedette/core/agreement/reading";
import type { Verdict } from "@vedette/core/agreement/share";
import { touchesOf } from "@vedette/core/agreement/touch";
import { assessmentGateOf } from "@vedette/core/agreement/waiting";
import type { Located, LocationBasis } from "@vedette/core/geo/located";
import { type Interval, instant } from "@vedette/core/time/instant";
import { readAgreement } from "../src/scenario/agreement.ts";
import { at, factsOf, fileOf, hoursAfter, Log, moment } from "./agreement-fixture.ts";

const place = (latitudeDeg: number, longitudeDeg: number, radiusKm: number, basis: LocationBasis = "fix"): Located => ({
  latitudeDeg,
  longitudeDeg,
  radiusKm,
  basis,
});

interface Setting {
  readonly file: string;
  /** Clause, incident, and what must be said of it. */
  readonly cases: readonly (readonly [string, Partial<IncidentFacts>, Verdict])[];
  /** An incident that surely touches, with its state left to the test. */
  readonly sure: {
    readonly kind: string;
    readonly where: Located;
    readonly when: Interval;
    readonly measures?: IncidentFacts["measures"];
  };
  /** The clock that starts at once; the step that stops it; the step that asks the parties, and their clock. */
  readonly clock: string;
  readonly stoppedBy: string;
  readonly asks: string;
  readonly replies: string;
  readonly parties: readonly string[];
}

const SETTINGS: readonly Setting[] = [
  {
    file: "paris-illustration",
    cases: [
      ["fire-at-contact", { kind: "fire-mortar" }, "touches"],
      ["fire-at-contact", { kind: "explosion" }, "cannot-be-told"],
      ["fire-at-contact", { kind: "explosion", mayBe: ["fire-mortar"] }, "cannot-be-told"],
      ["fire-at-contact", { kind: "fire-mortar", mayBe: ["fire-tank"] }, "touches"],
      ["fire-at-contact", { kind: "maritime" }, "does-not"],
      ["fire-at-contact", { kind: "unknown" }, "cannot-be-told"],
      // Kharkiv city is some 30 km from the exercise line, Lviv far away.
      ["fire-at-contact", { kind: "fire-mortar", where: place(49.84, 24.03, 5) }, "does-not"],
      ["artillery-withdrawn", { kind: "heavy-weapon", measures: { calibreMm: 122 } }, "touches"],
      ["artillery-withdrawn", { kind: "heavy-weapon", measures: { calibreMm: 82 } }, "does-not"],
      [
        "artillery-withdrawn",
        { kind: "heavy-weapon", measures: { calibreMm: { low: 82, high: 120 } } },
        "cannot-be-told",
      ],
      ["artillery-withdrawn", { kind: "heavy-weapon" }, "cannot-be-told"],
      ["shelling", { kind: "explosion", measures: { rounds: 11 } }, "touches"],
      ["shelling", { kind: "explosion", measures: { rounds: 10 } }, "does-not"],
      ["shelling", { kind: "explosion" }, "cannot-be-told"],
      ["special-site", { kind: "drone-attack", where: place(47.512, 34.586, 2) }, "touches"],
      ["at-sea", { kind: "maritime", where: place(45.9, 31.2, 3) }, "touches"],
      ["monitors", { kind: "jamming", where: place(48.5, 32, 40, "area") }, "touches"],
      ["strike", { kind: "missile", where: place(50.45, 30.52, 8, "settlement") }, "touches"],
    ],
    sure: {
      kind: "fire-artillery",
      where: place(48.02, 37.8, 2, "settlement"),
      when: { start: at("2022-06-01T03:00:00Z"), end: at("2022-06-01T09:00:00Z") },
      measures: { calibreMm: 152, rounds: 30 },
    },
    clock: "warning",
    stoppedBy: "diplomatic-warning",
    asks: "ask-parties",
    replies: "replies",
    parties: ["party-a", "party-b"],
  },
  {
    file: "meridian-strait",
    cases: [
      ["exclusion", { kind: "maritime" }, "touches"],
      // In the corridor, on either side of the antimeridian and upon it.
      ["exclusion", { kind: "maritime", where: place(-16.95, 179.95, 1) }, "does-not"],
      ["exclusion", { kind: "maritime", where: place(-16.9, 180, 1) }, "does-not"],
      ["exclusion", { kind: "maritime", where: place(-16.85, -179.93, 1) }, "does-not"],
      // Upon the corridor's edge.
      ["exclusion", { kind: "maritime", where: place(-17.014, 179.96, 3) }, "cannot-be-told"],
      ["exclusion", { kind: "maritime", where: place(-14, 179, 3) }, "does-not"],
      ["exclusion", { kind: "line-crossing" }, "cannot-be-told"],
      ["mines", { kind: "mines", where: place(-18.0, 179, 2) }, "touches"],
      ["mines", { kind: "mines", where: place(-18.4, 179, 2) }, "does-not"],
      ["observers", { kind: "jamming", where: place(-17.1, -179.4, 1) }, "touches"],
      ["observers", { kind: "overflight", where: place(-16.8, 179.45, 1) }, "touches"],
      [
        "closed-season",
        { kind: "maritime", where: place(-16.9, 180, 1), when: moment("2028-03-10T00:00:00Z") },
        "touches",
      ],
      [
        "closed-season",
        {
          kind: "maritime",
          where: place(-16.9, 180, 1),
          when: { start: at("2028-02-29T20:00:00Z"), end: at("2028-03-01T04:00:00Z") },
        },
        "cannot-be-told",
      ],
      ["incursions", { kind: "maritime" }, "does-not"],
    ],
    sure: {
      kind: "maritime",
      where: place(-17.4, -179.3, 1),
      when: { start: at("2028-02-27T22:00:00Z"), end: at("2028-02-28T02:00:00Z") },
    },
    clock: "protest",
    stoppedBy: "protest",
    asks: "protest",
    replies: "answers",
    parties: ["aurelia", "samra"],
  },
];

for (const setting of SETTINGS) {
  const { file, sure } = setting;
  const incident = (more: Partial<IncidentFacts> = {}): IncidentFacts =>
    factsOf({
      id: "in-1",
      ...sure,
      state: "located",
      more: { ...(sure.measures && { measures: sure.measures }), ...more },
    });

  test(`${file}: clauses are touched, not touched, or it cannot be told`, async () => {
    const { edition } = await readAgreement(fileOf(file));
    for (const [clause, more, verdict] of setting.cases) {
      const { measures: _, ...bare } = incident();
      const facts = { ...bare, ...more };
      const { touches } = touchesOf([edition], edition.ref.id, facts, [facts]);
      const found = touches.find((touch) => touch.clause === clause) ?? assert.fail(clause);
      assert.equal(found.verdict, verdict, `${clause} ${JSON.stringify(more)}: ${JSON.stringify(found.reasons)}`);
      assert.deepEqual(found.agreement, edition.ref);
    }
  });

  test(`${file}: before it is in force nothing is touched; across its first instant it cannot be told`, async () => {
    const { edition } = await readAgreement(fileOf(file));
    const { from } = edition.inForce;
    const before = incident({ when: { start: hoursAfter(from, -2), end: hoursAfter(from, -1) } });
    assert.deepEqual(touchesOf([edition], edition.ref.id, before, []).touches, []);
    const across = incident({ when: { start: hoursAfter(from, -1), end: hoursAfter(from, 1) } });
    const { touches } = touchesOf([edition], edition.ref.id, across, []);
    assert.ok(touches.some(({ verdict }) => verdict === "cannot-be-told"));
    assert.ok(!touches.some(({ verdict }) => verdict === "touches"));
  });

  test(`${file}: the life of an incident, from the first clock to the replies`, async () => {
    const { edition } = await readAgreement(fileOf(file));
    const { agreement } = edition;
    const log = new Log(edition.ref.id);
    const { start: begin } = sure.when;
    const seen = { start: hoursAfter(begin, 8), end: hoursAfter(begin, 9) };
    log.adopt(edition, "2022-01-01T00:00:00Z");
    log.incidents = [incident({ firstObserved: seen })];
    const now = hoursAfter(begin, 10);

    // The clock starts by itself, with both ends, and deadlines for both.
    const first = log.advance(now);
    const clock = [...log.record.clocks.values()].find(({ of }) => of === setting.clock) ?? assert.fail();
    const terms = agreement.clocks[setting.clock] ?? assert.fail();
    const startsWith = "from" in terms && terms.from === "occurred" ? sure.when : seen;
    assert.deepEqual(clock.start, endsOf(startsWith));
    const reading = readingOf(log.record.book, clock, now);
    if (reading.code !== "running") assert.fail(reading.code);
    assert.deepEqual(reading.deadline, deadlinesOf(terms.runs, clock.start, { calendar: agreement.calendar }));
    assert.equal(reading.due, "ahead");
    assert.ok(first.waiting.some((one) => one.code === "sign" && one.step === setting.stoppedBy));

    // Nobody but a person signs, no sooner than the agreement allows, and nobody twice.
    const facts = log.incidents[0] ?? assert.fail();
    const notice = [...log.record.notices.values()].find(({ step }) => step === setting.stoppedBy) ?? assert.fail();
    const needs = agreement.steps[setting.stoppedBy]?.needs;
    if (needs !== undefined)
      assert.ok(
        log
          .sign(setting.stoppedBy, "person-7", moment("2028-03-01T00:00:00Z"))
          .every(({ code }) => code === "too-early"),
      );
    assert.ok(
      log
        .sign(setting.stoppedBy, "engine", moment("2028-03-01T00:00:00Z"))
        .every(({ code }) => code === "not-a-person"),
    );
    assert.deepEqual(assessmentGateOf(log.survey(now), facts), { code: "not-asked", parties: setting.parties });

    log.change("in-1", { state: "verified", since: { verified: { start: now, end: instant(now + 1) } } });
    log.advance(now);
    const askedAt = { start: hoursAfter(begin, 11), end: instant(hoursAfter(begin, 11) + 1) };
    assert.ok(log.sign(setting.asks, "person-2", askedAt).every(({ code }) => code === "done"));
    assert.ok(log.sign(setting.asks, "person-2", askedAt).every(({ code }) => code === "signed-before"));
    assert.ok(log.sign(setting.asks, "person-3", askedAt).every(({ code }) => code === "complete"));

    // The parties' clocks run from the signature; assessment waits for both.
    log.advance(askedAt.end);
    const replies = [...log.record.clocks.values()].filter(({ of }) => of === setting.replies);
    assert.deepEqual(replies.map(({ party }) => party).sort(), setting.parties);
    for (const one of replies) assert.deepEqual(one.start, endsOf(askedAt));
    const gate = () => assessmentGateOf(log.survey(hoursAfter(begin, 13)), log.incidents[0] ?? assert.fail());
    assert.equal(gate().code, "waits");
    const [firstParty = "", secondParty = ""] = setting.parties;
    log.change("in-1", { replies: [{ party: firstParty, at: askedAt }] });
    log.advance(hoursAfter(begin, 12));
    const waiting = gate();
    assert.deepEqual(waiting.code === "waits" && waiting.for.map(({ party }) => party), [secondParty]);
    const over = assessmentGateOf(log.survey(hoursAfter(begin, 24 * 30)), log.incidents[0] ?? assert.fail());
    assert.deepEqual(over, { code: "open", replied: [firstParty], silent: [secondParty] });

    // Signed by as many as it takes, the step stops its clock, and whether that was in time is on record.
    if (setting.stoppedBy !== setting.asks) log.sign(setting.stoppedBy, "person-2", askedAt);
    log.advance(hoursAfter(begin, 14));
    const stopped = log.record.clocks.get(clock.clock)?.stopped ?? assert.fail("still runs");
    assert.deepEqual(stopped.because, { code: "signed", step: setting.stoppedBy });
    const final = readingOf(log.record.book, log.record.clocks.get(clock.clock) ?? assert.fail(), now);
    assert.equal(final.code === "stopped" && final.inTime, "yes");
    assert.equal(
      log.record.notices.get(notice.notice)?.signatures.length,
      agreement.steps[setting.stoppedBy]?.signatures,
    );
    assert.deepEqual(log.record.refused, []);
  });

  test(`${file}: notices stand in every language of their recipients, complete, and change until they are signed`, async () => {
    const { edition } = await readAgreement(fileOf(file));
    const { agreement } = edition;
    const log = new Log(edition.ref.id);
    log.adopt(edition, "2022-01-01T00:00:00Z");
    // A name that would break out of a line, a template and the direction of the text.
    const where = { ...sure.where, name: "A {deadline}\nB\u202e" };
    log.incidents = [incident({ where, state: "verified" })];
    const now = hoursAfter(sure.when.start, 10);
    log.advance(now);
    const notices = [...log.record.notices.values()];
    const tells = agreement.steps[setting.stoppedBy]?.tells ?? [];
    const expected = tells.flatMap(({ recipient }) => agreement.recipients[recipient]?.languages ?? []);
    assert.deepEqual(
      notices.filter(({ step }) => step === setting.stoppedBy).map(({ language }) => language),
      expected,
    );
    for (const { text, subject, language } of notices) {
      assert.doesNotMatch(`${subject}${text}`.replaceAll("{deadline}", ""), /[{}]|undefined|NaN|\u202e/);
      assert.match(text, /A \{deadline\} B/, "a name is never read as a template");
      assert.equal(text.includes("\u2068"), agreement.languages[language]?.direction === "rtl");
      const title = agreement.title[language] ?? assert.fail();
      assert.ok(text.includes(title));
    }
    log.change("in-1", { evidence: 5, firstObserved: { start: sure.when.start, end: instant(sure.when.start + 1) } });
    log.advance(now);
    const again = [...log.record.notices.values()].filter(({ step }) => step === setting.stoppedBy);
    assert.ok(again.every(({ revision }) => revision === 2));
    // What was read is not what stands there now: the old revision cannot be signed any more.
    const known = again[0] ?? assert.fail();
    log.sign(setting.stoppedBy, "person-2", { start: now, end: instant(now + 1) });
    log.change("in-1", { evidence: 6 });
    log.advance(now);
    assert.equal(log.record.notices.get(known.notice)?.revision, 2, "signed, it is not drafted again");
  });

  test(`${file}: a retracted incident has no clocks; one that turns out elsewhere loses its own, and may get it back`, async () => {
    const { edition } = await readAgreement(fileOf(file));
    const log = new Log(edition.ref.id);
    const now = hoursAfter(sure.when.start, 10);
    log.adopt(edition, "2022-01-01T00:00:00Z");
    log.incidents = [incident()];
    log.advance(now);
    const stateOf = () => [...log.record.clocks.values()].map(({ stopped }) => stopped?.because.code);
    assert.deepEqual(stateOf(), [undefined]);
    log.change("in-1", { where: place(10, 10, 1) });
    log.advance(now);
    assert.deepEqual(stateOf(), ["no-longer-touches"]);
    log.change("in-1", { where: sure.where });
    log.advance(now);
    assert.deepEqual(stateOf(), [undefined]);
    log.change("in-1", { state: "retracted" });
    log.advance(now);
    assert.deepEqual(stateOf(), ["retracted"]);
    log.advance(hoursAfter(now, 100));
    assert.deepEqual(stateOf(), ["retracted"]);
  });
}
