/** The quick distance against Karney's geodesics, and groups that rest on it against groups by geodesics alone. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { destinationOf, distanceKm } from "../src/geo/geodesic.ts";
import { NEAR_KM, nearKm, pointsOf } from "../src/geo/near.ts";
import { Dice } from "../src/numerics/dice.ts";
import { instant } from "../src/time/instant.ts";
import type { Evidence } from "../src/verify/evidence.ts";
import { groupByReach } from "../src/verify/incident-group.ts";
import { type TaxonomyFile, taxonomyOf } from "../src/verify/taxonomy.ts";

const FILE = new URL("../../../data/taxonomies/ceasefire.yaml", import.meta.url);
const TAXONOMY = taxonomyOf(parse(readFileSync(FILE, "utf8")) as TaxonomyFile);

test("up to 100 km, in all latitudes and directions, within 1.2e-7 of the geodesic", () => {
  const dice = new Dice(1, "near", "places");
  for (let k = 0; k < 5000; k++) {
    const from = { latitudeDeg: dice.between(-90, 90), longitudeDeg: dice.between(-180, 180) };
    const to = destinationOf(from, dice.between(0, 360), NEAR_KM * 10 ** dice.between(-6, 0));
    const exact = distanceKm(from, to);
    const off = Math.abs(nearKm(pointsOf([from, to]), 0, 1) - exact);
    assert.ok(off <= 1.2e-7 * exact + 1e-9, `${off} km of ${exact}`);
  }
});

const report = (id: string, latitudeDeg: number, longitudeDeg: number, radiusKm: number): Evidence => ({
  id,
  form: "report",
  kind: "explosion",
  where: { latitudeDeg, longitudeDeg, radiusKm, basis: "fix" },
  when: { start: instant(0), end: instant(60_000) },
  origin: { source: id, operator: id },
  grade: { source: "B", information: 2 },
  ingest: { hash: id },
});

test("groups end where the geodesic says: a millimetre within the reach is one, a millimetre beyond is not", () => {
  const own = TAXONOMY.extentOf("explosion").km;
  for (const [radiusKm, azimuthDeg] of [
    [0, 45],
    [3, 90],
    [200, 10],
  ] as const) {
    const reachKm = Math.hypot(own, radiusKm, radiusKm);
    const here = { latitudeDeg: 48, longitudeDeg: 37 };
    const groups = (km: number): number => {
      const there = destinationOf(here, azimuthDeg, km);
      const two = [
        report("a", here.latitudeDeg, here.longitudeDeg, radiusKm),
        report("b", there.latitudeDeg, there.longitudeDeg, radiusKm),
      ];
      return groupByReach(two, TAXONOMY, ({ when }) => when).length;
    };
    assert.deepEqual([groups(reachKm - 1e-6), groups(reachKm + 1e-6)], [1, 2], `reach ${reachKm} km`);
  }
});
