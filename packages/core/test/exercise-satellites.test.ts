/** Satellites in an exercise: what a strip holds, what hides it, what limits allow, when it is down, and whose dice are whose. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { gridOfPlaces } from "../src/access/grid.ts";
import { Exercise } from "../src/exercise/exercise.ts";
import { LOOK_LIMITS } from "../src/exercise/satellites/score.ts";
import { ACROSS_STEP_DEG, satellitePartOf } from "../src/exercise/satellites/sky.ts";
import { Tasking } from "../src/exercise/satellites/tasking.ts";
import { satelliteLaw } from "../src/exercise/satellites/watch.ts";
import type { Scene } from "../src/exercise/scene.ts";
import { scoreOf } from "../src/exercise/score/score.ts";
import { NO_CLAIMS, NO_JAMS, type PlainKind, type TrueWorld, truthOf } from "../src/exercise/truth/truth.ts";
import { plainLaw } from "../src/exercise/watch/eyes.ts";
import { walkerElements } from "../src/orbit/walker.ts";
import { CLOUD, REASONS } from "../src/sense/look.ts";
import { modelOf } from "../src/sense/model.ts";
import type { SensorTable } from "../src/sense/sensor-table.ts";
import { instant, interval } from "../src/time/instant.ts";
import { START_MS, SURE, scene, strike } from "./exercise-fixture.ts";
import {
  type Craft,
  DOWNLINK_MBPS,
  entitiesOf,
  KM_PER_DEG,
  type Pass,
  PROCESSING_MS,
  placesEast,
  watchOf,
} from "./exercise-satellites-fixture.ts";

const HOUR_MS = 3_600_000;
const SURELY = plainLaw({ ...SURE, rangeKm: 5000 });
const PER_DEG = KM_PER_DEG * Math.cos((48 * Math.PI) / 180);
const SPACE = new URL("../../../data/sensors/space.yaml", import.meta.url);
const { sensors: TABLE } = parse(readFileSync(SPACE, "utf8")) as SensorTable;

/** Things so many km east of the first place. */
function worldOf(things: readonly { km: number; hour: number; key?: number }[], kind: PlainKind): () => TrueWorld {
  return () => ({
    truth: truthOf(
      [kind],
      things.map(({ km, hour, key }, i) => ({
        tMs: START_MS + hour * HOUR_MS,
        latitudeDeg: 48,
        longitudeDeg: 37 + km / PER_DEG,
        kind: 0,
        key: key ?? i + 1,
      })),
    ),
    claims: NO_CLAIMS,
    jams: NO_JAMS,
  });
}

const DAY_LONG = strike({ lastsS: 86_400 });

function sceneWith(
  crafts: readonly Craft[],
  passes: readonly Pass[],
  changes: Partial<Scene> & { apartS?: number } = {},
): Scene {
  const { apartS, ...rest } = changes;
  const satellites = watchOf(crafts, passes, placesEast(3, 10), apartS);
  return scene({ entities: entitiesOf(crafts), satellites, ...rest });
}

function played(of: Scene, seed = 1): Exercise {
  const run = new Exercise(of, seed);
  run.advance(Number.POSITIVE_INFINITY);
  return run;
}

const reported = ({ senses }: Exercise): number[] =>
  Array.from(senses.reports.members.columns.cause.slice(0, senses.reports.members.length)).sort((a, b) => a - b);

test("a strip shows what lies within half a swath of its middle, and nothing beside it, before it, or after it has faded", () => {
  const crafts = [{ id: "a", swathKm: 14, law: SURELY, contacts: [8] }];
  // Three places, ten apart: one strip of 14 km lies over the two in the east, from 8 to 22 km; the first is abeam at the same moment.
  const things = [-8, -6.5, 1, 7.5, 8.5, 12.5, 16, 21.5, 23].map((km) => ({ km, hour: 2 }));
  const gone = { km: 5, hour: 0.5 };
  const notYet = { km: 4, hour: 6.5 };
  const short = strike({ lastsS: 5 * 3600 });
  const run = played(sceneWith(crafts, [{ sensor: 0, hour: 6 }], { world: worldOf([...things, gone, notYet], short) }));
  const { truth } = run.world;
  const seen = reported(run).map((row) => Math.round(((truth.longitudeDeg[row] as number) - 37) * PER_DEG * 2) / 2);
  assert.deepEqual(seen, [8.5, 12.5, 16, 21.5]);
  assert.equal(run.satellites?.counts.pointing, 1);
});

