/** Whatever events come, in whatever order, by whomever: no illegal state, and nothing but what an event says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { type Incident, personOf } from "../src/verify/incident.ts";
import { type CaseFile, foldCases, tryEvent } from "../src/verify/incident-fold.ts";
import { actor, history, nonsense, plausible, reason, START } from "./incident-arbitrary.ts";
import { BORIS, BREACH, event } from "./incident-fixture.ts";

/** Told from the history alone, by another way than the table in the code. */
const NEXT: Readonly<Record<string, string>> = {
  reported: "located retracted",
  located: "reported corroborated retracted",
  corroborated: "located verified retracted",
  verified: "corroborated assessed retracted",
  assessed: "verified referred closed retracted",
  referred: "assessed closed retracted",
  closed: "assessed referred",
  retracted: "reported located corroborated verified assessed referred",
};

function faultsOf({ history: steps, ...incident }: Incident): string[] {
  const faults: string[] = [];
  let state: string | undefined;
  let before: string | undefined;
  let assessor: string | undefined;
  const verifiers = new Set<string>();
  for (const { from, to, actor: by, reason: why } of steps) {
    if (why === "") faults.push("a change without a reason");
    if (to === undefined) continue;
    if (from !== state) faults.push(`from ${from} though it was ${state}`);
    if (from !== undefined && !NEXT[from]?.split(" ").includes(to)) faults.push(`${from} to ${to}`);
    if ((from === "closed" || from === "retracted") && to !== before) faults.push(`re-opened to ${to}, was ${before}`);
    const isEarly = ["reported", "located", "corroborated"].includes(to) && from !== "retracted" && from !== "verified";
    if (!isEarly && personOf(by) === undefined) faults.push(`${to} by ${by}`);
    if (to === "verified" && from === "corroborated") verifiers.add(personOf(by) as string);
    if (to === "assessed" && from === "verified") {
      assessor = personOf(by);
      if (assessor !== undefined && verifiers.has(assessor)) faults.push(`${assessor} verified and assessed`);
    }
    before = state;
    state = to;
  }
  if (state !== incident.state) faults.push(`state ${incident.state}, history ${state}`);
  if (incident.links.size === 0) faults.push("no evidence");
  const isAssessed = ["assessed", "referred", "closed"].includes(incident.state);
  if (isAssessed !== (incident.assessment !== undefined) && incident.state !== "retracted")
    faults.push("assessment and state disagree");
  if (incident.assessment !== undefined && incident.verifiers.includes(incident.assessment.by))
    faults.push("one person for both");
  return faults;
}

const plain = ({ incidents, ...rest }: CaseFile) => ({
  ...rest,
  ignored: [...rest.ignored].sort(),
  incidents: [...incidents].sort(([a], [b]) => (a < b ? -1 : 1)),
});

test("no illegal state is reached, whoever writes what", () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(history(plausible), (events) => {
      const { incidents } = foldCases(events);
      for (const incident of incidents.values()) {
        reached.add(incident.state);
        assert.deepEqual(faultsOf(incident), []);
        if (incident.mergedInto !== undefined)
          assert.ok(incidents.get(incident.mergedInto)?.absorbed.includes(incident.id));
      }
    }),
    { numRuns: 2000, seed: 1 },
  );
  // A search that never gets there would prove nothing.
  assert.equal(reached.size, 8);
});

test("the fold does not depend on the order in which events arrive, nor on one that comes twice", () => {
  fc.assert(
    fc.property(
      history(plausible).chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
        ),
      ),
      ([events, shuffled]) => {
        assert.deepEqual(plain(foldCases([...shuffled, ...shuffled.slice(0, 5)])), plain(foldCases(events)));
      },
    ),
    { numRuns: 300, seed: 2 },
  );
});

test("a bad event throws nothing and changes nothing; unknown types are counted and left", () => {
  fc.assert(
    fc.property(history(fc.oneof(plausible, nonsense)), nonsense, actor, (events, [type, made], by) => {
      const before = foldCases(events);
      const bad = event(type, made, { actor: by, sequence: events.length + 1, recordedAt: 1000 });
      const decision = tryEvent(before, bad);
      const after = foldCases([...events, bad]);
      if (decision.code !== "applied") assert.deepEqual(after.incidents, before.incidents);
      const count = [...after.ignored.values()].reduce((sum, n) => sum + n, 0);
      const applied = events.length + 1 - after.refused.length - count - after.withoutBody.length;
      assert.ok(applied >= 0);
    }),
    { numRuns: 1000, seed: 3 },
  );
});

test("event by event is the same as all at once", () => {
  fc.assert(
    fc.property(history(plausible), (events) => {
      const incidents = new Map<string, Incident>();
      for (const one of events) {
        const decision = tryEvent({ incidents, refused: [], ignored: new Map(), withoutBody: [] }, one);
        if (decision.code === "applied") for (const changed of decision.changed) incidents.set(changed.id, changed);
      }
      assert.deepEqual(incidents, foldCases(events).incidents);
    }),
    { numRuns: 300, seed: 4 },
  );
});

test("a planted fault is found: a verifier who assesses", () => {
  const events = START.slice(0, 4).map(([type, made, by], i) =>
    event(type, made, { actor: by, sequence: i + 1, recordedAt: i }),
  );
  events.push(
    event("incident.moved", { incident: "in-a", reason, ...BREACH }, { actor: BORIS, sequence: 5, recordedAt: 5 }),
  );
  const sound = foldCases(events).incidents.get("in-a") as Incident;
  assert.deepEqual(faultsOf(sound), []);
  const planted = sound.history.map((entry) => (entry.to === "assessed" ? { ...entry, actor: "Person:Anna" } : entry));
  assert.deepEqual(faultsOf({ ...sound, history: planted }), ["person:anna verified and assessed"]);
});
