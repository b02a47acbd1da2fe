/** Ways and patterns: geodesics, wind, zones; closed forms where there are some. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { destinationOf, distanceKm, lengthKm, polarOf } from "../src/geo/geodesic.ts";
import type { Place } from "../src/geo/position.ts";
import { kmBetween } from "../src/motion/chart.ts";
import { EdgeGrid } from "../src/motion/edge-grid.ts";
import { groundSpeedMps, madeGoodMps } from "../src/motion/flow.ts";
import { passageOf } from "../src/motion/passage.ts";
import { type Pattern, roundOf } from "../src/motion/patterns.ts";
import { isInside, type Region, regionOf } from "../src/motion/region.ts";
import { Dice } from "../src/numerics/dice.ts";

const at = (latitudeDeg: number, longitudeDeg: number): Place => ({ latitudeDeg, longitudeDeg });
const BASE = at(48, 36);

test("the direct geodesic: GeographicLib's own example, Wellington to Salamanca", () => {
  const there = destinationOf(at(-41.32, 174.81), 161.06766998615873, 19_959.67926735382);
  assert.ok(Math.abs(there.latitudeDeg - 40.96) < 1e-9 && Math.abs(there.longitudeDeg + 5.5) < 1e-9);
});

test("patterns of IAMSAR: lengths of legs and turns", () => {
  const legs = (pattern: Pattern) => {
    const path = roundOf(pattern);
    return path.slice(1).map((to, i) => polarOf(path[i] as Place, to));
  };
  const square = legs({ kind: "expanding-square", datum: BASE, headingDeg: 30, spacingKm: 2, legs: 8 });
  // 1, 1, 2, 2, 3, 3, 4, 4 spacings, then the same way back.
  [2, 2, 4, 4, 6, 6, 8, 8, 8, 8, 6, 6, 4, 4, 2, 2].forEach((km, i) => {
    assert.ok(Math.abs((square[i]?.km ?? 0) - km) < 1e-4 * km, `leg ${i}: ${square[i]?.km}`);
  });
  assert.ok(Math.abs((square[1]?.azimuthDeg ?? 0) - 120) < 0.1, "turns to the right");
  const sector = legs({ kind: "sector", datum: BASE, headingDeg: 0, radiusKm: 20 });
  assert.equal(sector.length, 9);
  for (const { km } of sector) assert.ok(Math.abs(km - 20) < 1e-3);
  sector.slice(1).forEach(({ azimuthDeg }, i) => {
    const turn = (azimuthDeg - (sector[i]?.azimuthDeg ?? 0) + 720) % 360;
    // Out of the datum on the course it was reached on; elsewhere 120 degrees to the right.
    assert.ok(Math.abs(turn - 120) < 0.5 || (i % 3 === 2 && Math.min(turn, 360 - turn) < 0.5), `${i}: ${turn}`);
  });
  const creeping = roundOf({
    kind: "creeping-line",
    corner: BASE,
    headingDeg: 90,
    aheadKm: 40,
    acrossKm: 20,
    spacingKm: 4,
  });
  // Ten legs of 16 km and nine of 4 km, there and back.
  assert.ok(Math.abs(lengthKm(creeping) - 2 * (160 + 36)) < 0.05);
  assert.throws(
    () => roundOf({ kind: "sector", datum: BASE, headingDeg: 0, radiusKm: 0 }),
    /radiusKm must be above 0: 0/,
  );
  assert.throws(() => roundOf({ kind: "line-patrol", line: [BASE] }), /two places or more, not 1/);
});

test("the chart: a straight line in degrees is less than 0.1 % longer than the geodesic, up to 500 km", () => {
  for (const [km, bearing] of [
    [50, 90],
    [250, 60],
    [500, 90],
    [500, 45],
  ] as const) {
    const from = at(46, 30);
    const to = destinationOf(from, bearing, km);
    // Along the rhumb line in small pieces, on the ellipsoid.
    const path = Array.from({ length: 201 }, (_, i) =>
      at(
        from.latitudeDeg + (i / 200) * (to.latitudeDeg - from.latitudeDeg),
        from.longitudeDeg + (i / 200) * (to.longitudeDeg - from.longitudeDeg),
      ),
    );
    const excess = lengthKm(path) / km - 1;
    assert.ok(excess >= 0 && excess < 0.001, `${km} km at ${bearing}: ${excess}`);
    const chart = kmBetween(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg);
    assert.ok(Math.abs(chart / distanceKm(from, to) - 1) < 0.003, `${chart}`);
  }
});

test("wind: head and tail wind, what a cross wind costs, and a crawl where no way is made", () => {
  assert.equal(groundSpeedMps(40, 1, 0, 10, 0), 50);
  assert.equal(groundSpeedMps(40, -1, 0, 10, 0), 30);
  assert.ok(Math.abs(groundSpeedMps(50, 0, 1, 30, 0) - 40) < 1e-9);
  assert.ok(Number.isNaN(groundSpeedMps(20, 0, 1, 30, 0)));
  assert.equal(madeGoodMps(20, 0, 1, 30, 0), 2);
  assert.equal(madeGoodMps(40, 0, 1, 30, 0), groundSpeedMps(40, 0, 1, 30, 0));
});

const square = (id: string, south: number, west: number, north: number, east: number): Region =>
  regionOf(id, [[at(south, west), at(south, east), at(north, east), at(north, west)]]);

function wayKm(way: Float64Array, from: Place): number {
  let [km, lat, lon] = [0, from.latitudeDeg, from.longitudeDeg];
  for (let k = 0; k < way.length; k += 2) {
    km += kmBetween(lat, lon, way[k] as number, way[k + 1] as number);
    [lat, lon] = [way[k] as number, way[k + 1] as number];
  }
  return km;
}

test("round a square zone: two sides of a triangle by its corner, at the margin; straight where it is free", () => {
  // At the equator the chart is square: sides of 1 degree, from 1.5 degrees west of its middle to 1.5 degrees east.
  const passage = passageOf([square("a zone", -0.5, -0.5, 0.5, 0.5)], 1);
  const [from, to] = [at(0, -1.5), at(0, 1.5)];
  const way = passage.way(0, -1.5, 0, 1.5) ?? assert.fail();
  assert.equal(way.length, 6);
  const m = 1 / 111.195;
  const exact = 111.195 * (2 * Math.hypot(1 - m, 0.5 + m) + 1 + 2 * m);
  assert.ok(Math.abs(wayKm(way, from) - exact) < 0.01, `${wayKm(way, from)} against ${exact}`);
  assert.deepEqual([...(passage.way(0.6, -1.5, 0.6, 1.5) ?? [])], [0.6, 1.5]);
  assert.equal(passage.closedBy(0.2, 0.2), "a zone");
  assert.equal(passage.way(0.2, 0.2, to.latitudeDeg, to.longitudeDeg), undefined);
  assert.equal(passage.way(from.latitudeDeg, from.longitudeDeg, 0.2, 0.2), undefined);
});

test("no way into a ring that is closed all round; out of a bay there is one", () => {
  const ring = (s: number, w: number, n: number, e: number) => [at(s, w), at(s, e), at(n, e), at(n, w)];
  const moat = passageOf([regionOf("a moat", [ring(0, 0, 3, 3), ring(1, 1, 2, 2)])], 1);
  assert.equal(moat.way(-1, -1, 1.5, 1.5), undefined);
  // A bay that opens to the north.
  const bay = regionOf("a bay", [[at(0, 0), at(0, 3), at(3, 3), at(3, 2), at(1, 2), at(1, 1), at(3, 1), at(3, 0)]]);
  const way = passageOf([bay], 1).way(2, 1.5, -1, 1.5) ?? assert.fail();
  const shortest = 111.195 * (Math.hypot(1, 0.5) + 1 + 3 + Math.hypot(1, 1.5));
  assert.ok(
    wayKm(way, at(2, 1.5)) > shortest * 0.999 && wayKm(way, at(2, 1.5)) < shortest * 1.03,
    `${wayKm(way, at(2, 1.5))}`,
  );
});

test("a round loses its places inside a zone and is led round what its legs meet", () => {
  const passage = passageOf([square("a zone", 0.4, 0.4, 0.6, 0.6)], 1);
  const closedPlace = Float64Array.of(0, 0, 0.5, 0.5, 1, 0, 0, 0);
  assert.deepEqual([...(passage.round(closedPlace) ?? [])], [0, 0, 1, 0, 0, 0]);
  const led = passage.round(Float64Array.of(0, 0, 1, 1, 0, 0)) ?? assert.fail();
  assert.equal(led.length, 10, "one corner each way");
  for (let k = 2; k < led.length; k += 2) {
    const steps = 200;
    for (let i = 0; i <= steps; i++) {
      const [lat, lon] = [0, 1].map(
        (j) => (led[k - 2 + j] as number) + (i / steps) * ((led[k + j] as number) - (led[k - 2 + j] as number)),
      ) as [number, number];
      assert.equal(passage.closedBy(lat, lon), undefined);
    }
  }
  assert.equal(passage.round(Float64Array.of(0.5, 0.5, 0.55, 0.55, 0.5, 0.5)), undefined);
});

test("the shipped coast: off Odesa straight, round Crimea by sea; a harbour inland is on land", () => {
  const url = new URL("../../../data/basemap/black-sea-land.geojson", import.meta.url);
  const shape: { features: [{ geometry: { coordinates: [number, number][][][] } }] } = JSON.parse(
    readFileSync(url, "utf8"),
  );
  const rings = shape.features[0].geometry.coordinates.flat();
  const coast = regionOf(
    "the coast",
    rings.map((ring) => ring.map(([longitudeDeg, latitudeDeg]) => at(latitudeDeg, longitudeDeg))),
  );
  const passage = passageOf([coast], 1);
  assert.deepEqual([...(passage.way(46.4, 31, 45.6, 30.6) ?? [])], [45.6, 30.6]);
  assert.equal(passage.closedBy(46.48, 30.5), "the coast");
  const [from, to] = [at(45.3, 32), at(44.9, 36.2)];
  const way = passage.way(45.3, 32, 44.9, 36.2) ?? assert.fail();
  // South of Cape Sarych, the southern tip at 44.39 N, and east of the peninsula's middle.
  assert.ok(Math.min(...way.filter((_, i) => i % 2 === 0)) < 44.4);
  const km = wayKm(way, from);
  assert.ok(km > distanceKm(from, to) * 1.1 && km < 480, `${km} km`);
  // Its legs stay at sea.
  const places = [from.latitudeDeg, from.longitudeDeg, ...way];
  for (let k = 2; k < places.length; k += 2) {
    for (let i = 0; i <= 100; i++) {
      const [lat, lon] = [0, 1].map(
        (j) => (places[k - 2 + j] as number) + (i / 100) * ((places[k + j] as number) - (places[k - 2 + j] as number)),
      ) as [number, number];
      assert.ok(!isInside(coast, at(lat, lon)), `${lat} ${lon}`);
    }
  }
});

test("asked by cells, a way meets the edges that it meets when all are asked", () => {
  const dice = new Dice(5, "grid", "test");
  const regions = Array.from({ length: 12 }, (_, i) => {
    const [lat, lon] = [dice.between(44, 47), dice.between(28, 33)];
    const corners = Array.from({ length: 7 }, (_, k) => {
      const [turn, size] = [(2 * Math.PI * k) / 7, dice.between(0.05, 0.5)];
      return at(lat + size * Math.sin(turn), lon + size * Math.cos(turn));
    });
    return regionOf(`r${i}`, [corners]);
  });
  const edges = regions.flatMap(({ edgesDeg }) => [...edgesDeg]);
  const side = (ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean =>
    (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0;
  const crosses = (a: number, b: number, c: number, d: number): boolean => {
    for (let k = 0; k < edges.length; k += 4) {
      const [p, q, r, s] = edges.slice(k, k + 4) as [number, number, number, number];
      if (side(a, b, c, d, p, q) !== side(a, b, c, d, r, s) && side(p, q, r, s, a, b) !== side(p, q, r, s, c, d))
        return true;
    }
    return false;
  };
  const grid = new EdgeGrid(regions);
  let met = 0;
  for (let i = 0; i < 2000; i++) {
    const [lat, lon] = [dice.between(43, 48), dice.between(27, 34)];
    const way = [lat, lon, i % 20 === 0 ? lat : dice.between(43, 48), dice.between(27, 34)] as const;
    assert.equal(grid.isMet(...way), crosses(...way), way.join(" "));
    met += grid.isMet(...way) ? 1 : 0;
  }
  assert.ok(met > 300 && met < 1900, `${met}`);
});

test("regions: holes, the antimeridian, and ways that cross without an end inside", () => {
  const ring = (s: number, w: number, n: number, e: number) => [at(s, w), at(s, e), at(n, e), at(n, w)];
  const holed = regionOf("r", [ring(0, 0, 10, 10), ring(4, 4, 6, 6)]);
  assert.ok(isInside(holed, at(1, 1)));
  assert.ok(!isInside(holed, at(5, 5)));
  assert.ok(!isInside(holed, at(11, 5)));
  const across = regionOf("a", [ring(-1, 179, 1, -179)]);
  assert.ok(isInside(across, at(0, 180)));
  assert.ok(isInside(across, at(0, -179.5)));
  assert.ok(!isInside(across, at(0, 178)));
  const small = regionOf("s", [ring(0, 0, 0.02, 0.02)]);
  const grid = new EdgeGrid([small]);
  assert.ok(grid.isMet(0.01, -0.03, 0.01, 0.05), "through");
  assert.ok(!grid.isMet(0.03, -0.03, 0.03, 0.05), "past");
  assert.throws(() => regionOf("thin", [[at(0, 0), at(1, 1)]]), /three corners or more, not 2/);
});
