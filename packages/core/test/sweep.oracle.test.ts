/** The sweep against closest approaches found by brute force: none missing, none invented, the same time, angles, side. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Opportunities } from "../src/access/opportunities.ts";
import { type Reach, sweep } from "../src/access/sweep.ts";
import { cellAt } from "../src/geo/cells.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { tabulate } from "../src/orbit/table.ts";
import { parseTle } from "../src/orbit/tle.ts";
import { type Interval, instant, MS_PER_DAY, parseInstant } from "../src/time/instant.ts";
import { assertWithin, isCaught } from "./accuracy.ts";
import type { Lines } from "./bruteforce.ts";
import { type Approach, approachesOf, samplesOf, trackOf } from "./bruteforce-abeam.ts";
import { gridWithPlaces } from "./real-sky.ts";

interface Satellite extends Lines {
  readonly name: string;
}
const oracle: { readonly satellites: readonly Satellite[] } = JSON.parse(
  readFileSync(new URL("../oracle/windows.skyfield.json", import.meta.url), "utf8"),
);
const START = parseInstant("2026-06-16T00:00:00Z");
const DAY: Interval = { start: START, end: instant(START + MS_PER_DAY) };
const OPTIONS = { staleAfterMs: Number.POSITIVE_INFINITY };
/** Sun-synchronous, low and lower, retrograde, equatorial, medium, eccentric (0.05). */
const NAMES = [
  "SENTINEL-1A",
  "ICEYE-X11",
  "EROS C3",
  "CAPELLA-14 (ACADIA-4)",
  "NUSTAR",
  "LAGEOS 1",
  "YAOGAN-9 01B",
  "ISS (ZARYA)",
];

/** Lehmer's generator: the same places on every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Cells about places that are evenly spread over a part of the globe. */
function cellsIn(
  count: number,
  seed: number,
  [south, north]: readonly [number, number],
  [west, east]: readonly [number, number],
) {
  const roll = dice(seed);
  const [low, high] = [Math.sin((south * Math.PI) / 180), Math.sin((north * Math.PI) / 180)];
  return Array.from({ length: count }, () => {
    const latitudeDeg = (Math.asin(low + (high - low) * roll()) * 180) / Math.PI;
    return cellAt({ latitudeDeg, longitudeDeg: west + (east - west) * roll() }, 6);
  });
}

const GRIDS = {
  line: gridWithPlaces(cellsIn(25, 1, [46, 51], [30, 39])),
  arctic: gridWithPlaces(cellsIn(20, 2, [72, 89.9], [-180, 180])),
  hemisphere: gridWithPlaces(cellsIn(50, 3, [-90, 90], [-60, 120])),
  globe: gridWithPlaces(cellsIn(50, 4, [-90, 90], [-180, 180])),
};

const REACHES: Readonly<Record<string, readonly Reach[]>> = {
  "optical to 45": [{ angle: "offNadir", minDeg: 0, maxDeg: 45, side: "both" }],
  "radar 20 to 55, right": [{ angle: "incidence", minDeg: 20, maxDeg: 55, side: "right" }],
  "radar 20 to 46 left, optical 10": [
    { angle: "incidence", minDeg: 20, maxDeg: 46, side: "left" },
    { angle: "offNadir", minDeg: 0, maxDeg: 10, side: "both" },
  ],
  "off-nadir to 62": [{ angle: "offNadir", minDeg: 0, maxDeg: 62, side: "both" }],
  "incidence to 85": [{ angle: "incidence", minDeg: 0, maxDeg: 85, side: "both" }],
};

/** Angles this near an edge of the band may rightly be found or not. */
const HAIR_DEG = 0.005;

type Verdict = "yes" | "no" | "either";

function verdictOf(reach: Reach, { offNadirDeg, incidenceDeg, isLeft }: Approach): Verdict {
  const angle = reach.angle === "offNadir" ? offNadirDeg : incidenceDeg;
  const inside = Math.min(reach.minDeg === 0 ? 90 : angle - reach.minDeg, reach.maxDeg - angle);
  if (inside < -HAIR_DEG) return "no";
  if (reach.side !== "both" && isLeft !== (reach.side === "left")) return "no";
  return inside > HAIR_DEG ? "yes" : "either";
}

function joined(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("yes")) return "yes";
  return verdicts.includes("either") ? "either" : "no";
}

const samples = new Map(
  [...NAMES, "PODSAT", "TACSAT 4"].map((name) => {
    const satellite = oracle.satellites.find((s) => s.name === name) ?? assert.fail(name);
    const elements = parseTle(satellite);
    if (isRefusal(elements)) throw new Error(elements.message);
    return [name, { elements, samples: samplesOf(trackOf(satellite), DAY.start, DAY.end) }] as const;
  }),
);

interface Comparison {
  readonly faults: readonly string[];
  readonly worstMs: number;
  readonly worstDeg: number;
  readonly count: number;
}

type ZoneName = keyof typeof GRIDS;

/** Approaches of each cell of a grid, once for all reaches. */
const approaches = new Map<string, readonly (readonly Approach[])[]>();
function approachesTo(name: string, zone: ZoneName): readonly (readonly Approach[])[] {
  const key = `${name} ${zone}`;
  const sampled = samples.get(name)?.samples ?? assert.fail(name);
  const found = approaches.get(key) ?? GRIDS[zone].places.map((place) => approachesOf(sampled, place));
  approaches.set(key, found);
  return found;
}

