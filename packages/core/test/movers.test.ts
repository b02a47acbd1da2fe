/** What moves: closed forms in a steady wind, storms and waves, ways round what is closed, snapshots; and links over the horizon. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Flows, findFaults, type Mover } from "../src/exercise/scene.ts";
import { AT_BASE, BACK, Movers, ON_STATION, OUT, STAY } from "../src/exercise/watch/movers.ts";
import type { Place } from "../src/geo/position.ts";
import { kmBetween } from "../src/motion/chart.ts";
import { passageOf } from "../src/motion/passage.ts";
import { type Region, regionOf } from "../src/motion/region.ts";
import { scene, watcher } from "./exercise-fixture.ts";

const BASE = { latitudeDeg: 48, longitudeDeg: 37 };
const STEP_MS = 10_000;
const HOUR_MS = 3_600_000;

const steady = (east: number, north: number, waveM = 0): Flows => ({
  wind: (_lat, _lon, _tMs, out) => {
    out[0] = east;
    out[1] = north;
  },
  waveM: () => waveM,
});

/** A line to the north of the base and back. */
const NORTH = Float64Array.of(48.5, 37, 49, 37, 48.5, 37);

const mover = (changes: Partial<Mover> = {}): Mover => ({
  speedMps: 40,
  enduranceS: 8 * 3600,
  turnaroundS: 3600,
  reserve01: 0.1,
  flowTimes: 1,
  rounds: [NORTH],
  ...changes,
});

const fleet = (own: Mover, flows?: Flows): Movers => {
  const movers = new Movers([watcher("drone", { mover: own })], flows);
  movers.order.fill(0);
  return movers;
};

/** Steps until something holds. @returns when, ms */
function until(movers: Movers, holds: () => boolean, fromMs = 0, atMostMs = 100 * HOUR_MS): number {
  for (let t = fromMs + STEP_MS; t <= fromMs + atMostMs; t += STEP_MS) {
    movers.step(t, STEP_MS);
    if (holds()) return t;
  }
  return assert.fail(`not within ${atMostMs / HOUR_MS} h`);
}

test("there and back in a steady wind along the way: D / (v - w), then D / (v + w)", () => {
  const km = kmBetween(48, 37, 48.5, 37);
  const movers = fleet(mover(), steady(0, -15));
  const out = until(movers, () => movers.phase[0] === ON_STATION) - (movers.leftMs[0] as number);
  assert.ok(Math.abs(out / 1000 - (1000 * km) / 25) <= 2 * (STEP_MS / 1000), `${out}`);
  movers.order.fill(STAY);
  const from = movers.latitudeDeg[0] as number;
  const turned = until(movers, () => movers.phase[0] === BACK, out);
  const home = until(movers, () => movers.phase[0] === AT_BASE, turned) - turned;
  assert.ok(Math.abs(home / 1000 - (1000 * kmBetween(from, 37, 48, 37)) / 55) <= 3 * (STEP_MS / 1000), `${home}`);
});

test("across the wind it makes good the root of v2 - w2", () => {
  const movers = fleet(mover(), steady(24, 0));
  const out = until(movers, () => movers.phase[0] === ON_STATION) - (movers.leftMs[0] as number);
  assert.ok(Math.abs(out / 1000 - (1000 * kmBetween(48, 37, 48.5, 37)) / 32) <= 2 * (STEP_MS / 1000), `${out}`);
  assert.ok(Math.abs((movers.longitudeDeg[0] as number) - 37) < 1e-9, "it holds its course");
});

test("it turns for home when the wind that blows still lets it come back with its reserve, and not long before", () => {
  for (const [east, north] of [
    [0, 0],
    [0, 15],
    [0, -15],
    [20, 10],
    [-25, 5],
  ] as const) {
    const movers = fleet(mover(), steady(east, north));
    until(movers, () => movers.phase[0] === ON_STATION);
    const landed = until(movers, () => movers.phase[0] === AT_BASE, 0);
    const flownS = (landed - (movers.leftMs[0] as number)) / 1000;
    const budgetS = 8 * 3600 * 0.9;
    // What one step costs, out with the wind and back against it.
    const flow = Math.hypot(east, north);
    const slackS = 10 + (2 * 10 * (40 + flow)) / (40 - flow) + 10;
    assert.ok(flownS <= budgetS + 10, `${east} ${north}: ${flownS}`);
    assert.ok(flownS >= budgetS - slackS, `${east} ${north}: ${flownS} of ${budgetS}`);
    assert.equal(movers.late[0], 0);
  }
});

test("a storm keeps it at its base while it lasts and sends home who is out; a calm without limits does not", () => {
  const storm: Flows = {
    wind: (_lat, _lon, tMs, out) => {
      out[0] = tMs >= 5 * HOUR_MS && tMs < 30 * HOUR_MS ? 18 : 3;
      out[1] = 0;
    },
    waveM: () => 0,
  };
  const own = mover({ enduranceS: 20 * 3600, mostWindMps: 15 });
  const movers = fleet(own, storm);
  until(movers, () => movers.phase[0] === BACK);
  const landed = until(movers, () => movers.phase[0] === AT_BASE, 5 * HOUR_MS);
  assert.ok(landed < 7 * HOUR_MS, `${landed}`);
  const again = until(movers, () => movers.phase[0] === OUT, landed);
  assert.ok(again >= 30 * HOUR_MS && again <= 31 * HOUR_MS, `${again}`);
  assert.ok((movers.groundedMs[0] as number) >= 22 * HOUR_MS && (movers.groundedMs[0] as number) <= 24 * HOUR_MS);
  const bold = fleet(mover({ enduranceS: 20 * 3600 }), storm);
  until(bold, () => bold.phase[0] === BACK);
  assert.equal(bold.groundedMs[0], 0);
});

