/** Events of incidents, as a program or a clerk would write them, though seldom at the right moment; and nonsense. */
import fc from "fast-check";
import type { Json } from "../src/record/hash.ts";
import type { CaseEvent } from "../src/verify/incident.ts";
import { CHANGE_TYPES } from "../src/verify/incident-body.ts";
import {
  ANNA,
  ASKED,
  BORIS,
  BREACH,
  CLARA,
  corroborated,
  event,
  LOCATED,
  opened,
  PROGRAM,
} from "./incident-fixture.ts";

export const IDS = ["in-a", "in-b", "in-c"];
export const EVIDENCE = ["ev-1", "ev-2", "ev-3", "ev-4"];
const id = fc.constantFrom(...IDS);
const evidence = fc.uniqueArray(fc.constantFrom(...EVIDENCE), { minLength: 1, maxLength: 4 });
export const actor = fc.constantFrom(PROGRAM, ANNA, BORIS, CLARA, "person:", "PERSON:Anna");
export const reason = "because";

const body = (type: string, shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<[string, Json]> =>
  fc.record(shape).map((made) => [type, made as unknown as Json]);

/** Events as a program or a clerk would write them, though seldom at the right moment. */
export const plausible: fc.Arbitrary<[string, Json]> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(id, evidence).map(([one, items]): [string, Json] => ["incident.opened", opened(one, items)]),
  },
  {
    weight: 2,
    arbitrary: body("incident.evidence-linked", {
      incident: id,
      evidence,
      role: fc.constantFrom("witness", "context"),
      reason: fc.constant(reason),
    }),
  },
  { weight: 2, arbitrary: body("incident.evidence-unlinked", { incident: id, evidence, reason: fc.constant(reason) }) },
  {
    weight: 12,
    arbitrary: fc
      .tuple(
        id,
        fc.oneof(
          fc.constantFrom<{ [key: string]: Json }>(LOCATED, ASKED, BREACH, { to: "verified", asked: [] }),
          evidence.map(corroborated),
          fc
            .constantFrom(
              "reported",
              "located",
              "corroborated",
              "verified",
              "assessed",
              "referred",
              "closed",
              "retracted",
            )
            .map((to) => ({ to })),
        ),
      )
      .map(([incident, to]): [string, Json] => ["incident.moved", { incident, reason, ...to }]),
  },
  { weight: 2, arbitrary: body("incident.merged", { incident: id, into: id, reason: fc.constant(reason) }) },
  { weight: 2, arbitrary: body("incident.split", { incident: id, from: id, evidence, reason: fc.constant(reason) }) },
  { weight: 1, arbitrary: body("reply.submitted", { incident: id, party: fc.constantFrom("north", "south") }) },
);

/** Anything at all under one of our names, and names of others. */
export const nonsense: fc.Arbitrary<[string, Json]> = fc.oneof(
  fc.tuple(fc.constantFrom(...CHANGE_TYPES), fc.jsonValue() as fc.Arbitrary<Json>),
  fc.tuple(
    fc.constantFrom("incident.vanished", "evidence.recorded", "clock.started"),
    fc.jsonValue() as fc.Arbitrary<Json>,
  ),
);

/** As a life goes, so that late states are reached too. */
export const START: readonly [string, Json, string][] = [
  ["incident.opened", opened("in-a", ["ev-1", "ev-2", "ev-3"]), PROGRAM],
  ["incident.moved", { incident: "in-a", reason, ...LOCATED }, PROGRAM],
  ["incident.moved", { incident: "in-a", reason, ...corroborated(["ev-1", "ev-2"]) }, PROGRAM],
  ["incident.moved", { incident: "in-a", reason, to: "verified", asked: [] }, ANNA],
  ["incident.moved", { incident: "in-a", reason, ...BREACH }, BORIS],
  ["incident.moved", { incident: "in-a", reason, to: "referred" }, BORIS],
];

export const history = (kinds: fc.Arbitrary<[string, Json]>): fc.Arbitrary<CaseEvent[]> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: START.length }),
      fc.array(fc.tuple(kinds, actor, fc.integer({ min: 0, max: 3 })), { maxLength: 60 }),
    )
    .map(([skip, rest]) => {
      const all = [
        ...START.slice(0, skip).map((one) => [...one, 1] as const),
        ...rest.map(([[t, b], a, d]) => [t, b, a, d] as const),
      ];
      let hours = 0;
      return all.map(([type, made, by, delay], i) => {
        hours += delay;
        return event(type, made, { actor: by, sequence: i + 1, recordedAt: hours });
      });
    });
