/** Reports that wait for a link: the horizon, jamming by band, half reports, the urgent first; lost positions; ground that nobody knows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Exercise } from "../src/exercise/exercise.ts";
import type { Entity, Link, Scene } from "../src/exercise/scene.ts";
import { NO_CLAIMS, NO_JAMS, plainWorld, truthOf } from "../src/exercise/truth/truth.ts";
import { Links } from "../src/exercise/watch/links.ts";
import { Movers } from "../src/exercise/watch/movers.ts";
import { UNKNOWN } from "../src/exercise/watch/sights.ts";
import { LINK_STATES } from "../src/link/contact.ts";
import { sightKm } from "../src/link/horizon.ts";
import { type Band, bandBit, type JammedAreas } from "../src/link/jamming.ts";
import { HERE, START_MS, scene, strike, watcher } from "./exercise-fixture.ts";

const jam = (fromMs: number, toMs: number, ...bands: readonly Band[]): JammedAreas => ({
  fromMs: Float64Array.of(fromMs),
  toMs: Float64Array.of(toMs),
  latitudeDeg: Float64Array.of(HERE.latitudeDeg),
  longitudeDeg: Float64Array.of(HERE.longitudeDeg),
  reachKm: Float64Array.of(30),
  bands: Uint8Array.of(bands.reduce((mask, band) => mask | bandBit(band), 0)),
});

/** Links of one entity, and what comes of them: calls and arrivals are worked off in order of time. */
function linksOf(entity: Entity, jams: JammedAreas = NO_JAMS, terrain?: Scene["terrain"]) {
  const due: { tMs: number; go: () => void }[] = [];
  const arrived: [report: number, ms: number][] = [];
  const own = scene({ entities: [entity], ...(terrain !== undefined && { terrain }) });
  const links: Links = new Links(own, jams, {
    movers: new Movers(own.entities),
    check: (tMs, e) => void due.push({ tMs, go: () => links.goOn(e, tMs) }),
    arrive: (tMs, report) => void arrived.push([report, tMs]),
  });
  const give = (report: number, tMs: number, priority = 2): void =>
    void due.push({ tMs, go: () => links.give(0, report, tMs, priority) });
  const settle = (): void => {
    while (due.length > 0) {
      due.sort((a, b) => a.tMs - b.tMs);
      due.shift()?.go();
    }
  };
  return { links, arrived, give, settle };
}

const mast = { latitudeDeg: 48, longitudeDeg: 37, aboveGroundM: 30 };
const lineOfSight = (rangeKm: number, band: Band = "data"): Link => ({
  kind: "line-of-sight",
  band,
  rangeKm,
  ends: [mast],
});

test("a link holds up to the horizon of 4/3 of the Earth and up to its range, and not beyond", () => {
  // 2,000 m and a mast of 30 m: 184.3 km and 22.6 km by FS-1037C's 2.23 nautical miles times the root of the height.
  const km = sightKm(2000, 30);
  assert.ok(Math.abs(km - 1.852 * 2.23 * (Math.sqrt(2000) + Math.sqrt(30))) < 1);
  const state = (at: number, rangeKm: number) => {
    const latitudeDeg = 48 + ((at / 6371.0088) * 180) / Math.PI;
    return linksOf(watcher("drone", { latitudeDeg, heightM: 2000, link: lineOfSight(rangeKm) })).links.stateOf(0, 0);
  };
  assert.equal(state(km - 0.01, 500), "up");
  assert.equal(state(km + 0.01, 500), "below-horizon");
  assert.equal(state(100.01, 100), "out-of-range");
  assert.equal(state(99.99, 100), "up");
});

test("reports wait while the band of their link is jammed, by their sender or its mast, and come one after the other when it is over", () => {
  const jams = jam(0, 600_000, "control", "satnav");
  const entity = (band: Band, jammable: boolean) =>
    watcher("drone", { jammable, link: lineOfSight(60, band), linkBps: 100, heightM: 1000, plain: { bits: 1000 } });
  const jammed = linksOf(entity("control", true), jams);
  jammed.give(0, 1000);
  jammed.give(1, 2000);
  jammed.settle();
  // Looked at once a minute, from 1 s on.
  assert.deepEqual(jammed.arrived, [
    [0, 611_000],
    [1, 621_000],
  ]);
  assert.equal(jammed.links.found[LINK_STATES.indexOf("jammed")], 10);
  for (const free of [entity("data", true), entity("control", false)]) {
    const { arrived, give, settle } = linksOf(free, jams);
    give(0, 1000);
    settle();
    assert.deepEqual(arrived, [[0, 11_000]]);
  }
  const far = { ...entity("control", true), latitudeDeg: 48.4 };
  const mastJammed = linksOf(far, jams);
  mastJammed.give(0, 1000);
  mastJammed.settle();
  assert.ok((mastJammed.arrived[0]?.[1] ?? 0) > 600_000, "the drone is 44 km off, its mast is not");
});

test("a report half sent when the jamming begins goes on where it stopped; the urgent goes before those that wait", () => {
  const entity = watcher("drone", {
    jammable: true,
    link: { kind: "satcom", band: "data" },
    linkBps: 10,
    plain: { bits: 1200 },
  });
  // Two minutes a report: jammed from the second minute on, for ten.
  const { arrived, give, settle } = linksOf(entity, jam(60_000, 660_000, "data"));
  give(0, 0);
  give(1, 100);
  give(2, 200, 1);
  settle();
  assert.deepEqual(arrived, [
    [2, 660_000 + 120_000],
    [0, 660_000 + 120_000 + 60_000],
    [1, 660_000 + 240_000 + 60_000],
  ]);
});

