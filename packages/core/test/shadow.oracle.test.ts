/** The Earth's shadow against satellite.js, rays and the ellipsoid, a closed form, and published figures; the Sun's distance. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as satellite from "satellite.js";
import { limbClearanceKm, shadowAt } from "../src/geo/shadow.ts";
import { sunEcefKm } from "../src/geo/sun.ts";
import { parseInstant } from "../src/time/instant.ts";
import { meetsEarth } from "./bruteforce-looks.ts";

type Vector = readonly [number, number, number];
const AU_KM = 149_597_870.7;
const SUN_KM = 695_700;
const RAD = Math.PI / 180;
const START = parseInstant("2026-01-01T00:00:00Z");

/** Seeded (Park and Miller 1988). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const scaled = (v: Vector, to: number): Vector => {
  const k = to / Math.hypot(...v);
  return [v[0] * k, v[1] * k, v[2] * k];
};

/** Positions at 200 to 36,000 km, most of them near the edge of the shadow. */
function* places(count: number): Generator<{ readonly r: Vector; readonly sun: Vector }> {
  const roll = dice(20260616);
  for (let k = 0; k < count; k++) {
    const sun: Vector = sunEcefKm(START + roll() * 366 * 86_400_000);
    const distance = 6378.137 + 200 * 180 ** roll();
    const across = cross(sun, [roll() - 0.5, roll() - 0.5, roll() - 0.5]);
    // Behind the Earth, up to 60 km from the edge of its cylinder of shadow.
    const off = scaled(across, Math.min(6378 + 120 * (roll() - 0.5) - (k % 5 === 0 ? 6000 * roll() : 0), distance));
    const back = scaled(sun, -Math.sqrt(Math.max(0, distance ** 2 - Math.hypot(...off) ** 2)));
    yield { r: [off[0] + back[0], off[1] + back[1], off[2] + back[2]], sun };
  }
}

test("round Earth: sunlit, penumbra and umbra as satellite.js tells them, but for its radius and its Sun's parallax", () => {
  const seen = { sunlit: 0, penumbra: 0, umbra: 0 };
  let beside = 0;
  for (const { r, sun } of places(4000)) {
    // It measures from the Earth's centre: the Sun as seen from there lies where ours does from the platform.
    const asSeen = minus(sun, r);
    const far = { x: asSeen[0] / AU_KM, y: asSeen[1] / AU_KM, z: asSeen[2] / AU_KM };
    const covered = satellite.shadowFraction(far, { x: r[0], y: r[1], z: r[2] });
    const theirs = covered === 0 ? "sunlit" : covered === 1 ? "umbra" : "penumbra";
    const ours = shadowAt(r, sun, 0);
    seen[ours]++;
    if (ours === theirs) continue;
    // Its Earth is 2 m smaller, 6378.135 km.
    const edges = [limbClearanceKm(r, sun, "nearest", 0), limbClearanceKm(r, sun, "farthest", 0)];
    assert.ok(
      edges.some((km) => Math.abs(km) < 0.005),
      `${r}: ${ours}, not ${theirs}, ${edges} km from the edges`,
    );
    beside++;
  }
  assert.ok(Math.min(seen.sunlit, seen.penumbra, seen.umbra) > 300, JSON.stringify(seen));
  assert.ok(beside < 10, `${beside} beside an edge`);
});

test("ellipsoid: the limb is hidden where a ray to any of 2,000 points of the Sun's rim meets it", () => {
  let checked = 0;
  for (const { r, sun } of places(250)) {
    const w = minus(sun, r);
    const [east, rim] = [cross(w, [0, 0, 1]), SUN_KM / Math.sqrt(1 - (SUN_KM / Math.hypot(...w)) ** 2)];
    const [e, n] = [scaled(east, rim), scaled(cross(w, east), rim)];
    let hidden = 0;
    for (let k = 0; k < 2000; k++) {
      const [c, s] = [Math.cos((k * Math.PI) / 1000), Math.sin((k * Math.PI) / 1000)];
      if (meetsEarth(r, [w[0] + c * e[0] + s * n[0], w[1] + c * e[1] + s * n[1], w[2] + c * e[2] + s * n[2]])) hidden++;
    }
    const theirs = hidden === 0 ? "sunlit" : hidden === 2000 ? "umbra" : "penumbra";
    const near = [limbClearanceKm(r, sun, "nearest"), limbClearanceKm(r, sun, "farthest")].map(Math.abs);
    // Within 0.0005 degrees, seen from the platform, of an edge: 2 ms in low orbit.
    if (Math.min(...near) < 0.0005 * RAD * Math.hypot(...r)) continue;
    assert.equal(shadowAt(r, sun), theirs, `${r}`);
    checked++;
  }
  assert.ok(checked > 240, `${checked} checked`);
});

test("planted fault: a round Earth, or a Sun without a disc, is told from the ellipsoid's shadow by rays", () => {
  const sun: Vector = [AU_KM, 0, 0];
  // Over the pole, 2,600 km behind the terminator: the ellipsoid's limb is 21 km lower than the equator's.
  const r: Vector = [-2600, 0, 6378];
  assert.equal(shadowAt(r, sun), "sunlit");
  assert.equal(shadowAt(r, sun, 0), "penumbra");
  assert.equal(meetsEarth(r, minus(sun, r)), false);
});

/** Share of a circular orbit in each kind of shadow, the Sun in its plane, by angles of 1e-5 turns. */
function sharesAt(radiusKm: number, sun: Vector): Record<"sunlit" | "penumbra" | "umbra", number> {
  const shares = { sunlit: 0, penumbra: 0, umbra: 0 };
  for (let k = 0; k < 100_000; k++) {
    const a = (k * 2 * Math.PI) / 100_000;
    shares[shadowAt([radiusKm * Math.cos(a), radiusKm * Math.sin(a), 0], sun)] += 1e-5;
  }
  return shares;
}

test("GEO, the Sun in its plane: 67.4 minutes of umbra, the longest of SDO's in September 2010", () => {
  // The satellite comes round to the Sun once in a solar day; the figure is NASA's (sdoisgo.blogspot.com, 13 Sept. 2010).
  const dayMin = 1440;
  const { umbra, penumbra } = sharesAt(42_164.2, [1.0027 * AU_KM, 0, 0]);
  assert.ok(Math.abs(umbra * dayMin - 67.4) < 0.1, `${umbra * dayMin} min of umbra`);
  // Between the middles of the penumbras it is as long as in a cylinder of shadow: asin(Earth / orbit) on either side.
  const cylinder = Math.asin(6378.137 / 42_164.2) / Math.PI;
  assert.ok(Math.abs(umbra + penumbra / 2 - cylinder) * dayMin < 0.05);
});

test("the Sun's distance: Meeus's example 25.a, and PyEphem at four instants (planets and Moon move it by 5e-5)", () => {
  const cases: readonly (readonly [string, number, number])[] = [
    // TD - UT = 59 s; he prints 0.99766.
    ["1992-10-12T23:59:01Z", 0.99766, 6e-6],
    ["2026-01-03T12:00:00Z", 0.9833022, 7e-5],
    ["2026-07-06T12:00:00Z", 1.0166439, 7e-5],
    ["2026-09-20T00:00:00Z", 1.0044241, 7e-5],
    ["2030-04-01T06:00:00Z", 0.9992031, 7e-5],
  ];
  for (const [utc, au, gate] of cases) {
    const off = Math.hypot(...sunEcefKm(parseInstant(utc))) / AU_KM - au;
    assert.ok(Math.abs(off) < gate, `${utc}: ${off} AU off`);
  }
});
