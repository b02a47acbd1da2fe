/** How much of a circle of uncertainty lies in a zone: against closed forms, and against a naive count of random points. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { insideOf } from "../src/agreement/inside.ts";
import { regionsOf, type ZoneRegions } from "../src/agreement/region.ts";
import type { AgreementZone } from "../src/agreement/terms.ts";
import { wrapDeg } from "../src/geo/buffer.ts";
import { distanceKm } from "../src/geo/geodesic.ts";
import type { Located, LocationBasis } from "../src/geo/located.ts";
import type { Place } from "../src/geo/position.ts";

const HEAD = { name: { en: "zone" }, basis: { assumed: "a test", date: "2026-01-01" } };
const DEG = Math.PI / 180;

function regionsOfOne(zone: Record<string, unknown>): ZoneRegions {
  return regionsOf({ zone: { ...HEAD, ...zone } as unknown as AgreementZone }).get("zone") ?? assert.fail();
}
const polygon = (...rings: number[][][]) => regionsOfOne({ geometry: { type: "Polygon", coordinates: rings } });
const at = (longitudeDeg: number, latitudeDeg: number, radiusKm: number, basis: LocationBasis = "fix"): Located => ({
  latitudeDeg,
  longitudeDeg,
  radiusKm,
  basis,
});

/** A generator of its own (Park and Miller 1988), and nothing of the code under test. */
function dice(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

/** On a sphere of the mean radius: 0.3 % of the distance is all that it errs by. */
function scattered(where: Located, random: () => number): Place {
  const km95 = where.radiusKm;
  const isEven = where.basis === "pixel" || where.basis === "settlement" || where.basis === "area";
  const km = isEven
    ? (km95 / Math.sqrt(0.95)) * Math.sqrt(random())
    : (km95 / Math.sqrt(-2 * Math.log(0.05))) * Math.sqrt(-2 * Math.log(random()));
  const azimuth = 2 * Math.PI * random();
  const arc = km / 6371;
  const lat = where.latitudeDeg * DEG;
  const sinLat = Math.sin(lat) * Math.cos(arc) + Math.cos(lat) * Math.sin(arc) * Math.cos(azimuth);
  const east = Math.atan2(Math.sin(azimuth) * Math.sin(arc) * Math.cos(lat), Math.cos(arc) - Math.sin(lat) * sinLat);
  return { latitudeDeg: Math.asin(sinLat) / DEG, longitudeDeg: wrapDeg(where.longitudeDeg + east / DEG) };
}

/** Winding by angles in longitude and latitude, which is what RFC 7946 means by inside. */
function isInRing(ring: readonly number[][], place: Place): boolean {
  let turns = 0;
  for (const [i, [lon1 = 0, lat1 = 0]] of ring.entries()) {
    const [lon0 = 0, lat0 = 0] = ring[(i + ring.length - 1) % ring.length] ?? [];
    const [ax, ay] = [wrapDeg(lon0 - place.longitudeDeg), lat0 - place.latitudeDeg];
    const [bx, by] = [wrapDeg(lon1 - place.longitudeDeg), lat1 - place.latitudeDeg];
    turns += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  }
  return Math.abs(turns) > Math.PI;
}

function counted(where: Located, isInside: (place: Place) => boolean, points: number): number {
  const random = dice(7);
  let hits = 0;
  for (let i = 0; i < points; i++) if (isInside(scattered(where, random))) hits++;
  return hits / points;
}

test("a straight edge through the middle halves the circle; at its 95 % radius a fortieth part or so is beyond", () => {
  const half = polygon([
    [30, 0],
    [34, 0],
    [34, 4],
    [30, 4],
    [30, 0],
  ]).inside;
  for (const basis of ["fix", "pixel"] as const) {
    const found = insideOf(half, at(30, 2, 5, basis));
    assert.ok(Math.abs(found.share01 - 0.5) < 1e-3, `${basis}: ${found.share01}`);
  }
  // Normal: one-dimensional tail beyond 2.4477 sigma, 0.00719. Even disc of radius r / sqrt(.95): circular segment.
  const normal = insideOf(half, at(30 + 5 / 111.2508, 2, 5));
  assert.ok(Math.abs(1 - normal.share01 - 0.00719) < 2e-4, String(normal.share01));
  assert.ok(Math.abs((normal.edgeKm ?? 0) - 5) < 0.02);
  const h = Math.sqrt(0.95);
  const segment = (Math.acos(h) - h * Math.sqrt(1 - h * h)) / Math.PI;
  const even = insideOf(half, at(30 + 5 / 111.2508, 2, 5, "pixel"));
  assert.ok(Math.abs(1 - even.share01 - segment) < 2e-4, `${1 - even.share01} ${segment}`);
});

test("a disc about the middle holds what the distribution says: 95 % at the radius, whatever the basis", () => {
  const disc = regionsOfOne({ geometry: { type: "Point", coordinates: [37, 48] }, bufferKm: 8 }).inside;
  for (const basis of ["fix", "map", "stated", "pixel", "settlement", "area"] as const) {
    const found = insideOf(disc, at(37, 48, 8, basis));
    assert.ok(Math.abs(found.share01 - 0.95) < 1e-3, `${basis}: ${found.share01}`);
    assert.ok(found.isMiddleInside);
  }
});

/** Name, ring(s), middle of the trials. The second lies across the antimeridian, the third is cut there. */
const RINGS: Readonly<Record<string, readonly number[][][]>> = {
  donbas: [
    [
      [37, 47.5],
      [38.3, 47.6],
      [38.1, 48.6],
      [37.5, 48.1],
      [36.9, 48.7],
      [37, 47.5],
    ],
  ],
  strait: [
    [
      [179.2, -17.8],
      [-179.1, -17.5],
      [-179.4, -16.4],
      [179.5, -16.6],
      [179.2, -17.8],
    ],
    [
      [179.8, -17.2],
      [-179.8, -17.2],
      [-179.8, -16.9],
      [179.8, -16.9],
      [179.8, -17.2],
    ],
  ],
};

for (const [name, rings] of Object.entries(RINGS)) {
  test(`property: the share inside ${name} is that of random points, wherever the circle lies and whatever its size`, () => {
    const region = polygon(...rings).inside;
    const [first = [0, 0]] = rings[0] ?? [];
    const inRings = (place: Place) => rings.filter((ring) => isInRing(ring, place)).length % 2 === 1;
    fc.assert(
      fc.property(
        fc.integer({ min: -300, max: 1600 }),
        fc.integer({ min: -200, max: 1300 }),
        fc.integer({ min: 0, max: 300 }),
        fc.constantFrom<LocationBasis>("fix", "settlement"),
        (east, north, tenthsKm, basis) => {
          const [lon = 0, lat = 0] = first;
          const where = at(wrapDeg(lon + east / 1000), lat + north / 1000, tenthsKm / 10, basis);
          const naive = counted(where, inRings, 4000);
          const { share01 } = insideOf(region, where);
          // Four standard deviations of the count, and what sphere and rays err by.
          const slack = 4 * Math.sqrt((share01 * (1 - share01)) / 4000) + 0.006;
          assert.ok(Math.abs(share01 - naive) < slack, `${JSON.stringify(where)}: ${share01} against ${naive}`);
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });
}

test("property: near a line, the share is that of random points within the distance by geodesics", () => {
  const path = [
    [32.5, 46.6],
    [35.1, 47.8],
    [37.8, 48],
    [37.6, 48.9],
  ];
  const zone = regionsOfOne({ geometry: { type: "LineString", coordinates: path }, bufferKm: 15 });
  // The path as RFC 7946 means it, a point every kilometre or so.
  const points = path.slice(1).flatMap(([lon1 = 0, lat1 = 0], i) => {
    const [lon0 = 0, lat0 = 0] = path[i] ?? [];
    return Array.from({ length: 300 }, (_, k) => ({
      longitudeDeg: lon0 + ((lon1 - lon0) * k) / 300,
      latitudeDeg: lat0 + ((lat1 - lat0) * k) / 300,
    }));
  });
  const isWithin = (km: number) => (place: Place) =>
    points.some((point) => Math.abs(point.latitudeDeg - place.latitudeDeg) < km / 100 && distanceKm(point, place) < km);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: points.length - 1 }),
      fc.integer({ min: -30, max: 30 }),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(5, 15),
      (index, offsetKm, radiusKm, km) => {
        const base = points[index] ?? assert.fail();
        const where = at(base.longitudeDeg, base.latitudeDeg + offsetKm / 111, radiusKm);
        const naive = counted(where, isWithin(km), 250);
        const { share01 } = insideOf(km === 15 ? zone.inside : zone.within(km), where);
        const slack = 4 * Math.sqrt((share01 * (1 - share01)) / 250) + 0.02;
        assert.ok(Math.abs(share01 - naive) < slack, `${JSON.stringify(where)}: ${share01} against ${naive}`);
      },
    ),
    { numRuns: 25, seed: 9 },
  );
});

