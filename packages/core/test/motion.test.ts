/** Movers on patterns: geodesics, wind, endurance, zones; closed forms in still air and in a steady wind. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { destinationOf, distanceKm, lengthKm, polarOf } from "../src/geo/geodesic.ts";
import type { Place } from "../src/geo/position.ts";
import { geodeticOf } from "../src/geo/wgs84.ts";
import { type Flow, groundSpeedMps } from "../src/motion/flow.ts";
import { planSorties } from "../src/motion/motion.ts";
import { type Pattern, roundOf } from "../src/motion/patterns.ts";
import { isInside, isMet, regionOf } from "../src/motion/region.ts";
import { type Motion, refusalText, type Sorties, type Vehicle } from "../src/motion/sorties.ts";
import { ephemerisOf, PHASES, placeInto, STATION, type Track } from "../src/motion/track.ts";
import { type Instant, instant } from "../src/time/instant.ts";

const at = (latitudeDeg: number, longitudeDeg: number): Place => ({ latitudeDeg, longitudeDeg });
const DRONE: Vehicle = { speedMps: 40, enduranceS: 36_000, turnaroundS: 3600, reserve01: 0.1, heightM: 3000 };
const BASE = at(48, 36);
const order = (change: Partial<Sorties> = {}): Sorties => ({
  vehicle: DRONE,
  base: BASE,
  round: roundOf({ kind: "racetrack", from: at(48.3, 36.5), to: at(48.3, 37.5), widthKm: 10 }),
  startMs: 0,
  untilMs: 86_400_000,
  ...change,
});

function planned(motion: Motion) {
  assert.ok(motion.code === "planned", motion.code === "planned" ? "" : refusalText(motion));
  return motion;
}

test("the direct geodesic: GeographicLib's own example, Wellington to Salamanca", () => {
  const there = destinationOf(at(-41.32, 174.81), 161.06766998615873, 19_959.67926735382);
  assert.ok(Math.abs(there.latitudeDeg - 40.96) < 1e-9 && Math.abs(there.longitudeDeg + 5.5) < 1e-9);
});

test("patterns of IAMSAR: lengths of legs and turns", () => {
  const legs = (pattern: Pattern) => {
    const path = roundOf(pattern);
    return path.slice(1).map((to, i) => polarOf(path[i] as Place, to));
  };
  const square = legs({ kind: "expanding-square", datum: BASE, headingDeg: 30, spacingKm: 2, legs: 8 });
  // 1, 1, 2, 2, 3, 3, 4, 4 spacings, then the same way back.
  [2, 2, 4, 4, 6, 6, 8, 8, 8, 8, 6, 6, 4, 4, 2, 2].forEach((km, i) => {
    assert.ok(Math.abs((square[i]?.km ?? 0) - km) < 1e-4 * km, `leg ${i}: ${square[i]?.km}`);
  });
  assert.ok(Math.abs((square[1]?.azimuthDeg ?? 0) - 120) < 0.1, "turns to the right");
  const sector = legs({ kind: "sector", datum: BASE, headingDeg: 0, radiusKm: 20 });
  assert.equal(sector.length, 9);
  for (const { km } of sector) assert.ok(Math.abs(km - 20) < 1e-3);
  sector.slice(1).forEach(({ azimuthDeg }, i) => {
    const turn = (azimuthDeg - (sector[i]?.azimuthDeg ?? 0) + 720) % 360;
    // Out of the datum on the course it was reached on; elsewhere 120 degrees to the right.
    assert.ok(Math.abs(turn - 120) < 0.5 || (i % 3 === 2 && Math.min(turn, 360 - turn) < 0.5), `${i}: ${turn}`);
  });
  const creeping = roundOf({
    kind: "creeping-line",
    corner: BASE,
    headingDeg: 90,
    aheadKm: 40,
    acrossKm: 20,
    spacingKm: 4,
  });
  // Ten legs of 16 km and nine of 4 km, there and back.
  assert.ok(Math.abs(lengthKm(creeping) - 2 * (160 + 36)) < 0.05);
  assert.throws(
    () => roundOf({ kind: "sector", datum: BASE, headingDeg: 0, radiusKm: 0 }),
    /radiusKm must be above 0: 0/,
  );
  assert.throws(() => roundOf({ kind: "line-patrol", line: [BASE] }), /two places or more, not 1/);
});

test("a sortie in still air: closed form of distances, back before the endurance ends, the next after the turnaround", () => {
  const motion = planned(planSorties(order()));
  const { track } = motion;
  const round = order().round;
  const [out, ring] = [distanceKm(BASE, round[0] as Place), lengthKm(round)];
  const landings = phaseEnds(track, "back");
  const starts = phaseStarts(track, "out");
  assert.equal(landings.length, motion.sorties);
  const budgetS = 36_000 * 0.9;
  for (let i = 0; i < landings.length; i++) {
    const flownS = ((landings[i] as number) - (starts[i] as number)) / 1000;
    assert.ok(flownS <= budgetS + 1e-6, `${flownS}`);
    // Not back long before it must be: a node there and back is 10 km.
    assert.ok(flownS > budgetS - 10_000 / 40 - 1, `${flownS}`);
  }
  assert.ok(Math.abs((starts[1] as number) - (landings[0] as number) - 3_600_000) < 1e-6);
  // The first round ends where it began, when the closed form says.
  const where = geodeticOf(ephemerisOf(track)(instant(((out + ring) * 1e6) / 40)) ?? assert.fail());
  assert.ok(distanceKm(where, round[0] as Place) < 0.02, `${distanceKm(where, round[0] as Place)} km`);
  assert.ok(Math.abs(where.heightKm - 3) < 0.001);
  // Speed over the ground, everywhere in the air.
  for (let t = 60_000; t < 30_000_000; t += 61_000) {
    const a = ephemerisOf(track)(instant(t)) ?? assert.fail();
    const b = ephemerisOf(track)(instant(t + 1000)) ?? assert.fail();
    const mps = 1000 * Math.hypot(a.xKm - b.xKm, a.yKm - b.yKm, a.zKm - b.zKm);
    assert.ok(mps < 41 && mps > 20, `${t}: ${mps}`);
  }
});

function phaseStarts({ phase, tMs }: Track, name: (typeof PHASES)[number]): number[] {
  return [...phase].flatMap((p, i) => (PHASES[p] === name && phase[i - 1] !== p ? [tMs[i] as number] : []));
}
function phaseEnds({ phase, tMs }: Track, name: (typeof PHASES)[number]): number[] {
  return [...phase].flatMap((p, i) =>
    PHASES[p] !== name && PHASES[phase[i - 1] ?? 0] === name ? [tMs[i] as number] : [],
  );
}

test("the mover keeps to geodesics: 100 m of flat chart would be seen", () => {
  const [from, to] = [at(60, 10), at(60, 30)];
  const motion = planned(
    planSorties(
      order({
        base: from,
        round: roundOf({ kind: "line-patrol", line: [from, to] }),
        vehicle: { ...DRONE, enduranceS: 1e6 },
      }),
    ),
  );
  const half = lengthKm([from, to]) / 2;
  const middle = destinationOf(from, polarOf(from, to).azimuthDeg, half);
  const where = geodeticOf(ephemerisOf(motion.track)(instant((half * 1e6) / 40)) ?? assert.fail());
  assert.ok(distanceKm(where, middle) < 0.005, `${distanceKm(where, middle)}`);
  assert.ok(distanceKm(at(60, 20), middle) > 40, "the parallel is 40 km off");
});

const steady =
  (east: number, north: number): Flow =>
  (_lat, _lon, _t, out) => {
    out[0] = east;
    out[1] = north;
  };

test("wind: head and tail wind, and what a cross wind costs", () => {
  assert.equal(groundSpeedMps(40, 90, 10, 0), 50);
  assert.equal(groundSpeedMps(40, 270, 10, 0), 30);
  assert.ok(Math.abs(groundSpeedMps(50, 0, 30, 0) - 40) < 1e-9);
  assert.ok(Number.isNaN(groundSpeedMps(20, 0, 30, 0)));
  // Along a meridian and back in 20 m/s of north wind: D / (40 - 20) and D / (40 + 20).
  const to = at(48.5, 36);
  const round = roundOf({ kind: "line-patrol", line: [BASE, to] });
  const { track } = planned(planSorties(order({ round, flow: steady(0, -20), vehicle: { ...DRONE, reserve01: 0 } })));
  const metres = 1000 * distanceKm(BASE, to);
  const turn = track.latitudeDeg.indexOf(Math.max(...track.latitudeDeg));
  const begin = phaseStarts(track, "station")[0] as number;
  assert.ok(Math.abs((track.tMs[turn] as number) - begin - (1000 * metres) / 20) < 1);
  const backAt = track.tMs[2 * turn - track.phase.indexOf(STATION)] as number;
  assert.ok(Math.abs(backAt - (track.tMs[turn] as number) - (1000 * metres) / 60) < 1);
});

test("a storm keeps it at its base for as long as it lasts", () => {
  const storm: Flow = (_lat, _lon, tMs, out) => {
    out[0] = tMs >= 10 * 3_600_000 && tMs < 40 * 3_600_000 ? 45 : 0;
    out[1] = 0;
  };
  const motion = planned(planSorties(order({ flow: storm, untilMs: 72 * 3_600_000 })));
  assert.ok(motion.groundedS >= 20 * 3600, `${motion.groundedS}`);
  for (const start of phaseStarts(motion.track, "out")) {
    const end = phaseEnds(motion.track, "back").find((t) => t > start) as number;
    assert.ok(end <= 10 * 3_600_000 + 1 || start >= 39.9 * 3_600_000, `${start} to ${end} is flown through the storm`);
  }
  const never = planSorties(order({ flow: steady(45, 0) }));
  assert.equal(never.code, "flow-too-strong");
});

test("what cannot be is refused, with the numbers", () => {
  const codeOf = (change: Partial<Sorties>) => planSorties(order(change));
  const land = regionOf("an island", [[at(48.2, 36.4), at(48.2, 36.8), at(48.4, 36.8), at(48.4, 36.4)]]);
  const far = regionOf("a zone", [[at(48.1, 36.1), at(48.1, 36.2), at(48.2, 36.2), at(48.2, 36.1)]]);
  const refusals = [
    codeOf({ vehicle: { ...DRONE, speedMps: 0 } }),
    codeOf({ vehicle: { ...DRONE, enduranceS: 0 } }),
    codeOf({ vehicle: { ...DRONE, enduranceS: Number.NaN } }),
    codeOf({ round: [BASE] }),
    codeOf({ land: [land] }),
    codeOf({ base: at(48.3, 36.6), land: [land] }),
    codeOf({ closed: [far] }),
    codeOf({ vehicle: { ...DRONE, enduranceS: 1200 } }),
  ];
  assert.deepEqual(
    refusals.map(({ code }) => code),
    [
      "no-speed",
      "no-endurance",
      "no-endurance",
      "no-pattern",
      "inside-land",
      "inside-land",
      "crosses-closed-zone",
      "out-of-reach",
    ],
  );
  for (const refusal of refusals) assert.ok(refusal.code !== "planned" && refusalText(refusal).length > 20);
});

test("a boat off Odesa on the shipped coast: at sea it sails, from a harbour inland or across Crimea it does not", () => {
  const url = new URL("../../../data/basemap/black-sea-land.geojson", import.meta.url);
  const shape: { features: [{ geometry: { coordinates: [number, number][][][] } }] } = JSON.parse(
    readFileSync(url, "utf8"),
  );
  const rings = shape.features[0].geometry.coordinates.flat();
  const land = [
    regionOf(
      "the coast",
      rings.map((ring) => ring.map(([longitudeDeg, latitudeDeg]) => at(latitudeDeg, longitudeDeg))),
    ),
  ];
  const boat: Vehicle = { speedMps: 10, enduranceS: 5 * 86_400, turnaroundS: 86_400, reserve01: 0.2, heightM: 3 };
  const patrol = (line: readonly Place[], base = line[0] as Place) =>
    planSorties(
      order({ vehicle: boat, base, round: roundOf({ kind: "line-patrol", line }), land, untilMs: 9 * 86_400_000 }),
    );
  const sailed = planned(patrol([at(46.4, 31), at(45.6, 30.6), at(44.8, 32.5)]));
  assert.ok(sailed.sorties === 2 && sailed.km > 6000, `${sailed.sorties} ${sailed.km}`);
  assert.equal(patrol([at(46.4, 31), at(45.6, 30.6)], at(46.48, 30.5)).code, "inside-land");
  assert.equal(patrol([at(45.3, 32), at(44.9, 36.2)]).code, "crosses-land");
});

test("regions: holes, the antimeridian, and ways that cross without an end inside", () => {
  const ring = (s: number, w: number, n: number, e: number) => [at(s, w), at(s, e), at(n, e), at(n, w)];
  const holed = regionOf("r", [ring(0, 0, 10, 10), ring(4, 4, 6, 6)]);
  assert.ok(isInside(holed, at(1, 1)));
  assert.ok(!isInside(holed, at(5, 5)));
  assert.ok(!isInside(holed, at(11, 5)));
  const across = regionOf("a", [ring(-1, 179, 1, -179)]);
  assert.ok(isInside(across, at(0, 180)));
  assert.ok(isInside(across, at(0, -179.5)));
  assert.ok(!isInside(across, at(0, 178)));
  const small = regionOf("s", [ring(0, 0, 0.02, 0.02)]);
  assert.ok(isMet(small, at(0.01, -0.03), at(0.01, 0.05)), "through");
  assert.ok(!isMet(small, at(0.03, -0.03), at(0.03, 0.05)), "past");
  assert.throws(() => regionOf("thin", [[at(0, 0), at(1, 1)]]), /three corners or more, not 2/);
});

test("a track asked at random times and in order gives the same answers; outside it gives none", () => {
  const { track } = planned(planSorties(order()));
  const [cursor, fresh] = [new Uint32Array(1), new Uint32Array(1)];
  const [a, b] = [new Float64Array(4), new Float64Array(4)];
  const end = track.tMs.at(-1) as number;
  for (let k = 0; k < 2000; k++) {
    const t = ((k * 7919) % 2000) * (end / 2000);
    fresh[0] = 0;
    assert.ok(placeInto(track, t, cursor, 0, a, 0) && placeInto(track, t, fresh, 0, b, 0));
    assert.deepEqual(a, b);
  }
  assert.ok(!placeInto(track, -1, cursor, 0, a, 0));
  assert.equal(ephemerisOf(track)((end + 1) as Instant), undefined);
});
