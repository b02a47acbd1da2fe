/**
 * Linking against truth that was drawn: the same places, errors and delays that the issue of linking names. What may not
 * happen (chains, wandering with the order of the input, old incidents moved) by properties.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { boundOf } from "../src/exercise/told/bound.ts";
import { agreementOf } from "../src/exercise/told/score.ts";
import { type Settlement, type ToldWorld, tell, USUAL_WORLD } from "../src/exercise/told/world.ts";
import { distanceKm } from "../src/geo/geodesic.ts";
import { instant, MS_PER_DAY, MS_PER_HOUR } from "../src/time/instant.ts";
import { linkItems } from "../src/verify/linking.ts";
import type { LinkItem } from "../src/verify/linking-items.ts";
import { merged } from "../src/verify/linking-merge.ts";
import { linkMore } from "../src/verify/linking-more.ts";

const PLACES = new URL("../../../data/basemap/ukraine-places.json", import.meta.url);
const settlements: readonly Settlement[] = JSON.parse(readFileSync(PLACES, "utf8")).places;
const NEAR: ToldWorld = USUAL_WORLD;
const FAR: ToldWorld = {
  ...USUAL_WORLD,
  error: { shape: "normal", km: 1 },
  delay: "days",
  extent: { shape: "disc", km: 10 },
  days: 15,
};

function scored(world: ToldWorld) {
  const told = tell(world, settlements);
  const truth = told.reports.map(({ incident }) => incident);
  const linking = linkItems(told.reports);
  return { told, truth, linking, score: agreementOf(truth, [...linking.of]) };
}

test("0.3 km, the same day: F1 and B-cubed at least .95; the error is learnt to a tenth; confidence is honest", () => {
  const { linking, score } = scored(NEAR);
  assert.ok(score.f1 >= 0.95 && score.bCubed >= 0.95, JSON.stringify(score));
  assert.ok(Math.abs(linking.model.sigmaKm / 0.3 - 1) < 0.1, `${linking.model.sigmaKm} km`);
  assert.equal(linking.model.delay.length, 1);
  const mean = linking.confidence01.reduce((sum, c) => sum + c, 0) / linking.of.length;
  assert.ok(Math.abs(mean - score.precision) < 0.04, `says ${mean}, is ${score.precision}`);
});

test("1 km, up to two days late: F1 and B-cubed at least .80; delays are learnt; near what perfect knowledge reaches", () => {
  const { told, truth, linking, score } = scored(FAR);
  assert.ok(score.f1 >= 0.8 && score.bCubed >= 0.8, JSON.stringify(score));
  assert.equal(linking.model.delay.length, 3);
  for (const chance of linking.model.delay) assert.ok(Math.abs(chance - 1 / 3) < 0.05, `${linking.model.delay}`);
  const bound = agreementOf(truth, [...(boundOf(FAR, told, settlements.length - 5) ?? [])]);
  assert.ok(bound.f1 - score.f1 < 0.04, `${score.f1} of ${bound.f1}`);
});

const small = (seed: number): readonly LinkItem[] => tell({ ...NEAR, seed, perDay: 15, days: 10 }, settlements).reports;

test("the same reports give the same incidents, whatever their order", () => {
  const items = small(3);
  const of = linkItems(items).of;
  fc.assert(
    fc.property(fc.shuffledSubarray([...items.keys()], { minLength: items.length }), (order) => {
      const again = linkItems(order.map((i) => items[i] as LinkItem)).of;
      const given = order.map((i) => of[i] as number);
      assert.equal(agreementOf(given, [...again]).f1, 1);
      assert.deepEqual([...again], given, "and their numbers");
    }),
    { numRuns: 5 },
  );
});

/** A report every few hours, each near the one before, across a town for a week. */
function chain(length: number, stepKm: number, stepMs: number): LinkItem[] {
  return Array.from({ length }, (_, i) => ({
    id: `c${i}`,
    where: { latitudeDeg: 49.9 + (i * stepKm) / 111.2, longitudeDeg: 36.2 },
    when: { start: instant(i * stepMs), end: instant((i + 1) * stepMs) },
  }));
}

test("a chain across a town over a week is no incident", () => {
  for (const stepKm of [0.1, 0.5, 1]) {
    const items = [...chain(56, stepKm, 3 * MS_PER_HOUR), ...small(4)];
    const { incidents } = linkItems(items, { kinds: { extentKm: () => 4, likeness01: () => 1 } });
    const widest = Math.max(...incidents.map(({ members }) => spreadOf(members.map((i) => items[i] as LinkItem))));
    assert.ok(widest < 8, `${stepKm} km a step: ${widest} km`);
    const ofChain = incidents.filter(({ members }) => members.some((i) => i < 56));
    const longest = Math.max(
      ...ofChain.map(({ members }) => Math.max(...members) - Math.min(...members.filter((i) => i < 56))),
    );
    assert.ok(ofChain.length > 3, `${ofChain.length} incidents of a week, ${longest}`);
  }
});

