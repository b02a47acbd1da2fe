/** The shipped truces as exercises: the network that is named, alike in both seasons; boats on water, towers on land; each variant changes what it says. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { isInside, regionOf } from "@vedette/core/motion/region";
import type { Exercise } from "@vedette/wire/exercise";
import { parse } from "yaml";
import { yamlFilesIn } from "../src/scenario/data-file.ts";
import { SHIPPED_ROOT } from "../src/scenario/paths.ts";

const FOLDER = join(SHIPPED_ROOT, "scenarios", "exercises");
const read = (path: string) => parse(readFileSync(path, "utf8")) as Exercise;
const summer = read(join(FOLDER, "truce-summer.yaml"));
const winter = read(join(FOLDER, "truce-winter.yaml"));
type Group = Exercise["groups"][string];
const countOf = ({ places, along }: Group): number => places?.length ?? along?.count ?? 0;
const countIn = (name: RegExp): number =>
  Object.entries(summer.groups).reduce((sum, [id, group]) => sum + (name.test(id) ? countOf(group) : 0), 0);

test("the network is the one that is named: 30 drones at 10 bases, 12 boats, 20 radars, 60 acoustic posts, 150 cameras, 40 patrols, 6 aircraft", () => {
  const counts = [/^drones/, /^boats/, /^radars/, /^acoustic/, /^cameras/, /^patrols/, /^aircraft/].map(countIn);
  assert.deepEqual(counts, [30, 12, 20, 60, 150, 40, 6]);
  assert.ok(countIn(/^coastal/) > 0 && countIn(/^ais/) > 0 && summer.satellites !== undefined);
  const bases = Object.entries(summer.groups).flatMap(([id, { places = [] }]) =>
    id.startsWith("drones") ? places : [],
  );
  assert.equal(new Set(bases.map((place) => JSON.stringify(place))).size, 10);
  assert.ok(new Set(Object.values(summer.groups).map(({ nation }) => nation)).size > 8);
});

test("winter differs from summer by its days, its hour and its element sets alone", () => {
  const { about: _a, start: _s, headquarters: hs, satellites: _p, ...of } = summer;
  const { about: _b, start: _t, headquarters: hw, satellites: _q, ...same } = winter;
  assert.deepEqual(same, of);
  assert.deepEqual({ ...hw, utcOffsetH: 3 }, hs);
  assert.match(summer.start, /-06-/);
  assert.match(winter.start, /-12-/);
});

test("boats begin on water, and so do their areas; towers stand on land", () => {
  const shape = JSON.parse(readFileSync(join(SHIPPED_ROOT, "data", "basemap", "black-sea-land.geojson"), "utf8")) as {
    features: [{ geometry: { coordinates: [number, number][][][] } }];
  };
  const rings = shape.features[0].geometry.coordinates
    .flat()
    .map((ring) => ring.map(([longitudeDeg, latitudeDeg]) => ({ latitudeDeg, longitudeDeg })));
  const land = regionOf("land", rings);
  for (const [id, { places = [] }] of Object.entries(summer.groups)) {
    for (const place of places)
      assert.equal(isInside(land, place), !id.startsWith("boats"), `${id} ${place.latitudeDeg}`);
  }
  const areas = Object.values(summer.areas ?? {});
  assert.ok(areas.length >= 8 && areas.every((area) => !isInside(land, area)));
});

test("the variants that are asked for are there, and what they take away was there", async () => {
  const files = await yamlFilesIn(join(FOLDER, "variants"));
  const names = files.map((path) => basename(path, ".yaml"));
  for (const name of [
    "without-usa",
    "without-drones",
    "constellation-2029",
    "heavy-jamming",
    "half-the-analysts",
    "black-sea-only",
    "no-foresight",
    "fraying",
    "line-420",
  ]) {
    assert.ok(names.includes(name), name);
  }
  for (const path of files) {
    const { patch } = parse(readFileSync(path, "utf8")) as { patch: { groups?: Record<string, null> } };
    for (const id of Object.keys(patch.groups ?? {})) assert.ok(id in summer.groups, `${basename(path)}: ${id}`);
  }
  const { patch } = parse(readFileSync(join(FOLDER, "variants", "without-usa.yaml"), "utf8")) as {
    patch: { groups: Record<string, null> };
  };
  const american = Object.entries(summer.groups).flatMap(([id, { nation }]) => (nation === "USA" ? [id] : []));
  assert.deepEqual(Object.keys(patch.groups).sort(), american.sort());
});
