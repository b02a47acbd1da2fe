/** The life of an incident, step by step: what each guard lets through, and what it says where it does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Incident } from "../src/verify/incident.ts";
import {
  ANNA,
  ASKED,
  BORIS,
  BREACH,
  Chain,
  CLARA,
  corroborated,
  LOCATED,
  opened,
  PROGRAM,
} from "./incident-fixture.ts";

const of = (chain: Chain, id: string): Incident => chain.fold().incidents.get(id) as Incident;

test("the whole life: reported, located, corroborated, verified, replied, assessed, referred, closed", () => {
  const chain = new Chain()
    .corroborate("in-a")
    .move("in-a", ASKED, ANNA)
    .add("reply.submitted", { incident: "in-a", party: "north", evidence: "ev-r" })
    .move("in-a", BREACH, BORIS)
    .move("in-a", { to: "referred" }, BORIS)
    .move("in-a", { to: "closed" }, BORIS);
  const incident = of(chain, "in-a");
  assert.deepEqual(chain.codes(), []);
  assert.equal(incident.state, "closed");
  assert.deepEqual(
    incident.history.map(({ to }) => to),
    ["reported", "located", "corroborated", "verified", undefined, "assessed", "referred", "closed"],
  );
  assert.deepEqual(incident.assessment?.clauses, ["II.3(a)"]);
  assert.deepEqual(incident.assessment?.replied, ["north"]);
  assert.equal(incident.assessment?.agreement.version, 3);
});

test("no step is skipped, and the refusal says which are open", () => {
  const chain = new Chain().add("incident.opened", opened("in-a", ["ev-1", "ev-2"])).move("in-a", BREACH, ANNA);
  const [refused] = chain.fold().refused;
  assert.deepEqual(refused?.refusal, {
    code: "no-transition",
    from: "reported",
    to: "assessed",
    allowed: ["located", "retracted"],
  });
});

test("a place too vague is not located, with both figures", () => {
  const vague = { to: "located", located: { radiusKm: 120, withinKm: 15 } };
  const chain = new Chain().add("incident.opened", opened("in-a", ["ev-1"])).move("in-a", vague);
  assert.deepEqual(chain.fold().refused[0]?.refusal, { code: "not-located", radiusKm: 120, withinKm: 15 });
});

test("two that are counted must be linked as witnesses; one is too few", () => {
  const one = new Chain().add("incident.opened", opened("in-a", ["ev-1", "ev-2"])).move("in-a", LOCATED);
  one.move("in-a", corroborated(["ev-1"])).move("in-a", corroborated(["ev-1", "ev-x"]));
  one.add("incident.evidence-linked", { incident: "in-a", evidence: ["ev-c"], role: "context", reason: "near" });
  one.move("in-a", corroborated(["ev-1", "ev-c"]));
  // A count that its own list does not bear out.
  one.move("in-a", { to: "corroborated", independent: { count: 2, needed: 2, counted: ["ev-1"] } });
  assert.deepEqual(one.codes(), ["too-few-independent", "not-linked", "not-linked", "too-few-independent"]);
  assert.equal(of(one, "in-a").state, "located");
});

test("the program verifies, assesses, retracts, merges and splits nothing", () => {
  const chain = new Chain()
    .corroborate("in-a")
    .corroborate("in-b")
    .move("in-a", ASKED)
    .move("in-a", { to: "retracted" });
  chain.add("incident.merged", { incident: "in-a", into: "in-b", reason: "one" });
  chain.add("incident.split", { incident: "in-c", from: "in-b", evidence: ["in-b-1"], reason: "two" });
  assert.deepEqual(
    chain.codes(),
    Array.from({ length: 4 }, () => "needs-a-person"),
  );
});

test("who verified does not assess, however the name is written, nor through a merge", () => {
  const chain = new Chain().corroborate("in-a").corroborate("in-b");
  chain.move("in-a", ASKED, ANNA).move("in-a", { to: "corroborated" }, ANNA);
  chain
    .move("in-b", ASKED, BORIS)
    .add("incident.merged", { incident: "in-a", into: "in-b", reason: "one event" }, CLARA);
  chain.move("in-b", BREACH, ANNA, 40).move("in-b", BREACH, " Person:ANNA ", 41).move("in-b", BREACH, BORIS, 42);
  assert.deepEqual(chain.codes(), ["same-person", "same-person", "same-person"]);
  chain.move("in-b", BREACH, CLARA, 43);
  assert.equal(of(chain, "in-b").assessment?.by, CLARA);
  // And the other way about: what its assessor has verified is not merged into it.
  chain.corroborate("in-d").events.splice(-3);
  const late = new Chain();
  late.events.push(...chain.events);
  late.add("incident.opened", opened("in-d", ["d-1", "d-2"]), PROGRAM, 50);
  late.move("in-d", LOCATED, PROGRAM, 51).move("in-d", corroborated(["d-1", "d-2"]), PROGRAM, 52);
  late.move("in-d", { to: "verified", asked: [] }, CLARA, 53);
  late.add("incident.merged", { incident: "in-d", into: "in-b", reason: "one" }, BORIS, 54);
  assert.equal(late.codes().at(-1), "same-person");
});

test("assessment waits for the replies, or for the far end of their deadline", () => {
  const chain = new Chain().corroborate("in-a").move("in-a", ASKED, ANNA);
  chain.move("in-a", BREACH, BORIS, 20).move("in-a", BREACH, BORIS, 25);
  assert.deepEqual(chain.codes(), ["replies-awaited", "replies-awaited"]);
  chain.move("in-a", BREACH, BORIS, 26);
  assert.deepEqual(of(chain, "in-a").assessment?.silent, ["north"]);
  // A reply that comes too late stays in the record.
  chain.add("reply.submitted", { incident: "in-a", party: "north", evidence: "ev-late" }, PROGRAM, 30);
  assert.equal(of(chain, "in-a").replies.length, 1);
  assert.deepEqual(of(chain, "in-a").assessment?.replied, []);
});

test("verifying says whom it asks, with a deadline ahead; asking again takes no time away", () => {
  const chain = new Chain().corroborate("in-a").move("in-a", { to: "verified" }, ANNA);
  chain.move("in-a", ASKED, ANNA, 30);
  assert.deepEqual(chain.codes(), ["asks-unsaid", "deadline-past"]);
  const again = new Chain()
    .corroborate("in-a")
    .move("in-a", ASKED, ANNA, 5)
    .move("in-a", { to: "corroborated" }, ANNA, 6);
  again.move("in-a", { to: "verified", asked: [] }, ANNA, 7);
  assert.deepEqual(
    of(again, "in-a").asked.map(({ party }) => party),
    ["north"],
  );
});

test("an assessment names finding, agreement, and the clause of a breach", () => {
  const chain = new Chain().corroborate("in-a").move("in-a", { to: "verified", asked: [] }, ANNA);
  const { agreement } = BREACH;
  chain.move("in-a", { to: "assessed" }, BORIS).move("in-a", { to: "assessed", finding: "breach" }, BORIS);
  chain.move("in-a", { to: "assessed", finding: "breach", agreement }, BORIS);
  chain.move("in-a", { to: "assessed", finding: "no-breach", agreement, clauses: ["1"] }, BORIS);
  chain
    .move("in-a", { to: "assessed", finding: "no-breach", agreement }, BORIS)
    .move("in-a", { to: "referred" }, BORIS);
  assert.deepEqual(chain.codes(), [
    "no-finding",
    "no-agreement",
    "no-clause",
    "clause-without-breach",
    "nothing-to-refer",
  ]);
});

test("each step is undone by its reverse, and the history keeps both", () => {
  const chain = new Chain()
    .corroborate("in-a")
    .move("in-a", { to: "verified", asked: [] }, ANNA)
    .move("in-a", BREACH, BORIS);
  chain.move("in-a", { to: "verified" }, BORIS);
  assert.equal(of(chain, "in-a").assessment, undefined);
  chain.move("in-a", BREACH, CLARA).move("in-a", { to: "closed" }, CLARA).move("in-a", { to: "referred" }, CLARA);
  assert.deepEqual(chain.codes(), ["no-transition"]);
  chain.move("in-a", { to: "assessed" }, CLARA).move("in-a", { to: "retracted" }, ANNA);
  assert.equal(of(chain, "in-a").state, "retracted");
  chain.move("in-a", { to: "verified" }, ANNA).move("in-a", { to: "assessed" }, ANNA);
  assert.deepEqual(chain.codes(), ["no-transition", "no-transition"]);
  const incident = of(chain, "in-a");
  assert.equal(incident.state, "assessed");
  assert.equal(incident.assessment?.by, CLARA);
  assert.equal(incident.history.length, 11);
});

test("a merge is undone by a split: each has its own again, less what was taken away meanwhile", () => {
  const chain = new Chain().corroborate("in-a").corroborate("in-b");
  chain.add("incident.merged", { incident: "in-a", into: "in-b", reason: "one" }, ANNA);
  assert.deepEqual([...of(chain, "in-b").links.keys()], ["in-b-1", "in-b-2", "in-a-1", "in-a-2"]);
  chain.add("incident.evidence-linked", { incident: "in-a", evidence: ["ev-9"], reason: "late" });
  assert.deepEqual(chain.codes(), ["merged"]);
  chain.add("incident.evidence-unlinked", { incident: "in-b", evidence: ["in-a-2"], reason: "of another day" }, ANNA);
  chain.add("incident.split", { incident: "in-a", from: "in-b", reason: "two after all" }, BORIS);
  assert.deepEqual([...of(chain, "in-b").links.keys()], ["in-b-1", "in-b-2"]);
  assert.deepEqual([...of(chain, "in-a").links.keys()], ["in-a-1"]);
  assert.equal(of(chain, "in-a").mergedInto, undefined);
  assert.equal(of(chain, "in-a").state, "corroborated");
});

test("a part that is split off begins anew, and its verifiers go with it", () => {
  const chain = new Chain()
    .corroborate("in-a", ["ev-1", "ev-2", "ev-3"])
    .move("in-a", { to: "verified", asked: [] }, ANNA)
    .move("in-a", { to: "corroborated" }, ANNA);
  chain.add(
    "incident.split",
    { incident: "in-b", from: "in-a", evidence: ["ev-3"], kind: "missile", reason: "two" },
    ANNA,
  );
  const part = of(chain, "in-b");
  assert.deepEqual([part.state, part.kind, part.verifiers], ["reported", "missile", [ANNA]]);
  assert.equal(of(chain, "in-a").links.has("ev-3"), false);
  chain.add("incident.split", { incident: "in-c", from: "in-a", evidence: ["ev-1", "ev-2"], reason: "all" }, ANNA);
  assert.deepEqual(chain.codes(), ["last-evidence"]);
});

test("what was verified is not exchanged underneath: it is stepped back first, and corroborated anew", () => {
  const chain = new Chain()
    .corroborate("in-a", ["ev-1", "ev-2"])
    .move("in-a", { to: "verified", asked: [] }, ANNA)
    .add("incident.evidence-linked", { incident: "in-a", evidence: ["ev-x"], reason: "more" }, BORIS);
  const gone = { incident: "in-a", evidence: ["ev-1", "ev-2"], reason: "another town" };
  chain.add("incident.evidence-unlinked", gone, BORIS);
  chain.add("incident.evidence-linked", { ...gone, role: "context" }, BORIS);
  chain.add("incident.split", { incident: "in-b", from: "in-a", evidence: ["ev-1"], reason: "two" }, BORIS);
  chain.add("incident.revised", { incident: "in-a", kind: "missile", reason: "so" }, BORIS);
  assert.deepEqual(chain.codes(), Array(4).fill("verified-as-it-stands"));
  chain.move("in-a", { to: "corroborated" }, BORIS).add("incident.evidence-unlinked", gone, BORIS);
  assert.equal(of(chain, "in-a").links.size, 1);
  chain.move("in-a", { to: "verified", asked: [] }, CLARA);
  assert.deepEqual(chain.fold().refused.at(-1)?.refusal, { code: "too-few-independent", count: 0, needed: 2 });
});

test("a merge, verified as one and split again: who verified the whole assesses no part", () => {
  const chain = new Chain()
    .corroborate("in-a")
    .corroborate("in-b")
    .add("incident.merged", { incident: "in-b", into: "in-a", reason: "one" }, BORIS)
    .move("in-a", { to: "verified", asked: [] }, ANNA)
    .move("in-a", { to: "corroborated" }, ANNA)
    .add("incident.split", { incident: "in-b", from: "in-a", reason: "two after all" }, BORIS)
    .move("in-b", { to: "verified", asked: [] }, CLARA)
    .move("in-b", BREACH, ANNA);
  assert.deepEqual(chain.codes(), ["same-person"]);
});

test("whoever writes down what a party replies does not assess", () => {
  const chain = new Chain()
    .corroborate("in-a")
    .move("in-a", ASKED, ANNA)
    .add("reply.submitted", { incident: "in-a", party: "north" }, BORIS)
    .move("in-a", BREACH, BORIS);
  assert.deepEqual(chain.fold().refused.at(-1)?.refusal, {
    code: "replies-by-assessor",
    person: BORIS,
    parties: ["north"],
  });
  assert.equal(of(chain.move("in-a", BREACH, CLARA), "in-a").state, "assessed");
});

test("what a person took away the program does not put back; from verified on it takes nothing away", () => {
  const chain = new Chain().corroborate("in-a", ["ev-1", "ev-2", "ev-3"]);
  chain.add("incident.evidence-unlinked", { incident: "in-a", evidence: ["ev-3"], reason: "another street" }, ANNA);
  chain.add("incident.evidence-linked", { incident: "in-a", evidence: ["ev-3"], reason: "near" });
  chain.move("in-a", { to: "verified", asked: [] }, ANNA);
  chain.add("incident.evidence-unlinked", { incident: "in-a", evidence: ["ev-2"], reason: "far" });
  assert.deepEqual(chain.codes(), ["taken-away-by-a-person", "needs-a-person"]);
  chain.add("incident.evidence-linked", { incident: "in-a", evidence: ["ev-3"], reason: "I was wrong" }, ANNA);
  assert.equal(of(chain, "in-a").links.has("ev-3"), true);
});

test("a party replies where it was asked", () => {
  const chain = new Chain().corroborate("in-a").move("in-a", ASKED, ANNA);
  chain.add("reply.submitted", { incident: "in-a", party: "east" });
  assert.deepEqual(chain.fold().refused[0]?.refusal, { code: "not-asked", party: "east", asked: ["north"] });
});

test("nothing in an incident has room for who did it", () => {
  const chain = new Chain().add("incident.opened", {
    ...(opened("in-a", ["ev-1"]) as object),
    perpetrator: "north",
    attributedTo: "north",
  });
  const said = JSON.stringify([...chain.fold().incidents.values()]);
  assert.doesNotMatch(said, /perpetrat|attribut|responsib|culprit|firedBy|launchedBy/i);
});