function spreadOf(items: readonly LinkItem[]): number {
  return Math.max(0, ...items.flatMap((a) => items.map((b) => distanceKm(a.where, b.where))));
}

test("kinds that are unlike are kept apart, though place and hour are one; unknown kinds are not", () => {
  const kindOf = (i: number): string => ["fire-mortar", "maritime", "unknown"][i % 3] as string;
  const base = small(5);
  const mixed = base.map((item, i) => ({ ...item, kind: kindOf(i) }));
  const kinds = { extentKm: () => 5, likeness01: (a: string, b: string) => (a === b ? 1 : 0) };
  const { incidents } = linkItems(mixed, { kinds });
  const named = incidents.map(
    ({ members }) => new Set(members.map((i) => kindOf(i)).filter((kind) => kind !== "unknown")),
  );
  const both = named.filter((set) => set.size > 1).length;
  assert.ok(both < 0.01 * incidents.length, `${both} of ${incidents.length} hold both`);
  const before = linkItems(mixed).incidents.filter(({ members }) => new Set(members.map(kindOf)).size > 1).length;
  assert.ok(before > 0.2 * incidents.length, "without the rule they are together");
});

test("few items, twins, one item, none: an answer for each, and no fault", () => {
  const one = small(6).slice(0, 1);
  assert.deepEqual([...linkItems([]).of], []);
  assert.deepEqual([...linkItems(one).of], [0]);
  const twins = Array.from({ length: 4 }, () => one[0] as LinkItem);
  assert.equal(new Set(linkItems(twins).of).size, 1, "the same words at the same place and time");
  const apart = [0, 1, 2].map((k) => ({
    ...(one[0] as LinkItem),
    id: String(k),
    where: { latitudeDeg: 46 + k, longitudeDeg: 33 },
  }));
  assert.equal(new Set(linkItems(apart).of).size, 3);
  assert.throws(() => linkItems([{ ...(one[0] as LinkItem), where: { latitudeDeg: 91, longitudeDeg: 0 } }]), /91/);
});

test("new reports join what stands or open their own: nothing that stands moves, nearly as good as all at once", () => {
  const told = tell({ ...NEAR, days: 12 }, settlements);
  const isNew = (i: number): boolean => i % 6 === 0;
  const [old, added] = [told.reports.filter((_, i) => !isNew(i)), told.reports.filter((_, i) => isNew(i))];
  const { of, model } = linkItems(old);
  const more = linkMore({ items: old, of, model }, added);
  const truth = [...old, ...added].map(({ incident }) => incident);
  const score = agreementOf(truth, [...of, ...more.of]);
  assert.ok(score.f1 > 0.92 && score.bCubed > 0.92, JSON.stringify(score));
  const backwards = linkMore({ items: old, of, model }, added.toReversed());
  assert.equal(agreementOf([...more.of], [...backwards.of].reverse()).f1, 1);
  assert.ok(more.confidence01.every((c) => c >= 0 && c <= 1));
});

test("a week and a local midnight: days that begin at 22:00 are days, also when summer time moves them", () => {
  const shifted = (hours: number) =>
    small(8).map((item) => ({
      ...item,
      when: {
        start: instant(item.when.start - hours * MS_PER_HOUR),
        end: instant(item.when.start - hours * MS_PER_HOUR + MS_PER_DAY),
      },
    }));
  const utc = linkItems(shifted(0));
  const local = linkItems(shifted(2));
  assert.equal(local.model.delay.length, utc.model.delay.length);
  assert.deepEqual([...local.of], [...utc.of]);
});

test("merging by pairs ends where no row gains by moving", () => {
  const rows = [0, 1, 2, 3, 4, 5];
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 15, maxLength: 15 }), (chances) => {
      const of = (a: number, b: number): number => {
        const [high, low] = [Math.max(a, b), Math.min(a, b)];
        return chances[(high * (high - 1)) / 2 + low] as number;
      };
      const edges = rows.map((a) => rows.filter((b) => b !== a).map((to) => ({ to, chance: of(a, to) })));
      const keys = merged({ edges, threshold: 0.5 });
      const gain = (row: number, key: number): number =>
        rows.reduce((sum, other) => sum + (other !== row && keys[other] === key ? of(row, other) - 0.5 : 0), 0);
      for (const row of rows)
        for (const key of [...keys, -1]) assert.ok(gain(row, key) <= gain(row, keys[row] as number) + 1e-6);
    }),
  );
});

test("rows that are fixed stay together, and two such groups apart", () => {
  const all = [0, 1, 2, 3].map((a) => [0, 1, 2, 3].filter((b) => b !== a).map((to) => ({ to, chance: 0.9 })));
  const keys = merged({ edges: all, threshold: 0.5, fixed: Int32Array.of(7, 8, 7, -1) });
  assert.equal(keys[0], keys[2]);
  assert.notEqual(keys[0], keys[1]);
  assert.equal(keys[3], keys[0], "the free one joins the larger");
});
