/** Looks, gaps, ages and dependence on a small constellation: batches add up, limits hold, and a naive reckoning agrees. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CHANNELS, inChannel } from "../src/access/acceptance.ts";
import { gridOf } from "../src/access/grid.ts";
import { LEDGER_STATES, ledgerByHour, ledgerRuns } from "../src/access/ledger.ts";
import { mergeSkies, type Sky, type SkyPart } from "../src/access/sky.ts";
import { skyPartOf } from "../src/access/sky-part.ts";
import { acceptanceFor, assessAccessible, assessTaken, groundIds, readyCase } from "../src/coalition/assess.ts";
import { accessibleMet, ledgerOf, passFigures } from "../src/coalition/detail.ts";
import { PictureAge } from "../src/coalition/taken.ts";
import type { Watch } from "../src/coalition/watch.ts";
import { cellsOf } from "../src/geo/zone.ts";
import { fleetOf } from "../src/network/fleet.ts";
import { type Mission, type Network, SENSOR_KINDS } from "../src/network/network.ts";
import { type LookRequest, widestReach } from "../src/plan/sensors.ts";
import { instant, MS_PER_DAY, MS_PER_HOUR, parseInstant } from "../src/time/instant.ts";
import { assumed, sensorOf, sourced } from "./network-fixture.ts";

const start = parseInstant("2026-06-15T00:00:00Z");
const span = { start, end: instant(start + 2 * MS_PER_DAY) };
const LINE = [
  { latitudeDeg: 50, longitudeDeg: 36 },
  { latitudeDeg: 47, longitudeDeg: 34 },
];
const cells = cellsOf({ line: LINE, bufferKm: 25 }, 5);
const allocate = (bytes: number) => new ArrayBuffer(bytes);

const walkerOf = (raanDeg: number) => ({
  satellites: 6,
  planes: 3,
  phasing: 1,
  pattern: "delta" as const,
  altitudeKm: assumed(550),
  inclinationDeg: assumed(97.6),
  raanDeg: assumed(raanDeg),
});
const missionOf = (
  nation: string,
  sensors: readonly string[],
  raanDeg: number,
  change: Partial<Mission> = {},
): Mission => ({
  name: `${nation} mission`,
  nation,
  operator: nation,
  sensors,
  memoryGbit: sourced(60),
  downlinkMbps: sourced(200),
  stations: ["north"],
  processing: "centre",
  walker: walkerOf(raanDeg),
  ...change,
});

const station = (nation: string, latitudeDeg: number, longitudeDeg: number) => ({
  name: nation,
  nation,
  operator: nation,
  latitudeDeg,
  longitudeDeg,
  heightM: sourced(0),
  maskDeg: assumed(5),
  antennas: sourced(1),
});

const network: Network = {
  nations: { AAA: { name: "A" }, BBB: { name: "B" }, CCC: { name: "C" } },
  sensors: {
    camera: sensorOf({ swathKm: sourced(60), dutyS: sourced(40), settleS: sourced(10) }),
    radar: sensorOf({
      kind: "radar",
      band: { angle: "incidence", minDeg: sourced(20), maxDeg: sourced(50) },
      side: "right",
      swathKm: sourced(80),
      dutyS: sourced(60),
      stoppedByCloud: false,
    }),
    ears: sensorOf({
      kind: "rf",
      band: { angle: "offNadir", minDeg: sourced(0), maxDeg: sourced(55) },
      swathKm: sourced(1000),
    }),
  },
  missions: {
    eyes: missionOf("AAA", ["camera"], 20),
    waves: missionOf("BBB", ["radar", "ears"], 80, { stations: ["north", "south"] }),
    guest: missionOf("CCC", ["camera"], 140, { stations: ["south"] }),
  },
  stations: { north: station("AAA", 78.2, 15.4), south: station("BBB", 40.6, 16.7) },
  processing: { centre: { name: "C", nation: "CCC", operator: "C", latencyMin: sourced(30) } },
};

const requests: LookRequest[] = [
  {
    id: "sharp",
    zone: "line",
    nation: "AAA",
    kinds: ["optical"],
    resolutionM: 2,
    revisitH: 24,
    latencyH: 12,
    priority: 1,
  },
  {
    id: "any",
    zone: "line",
    nation: "BBB",
    kinds: ["optical", "radar"],
    resolutionM: 5,
    revisitH: 12,
    latencyH: 6,
    priority: 3,
  },
  {
    id: "emitters",
    zone: "line",
    nation: "CCC",
    kinds: ["rf"],
    resolutionM: 5000,
    revisitH: 6,
    latencyH: 6,
    priority: 4,
  },
];

const fleet = fleetOf(network, new Map(), start);
const watch: Watch = { fleet, span, requests, cellRequests: new Uint32Array(cells.length).fill(0b111), cellKm: 16 };
const partsOf = (which: Network): SkyPart[] =>
  fleet.map(({ elements, missionId }, satellite) => {
    const mission = which.missions[missionId] ?? assert.fail();
    const reaches = mission.sensors.map((id) => widestReach(which.sensors[id] ?? assert.fail(), 0));
    const ground = mission.stations.map((id) => groundIds(which).indexOf(id));
    const points = groundIds(which).map((id) => ({
      site: { id, ...(which.stations[id] ?? assert.fail()), heightM: 0 },
      maskDeg: 5,
    }));
    return skyPartOf(
      {
        satellite,
        elements: elements ?? assert.fail(),
        table: { staleAfterMs: Number.POSITIVE_INFINITY },
        reaches: [reaches],
        ground,
      },
      {
        grids: [gridOf(cells)],
        span,
        ground: [points],
        relayOptions: { staleAfterMs: Number.POSITIVE_INFINITY },
        relayTables: new Map(),
        allocate,
      },
    );
  });
const parts = partsOf(network);
const sky = mergeSkies(parts, fleet.length, [cells.length], span, 1, allocate)[0] ?? assert.fail();
const acceptance = acceptanceFor(watch, sky, network, allocate);

function assessed(without: readonly string[], of: Sky = sky, which: Network = network) {
  const ready = readyCase(watch, { network: which, without, contacts: 0 });
  const accepted = acceptanceFor(watch, of, which, allocate);
  return {
    ready,
    accessible: assessAccessible(of, accepted, ready, []),
    taken: assessTaken(watch, of, accepted, ready),
  };
}

const base = assessed([]);

/** Per cell and channel, the sorted times of everything that the packed sky holds and the sensors accept: reckoned anew. */
function timesOf(cell: number, channel: number): number[] {
  return sky.satellites
    .flatMap((o, s) => {
      if (o === undefined) return [];
      const sensors = base.ready.satellites[s]?.sensors ?? [];
      return Array.from(o.cell, (_, i) => i).flatMap((i) => {
        if (o.cell[i] !== cell) return [];
        const bits = sensors.reduce((sum, { kind, reach, minSunElevationDeg }) => {
          const angleDeg = ((reach.angle === "offNadir" ? o.offNadir[i] : o.incidence[i]) ?? 0) * 0.002;
          const isRight = (o.xTrack[i] ?? 0) <= 0;
          const lit = (o.sun[i] ?? 0) * 0.005 >= minSunElevationDeg - 1e-9;
          const fits = angleDeg >= reach.minDeg - 1e-9 && angleDeg <= reach.maxDeg + 1e-9;
          return fits && lit && (reach.side === "both" || isRight) ? sum | (1 << kind) : sum;
        }, 0);
        return inChannel(bits, channel) ? [start + (o.at[i] ?? 0)] : [];
      });
    })
    .sort((a, b) => a - b);
}

