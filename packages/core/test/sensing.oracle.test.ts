/** The physics of sensing against published tables and examples; each gate is shown to fail by a planted fault. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bulgeKm, EARTH_RADIUS_KM, grazingDeg, horizonKm, LIGHT_BENDING, sightKm } from "../src/link/horizon.ts";
import { brightnessK, firePixelK, firePowerMw, flaggedChance, planckRadiance } from "../src/sense/heat.ts";
import { snrAtOneKmDb, snrDb } from "../src/sense/radar-equation.ts";
import { seaClutterDb, seaStateOf } from "../src/sense/sea-clutter.ts";
import { particleVelocityMmps } from "../src/sense/shake.ts";
import {
  contrastLeft01,
  cyclesOver,
  discriminationChance,
  foundShare01,
  illuminanceLux,
  JOHNSON_CYCLES,
  OPTICAL_RANGE_SHARE,
  resolvedShare01,
} from "../src/sense/sight.ts";
import { absorptionDbPerKm, levelDb, midbandHz, soundSpeedMps, sumDb } from "../src/sense/sound.ts";

// ISO 9613-2:1996, table 2: dB/km at 63 Hz to 8 kHz, printed to a tenth, made from ISO 9613-1 at exact midband frequencies.
const OCTAVES = [63, 125, 250, 500, 1000, 2000, 4000, 8000];
const ISO_9613_2 = [
  { temperatureC: 10, humidity01: 0.7, dbPerKm: [0.1, 0.4, 1.0, 1.9, 3.7, 9.7, 32.8, 117] },
  { temperatureC: 20, humidity01: 0.7, dbPerKm: [0.1, 0.3, 1.1, 2.8, 5.0, 9.0, 22.9, 76.6] },
  { temperatureC: 30, humidity01: 0.7, dbPerKm: [0.1, 0.3, 1.0, 3.1, 7.4, 12.7, 23.1, 59.3] },
  { temperatureC: 15, humidity01: 0.2, dbPerKm: [0.3, 0.6, 1.2, 2.7, 8.2, 28.2, 88.8, 202] },
  { temperatureC: 15, humidity01: 0.5, dbPerKm: [0.1, 0.5, 1.2, 2.2, 4.2, 10.8, 36.2, 129] },
  { temperatureC: 15, humidity01: 0.8, dbPerKm: [0.1, 0.3, 1.1, 2.4, 4.1, 8.3, 23.7, 82.8] },
] as const;
// ISO 9613-1:1993, table 1, as quoted in the tests of the ITA toolbox: three digits.
const ISO_9613_1 = [
  [-20, 0.1, 50, 0.589],
  [20, 0.15, 6300, 175],
  [20, 0.8, 50, 0.0501],
  [20, 0.8, 1000, 5.15],
  [20, 0.8, 10000, 105],
] as const;

const soundOff = (fault = 1) =>
  Math.max(
    ...ISO_9613_2.flatMap(({ dbPerKm, ...air }) =>
      dbPerKm.map((printed, i) => {
        const found = fault * absorptionDbPerKm(midbandHz(OCTAVES[i] as number), air);
        return Math.abs(found - printed) / (printed >= 100 ? 0.5 : 0.05);
      }),
    ),
    ...ISO_9613_1.map(([temperatureC, humidity01, hz, printed]) => {
      const found = fault * absorptionDbPerKm(midbandHz(hz), { temperatureC, humidity01 });
      return Math.abs(found / printed - 1) / 0.005;
    }),
  );

test("absorption of sound: 53 entries of ISO 9613-1 and -2, each to half of its last digit", () => {
  // 1.1: the standard's own exact midbands end in more digits than a rounding holds.
  assert.ok(soundOff() < 1.1, `${soundOff()}`);
  assert.ok(soundOff(1.03) > 1.1, "a planted fault of 3 %");
});

test("a sound falls by 6 dB with each doubling, and two equal sounds add 3 dB", () => {
  assert.ok(Math.abs(levelDb(150, 1, 0) - levelDb(150, 2, 0) - 6.0206) < 1e-4);
  assert.ok(Math.abs(levelDb(150, 0.001, 0) - 150) < 1e-12);
  assert.ok(Math.abs(sumDb(60, 60) - 63.0103) < 1e-4);
  assert.ok(Math.abs(soundSpeedMps(20) - 343.2) < 1e-9);
});

// Nathanson's measured means, horizontal polarisation, as printed with the NRL report (approved for public release):
// 9.3 GHz; rows: sea states 0 to 6, columns: 0.1, 0.3, 1, 3 and 10 degrees; null: none measured.
const GRAZING = [0.1, 0.3, 1, 3, 10];
const NATHANSON_9_3_HH = [
  [null, -74, -60, -58, -56],
  [-71, -66, -51, -50, -51],
  [-59, -56, -46, -43, -43],
  [-53, -46, -40, -39, -37],
  [-48, -42, -36, -35, -34],
  [-42, -39, -34, -33, -30],
  [null, -34, -32, -30, -27],
];
const NATHANSON_3_HH = [
  [-90, -83, -75, -68, null],
  [-80, -74, -66, -59, null],
  [-75, -66, -55, -53, -51],
  [-68, -60, -48, -46, -46],
  [-63, -55, -45, -41, -40],
  [-63, -52, -42, -40, -38],
  [null, -46, -41, -37, -37],
];

function meanOffDb(fault = 0): number {
  const off = [
    { ghz: 9.3, table: NATHANSON_9_3_HH },
    { ghz: 3, table: NATHANSON_3_HH },
  ].flatMap(({ ghz, table }) =>
    table.flatMap((row, state) =>
      row.flatMap((printed, i) =>
        printed === null ? [] : [Math.abs(seaClutterDb(GRAZING[i] as number, state, ghz) + fault - printed)],
      ),
    ),
  );
  assert.equal(off.length, 65);
  return off.reduce((sum, x) => sum + x, 0) / off.length;
}

test("echo of the sea: Nathanson's 65 means at 3 and 9.3 GHz within the 2.3 dB that the report states", () => {
  assert.ok(meanOffDb() < 2.3, `${meanOffDb()}`);
  assert.ok(meanOffDb(4) > 2.3, "a planted fault of 4 dB");
  // WMO code table 3700.
  assert.deepEqual([0, 0.05, 0.3, 1, 2, 3, 5, 8, 12, 20].map(seaStateOf), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("the radar equation: the two worked examples of MathWorks' radareqsnr", () => {
  const first = snrAtOneKmDb({ energyJ: 1e6 * 0.2e-6, gainDb: 20, frequencyGhz: 1, noiseFigureDb: 0, lossDb: 0 });
  assert.ok(Math.abs(snrDb(first, 50, 1) - 5.5868) < 0.005, `${snrDb(first, 50, 1)}`);
  // 300 K instead of 290 K is a noise figure of 0.147 dB.
  const noiseFigureDb = 10 * Math.log10(300 / 290);
  const second = snrAtOneKmDb({ energyJ: 1e6 * 1e-6, gainDb: 40, frequencyGhz: 10, noiseFigureDb, lossDb: 3 });
  assert.ok(Math.abs(snrDb(second, 100, 0.5) - 14.3778) < 0.005, `${snrDb(second, 100, 0.5)}`);
  assert.ok(Math.abs(snrDb(second, 100, 0.5, 0.01) - snrDb(second, 100, 0.5) + 2) < 1e-9);
});

test("the radio horizon: FS-1037C's 2.23 nautical miles times the root of the height", () => {
  for (const [a, b] of [
    [10, 0],
    [30, 4],
    [100, 1000],
    [2000, 5],
  ] as const) {
    const published = 1.852 * 2.23 * (Math.sqrt(a) + Math.sqrt(b));
    assert.ok(Math.abs(sightKm(a, b) / published - 1) < 0.003, `${a} ${b}: ${sightKm(a, b)} ${published}`);
  }
  assert.ok(horizonKm(100, LIGHT_BENDING) < horizonKm(100));
  assert.equal(horizonKm(-5), 0);
});

test("grazing angle: nothing at the horizon, a flat Earth's near by, the exact triangle between", () => {
  assert.equal(grazingDeg(30, horizonKm(30) + 0.01), 0);
  assert.ok(grazingDeg(30, horizonKm(30) - 0.1) > 0);
  assert.ok(Math.abs(grazingDeg(30, 1) - (Math.asin(0.03) * 180) / Math.PI) < 0.005);
  // The triangle solved by another road: from the angle at the Earth's centre.
  const radius = (4 / 3) * EARTH_RADIUS_KM;
  for (const theta of [1e-4, 1e-3, 2e-3]) {
    const range = Math.hypot(radius * Math.sin(theta), radius + 0.5 - radius * Math.cos(theta));
    const up = ((radius + 0.5) * Math.cos(theta) - radius) / range;
    assert.ok(Math.abs(grazingDeg(500, range) - (Math.asin(up) * 180) / Math.PI) < 1e-6);
  }
  assert.ok(Math.abs(bulgeKm(25, 25) - 625 / (2 * radius)) < 1e-12);
});

// Chance by multiple of the 50 % criterion, as commonly quoted of the Night Vision Laboratory's static performance model.
const TRANSFER = [
  [3, 1],
  [2, 0.95],
  [1.5, 0.8],
  [1, 0.5],
  [0.75, 0.3],
  [0.5, 0.1],
  [0.25, 0.02],
] as const;

test("Johnson's criteria: half at 1, 1.4, 4 and 6.4 line pairs, and the tabulated transfer function within 0.025", () => {
  for (const cycles of Object.values(JOHNSON_CYCLES)) assert.equal(discriminationChance(cycles, cycles), 0.5);
  for (const [multiple, p] of TRANSFER)
    assert.ok(
      Math.abs(discriminationChance(multiple, 1) - p) < 0.025,
      `${multiple}: ${discriminationChance(multiple, 1)}`,
    );
  assert.equal(discriminationChance(0, 1), 0);
  assert.equal(discriminationChance(1e6, 1), 1);
  // A vehicle of 2.3 m at 1.15 km by pixels of 1 mrad: one line pair.
  assert.ok(Math.abs(cyclesOver(2.3, 1.15, 1) - 1) < 1e-12);
});

test("search: a tenth of an hour finds nearly all that can be found, one glance little; more fields, less", () => {
  assert.ok(Math.abs(foundShare01(3.4, 1, 1) - (1 - Math.exp(-1))) < 1e-12);
  assert.ok(foundShare01(360, 0.7, 1) > 1 - 1e-12);
  assert.ok(foundShare01(10, 0.9, 20) < foundShare01(10, 0.9, 2));
  assert.ok(foundShare01(10, 0.2, 1) < foundShare01(10, 0.9, 1));
});

test("air and light: 2 % of contrast at the visibility; lights of 1, 5 and 10 nautical miles by IALA", () => {
  assert.ok(Math.abs(contrastLeft01(10, 10) - 0.02) < 1e-4);
  // The same air in both laws: what is left of a beam is what is left of a contrast.
  const beam = illuminanceLux(1e6, 5, 10 * OPTICAL_RANGE_SHARE) * 25;
  assert.ok(Math.abs(beam / contrastLeft01(5, 10) - 1) < 1e-3);
  assert.equal(resolvedShare01(0.01, 0.02), 0);
  assert.equal(resolvedShare01(1, 0.02), 1);
  // IALA's table of nominal ranges at 10 nautical miles of visibility: 1 M from 0.9 cd, 5 M from 77 cd, 10 M from 1,400 cd (rounded).
  for (const [candela, nauticalMiles] of [
    [0.9, 1],
    [77, 5],
    [1380, 10],
  ] as const) {
    const lux = illuminanceLux(candela, 1.852 * nauticalMiles, 18.52);
    assert.ok(Math.abs(lux / 2e-7 - 1) < 0.06, `${nauticalMiles}: ${lux}`);
  }
});

test("fire: Planck's law itself gives 3e-9 of radiance for flames of 700 to 1,350 K, within the 12 % stated for the method", () => {
  const sigma = 5.670374419e-8;
  for (let kelvin = 700; kelvin <= 1350; kelvin += 50) {
    // A flame that fills a ten-thousandth of a 1 km pixel, before a cold background.
    const powerMw = (sigma * kelvin ** 4 * 100) / 1e6;
    const pixel = { pixelM: 1000, backgroundK: 1, wavelengthUm: 3.96 };
    const method = planckRadiance(firePixelK(powerMw, pixel), 3.96);
    assert.ok(Math.abs(method / (planckRadiance(kelvin, 3.96) * 1e-4) - 1) < 0.14, `${kelvin}`);
  }
  assert.ok(Math.abs(brightnessK(planckRadiance(311, 3.74), 3.74) - 311) < 1e-9);
  // Wien: the peak of 300 K lies at 2897.77 / 300 um.
  const peak = 2897.771955 / 300;
  assert.ok(planckRadiance(300, peak) > planckRadiance(300, peak * 1.01));
  assert.ok(planckRadiance(300, peak) > planckRadiance(300, peak * 0.99));
});

test("fire: seven times less power is seen by pixels of 375 m than by those of 1 km; half are flagged at the threshold", () => {
  const of = (pixelM: number) => firePowerMw(310, { pixelM, backgroundK: 300, wavelengthUm: 3.74 });
  assert.ok(Math.abs(of(1000) / of(375) - (1000 / 375) ** 2) < 1e-9);
  const pixel = { pixelM: 375, backgroundK: 300, wavelengthUm: 3.74 };
  assert.ok(Math.abs(firePowerMw(firePixelK(3, pixel), pixel) - 3) < 1e-9);
  assert.equal(flaggedChance(310, 300, 10, 2), 0.5);
});

test("shaking falls with the power of the scaled distance", () => {
  const ground = { factor: 1140, exponent: 1.6 };
  // Four times the charge at twice the distance shakes alike.
  assert.ok(Math.abs(particleVelocityMmps(40, 2, ground) / particleVelocityMmps(10, 1, ground) - 1) < 1e-12);
  assert.ok(Math.abs(particleVelocityMmps(1, 0.001, ground) - 1140) < 1e-9);
});
