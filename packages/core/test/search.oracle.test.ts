/** Searches: closed forms against an independent program's, and flown patterns and seeded looks against the closed forms. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { destinationOf, polarOf } from "../src/geo/geodesic.ts";
import type { Place } from "../src/geo/position.ts";
import { roundOf } from "../src/motion/patterns.ts";
import { Dice } from "../src/numerics/dice.ts";
import {
  definiteSweeps01,
  inverseCubeLateral01,
  inverseCubeSweeps01,
  lanes,
  lanesAt01,
  meanDelayS,
  periodicLooks01,
  periodicLooksFading01,
  randomSearch01,
  sweepWidthKm,
} from "../src/sense/search.ts";

interface Oracle {
  readonly random_search: readonly { readonly C: number; readonly formula: number; readonly mc: number }[];
  readonly inverse_cube_parallel: readonly { readonly C: number; readonly formula: number; readonly mc: number }[];
  readonly mcm_lanes: readonly {
    readonly A: number;
    readonly B: number;
    readonly D: number;
    readonly sigma: number;
    readonly J: number;
    readonly mean: number;
    readonly min: number;
    readonly mc: number;
  }[];
}
const oracle: Oracle = JSON.parse(readFileSync(new URL("../oracle/search.closed-forms.json", import.meta.url), "utf8"));

test("random search, inverse cube sweeps and lanes equal the independent closed forms", () => {
  assert.equal(oracle.random_search.length + oracle.inverse_cube_parallel.length + oracle.mcm_lanes.length, 16);
  for (const { C, formula } of oracle.random_search) assert.ok(Math.abs(randomSearch01(C) - formula) < 1e-12);
  for (const { C, formula } of oracle.inverse_cube_parallel)
    assert.ok(Math.abs(inverseCubeSweeps01(C) - formula) < 1e-9);
  for (const { A, B, D, sigma, J, mean, min } of oracle.mcm_lanes) {
    const lane = { widthM: A, chance01: B, spacingM: D, sigmaM: sigma, runs: J };
    const found = lanes(lane);
    assert.ok(Math.abs(found.mean01 - mean) < 1e-3, `${A} ${sigma}: ${found.mean01} ${mean}`);
    assert.ok(Math.abs(found.least01 - min) < 1e-4, `${A} ${sigma}: ${found.least01} ${min}`);
  }
  assert.ok(lanesAt01({ widthM: 100, chance01: 0.9, spacingM: 200, sigmaM: 1e-6, runs: 1 }, 80) < 1e-9);
});

test("the sweep width of the inverse cube law is the one it is made with", () => {
  const width = sweepWidthKm((x) => inverseCubeLateral01(x, 3), 600, 200_000);
  // Beyond the reach lies 2 w^2 / (4 pi reach).
  assert.ok(Math.abs(width + (2 * 9) / (4 * Math.PI * 600) - 3) < 1e-3, `${width}`);
  assert.equal(definiteSweeps01(0.4), 0.4);
  assert.equal(definiteSweeps01(2), 1);
});

/** How far a place lies from a leg, km; legs are long, the place lies beside them. */
function besideKm(place: Place, from: Place, to: Place): number {
  const [leg, off] = [polarOf(from, to), polarOf(from, place)];
  return Math.abs(off.km * Math.sin(((off.azimuthDeg - leg.azimuthDeg) * Math.PI) / 180));
}

/** Share of places drawn in the middle of a creeping-line search that it finds. */
function foundOnPattern(spacingKm: number, sweepKm: number, definite: boolean): number {
  const corner = { latitudeDeg: 47, longitudeDeg: 36 };
  const path = roundOf({
    kind: "creeping-line",
    corner,
    headingDeg: 0,
    aheadKm: 41 * spacingKm,
    acrossKm: 200,
    spacingKm,
  });
  const legs = Array.from({ length: 41 }, (_, i) => [path[2 * i] as Place, path[2 * i + 1] as Place] as const);
  const dice = new Dice(5, "pattern", spacingKm);
  let found = 0;
  const tries = 4000;
  for (let k = 0; k < tries; k++) {
    // In the middle of the area, so that its edges do not count.
    const ahead = (20 + dice.uniform()) * spacingKm;
    const right = dice.between(90, 110);
    const place = destinationOf(corner, (Math.atan2(right, ahead) * 180) / Math.PI, Math.hypot(ahead, right));
    let missed = 1;
    for (const [from, to] of legs) {
      const lateral = besideKm(place, from, to);
      missed *= definite ? (lateral <= sweepKm / 2 ? 0 : 1) : 1 - inverseCubeLateral01(lateral, sweepKm);
    }
    if (dice.uniform() >= missed) found++;
  }
  return found / tries;
}

test("parallel sweeps as flown on the ellipsoid find what the closed form says", () => {
  for (const [spacing, sweep] of [
    [4, 2],
    [4, 4],
    [4, 6],
  ] as const) {
    const expected = inverseCubeSweeps01(sweep / spacing);
    const found = foundOnPattern(spacing, sweep, false);
    assert.ok(
      Math.abs(found - expected) < 4 * Math.sqrt((expected * (1 - expected)) / 4000),
      `${sweep}: ${found} ${expected}`,
    );
  }
  const half = foundOnPattern(4, 2, true);
  assert.ok(Math.abs(half - 0.5) < 4 * Math.sqrt(0.25 / 4000), `${half}`);
});

/** Seeded looks at events of a Poisson process: share found, and mean delay of those. */
function watched(periodS: number, look01: number, lastsS: (dice: Dice) => number, seed: number) {
  const dice = new Dice(seed, "periodic", "looks");
  const tries = 40_000;
  let [found, delay, now] = [0, 0, 0];
  for (let k = 0; k < tries; k++) {
    now += dice.exponential() * 5000;
    const ends = now + lastsS(dice);
    for (let look = Math.ceil(now / periodS) * periodS; look < ends; look += periodS) {
      if (!dice.chance(look01)) continue;
      found++;
      delay += look - now;
      break;
    }
  }
  return { share: found / tries, delayS: delay / found };
}

test("periodic looks at a Poisson event find it as often as the closed forms say, and a planted fault is seen", () => {
  const sigma = (p: number) => 4 * Math.sqrt((p * (1 - p)) / 40_000);
  let seed = 1;
  for (const [period, lasts, p] of [
    [3600, 1200, 0.8],
    [3600, 9000, 0.5],
    [600, 600, 0.3],
    [86_400, 3 * 86_400, 0.35],
  ] as const) {
    const fixed = watched(period, p, () => lasts, seed++);
    const expected = periodicLooks01(period, lasts, p);
    assert.ok(Math.abs(fixed.share - expected) < sigma(expected), `${period} ${lasts}: ${fixed.share} ${expected}`);
    const fading = watched(period, p, (dice) => dice.exponential() * lasts, seed++);
    const expectedFading = periodicLooksFading01(period, lasts, p);
    assert.ok(Math.abs(fading.share - expectedFading) < sigma(expectedFading), `${fading.share} ${expectedFading}`);
    // Planted: a look that is 10 % worse.
    assert.ok(Math.abs(watched(period, 0.9 * p, () => lasts, seed++).share - expected) > sigma(expected));
  }
  const forever = watched(3600, 0.4, () => 1e9, 99);
  assert.ok(Math.abs(forever.delayS / meanDelayS(3600, 0.4) - 1) < 0.02);
});
