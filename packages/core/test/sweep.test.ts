/** What a sweep promises beside its numbers: bands, sides, spans, what is unknown, and a strip as a range of rows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gridOf } from "../src/access/grid.ts";
import type { Opportunities } from "../src/access/opportunities.ts";
import { accepts, centralAngleRad, type Reach, sweep, sweepPlainly } from "../src/access/sweep.ts";
import { cellsAround } from "../src/geo/cells.ts";
import { distanceKm } from "../src/geo/geodesic.ts";
import { sunElevationDeg } from "../src/geo/sun.ts";
import { geodeticOf } from "../src/geo/wgs84.ts";
import type { StateTable } from "../src/orbit/ephemeris.ts";
import { ephemerisOf, tabulate } from "../src/orbit/table.ts";
import { type Interval, instant, MS_PER_DAY, MS_PER_HOUR } from "../src/time/instant.ts";
import { elementsNamed, gridWithPlaces, NEVER_STALE, spanOf } from "./real-sky.ts";

const DEG = Math.PI / 180;
const SPAN = spanOf("2026-06-16T00:00:00Z", 48);
/** About Donetsk oblast: 300 km across. */
const { grid: GRID, places: CENTRES } = gridWithPlaces(cellsAround({ latitudeDeg: 48, longitudeDeg: 37.8 }, 150, 5));
const reach = (change: Partial<Reach> = {}): Reach => ({
  angle: "offNadir",
  minDeg: 0,
  maxDeg: 45,
  side: "both",
  ...change,
});
const elements = elementsNamed("SENTINEL-2A");
const TABLE = tabulate(elements, SPAN, NEVER_STALE);
const found = sweep({ table: TABLE, grid: GRID, span: SPAN, reaches: [reach()] });

/** Rows without their order: cell, whole ms. */
const rowsOf = ({ cell, atMs }: Opportunities) =>
  Array.from(cell, (c, i) => `${c} ${Math.round(atMs[i] ?? Number.NaN)}`).sort();
const inside = ({ cell, atMs }: Opportunities, { start, end }: Interval) =>
  Array.from(cell, (c, i) => [c, atMs[i] ?? Number.NaN] as const).filter(([, at]) => at >= start && at < end);

test("there is something to test", () => {
  assert.ok(GRID.count > 200 && found.cell.length > 500, `${GRID.count} cells, ${found.cell.length} opportunities`);
});

test("bands are closed: an angle equal to either end is in reach, the next number is not", () => {
  for (const angle of ["offNadir", "incidence"] as const) {
    const band = reach({ angle, minDeg: 20, maxDeg: 45 });
    const at = (deg: number) => (angle === "offNadir" ? accepts(band, deg, 0, 0) : accepts(band, 0, deg, 0));
    assert.deepEqual(
      [at(20), at(45), at(20 - 4e-15), at(45 + 8e-15), at(Number.NaN)],
      [true, true, false, false, false],
    );
  }
});

test("left is positive, right negative; what lies under the track is on either side", () => {
  const at = (side: Reach["side"], xTrackKm: number) => accepts(reach({ side }), 10, 10, xTrackKm);
  assert.deepEqual([at("left", 1), at("left", 0), at("left", -1)], [true, true, false]);
  assert.deepEqual([at("right", 1), at("right", 0), at("right", -1)], [false, true, true]);
  assert.deepEqual([at("both", 1), at("both", 0), at("both", -1)], [true, true, true]);
});

test("left and right together are both, and share nothing but what is under the track", () => {
  const of = (side: Reach["side"]) =>
    rowsOf(sweep({ table: TABLE, grid: GRID, span: SPAN, reaches: [reach({ side })] }));
  const [left, right] = [of("left"), of("right")];
  assert.ok(left.length > 50 && right.length > 50);
  assert.deepEqual([...left, ...right].sort(), rowsOf(found));
});

test("a wider reach has all that a narrower one has; two sensors have what either has", () => {
  const rows = (...reaches: Reach[]) => new Set(rowsOf(sweep({ table: TABLE, grid: GRID, span: SPAN, reaches })));
  const [narrow, wide] = [reach({ maxDeg: 20 }), reach()];
  assert.ok([...rows(narrow)].every((row) => rows(wide).has(row)));
  const radar = reach({ angle: "incidence", minDeg: 40, maxDeg: 60, side: "right" });
  assert.deepEqual(rows(narrow, radar), new Set([...rows(radar), ...rows(narrow)]));
});

