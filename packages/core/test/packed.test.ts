/** Packing: what is kept of an opportunity, and looks by cell. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ANGLE_STEP_DEG, pack, SUN_STEP_DEG, TRACK_STEP_KM, timeUnitMs } from "../src/access/sky.ts";
import { type Look, TakenRows, takenByCell } from "../src/plan/looks.ts";
import { type Interval, instant, MS_PER_DAY, parseInstant } from "../src/time/instant.ts";

const START = parseInstant("2026-06-15T00:00:00Z");
const WEEK: Interval = { start: START, end: instant(START + 7 * MS_PER_DAY) };
const allocate = (bytes: number) => new ArrayBuffer(bytes);
const within = (found: number | undefined, expected: number, tolerance: number) =>
  assert.ok(Math.abs((found ?? Number.NaN) - expected) <= tolerance, `${found}, not ${expected}`);

test("property: angles and distances to half their step, times to the millisecond, cells exactly", () => {
  const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const rows = fc.array(
    fc.tuple(fc.nat(200_000), real(0, 7 * MS_PER_DAY - 1), real(-3200, 3200), real(0, 90), real(0, 90), real(-90, 90)),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(rows, (some) => {
      const packed = pack(
        {
          passFirst: Uint32Array.of(0, some.length),
          cell: Uint32Array.from(some, ([cell]) => cell),
          atMs: Float64Array.from(some, ([, at]) => START + at),
          xTrackKm: Float32Array.from(some, ([, , x]) => x),
          offNadirDeg: Float32Array.from(some, ([, , , off]) => off),
          incidenceDeg: Float32Array.from(some, ([, , , , incidence]) => incidence),
          sunElevationDeg: Float32Array.from(some, ([, , , , , sun]) => sun),
        },
        WEEK,
        allocate,
      );
      some.forEach(([cell, at, x, off, incidence, sun], i) => {
        assert.equal(packed.cell[i], cell);
        within(packed.at[i], at, 1);
        assert.ok((packed.at[i] ?? 0) <= at + 1e-3, "never into the next hour");
        within((packed.xTrack[i] ?? 0) * TRACK_STEP_KM, x, TRACK_STEP_KM * 0.51);
        within((packed.offNadir[i] ?? 0) * ANGLE_STEP_DEG, off, ANGLE_STEP_DEG * 0.51);
        within((packed.incidence[i] ?? 0) * ANGLE_STEP_DEG, incidence, ANGLE_STEP_DEG * 0.51);
        within((packed.sun[i] ?? 0) * SUN_STEP_DEG, sun, SUN_STEP_DEG * 0.51);
      });
      assert.equal(packed.cell.buffer.byteLength, 16 * some.length, "sixteen bytes an opportunity");
    }),
  );
});

test("a cell 3,500 km off the track, as from 1,400 km up near the horizon, stays on its side", () => {
  for (const xTrackKm of [3500, -3500]) {
    const one = { passFirst: Uint32Array.of(0, 1), cell: Uint32Array.of(0), atMs: Float64Array.of(START) };
    const angles = {
      offNadirDeg: Float32Array.of(54),
      incidenceDeg: Float32Array.of(85),
      sunElevationDeg: Float32Array.of(0),
    };
    const { xTrack } = pack({ ...one, ...angles, xTrackKm: Float32Array.of(xTrackKm) }, WEEK, allocate);
    assert.equal(Math.sign(xTrack[0] ?? 0), Math.sign(xTrackKm));
  }
});

test("a unit of time is a millisecond up to 49 days, and as many as are needed beyond", () => {
  const days = (n: number) => timeUnitMs({ start: START, end: instant(START + n * MS_PER_DAY) });
  assert.deepEqual([1, 7, 49, 50, 99, 365].map(days), [1, 1, 1, 2, 2, 8]);
});

const lookOf = (firstRow: number, cells: number): Look => ({
  satellite: 0,
  pass: 0,
  sensor: {
    kind: 0,
    reach: { angle: "offNadir", minDeg: 0, maxDeg: 30, side: "both" },
    minSunElevationDeg: -90,
    swathKm: 1,
    dutyS: 1,
    settleS: 1,
    rateMbps: 1,
    answers: 1,
  },
  startMs: 0,
  endMs: 1,
  gbit: 1,
  firstRow,
  cells,
  deliveredMs: Number.NaN,
  ground: -1,
});

test("property: looks by cell are all rows, cell by cell, in order of time", () => {
  const looks = fc.array(fc.array(fc.tuple(fc.nat(6), fc.nat(50)), { minLength: 1, maxLength: 8 }), { maxLength: 12 });
  fc.assert(
    fc.property(looks, (some) => {
      const rows = new TakenRows();
      const list = some.map((cells) => {
        const firstRow = rows.length;
        for (const [cell, at] of cells) rows.push(cell, at);
        return lookOf(firstRow, cells.length);
      });
      const { first, at, look } = takenByCell(rows.done(list), 7);
      assert.equal(first[7], some.flat().length);
      for (let cell = 0; cell < 7; cell++) {
        const found = Array.from(
          { length: (first[cell + 1] ?? 0) - (first[cell] ?? 0) },
          (_, k) => (first[cell] ?? 0) + k,
        );
        const times = found.map((row) => at[row] ?? Number.NaN);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
        const expected = some.flatMap((cells, l) => cells.filter(([c]) => c === cell).map(([, t]) => `${t} ${l}`));
        assert.deepEqual(found.map((row) => `${at[row]} ${look[row]}`).sort(), expected.sort());
      }
    }),
  );
});

test("rows grow beyond their first room and lose nothing", () => {
  const rows = new TakenRows();
  for (let i = 0; i < 5000; i++) rows.push(i, 5000 - i);
  const { cell, at } = rows.done([]);
  assert.deepEqual(
    [cell.length, at.length, cell[4999], at[4999], cell[1024], at[1024]],
    [5000, 5000, 4999, 1, 1024, 3976],
  );
});
