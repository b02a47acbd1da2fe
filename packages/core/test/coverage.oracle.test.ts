/** Coverage against windows computed pair by pair: closest approaches by satellite.js, one satellite and one cell at a time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Kernel, kernelOf, type Machine } from "@vedette/kernel/kernel";
import type { CoverageSensor, Moments } from "../src/access/coverage.ts";
import { ledgerStateOf } from "../src/access/coverage-query.ts";
import { sweepCoverage } from "../src/access/coverage-sweep.ts";
import { centreOf } from "../src/geo/cells.ts";
import { sunElevationDeg } from "../src/geo/sun.ts";
import { MS_PER_HOUR } from "../src/time/instant.ts";
import { assertWithin, isCaught } from "./accuracy.ts";
import { type Approach, approachesOf, samplesOf, trackOf } from "./bruteforce-abeam.ts";
import { cellsAnywhere, DENSE, dice, LOW, planOver, SENSORS } from "./coverage-fixture.ts";
import { NEVER_STALE, spanOf } from "./real-sky.ts";

const SPAN = spanOf("2026-06-16T00:00:00Z", 48);
const PAIRS = 1000;
/** This near an edge of a band, a sun limit or the span an approach may rightly count or not. */
const HAIR_DEG = 0.005;
const HAIR_MS = 50;

/** Far out in an eccentric orbit a satellite hardly gains on the ground: there a moment abeam is not sharp (two of the set). */
const ROUND = 0.1;

const CELLS = [...DENSE.filter((_, i) => i % 4 === 0), ...cellsAnywhere(60, 5)];
/** Each satellite is a group of its own, with every kind of sensor, so that moments say whose they are. */
const FLEET = LOW.map(({ elements }, group) => ({ elements, table: NEVER_STALE, group, sensors: SENSORS }));
const PLAN = planOver(FLEET, SPAN, CELLS, CELLS);
const kernel: Kernel | undefined = kernelOf(globalThis as unknown as Machine);
const COVERAGE = sweepCoverage(PLAN, kernel);

/** Moments as arrays, wherever they lie. */
function momentsOf(): Moments {
  const { moments } = COVERAGE.swept;
  if ("first" in moments || kernel === undefined) return moments as Moments;
  const first = new Uint32Array(kernel.memory.buffer, moments.firstAt, CELLS.length + 1);
  const count = first.at(-1) ?? 0;
  const at = new Uint32Array(kernel.memory.buffer, moments.atAt, count);
  return { first, at, tag: new Uint16Array(kernel.memory.buffer, moments.tagAt, count) };
}

type Verdict = "yes" | "no" | "either";

function lookVerdict({ reach }: CoverageSensor, { offNadirDeg, incidenceDeg, isLeft }: Approach): Verdict {
  const angle = reach.angle === "offNadir" ? offNadirDeg : incidenceDeg;
  const inside = Math.min(reach.minDeg === 0 ? 90 : angle - reach.minDeg, reach.maxDeg - angle);
  if (inside < -HAIR_DEG) return "no";
  if (reach.side !== "both" && isLeft !== (reach.side === "left")) return "no";
  return inside > HAIR_DEG ? "yes" : "either";
}

interface Found {
  readonly faults: string[];
  count: number;
  worstMs: number;
  /** Of orbits of eccentricity above `ROUND`. */
  worstEccentricMs: number;
  lateMs: number;
}

/** `lateMs` plants a fault. */
function comparePairs(lateMs = 0, pairs = PAIRS): Found {
  const found: Found = { faults: [], count: 0, worstMs: 0, worstEccentricMs: 0, lateMs };
  const roll = dice(11);
  const perSatellite = Math.ceil(pairs / LOW.length);
  const moments = momentsOf();
  LOW.forEach((lines, satellite) => {
    const samples = samplesOf(trackOf(lines), SPAN.start, SPAN.end);
    const only = Uint8Array.from(LOW, (_, group) => (group === satellite ? 1 : 0));
    const states = SENSORS.map(({ kind }) => ledgerStateOf(COVERAGE, only, kind));
    for (let n = 0; n < perSatellite; n++) {
      const cell = Math.floor(roll() * CELLS.length);
      const place = centreOf(CELLS[cell] as string);
      const approaches = approachesOf(samples, place);
      for (const [k, sensor] of SENSORS.entries()) {
        compareMoments(found, moments, { satellite, cell, sensor, approaches });
        compareHours(found, states[k] as (cell: number, hour: number) => number, {
          satellite,
          cell,
          sensor,
          approaches,
        });
      }
    }
  });
  return found;
}

interface Pair {
  readonly satellite: number;
  readonly cell: number;
  readonly sensor: CoverageSensor;
  readonly approaches: readonly Approach[];
}