test("gaps and shares of accessible hours are those of a naive reckoning, channel by channel", () => {
  assert.ok(base.accessible.count > 1000, "a sky without opportunities would pass by not looking");
  for (const cell of [0, 17, cells.length - 1]) {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const times = timesOf(cell, channel);
      const edges = [span.start, ...times, span.end];
      const longest = Math.max(...edges.slice(1).map((t, i) => t - (edges[i] ?? 0)));
      const hours = new Set(times.map((t) => Math.floor((t - start) / MS_PER_HOUR))).size;
      const gaps = base.accessible.gaps[channel] ?? assert.fail();
      assert.equal(gaps.longestH[cell], Math.fround(longest / MS_PER_HOUR));
      assert.equal(gaps.share01[cell], Math.fround(hours / 48));
    }
  }
});

test("batches add up: cell-looks, histogram, ledger, requests", () => {
  const { taken, accessible, ready } = base;
  assert.equal(taken.count, taken.delivered + taken.waiting);
  assert.ok(taken.delivered > 0 && taken.count < accessible.count);
  assert.equal(
    taken.plan.looks.reduce((sum, look) => sum + look.cells, 0),
    taken.plan.cell.length,
  );
  for (const { histogram } of taken.gaps) assert.ok(histogram.reduce((sum, n) => sum + n, 0) >= cells.length);
  const closely = { watch, sky, acceptance, satellites: ready.satellites, plan: taken.plan };
  const ledger = ledgerOf(closely, [{ satellite: 0, fromMs: span.end - MS_PER_HOUR, toMs: span.end, code: "stale" }]);
  for (const kind of SENSOR_KINDS.keys()) {
    const counts = ledgerByHour(ledger, kind);
    for (let hour = 0; hour < 48; hour++)
      assert.equal(
        counts.reduce((sum, row) => sum + (row[hour] ?? 0), 0),
        cells.length,
      );
  }
  // The optical satellite lost in the last hour: what is not seen then is unknown, for optical alone.
  const last = ledgerByHour(ledger, 0).map((row) => row[47] ?? 0);
  assert.equal(last[LEDGER_STATES.indexOf("no-pass")], 0);
  assert.ok((ledgerByHour(ledger, 1)[LEDGER_STATES.indexOf("unknown")]?.[47] ?? 1) === 0);
  const runs = ledgerRuns(ledger);
  const hours = runs.cell.reduce((sum, _, i) => sum + (runs.toH[i] ?? 0) - (runs.fromH[i] ?? 0), 0);
  assert.equal(hours, cells.length * 48 * SENSOR_KINDS.length);
  for (const pass of passFigures(closely)) assert.ok(pass.takenCells <= pass.accessibleCells);
  for (const [r, met] of accessibleMet(closely).entries()) assert.ok(met >= (taken.requests[r]?.takenMet ?? 0));
});

