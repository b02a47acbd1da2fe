/** Satellites that hardly move over the ground: half hours in which a cell can be seen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dwell, hardlyMoves } from "../src/access/dwell.ts";
import type { Opportunities } from "../src/access/opportunities.ts";
import type { Reach } from "../src/access/sweep.ts";
import { cellAt } from "../src/geo/cells.ts";
import { sunElevationDeg } from "../src/geo/sun.ts";
import { tabulate } from "../src/orbit/table.ts";
import { type Interval, instant, MS_PER_HOUR, MS_PER_MINUTE } from "../src/time/instant.ts";
import { groundOf, trackOf } from "./bruteforce-abeam.ts";
import { elementsNamed, gridWithPlaces, linesNamed, NEVER_STALE, spanOf } from "./real-sky.ts";

const HALF_HOUR_MS = 30 * MS_PER_MINUTE;
const SPAN = spanOf("2026-06-16T00:00:00Z", 24);
const ALL: readonly Reach[] = [{ angle: "incidence", minDeg: 0, maxDeg: 85, side: "both" }];
const PLACES = Array.from({ length: 24 }, (_, i) => ({
  latitudeDeg: 80 - 7 * i,
  longitudeDeg: ((i * 67) % 360) - 180,
}));
const { grid: GRID, places: CENTRES } = gridWithPlaces(PLACES.map((place) => cellAt(place, 5)));

const dwellOf = (name: string, span = SPAN, reaches = ALL, staleAfterMs = Number.POSITIVE_INFINITY) =>
  dwell({ table: tabulate(elementsNamed(name), span, { staleAfterMs }), grid: GRID, span, reaches });
const rowsIn = ({ cell, atMs }: Opportunities, { start, end }: Interval) =>
  Array.from(cell, (c, i) => `${c} ${atMs[i]}`).filter((_, i) => (atMs[i] ?? 0) >= start && (atMs[i] ?? 0) < end);

test("six hours divide those that hardly move from those that do", () => {
  const moves = (name: string) => !hardlyMoves(tabulate(elementsNamed(name), SPAN, NEVER_STALE));
  for (const name of ["SENTINEL-1A", "ISS (ZARYA)", "LAGEOS 1", "PODSAT", "TACSAT 4"]) assert.ok(moves(name), name);
  for (const name of ["ECHOSTAR 10", "TDRS 3", "QZS-4 (MICHIBIKI-4)", "NAVSTAR 58 (USA 190)", "MERIDIAN 7"]) {
    assert.ok(!moves(name), name);
  }
});

/** Geometry once more, by satellite.js alone. */
function angleAt(name: string, cell: number, utcMs: number): number {
  const site = CENTRES[cell] ?? assert.fail();
  const [x, y, z] = trackOf(linesNamed(name))(utcMs) ?? assert.fail();
  const [px, py, pz] = groundOf(site);
  const [lat, lon] = [(site.latitudeDeg * Math.PI) / 180, (site.longitudeDeg * Math.PI) / 180];
  const up = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)] as const;
  const [dx, dy, dz] = [x - px, y - py, z - pz];
  return (Math.acos((dx * up[0] + dy * up[1] + dz * up[2]) / Math.hypot(dx, dy, dz)) * 180) / Math.PI;
}

for (const name of ["ECHOSTAR 10", "QZS-4 (MICHIBIKI-4)", "NAVSTAR 58 (USA 190)", "MERIDIAN 7"]) {
  test(`${name}: every half hour in which a cell can be seen at its middle, and no other`, () => {
    const found = dwellOf(name);
    const rows = new Map(Array.from(found.cell, (cell, i) => [`${cell} ${found.atMs[i]}`, i]));
    assert.equal(rows.size, found.cell.length, "none twice");
    let seen = 0;
    for (let utcMs = SPAN.start + HALF_HOUR_MS / 2; utcMs < SPAN.end; utcMs += HALF_HOUR_MS) {
      for (let cell = 0; cell < GRID.count; cell++) {
        const incidence = angleAt(name, cell, utcMs);
        const row = rows.get(`${cell} ${utcMs}`);
        if (Math.abs(incidence - 85) > 0.001)
          assert.equal(row !== undefined, incidence < 85, `${cell} at ${utcMs}: ${incidence}`);
        if (row === undefined) continue;
        seen++;
        assert.ok(Math.abs((found.incidenceDeg[row] ?? 0) - incidence) < 0.002);
        assert.equal(found.xTrackKm[row], 0);
        const sun = sunElevationDeg(CENTRES[cell] ?? assert.fail(), utcMs);
        assert.ok(Math.abs((found.sunElevationDeg[row] ?? 0) - sun) < 1e-4);
      }
    }
    assert.equal(seen, found.cell.length, "all on the raster");
    assert.ok(seen > 100, `${seen}`);
  });
}

test("a geostationary satellite sees the same cells all day: each 48 times, once a pass", () => {
  const { cell, passFirst } = dwellOf("ECHOSTAR 10");
  const times = new Map<number, number>();
  for (const c of cell) times.set(c, (times.get(c) ?? 0) + 1);
  assert.ok(times.size > 3 && times.size < GRID.count);
  assert.deepEqual(new Set(times.values()), new Set([48]));
  assert.equal(passFirst.length - 1, 48);
});

test("bands hold here too, and where nothing is in reach there is nothing", () => {
  const ring: Reach[] = [{ angle: "incidence", minDeg: 40, maxDeg: 60, side: "left" }];
  const { incidenceDeg, cell } = dwellOf("QZS-4 (MICHIBIKI-4)", SPAN, ring);
  assert.ok(cell.length > 0 && incidenceDeg.every((deg) => deg >= 40 && deg <= 60));
  assert.equal(
    dwellOf("ECHOSTAR 10", SPAN, [{ angle: "offNadir", minDeg: 20, maxDeg: 30, side: "both" }]).cell.length,
    0,
  );
  assert.equal(dwellOf("ECHOSTAR 10", SPAN, []).cell.length, 0);
});

test("elements that go stale answer no later, and lose nothing before", () => {
  const until = instant(SPAN.start + 12 * MS_PER_HOUR);
  const staleAfterMs = until - elementsNamed("ECHOSTAR 10").epochUtcMs;
  assert.deepEqual(
    rowsIn(dwellOf("ECHOSTAR 10", SPAN, ALL, staleAfterMs), SPAN),
    rowsIn(dwellOf("ECHOSTAR 10"), { start: SPAN.start, end: until }),
  );
});

test("property: moving the end of the span, or its start by whole half hours, moves no opportunity", () => {
  const whole = dwellOf("NAVSTAR 58 (USA 190)");
  fc.assert(
    fc.property(fc.nat(20), fc.nat(12 * MS_PER_HOUR), (halfHours, soonerMs) => {
      const span = { start: instant(SPAN.start + halfHours * HALF_HOUR_MS), end: instant(SPAN.end - soonerMs) };
      assert.deepEqual(rowsIn(dwellOf("NAVSTAR 58 (USA 190)", span), SPAN), rowsIn(whole, span));
    }),
    { numRuns: 25 },
  );
});

test("a span that starts within a half hour keeps its middle", () => {
  const span = { start: instant(SPAN.start + 10 * MS_PER_MINUTE), end: SPAN.end };
  assert.deepEqual(rowsIn(dwellOf("ECHOSTAR 10", span), SPAN), rowsIn(dwellOf("ECHOSTAR 10"), span));
});
