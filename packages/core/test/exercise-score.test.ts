/** The score of a run: stations, stages, misses by reason, duplicates, calibration; against worlds and sums whose answers are known. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Exercise } from "../src/exercise/exercise.ts";
import type { Scene } from "../src/exercise/scene.ts";
import { fitOf } from "../src/exercise/score/calibration.ts";
import {
  added,
  headlineOf,
  lineOf,
  NO_TOTAL,
  ofClass,
  upTo,
  wronglyVerifiedOf,
} from "../src/exercise/score/campaign.ts";
import { FUNNEL, type Row, type Score, scoreOf } from "../src/exercise/score/score.ts";
import { spentQuantileH } from "../src/exercise/score/spent.ts";
import { type CalibrationBins, SPENT_HOURS } from "../src/exercise/score/terms.ts";
import { type Claims, NO_JAMS, truthOf } from "../src/exercise/truth/truth.ts";
import { MISSED } from "../src/exercise/watch/sights.ts";
import { NO_SUCH_SENSE, OUT_OF_RANGE } from "../src/sense/look.ts";
import { HERE, START_MS, scene, strike, UNLIMITED, watcher } from "./exercise-fixture.ts";

const HOUR = 3_600_000;

function scored(of: Scene, seed = 1): Score {
  const run = new Exercise(of, seed);
  run.advance(Number.POSITIVE_INFINITY);
  return scoreOf(run);
}

const sum = (rows: readonly Row[], of: (row: Row) => readonly number[], k: number): number =>
  rows.reduce((total, row) => total + (of(row)[k] as number), 0);
const funnel = ({ rows }: Score): number[] => FUNNEL.map((_, k) => sum(rows, (row) => row.funnel, k));

test("stations: none is reached by more than the one before, the first by all that count, the last by the headline's", () => {
  const half = { plain: { look01: 0.3, falseAlarmsPerDay: 3, locationM: 300, delayS: 3000 } };
  const slow = {
    ...UNLIMITED,
    verifiers: [{ fromHour: 8, toHour: 16, people: 1 }],
    verification: { meanS: 4000, law: "exponential" },
  } as const;
  const of = scene({
    entities: [watcher("west", half), watcher("east", { ...half, nation: "DEU" })],
    staff: slow,
    days: 6,
  });
  for (let seed = 0; seed < 5; seed++) {
    const score = scored(of, seed);
    const stations = funnel(score);
    assert.equal(
      stations[0],
      sum(score.rows, (row) => row.counted, 0),
    );
    assert.equal(
      stations.at(-1),
      sum(score.rows, (row) => row.verified, 0),
    );
    for (let k = 1; k < stations.length; k++) assert.ok((stations[k] as number) <= (stations[k - 1] as number));
    assert.ok((stations[1] as number) > (stations[4] as number), "some are seen and never corroborated");
    const unseen = score.rows.reduce((total, row) => total + row.unseen.reduce((a, b) => a + b, 0), 0);
    assert.equal(unseen, (stations[0] as number) - (stations[1] as number));
  }
});

test("perfect sensors and unlimited staff: every station is reached by all, and stages are as long as the work", () => {
  const score = scored(scene());
  const [began, ...rest] = funnel(score);
  assert.ok((began as number) > 3);
  for (const station of rest) assert.equal(station, began);
  const { spent } = score;
  for (const stage of ["look", "downlink", "corroboration"] as const)
    assert.ok(spentQuantileH(spent[stage], 1) < 0.02, stage);
  assert.ok(Math.abs(spent.analyst.workHours - spent.analyst.count / 3600) < 1e-6, "a second each");
  assert.equal(spent.replies.count, 0, "without an agreement nobody is asked");
});

test("misses: what stood in the way of the look that got furthest, each breach once", () => {
  const kinds = [strike({ perDay: 10 })];
  const reasons = (...entities: Parameters<typeof watcher>[]): Map<number, number> => {
    const counts = new Map<number, number>();
    for (const { unseen } of scored(scene({ kinds, entities: entities.map((one) => watcher(...one)) })).rows) {
      for (const [why, n] of unseen.entries()) if (n > 0) counts.set(why, (counts.get(why) ?? 0) + n);
    }
    return counts;
  };
  const deaf = { plain: { channels: ["sound"] as const } };
  const blind = { plain: { look01: 1e-12 } };
  assert.deepEqual([...reasons(["deaf", deaf]).keys()], [-NO_SUCH_SENSE]);
  assert.deepEqual([...reasons(["blind", blind]).keys()], [MISSED]);
  assert.deepEqual([...reasons(["deaf", deaf], ["blind", blind]).keys()], [MISSED], "who could have seen got further");
  assert.deepEqual([...reasons(["far", { latitudeDeg: 60 }]).keys()], [0], "nobody looked");
  assert.ok(OUT_OF_RANGE < 0);
});

test("claims alone verify nothing, true or false, however many and from both sides; one witness beside them neither", () => {
  const kind = strike();
  const at = Array.from({ length: 12 }, (_, i) => START_MS + (1 + i) * 2 * HOUR);
  const truth = truthOf(
    [kind],
    at.map((tMs, i) => ({ tMs, ...HERE, kind: 0, key: i + 1 })),
  );
  // Each is claimed by both sides, and as many are claimed that never were.
  const rows = at.flatMap((tMs, i) =>
    [0, 1].flatMap((party) => [
      { tMs, party, about: i },
      { tMs: tMs + HOUR, party, about: -1 },
    ]),
  );
  const claims: Claims = {
    submittedMs: Float64Array.from(rows, ({ tMs }) => tMs + HOUR),
    tMs: Float64Array.from(rows, ({ tMs }) => tMs),
    latitudeDeg: new Float64Array(rows.length).fill(HERE.latitudeDeg),
    longitudeDeg: new Float64Array(rows.length).fill(HERE.longitudeDeg),
    kind: new Uint16Array(rows.length),
    party: Uint8Array.from(rows, ({ party }) => party),
    about: Int32Array.from(rows, ({ about }) => about),
  };
  const world = () => ({ truth, claims, jams: NO_JAMS });
  for (const look01 of [0, 1]) {
    const score = scored(scene({ world, entities: [watcher("west", { plain: { look01 } })] }));
    assert.equal(score.claims, 48);
    assert.ok(score.incidents > 0);
    assert.deepEqual([score.verifiedIncidents, sum(score.rows, (row) => row.verified, 0)], [0, 0]);
    assert.equal(
      sum(score.rows, (row) => row.funnel, 3),
      look01 * 12,
      "a claim is no report of one's own",
    );
  }
  const two = scored(scene({ world }));
  assert.equal(
    sum(two.rows, (row) => row.verified, 0),
    12,
    "the planted fault: two witnesses do",
  );
});

test("what false alarms alone bring about is counted as wrongly verified, and what one breach opens twice as a duplicate", () => {
  // Two that err all the time, at the same small place, on one kind of thing.
  const plain = { look01: 0, falseAlarmsPerDay: 400, rangeKm: 1, locationM: 500 };
  const wrong = scored(
    scene({ entities: [watcher("west", { plain }), watcher("east", { plain, nation: "DEU" })], days: 2 }),
  );
  assert.ok(wrong.verifiedIncidents > 0);
  assert.equal(wrong.wronglyVerified, wrong.verifiedIncidents);
  assert.equal(wrong.duplicates, 0, "nothing real is held twice");
  // One event that two report some 30 km apart, sure of their places: two incidents of it.
  const at = [{ tMs: START_MS + HOUR, ...HERE, kind: 0, key: 1 }];
  const world = () => ({ truth: truthOf([strike()], at), claims: { ...NONE }, jams: NO_JAMS });
  const astray = { law: { ...watcher("any", { plain: { locationM: 30_000 } }).law, declaredRadiusM: () => 10 } };
  const twice = scored(
    scene({ world, entities: [watcher("west", astray), watcher("east", { ...astray, nation: "DEU" })] }),
    3,
  );
  assert.deepEqual([twice.incidents, twice.duplicates, twice.duplicatesVerified], [2, 1, 0]);
});

const NONE: Claims = {
  submittedMs: new Float64Array(0),
  tMs: new Float64Array(0),
  latitudeDeg: new Float64Array(0),
  longitudeDeg: new Float64Array(0),
  kind: new Uint16Array(0),
  party: new Uint8Array(0),
  about: new Int32Array(0),
};

test("quantiles of a stage lie in the bin in which they fall", () => {
  const bins = new Array<number>(SPENT_HOURS.length + 1).fill(0);
  bins[SPENT_HOURS.indexOf(1)] = 50;
  bins[SPENT_HOURS.indexOf(8)] = 50;
  const stage = { hours: 0, count: 100, workHours: 0, bins };
  assert.ok(Math.abs(spentQuantileH(stage, 0.25) - (0.7 + 1) / 2) < 1e-9);
  assert.ok(Math.abs(spentQuantileH(stage, 0.75) - (5.6 + 8) / 2) < 1e-9);
  assert.equal(spentQuantileH({ ...stage, count: 0 }, 0.5), Number.NaN);
});

test("calibration: Brier and slope of sums that are worked out by hand", () => {
  const bins = (said: readonly number[], came: readonly number[], each = 100): CalibrationBins => ({
    moment: "verified",
    count: said.map(() => each),
    sum01: said.map((p) => p * each),
    real: came.map((p) => p * each),
    sound: came.map((p) => p * each),
    squares: said.reduce(
      (total, p, i) => total + each * ((came[i] as number) * (1 - p) ** 2 + (1 - (came[i] as number)) * p ** 2),
      0,
    ),
  });
  const said = [0.1, 0.3, 0.5, 0.7, 0.9];
  const right = fitOf(bins(said, said));
  assert.ok(Math.abs(right.slope - 1) < 1e-6 && Math.abs(right.intercept) < 1e-6, "all came as said");
  // Of p (1 - p): the mean of .09, .21, .25, .21, .09.
  assert.ok(Math.abs(right.brier - 0.17) < 1e-12);
  const half = (p: number): number => 1 / (1 + Math.exp(-0.5 * Math.log(p / (1 - p))));
  assert.ok(Math.abs(fitOf(bins(said, said.map(half))).slope - 0.5) < 1e-6, "twice as sure as it should be");
  assert.ok(Number.isNaN(fitOf(bins([0.9, 0.8], [1, 1])).slope), "where all came true nothing is known of a slope");
});

test("of a run: each incident that was corroborated is in one bin, with the probability said then", () => {
  const score = scored(scene({ kinds: [strike({ perDay: 12 })] }));
  for (const { count, real, sound } of score.calibration) {
    const all = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
    assert.equal(all(count), score.verifiedIncidents);
    assert.deepEqual([all(real), all(sound)], [all(count), all(count)], "sensors that never err");
  }
});

test("shares of classes and stations are asked as the headline is, each with an interval that holds it", () => {
  const of = scene({ kinds: [strike(), strike({ id: "move", class: "larger", perDay: 1 })] });
  const lines = [1, 2, 3, 4].map((seed) => lineOf(seed, scored(of, seed)));
  const [first] = lines;
  const classes = Object.values(first?.classes ?? {});
  assert.equal(classes.length, 2);
  assert.equal(
    classes.reduce((n, { counted }) => n + (counted[0] as number), 0),
    first?.counted[0],
  );
  const larger = headlineOf(ofClass(lines, "larger"), 0, 1.96);
  assert.ok(larger.low < 1 && larger.estimate === 1 && larger.high === 1);
  assert.equal(headlineOf(upTo(lines, FUNNEL.indexOf("seen")), 0, 1.96).estimate, 1);
  assert.equal(headlineOf(ofClass(lines, "no such"), 0, 1.96).low, 0);
  assert.equal(wronglyVerifiedOf(lines, 1.96).estimate, 0);
});

test("sums over runs are the same in parts, and hold every count once", () => {
  const scores = [1, 2, 3].map((seed) => scored(scene({ kinds: [strike({ perDay: 8 })] }), seed));
  const total = scores.reduce(added, NO_TOTAL);
  const [a, b, c] = scores as [Score, Score, Score];
  assert.deepEqual(added(added(added(NO_TOTAL, a), b), c), total);
  const each = (of: (score: Score) => number): number => of(a) + of(b) + of(c);
  assert.equal(
    total.incidents,
    each(({ incidents }) => incidents),
  );
  assert.equal(
    total.requests.asked,
    each(({ requests }) => requests.asked),
  );
  assert.equal(
    total.spent.analyst.bins.reduce((x, y) => x + y, 0),
    total.spent.analyst.count,
  );
  assert.equal(
    total.calibration[0]?.count[9],
    each(({ calibration }) => calibration[0]?.count[9] ?? 0),
  );
  assert.equal(
    sum(total.rows, (row) => row.funnel, 5),
    each(({ rows }) => sum(rows, (row) => row.funnel, 5)),
  );
});

test("what a party claimed is not verified by standing beside what two witnesses saw", () => {
  const kinds = [
    strike(),
    strike({ id: "unseen", signatures: [{ channel: "sound", strength: 3, lastsS: 3600, fades: "at-once" }] }),
  ];
  const rows = [0, 1].map((kind) => ({ tMs: START_MS + HOUR, ...HERE, kind, key: kind + 1 }));
  const claims: Claims = {
    submittedMs: Float64Array.of(START_MS + 2 * HOUR),
    tMs: Float64Array.of(START_MS + HOUR),
    latitudeDeg: Float64Array.of(HERE.latitudeDeg),
    longitudeDeg: Float64Array.of(HERE.longitudeDeg),
    kind: Uint16Array.of(1),
    party: Uint8Array.of(0),
    about: Int32Array.of(1),
  };
  const eyes = { plain: { channels: ["crater"] as const } };
  const entities = [watcher("west", eyes), watcher("east", { ...eyes, nation: "DEU" })];
  const score = scored(scene({ world: () => ({ truth: truthOf(kinds, rows), claims, jams: NO_JAMS }), entities }));
  assert.equal(score.incidents, 1, "the claim stands in their incident");
  assert.deepEqual([sum(score.rows, (row) => row.counted, 0), sum(score.rows, (row) => row.verified, 0)], [2, 1]);
});
