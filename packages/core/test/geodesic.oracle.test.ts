/** Lengths, areas and distances against PROJ's geodesics. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { distanceToKm, piecesOfLine } from "../src/geo/buffer.ts";
import { distanceKm, lengthKm, ringAreaKm2 } from "../src/geo/geodesic.ts";
import type { Place } from "../src/geo/position.ts";
import { areaKm2 } from "../src/geo/zone.ts";
import { assertWithin, isCaught } from "./accuracy.ts";

/** Longitude, latitude. */
type LonLat = readonly [number, number];

interface Oracle {
  readonly lines: readonly { readonly kind: string; readonly path: readonly LonLat[]; readonly lengthKm: number }[];
  readonly rings: readonly { readonly kind: string; readonly ring: readonly LonLat[]; readonly areaKm2: number }[];
  readonly buffered: readonly {
    readonly kind: string;
    readonly path: readonly LonLat[];
    readonly bufferKm: number;
    readonly areaKm2: number;
  }[];
  readonly near: readonly {
    readonly kind: string;
    readonly path: readonly LonLat[];
    readonly place: LonLat;
    readonly distanceKm: number;
  }[];
}

const oracle: Oracle = JSON.parse(readFileSync(new URL("../oracle/geodesic.proj.json", import.meta.url), "utf8"));

const placeOf = ([longitudeDeg, latitudeDeg]: LonLat): Place => ({ longitudeDeg, latitudeDeg });

/** Largest difference in percent, and where. */
function worst<T extends { readonly kind: string }>(
  cases: readonly T[],
  found: (c: T) => number,
  expected: (c: T) => number,
) {
  assert.ok(cases.length > 0, "an oracle without cases would pass by not looking");
  const off = cases.map((c) => ({ kind: c.kind, percent: 100 * Math.abs(found(c) / expected(c) - 1) }));
  return off.reduce((a, b) => (b.percent <= a.percent ? a : b));
}

const length = (stretch = 1) =>
  worst(
    oracle.lines,
    ({ path }) => stretch * lengthKm(path.map(placeOf)),
    (c) => c.lengthKm,
  );
const ringArea = (stretch = 1) =>
  worst(
    oracle.rings,
    ({ ring }) => stretch * ringAreaKm2(ring.map(placeOf)),
    (c) => c.areaKm2,
  );
const bufferArea = (stretch = 1) =>
  worst(
    oracle.buffered,
    ({ path, bufferKm }) => areaKm2({ line: path.map(placeOf), bufferKm: bufferKm * stretch }),
    (c) => c.areaKm2,
  );
const distance = (northDeg = 0) =>
  worst(
    oracle.near,
    ({ path, place: [lon, lat] }) => distanceToKm(piecesOfLine(path.map(placeOf)), placeOf([lon, lat + northDeg])),
    (c) => c.distanceKm,
  );

test("lengths equal PROJ's, at the poles and across the antimeridian too", (t) => {
  assert.equal(oracle.lines.length, 60);
  t.diagnostic(JSON.stringify(length()));
  assertWithin("geodesic-length", length().percent);
});

test("ring areas equal PROJ's, one round a pole among them", (t) => {
  assert.equal(oracle.rings.length, 49);
  t.diagnostic(JSON.stringify(ringArea()));
  assertWithin("geodesic-area", ringArea().percent);
});

test("areas of buffered lines equal geodesic outlines united in an equal-area projection", (t) => {
  assert.equal(oracle.buffered.length, 13);
  t.diagnostic(JSON.stringify(bufferArea()));
  assertWithin("geodesic-buffer-area", bufferArea().percent);
});

test("distances from places to paths equal PROJ's", (t) => {
  assert.equal(oracle.near.length, 40);
  t.diagnostic(JSON.stringify(distance()));
  assertWithin("geodesic-distance", distance().percent);
});

test("a ring may run either way, and may be closed or not", () => {
  for (const { ring, areaKm2: expected } of oracle.rings) {
    const places = ring.map(placeOf);
    for (const same of [places.toReversed(), places.slice(0, -1)]) {
      assert.ok(Math.abs(ringAreaKm2(same) / expected - 1) < 1e-6);
    }
  }
});

test("planted fault: a sphere in place of the ellipsoid, or 0.2 % of anything, is caught", () => {
  const sphereKm = ([lon0, lat0]: LonLat, [lon1, lat1]: LonLat) => {
    const rad = Math.PI / 180;
    const half = Math.sin(((lat1 - lat0) * rad) / 2) ** 2;
    const sine = half + Math.cos(lat0 * rad) * Math.cos(lat1 * rad) * Math.sin(((lon1 - lon0) * rad) / 2) ** 2;
    return 2 * 6371 * Math.asin(Math.sqrt(sine));
  };
  const onSphere = ({ path }: Oracle["lines"][number]) =>
    path.slice(1).reduce((sum, p, i) => sum + sphereKm(path[i] as LonLat, p), 0);
  assert.ok(isCaught("geodesic-length", worst(oracle.lines, onSphere, (c) => c.lengthKm).percent));
  assert.ok(isCaught("geodesic-length", length(1.002).percent));
  assert.ok(isCaught("geodesic-area", ringArea(1.002).percent));
  assert.ok(isCaught("geodesic-buffer-area", bufferArea(1.004).percent));
  assert.ok(isCaught("geodesic-distance", distance(0.01).percent));
});

test("one leg: distanceKm is the length of a path of two places", () => {
  for (const { path } of oracle.lines) {
    const [a, b] = path.map(placeOf);
    assert.ok(a !== undefined && b !== undefined);
    assert.equal(distanceKm(a, b), lengthKm([a, b]));
  }
});
