/** Look angles against PROJ's topocentric conversion, and against the law of sines where it is exact. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { elevationDeg, incidenceDeg, offNadirDeg, rangeKm } from "../src/geo/look.ts";
import type { Position } from "../src/geo/position.ts";
import { geodeticOf, WGS84_A_KM } from "../src/geo/wgs84.ts";
import { assertWithin, isCaught } from "./accuracy.ts";

/** Site latitude, longitude, height m; platform x, y, z km; elevation, range km, off-nadir; platform latitude, longitude, height km. */
type Row = readonly [number, number, number, number, number, number, number, number, number, number, number, number];

const DEG = Math.PI / 180;
const oracle: { readonly rows: readonly Row[] } = JSON.parse(
  readFileSync(new URL("../oracle/look.proj.json", import.meta.url), "utf8"),
);

const platformOf = ([, , , xKm, yKm, zKm]: Row): Position<"ecef"> => ({ frame: "ecef", xKm, yKm, zKm });

function worst(offLatitudeDeg = 0) {
  const off = { elevationDeg: 0, rangeKm: 0, offNadirDeg: 0, groundKm: 0 };
  for (const row of oracle.rows) {
    const [latitude, longitudeDeg, heightM, , , , elevation, range, offNadir, , , heightKm] = row;
    // Towards the equator, so that a planted fault stays on the Earth.
    const site = { id: "site", latitudeDeg: latitude - Math.sign(latitude) * offLatitudeDeg, longitudeDeg, heightM };
    const platform = platformOf(row);
    off.elevationDeg = Math.max(off.elevationDeg, Math.abs(elevationDeg(site, platform) - elevation));
    off.rangeKm = Math.max(off.rangeKm, Math.abs(rangeKm(site, platform) - range));
    off.offNadirDeg = Math.max(off.offNadirDeg, Math.abs(offNadirDeg(platform, site) - offNadir));
    off.groundKm = Math.max(off.groundKm, Math.abs(geodeticOf(platform).heightKm - heightKm));
  }
  return off;
}

test("elevation, range and off-nadir angle equal PROJ's", () => {
  assert.equal(oracle.rows.length, 120);
  const off = worst();
  assertWithin("look-elevation", off.elevationDeg);
  assertWithin("look-range", off.rangeKm);
  assertWithin("look-off-nadir", off.offNadirDeg);
  assert.ok(off.groundKm < 1e-3, `height above the ellipsoid off by ${off.groundKm} km, said to be 1 m at GEO`);
});

test("planted fault: a site 0.0001 degrees away is caught", () => {
  const off = worst(1e-4);
  assert.ok(isCaught("look-elevation", off.elevationDeg));
  assert.ok(isCaught("look-range", off.rangeKm));
  assert.ok(isCaught("look-off-nadir", off.offNadirDeg));
});

test("in the equator's plane, a circle, the law of sines holds: sin(off-nadir) = a / (a + h) cos(elevation)", () => {
  for (const heightKm of [250, 515, 786, 20_200, 35_786]) {
    const horizonDeg = Math.acos(WGS84_A_KM / (WGS84_A_KM + heightKm)) / DEG;
    for (const share of [0.02, 0.1, 0.3, 0.6, 0.9, 0.999]) {
      const centralRad = share * horizonDeg * DEG;
      const site = { id: "site", latitudeDeg: 0, longitudeDeg: 20, heightM: 0 };
      const at = 20 * DEG + centralRad;
      const r = WGS84_A_KM + heightKm;
      const platform: Position<"ecef"> = { frame: "ecef", xKm: r * Math.cos(at), yKm: r * Math.sin(at), zKm: 0 };
      const nadirRad = Math.atan2(WGS84_A_KM * Math.sin(centralRad), r - WGS84_A_KM * Math.cos(centralRad));
      const expectedDeg = 90 - (centralRad + nadirRad) / DEG;
      assert.ok(Math.abs(offNadirDeg(platform, site) - nadirRad / DEG) < 1e-9);
      assert.ok(Math.abs(elevationDeg(site, platform) - expectedDeg) < 1e-9);
      assert.ok(Math.abs(incidenceDeg(site, platform) - (90 - expectedDeg)) < 1e-9);
      const sine = (WGS84_A_KM / r) * Math.cos(expectedDeg * DEG);
      assert.ok(Math.abs(Math.sin(offNadirDeg(platform, site) * DEG) - sine) < 1e-11);
    }
  }
});
