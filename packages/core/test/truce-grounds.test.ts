/** Where a truce's kilometres lie on the map: the shipped lane in open water, the shipped rear and plants on land; kinds that happen, and how much jams. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { parse } from "yaml";
import { lineFrame } from "../src/exercise/truce/line.ts";
import { type Truce, type TruceFile, truceOf } from "../src/exercise/truce/truce.ts";
import { type TruceScene, truceWorldMaker } from "../src/exercise/truth/from-truce.ts";
import { groundsOf } from "../src/exercise/truth/grounds.ts";
import type { TrueWorld } from "../src/exercise/truth/truth.ts";
import { mistakesOf } from "../src/exercise/watch/mistakes.ts";
import { distanceKm } from "../src/geo/geodesic.ts";
import type { Place } from "../src/geo/position.ts";
import { isInside, type Region, regionOf } from "../src/motion/region.ts";

const read = (path: string): string => readFileSync(new URL(`../../../data/${path}`, import.meta.url), "utf8");
const at = (latitudeDeg: number, longitudeDeg: number): Place => ({ latitudeDeg, longitudeDeg });

let truce: Truce;
let line: Place[];
let land: Region;
let shore: Place[];
let towns: Place[];

before(() => {
  truce = truceOf(parse(read("truces/monitored-line.yaml")) as TruceFile);
  line = (parse(read("zones/line-of-contact.yaml")) as { zones: { line: { line: Place[] } } }).zones.line.line;
  const shape = JSON.parse(read("basemap/black-sea-land.geojson")) as {
    features: [{ geometry: { coordinates: [number, number][][][] } }];
  };
  const rings = shape.features[0].geometry.coordinates
    .flat()
    .map((ring) => ring.map(([longitudeDeg, latitudeDeg]) => at(latitudeDeg, longitudeDeg)));
  land = regionOf("land", rings);
  shore = rings.flatMap((ring) =>
    ring.slice(1).flatMap((to, i) => {
      const from = ring[i] as Place;
      return [0.25, 0.5, 0.75, 1].map((t) =>
        at(
          from.latitudeDeg + t * (to.latitudeDeg - from.latitudeDeg),
          from.longitudeDeg + t * (to.longitudeDeg - from.longitudeDeg),
        ),
      );
    }),
  );
  towns = read("places/ukraine-settlements.csv")
    .trim()
    .split("\n")
    .slice(1)
    .map((row) => row.split(",").slice(-2).map(Number) as [number, number])
    .map(([latitudeDeg, longitudeDeg]) => at(latitudeDeg, longitudeDeg));
});

/** Every 5 km of an area, on both its edges and its middle. */
function placesOf(id: string): Place[] {
  const index = truce.areas.findIndex((area) => area.id === id);
  const { atKm, halfKm, offsetKm, halfAcrossKm = 0 } = truce.areas[index] ?? assert.fail(id);
  const grounds = groundsOf(line, truce.areas);
  const places: Place[] = [];
  for (let km = atKm - halfKm; km <= atKm + halfKm; km += 5) {
    for (const across of [-1, 0, 1]) places.push(grounds.placeAt(index, km, offsetKm + across * halfAcrossKm));
  }
  return places;
}

const nearestKm = (place: Place, among: readonly Place[]): number =>
  among.reduce((least, other) => {
    if (Math.abs(other.latitudeDeg - place.latitudeDeg) > 0.4) return least;
    return Math.min(least, distanceKm(place, other));
  }, Number.POSITIVE_INFINITY);

test("the lane lies in open water, 9 km and more from every shore, from the Odesa roads southwards; nothing else of the truce is at sea", () => {
  const lane = placesOf("lane");
  assert.ok(lane.length > 200);
  for (const place of lane) {
    assert.ok(!isInside(land, place), JSON.stringify(place));
    const km = nearestKm(place, shore);
    assert.ok(km > 9 && km < 60, `${km} km from the shore`);
  }
  assert.ok(distanceKm(lane[0] as Place, at(46.4857, 30.7438)) < 40);
  for (const { id } of truce.areas.filter((area) => area.id !== "lane")) {
    for (const place of placesOf(id)) assert.ok(isInside(land, place), `${id}: ${JSON.stringify(place)}`);
  }
});

test("plants stand by towns, the rear 20 to 130 km behind the line and on both sides of it", () => {
  for (const { id } of truce.areas.filter((area) => area.id.startsWith("plant"))) {
    for (const place of placesOf(id)) assert.ok(nearestKm(place, towns) < 25, id);
  }
  const frame = lineFrame(line);
  const onLine = Array.from({ length: 240 }, (_, i) => frame.placeAt(5 * i, 0));
  for (const id of ["rear-west", "rear-east"]) {
    for (const place of placesOf(id)) {
      const km = Math.min(...onLine.map((on) => distanceKm(on, place)));
      assert.ok(km > 5 && km < 130, `${id}: ${km} km from the line`);
    }
  }
});

