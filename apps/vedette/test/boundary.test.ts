/** Boundaries and basemap: the default layer is the internationally recognised one, and the land below it names no country. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readBoundaries } from "../src/scenario/boundaries.ts";

const fileOf = (path: string): string => fileURLToPath(new URL(`../../../data/${path}`, import.meta.url));
const BOUNDARY = fileOf("boundaries/ukraine.geojson");
const LAND = fileOf("basemap/black-sea-land.geojson");

type Ring = readonly (readonly [number, number])[];
interface Feature {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: string; readonly coordinates: readonly (readonly Ring[])[] };
}
const featuresOf = (file: string): readonly Feature[] => JSON.parse(readFileSync(file, "utf8")).features;

/** Even and odd crossings of the parallel to the east of the place. */
function isInRing(ring: Ring, lon: number, lat: number): boolean {
  let inside = false;
  ring.forEach(([x0, y0], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length] ?? [x0, y0];
    if (y0 > lat !== y1 > lat && lon < x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  });
  return inside;
}

/** In the outer ring of a part, and in none of its holes. */
const isInside = (feature: Feature, lon: number, lat: number): boolean =>
  feature.geometry.coordinates.some(
    ([outer, ...holes]) =>
      outer !== undefined && isInRing(outer, lon, lat) && !holes.some((hole) => isInRing(hole, lon, lat)),
  );

/** Latitude and longitude, degrees (GeoNames). */
const INSIDE = {
  Simferopol: [44.952, 34.102],
  Sevastopol: [44.605, 33.525],
  Yalta: [44.499, 34.17],
  Kerch: [45.357, 36.475],
  Donetsk: [48.023, 37.802],
  Luhansk: [48.568, 39.306],
  Mariupol: [47.096, 37.549],
  Kharkiv: [49.993, 36.23],
  Kyiv: [50.455, 30.524],
} as const;
const OUTSIDE = {
  "Rostov-on-Don": [47.235, 39.72],
  Krasnodar: [45.039, 38.975],
  Belgorod: [50.597, 36.587],
  Chisinau: [47.01, 28.858],
  Constanta: [44.18, 28.63],
  "the Black Sea": [43.5, 33],
} as const;

test("Simferopol, Sevastopol and Donetsk are inside Ukraine's boundary, Rostov-on-Don is not", () => {
  const [ukraine, ...others] = featuresOf(BOUNDARY);
  assert.ok(ukraine !== undefined && others.length === 0);
  for (const [name, [lat, lon]] of Object.entries(INSIDE)) assert.ok(isInside(ukraine, lon, lat), `${name} is outside`);
  for (const [name, [lat, lon]] of Object.entries(OUTSIDE))
    assert.ok(!isInside(ukraine, lon, lat), `${name} is inside`);
});

test("planted fault: without its largest part the boundary loses them", () => {
  const [ukraine = assert.fail()] = featuresOf(BOUNDARY);
  const parts = ukraine.geometry.coordinates.toSorted((a, b) => (a[0]?.length ?? 0) - (b[0]?.length ?? 0)).slice(0, -1);
  const cut = { ...ukraine, geometry: { ...ukraine.geometry, coordinates: parts } };
  assert.ok(!isInside(cut, INSIDE.Simferopol[1], INSIDE.Simferopol[0]));
});

test("the boundary says whose it is, by whose word, and under which licence", async () => {
  const read = await readBoundaries(BOUNDARY);
  assert.ok(!("message" in read), "readable by the report");
  assert.equal(read.name, "Ukraine");
  assert.match(read.note, /Crimea and Sevastopol included \(UN General Assembly resolution 68\/262\)/);
  assert.match(read.source, /OpenStreetMap/);
  const [ukraine] = featuresOf(BOUNDARY);
  assert.equal(ukraine?.properties["licence"], "ODbL 1.0");
  assert.ok(read.paths.every((path) => path.every(([lon, lat]) => lon > 22 && lon < 40.3 && lat > 44.3 && lat < 52.5)));
});

/** Attributes by which Natural Earth and others tell countries apart. */
const COUNTRY_WORDS = /sov|adm|iso|country|nation|brk|fclass|gu_a3|wb_a/i;
const COUNTRY_NAMES = /ukrain|russia|crimea|moldova|romania|bulgaria|turk|georgia|belarus|poland/i;

test("the basemap is land and nothing else: one feature, no country by attribute or by name", () => {
  const features = featuresOf(LAND);
  assert.equal(features.length, 1, "countries would be one feature each");
  for (const { properties, geometry } of features) {
    assert.equal(geometry.type, "MultiPolygon");
    assert.deepEqual(Object.keys(properties).sort(), ["licence", "name", "note", "source"]);
    assert.ok(!Object.keys(properties).some((key) => COUNTRY_WORDS.test(key)));
    const { note, ...words } = properties;
    assert.ok(!Object.values(words).some((value) => COUNTRY_NAMES.test(String(value))));
    assert.match(String(note), /No country polygons/);
  }
});

test("land is one piece from Kyiv to Simferopol and Rostov: no border runs through it", () => {
  const [land = assert.fail()] = featuresOf(LAND);
  const partOf = ([lat, lon]: readonly [number, number]) =>
    land.geometry.coordinates.findIndex(([outer]) => outer !== undefined && isInRing(outer, lon, lat));
  const mainland = partOf(INSIDE.Kyiv);
  assert.ok(mainland >= 0);
  for (const place of [
    INSIDE.Simferopol,
    INSIDE.Donetsk,
    OUTSIDE["Rostov-on-Don"],
    OUTSIDE.Belgorod,
    OUTSIDE.Chisinau,
  ]) {
    assert.equal(partOf(place), mainland);
  }
  assert.equal(partOf(OUTSIDE["the Black Sea"]), -1);
});
