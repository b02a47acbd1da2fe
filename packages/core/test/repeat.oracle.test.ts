/** Repeat cycles that ESA publishes, on the satellites' real elements. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bracketedRoot } from "../src/numerics/search.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { ephemerisOf } from "../src/orbit/table.ts";
import { parseTle } from "../src/orbit/tle.ts";
import { type Instant, MS_PER_DAY, parseInstant } from "../src/time/instant.ts";
import { assertWithin, isCaught } from "./accuracy.ts";

interface Satellite {
  readonly name: string;
  readonly line1: string;
  readonly line2: string;
}
interface Cycle {
  readonly mission: string;
  readonly days: number;
  readonly orbits: number;
  readonly satellites: readonly Satellite[];
}

const { cycles }: { readonly cycles: readonly Cycle[] } = JSON.parse(
  readFileSync(new URL("../oracle/repeat.esa.json", import.meta.url), "utf8"),
);
const START = parseInstant("2026-06-15T00:00:00Z");

interface Node {
  readonly utcMs: number;
  readonly longitudeDeg: number;
}

/** Ascending nodes over a little more than `days`: where z turns positive. `faster` plants a fault in the mean motion. */
function ascendingNodes(satellite: Satellite, days: number, faster = 1): Node[] {
  const elements = parseTle(satellite);
  if (isRefusal(elements)) throw new Error(elements.message);
  const altered = { ...elements, meanMotionRevPerDay: elements.meanMotionRevPerDay * faster };
  const ephemeris = ephemerisOf(altered, { staleAfterMs: Number.POSITIVE_INFINITY });
  const at = (utcMs: number) => ephemeris(utcMs as Instant) ?? assert.fail(`no state at ${utcMs}`);
  const z = (utcMs: number) => at(utcMs).zKm;
  const found: Node[] = [];
  const stepMs = 300_000;
  for (let t: number = START; t < START + (days + 0.2) * MS_PER_DAY; t += stepMs) {
    if (!(z(t) < 0 && z(t + stepMs) >= 0)) continue;
    const utcMs = bracketedRoot(z, t, t + stepMs, 0.01);
    const { xKm, yKm } = at(utcMs);
    found.push({ utcMs, longitudeDeg: (Math.atan2(yKm, xKm) * 180) / Math.PI });
  }
  return found;
}

/** How far the node after the cycle's orbits is from the first, less the cycle's days: seconds, and degrees of longitude. */
function missOf(satellite: Satellite, { days, orbits }: Pick<Cycle, "days" | "orbits">, faster = 1) {
  const nodes = ascendingNodes(satellite, days, faster);
  const [first, again] = [nodes[0] ?? assert.fail(), nodes[orbits] ?? assert.fail(`only ${nodes.length} nodes`)];
  const turnDeg = again.longitudeDeg - first.longitudeDeg;
  return {
    seconds: Math.abs(again.utcMs - first.utcMs - days * MS_PER_DAY) / 1000,
    degrees: Math.abs(turnDeg - 360 * Math.round(turnDeg / 360)),
  };
}

const missesOf = (faster = 1) =>
  cycles.flatMap((cycle) =>
    cycle.satellites.map((satellite) => ({ name: satellite.name, ...missOf(satellite, cycle, faster) })),
  );

test("Sentinel-1 repeats after 12 days and 175 orbits, Sentinel-2 after 10 days and 143", (t) => {
  assert.deepEqual(
    cycles.map(({ mission, days, orbits }) => [mission, days, orbits]),
    [
      ["SENTINEL-1", 12, 175],
      ["SENTINEL-2", 10, 143],
    ],
  );
  const misses = missesOf();
  assert.equal(misses.length, 5);
  for (const miss of misses) t.diagnostic(JSON.stringify(miss));
  assertWithin("repeat-period", Math.max(...misses.map(({ seconds }) => seconds)));
  assertWithin("repeat-longitude", Math.max(...misses.map(({ degrees }) => degrees)));
});

test("planted fault: one orbit more or less, or a mean motion 0.01 % off, is caught", () => {
  const [cycle] = cycles;
  const [satellite] = cycle?.satellites ?? [];
  assert.ok(cycle !== undefined && satellite !== undefined);
  for (const orbits of [cycle.orbits - 1, cycle.orbits + 1]) {
    const { seconds, degrees } = missOf(satellite, { days: cycle.days, orbits });
    assert.ok(isCaught("repeat-period", seconds));
    assert.ok(isCaught("repeat-longitude", degrees));
  }
  for (const { seconds, degrees } of missesOf(1.0001)) {
    assert.ok(isCaught("repeat-period", seconds));
    assert.ok(isCaught("repeat-longitude", degrees));
  }
});
