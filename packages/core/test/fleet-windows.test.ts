/** Windows of a fleet are those of its pairs, one by one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findFleetWindows } from "../src/access/fleet-windows.ts";
import { findWindows, type LookConstraints } from "../src/access/windows.ts";
import type { StateTable } from "../src/orbit/ephemeris.ts";
import { tabulate } from "../src/orbit/table.ts";
import { type Interval, MS_PER_DAY } from "../src/time/instant.ts";
import { elementsNamed, NEVER_STALE, spanOf } from "./real-sky.ts";

const SPAN = spanOf("2026-06-16T00:00:00Z", 30);
const NAMES = ["SENTINEL-2A", "ISS (ZARYA)", "MERIDIAN 7", "PODSAT", "ECHOSTAR 10", "TDRS 3"];
const SATELLITES = NAMES.map(elementsNamed);
const SITES = [
  { id: "kharkiv", latitudeDeg: 49.9935, longitudeDeg: 36.2304, heightM: 130 },
  { id: "odesa", latitudeDeg: 46.4775, longitudeDeg: 30.7326, heightM: 40 },
  { id: "alert", latitudeDeg: 82.5, longitudeDeg: -62.3, heightM: 30 },
];
const STATIONS = [
  { site: { id: "svalbard", latitudeDeg: 78.23, longitudeDeg: 15.39, heightM: 450 }, maskDeg: 5 },
  { site: { id: "matera", latitudeDeg: 40.65, longitudeDeg: 16.7, heightM: 500 }, maskDeg: 10 },
];
const SKYLINE = [
  { azimuthDeg: 10, elevationDeg: 5 },
  { azimuthDeg: 120, elevationDeg: 30 },
  { azimuthDeg: 300, elevationDeg: 2 },
];
const CASES: Readonly<Record<string, LookConstraints>> = {
  nothing: {},
  elevation: { minElevationDeg: 25 },
  "incidence, both ends": { incidenceDeg: { min: 20, max: 55 } },
  skyline: { horizonMask: SKYLINE },
  "range, off nadir, side": { rangeKm: { min: 0, max: 1500 }, offNadirDeg: { min: 5, max: 45 }, side: "left" },
  "sun and station": { minSunElevationDeg: 5, stationContact: STATIONS },
  sunlit: { platformSunlit: true, minElevationDeg: 5 },
};
/** A table's edges are those of its interpolated path, a fleet's are polished on SGP4. */
const EDGE_MS = 20;

function assertSame(found: readonly Interval[], expected: readonly Interval[], what: string): void {
  assert.equal(found.length, expected.length, what);
  for (const [i, { start, end }] of expected.entries()) {
    const { start: from = 0, end: to = 0 } = found[i] ?? {};
    assert.ok(
      Math.abs(from - start) <= EDGE_MS && Math.abs(to - end) <= EDGE_MS,
      `${what}: ${from - start}, ${to - end} ms`,
    );
  }
}

for (const [name, constraints] of Object.entries(CASES)) {
  for (const [options, kind] of [
    [NEVER_STALE, "known"],
    [{ staleAfterMs: MS_PER_DAY / 2 }, "stale in part"],
  ] as const) {
    test(`pair by pair: ${name}, ${kind}`, () => {
      let [windows, unknown] = [0, 0];
      for (const pair of findFleetWindows({ satellites: SATELLITES, sites: SITES, span: SPAN, constraints, options })) {
        const [elements, site] = [SATELLITES[pair.satellite] ?? assert.fail(), SITES[pair.site] ?? assert.fail()];
        const table = tabulate(elements, SPAN, options);
        const expected = findWindows({ table, site, span: SPAN, constraints });
        const what = `${elements.name} over ${site.id}`;
        assertSame(pair.windows, expected.windows, what);
        assertSame(pair.unknown, expected.unknown, `unknown of ${what}`);
        assert.deepEqual(pair.ownUnknown, table.unknown, what);
        [windows, unknown] = [windows + pair.windows.length, unknown + pair.unknown.length];
      }
      assert.ok(
        kind === "known" ? windows > 0 && unknown === 0 : unknown > 0,
        `${windows} windows, ${unknown} unknown`,
      );
    });
  }
}

test("relays of each satellite are its own", () => {
  const tables = SATELLITES.map((each): StateTable => tabulate(each, SPAN, NEVER_STALE));
  const relaysOf = (s: number) => tables.slice(4).filter((table) => table !== tables[s]);
  const query = { satellites: SATELLITES, sites: SITES, span: SPAN, constraints: {}, options: NEVER_STALE, relaysOf };
  const pairs = [...findFleetWindows(query)];
  assert.equal(pairs.length, SATELLITES.length * SITES.length);
  for (const pair of pairs) {
    const [table, site] = [tables[pair.satellite] ?? assert.fail(), SITES[pair.site] ?? assert.fail()];
    const constraints = { lineOfSight: relaysOf(pair.satellite) };
    assertSame(
      pair.windows,
      findWindows({ table, site, span: SPAN, constraints }).windows,
      `${pair.satellite} ${site.id}`,
    );
  }
});

test("more satellites than a batch come in the order of the list, and what cannot be asked is refused at once", () => {
  const satellites = Array.from({ length: 70 }, (_, i) => SATELLITES[i % 2] ?? assert.fail());
  const query = { satellites, sites: SITES.slice(0, 1), span: SPAN, constraints: {}, options: NEVER_STALE };
  const found = [...findFleetWindows(query)];
  assert.deepEqual(
    found.map(({ satellite }) => satellite),
    satellites.map((_, s) => s),
  );
  assert.deepEqual(found[68]?.windows, found[0]?.windows);
  const empty = { ...query, span: { start: SPAN.end, end: SPAN.end } };
  assert.throws(() => findFleetWindows(empty).next(), RangeError);
  const upside = { ...query, constraints: { incidenceDeg: { min: 50, max: 20 } } };
  assert.throws(() => findFleetWindows(upside).next(), RangeError);
});
