/** What the program opens, adds and moves by itself, and where it stops. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { instant, MS_PER_DAY, MS_PER_HOUR } from "../src/time/instant.ts";
import type { Evidence } from "../src/verify/evidence.ts";
import type { CaseEvent } from "../src/verify/incident.ts";
import { factsOf } from "../src/verify/incident-facts.ts";
import { foldCases } from "../src/verify/incident-fold.ts";
import { groupByReach } from "../src/verify/incident-group.ts";
import { independentOf } from "../src/verify/incident-independent.ts";
import { findNear, type Rates, USUAL_PER_DAY } from "../src/verify/incident-near.ts";
import { type Group, incidentIdOf, type Proposed, proposeIncidents } from "../src/verify/incident-propose.ts";
import { type TaxonomyFile, taxonomyOf } from "../src/verify/taxonomy.ts";
import { ANNA, DAY, event, PROGRAM } from "./incident-fixture.ts";

const FILE = new URL("../../../data/taxonomies/ceasefire.yaml", import.meta.url);
const TAXONOMY = taxonomyOf(parse(readFileSync(FILE, "utf8")) as TaxonomyFile);

function evidence(id: string, over: Partial<Evidence> & { readonly source?: string } = {}): [string, Evidence] {
  const { source = id, ...rest } = over;
  return [
    id,
    {
      id,
      form: "report",
      kind: "explosion",
      where: { latitudeDeg: 48.5, longitudeDeg: 37.5, radiusKm: 3, basis: "settlement", name: "Somewhere" },
      when: { start: DAY, end: instant(DAY + MS_PER_DAY) },
      origin: { source, operator: source },
      grade: { source: "C", information: 3 },
      ingest: { hash: id },
      ...rest,
    },
  ];
}

const group = (...ids: readonly string[]): Group => ({
  items: ids.map((one) => ({ evidence: one, confidence01: 0.9 })),
});

function propose(
  items: readonly [string, Evidence][],
  groups: readonly Group[],
  events: readonly CaseEvent[] = [],
  nearOf?: Parameters<typeof proposeIncidents>[0]["nearOf"],
): Proposed {
  return proposeIncidents({
    ...INPUT,
    cases: foldCases(events),
    groups,
    evidence: new Map(items),
    ...(nearOf && { nearOf }),
  });
}

const INPUT = {
  cases: foldCases([]),
  taxonomy: TAXONOMY,
  spanOf: ({ when }: Evidence) => when,
  actor: PROGRAM,
  now: instant(DAY + 2 * MS_PER_DAY),
};

const asEvents = ({ drafts }: Proposed, from = 0): CaseEvent[] =>
  drafts.map(({ type, body }, i) => event(type, body, { sequence: from + i + 1, recordedAt: 48 }));

const only = ({ incidents }: Proposed) => {
  assert.equal(incidents.size, 1);
  return [...incidents.values()][0] as NonNullable<ReturnType<typeof incidents.get>>;
};

test("two independent reports are one corroborated incident; a third run adds nothing", () => {
  const items = [evidence("ev-a"), evidence("ev-b")];
  const first = propose(items, [group("ev-a", "ev-b")]);
  assert.deepEqual(
    first.drafts.map(({ type, body }) => body["to"] ?? type),
    ["incident.opened", "located", "corroborated"],
  );
  assert.equal(only(first).state, "corroborated");
  const again = propose(items, [group("ev-b", "ev-a")], asEvents(first));
  assert.deepEqual(again.drafts, []);
  assert.equal(foldCases(asEvents(first)).refused.length, 0);
});

test("who passes on others' reports is no source where they are known", () => {
  const passed = (id: string, operator: string) => evidence(id, { origin: { source: "digest", operator } });
  const items = [passed("ev-a", "paper"), passed("ev-b", "radio")];
  assert.equal(only(propose(items, [group("ev-a", "ev-b")])).state, "located");
  const known = proposeIncidents({
    ...INPUT,
    groups: [group("ev-a", "ev-b")],
    evidence: new Map(items),
    relays: new Set(["digest"]),
  });
  assert.equal(only(known).state, "corroborated");
  const twice = [passed("ev-a", "paper"), passed("ev-b", "paper")];
  const one = proposeIncidents({
    ...INPUT,
    groups: [group("ev-a", "ev-b")],
    evidence: new Map(twice),
    relays: new Set(["digest"]),
  });
  assert.equal(only(one).state, "located");
});

test("two of one source are two reports and one witness", () => {
  const items = [evidence("ev-a", { source: "paper" }), evidence("ev-b", { source: "paper" })];
  assert.equal(only(propose(items, [group("ev-a", "ev-b")])).state, "located");
});

test("a place known only to an oblast is not located", () => {
  const where = { latitudeDeg: 48.5, longitudeDeg: 37.5, radiusKm: 120, basis: "area" as const };
  assert.equal(only(propose([evidence("ev-a", { where })], [group("ev-a")])).state, "reported");
});

test("a later report joins the incident, sharpens it, and takes it forward", () => {
  const first = propose([evidence("ev-a")], [group("ev-a")]);
  const sharp = evidence("ev-b", {
    kind: "missile",
    where: { latitudeDeg: 48.51, longitudeDeg: 37.5, radiusKm: 0.1, basis: "fix" },
    when: { start: instant(DAY + MS_PER_HOUR), end: instant(DAY + 2 * MS_PER_HOUR) },
  });
  const second = propose([evidence("ev-a"), sharp], [group("ev-a", "ev-b")], asEvents(first));
  const incident = only(second);
  assert.deepEqual([incident.state, incident.where.radiusKm, incident.when], ["corroborated", 0.1, sharp[1].when]);
  assert.equal(
    second.drafts.some(({ type }) => type === "incident.opened"),
    false,
  );
});

test("it merges nothing: that it suggests", () => {
  const items = [evidence("ev-a"), evidence("ev-b")];
  const apart = propose(items, [group("ev-a"), group("ev-b")]);
  const found = propose(items, [group("ev-a", "ev-b")], asEvents(apart));
  assert.deepEqual(found.drafts, []);
  assert.equal(found.suggestions[0]?.incidents.length, 2);
});

test("what people did stands: retracted is not opened anew, verified is not revised, taken away stays away", () => {
  const items = [evidence("ev-a"), evidence("ev-b"), evidence("ev-c")];
  const first = propose(items, [group("ev-a", "ev-b", "ev-c")]);
  const { id } = only(first);
  const made = asEvents(first);
  const by = (body: object) =>
    event("incident.moved", { incident: id, reason: "so", ...body }, { actor: ANNA, sequence: 9, recordedAt: 49 });
  assert.deepEqual(propose(items, [group("ev-a")], [...made, by({ to: "retracted" })]).drafts, []);
  const unlinked = event(
    "incident.evidence-unlinked",
    { incident: id, evidence: ["ev-c"], reason: "another" },
    { actor: ANNA, sequence: 8, recordedAt: 49 },
  );
  const verified = by({ to: "verified", asked: [] });
  assert.deepEqual(propose(items, [group("ev-a", "ev-b", "ev-c")], [...made, unlinked, verified]).drafts, []);
});

test("when a witness is taken away the program takes the state back with it", () => {
  const items = [evidence("ev-a"), evidence("ev-b")];
  const first = propose(items, [group("ev-a", "ev-b")]);
  const gone = event(
    "incident.evidence-unlinked",
    { incident: only(first).id, evidence: ["ev-b"], reason: "another town" },
    { actor: ANNA, sequence: 9, recordedAt: 49 },
  );
  assert.equal(only(propose(items, [group("ev-a")], [...asEvents(first), gone])).state, "located");
});

const RATES: Rates = { detects01: 0.3, withinKm: 3, withinMs: 12 * MS_PER_HOUR, falsePerKm2Day: 2e-6 };

test("a hot pixel counts by how far it is more than chance: by hand, as a Poisson process", () => {
  const [, report] = evidence("ev-a", { where: { latitudeDeg: 48.5, longitudeDeg: 37.5, radiusKm: 1, basis: "fix" } });
  const [, pixel] = evidence("ev-h", {
    form: "detection",
    kind: "unknown",
    where: { latitudeDeg: 48.52, longitudeDeg: 37.5, radiusKm: 0.5, basis: "pixel" },
    when: { start: instant(DAY + 6 * MS_PER_HOUR), end: instant(DAY + 6.1 * MS_PER_HOUR) },
  });
  const about = { extent: TAXONOMY.extentOf("explosion"), ratesOf: () => RATES };
  const [near] = findNear(report, [pixel], about);
  // 4 km of extent, 1 of the report and half of the pixel; a day, an hour before it and twelve after.
  const expected = 2e-6 * Math.PI * (16 + 1 + 0.25) * (37 / 24);
  const byHand = (1 - 0.7 * Math.exp(-expected)) / (1 - Math.exp(-expected));
  assert.ok(Math.abs((near?.ratio ?? 0) - byHand) < 1e-9 * byHand);
  assert.ok(Math.abs((near?.km ?? 0) - 2.224) < 0.01);
  const [, steelworks] = evidence("ev-s", { ...pixel, measured: { [USUAL_PER_DAY]: 2 } });
  assert.ok((findNear(report, [steelworks], about)[0]?.ratio ?? 9) < 1.05);
});

test("where all burns round about, a hot pixel more is no witness", () => {
  const [, report] = evidence("ev-a");
  const fires = Array.from({ length: 60 }, (_, i) => {
    const where = { latitudeDeg: 48.3 + 0.006 * i, longitudeDeg: 37.2, radiusKm: 0.4, basis: "pixel" as const };
    return evidence(`ev-${i}`, { form: "detection", kind: "unknown", source: "firms", where })[1];
  });
  const [, hot] = evidence("ev-h", { form: "detection", kind: "unknown", source: "firms" });
  const about = { extent: TAXONOMY.extentOf("explosion"), ratesOf: () => RATES };
  assert.ok((findNear(report, [hot], about)[0]?.ratio ?? 0) > 3);
  assert.ok((findNear(report, [hot, ...fires], about)[0]?.ratio ?? 9) < 2);
});

test("heat that is always there is context, not a witness", () => {
  const pixel = (id: string, usual: number) =>
    evidence(id, { form: "detection", kind: "unknown", source: "firms", measured: { [USUAL_PER_DAY]: usual } });
  for (const [usual, state, role] of [
    [0, "corroborated", "witness"],
    [3, "located", "context"],
  ] as const) {
    const [hot] = [pixel("ev-h", usual)];
    const found = propose([evidence("ev-a"), hot], [group("ev-a")], [], (incident) =>
      findNear(incident, [hot[1]], { extent: TAXONOMY.extentOf(incident.kind), ratesOf: () => RATES }),
    );
    assert.deepEqual([only(found).state, only(found).links.get("ev-h")?.role], [state, role]);
  }
});

test("an oblast's alert beside an event known to the day says nothing; beside one known to the hour it is context", () => {
  const where = { latitudeDeg: 48.6, longitudeDeg: 37.5, radiusKm: 120, basis: "area" as const };
  const [, alert] = evidence("ev-al", { form: "alert", where });
  const about = { extent: TAXONOMY.extentOf("missile"), ratesOf: () => ({ ...RATES, withinKm: 120 }) };
  const [, day] = evidence("ev-a");
  const [, hour] = evidence("ev-b", { when: { start: DAY, end: instant(DAY + MS_PER_HOUR) } });
  assert.equal(findNear(day, [alert], about).length, 0);
  assert.equal(findNear(hour, [alert], about).length, 1);
});

test("few reports are grouped by reach, and no group chains across a town", () => {
  const at = (id: string, latitudeDeg: number, over: Partial<Evidence> = {}) =>
    evidence(id, { where: { latitudeDeg, longitudeDeg: 37.5, radiusKm: 0.5, basis: "fix" }, ...over })[1];
  const spanOf = ({ when }: Evidence) => when;
  // Each 3.3 km from the next: the first and the last are 10 km apart, beyond the 4 km that an explosion reaches.
  const chain = [48.5, 48.53, 48.56, 48.59].map((latitude, i) => at(`ev-${i}`, latitude));
  const groups = groupByReach(chain, TAXONOMY, spanOf);
  assert.deepEqual(groups.map(({ items }) => items.length).sort(), [2, 2]);
  const other = [at("ev-x", 48.5), at("ev-y", 48.5, { kind: "jamming" })];
  assert.equal(groupByReach(other, TAXONOMY, spanOf).length, 2);
  const later = at("ev-l", 48.5, {
    when: { start: instant(DAY + 3 * MS_PER_DAY), end: instant(DAY + 4 * MS_PER_DAY) },
  });
  assert.equal(groupByReach([at("ev-x", 48.5), later], TAXONOMY, spanOf).length, 2);
  const [same] = groupByReach([at("ev-x", 48.5), at("ev-y", 48.5, { kind: "missile" })], TAXONOMY, spanOf);
  assert.deepEqual(
    same?.items.map(({ evidence: id }) => id),
    ["ev-x", "ev-y"],
  );
});

test("facts for the agreement: first observed lies between the earliest start and the earliest end", () => {
  const late = evidence("ev-b", { when: { start: instant(DAY - MS_PER_HOUR), end: instant(DAY + 9 * MS_PER_DAY) } });
  const items = [evidence("ev-a"), late];
  const facts = factsOf(only(propose(items, [group("ev-a", "ev-b")])), new Map(items));
  assert.deepEqual(facts.firstObserved, { start: DAY - MS_PER_HOUR, end: DAY + MS_PER_DAY });
  assert.equal(facts.evidence, 2);
  assert.equal(facts.state, "corroborated");
});

test("an incident's name cannot be tried by who holds its evidence but not the log", () => {
  assert.notEqual(incidentIdOf(["ev-a", "ev-b"], "e-1"), incidentIdOf(["ev-a", "ev-b"], "e-2"));
  assert.equal(incidentIdOf(["ev-a", "ev-b"], "e-1"), incidentIdOf(["ev-b", "ev-a"], "e-1"));
});

test("claims of the parties open an incident and corroborate none", () => {
  const claimed = (id: string, source: string): [string, Evidence] => evidence(id, { form: "claim", source });
  const items = [claimed("ev-a", "party-a"), claimed("ev-b", "party-b"), evidence("ev-c")];
  const two = only(propose(items.slice(0, 2), [group("ev-a", "ev-b")]));
  assert.equal(two.state, "located");
  const set = independentOf(two, new Map(items));
  assert.deepEqual([set.count, set.notCounted.map(({ code }) => code)], [0, ["interested", "interested"]]);
  assert.equal(only(propose(items, [group("ev-a", "ev-b", "ev-c")])).state, "located");
});
