/** Movers in wind: nobody leaves who would not come back, and who is out turns in time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mover } from "../src/exercise/scene.ts";
import { AT_BASE, Movers } from "../src/exercise/watch/movers.ts";
import { watcher } from "./exercise-fixture.ts";

const STEP_MS = 60_000;
/** 74.4 km on the 48th parallel. */
const EAST = 38;

function flown(own: Partial<Mover>, windEastMps: number, hours: number): Movers {
  const mover: Mover = {
    speedMps: 10,
    enduranceS: 12_000,
    turnaroundS: 86_400,
    reserve01: 0,
    flowTimes: 1,
    rounds: [Float64Array.of(48, EAST)],
    ...own,
  };
  const movers = new Movers([watcher("drone", { mover })], {
    wind: (_lat, _lon, _tMs, out) => out.set([windEastMps, 0]),
    waveM: () => 0,
  });
  movers.order.fill(0);
  for (let step = 1; step <= 60 * hours; step++) movers.step(step * STEP_MS, STEP_MS);
  return movers;
}

test("with the wind out and against it home: who has not enough for both stays at the base, and leaves where there is enough", () => {
  // Out at 16 m/s in 4,650 s, home at 4 m/s in 18,600 s.
  const windy = flown({}, 6, 4);
  assert.deepEqual([windy.sorties[0], windy.phase[0]], [0, AT_BASE]);
  assert.ok((windy.groundedMs[0] as number) >= 4 * 3_600_000);
  assert.equal(flown({ enduranceS: 24_000 }, 6, 4).sorties[0], 1);
  assert.equal(flown({ enduranceS: 23_000 }, 6, 4).sorties[0], 0);
  assert.equal(flown({ enduranceS: 15_500 }, 0, 4).sorties[0], 1);
});

test("on a long leg before the wind it turns while it can still come home against it", () => {
  // Its round begins at the base, and goes 300 km to the east.
  for (const windEastMps of [0, 3, 6, 8]) {
    const movers = flown({ rounds: [Float64Array.of(48, 37.001, 48, 41)] }, windEastMps, 12);
    assert.equal(movers.sorties[0], 1, `wind of ${windEastMps} m/s`);
    assert.equal(movers.phase[0], AT_BASE);
    assert.equal(movers.late[0], 0, `late in wind of ${windEastMps} m/s`);
  }
});
