/** Any course of events: the engine comes to rest, drafts nothing twice, and does nothing that is a person's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Edition } from "@vedette/core/agreement/edition";
import type { IncidentFacts } from "@vedette/core/agreement/facts";
import { readingOf } from "@vedette/core/agreement/reading";
import type { IncidentState } from "@vedette/core/agreement/terms";
import { instant } from "@vedette/core/time/instant";
import fc from "fast-check";
import { readAgreement } from "../src/scenario/agreement.ts";
import { at, factsOf, fileOf, hoursAfter, Log } from "./agreement-fixture.ts";

const ENGINE_ONLY = new Set(["clock.started", "clock.corrected", "clock.stopped", "notice.drafted"]);
/** Few, to keep the suite short; VEDETTE_PROPERTY_RUNS asks for more (150 of each were run once). */
const RUNS = Number(process.env["VEDETTE_PROPERTY_RUNS"] ?? 8);
const STATES: readonly IncidentState[] = [
  "reported",
  "located",
  "corroborated",
  "verified",
  "assessed",
  "closed",
  "retracted",
];

/** Where it plays: begin, and the places and kinds that happen there. */
const STAGES = [
  {
    file: "paris-illustration",
    begin: at("2022-06-01T00:00:00Z"),
    places: [
      [48.02, 37.8],
      [48.05, 37.83],
      [47.5, 34.6],
      [46.1, 31.2],
      [10, 10],
    ],
    kinds: ["fire-artillery", "explosion", "maritime", "missile", "unknown"],
  },
  {
    file: "meridian-strait",
    begin: at("2028-02-25T00:00:00Z"),
    places: [
      [-16.9, 180],
      [-17.4, -179.3],
      [-17.41, -179.31],
      [-16.8, 179.45],
      [10, 10],
    ],
    kinds: ["maritime", "mines", "jamming", "unknown", "line-crossing"],
  },
] as const;

const happening = fc.record({
  incident: fc.integer({ min: 0, max: 3 }),
  act: fc.constantFrom("moves", "state", "seen", "reply", "sign", "wait", "finding"),
  hours: fc.integer({ min: 0, max: 30 }),
  choice: fc.integer({ min: 0, max: 6 }),
});
type Happens = { incident: number; act: string; hours: number; choice: number };

function perform(
  log: Log,
  stage: (typeof STAGES)[number],
  edition: Edition,
  happens: Happens,
  now: ReturnType<typeof at>,
): void {
  const { incident, act, hours, choice } = happens;
  const id = `in-${incident}`;
  const [lat = 0, lon = 0] = stage.places[choice % stage.places.length] ?? [];
  const where = { latitudeDeg: lat, longitudeDeg: lon, radiusKm: 1 + choice, basis: "fix" } as const;
  const moment = { start: now, end: instant(now + 1) };
  const known = log.incidents.find((one) => one.id === id);
  if (known === undefined) {
    const when = { start: hoursAfter(now, -hours), end: instant(now + 1) };
    const kind = stage.kinds[choice % stage.kinds.length] ?? "unknown";
    log.incidents = [...log.incidents, factsOf({ id, kind, where, when, state: "reported" })];
  } else if (act === "moves") log.change(id, { where });
  else if (act === "seen") log.change(id, { firstObserved: { start: hoursAfter(now, -hours - 1), end: now } });
  else if (act === "state") {
    const state = STATES[choice] ?? "reported";
    log.change(id, { state, since: { ...known.since, [state]: moment } });
  } else if (act === "finding") log.change(id, { finding: choice % 2 === 0 ? "breach" : "no-breach" });
  else if (act === "reply") {
    const parties = Object.keys(edition.agreement.parties);
    log.change(id, { replies: [{ party: parties[choice % parties.length] ?? "", at: moment }] });
  } else if (act === "sign") {
    const steps = Object.keys(edition.agreement.steps);
    log.sign(steps[choice % steps.length] ?? "", `person-${hours % 3}`, moment);
  }
}

for (const stage of STAGES) {
  test(`property: ${stage.file}: any course of events`, async () => {
    const { edition } = await readAgreement(fileOf(stage.file));
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 14 }), (course) => {
        const log = new Log(edition.ref.id);
        log.adopt(edition, "2022-01-01T00:00:00Z");
        let now = stage.begin;
        let signed = 0;
        for (const happens of course) {
          now = hoursAfter(now, happens.act === "wait" ? happens.hours * 2 : 1);
          perform(log, stage, edition, happens, now);
          const before = [...log.record.notices.values()].reduce((sum, { signatures }) => sum + signatures.length, 0);
          // `advance` itself shows that the drafts are the same twice, and none a second time.
          const { drafts } = log.advance(now);
          assert.ok(drafts.every(({ type, actor }) => ENGINE_ONLY.has(type) && actor === "engine"));
          const after = [...log.record.notices.values()].reduce((sum, { signatures }) => sum + signatures.length, 0);
          assert.equal(after, before, "the engine neither signs nor loses a signature");
          signed = Math.max(signed, after);
        }
        assert.deepEqual(log.record.refused, []);
        for (const clock of log.record.clocks.values()) {
          assert.ok(clock.start.earliest <= clock.start.latest);
          const reading = readingOf(log.record.book, clock, now);
          if (reading.code === "running") assert.ok(reading.deadline.earliest <= reading.deadline.latest);
          const facts = log.incidents.find(({ id }) => id === clock.incident) as IncidentFacts;
          assert.ok(clock.stopped !== undefined || facts.state !== "retracted", "a retracted incident has no clocks");
        }
        for (const notice of log.record.notices.values()) {
          const people = notice.signatures.map(({ person }) => person);
          const needed = edition.agreement.steps[notice.step]?.signatures ?? 0;
          assert.ok(new Set(people).size === people.length && people.length <= needed);
        }
      }),
      { numRuns: RUNS },
    );
  });
}
