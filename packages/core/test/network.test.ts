/** The network as figures, as a fleet, and as what is left of it without a nation. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nationsWithAssets, strengthOf } from "../src/coalition/without.ts";
import { assumedFigures, countFigures, scaleAssumed } from "../src/network/figures.ts";
import { fleetOf } from "../src/network/fleet.ts";
import type { Network } from "../src/network/network.ts";
import type { MeanElements } from "../src/orbit/elements.ts";
import { sunSynchronousInclinationDeg } from "../src/orbit/walker.ts";
import { parseInstant } from "../src/time/instant.ts";
import { NETWORK, sourced } from "./network-fixture.ts";
import { elementsNamed } from "./real-sky.ts";

const START = parseInstant("2026-06-15T00:00:00Z");
const real = elementsNamed("SENTINEL-1A");
const CATALOGUE: ReadonlyMap<number, MeanElements> = new Map(
  [101, 102, 103, 104].map((n) => [n, { ...real, catalogueNumber: n }]),
);
const FLEET = fleetOf(NETWORK, CATALOGUE, START);

test("every assumed figure is found with its path, in the order of the file, and no other", () => {
  assert.deepEqual(
    assumedFigures(NETWORK).map(({ path, name, value }) => [path, name, value]),
    [
      ["sensors.camera.band.maxDeg", "band.maxDeg", 45],
      ["sensors.camera.resolutionM", "resolutionM", 1],
      ["sensors.camera.dutyS", "dutyS", 600],
      ["sensors.camera.settleS", "settleS", 12],
      ["sensors.radar.band.minDeg", "band.minDeg", 20],
      ["sensors.radar.band.maxDeg", "band.maxDeg", 60],
      ["sensors.radar.resolutionM", "resolutionM", 1],
      ["sensors.radar.dutyS", "dutyS", 600],
      ["sensors.radar.settleS", "settleS", 12],
      ["missions.own.memoryGbit", "memoryGbit", 500],
      ["missions.guest.memoryGbit", "memoryGbit", 500],
      ["missions.relayed.memoryGbit", "memoryGbit", 500],
      ["missions.planned.memoryGbit", "memoryGbit", 500],
      ["missions.planned.walker.altitudeKm", "altitudeKm", 560],
      ["missions.planned.walker.inclinationDeg", "inclinationDeg", 53],
      ["stations.north.maskDeg", "maskDeg", 5],
      ["stations.south.maskDeg", "maskDeg", 5],
      ["processing.aaa-centre.latencyMin", "latencyMin", 30],
    ],
  );
  assert.ok(assumedFigures(NETWORK).every(({ why }) => why === "an estimate"));
});

test("counts add up: every figure has a source or was assumed", () => {
  const { sourced: withSource, assumed: without } = countFigures(NETWORK);
  assert.equal(without, assumedFigures(NETWORK).length);
  const all = JSON.stringify(NETWORK).match(/"value":/g)?.length;
  assert.equal(withSource + without, all);
});

test("property: scaling multiplies the assumed figures of one name, and touches nothing else", () => {
  const before = structuredClone(NETWORK);
  const names = [...new Set(assumedFigures(NETWORK).map(({ name }) => name)), "swathKm", "none"];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.constantFrom(0.5, 1.5, 1), (name, factor) => {
      const scaled = scaleAssumed(NETWORK, name, factor);
      assumedFigures(scaled).forEach(({ path, value }, i) => {
        const was = assumedFigures(NETWORK)[i] ?? assert.fail();
        assert.equal(path, was.path);
        assert.equal(value, was.name === name ? was.value * factor : was.value);
      });
      assert.deepEqual(countFigures(scaled), countFigures(NETWORK));
      if (factor === 1) assert.deepEqual(scaled, NETWORK);
    }),
  );
  assert.deepEqual(NETWORK, before, "the network itself is left alone");
  assert.deepEqual(scaleAssumed(NETWORK, "swathKm", 2), NETWORK, "a figure with a source stays");
});

test("the fleet, in the order of the file: own nation and operator where given, the mission's otherwise", () => {
  assert.deepEqual(
    FLEET.slice(0, 5).map(({ id, nation, operator, missionId, planned }) => [id, nation, operator, missionId, planned]),
    [
      ["own-1", "AAA", "an operator", "own", false],
      ["own-2", "BBB", "another", "own", false],
      ["guest-1", "BBB", "an operator", "guest", false],
      ["relayed-1", "CCC", "an operator", "relayed", false],
      ["planned-0", "CCC", "an operator", "planned", false],
    ],
  );
  assert.equal(FLEET[0]?.elements?.catalogueNumber, 101);
  assert.equal(FLEET[4]?.elements, undefined, "not in the catalogue: no elements, and still in the fleet");
});

test("planned satellites have the pattern's elements at the start, ids of their mission, numbers of nobody else", () => {
  const planned = FLEET.filter((satellite) => satellite.planned);
  assert.deepEqual(
    planned.map(({ id }) => id),
    [1, 2, 3, 4, 5, 6].map((n) => `planned-${n}`),
  );
  assert.ok(planned.every(({ elements }) => elements?.epochUtcMs === START && elements.inclinationDeg === 53));
  const numbers = FLEET.map(({ catalogueNumber }) => catalogueNumber);
  assert.equal(new Set(numbers).size, numbers.length);
  assert.ok(planned.every(({ catalogueNumber }) => catalogueNumber >= 900_000_000 && catalogueNumber <= 999_999_999));
});

test("two patterns share no number; sun-synchronous ones have that inclination", () => {
  const { planned = assert.fail() } = NETWORK.missions;
  const { walker = assert.fail() } = planned;
  const { inclinationDeg: _, ...round } = walker;
  const second = { ...planned, walker: { ...round, pattern: "star" as const, sunSynchronous: { ltanH: sourced(18) } } };
  const fleet = fleetOf({ ...NETWORK, missions: { planned, second } }, CATALOGUE, START).filter((s) => s.planned);
  assert.equal(new Set(fleet.map(({ catalogueNumber }) => catalogueNumber)).size, 12);
  const [sun, next] = [fleet[6]?.elements ?? assert.fail(), fleet[8]?.elements ?? assert.fail()];
  assert.equal(sun.inclinationDeg, sunSynchronousInclinationDeg(560));
  assert.equal(Math.round((next.raanDeg - sun.raanDeg + 360) % 360), 60, "a star's planes share half a turn");
});

const without = (...nations: string[]) => strengthOf(NETWORK, FLEET, new Set(nations));
const idsWhere = (flags: readonly boolean[]) => FLEET.filter((_, i) => flags[i]).map(({ id }) => id);

test("with all nations everybody is active and nobody an orphan", () => {
  const { active, orphaned, stations, relays } = without();
  assert.deepEqual(
    idsWhere(active),
    FLEET.map(({ id }) => id),
  );
  assert.deepEqual(idsWhere(orphaned), []);
  assert.deepEqual([...stations, ...relays], ["north", "south", "high"]);
});

test("without A: its satellites go, and those that came down at its station alone are orphans", () => {
  const { active, orphaned, stations } = without("AAA");
  // The mission of own-2 and the planned one are processed by A; the guest has no other station.
  assert.deepEqual(idsWhere(active), ["relayed-1"]);
  assert.deepEqual(idsWhere(orphaned), [
    "own-2",
    "guest-1",
    "planned-0",
    ...[1, 2, 3, 4, 5, 6].map((n) => `planned-${n}`),
  ]);
  assert.deepEqual([...stations], ["south"]);
});

test("without B: the relay carries on, but nobody processes the pictures", () => {
  const { active, orphaned } = without("BBB");
  assert.deepEqual(idsWhere(orphaned), ["relayed-1"]);
  assert.ok(idsWhere(active).includes("own-1") && idsWhere(active).includes("planned-3"));
  const elsewhere: Network = {
    ...NETWORK,
    missions: {
      ...NETWORK.missions,
      relayed: { ...(NETWORK.missions["relayed"] ?? assert.fail()), processing: "aaa-centre" },
    },
  };
  const { active: now } = strengthOf(elsewhere, FLEET, new Set(["BBB"]));
  assert.ok(idsWhere(now).includes("relayed-1"), "one way down of two is enough");
});

test("property: whoever goes, the owners that remain are active or orphaned, never both; the more go, the fewer are left", () => {
  const nations = fc.subarray(["AAA", "BBB", "CCC", "DDD"]);
  fc.assert(
    fc.property(nations, nations, (some, more) => {
      const [a, b] = [without(...some), without(...some, ...more)];
      FLEET.forEach(({ nation }, i) => {
        assert.equal(a.active[i] === true || a.orphaned[i] === true, !some.includes(nation));
        assert.ok(!(a.active[i] && a.orphaned[i]));
        assert.ok(!b.active[i] || a.active[i]);
      });
      assert.ok([...b.stations].every((id) => a.stations.has(id)) && [...b.relays].every((id) => a.relays.has(id)));
    }),
  );
});

test("a mission with no way down at all is an orphan from the start", () => {
  const { own = assert.fail() } = NETWORK.missions;
  const mute: Network = { ...NETWORK, missions: { own: { ...own, stations: [] } } };
  const fleet = fleetOf(mute, CATALOGUE, START);
  assert.deepEqual(strengthOf(mute, fleet, new Set()).orphaned, [true, true]);
});

test("nations with assets: owners of satellites, stations, relays, processing; others are not asked about", () => {
  assert.deepEqual(nationsWithAssets(NETWORK, FLEET), ["AAA", "BBB", "CCC"]);
  assert.deepEqual(nationsWithAssets({ ...NETWORK, relays: {} }, []), ["AAA", "BBB"]);
});