test("no look breaks its limits: imaging time per revolution, settling, memory, the sensor's own reach", () => {
  const { plan } = base.taken;
  const bySensor = Map.groupBy(plan.looks, ({ satellite, sensor }) => `${satellite} ${sensor.kind}`);
  for (const looks of bySensor.values()) {
    const { sensor, satellite } = looks[0] ?? assert.fail();
    const { periodMs = 0 } = base.ready.satellites[satellite] ?? {};
    const perRevolution = Map.groupBy(looks, ({ startMs }) => Math.floor((startMs - start) / periodMs));
    for (const some of perRevolution.values()) {
      const seconds = some.reduce((sum, look) => sum + (look.endMs - look.startMs) / 1000, 0);
      assert.ok(seconds <= sensor.dutyS + 1e-6, `${seconds} s of ${sensor.dutyS}`);
    }
    const ordered = looks.toSorted((a, b) => a.startMs - b.startMs);
    ordered.slice(1).forEach((look, i) => {
      const gapS = (look.startMs - (ordered[i]?.endMs ?? 0)) / 1000;
      assert.ok(gapS >= sensor.settleS - 1e-6, `only ${gapS} s to settle`);
    });
  }
  for (const [satellite, looks] of Map.groupBy(plan.looks, (look) => look.satellite)) {
    // What was looked at and not yet at headquarters (less processing) is on board, at every look's end.
    const { memoryGbit = 0, processingMs = 0 } = base.ready.satellites[satellite] ?? {};
    for (const { endMs } of looks) {
      const stored = looks
        .filter((look) => look.endMs <= endMs && !(look.deliveredMs - processingMs <= endMs))
        .reduce((sum, look) => sum + look.gbit, 0);
      // The look being sent at this moment may be part gone: it is allowed once.
      assert.ok(stored <= memoryGbit + Math.max(...looks.map((look) => look.gbit)), `${stored} Gbit on board`);
    }
  }
});