function sweepOf(name: string, zone: ZoneName, reaches: readonly Reach[]): Opportunities {
  const { elements } = samples.get(name) ?? assert.fail(name);
  return sweep({ table: tabulate(elements, DAY, OPTIONS), grid: GRIDS[zone].grid, span: DAY, reaches });
}

/** `alter` plants a fault. */
function compare(
  name: string,
  zone: ZoneName,
  reaches: readonly Reach[],
  alter = (found: Opportunities) => found,
): Comparison {
  const { places } = GRIDS[zone];
  const found = alter(sweepOf(name, zone, reaches));
  const faults: string[] = [];
  let [worstMs, worstDeg, count] = [0, 0, 0];
  const rows = places.map((): number[] => []);
  found.cell.forEach((cell, i) => {
    rows[cell]?.push(i);
  });
  approachesTo(name, zone).forEach((expected, cell) => {
    const left = new Set(rows[cell]);
    for (const approach of expected) {
      if (approach.utcMs < DAY.start || approach.utcMs >= DAY.end) continue;
      const verdict = joined(reaches.map((reach) => verdictOf(reach, approach)));
      const match = [...left].find((i) => Math.abs((found.atMs[i] ?? 0) - approach.utcMs) < 5_000);
      const where = `${name}, ${zone} ${cell}, ${approach.utcMs - DAY.start} ms, off-nadir ${approach.offNadirDeg}, incidence ${approach.incidenceDeg}`;
      if (verdict === "yes" && match === undefined) faults.push(`missing: ${where}`);
      if (verdict === "no" && match !== undefined) faults.push(`not in reach: ${where}`);
      if (match === undefined) continue;
      left.delete(match);
      count++;
      worstMs = Math.max(worstMs, Math.abs((found.atMs[match] ?? 0) - approach.utcMs));
      worstDeg = Math.max(
        worstDeg,
        Math.abs((found.offNadirDeg[match] ?? 0) - approach.offNadirDeg),
        Math.abs((found.incidenceDeg[match] ?? 0) - approach.incidenceDeg),
      );
    }
    for (const i of left) faults.push(`invented: ${name}, ${zone} ${cell}, ${(found.atMs[i] ?? 0) - DAY.start} ms`);
  });
  return { faults, worstMs, worstDeg, count };
}

const zones = Object.keys(GRIDS) as ZoneName[];

test("each cell within reach is met once a pass, at the moment abeam: none missing, none invented", (t) => {
  const results = NAMES.flatMap((name) =>
    zones.flatMap((zone) => Object.values(REACHES).map((reaches) => compare(name, zone, reaches))),
  );
  assert.deepEqual(
    results.flatMap(({ faults }) => faults),
    [],
  );
  const count = results.reduce((sum, r) => sum + r.count, 0);
  assert.ok(count > 10_000, `only ${count} opportunities`);
  const [worstMs, worstDeg] = [Math.max(...results.map((r) => r.worstMs)), Math.max(...results.map((r) => r.worstDeg))];
  t.diagnostic(`${count} opportunities, worst ${worstMs} ms, ${worstDeg} deg`);
  assertWithin("sweep-time", worstMs);
  assertWithin("sweep-angle", worstDeg);
});

test("eccentric orbits (0.35, 0.46) too: none missing, none invented", () => {
  const faults = ["PODSAT", "TACSAT 4"].flatMap((name) =>
    zones.flatMap((zone) => Object.values(REACHES).flatMap((reaches) => compare(name, zone, reaches).faults)),
  );
  assert.deepEqual(faults, []);
});

test("every reach, zone and satellite of the comparison has opportunities to compare", () => {
  for (const reaches of Object.values(REACHES)) {
    assert.ok(zones.every((zone) => NAMES.some((name) => compare(name, zone, reaches).count > 20)));
  }
  for (const name of NAMES) assert.ok(compare(name, "globe", REACHES["incidence to 85"] ?? []).count > 100, name);
});

test("planted faults: 60 ms late, angles 0.003 deg off, the wrong cell, the wrong side are caught", () => {
  const radar = REACHES["radar 20 to 55, right"] ?? assert.fail();
  const plain = compare("SENTINEL-1A", "hemisphere", radar);
  assert.deepEqual(plain.faults, []);
  assert.ok(!isCaught("sweep-time", plain.worstMs) && !isCaught("sweep-angle", plain.worstDeg));
  const alter = (change: Partial<Opportunities>) =>
    compare("SENTINEL-1A", "hemisphere", radar, (o) => ({ ...o, ...change }));
  const { atMs, offNadirDeg, incidenceDeg, cell } = sweepOf("SENTINEL-1A", "hemisphere", radar);
  assert.ok(isCaught("sweep-time", alter({ atMs: atMs.map((ms) => ms + 60) }).worstMs));
  assert.ok(isCaught("sweep-angle", alter({ offNadirDeg: offNadirDeg.map((deg) => deg + 0.003) }).worstDeg));
  assert.ok(isCaught("sweep-angle", alter({ incidenceDeg: incidenceDeg.map((deg) => deg + 0.003) }).worstDeg));
  assert.ok(alter({ cell: cell.map((c) => (c === cell[0] ? c + 1 : c)) }).faults.length > 1);
  const left = sweepOf(
    "SENTINEL-1A",
    "hemisphere",
    radar.map((reach) => ({ ...reach, side: "left" as const })),
  );
  const { faults } = compare("SENTINEL-1A", "hemisphere", radar, () => left);
  assert.ok(
    faults.some((fault) => fault.startsWith("missing")) && faults.some((fault) => fault.startsWith("not in reach")),
  );
});