test("a polygon cut at the antimeridian is one: no edge where its parts meet", () => {
  const cut = regionsOfOne({
    geometry: {
      type: "MultiPolygon",
      coordinates: [
        [
          [
            [178, -18],
            [180, -18],
            [180, -16],
            [178, -16],
            [178, -18],
          ],
        ],
        [
          [
            [-180, -18],
            [-178, -18],
            [-178, -16],
            [-180, -16],
            [-180, -18],
          ],
        ],
      ],
    },
  }).inside;
  const whole = polygon([
    [178, -18],
    [-178, -18],
    [-178, -16],
    [178, -16],
    [178, -18],
  ]).inside;
  for (const [lon, lat, km] of [
    [180, -17, 20],
    [179.99, -17.95, 20],
    [-179.9, -16.01, 8],
    [178.05, -17, 12],
  ] as const) {
    const [a, b] = [insideOf(cut, at(lon, lat, km)), insideOf(whole, at(lon, lat, km))];
    assert.ok(Math.abs(a.share01 - b.share01) < 1e-3, `${lon} ${lat}: ${a.share01} ${b.share01}`);
    assert.equal(a.isMiddleInside, b.isMiddleInside);
    if (b.edgeKm !== null && b.edgeKm < km) assert.ok(Math.abs((a.edgeKm ?? 0) - b.edgeKm) < 0.01, "a seam is no edge");
  }
  assert.ok(insideOf(cut, at(180, -17, 20)).share01 > 0.9999);
});

test("within a distance of a polygon counts what the polygon holds", () => {
  const square = polygon([
    [30, 50],
    [30.2, 50],
    [30.2, 50.2],
    [30, 50.2],
    [30, 50],
  ]);
  assert.equal(insideOf(square.within(3), at(30.1, 50.1, 0.5)).share01, 1);
  assert.ok(insideOf(square.within(3), at(30.1, 49.98, 0.1)).share01 > 0.9999);
  assert.ok(insideOf(square.inside, at(30.1, 49.98, 0.1)).share01 < 1e-4);
  assert.ok(insideOf(square.within(3), at(30.1, 49.9, 0.1)).share01 < 1e-4);
});