test("waves above its limit keep a boat in port; a wind in which it could not come back keeps a drone on the ground", () => {
  const boat = fleet(mover({ speedMps: 8, mostWaveM: 2.5, flowTimes: 0.03 }), steady(5, 0, 3));
  for (let t = STEP_MS; t < 10 * HOUR_MS; t += STEP_MS) boat.step(t, STEP_MS);
  assert.equal(boat.sorties[0], 0);
  const calm = fleet(mover({ speedMps: 8, mostWaveM: 2.5, flowTimes: 0.03 }), steady(5, 0, 2));
  until(calm, () => calm.phase[0] === OUT);
  // There and back are 111 km: 7 h of 7.2 at 8 m/s, and no wind is left for.
  const slow = mover({ speedMps: 4.4, enduranceS: 8 * 3600 });
  const still = fleet(slow, steady(0, 0));
  until(still, () => still.phase[0] === OUT);
  const blown = fleet(slow, steady(0, 3));
  for (let t = STEP_MS; t < 10 * HOUR_MS; t += STEP_MS) blown.step(t, STEP_MS);
  assert.equal(blown.sorties[0], 0);
});

const box = (id: string, south: number, west: number, north: number, east: number): Region => {
  const at = (latitudeDeg: number, longitudeDeg: number): Place => ({ latitudeDeg, longitudeDeg });
  return regionOf(id, [[at(south, west), at(south, east), at(north, east), at(north, west)]]);
};

test("a closed zone is gone round, there, between stations and home, and it is back in time all the same", () => {
  const zone = box("a zone", 48.15, 36.7, 48.4, 37.3);
  const passage = passageOf([zone], 1);
  const rounds = [Float64Array.of(48.6, 36.9, 48.6, 37.1), Float64Array.of(48.1, 36.9, 48.1, 37.1)];
  const movers = fleet(mover({ passage, rounds }), steady(8, -6));
  let [sorties, crossed] = [0, 0];
  for (let step = 1; step < 3 * 8640; step++) {
    const was = movers.phase[0];
    movers.order[0] = Math.floor(step / 500) % 2;
    movers.step(step * STEP_MS, STEP_MS);
    const [lat, lon] = [movers.latitudeDeg[0] as number, movers.longitudeDeg[0] as number];
    assert.equal(passage.closedBy(lat, lon), undefined, `${lat} ${lon}`);
    if (lat > 48.5) crossed++;
    if (was !== BACK || movers.phase[0] !== AT_BASE) continue;
    sorties++;
    const outS = (step * STEP_MS - (movers.leftMs[0] as number)) / 1000;
    assert.ok(outS <= 8 * 3600 * 0.9 + 10, `${outS}`);
    assert.ok(outS > 8 * 3600 * 0.9 - 200, `${outS}`);
  }
  assert.ok(sorties >= 7 && crossed > 1000, `${sorties} ${crossed}`);
});

test("a snapshot goes on as the movers that it was taken from, also on a way round a zone", () => {
  const own = mover({
    passage: passageOf([box("a zone", 48.15, 36.7, 48.4, 37.3)], 1),
    rounds: [Float64Array.of(48.6, 36.9, 48.6, 37.1)],
  });
  const [one, other] = [fleet(own, steady(5, 5)), fleet(own, steady(5, 5))];
  for (let step = 1; step < 150; step++) one.step(step * STEP_MS, STEP_MS);
  assert.equal(one.phase[0], OUT);
  other.load(one.save());
  for (let step = 150; step < 4000; step++) {
    one.step(step * STEP_MS, STEP_MS);
    other.step(step * STEP_MS, STEP_MS);
    assert.equal(other.latitudeDeg[0], one.latitudeDeg[0]);
    assert.equal(other.longitudeDeg[0], one.longitudeDeg[0]);
  }
});

test("bad movers are said with their id and numbers: a base in a closed zone, no way out of it, a link without an end", () => {
  const passage = passageOf([box("the island", 47.9, 36.9, 48.1, 37.1)], 1);
  const areas = [{ id: "north", latitudeDeg: 48.5, longitudeDeg: 37 }];
  const told = (entity: Parameters<typeof watcher>[1]): string =>
    findFaults(scene({ areas, entities: [watcher("boat/1", entity)] })).join("\n");
  assert.match(
    told({ mover: mover({ passage }), where: "small.yaml:7:3" }),
    /^small\.yaml:7:3: boat\/1: its base at 48\.0000 N 37\.0000 E lies inside the island$/,
  );
  assert.match(
    told({ mover: mover({ rounds: [undefined] }) }),
    /boat\/1: none of 1 areas is within its endurance of 28800 s/,
  );
  assert.match(told({ mover: mover({ rounds: [] }) }), /each of 1 stations, found 0/);
  assert.match(
    told({ link: { kind: "line-of-sight", band: "data", rangeKm: 10, ends: [] } }),
    /boat\/1: its link has no other end/,
  );
  assert.equal(told({ ...BASE, mover: mover() }), "");
});