test("a wire carries at all times, in turn, whatever is jammed", () => {
  const { arrived, give, settle } = linksOf(
    watcher("post", { linkBps: 100, plain: { bits: 1000 } }),
    jam(0, 600_000, "data", "control", "voice"),
  );
  give(0, 0);
  give(1, 1, 1);
  settle();
  assert.deepEqual(arrived, [
    [0, 10_000],
    [1, 20_000],
  ]);
});

test("over ground that nobody knows a link is taken as up, and counted", () => {
  const entity = watcher("patrol", { latitudeDeg: 48.1, heightM: 3, link: lineOfSight(60) });
  const { arrived, give, settle, links } = linksOf(entity, NO_JAMS, { kind: "unknown" });
  give(0, 0);
  settle();
  assert.equal(arrived.length, 1);
  assert.equal(links.found[LINK_STATES.indexOf("unknown")], 1);
});

/** A drone that circles over its base for a day; jammed from the third hour to the fifth. */
function flown(bands: readonly Band[], changes: Partial<Scene> = {}): Scene {
  const round = Float64Array.of(48.05, 36.95, 48.05, 37.05);
  const mover = { speedMps: 40, enduranceS: 30 * 3600, turnaroundS: 0, reserve01: 0, rounds: [round] };
  const kinds = [strike({ lastsS: 1800, perDay: 60 })];
  const { truth } = plainWorld({ kinds, startMs: START_MS, days: 1, ...HERE, radiusKm: 10 })(4);
  const jams = jam(START_MS + 3 * 3_600_000, START_MS + 5 * 3_600_000, ...bands);
  return scene({
    days: 1,
    areas: [{ id: "here", ...HERE }],
    world: () => ({ truth, claims: NO_CLAIMS, jams }),
    entities: [
      watcher("drone", { mover, jammable: true, everyS: 60, heightM: 1000, link: { kind: "satcom", band: "control" } }),
    ],
    ...changes,
  });
}

function played(of: Scene): Exercise {
  const run = new Exercise(of, 4, { keepsLog: true });
  run.movers.order.fill(0);
  run.advance(Number.POSITIVE_INFINITY);
  return run;
}

test("without positions from satellites: the operator is told when they are lost and when they are back, each once", () => {
  const told = (bands: readonly Band[]): [string, number][] =>
    played(flown(bands)).headquarters.log.events.flatMap(({ draft, recordedAt }) =>
      draft.type.startsWith("navigation.")
        ? [[`${draft.type} ${draft.actor}`, (recordedAt - START_MS) / 3_600_000]]
        : [],
    );
  assert.deepEqual(told(["satnav"]), [
    ["navigation.lost drone", 3],
    ["navigation.restored drone", 5],
  ]);
  assert.deepEqual(told(["control"]), []);
});

test("a jammed drone's reports arrive after the jamming, all of them, and its log is the same when a snapshot goes on", () => {
  const run = played(flown(["control"]));
  const { columns, length } = run.senses.reports.rows;
  let late = 0;
  for (let i = 0; i < length; i++) {
    const [lookH, arrivedH] = [columns.lookMs, columns.arrivedMs].map(
      (c) => ((c[i] as number) - START_MS) / 3_600_000,
    ) as [number, number];
    if (lookH < 2.99 || lookH > 5) assert.ok(arrivedH - lookH < 0.1, `${lookH} ${arrivedH}`);
    else if (lookH > 3) {
      assert.ok(arrivedH >= 5 && arrivedH < 5.1, `${lookH} ${arrivedH}`);
      late++;
    }
  }
  assert.ok(late >= 3 && length > 20, `${late} of ${length}`);
  const half = new Exercise(flown(["control"]), 4, { keepsLog: true });
  half.movers.order.fill(0);
  half.advance(START_MS + 4 * 3_600_000 + 12_345);
  const fork = half.fork();
  fork.advance(Number.POSITIVE_INFINITY);
  assert.equal(fork.headquarters.log.hash, run.headquarters.log.hash);
});

test("over ground that nobody knows a low look is unknown: it is tallied, and never seen", () => {
  const model = watcher("radar", { plain: { rangeKm: 30 } });
  // A law that asks for its sight, as cameras and radars do.
  const law = {
    ...model.law,
    answer: (...[look]: Parameters<typeof model.law.answer>) => (Number.isNaN(look.sight) ? Number.NaN : 1),
  };
  const kinds = [strike({ lastsS: 60, perDay: 1 })];
  const at = (km: number) => ({
    tMs: START_MS + km * 60_000,
    ...HERE,
    latitudeDeg: 48 + km / 111.195,
    kind: 0,
    key: km,
  });
  const truth = truthOf(kinds, [at(1), at(5), at(20)]);
  const seen = (terrain: Scene["terrain"], heightM: number): [number, number] => {
    const run = played(
      scene({
        days: 1,
        world: () => ({ truth, claims: NO_CLAIMS, jams: NO_JAMS }),
        entities: [{ ...model, law, heightM }],
        ...(terrain !== undefined && { terrain }),
      }),
    );
    return [run.senses.reports.rows.length, run.senses.sights.tally[UNKNOWN] as number];
  };
  assert.deepEqual(seen(undefined, 10), [3, 0]);
  assert.deepEqual(seen({ kind: "unknown" }, 10), [1, 2]);
  assert.deepEqual(seen({ kind: "unknown" }, 2000), [3, 0], "from 2,000 m it looks down steeply");
});