test("a picture is never at headquarters before look, downlink and processing", () => {
  for (const look of base.taken.plan.looks) {
    if (Number.isNaN(look.deliveredMs)) continue;
    const seconds = (look.gbit * 1000) / 200;
    assert.ok(look.deliveredMs >= look.endMs + 30 * 60_000 + seconds * 1000 - 1);
  }
});

test("without a nation: the same as a network in which it never was; and whoever needs it is orphaned", () => {
  const withoutB = assessed(["BBB"]);
  assert.equal(withoutB.taken.orphaned, 6, "the guest's only station is B's");
  assert.equal(withoutB.taken.satellites, 6);
  const { waves: _, guest: __, ...missions } = network.missions;
  const { south: ___, ...stations } = network.stations;
  const alone: Network = { ...network, missions: { ...missions }, stations };
  const keep = fleet.flatMap(({ missionId }, s) => (missionId === "eyes" ? [s] : []));
  const small: Watch = { ...watch, fleet: keep.map((s) => fleet[s] ?? assert.fail()) };
  const smallParts = keep.map((s, i): SkyPart => ({ ...(parts[s] ?? assert.fail()), satellite: i }));
  const smallSky = mergeSkies(smallParts, keep.length, [cells.length], span, 1, allocate)[0] ?? assert.fail();
  const ready = readyCase(small, { network: alone, without: [], contacts: 0 });
  const accepted = acceptanceFor(small, smallSky, alone, allocate);
  const taken = assessTaken(small, smallSky, accepted, ready);
  assert.deepEqual(taken.gaps, withoutB.taken.gaps);
  assert.deepEqual(taken.pictureAgeH, withoutB.taken.pictureAgeH);
  assert.deepEqual(assessAccessible(smallSky, accepted, ready, []), withoutB.accessible);
  assert.equal(assessed(["CCC"]).taken.count, 0, "no processing, no picture");
});

test("parts merge to the same sky in whatever order they come", () => {
  const shuffled = mergeSkies(parts.toReversed(), fleet.length, [cells.length], span, 1, allocate)[0] ?? assert.fail();
  assert.deepEqual(shuffled, sky);
  assert.deepEqual(assessed([], shuffled).taken.gaps, base.taken.gaps);
});

test("PictureAge is the time average of now minus the newest look at headquarters", () => {
  const pictures: [deliveredH: number, lookedH: number][] = [
    [3, 1],
    [9, 8],
    [5, 0.5],
    [10, 7],
  ];
  const age = new PictureAge(12 * MS_PER_HOUR);
  for (const [delivered, looked] of pictures) age.add(delivered * MS_PER_HOUR, looked * MS_PER_HOUR);
  // Newest look: 1 h from 3 h on (0.5 h brings nothing new at 5 h), 8 h from 9 h on (nor does 7 h at 10 h).
  const expected = (((3 - 1 + (9 - 1)) / 2) * 6 + ((9 - 8 + (12 - 8)) / 2) * 3) / 9;
  assert.ok(Math.abs(age.endCell() - expected) < 1e-9);
  assert.ok(Number.isNaN(age.endCell()), "a cell without pictures has no age");
});
