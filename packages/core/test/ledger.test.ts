/** The ledger against a table of words kept beside it: every cell-hour is in one state, and runs and counts add up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LEDGER_STATES, Ledger, type LedgerState, ledgerByHour, ledgerRuns } from "../src/access/ledger.ts";
import { SENSOR_KINDS } from "../src/network/network.ts";

const stateName = (ledger: Ledger, kind: number, cell: number, hour: number): LedgerState | undefined =>
  LEDGER_STATES[ledger.stateAt(kind, cell, hour)];

test("what counts before what: a look, then a chance of one, then not knowing, then night, then nothing overhead", () => {
  const marks = ["night", "unknown", "observable", "taken"] as const;
  const strongest = ["no-pass", ...marks] as const;
  for (let bits = 0; bits < 16; bits++) {
    const ledger = new Ledger(3, 5);
    marks.forEach((mark, b) => {
      if ((bits & (1 << b)) === 0) return;
      if (mark === "unknown") ledger.markUnknown(1, 2, 3);
      else ledger.mark(mark, 1, 2, 2);
    });
    const highest = bits === 0 ? 0 : 32 - Math.clz32(bits);
    assert.equal(stateName(ledger, 1, 2, 2), strongest[highest], `marks ${bits.toString(2)}`);
  }
});

test("not knowing is the same for all cells of a kind, in its hours alone, and hides no look", () => {
  const ledger = new Ledger(2, 6);
  ledger.mark("observable", 0, 1, 3);
  ledger.markUnknown(0, 2, 5);
  const rowOf = (kind: number, cell: number) => Array.from({ length: 6 }, (_, h) => stateName(ledger, kind, cell, h));
  assert.deepEqual(rowOf(0, 0), ["no-pass", "no-pass", "unknown", "unknown", "unknown", "no-pass"]);
  assert.deepEqual(rowOf(0, 1), ["no-pass", "no-pass", "unknown", "observable", "unknown", "no-pass"]);
  assert.deepEqual(new Set(rowOf(1, 0)), new Set(["no-pass"]));
});

interface Mark {
  readonly plane: "observable" | "night" | "taken" | "unknown";
  readonly kind: number;
  readonly cell: number;
  readonly hour: number;
  readonly until: number;
}

const cases = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 })).chain(([cells, hours]) =>
  fc.record({
    cells: fc.constant(cells),
    hours: fc.constant(hours),
    marks: fc.array(
      fc.record({
        plane: fc.constantFrom("observable", "night", "taken", "unknown"),
        kind: fc.nat(SENSOR_KINDS.length - 1),
        cell: fc.nat(cells - 1),
        hour: fc.nat(hours - 1),
        until: fc.nat(hours + 2),
      }) satisfies fc.Arbitrary<Mark>,
      { maxLength: 60 },
    ),
  }),
);

/** The slow way: words, and the strongest of them. */
function modelOf(marks: readonly Mark[], kind: number, cell: number, hour: number): LedgerState {
  const here = (plane: Mark["plane"]) =>
    marks.some((m) => m.plane === plane && m.kind === kind && m.cell === cell && m.hour === hour);
  if (here("taken")) return "taken";
  if (here("observable")) return "observable";
  if (marks.some((m) => m.plane === "unknown" && m.kind === kind && m.hour <= hour && hour < m.until)) return "unknown";
  return here("night") ? "night" : "no-pass";
}

function ledgerOf(cells: number, hours: number, marks: readonly Mark[]): Ledger {
  const ledger = new Ledger(cells, hours);
  for (const { plane, kind, cell, hour, until } of marks) {
    if (plane === "unknown") ledger.markUnknown(kind, hour, until);
    else ledger.mark(plane, kind, cell, hour);
  }
  return ledger;
}

test("property: no bit falls on a neighbour: every cell-hour is what was marked there and nowhere else", () => {
  fc.assert(
    fc.property(cases, ({ cells, hours, marks }) => {
      const ledger = ledgerOf(cells, hours, marks);
      SENSOR_KINDS.forEach((_, kind) => {
        for (let cell = 0; cell < cells; cell++) {
          for (let hour = 0; hour < hours; hour++) {
            assert.equal(stateName(ledger, kind, cell, hour), modelOf(marks, kind, cell, hour));
          }
        }
      });
    }),
    { numRuns: 60 },
  );
});

test("property: runs hold every cell-hour once, are as long as can be, and stand in order", () => {
  fc.assert(
    fc.property(cases, ({ cells, hours, marks }) => {
      const ledger = ledgerOf(cells, hours, marks);
      const runs = ledgerRuns(ledger);
      let [at, hoursHeld] = [0, 0];
      for (let cell = 0; cell < cells; cell++) {
        for (let kind = 0; kind < SENSOR_KINDS.length; kind++) {
          let before = -1;
          for (let hour = 0; hour < hours; at++) {
            const [from = -1, to = -1, state = -1] = [runs.fromH[at], runs.toH[at], runs.state[at]];
            assert.deepEqual([runs.cell[at], runs.kind[at], from], [cell, kind, hour]);
            assert.ok(to > from && to <= hours);
            assert.notEqual(state, before, "two runs of one state are one");
            for (let h = from; h < to; h++) assert.equal(ledger.stateAt(kind, cell, h), state);
            [hour, before] = [to, state];
            hoursHeld += to - from;
          }
        }
      }
      assert.equal(at, runs.state.length);
      assert.equal(hoursHeld, cells * hours * SENSOR_KINDS.length);
    }),
    { numRuns: 60 },
  );
});

test("property: in each hour the cells of all states add up to all cells, and to what the runs say", () => {
  fc.assert(
    fc.property(cases, ({ cells, hours, marks }) => {
      const ledger = ledgerOf(cells, hours, marks);
      const runs = ledgerRuns(ledger);
      SENSOR_KINDS.forEach((_, kind) => {
        const counts = ledgerByHour(ledger, kind);
        assert.equal(counts.length, LEDGER_STATES.length);
        for (let hour = 0; hour < hours; hour++) {
          assert.equal(
            counts.reduce((sum, row) => sum + (row[hour] ?? Number.NaN), 0),
            cells,
          );
        }
        const fromRuns = LEDGER_STATES.map(() => 0);
        runs.state.forEach((state, i) => {
          if (runs.kind[i] === kind)
            fromRuns[state] = (fromRuns[state] ?? 0) + (runs.toH[i] ?? 0) - (runs.fromH[i] ?? 0);
        });
        assert.deepEqual(
          counts.map((row) => row.reduce((sum, n) => sum + n, 0)),
          fromRuns,
        );
      });
    }),
    { numRuns: 60 },
  );
});

test("no cells or no hours make no runs", () => {
  assert.equal(ledgerRuns(new Ledger(0, 10)).state.length, 0);
  assert.equal(ledgerRuns(new Ledger(4, 0)).state.length, 0);
});
