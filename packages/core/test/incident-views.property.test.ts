/** Incidents as each nation has them, one event at a time, against what each would fold from the events that it is given. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Marking, mayRead, narrowest } from "../src/record/marking.ts";
import type { CaseEvent } from "../src/verify/incident.ts";
import { foldCases } from "../src/verify/incident-fold.ts";
import { type Views, viewFor, viewsAfter } from "../src/verify/incident-views.ts";
import { history, nonsense, plausible } from "./incident-arbitrary.ts";

const NATIONS = ["DEU", "FRA", "POL", "UKR"];
const marking: fc.Arbitrary<Marking> = fc.record({
  owner: fc.constantFrom(...NATIONS),
  releasableTo: fc.oneof({ weight: 3, arbitrary: fc.constant("all" as const) }, fc.subarray(NATIONS)),
  originatorControlled: fc.boolean(),
  use: fc.constant("real" as const),
});

interface Marked {
  readonly event: CaseEvent;
  readonly marking: Marking;
}

const marked = fc
  .tuple(
    history(fc.oneof({ weight: 9, arbitrary: plausible }, nonsense)),
    fc.array(marking, { minLength: 5, maxLength: 5 }),
  )
  .map(([events, markings]): Marked[] =>
    events.map((event, i) => ({ event, marking: markings[(7 * i) % markings.length] as Marking })),
  );

function viewsOfAll(all: readonly Marked[]): Map<string, Views> {
  const views = new Map<string, Views>();
  for (const one of all) {
    for (const [id, changed] of viewsAfter((incident) => views.get(incident) ?? [], one, NATIONS))
      views.set(id, changed);
  }
  return views;
}

test("each nation has of every incident what it would fold from the events that it is given", () => {
  let seen = 0;
  fc.assert(
    fc.property(marked, (all) => {
      const views = viewsOfAll(all);
      for (const nation of NATIONS) {
        const given = all.filter((one) => mayRead(one.marking, nation));
        const { incidents } = foldCases(given.map(({ event }) => event));
        const own = new Map(
          [...views].flatMap(([id, each]) => {
            const view = viewFor(each, nation);
            return view === undefined ? [] : [[id, view.incident] as const];
          }),
        );
        assert.deepEqual(new Map([...own].sort()), new Map([...incidents].sort()));
        seen += own.size;
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(seen > 500, `incidents seen: ${seen}`);
});

test("no nation is in two views of one incident, and what all are given is kept once", () => {
  fc.assert(
    fc.property(marked, fc.boolean(), (all, isOpen) => {
      const open = isOpen
        ? all.map((one) => ({ ...one, marking: { ...one.marking, releasableTo: "all" as const } }))
        : all;
      for (const views of viewsOfAll(open).values()) {
        const audience = views.flatMap((view) => view.audience);
        assert.equal(new Set(audience).size, audience.length);
        if (isOpen) assert.equal(views.length, 1);
      }
    }),
    { numRuns: 200 },
  );
});

test("a view is marked no wider than any event that it rests on; what only stands near narrows nothing", () => {
  fc.assert(
    fc.property(marked, (all) => {
      const byId = new Map(all.map((one) => [one.event.id, one]));
      for (const views of viewsOfAll(all).values())
        for (const view of views) {
          const rests = view.incident.history
            .flatMap((note) => byId.get(note.event) ?? [])
            .filter(({ event: { body } }) => (body as { role?: string }).role !== "context");
          assert.ok(rests.length > 0);
          const narrow = narrowest(rests.map((one) => one.marking));
          for (const nation of NATIONS) assert.equal(mayRead(view.marking, nation), mayRead(narrow, nation));
        }
    }),
    { numRuns: 200 },
  );
});
