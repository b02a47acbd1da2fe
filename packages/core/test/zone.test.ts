/** Zones become cells: by their centres, nowhere empty, the same on either side of the antimeridian; holes stay open. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { distanceToKm, piecesOfLine, wrapDeg } from "../src/geo/buffer.ts";
import { boundaryOf, cellAreaKm2, cellAt, cellsAround, cellsInPolygon, centreOf } from "../src/geo/cells.ts";
import { densify, distanceKm } from "../src/geo/geodesic.ts";
import type { Place } from "../src/geo/position.ts";
import { areaKm2, cellsOf, verticesOf, type Zone, zoneLengthKm } from "../src/geo/zone.ts";

const at = (latitudeDeg: number, longitudeDeg: number): Place => ({ latitudeDeg, longitudeDeg });
/** Kharkiv to the Dnipro mouth, by way of Sloviansk, Donetsk and Zaporizhzhia. */
const LINE = [at(50, 36.25), at(48.85, 37.6), at(48, 37.8), at(47.84, 35.14), at(46.57, 32.53)];
const degree = (min: number, max: number) => fc.integer({ min: min * 1000, max: max * 1000 }).map((n) => n / 1000);
const moved = (places: readonly Place[], eastDeg: number) =>
  places.map(({ latitudeDeg, longitudeDeg }) => at(latitudeDeg, wrapDeg(longitudeDeg + eastDeg)));

/** The nearest of many points of the line, geodesically: no flat Earth. Far from the line (40 km) it says infinity. */
function nearestOf(line: readonly Place[]): (place: Place) => number {
  const points = densify(line, 1);
  const isNear = (a: Place, b: Place) =>
    Math.abs(a.latitudeDeg - b.latitudeDeg) < 0.4 && Math.abs(wrapDeg(a.longitudeDeg - b.longitudeDeg)) < 0.7;
  return (place) =>
    Math.min(...points.filter((point) => isNear(point, place)).map((point) => distanceKm(point, place)));
}

test("cells of a line are those whose centre is within its buffer, by geodesics to points of the line", () => {
  const nearestKm = nearestOf(LINE);
  const cells = new Set(cellsOf({ line: LINE, bufferKm: 12 }, 6));
  assert.ok(cells.size > 300);
  for (const cell of cells) assert.ok(nearestKm(centreOf(cell)) < 12.05);
  const candidates = new Set(
    densify(LINE, 4).flatMap((place) =>
      [0, 90, 180, 270].map((deg) => {
        const [north, east] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)];
        return cellAt(at(place.latitudeDeg + 0.1 * north, place.longitudeDeg + 0.15 * east), 6);
      }),
    ),
  );
  const missing = [...candidates].filter((cell) => !cells.has(cell) && nearestKm(centreOf(cell)) < 11.95);
  assert.deepEqual(missing, []);
});