const DAYS = 20;
const START_MS = Date.parse("2026-06-15T00:00:00Z");
const worldOf = (changes: Partial<TruceScene> = {}): TrueWorld =>
  truceWorldMaker({ truce, regime: "durable", line, startMs: START_MS, days: DAYS, views: [], ...changes })(11);

/** Rows of one kind as text. */
function rowsOf({ truth }: TrueWorld, id: string): string[] {
  const kind = truth.kinds.findIndex((one) => one.id === id);
  return Array.from(truth.tMs.keys())
    .filter((row) => truth.kind[row] === kind)
    .map((row) => [truth.tMs[row], truth.latitudeDeg[row], truth.longitudeDeg[row], truth.key[row]].join(" "));
}

test("only some kinds: those happen as they would among all, are claimed, and nothing else is", () => {
  const all = worldOf();
  const sea = worldOf({ only: ["ship-interdicted", "missile"] });
  for (const id of ["ship-interdicted", "missile"]) assert.deepEqual(rowsOf(sea, id), rowsOf(all, id));
  assert.equal(sea.truth.tMs.length, rowsOf(all, "ship-interdicted").length + rowsOf(all, "missile").length);
  const kinds = new Set(Array.from(sea.claims.kind, (kind) => sea.truth.kinds[kind]?.id));
  assert.ok(kinds.size > 0 && [...kinds].every((id) => id === "ship-interdicted" || id === "missile"));
  for (const [i, about] of sea.claims.about.entries()) {
    if (about >= 0) assert.equal(sea.truth.kind[about], sea.claims.kind[i]);
  }
  assert.throws(() => worldOf({ only: ["earthquake"] }), /no kind earthquake in this truce; explosion/);
});

test("claims of ships are made of the sea, and results name the lane", () => {
  const world = worldOf({ days: 200, only: ["ship-interdicted", "ship-silenced"] });
  assert.ok(world.truth.tMs.length > 3 && world.claims.tMs.length > 3);
  for (const area of world.truth.area) assert.equal(world.truth.areas[area], "lane");
  for (const [i, latitudeDeg] of world.claims.latitudeDeg.entries()) {
    assert.ok(!isInside(land, at(latitudeDeg, world.claims.longitudeDeg[i] as number)));
  }
});

test("heavy jamming: so many times as often, so many times as far, and nothing else changes", () => {
  const [plain, heavy] = [worldOf(), worldOf({ jamming: { times: 5, reachTimes: 2 } })];
  const expected = 5 * plain.jams.fromMs.length;
  assert.ok(Math.abs(heavy.jams.fromMs.length - expected) < 5 * Math.sqrt(6 * expected), `${heavy.jams.fromMs.length}`);
  assert.equal(heavy.jams.reachKm[0], 2 * (plain.jams.reachKm[0] as number));
  for (const column of ["tMs", "latitudeDeg", "kind", "key"] as const) {
    assert.deepEqual(heavy.truth[column], plain.truth[column]);
  }
});

test("scaling: with exponents of 0 the long line has the fire of the monitored one, a third of it and less", () => {
  const count = (scaling: TruceScene["scaling"]) => worldOf({ days: 60, ...(scaling && { scaling }) }).truth.tMs.length;
  const [as, few] = [count(undefined), count({ fireExponent: 0, hotSpotExponent: 0 })];
  assert.ok(few < 0.75 * as && few > 0.1 * as, `${few} of ${as}`);
});

test("kinds know where they can be and how readily nothing is taken for them; what only looks like a breach is none", () => {
  const { kinds } = worldOf().truth;
  const kindOf = (id: string) => kinds.find((kind) => kind.id === id) ?? assert.fail(id);
  const [onLine, inLane] = [at(48.2801, 37.1771), at(45.2, 29.97)];
  const canBe = (id: string, { latitudeDeg, longitudeDeg }: Place) =>
    kindOf(id).canBeAt?.(latitudeDeg, longitudeDeg) ?? assert.fail(id);
  for (const [id, line, lane] of [
    ["explosion", true, false],
    ["armoured-move", true, false],
    ["ship-interdicted", false, true],
    ["ship-adrift", false, true],
    ["power-strike", false, false],
  ] as const) {
    assert.deepEqual([canBe(id, onLine), canBe(id, inLane)], [line, lane], id);
  }
  assert.equal(kindOf("projectile").mistaken01, 0);
  assert.ok((kindOf("ship-interdicted").mistaken01 ?? 1) < 0.1);
  assert.deepEqual(
    kinds.filter(({ isBreach }) => !isBreach).map(({ id }) => id),
    ["ship-adrift"],
  );
});

test("a false alarm is taken for what its sensor is said to mistake, any kind where nothing is said; a kind that is not there is refused", () => {
  const kinds = [{ id: "a" }, { id: "b" }];
  const [own, any] = mistakesOf([{ id: "x", mistakes: ["b", "b"] }, { id: "y" }], kinds);
  assert.deepEqual(
    [Array.from(own ?? []), Array.from(any ?? [])],
    [
      [1, 1],
      [0, 1],
    ],
  );
  assert.throws(() => mistakesOf([{ id: "x", mistakes: ["c"] }], kinds), /x: mistakes: no kind c; a, b/);
});