test("a report is at headquarters once a contact has begun, the picture is down, and it is processed", () => {
  const crafts = [{ id: "a", swathKm: 60, law: SURELY, contacts: [5.9, 9] }];
  const run = played(sceneWith(crafts, [{ sensor: 0, hour: 7 }], { world: worldOf([{ km: 1, hour: 2 }], DAY_LONG) }));
  const { columns, length } = run.senses.reports.rows;
  assert.equal(length, 1);
  assert.equal(columns.lookMs[0], START_MS + 7 * HOUR_MS);
  const imagedS = 10 / 7;
  const sentMs = (1000 * imagedS * 700) / DOWNLINK_MBPS;
  const expected = START_MS + 9 * HOUR_MS + sentMs + PROCESSING_MS;
  const late = (columns.arrivedMs[0] as number) - expected;
  assert.ok(late >= 0 && late <= 3, `${late} ms`);
});

test("cloud hides from a camera and not from a radar: the reason is told", () => {
  const optical = modelOf("optical", TABLE["optical"] as SensorTable["sensors"][string]);
  const radar = modelOf("radar", TABLE["radar"] as SensorTable["sensors"][string]);
  const crafts = [
    { id: "eye", swathKm: 60, law: satelliteLaw(optical, 0.5), contacts: [8] },
    { id: "radar", swathKm: 60, law: satelliteLaw(radar, 1), contacts: [13], channels: ["track"] as const },
  ];
  // Columns of vehicles, twenty of them.
  const column = strike({ signatures: [{ channel: "track", strength: 100, lastsS: 86_400, fades: "at-once" }] });
  const world = worldOf(
    Array.from({ length: 20 }, (_, i) => ({ km: i, hour: 1 })),
    column,
  );
  const passes = [
    { sensor: 0, hour: 6 },
    // Later: where somebody has just looked nobody asks again.
    { sensor: 1, hour: 12 },
  ];
  const under = (cloudBaseM: number): Exercise =>
    played(
      sceneWith(crafts, passes, {
        world,
        air: () => (look) => {
          look.cloudBaseM = cloudBaseM;
          look.sunDeg = 40;
        },
      }),
    );
  const by = (run: Exercise, e: number): number =>
    Array.from(run.senses.reports.rows.columns.entity.slice(0, run.senses.reports.rows.length)).filter(
      (own) => own === e,
    ).length;
  const [clear, cloudy] = [under(Number.POSITIVE_INFINITY), under(1000)];
  // Seven of ten and six of ten are found in a picture that shows them.
  assert.ok(by(clear, 0) >= 8 && by(clear, 1) >= 6, `${by(clear, 0)} and ${by(clear, 1)}`);
  assert.equal(by(cloudy, 0), 0);
  assert.equal(by(cloudy, 1), by(clear, 1));
  assert.equal(cloudy.senses.sights.tally[-CLOUD], 20);
  assert.equal(REASONS[-CLOUD], "cloud");
});

test("no more is taken than duty allows, none without being there, and all that is not taken has its reason", () => {
  const crafts = [{ id: "a", swathKm: 14, dutyS: 2, law: SURELY, contacts: [7, 9] }];
  const passes = [6, 8, 30].map((hour) => ({ sensor: 0, hour }));
  // Places a minute apart: three strips of ten seventh of a second each.
  const run = played(sceneWith(crafts, passes, { world: worldOf([], DAY_LONG), apartS: 60 }));
  const { satellites } = scoreOf(run);
  assert.equal(satellites.accessible, 9);
  assert.equal(satellites.taken, 3, "one in each revolution");
  assert.deepEqual([satellites.duty, satellites.unwanted], [5, 1], "where it has looked two hours before nobody asks");
  assert.equal(satellites.delivered, 2, "the last waits on board: no contact follows");
  assert.equal(
    satellites.accessible,
    LOOK_LIMITS.reduce((sum, limit) => sum + satellites[limit], satellites.taken),
  );
});

