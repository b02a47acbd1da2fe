/** Logs of several nations: what a program or a clerk would write, though seldom at the right moment, marked in every way. */
import type { Json } from "@vedette/core/record/hash";
import type { Marking } from "@vedette/core/record/marking";
import fc from "fast-check";
import { NATIONS } from "./projector-fixture.ts";

export type Step =
  | {
      readonly kind: "event";
      readonly type: string;
      readonly body: Json;
      readonly marking: Marking;
      readonly actor: string;
    }
  | { readonly kind: "batch"; readonly items: readonly number[]; readonly marking: Marking }
  | { readonly kind: "erase"; readonly nth: number };

/** @param earlierMs written down so much before it came in: by another node, where it is not 0 */
export type Timed = Step & { readonly waitMs: number; readonly earlierMs: number; readonly isFolded: boolean };

const marking: fc.Arbitrary<Marking> = fc.record({
  owner: fc.constantFrom(...NATIONS),
  releasableTo: fc.oneof({ weight: 3, arbitrary: fc.constant("all" as const) }, fc.subarray([...NATIONS])),
  originatorControlled: fc.boolean(),
  use: fc.oneof({ weight: 9, arbitrary: fc.constant("exercise" as const) }, fc.constant("real" as const)),
});

const id = fc.constantFrom("in-a", "in-b", "in-c", "in-d");
const evidence = fc.uniqueArray(fc.constantFrom("ev-1", "ev-2", "ev-3", "ev-4"), { minLength: 1, maxLength: 4 });
const reason = fc.constantFrom("because", "heard by two", "über Nacht", "moved again");
const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 5, 15);

const where = fc.record({
  latitudeDeg: fc.integer({ min: 44, max: 52 }),
  longitudeDeg: fc.integer({ min: 22, max: 40 }),
  radiusKm: fc.constantFrom(1, 20),
  basis: fc.constant("fix"),
  name: fc.constantFrom("Bakhmut", "Kherson"),
});
const when = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 30 }))
  .map(([from, long]) => ({ start: START_MS + from * HOUR_MS, end: START_MS + (from + long) * HOUR_MS }));
const kind = fc.constantFrom("explosion", "small-arms", "unknown");

const to = fc.oneof(
  fc.constantFrom<{ [key: string]: Json }>(
    { to: "located", located: { radiusKm: 1, withinKm: 5 } },
    { to: "verified", asked: [] },
    { to: "assessed", finding: "breach", clauses: ["1"], agreement: { id: "a", version: 1 } },
  ),
  evidence.map((counted) => ({ to: "corroborated", independent: { count: counted.length, needed: 2, counted } })),
  fc.constantFrom("reported", "located", "referred", "closed", "retracted").map((one) => ({ to: one })),
);

const bodies: fc.Arbitrary<[string, unknown]> = fc.oneof<fc.WeightedArbitrary<[string, unknown]>[]>(
  {
    weight: 4,
    arbitrary: fc.record({ incident: id, kind, where, when, evidence, reason }).map(named("incident.opened")),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ incident: id, evidence, role: fc.constantFrom("witness", "context"), reason })
      .map(named("incident.evidence-linked")),
  },
  { weight: 1, arbitrary: fc.record({ incident: id, evidence, reason }).map(named("incident.evidence-unlinked")) },
  { weight: 3, arbitrary: fc.record({ incident: id, kind, where, when, reason }).map(named("incident.revised")) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(id, reason, to)
      .map(([incident, why, move]) => named("incident.moved")({ incident, reason: why, ...move })),
  },
  { weight: 2, arbitrary: fc.record({ incident: id, into: id, reason }).map(named("incident.merged")) },
  { weight: 2, arbitrary: fc.record({ incident: id, from: id, evidence, reason }).map(named("incident.split")) },
  { weight: 2, arbitrary: fc.constantFrom("clk-1", "clk-2").map((clock) => named("clock.started")(started(clock))) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("clk-1", "clk-2")
      .map((clock) => named("clock.stopped")({ clock, because: { code: "retracted" } })),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map((revision) => named("notice.drafted")(notice(revision))) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("incident.opened", "clock.started", "odd.one"), fc.jsonValue()) },
);

function named(type: string): (body: unknown) => [string, unknown] {
  return (body) => [type, body];
}

const REF = { id: "a", version: 1, digest: "0".repeat(64) };
const started = (clock: string): Json => ({
  clock,
  of: "reply",
  incident: "in-a",
  clauses: ["1"],
  agreement: REF,
  start: { earliest: START_MS, latest: START_MS },
});
const notice = (revision: number): Json => ({
  notice: "ntc-1",
  revision,
  step: "s",
  clock: "clk-1",
  incident: "in-a",
  recipient: "r",
  language: "en",
  agreement: REF,
  subject: "s",
  text: `text ${revision}`,
  digest: String(revision).repeat(64),
});

const step: fc.Arbitrary<Step> = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  {
    weight: 12,
    arbitrary: fc
      .tuple(bodies, marking, fc.constantFrom("vedette", "person:anna", "person:boris"))
      .map(([[type, body], mark, actor]): Step => ({ kind: "event", type, body: body as Json, marking: mark, actor })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }), marking)
      .map(([items, mark]) => ({ kind: "batch", items, marking: mark })),
  },
  { weight: 1, arbitrary: fc.nat({ max: 30 }).map((nth) => ({ kind: "erase", nth })) },
);

export const logSteps: fc.Arbitrary<Timed[]> = fc.array(
  fc
    .tuple(
      step,
      fc.integer({ min: 0, max: 3 }),
      fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 1, max: 12 })),
      fc.boolean(),
    )
    .map(([one, waitMs, earlierMs, isFolded]) => ({ ...one, waitMs, earlierMs, isFolded })),
  { minLength: 5, maxLength: 50 },
);

export function itemOf(n: number): Json {
  return {
    id: `ev-${n}`,
    form: n % 2 === 0 ? "report" : "detection",
    kind: n % 3 === 0 ? "explosion" : "unknown",
    where: { latitudeDeg: 44 + (n % 9), longitudeDeg: 22 + n, radiusKm: 1, basis: "fix" },
    when: { start: START_MS + n * HOUR_MS, end: START_MS + (n + 1) * HOUR_MS },
    origin: { source: `s-${n % 4}` },
    grade: { source: "B", information: 2 },
    text: `report ${n} of shelling`,
    ingest: { hash: String(n % 10).repeat(64) },
    files: [String(n % 10).repeat(64)],
  };
}