test("no cells, no sensors: no opportunities", () => {
  assert.equal(sweep({ table: TABLE, grid: gridOf([]), span: SPAN, reaches: [reach()] }).cell.length, 0);
  assert.equal(sweep({ table: TABLE, grid: GRID, span: SPAN, reaches: [] }).cell.length, 0);
});

test("distance across track is the distance on the ground, and a strip is a range of a pass's rows", () => {
  const ephemeris = ephemerisOf(elements, NEVER_STALE);
  for (let pass = 0; pass + 1 < found.passFirst.length; pass++) {
    const [from = 0, to = 0] = [found.passFirst[pass], found.passFirst[pass + 1]];
    assert.ok(to > from, "a pass without a cell is none");
    for (let i = from; i < to; i++) {
      const at = ephemeris(instant(found.atMs[i] ?? 0)) ?? assert.fail();
      const km = distanceKm(geodeticOf(at), CENTRES[found.cell[i] ?? -1] ?? assert.fail());
      const across = Math.abs(found.xTrackKm[i] ?? Number.NaN);
      // A sphere of 6,371 km for the ellipsoid is 0.5 %; its nadir is up to 3 km from the geodetic one.
      assert.ok(Math.abs(km - across) < 0.006 * km + 3, `${across} km, ${km} on the ground`);
      if (i > from)
        assert.ok(
          (found.xTrackKm[i] ?? 0) >= (found.xTrackKm[i - 1] ?? 0) - 0.011,
          "from right to left, to ten metres",
        );
    }
  }
});

test("the sun's elevation is that at the cell at that moment, by day and by night", () => {
  const sun = Array.from(found.cell, (c, i) => sunElevationDeg(CENTRES[c] ?? assert.fail(), found.atMs[i] ?? 0));
  // A straight line over two minutes of the sun's arc: 5e-4 deg, and more of the angle where the sun is high.
  const offDeg = Math.max(...sun.map((deg, i) => Math.abs(deg - (found.sunElevationDeg[i] ?? Number.NaN))));
  assert.ok(offDeg < 0.002, `${offDeg}`);
  // Sentinel-2 passes at half past ten in the morning, and in the evening on the other side.
  assert.ok(sun.some((deg) => deg > 50) && sun.some((deg) => deg < 0));
});

test("with a kernel and without: the same rows in the same order, times within a millisecond", () => {
  const europe = gridOf(cellsAround({ latitudeDeg: 48, longitudeDeg: 37.8 }, 2500, 3));
  for (const [query, least] of [
    [{ table: TABLE, grid: GRID, span: SPAN, reaches: [reach()] }, 500],
    [
      { table: TABLE, grid: europe, span: SPAN, reaches: [reach({ side: "left" }), reach({ minDeg: 10, maxDeg: 60 })] },
      500,
    ],
  ] as const) {
    const [own, plain] = [sweep(query), sweepPlainly(query)];
    assert.ok(plain.cell.length > least, `${plain.cell.length}`);
    assert.deepEqual(own.passFirst, plain.passFirst);
    assert.deepEqual(own.cell, plain.cell);
    for (const [name, off] of [
      ["atMs", 1],
      ["xTrackKm", 0.002],
      ["offNadirDeg", 1e-4],
      ["incidenceDeg", 1e-4],
      ["sunElevationDeg", 1e-4],
    ] as const) {
      const worst = Math.max(...Array.from(own[name], (value, i) => Math.abs(value - (plain[name][i] ?? Number.NaN))));
      assert.ok(worst < off, `${name}: ${worst}`);
    }
  }
});

test("property: moving either end of the span moves no opportunity", () => {
  fc.assert(
    fc.property(fc.nat(24 * MS_PER_HOUR), fc.nat(23 * MS_PER_HOUR), (laterMs, soonerMs) => {
      const span = { start: instant(SPAN.start + laterMs), end: instant(SPAN.end - soonerMs) };
      const shorter = sweep({ table: tabulate(elements, span, NEVER_STALE), grid: GRID, span, reaches: [reach()] });
      assert.deepEqual(inside(shorter, SPAN).sort(), inside(found, span).sort());
    }),
    { numRuns: 40, seed: 7 },
  );
});

test("where the table does not know there is no opportunity, and all others stay", () => {
  const middle = found.atMs[found.cell.length >> 1] ?? assert.fail();
  const unknown = [{ start: instant(middle), end: instant(middle + 12 * MS_PER_HOUR), code: "stale" as const }];
  const some = sweep({ table: { ...TABLE, unknown }, grid: GRID, span: SPAN, reaches: [reach()] });
  const expected = inside(found, SPAN).filter(([, at]) => at < middle || at >= Math.round(middle) + 12 * MS_PER_HOUR);
  assert.ok(expected.length < found.cell.length && expected.length > 100);
  assert.deepEqual(inside(some, SPAN).sort(), expected.sort());
});

