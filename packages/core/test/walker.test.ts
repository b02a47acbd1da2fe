/** Planned constellations against published ones, real sun-synchronous orbits and SGP4's own turning of the node. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sgp4Of } from "../src/orbit/sgp4.ts";
import {
  raanOfLocalTime,
  sunSynchronousInclinationDeg,
  type WalkerPattern,
  walkerElements,
} from "../src/orbit/walker.ts";
import { MS_PER_DAY, parseInstant } from "../src/time/instant.ts";
import { elementsNamed } from "./real-sky.ts";

const EPOCH = parseInstant("2026-06-15T00:00:00Z");
const RAD = Math.PI / 180;
const between = (a: number, b: number) => Math.abs(((((a - b + 180) % 360) + 360) % 360) - 180);

const patternOf = (change: Partial<WalkerPattern>): WalkerPattern => ({
  name: "Plan",
  firstNumber: 900_000_000,
  epochUtcMs: EPOCH,
  satellites: 24,
  planes: 3,
  phasing: 1,
  altitudeKm: 560,
  inclinationDeg: 56,
  raanDeg: 0,
  spreadDeg: 360,
  argumentOfLatitudeDeg: 0,
  ...change,
});
/** From the node along the orbit. */
const alongDeg = ({ argPerigeeDeg, meanAnomalyDeg }: { argPerigeeDeg: number; meanAnomalyDeg: number }) =>
  argPerigeeDeg + meanAnomalyDeg;

test("Galileo's reference constellation, 56 deg: 24/3/1, as its service definition gives slots and planes", () => {
  // Galileo OS SDD, annex C: nodes 120 deg apart from 317.632, slots 45 deg apart, 15 deg from plane to plane.
  const elements = walkerElements(patternOf({ altitudeKm: 23_222, raanDeg: 317.632, argumentOfLatitudeDeg: 225.153 }));
  assert.equal(elements.length, 24);
  for (let plane = 0; plane < 3; plane++) {
    for (let slot = 0; slot < 8; slot++) {
      const each = elements[8 * plane + slot] ?? assert.fail();
      assert.ok(between(each.raanDeg, 317.632 + 120 * plane) < 1e-9);
      assert.ok(between(alongDeg(each), 225.153 + 45 * slot + 15 * plane) < 1e-9);
      // Its published mean motion: 17 revolutions in 10 days (sidereal), 14 h 4 min 42 s.
      assert.ok(Math.abs(86_400 / each.meanMotionRevPerDay - (14 * 3600 + 4 * 60 + 42)) < 30);
    }
  }
});

test("Iridium's planes: a star of 6 over half a turn has its nodes 30 deg apart", () => {
  const elements = walkerElements(
    patternOf({ satellites: 66, planes: 6, phasing: 2, spreadDeg: 180, inclinationDeg: 86.4 }),
  );
  const nodes = new Set(elements.map(({ raanDeg }) => raanDeg));
  assert.deepEqual([...nodes], [0, 30, 60, 90, 120, 150]);
});

test("property: every satellite once, planes and slots evenly, angles within a turn, numbers in a row", () => {
  const hundredths = fc.integer({ min: -72_000, max: 72_000 }).map((n) => n / 100);
  const patterns = fc.record({
    planes: fc.integer({ min: 1, max: 8 }),
    perPlane: fc.integer({ min: 1, max: 12 }),
    phasing: fc.nat(7),
    raanDeg: hundredths,
    argumentOfLatitudeDeg: hundredths,
  });
  fc.assert(
    fc.property(patterns, ({ planes, perPlane, phasing, raanDeg, argumentOfLatitudeDeg }) => {
      const satellites = planes * perPlane;
      const elements = walkerElements(patternOf({ satellites, planes, phasing, raanDeg, argumentOfLatitudeDeg }));
      assert.deepEqual(
        elements.map(({ catalogueNumber }) => catalogueNumber - 900_000_000),
        [...elements.keys()],
      );
      assert.equal(new Set(elements.map(({ name }) => name)).size, satellites);
      elements.forEach((each, i) => {
        const [plane, slot] = [Math.floor(i / perPlane), i % perPlane];
        assert.ok(each.raanDeg >= 0 && each.raanDeg <= 360 && each.meanAnomalyDeg >= 0 && each.meanAnomalyDeg <= 360);
        assert.ok(between(each.raanDeg, raanDeg + (360 * plane) / planes) < 1e-6);
        const phase = (360 * slot) / perPlane + (360 * phasing * plane) / satellites;
        assert.ok(between(alongDeg(each), argumentOfLatitudeDeg + phase) < 1e-6);
      });
    }),
  );
});

test("planes that do not divide the satellites are refused", () => {
  assert.throws(
    () => walkerElements(patternOf({ satellites: 25 })),
    new RangeError("3 planes do not divide 25 satellites"),
  );
});

