/** What comes though nothing happened, as often as is declared; and who was the first to see what did. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Exercise } from "../src/exercise/exercise.ts";
import type { SatelliteSensor } from "../src/exercise/satellites/watch.ts";
import type { Mover, Scene } from "../src/exercise/scene.ts";
import { firstSeenBy } from "../src/exercise/score/first-seen.ts";
import { NO_CLAIMS, NO_JAMS, truthOf } from "../src/exercise/truth/truth.ts";
import { plainLaw } from "../src/exercise/watch/eyes.ts";
import { kmBetween } from "../src/motion/chart.ts";
import { HERE, START_MS, SURE, scene, strike, watcher } from "./exercise-fixture.ts";
import { entitiesOf, placesEast, watchOf } from "./exercise-satellites-fixture.ts";

const HOUR_MS = 3_600_000;
const nothing = (kind = strike()): Scene["world"] => {
  return () => ({ truth: truthOf([kind], []), claims: NO_CLAIMS, jams: NO_JAMS });
};

function played(of: Scene, order = -1): Exercise {
  const run = new Exercise(of, 1);
  run.movers.order.fill(order);
  run.advance(Number.POSITIVE_INFINITY);
  return run;
}

const reportsOf = (run: Exercise): number => run.senses.reports.rows.length;

/** Within four standard deviations of a count with that mean. */
function holds(found: number, mean: number): void {
  assert.ok(Math.abs(found - mean) < 4 * Math.sqrt(mean), `found ${found}, expected ${mean.toFixed(1)}`);
}

test("a post errs as often as is declared, about itself and within its range", () => {
  const post = watcher("post", { plain: { falseAlarmsPerDay: 20, rangeKm: 12 } });
  const run = played(scene({ days: 30, world: nothing(), entities: [post] }));
  holds(reportsOf(run), 600);
  const { latitudeDeg, longitudeDeg, cause } = run.senses.reports.rows.columns;
  let far = 0;
  for (let i = 0; i < reportsOf(run); i++) {
    const km = kmBetween(HERE.latitudeDeg, HERE.longitudeDeg, latitudeDeg[i] as number, longitudeDeg[i] as number);
    assert.equal(cause[i], -1);
    assert.ok(km < 12.1, `${km} km`);
    if (km > 12 / Math.SQRT2) far++;
  }
  // Half of the disc lies beyond.
  holds(far, reportsOf(run) / 2);
});

test("what moves errs and looks on its station alone: not at its base, and not on its way", () => {
  // Two hours there, eight over it, two back.
  const mover: Mover = {
    speedMps: 10,
    enduranceS: 12 * 3600,
    turnaroundS: 12 * 3600,
    reserve01: 0,
    rounds: [Float64Array.of(48, 38, 48.01, 38)],
  };
  const drone = watcher("drone", { plain: { falseAlarmsPerDay: 48, rangeKm: 5 }, everyS: 60, mover });
  const areas = [{ id: "there", latitudeDeg: 48, longitudeDeg: 38 }];
  const of = scene({ days: 20, world: nothing(), entities: [drone], areas });
  assert.equal(reportsOf(played(of)), 0);
  const run = played(of, 0);
  holds(reportsOf(run), (48 * (run.movers.stationMs[0] as number)) / (24 * HOUR_MS));
  assert.ok((run.movers.stationMs[0] as number) < 0.5 * 20 * 24 * HOUR_MS);
  const { longitudeDeg } = run.senses.reports.rows.columns;
  for (let i = 0; i < reportsOf(run); i++) assert.ok((longitudeDeg[i] as number) > 37.9);
  // A mark on its way, and one at its base, are passed by.
  const truth = truthOf(
    [strike({ lastsS: 5 * 86_400 })],
    [37, 37.5, 38].map((lon, key) => ({ tMs: START_MS + 1, latitudeDeg: 48, longitudeDeg: lon, kind: 0, key })),
  );
  const calm = watcher("drone", { plain: { rangeKm: 5 }, everyS: 60, mover });
  const world: Scene["world"] = () => ({ truth, claims: NO_CLAIMS, jams: NO_JAMS });
  const seen = played(scene({ days: 2, world, entities: [calm], areas }), 0).senses.sights.firstSeenMs;
  assert.deepEqual(Array.from(seen, Number.isNaN), [true, true, false]);
});

/** Eight passes a day for thirty days over three places, each with a contact after it. */
function overhead(
  own: Partial<SatelliteSensor>,
  falseAlarmsPerDay: number,
  kind = strike({ lastsS: 86_400 }),
): Exercise {
  const passes = Array.from({ length: 240 }, (_, i) => ({ sensor: 0, hour: 3 * i + 2 }));
  const law = plainLaw({ ...SURE, rangeKm: 5000, falseAlarmsPerDay });
  const crafts = [{ id: "a", swathKm: 60, law, contacts: passes.map(({ hour }) => hour + 0.5) }];
  const watch = watchOf(crafts, passes, placesEast(3, 10));
  const satellites = { ...watch, sensors: watch.sensors.map((sensor) => ({ ...sensor, ...own })) };
  return played(scene({ days: 31, world: nothing(kind), entities: entitiesOf(crafts), satellites }));
}

test("readers of pictures err as often as their source declares, less what nobody would take for it", () => {
  const mean = 240 * -Math.expm1(-2 / 8);
  holds(reportsOf(overhead({}, 2)), mean);
  holds(reportsOf(overhead({}, 2, { ...strike({ lastsS: 86_400 }), mistaken01: 0.2 })), 0.2 * mean);
  assert.equal(reportsOf(overhead({}, 2, { ...strike({ lastsS: 86_400 }), canBeAt: () => false })), 0);
});

test("what is hot without cause comes by ground and time, whoever looks", () => {
  // Three places of 100 km2.
  holds(reportsOf(overhead({ falsePerKm2Day: 0.005 }, 0)), 720 * -Math.expm1(-0.5 / 8));
});

test("of passes only the watch's own, and those in order, are taken; the rest is told apart", () => {
  const { counts } = overhead({ ours01: 0.3 }, 0).satellites ?? assert.fail("no satellites");
  holds(counts.others / 3, 0.7 * 240);
  assert.equal(counts.accessible, 720);
  const worn = overhead({ inOrder01: 0.8 }, 0).satellites?.counts ?? assert.fail("no satellites");
  holds(worn["out-of-order"] / 3, 0.2 * 240);
  assert.equal(worn.others, 0);
});

test("who was first: a thing is first seen once, by one group, however often it is seen after", () => {
  const truth = truthOf(
    [strike({ lastsS: 80_000 })],
    [1, 2, 3, 4].map((hour) => ({ tMs: START_MS + hour * HOUR_MS + 1, ...HERE, kind: 0, key: hour })),
  );
  const entities = [
    watcher("hourly", { everyS: 3600, phaseS: 1800 }),
    watcher("daily", { everyS: 86_400, phaseS: 2.25 * 3600 }),
  ];
  const world: Scene["world"] = () => ({ truth, claims: NO_CLAIMS, jams: NO_JAMS });
  const run = played(scene({ days: 3, world, entities }));
  const since = Array.from(run.senses.sights.firstSeenMs, (ms) => (ms - START_MS) / HOUR_MS);
  // The second begins at two, fifteen minutes before the look of the day.
  assert.deepEqual(since, [1.5, 2.25, 3.5, 4.5]);
  assert.deepEqual(firstSeenBy(run), { hourly: 3, daily: 1 });
  assert.equal(reportsOf(run), 6);
});