test("memory that is full takes nothing until it is sent", () => {
  const crafts = [{ id: "a", swathKm: 60, law: SURELY, contacts: [20], memoryGbit: 1.2 }];
  const passes = [6, 12, 30].map((hour) => ({ sensor: 0, hour }));
  const run = played(sceneWith(crafts, passes, { world: worldOf([], DAY_LONG) }));
  assert.deepEqual(
    [run.satellites?.counts.taken, run.satellites?.counts.memory, run.satellites?.counts.delivered],
    [6, 3, 3],
  );
});

test("an open question is looked at, the strip laid over it; once a sharp look is ordered it counts no more", () => {
  const crafts = [{ id: "a", swathKm: 6, dutyS: 2, law: SURELY, contacts: [8] }];
  const watch = watchOf(
    crafts,
    [6, 8].map((hour) => ({ sensor: 0, hour })),
    placesEast(3, 10),
    60,
  );
  const xKmOf = (_: number, __: number, longitudeDeg: number): number => -(longitudeDeg - 37) * PER_DEG;
  const tasking = (): Tasking => new Tasking(watch, { seed: 1, startMs: START_MS, xKmOf });
  const plain = tasking();
  const first = plain.decide(0, 0).taken.map(({ rows }) => rows.map((row) => watch.sky.rows.place[row]));
  assert.deepEqual(first, [[0]], "of equal worth the first in time");
  const cued = tasking();
  const where = { latitudeDeg: 48, longitudeDeg: 37 + 23.5 / PER_DEG, radiusKm: 1, basis: "fix" } as const;
  cued.refresh(() => [{ where, isOpen: true }], START_MS + HOUR_MS);
  const [strip] = cued.decide(0, 0).taken;
  assert.deepEqual(
    strip?.rows.map((row) => watch.sky.rows.place[row]),
    [2],
  );
  // Its own place lies at 20 km: the strip of 6 km is moved until it holds 23.5 km, a kilometre within its edge.
  assert.ok(Math.abs((strip?.xKm ?? 0) + 21.5) < 0.01, `${strip?.xKm}`);
  const [next] = cued.decide(1, 0).taken;
  assert.notDeepEqual(
    next?.rows.map((row) => watch.sky.rows.place[row]),
    [2],
  );
});

test("what one satellite is told to do moves no other's dice; a satellite more moves nobody's", () => {
  const half = plainLaw({ ...SURE, rangeKm: 5000, look01: 0.5, falseAlarmsPerDay: 1 });
  const other = { id: "b", swathKm: 60, law: half, contacts: [8, 20, 32] };
  // The other looks first: what it is asked for is the same whatever the first one takes after it.
  const passes = [6, 18, 30].flatMap((hour) => [
    { sensor: 1, hour },
    { sensor: 0, hour: hour + 1 },
  ]);
  const world = worldOf(
    Array.from({ length: 40 }, (_, i) => ({ km: (i % 20) + 1, hour: i % 24 })),
    DAY_LONG,
  );
  const ofB = (swathKm: number, dutyS: number, alone = false): string => {
    const crafts = alone ? [other] : [{ id: "a", swathKm, dutyS, law: half, contacts: [9] }, other];
    const own = alone ? passes.filter(({ sensor }) => sensor === 1).map(({ hour }) => ({ sensor: 0, hour })) : passes;
    const run = played(sceneWith(crafts, own, { world }));
    const { columns, length } = run.senses.reports.rows;
    const rows = Array.from({ length }, (_, i) => i).filter((i) => columns.entity[i] === crafts.length - 1);
    return JSON.stringify(rows.map((i) => [columns.cause[i], columns.latitudeDeg[i], columns.lookMs[i]]));
  };
  const base = ofB(14, 2);
  assert.ok(base.length > 400);
  assert.equal(ofB(60, 600), base);
  assert.equal(ofB(14, 2, true), base);
});

