/** Questions with places in them: cells, boxes over the date line, polygons, what stands near; and cells on a map. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, coarserCells } from "@vedette/core/geo/cells";
import type { Json } from "@vedette/core/record/hash";
import { instant, MS_PER_HOUR } from "@vedette/core/time/instant";
import { cellOf, coarser, coverOf, nameOf, RESOLUTIONS } from "../src/workspace/cells.ts";
import { queriesOn } from "../src/workspace/queries-on.ts";
import { START } from "./log-fixture.ts";
import { itemOf } from "./projector-arbitrary.ts";
import { ALL, bedAt, draft, opened } from "./projector-fixture.ts";

const PLACES = Array.from({ length: 500 }, (_, i) => ({
  latitudeDeg: -80 + ((i * 37) % 160) + (i % 7) / 7,
  longitudeDeg: -180 + ((i * 101) % 360) + (i % 11) / 11,
}));

test("a cell as a number is H3's own, and a coarser one its first bits", () => {
  for (const place of PLACES) {
    assert.equal(nameOf(cellOf(place), 7), cellAt(place, 7));
    for (const res of RESOLUTIONS)
      assert.deepEqual(coarserCells([cellAt(place, 7)], res), [nameOf(coarser(cellOf(place), res), res)]);
  }
});

test("the cells of a box hold every place in it", () => {
  let covered = 0;
  for (const { latitudeDeg, longitudeDeg } of PLACES)
    for (const deg of [0.02, 0.3, 2]) {
      const west = longitudeDeg - deg < -180 ? longitudeDeg - deg + 360 : longitudeDeg - deg;
      const east = longitudeDeg + deg > 180 ? longitudeDeg + deg - 360 : longitudeDeg + deg;
      const cover = coverOf({ west, east, south: latitudeDeg - deg, north: latitudeDeg + deg });
      if (cover === undefined) continue;
      covered++;
      for (const [x, y] of [
        [0, 0],
        [-1, -1],
        [1, 1],
        [-1, 1],
        [0.3, -0.9],
      ] as const) {
        const lon = longitudeDeg + x * deg;
        const cell = cellOf({
          latitudeDeg: latitudeDeg + y * deg,
          longitudeDeg: lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon,
        });
        assert.ok(
          cover.ranges.some(([first, last]) => cell >= first && cell <= last),
          `${latitudeDeg} ${longitudeDeg} ${deg}`,
        );
      }
    }
  assert.ok(covered > 1000, `covered: ${covered}`);
});

const at = (latitudeDeg: number, longitudeDeg: number): { readonly [key: string]: Json } => ({
  where: { latitudeDeg, longitudeDeg, radiusKm: 1, basis: "fix" },
});

test("boxes over the date line, polygons, and cells where there are too many points", async () => {
  const bed = await bedAt();
  await bed.store.append([
    opened("in-east", ALL, at(10, 179.5)),
    opened("in-west", ALL, at(10, -179.5)),
    opened("in-corner", ALL, at(50.9, 30.9)),
    ...Array.from({ length: 30 }, (_, i) => opened(`in-${i}`, ALL, at(50 + i / 100, 30 + i / 100))),
  ]);
  await bed.projector.catchUp();
  for (const few of [0, 6000]) {
    const queries = queriesOn(bed.views, { few });
    const line = { west: 179, east: -179, south: 9, north: 11 };
    const over = await queries.incidents("FRA", { area: line }, { limit: 10 });
    assert.deepEqual(over.items.map(({ id }) => id).sort(), ["in-east", "in-west"]);
    const triangle = [
      [50, 30],
      [51, 30],
      [50, 31],
    ].map(([latitudeDeg, longitudeDeg]) => ({
      latitudeDeg: (latitudeDeg as number) - 0.01,
      longitudeDeg: (longitudeDeg as number) - 0.01,
    }));
    const within: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await queries.incidents(
        "FRA",
        { area: { polygon: triangle } },
        { limit: 7, ...(cursor && { cursor }) },
      );
      within.push(...page.items.map(({ id }) => id));
      if (page.next === undefined) break;
      cursor = page.next;
    }
    assert.deepEqual(within.sort(), Array.from({ length: 30 }, (_, i) => `in-${i}`).sort());
    assert.equal((await queries.counts("FRA", { area: { polygon: triangle } })).total, 30);
  }
  const queries = queriesOn(bed.views);
  const area = { west: 29, east: 32, south: 49, north: 52 };
  for (const filter of [{ area }, { area, from: instant(START - 10 * MS_PER_HOUR) }]) {
    const map = await queries.map("FRA", filter, 5);
    assert.ok(map.isAggregate);
    assert.equal(
      map.cells.reduce((sum, { count }) => sum + count, 0),
      31,
    );
  }
  await bed.close();
});

test("what an incident rests on, and what stands near it and does not yet", async () => {
  const bed = await bedAt();
  const secret = { ...ALL, releasableTo: [] };
  const members = (ns: readonly number[]) => ns.map((n) => ({ key: `ev-${n}`, value: itemOf(n) }));
  await bed.store.appendBatch({ ...draft("evidence.recorded", {}), body: {}, members: members([1, 2, 3]) });
  await bed.store.appendBatch({ ...draft("evidence.recorded", {}, secret), body: {}, members: members([4]) });
  const when = { start: START + MS_PER_HOUR, end: START + 2 * MS_PER_HOUR };
  await bed.store.append([opened("in-1", ALL, { ...at(45, 23), when, evidence: ["ev-1", "ev-4"] })]);
  await bed.projector.catchUp();
  const queries = queriesOn(bed.views);
  const linked = async (nation: string) =>
    (await queries.evidenceOf(nation, "in-1", { limit: 10 })).items.map(({ item, role }) => `${item.id} ${role}`);
  assert.deepEqual(await linked("FRA"), ["ev-1 witness"]);
  assert.deepEqual(await linked("UKR"), ["ev-4 witness", "ev-1 witness"]);
  const near = await queries.near("FRA", "in-1", { km: 200, hours: 5, limit: 10 });
  assert.deepEqual(
    near.map(({ item }) => item.id),
    ["ev-2"],
  );
  assert.deepEqual(await queries.near("FRA", "in-1", { km: 200, hours: 0, limit: 10 }), []);
  assert.deepEqual(await queries.fileMarking("FRA", "4".repeat(64)), undefined);
  assert.deepEqual(await queries.fileMarking("UKR", "4".repeat(64)), secret);
  await bed.close();
});