test("property: no cell within the radius is left out, anywhere on Earth, at any resolution", () => {
  fc.assert(
    fc.property(
      degree(-80, 80),
      degree(-180, 180),
      fc.integer({ min: 3, max: 7 }),
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.tuple(degree(-1, 1), degree(-1, 1)), { maxLength: 30 }),
      (lat, lon, resolution, edges, offsets) => {
        const centre = at(lat, lon);
        // H3's published average edges, km, resolutions 3 to 7.
        const edgeKm = [68.98, 26.07, 9.85, 3.72, 1.41][resolution - 3] ?? assert.fail();
        const radiusKm = edges * edgeKm;
        const found = new Set(cellsAround(centre, radiusKm, resolution));
        for (const [north, east] of offsets) {
          const spreadDeg = (radiusKm / 111) * 1.2;
          const place = at(
            Math.max(-89, Math.min(89, lat + north * spreadDeg)),
            wrapDeg(lon + (east * spreadDeg) / Math.cos((lat * Math.PI) / 180)),
          );
          const cell = cellAt(place, resolution);
          if (distanceKm(centreOf(cell), centre) <= radiusKm) assert.ok(found.has(cell), `${cell}`);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test("about H3's pentagons, where cells are smallest, none is left out either", () => {
  // Four of the twelve corners of H3's icosahedron, degrees.
  const corners = [at(64.7, 10.5362), at(50.1032, -143.4785), at(2.3009, -5.2454), at(-39.1, -57.7)];
  for (const centre of corners) {
    const found = new Set(cellsAround(centre, 60, 5));
    for (let north = -0.6; north <= 0.6; north += 0.04) {
      for (let east = -1.4; east <= 1.4; east += 0.08) {
        const cell = cellAt(at(centre.latitudeDeg + north, centre.longitudeDeg + east), 5);
        if (distanceKm(centreOf(cell), centre) <= 60) assert.ok(found.has(cell), cell);
      }
    }
  }
});

const tinyZones: readonly Zone[] = [
  { points: [at(48, 37.8)], radiusKm: 0 },
  { points: [at(48, 37.8), at(-17.7, 179.999), at(0, 0)], radiusKm: 0.01 },
  { line: [at(48, 37.8), at(48.0001, 37.8)], bufferKm: 0 },
  { line: [at(-17, 179.9999), at(-17, -179.9999)], bufferKm: 0.001 },
  { polygon: [[at(48, 37.8), at(48, 37.801), at(48.001, 37.8)]] },
];

test("a zone smaller than a cell has the cells at its corners: no zone is empty", () => {
  for (const zone of tinyZones) {
    for (const resolution of [0, 3, 6]) {
      const cells = cellsOf(zone, resolution);
      assert.ok(cells.length > 0);
      assert.deepEqual(cells, [...new Set(verticesOf(zone).map((place) => cellAt(place, resolution)))].sort());
    }
  }
});

test("property: cells are sorted and told once, whatever the zone", () => {
  const places = fc.array(
    fc.tuple(degree(-70, 70), degree(-180, 180)).map(([lat, lon]) => at(lat, lon)),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(places, degree(0, 30), (points, radiusKm) => {
      const cells = cellsOf({ points, radiusKm }, 5);
      assert.ok(cells.length > 0);
      assert.deepEqual(cells, [...new Set(cells)].sort());
    }),
    { numRuns: 40 },
  );
});

test("distances, areas and lengths are the same across the antimeridian as anywhere else", () => {
  for (const bufferKm of [10, 50]) {
    const here = areaKm2({ line: LINE, bufferKm });
    for (const eastDeg of [145, -217.5]) {
      assert.ok(Math.abs(areaKm2({ line: moved(LINE, eastDeg), bufferKm }) / here - 1) < 1e-9, `${eastDeg}`);
    }
  }
  const place = at(48.3, 36);
  const kmHere = distanceToKm(piecesOfLine(LINE), place);
  for (const eastDeg of [143.9, 145, -216]) {
    const [movedPlace = assert.fail()] = moved([place], eastDeg);
    assert.ok(Math.abs(distanceToKm(piecesOfLine(moved(LINE, eastDeg)), movedPlace) - kmHere) < 1e-6);
  }
});

test("across the antimeridian a line has cells on both sides, and none elsewhere", () => {
  const line = [at(-16.5, 178.5), at(-17.5, -178.5)];
  const cells = cellsOf({ line, bufferKm: 20 }, 6);
  const longitudes = cells.map((cell) => centreOf(cell).longitudeDeg);
  assert.ok(longitudes.some((deg) => deg > 178) && longitudes.some((deg) => deg < -178));
  assert.ok(longitudes.every((deg) => Math.abs(deg) > 178));
  const nearestKm = nearestOf(line);
  for (const cell of cells) assert.ok(nearestKm(centreOf(cell)) < 20.05);
  const area = cells.reduce((sum, cell) => sum + cellAreaKm2(cell), 0);
  assert.ok(Math.abs(area / areaKm2({ line, bufferKm: 20 }) - 1) < 0.03, "cells cover the zone");
});

test("points: a circle each, overlapping ones counted once, also across the antimeridian", () => {
  const circle = Math.PI * 30 ** 2;
  const pair = (a: Place, b: Place) => areaKm2({ points: [a, b], radiusKm: 30 });
  assert.ok(Math.abs(pair(at(10, 20), at(10, 40)) / (2 * circle) - 1) < 2e-3);
  assert.ok(Math.abs(pair(at(10, 20), at(10, 20)) / circle - 1) < 2e-3);
  assert.ok(Math.abs(pair(at(10, 179.99), at(10, -179.99)) / pair(at(10, 19.99), at(10, 20.01)) - 1) < 1e-9);
});

const square = (half: number, lat = 48, lon = 37): Place[] => [
  at(lat - half, lon - half),
  at(lat - half, lon + half),
  at(lat + half, lon + half),
  at(lat + half, lon - half),
];

test("a hole is not part of a polygon: its cells and its area are missing", () => {
  const [whole, hole] = [{ polygon: [square(1)] }, { polygon: [square(0.4)] }];
  const ring = { polygon: [square(1), square(0.4)] };
  assert.ok(Math.abs(areaKm2(ring) - (areaKm2(whole) - areaKm2(hole))) < 1e-6);
  const [cells, inHole] = [new Set(cellsOf(ring, 6)), new Set(cellsOf(hole, 6))];
  assert.deepEqual(cells, new Set(cellsOf(whole, 6).filter((cell) => !inHole.has(cell))));
  assert.ok(!cells.has(cellAt(at(48, 37), 6)) && cells.has(cellAt(at(48.7, 37), 6)));
});

test("either direction of a ring, closed or not, is the same polygon", () => {
  const ring = square(1);
  const expected = cellsOf({ polygon: [ring] }, 6);
  assert.ok(expected.length > 100);
  for (const same of [ring.toReversed(), [...ring, ring[0] ?? assert.fail()]]) {
    assert.deepEqual(cellsOf({ polygon: [same] }, 6), expected);
    assert.ok(Math.abs(areaKm2({ polygon: [same] }) - areaKm2({ polygon: [ring] })) < 1e-6);
  }
});

test("a polygon across the antimeridian has the cells in it, not those of the rest of the globe", () => {
  const ring = [at(-18, 178), at(-18, -178), at(-15, -178), at(-15, 178)];
  const cells = cellsOf({ polygon: [ring] }, 5);
  const area = cells.reduce((sum, cell) => sum + cellAreaKm2(cell), 0);
  assert.ok(Math.abs(area / areaKm2({ polygon: [ring] }) - 1) < 0.02, `${area} km2`);
  for (const cell of cells) {
    const { latitudeDeg, longitudeDeg } = centreOf(cell);
    assert.ok(Math.abs(longitudeDeg) > 177.9 && latitudeDeg > -18.1 && latitudeDeg < -14.9);
  }
});

test("cells of a polygon tile it: their areas add up to its own", () => {
  const ring = square(1.5);
  const area = cellsInPolygon([ring], 7).reduce((sum, cell) => sum + cellAreaKm2(cell), 0);
  assert.ok(Math.abs(area / areaKm2({ polygon: [ring] }) - 1) < 0.005, "H3 measures on a sphere: half a per cent");
});

test("corners of a cell stand about its centre, six of them, or more on the edges of H3's solid", () => {
  const cell = cellAt(at(48, 37.8), 6);
  const corners = boundaryOf(cell);
  assert.equal(corners.length, 6);
  const toCentre = corners.map(([lon, lat]) => distanceKm(at(lat, lon), centreOf(cell)));
  // H3's published average edge at resolution 6 is 3.72 km; edges vary by 30 %.
  assert.ok(
    toCentre.every((km) => km > 2.6 && km < 4.9),
    `${toCentre}`,
  );
});

test("only a line has a length", () => {
  assert.equal(zoneLengthKm({ points: LINE, radiusKm: 5 }), null);
  assert.equal(zoneLengthKm({ polygon: [square(1)] }), null);
  // A degree of a meridian from the equator is 110.574 km (WGS 84, published).
  assert.ok(Math.abs((zoneLengthKm({ line: [at(0, 10), at(1, 10)], bufferKm: 5 }) ?? 0) - 110.574) < 0.001);
});

test("wrapped longitudes lie in [-180, 180)", () => {
  assert.deepEqual([180, -180, 540, 190, -190, 0, 359].map(wrapDeg), [-180, -180, -180, -170, 170, 0, -1]);
});
