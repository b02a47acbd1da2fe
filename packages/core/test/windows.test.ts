/** Windows under constraints, against the constraints themselves, second by second. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findWindows, type LookConstraints } from "../src/access/windows.ts";
import { elevationDeg, incidenceDeg, offNadirDeg } from "../src/geo/look.ts";
import { sunElevationDeg } from "../src/geo/sun.ts";
import { ephemerisOf, STALE_AFTER_MS, tabulate } from "../src/orbit/table.ts";
import { walkerElements } from "../src/orbit/walker.ts";
import { instant, MS_PER_DAY, parseInstant } from "../src/time/instant.ts";

const start = parseInstant("2026-06-15T00:00:00Z");
const span = { start, end: instant(start + 2 * MS_PER_DAY) };
const site = { id: "Kharkiv", latitudeDeg: 49.98, longitudeDeg: 36.26, heightM: 120 };
const [elements] = walkerElements({
  name: "test",
  firstNumber: 900_000_000,
  epochUtcMs: start,
  satellites: 1,
  planes: 1,
  phasing: 0,
  altitudeKm: 560,
  inclinationDeg: 97.6,
  raanDeg: 20,
  spreadDeg: 360,
  argumentOfLatitudeDeg: 0,
});
assert.ok(elements);
const options = { staleAfterMs: STALE_AFTER_MS };
const table = tabulate(elements, span, options);
const ephemeris = ephemerisOf(elements, options);

/** The constraints read one by one, on SGP4 itself. */
function holds(constraints: LookConstraints, utcMs: number): boolean {
  const platform = ephemeris(instant(utcMs)) ?? assert.fail();
  const { minElevationDeg = 0, incidenceDeg: incidence, offNadirDeg: offNadir, minSunElevationDeg = -90 } = constraints;
  const i = incidenceDeg(site, platform);
  const o = offNadirDeg(platform, site);
  return (
    elevationDeg(site, platform) >= minElevationDeg &&
    (incidence === undefined || (i >= incidence.min && i <= incidence.max)) &&
    (offNadir === undefined || (o >= offNadir.min && o <= offNadir.max)) &&
    sunElevationDeg(site, utcMs) >= minSunElevationDeg
  );
}

const CASES: Readonly<Record<string, LookConstraints>> = {
  "elevation alone": { minElevationDeg: 12 },
  "a radar's incidence band": { incidenceDeg: { min: 20, max: 46 } },
  "an agile camera by day": { offNadirDeg: { min: 0, max: 35 }, minSunElevationDeg: 10 },
  "an off-nadir ring": { offNadirDeg: { min: 15, max: 50 } },
  "a wide field at night or day": { offNadirDeg: { min: 0, max: 60 } },
  "all at once": {
    minElevationDeg: 5,
    incidenceDeg: { min: 10, max: 60 },
    offNadirDeg: { min: 5, max: 50 },
    minSunElevationDeg: 5,
  },
};

for (const [name, constraints] of Object.entries(CASES)) {
  test(`findWindows agrees with its constraints every second: ${name}`, () => {
    const { windows, unknown } = findWindows({ table, site, span, constraints });
    assert.deepEqual(unknown, []);
    assert.ok(windows.length > 0, "a case without windows would pass by not looking");
    let k = 0;
    for (let t: number = span.start; t < span.end; t += 1000) {
      while (k < windows.length && (windows[k]?.end ?? 0) <= t) k++;
      const inside = k < windows.length && t >= (windows[k]?.start ?? 0);
      if (inside === holds(constraints, t)) continue;
      // Interpolation moves an edge by milliseconds: a second's sample may fall just there.
      const near = windows.some((w) => Math.abs(w.start - t) <= 20 || Math.abs(w.end - t) <= 20);
      assert.ok(near, `at ${new Date(t).toISOString()}: window says ${inside}`);
    }
  });
}

test("findWindows: a band that no geometry meets has no windows", () => {
  const constraints = { offNadirDeg: { min: 80, max: 89 } };
  assert.deepEqual(findWindows({ table, site, span, constraints }).windows, []);
});
