/** Many sensors in columns, against plain geodesics; and what is taken of what could be looked at. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceKm, polarOf } from "../src/geo/geodesic.ts";
import { Dice } from "../src/numerics/dice.ts";
import { Look, reasonOf } from "../src/sense/look.ts";
import { type Accessible, type AssetLimits, TAKING, takeGreedily } from "../src/sense/taking.ts";
import { type Placement, Watch } from "../src/sense/watch.ts";
import { shipped } from "./sensor-fixture.ts";

const dice = new Dice(3, "watch", "test");
const MODELS = [shipped("ground-radar", "radar"), shipped("acoustic-post", "ear"), shipped("camera-day", "camera")];

test("sensors near a place are those that geodesics find, sectors and those out of order too", () => {
  const placements: Placement[] = Array.from({ length: 300 }, (_, i) => ({
    model: MODELS[i % 3] as (typeof MODELS)[number],
    latitudeDeg: dice.between(47, 49),
    longitudeDeg: dice.between(35, 38),
    heightM: 20,
    ...(i % 3 === 2 ? { sector: { middleDeg: dice.between(-180, 180), widthDeg: 90 } } : {}),
  }));
  const watch = new Watch(placements);
  watch.setWorks(7, false);
  watch.place(8, 48, 36.5, 500);
  const [out, km] = [new Uint32Array(300), new Float64Array(300)];
  let seen = 0;
  for (let k = 0; k < 50; k++) {
    const at = { latitudeDeg: dice.between(47, 49), longitudeDeg: dice.between(35, 38) };
    const found = new Map<number, number>();
    const n = watch.near(at.latitudeDeg, at.longitudeDeg, out, km);
    for (let i = 0; i < n; i++) found.set(out[i] as number, km[i] as number);
    placements.forEach((own, i) => {
      const from = i === 8 ? { ...own, latitudeDeg: 48, longitudeDeg: 36.5 } : own;
      const distance = distanceKm(from, at);
      const off = own.sector === undefined ? 0 : polarOf(from, at).azimuthDeg - own.sector.middleDeg;
      const inSector = Math.abs(off - 360 * Math.round(off / 360)) - 45;
      // Leave out what stands on an edge.
      const edge =
        Math.abs(distance / own.model.rangeKm - 1) < 0.005 || (own.sector !== undefined && Math.abs(inSector) < 0.3);
      if (edge) return;
      const near = i !== 7 && distance < own.model.rangeKm && (own.sector === undefined || inSector < 0);
      assert.equal(found.has(i), near, `${i}: ${distance} km`);
      const reason = reasonOf(watch.whyNotNear(i, at.latitudeDeg, at.longitudeDeg));
      const plain =
        i === 7 ? "out-of-order" : distance >= own.model.rangeKm ? "out-of-range" : near ? undefined : "out-of-sector";
      assert.equal(reason, plain, `${i}`);
      if (near) assert.ok(Math.abs((found.get(i) ?? 0) / distance - 1) < 0.004);
    });
    seen += n;
  }
  assert.ok(seen > 300, `${seen}`);
  const look = new Look();
  watch.aim(look, 8, 4, 100);
  assert.deepEqual([look.groundKm, look.sensorHeightM, look.targetHeightM], [4, 500, 100]);
  assert.ok(Math.abs(look.slantKm - Math.hypot(4, 0.4)) < 1e-12);
});

const LIMITS: AssetLimits = { dutyS: 600, dutyWindowS: 5400, settleS: 30, memoryBits: 1e9, room: 0, operators: 1 };

function drawn(n: number, assets: number, seed: number): Accessible {
  const own = new Dice(seed, "taking", "test");
  const column = (draw: () => number) => Float64Array.from({ length: n }, draw);
  return {
    asset: Uint16Array.from({ length: n }, () => own.below(assets)),
    startMs: column(() => Math.floor(own.uniform() * 4 * 3_600_000)),
    lastsS: column(() => own.between(20, 200)),
    bits: column(() => own.between(1e7, 3e8)),
    value: column(() => own.below(5)),
  };
}

test("what is taken keeps every limit; what is not would break the one that is named; all add up", () => {
  const assets = [
    LIMITS,
    { ...LIMITS, dutyS: 1500, memoryBits: 5e8 },
    { ...LIMITS, room: 1 },
    { ...LIMITS, room: 1, settleS: 300 },
  ];
  const operators = [1, 2];
  const counts = new Array<number>(TAKING.length).fill(0);
  for (let seed = 0; seed < 20; seed++) {
    const rows = drawn(120, assets.length, seed);
    const taken = takeGreedily(rows, assets, operators);
    assert.equal(taken.length, 120);
    const kept = [...taken].flatMap((t, i) => (t === 0 ? [i] : []));
    assert.deepEqual(brokenBy(rows, kept, assets, operators), []);
    taken.forEach((code, i) => {
      counts[code] = (counts[code] ?? 0) + 1;
      if (code !== 0) assert.ok(brokenBy(rows, [...kept, i], assets, operators).includes(TAKING[code] ?? ""), `${i}`);
    });
  }
  assert.ok(
    counts.every((count) => count > 0),
    `${counts}`,
  );
  assert.deepEqual(
    takeGreedily(drawn(120, 4, 3), assets, operators),
    takeGreedily(drawn(120, 4, 3), assets, operators),
  );
  assert.throws(() => takeGreedily(drawn(3, 1, 1), [{ ...LIMITS, room: 4 }], [1]), /room 4 of 1/);
});

/** The limits that a set of looks breaks, by plain counting. */
function brokenBy(
  rows: Accessible,
  kept: readonly number[],
  assets: readonly AssetLimits[],
  operators: readonly number[],
): string[] {
  const broken = new Set<string>();
  const at = (i: number) => ({
    asset: rows.asset[i] as number,
    limits: assets[rows.asset[i] as number] as AssetLimits,
    start: rows.startMs[i] as number,
    end: (rows.startMs[i] as number) + 1000 * (rows.lastsS[i] as number),
  });
  for (const a of kept.map(at)) {
    const mine = kept.filter((i) => rows.asset[i] === a.asset);
    const inWindow = mine.filter((i) => at(i).start >= a.start && at(i).start < a.start + a.limits.dutyWindowS * 1000);
    const sum = (column: Float64Array) => inWindow.reduce((total, i) => total + (column[i] as number), 0);
    if (sum(rows.lastsS) > a.limits.dutyS) broken.add("duty");
    if (sum(rows.bits) > a.limits.memoryBits) broken.add("memory");
    const close = mine
      .map(at)
      .filter((b) => b.start < a.end + a.limits.settleS * 1000 && a.start < b.end + a.limits.settleS * 1000);
    if (close.length > 1) broken.add("pointing");
    const staff = kept
      .map(at)
      .filter((b) => b.limits.room === a.limits.room && b.start <= a.start && a.start < b.end)
      .reduce((total, b) => total + b.limits.operators, 0);
    if (staff > (operators[a.limits.room] ?? 0)) broken.add("operators");
  }
  return [...broken];
}