test("a snapshot in the middle of a pass goes on as the run that it was taken from", () => {
  const crafts = [
    { id: "a", swathKm: 14, law: plainLaw({ ...SURE, rangeKm: 5000, look01: 0.5 }), contacts: [9, 21, 33] },
  ];
  const passes = [6, 12, 18, 30, 42].map((hour) => ({ sensor: 0, hour }));
  const world = worldOf(
    Array.from({ length: 40 }, (_, i) => ({ km: i % 20, hour: i })),
    DAY_LONG,
  );
  const of = (): Scene => sceneWith(crafts, passes, { world, apartS: 60 });
  const whole = scoreOf(played(of()));
  for (const hour of [5.5, 6.01, 12.5, 20]) {
    const run = new Exercise(of(), 1);
    run.advance(START_MS + hour * HOUR_MS);
    const saved = run.snapshot();
    run.advance(Number.POSITIVE_INFINITY);
    assert.equal(scoreOf(run).hash, whole.hash);
    const again = new Exercise(of(), 1);
    again.restore(saved);
    again.advance(Number.POSITIVE_INFINITY);
    assert.deepEqual(scoreOf(again), whole, `from hour ${hour}`);
  }
});

test("across the track, as a place's own direction tells it, is what the sweep finds at its neighbours", () => {
  const [elements] = walkerElements({
    name: "one",
    firstNumber: 900_000_000,
    epochUtcMs: instant(START_MS),
    satellites: 1,
    planes: 1,
    phasing: 0,
    altitudeKm: 600,
    inclinationDeg: 97.8,
    raanDeg: 30,
    spreadDeg: 360,
    argumentOfLatitudeDeg: 0,
  });
  const places = [
    { latitudeDeg: 48, longitudeDeg: 37 },
    { latitudeDeg: 48.1, longitudeDeg: 37 },
    { latitudeDeg: 48, longitudeDeg: 37.15 },
  ];
  const look = {
    kind: 1,
    reach: { angle: "offNadir", minDeg: 0, maxDeg: 50, side: "both" },
    minSunElevationDeg: -90,
    swathKm: 20,
    dutyS: 600,
    settleS: 0,
    rateMbps: 100,
    answers: 1,
  } as const;
  const { slots, rows } = satellitePartOf(
    {
      satellite: 0,
      elements: elements as NonNullable<typeof elements>,
      table: { staleAfterMs: Number.POSITIVE_INFINITY },
      sensors: [{ index: 0, look }],
      ground: [],
    },
    {
      grid: gridOfPlaces(places),
      span: interval(instant(START_MS), instant(START_MS + 72 * HOUR_MS)),
      ground: [],
      relayOptions: { staleAfterMs: Number.POSITIVE_INFINITY },
      relayTables: new Map(),
      allocate: (bytes) => new ArrayBuffer(bytes),
    },
  );
  let checked = 0;
  for (let s = 0; s < slots.sensor.length; s++) {
    const own = Array.from(
      { length: (slots.firstRow[s + 1] as number) - (slots.firstRow[s] as number) },
      (_, i) => (slots.firstRow[s] as number) + i,
    );
    const at = (p: number): number | undefined => own.find((row) => rows.place[row] === p);
    const [middle, north, east] = [at(0), at(1), at(2)];
    if (middle === undefined || north === undefined || east === undefined) continue;
    const angle = ((rows.across[middle] as number) * ACROSS_STEP_DEG * Math.PI) / 180;
    const x = rows.xKm[middle] as number;
    // WGS 84 at 48 degrees: 111.2 km north, 74.6 km east a degree.
    assert.ok(Math.abs((rows.xKm[north] as number) - x - 11.12 * Math.cos(angle)) < 0.15, `north in slot ${s}`);
    assert.ok(Math.abs((rows.xKm[east] as number) - x - 11.19 * Math.sin(angle)) < 0.15, `east in slot ${s}`);
    checked++;
  }
  assert.ok(checked >= 6, `${checked} passes`);
});