test("a planned satellite flies at its altitude: SGP4's radius stays within 20 km of it for a day", () => {
  const [first = assert.fail()] = walkerElements(patternOf({}));
  const model = sgp4Of(first);
  for (let minute = 0; minute < 1440; minute += 7) {
    const state = model.stateAt(minute);
    assert.ok(!("code" in state));
    assert.ok(Math.abs(Math.hypot(...state.rKm) - 6378.135 - 560) < 20);
  }
});

test("published: cos i = -4.7735e-15 a^3.5 for a circular orbit", () => {
  // Wertz and Larson 1999 (Space Mission Analysis and Design), sec. 6.2, a in km.
  for (let altitudeKm = 300; altitudeKm <= 1500; altitudeKm += 50) {
    const expected = Math.acos(-4.7735e-15 * (6378.135 + altitudeKm) ** 3.5) / RAD;
    assert.ok(Math.abs(sunSynchronousInclinationDeg(altitudeKm) - expected) < 0.01, `${altitudeKm} km: ${expected}`);
  }
});

test("published: the inclinations of missions at their altitudes", () => {
  // ESA's orbit pages: Sentinel-1, -2, -3 and MetOp-SG; mean altitudes are above the ellipsoid, so to 0.1 deg.
  const missions = [
    [693, 98.18],
    [786, 98.62],
    [814.5, 98.65],
    [817, 98.7],
  ] as const;
  for (const [altitudeKm, inclinationDeg] of missions) {
    assert.ok(Math.abs(sunSynchronousInclinationDeg(altitudeKm) - inclinationDeg) < 0.1, `${altitudeKm} km`);
  }
});

test("real sun-synchronous satellites have the inclination that their mean motion asks for", () => {
  for (const name of ["SENTINEL-1A", "SENTINEL-2A", "TERRASAR-X", "PLEIADES 1A", "RADARSAT-2", "CSG-1", "ENMAP"]) {
    const { meanMotionRevPerDay, inclinationDeg } = elementsNamed(name);
    const n = (meanMotionRevPerDay * 2 * Math.PI) / 86_400;
    const altitudeKm = Math.cbrt(398_600.8 / (n * n)) - 6378.135;
    assert.ok(Math.abs(sunSynchronousInclinationDeg(altitudeKm) - inclinationDeg) < 0.1, `${name} at ${altitudeKm} km`);
  }
});

test("no circular orbit above 5,975 km is sun-synchronous", () => {
  assert.ok(sunSynchronousInclinationDeg(5960) > 170);
  assert.ok(Number.isNaN(sunSynchronousInclinationDeg(6000)));
});

test("the node of a planned sun-synchronous orbit turns with the mean sun: 0.9856 deg a day by SGP4", () => {
  for (const altitudeKm of [450, 560, 800]) {
    const inclinationDeg = sunSynchronousInclinationDeg(altitudeKm);
    const [first = assert.fail()] = walkerElements(patternOf({ altitudeKm, inclinationDeg, raanDeg: 30 }));
    const model = sgp4Of(first);
    const nodeAt = (days: number): number => {
      const state = model.stateAt(days * 1440);
      assert.ok(!("code" in state));
      const {
        rKm: [x, y, z],
        vKmps: [vx, vy, vz],
      } = state;
      return Math.atan2(y * vz - z * vy, -(z * vx - x * vz)) / RAD;
    };
    const days = 60;
    const perDay = between(nodeAt(days), nodeAt(0)) / days;
    assert.ok(Math.abs(perDay - 0.9856) < 0.01, `${altitudeKm} km: ${perDay} deg a day`);
  }
});

test("local times of real nodes: Sentinel-1 at 18:00, Sentinel-2 at 22:30 (descending at 10:30)", () => {
  for (const [name, ltanH] of [
    ["SENTINEL-1A", 18],
    ["SENTINEL-2A", 22.5],
  ] as const) {
    const { raanDeg, epochUtcMs } = elementsNamed(name);
    // Kept to a few minutes of time by its operator; a minute is 0.25 deg.
    assert.ok(
      between(raanOfLocalTime(ltanH, epochUtcMs), raanDeg) < 1,
      `${name}: ${raanOfLocalTime(ltanH, epochUtcMs)}`,
    );
  }
});

test("an hour of local time is 15 deg of the node; noon is the mean sun's own right ascension at the equinox", () => {
  assert.ok(Math.abs(between(raanOfLocalTime(13, EPOCH), raanOfLocalTime(12, EPOCH)) - 15) < 1e-9);
  // Equinox of 20 March 2026, 14:46 UTC (USNO): the true sun is at 0 deg, the mean sun 7.4 min ahead of it on a dial.
  const noon = raanOfLocalTime(12, parseInstant("2026-03-20T14:46:00Z"));
  assert.ok(between(noon, 0) < 2.1, `${noon}`);
  assert.ok(between(raanOfLocalTime(12, EPOCH + 365.2422 * MS_PER_DAY), raanOfLocalTime(12, EPOCH)) < 0.001);
});
