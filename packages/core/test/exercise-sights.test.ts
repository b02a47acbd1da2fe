/** What a look asks of the air and the sea, how many things a mover can look at, and what a report says of the time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Exercise } from "../src/exercise/exercise.ts";
import type { Scene } from "../src/exercise/scene.ts";
import { NO_CLAIMS, NO_JAMS, type Row, type TruthKind, truthOf } from "../src/exercise/truth/truth.ts";
import { modelLaw } from "../src/exercise/watch/eyes.ts";
import { sinceMs } from "../src/exercise/watch/sights.ts";
import { HERE, START_MS, scene, strike, watcher } from "./exercise-fixture.ts";
import { shipped } from "./sensor-fixture.ts";

const HOUR_MS = 3_600_000;
const at = (tMs: number, key: number, place: Partial<Row> = {}): Row => ({ tMs, ...HERE, kind: 0, key, ...place });

function played(kind: TruthKind, rows: readonly Row[], changes: Partial<Scene>): Exercise {
  const truth = truthOf([kind], rows);
  const world = () => ({ truth, claims: NO_CLAIMS, jams: NO_JAMS });
  const run = new Exercise(scene({ days: 1, world, ...changes }), 1);
  run.movers.order.fill(0);
  run.advance(Number.POSITIVE_INFINITY);
  return run;
}

test("at sea a radar looks over waves, on land over grass: in a rough sea fewer boats are seen than in a calm one", () => {
  const law = modelLaw(shipped("coastal-radar", "radar"));
  const boat = (taxonomy: string): TruthKind =>
    strike({ taxonomy, heightM: 2, signatures: [{ channel: "track", strength: 1, lastsS: 600, fades: "at-once" }] });
  const rows = Array.from({ length: 60 }, (_, k) => at(START_MS + k * 60_000, k, { latitudeDeg: 48 + 0.005 * k }));
  const seen = (taxonomy: string, waveM: number): number =>
    played(boat(taxonomy), rows, {
      entities: [watcher("radar", { law, heightM: 60 })],
      air: () => (look, _lat, _lon, _tMs, overSea) => {
        look.waveM = overSea ? waveM : Number.NaN;
      },
    }).senses.reports.rows.length;
  assert.ok(seen("maritime", 0.05) > seen("maritime", 5), `${seen("maritime", 0.05)} and ${seen("maritime", 5)}`);
  assert.equal(seen("armoured-vehicle", 0.05), seen("armoured-vehicle", 5));
});

test("with the wind a blast is heard by more posts than against it", () => {
  const law = modelLaw(shipped("acoustic-post", "ear"));
  const blast = strike({ signatures: [{ channel: "sound", strength: 110, lastsS: 1, fades: "at-once" }] });
  const rows = Array.from({ length: 80 }, (_, k) => at(START_MS + k * 60_000, k, { latitudeDeg: 48 + 0.0025 * k }));
  // All of them lie north of the post: a wind that blows to the south brings them.
  const heard = (windNorthMps: number): number =>
    played(blast, rows, {
      entities: [watcher("post", { law })],
      air: () => (look) => {
        [look.windMps, look.windEastMps, look.windNorthMps] = [6, 0, windNorthMps];
      },
    }).senses.reports.rows.length;
  const [downwind, upwind] = [heard(-6), heard(6)];
  assert.ok(downwind > upwind && upwind > 0, `${downwind} and ${upwind}`);
});

test("five thousand marks about a drone are all looked at", () => {
  const rows = Array.from({ length: 5000 }, (_, k) => at(START_MS + k, k));
  const mark = strike({ lastsS: 86_400 });
  const mover = {
    speedMps: 50,
    enduranceS: 40_000,
    turnaroundS: 60,
    reserve01: 0,
    rounds: [Float64Array.of(48, 37.01, 48.01, 37.01)],
  };
  const run = played(mark, rows, {
    entities: [watcher("drone", { everyS: 60, mover })],
    areas: [{ id: "here", ...HERE }],
    days: 0.25,
  });
  assert.equal(run.senses.sights.firstSeenMs.filter(Number.isNaN).length, 0);
});

test("a report names a time at which the thing happened, however old it is when it is found", () => {
  assert.equal(sinceMs(100, 95, 10), 90);
  assert.equal(sinceMs(100, 90, 10), 90);
  assert.equal(sinceMs(100, 89, 10), 80);
  const law = { look01: 0.1, rangeKm: 20 };
  const rows = Array.from({ length: 100 }, (_, k) => at(START_MS + k * 60_000, k));
  for (const everyS of [0, 1800]) {
    const { rows: told } = played(strike({ lastsS: 80_000 }), rows, {
      entities: [watcher("post", { plain: law, everyS })],
    }).senses.reports;
    const { cause, fromMs, toMs, lookMs } = told.columns;
    let old = 0;
    for (let i = 0; i < told.length; i++) {
      const begun = START_MS + (cause[i] as number) * 60_000;
      assert.ok((fromMs[i] as number) <= begun && begun <= (toMs[i] as number), `every ${everyS} s, report ${i}`);
      if ((lookMs[i] as number) - begun > HOUR_MS) old++;
    }
    assert.ok(old > 10, `${old} of ${told.length}`);
  }
});