test("elements that go stale within the span answer up to that instant and not beyond", () => {
  const staleAfterMs = SPAN.start + MS_PER_DAY - elements.epochUtcMs;
  const fresh = { start: SPAN.start, end: instant(SPAN.start + MS_PER_DAY) };
  const some = sweep({ table: tabulate(elements, SPAN, { staleAfterMs }), grid: GRID, span: SPAN, reaches: [reach()] });
  assert.deepEqual(inside(some, SPAN).sort(), inside(found, fresh).sort());
});

/** Nodes at `lost` have no state: a failing propagation. */
function without(table: StateTable, lost: readonly number[]): StateTable {
  const { firstMs, stepMs } = table;
  const [rEcefKm, vEcefKmps] = [table.rEcefKm.slice(), table.vEcefKmps.slice()];
  const unknown = lost.map((i) => {
    rEcefKm.fill(Number.NaN, 3 * i, 3 * i + 3);
    vEcefKmps.fill(Number.NaN, 3 * i, 3 * i + 3);
    return {
      start: instant(firstMs + (i - 1) * stepMs),
      end: instant(firstMs + (i + 1) * stepMs),
      code: "element-error" as const,
    };
  });
  return { ...table, rEcefKm, vEcefKmps, unknown };
}

test("a state that is missing in the midst of a pass costs the steps beside it and no more", () => {
  const europe = gridOf(cellsAround({ latitudeDeg: 48, longitudeDeg: 37.8 }, 2500, 3));
  const span = spanOf("2026-06-16T06:00:00Z", 6);
  const table = tabulate(elements, span, NEVER_STALE);
  const whole = sweep({ table, grid: europe, span, reaches: [reach()] });
  const nodes = new Set(Array.from(whole.atMs, (at) => Math.floor((at - table.firstMs) / table.stepMs)));
  assert.ok(nodes.size > 10);
  for (const node of [...nodes].filter((_, k) => k % 4 === 0)) {
    const torn = without(table, [node]);
    const some = sweep({ table: torn, grid: europe, span, reaches: [reach()] });
    const [gone = assert.fail()] = torn.unknown;
    const expected = inside(whole, span).filter(([, at]) => at < gone.start || at >= gone.end);
    assert.deepEqual(inside(some, span).sort(), expected.sort(), `node ${node} of ${[...nodes]}`);
  }
});

/** On a sphere of 6,371 km, by the triangle of Earth's centre, satellite and target (Wertz and Larson 1999, sec. 5.2). */
function anglesAt(
  centralRad: number,
  radiusKm: number,
): { readonly offNadirDeg: number; readonly incidenceDeg: number } {
  const [x, y] = [6371 * Math.cos(centralRad), 6371 * Math.sin(centralRad)];
  const offNadirDeg = Math.atan2(y, radiusKm - x) / DEG;
  return { offNadirDeg, incidenceDeg: offNadirDeg + centralRad / DEG };
}

test("property: the greatest central angle is the one at which a look has the band's greatest angle", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 6500, max: 50_000, noNaN: true }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (radiusKm, share) => {
        const centralRad = share * Math.acos(6371 / radiusKm);
        const { offNadirDeg, incidenceDeg } = anglesAt(centralRad, radiusKm);
        const byOffNadir = centralAngleRad(reach({ maxDeg: offNadirDeg }), radiusKm);
        const byIncidence = centralAngleRad(reach({ angle: "incidence", maxDeg: incidenceDeg }), radiusKm);
        // Off-nadir is level at the horizon: there a rounding of the angle is the square root of it on the ground.
        assert.ok(Math.abs(byOffNadir - centralRad) < 1e-6, `${byOffNadir}, not ${centralRad}`);
        assert.ok(Math.abs(byIncidence - centralRad) < 1e-9, `${byIncidence}, not ${centralRad}`);
      },
    ),
  );
});

test("beyond the horizon is the horizon, also for a band up to 90 degrees and more", () => {
  for (const radiusKm of [6671, 7171, 42_164]) {
    const horizon = Math.acos(6371 / radiusKm);
    for (const angle of ["offNadir", "incidence"] as const) {
      assert.ok(Math.abs(centralAngleRad(reach({ angle, maxDeg: 120 }), radiusKm) - horizon) < 1e-9);
    }
  }
});