function daylight({ sensor, cell }: Pair, utcMs: number): Verdict {
  if (sensor.minSunElevationDeg <= -90) return "yes";
  const above = sunElevationDeg(centreOf(CELLS[cell] as string), utcMs) - sensor.minSunElevationDeg;
  return above > HAIR_DEG ? "yes" : above < -HAIR_DEG ? "no" : "either";
}

function compareMoments(found: Found, { first, at, tag }: Moments, pair: Pair): void {
  const { satellite, cell, sensor, approaches } = pair;
  const times: number[] = [];
  for (let row = first[cell] ?? 0; row < (first[cell + 1] ?? 0); row++) {
    const bits = tag[row] ?? 0;
    if (bits >> 4 === satellite && ((bits >> sensor.kind) & 1) === 1)
      times.push(SPAN.start + (at[row] ?? 0) + found.lateMs);
  }
  const left = new Set(times);
  for (const approach of approaches) {
    const verdicts = [lookVerdict(sensor, approach), daylight(pair, approach.utcMs), spanVerdict(approach.utcMs)];
    const match = times.find((time) => Math.abs(time - approach.utcMs) < 5000);
    const where = `${LOW[satellite]?.name}, cell ${cell}, kind ${sensor.kind}, ${approach.utcMs - SPAN.start} ms`;
    if (match === undefined) {
      if (verdicts.every((verdict) => verdict === "yes")) found.faults.push(`missing: ${where}`);
      continue;
    }
    if (verdicts.includes("no")) found.faults.push(`invented: ${where}`);
    left.delete(match);
    found.count++;
    // The stored millisecond is the one that the moment lies in.
    const offMs = Math.abs(match + 0.5 - approach.utcMs);
    if ((LOW[satellite]?.elements.eccentricity ?? 0) < ROUND) found.worstMs = Math.max(found.worstMs, offMs);
    else found.worstEccentricMs = Math.max(found.worstEccentricMs, offMs);
  }
  for (const time of left)
    found.faults.push(`invented: ${LOW[satellite]?.name}, cell ${cell}, ${time - SPAN.start} ms`);
}

function spanVerdict(utcMs: number): Verdict {
  const inside = Math.min(utcMs - SPAN.start, SPAN.end - utcMs);
  return inside > HAIR_MS ? "yes" : inside < -HAIR_MS ? "no" : "either";
}

/** The bits: observable in just the hours of such approaches, night in those that lack the sun. */
function compareHours(found: Found, stateAt: (cell: number, hour: number) => number, pair: Pair): void {
  const { satellite, cell, sensor, approaches } = pair;
  const expected = new Map<number, Set<Verdict | "night">>();
  for (const approach of approaches) {
    const look = lookVerdict(sensor, approach);
    if (look === "no") continue;
    const day = daylight(pair, approach.utcMs);
    const isSure = look === "yes" && day !== "either";
    for (const ms of [approach.utcMs - HAIR_MS, approach.utcMs + HAIR_MS]) {
      const hour = Math.floor((ms - SPAN.start) / MS_PER_HOUR);
      const isSplit = Math.floor((approach.utcMs - SPAN.start) / MS_PER_HOUR) !== hour;
      const set = expected.get(hour) ?? new Set();
      set.add(!isSure || isSplit ? "either" : day === "yes" ? "yes" : "night");
      expected.set(hour, set);
    }
  }
  for (let hour = 0; hour < PLAN.hours; hour++) {
    const set = expected.get(hour) ?? new Set(["no"]);
    if (set.has("either")) continue;
    const wanted = set.has("yes") ? 3 : set.has("night") ? 1 : 0;
    const state = stateAt(cell, hour);
    if (state !== wanted)
      found.faults.push(
        `${LOW[satellite]?.name}, cell ${cell}, kind ${sensor.kind}, hour ${hour}: ${state}, not ${wanted}`,
      );
  }
}

const FOUND = comparePairs();

test(`${PAIRS} random pairs of a satellite and a cell: the same looks as pair by pair, at the same times, in the same hours`, (t) => {
  assert.deepEqual(FOUND.faults, []);
  assert.ok(LOW.length * Math.ceil(PAIRS / LOW.length) >= PAIRS && FOUND.count > 1000, `${FOUND.count} looks`);
  t.diagnostic(
    `${LOW.length} satellites, ${FOUND.count} looks, worst ${FOUND.worstMs} ms, eccentric ${FOUND.worstEccentricMs} ms`,
  );
  assertWithin("coverage-time", FOUND.worstMs);
});

test("a planted fault, 60 ms late, is caught", () => {
  assert.ok(isCaught("coverage-time", comparePairs(60, 40).worstMs));
});
