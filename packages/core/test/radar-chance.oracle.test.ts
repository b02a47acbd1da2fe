/** Detection by a radar: against SciPy by another road, and Albersheim's and Shnidman's equations against their published values. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { normalCdf, normalQuantile } from "../src/numerics/special.ts";
import {
  albersheimDb,
  chanceOn,
  type Detector,
  detectionChance,
  detectionCurve,
  type Swerling,
  shnidmanDb,
} from "../src/sense/radar-chance.ts";

interface Row extends Detector {
  readonly snrDb: number;
  readonly detection01: number;
}
const { rows }: { rows: readonly Row[] } = JSON.parse(
  readFileSync(new URL("../oracle/radar.swerling.json", import.meta.url), "utf8"),
);

const worstOff = (chance: (row: Row) => number) =>
  Math.max(...rows.map((row) => Math.abs(chance(row) - row.detection01)));

test("all of Swerling's cases, 1, 8 and 30 pulses, equal SciPy's noncentral chi-square averaged over the fluctuation", () => {
  assert.equal(rows.length, 150);
  assert.ok(worstOff((row) => detectionChance(10 ** (row.snrDb / 10), row)) < 2e-6);
});

test("a planted fault is seen: the shape of another case", () => {
  const wrong = (row: Row) => detectionChance(10 ** (row.snrDb / 10), { ...row, swerling: 1 as Swerling });
  assert.ok(worstOff(wrong) > 0.1);
});

test("the curve for inner loops is within 0.002 of the sum", () => {
  for (const swerling of [0, 1, 3] as const) {
    const detector = { falseAlarm01: 1e-6, pulses: 8, swerling };
    const curve = detectionCurve(detector);
    for (let db = -31; db < 40; db += 0.37)
      assert.ok(
        Math.abs(chanceOn(curve, db) - detectionChance(10 ** (db / 10), detector)) < 0.002,
        `${swerling} ${db}`,
      );
  }
});

// Required decibels for a false alarm of 1e-6: MATLAB's values, as kept in the tests of the sdr library (MIT).
const ALBERSHEIM_ONE_PULSE = [
  [0.1, 7.829920769472949],
  [0.5, 11.231984877880109],
  [0.9, 13.114544494322786],
] as const;
const AT_HALF = [
  // pulses, Albersheim, Shnidman
  [1, 11.231984877880109, 11.171613923710709],
  [10, 3.556291380845494, 3.745346308014405],
  [30, 0.515644335269712, 0.564527897904441],
  [40, -0.231629668145274, -0.226123038305275],
  [100, -2.514880224697833, -2.633013225970103],
  [1000, -7.863055239050709, -8.211273144667473],
] as const;
const SHNIDMAN_ONE_PULSE = [
  [0.1, 8.638219944424179],
  [0.9, 13.121692696758089],
  [0.95, 13.588328948705623],
] as const;

test("Albersheim's equation gives its published values", () => {
  for (const [p, db] of ALBERSHEIM_ONE_PULSE) assert.ok(Math.abs(albersheimDb(p, 1e-6, 1) - db) < 1e-9);
  for (const [n, db] of AT_HALF) assert.ok(Math.abs(albersheimDb(0.5, 1e-6, n) - db) < 1e-9);
});

test("Shnidman's equation gives its published values for steady targets", () => {
  const steady = (pulses: number): Detector => ({ falseAlarm01: 1e-6, pulses, swerling: 0 });
  for (const [p, db] of SHNIDMAN_ONE_PULSE) assert.ok(Math.abs(shnidmanDb(p, steady(1)) - db) < 1e-9);
  for (const [n, , db] of AT_HALF) assert.ok(Math.abs(shnidmanDb(0.5, steady(n)) - db) < 1e-9, `${n} pulses`);
});

test("what the two equations ask for gives the detection that they promise: Albersheim (of a linear detector) within 0.4 dB, Shnidman within 0.6", () => {
  for (const pulses of [1, 10, 50])
    for (const falseAlarm01 of [1e-4, 1e-6])
      for (const p of [0.3, 0.5, 0.9]) {
        const db = albersheimDb(p, falseAlarm01, pulses);
        heldBetween({ falseAlarm01, pulses, swerling: 0 }, p, db, 0.4);
        for (const swerling of [0, 1, 2, 3, 4] as const) {
          const detector = { falseAlarm01, pulses, swerling };
          heldBetween(detector, p, shnidmanDb(p, detector), 0.6);
        }
      }
});

/** The exact chance reaches `p` within so many decibels of `db`. */
function heldBetween(detector: Detector, p: number, db: number, withinDb: number): void {
  const at = (x: number) => detectionChance(10 ** (x / 10), detector);
  const words = `Swerling ${detector.swerling}, ${detector.pulses} pulses, ${detector.falseAlarm01}, ${p}`;
  assert.ok(at(db - withinDb) <= p && at(db + withinDb) >= p, `${words}: ${at(db - withinDb)} ${at(db + withinDb)}`);
}

test("the normal distribution: Abramowitz and Stegun 26.2 and its own inverse", () => {
  // A&S table 26.1 and 26.2.
  for (const [z, p] of [
    [0.5, 0.691462461274013],
    [1, 0.841344746068543],
    [2, 0.977249868051821],
    [3, 0.99865010196837],
    [5, 0.999999713348428],
  ] as const)
    assert.ok(Math.abs(normalCdf(z) - p) < 1e-14, `${z}`);
  assert.ok(Math.abs(normalCdf(-10) / 7.61985302416053e-24 - 1) < 1e-11);
  for (const p of [1e-12, 1e-5, 0.02, 0.3, 0.5, 0.97, 0.999999])
    assert.ok(Math.abs(normalCdf(normalQuantile(p)) / p - 1) < 1e-12, `${p}`);
  assert.ok(Math.abs(normalQuantile(0.975) - 1.959963984540054) < 1e-13);
});
