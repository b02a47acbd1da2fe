/** Every shipped sensor at work: what it sees, what it cannot and why, and that no varied figure breaks it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bandBit } from "../src/link/jamming.ts";
import { assumedFigures, countFigures, scaleAssumed } from "../src/network/figures.ts";
import { Dice } from "../src/numerics/dice.ts";
import { detectionOf } from "../src/sense/detect.ts";
import { aisIntervalS } from "../src/sense/listen.ts";
import { Look, REASONS, reasonOf } from "../src/sense/look.ts";
import { AS_DECLARED, declaredRadiusM, locationRadiusM, modelOf, type SensorModel } from "../src/sense/model.ts";
import { falsePlaceInto, nextFalseAlarmMs, reportDelayMs, scatterInto } from "../src/sense/report.ts";
import { BODY, CRATER, FLASH, HEAT, RADIO, SHOCK, SIGNATURES, SOUND, stimulate } from "../src/sense/signature.ts";
import { SENSORS, shipped, TABLES } from "./sensor-fixture.ts";

const look = (change: Partial<Look>): Look => Object.assign(new Look(), change);
/** A truck on a field, a fire, a blast: plain cases. */
const truck = (km: number, change: Partial<Look> = {}) =>
  look({
    signature: BODY,
    slantKm: km,
    groundKm: km,
    sensorHeightM: 30,
    targetHeightM: 2,
    sizeM: 2.3,
    contrast01: 0.4,
    riseK: 4,
    rcsM2: 10,
    speedMps: 8,
    seconds: 120,
    ...change,
  });
const blast = (km: number, change: Partial<Look> = {}) =>
  look({ signature: SOUND, slantKm: km, groundKm: km, soundDb: 190, windMps: 3, ...change });
const falls = (model: SensorModel, of: (km: number) => Look, kms: readonly number[]) => {
  const chances = kms.map((km) => detectionOf(model, of(km)));
  chances.slice(1).forEach((chance, i) => {
    const before = chances[i] as number;
    assert.ok(chance <= before + 1e-12, `${model.id}: ${chances}`);
  });
  return chances;
};

test("a ground radar sees a moving truck to its horizon, a walker less far, nothing that stands, less in rain", () => {
  const radar = shipped("ground-radar", "radar");
  const [near] = falls(radar, truck, [3, 8, 12, 16, 20, 24]);
  assert.ok((near as number) > 0.9);
  assert.equal(reasonOf(detectionOf(radar, truck(29))), "below-horizon");
  assert.equal(reasonOf(detectionOf(radar, truck(31))), "out-of-range");
  assert.equal(reasonOf(detectionOf(radar, truck(5, { speedMps: 0 }))), "too-slow");
  assert.equal(reasonOf(detectionOf(radar, truck(5, { jammed: bandBit("radar") }))), "jammed");
  assert.ok(detectionOf(radar, truck(5, { jammed: bandBit("satnav") })) > 0.9);
  const walker = detectionOf(radar, truck(16, { rcsM2: 0.5, speedMps: 1.2 }));
  assert.ok(walker < detectionOf(radar, truck(16)), `${walker}`);
  assert.ok(
    detectionOf(radar, truck(20, { rainMmPerH: 20, seconds: 12 })) < detectionOf(radar, truck(20, { seconds: 12 })),
  );
});

test("ground in the way hides, unknown ground leaves it unknown, and neither stops sound", () => {
  const radar = shipped("ground-radar", "radar");
  assert.equal(reasonOf(detectionOf(radar, truck(5, { sight: 1 }))), "behind-terrain");
  assert.ok(Number.isNaN(detectionOf(radar, truck(5, { sight: Number.NaN }))));
  // What is out of range is so whatever the ground is.
  assert.equal(reasonOf(detectionOf(radar, truck(31, { sight: Number.NaN }))), "out-of-range");
  const post = shipped("acoustic-post", "ear");
  assert.equal(detectionOf(post, blast(5, { sight: 1 })), detectionOf(post, blast(5)));
});

test("cameras: by day and by night, in haze and in fog, from above through cloud and trees", () => {
  const [day, warm] = [shipped("camera-day", "camera"), shipped("camera-thermal", "camera")];
  assert.ok((falls(day, truck, [1, 2, 4, 6, 8])[0] as number) > 0.9);
  falls(warm, truck, [1, 2, 4, 6, 8]);
  assert.equal(reasonOf(detectionOf(day, truck(2, { sunDeg: -10 }))), "dark");
  assert.ok(detectionOf(warm, truck(2, { sunDeg: -10 })) > 0.5);
  assert.equal(reasonOf(detectionOf(day, truck(4, { visibilityKm: 1 }))), "weather");
  assert.ok(detectionOf(warm, truck(3, { visibilityKm: 3 })) > detectionOf(day, truck(3, { visibilityKm: 3 })));
  const drone = shipped("drone-day", "camera");
  const above = (change: Partial<Look> = {}) => truck(5, { sensorHeightM: 3000, seconds: 60, ...change });
  assert.ok(detectionOf(drone, above()) > 0.1);
  assert.equal(reasonOf(detectionOf(drone, above({ cloudBaseM: 1500 }))), "cloud");
  assert.ok(detectionOf(drone, above({ cloudBaseM: 4000 })) > 0.1);
  assert.equal(reasonOf(detectionOf(drone, above({ hidden01: 1 }))), "hidden");
  const [open, half] = [detectionOf(drone, above()), detectionOf(drone, above({ hidden01: 0.5 }))];
  assert.ok(Math.abs(half / open - 0.5) < 1e-9);
  assert.equal(reasonOf(detectionOf(drone, above({ sizeM: 0.01 }))), "too-small");
  assert.ok(detectionOf(drone, above({ cued: true, seconds: 10 })) > 3 * detectionOf(drone, above({ seconds: 10 })));
  // Time helps up to what the picture can tell, and no further.
  const [brief, long] = [3600, 86_400].map((seconds) => detectionOf(drone, above({ seconds }))) as [number, number];
  assert.ok(long < 0.6 && long - brief < 1e-6, `${brief} ${long}`);
});

test("a flash is seen much further by night; a fire's heat by infrared through the dark; a crater fades", () => {
  const [day, warm] = [shipped("camera-day", "camera"), shipped("camera-thermal", "camera")];
  const flash = (sunDeg: number) =>
    look({
      signature: FLASH,
      slantKm: 11,
      groundKm: 11,
      flashWPerSr: 1500,
      sensorHeightM: 30,
      targetHeightM: 5,
      sunDeg,
    });
  assert.ok(detectionOf(day, flash(-20)) > 0);
  assert.equal(reasonOf(detectionOf(day, flash(40))), "weather");
  const fire = look({
    signature: HEAT,
    slantKm: 8,
    groundKm: 8,
    firePowerMw: 2,
    sensorHeightM: 30,
    targetHeightM: 5,
    sunDeg: -20,
    seconds: 600,
  });
  assert.ok(detectionOf(warm, fire) > 0.9);
  const drone = shipped("drone-day", "camera");
  const crater = (ageS: number) =>
    truck(4, {
      signature: CRATER,
      sensorHeightM: 3000,
      strength01: 1 - ageS / (5 * 86_400),
      seconds: 300,
    });
  assert.ok(detectionOf(drone, crater(0)) > detectionOf(drone, crater(4 * 86_400)));
  assert.equal(reasonOf(detectionOf(drone, crater(5 * 86_400))), "faded");
});

test("posts hear a blast kilometres away, less in wind and upwind; a geophone feels a heavy charge", () => {
  const post = shipped("acoustic-post", "ear");
  const chances = falls(post, blast, [1, 5, 10, 15, 20]);
  assert.ok((chances[0] as number) > 0.99 && (chances[4] as number) < (chances[0] as number));
  assert.ok(detectionOf(post, blast(15, { windMps: 14 })) < detectionOf(post, blast(15)));
  assert.ok(detectionOf(post, blast(15, { windTowardsMps: -8 })) < detectionOf(post, blast(15, { windTowardsMps: 8 })));
  const phone = shipped("seismic-post", "geophone");
  const shock = (km: number, chargeKg: number) =>
    look({ signature: SHOCK, slantKm: km, groundKm: km, chargeKg, windMps: 3 });
  assert.ok(detectionOf(phone, shock(5, 5)) > detectionOf(phone, shock(5, 0.05)));
  falls(phone, (km) => shock(km, 2), [1, 3, 6, 12, 20]);
  assert.equal(reasonOf(detectionOf(phone, blast(2))), "no-such-sense");
});

test("at sea: a boat is seen over waves, the rougher the less; a ship that tells its place is heard to its horizon", () => {
  const radar = shipped("coastal-radar", "radar");
  const boat = (waveM: number) =>
    truck(8, { rcsM2: 1, sensorHeightM: 60, targetHeightM: 1, speedMps: 10, waveM, seconds: 12 });
  const byState = [0.05, 0.3, 1, 2, 3, 5].map((waveM) => detectionOf(radar, boat(waveM)));
  assert.deepEqual(
    byState,
    [...byState].sort((a, b) => b - a),
  );
  assert.ok((byState[0] as number) > 0.9 && (byState[5] as number) < 0.5, `${byState}`);
  const ais = shipped("ais-station", "ais");
  const ship = (km: number, aisS: number) =>
    look({
      signature: RADIO,
      slantKm: km,
      groundKm: km,
      sensorHeightM: 60,
      targetHeightM: 20,
      aisIntervalS: aisS,
      seconds: 60,
    });
  // Six messages, each lost with 0.2.
  assert.ok(Math.abs(detectionOf(ais, ship(30, 10)) - (1 - 0.2 ** 6)) < 1e-9);
  assert.equal(reasonOf(detectionOf(ais, ship(60, 10))), "below-horizon");
  assert.equal(reasonOf(detectionOf(ais, ship(30, 0))), "no-such-sense");
  // ITU-R M.1371, in knots.
  assert.deepEqual(
    [1, 10, 20, 30].map((knots) => aisIntervalS(knots * 0.514444, "A")),
    [180, 10, 6, 2],
  );
  assert.deepEqual(
    [1, 10].map((knots) => aisIntervalS(knots * 0.514444, "B")),
    [180, 30],
  );
});

test("satellites: optical by day under clear sky, radar always, heat by power and pixel", () => {
  const optical = shipped("optical", "satellite-camera");
  const passed = (change: Partial<Look> = {}) => truck(700, { incidenceDeg: 20, ...change });
  const byGsd = [0.3, 0.5, 1, 3, 10].map((m) => detectionOf(optical, passed(), m));
  assert.ok((byGsd[0] as number) > 0.4 && (byGsd[2] as number) < 0.15 && (byGsd[4] as number) < 1e-3, `${byGsd}`);
  assert.deepEqual(
    byGsd,
    [...byGsd].sort((a, b) => b - a),
  );
  assert.equal(reasonOf(detectionOf(optical, passed({ cloudBaseM: 2000 }))), "cloud");
  assert.equal(reasonOf(detectionOf(optical, passed({ sunDeg: 5 }))), "dark");
  const radar = shipped("radar", "satellite-radar");
  assert.ok(detectionOf(radar, passed({ cloudBaseM: 2000, sunDeg: -40 }), 1) > 0.4);
  assert.ok(detectionOf(radar, passed(), 20) < 0.01);
  const [fine, coarse] = [shipped("heat-375", "satellite-heat"), shipped("heat-1000", "satellite-heat")];
  const fire = (firePowerMw: number, change: Partial<Look> = {}) =>
    look({ signature: HEAT, firePowerMw, sunDeg: -20, incidenceDeg: 20, ...change });
  assert.ok(detectionOf(fine, fire(3)) > 0.9, `${detectionOf(fine, fire(3))}`);
  assert.ok(detectionOf(coarse, fire(1)) < 0.1);
  assert.ok(detectionOf(coarse, fire(30)) > 0.9);
  assert.ok(detectionOf(fine, fire(1, { sunDeg: 40 })) < detectionOf(fine, fire(1)));
  assert.equal(reasonOf(detectionOf(fine, fire(50, { cloudBaseM: 1000 }))), "cloud");
});

test("what the world leaves, by channel and strength, is what the look then shows", () => {
  const seen = new Look();
  stimulate(seen, "sound", 110);
  assert.deepEqual([SIGNATURES[seen.signature], seen.soundDb, seen.strength01], ["sound", 170, 1]);
  stimulate(seen, "crater", 1.5);
  assert.deepEqual([SIGNATURES[seen.signature], seen.sizeM], ["crater", 1.5]);
  stimulate(seen, "track", Math.PI, { contrast01: 0.2, riseK: 5, speedMps: 12, frequencyHz: 50 });
  assert.deepEqual([SIGNATURES[seen.signature], seen.sizeM, seen.rcsM2, seen.speedMps], ["body", 2, Math.PI, 12]);
  stimulate(seen, "flash", 0);
  assert.equal(reasonOf(detectionOf(shipped("camera-day", "camera"), seen)), "faded");
  stimulate(seen, "sound", Number.NEGATIVE_INFINITY);
  assert.equal(seen.strength01, 0);
});

test("worse than declared: the truth changes, the declaration does not", () => {
  const worse = { detection: 0.5, falseAlarms: 3, location: 2, delay: 4 };
  const [fair, bad] = [shipped("ground-radar", "radar"), shipped("ground-radar", "radar", worse)];
  assert.ok(Math.abs(detectionOf(bad, truck(8)) / detectionOf(fair, truck(8)) - 0.5) < 1e-12);
  assert.equal(detectionOf(bad, truck(31)), detectionOf(fair, truck(31)));
  assert.ok(Math.abs(locationRadiusM(bad, 10) / locationRadiusM(fair, 10) - 2) < 1e-12);
  assert.equal(declaredRadiusM(bad, 10), locationRadiusM(fair, 10));
  assert.equal(reportDelayMs(bad), 4 * reportDelayMs(fair));
  const sensor = SENSORS["ground-radar"] ?? assert.fail();
  assert.throws(() => modelOf("x", sensor, { ...AS_DECLARED, delay: -1 }), /x: delay worse by a factor of -1/);
  assert.throws(() => modelOf("x", sensor, { ...AS_DECLARED, detection: 1.2 }), /better than declared: 1.2/);
});

test("without positions from satellites a drone's place becomes worse, a mast's does not, and the report says so", () => {
  const [drone, mast] = [shipped("drone-day", "camera"), shipped("camera-day", "camera")];
  assert.ok(declaredRadiusM(drone, 5, 600) > declaredRadiusM(drone, 5) + 400);
  assert.equal(declaredRadiusM(mast, 5, 600), declaredRadiusM(mast, 5));
});

test("reports scatter so that 95 of 100 lie within the radius; false alarms come as often as declared", () => {
  const dice = new Dice(1, "scatter", "test");
  const out = new Float64Array(2);
  let inside = 0;
  for (let i = 0; i < 20_000; i++) {
    scatterInto(48, 37, 500, dice, out);
    const [north, east] = [
      ((out[0] as number) - 48) * 111_195,
      ((out[1] as number) - 37) * 111_195 * Math.cos((48 * Math.PI) / 180),
    ];
    if (Math.hypot(north, east) <= 500) inside++;
  }
  // Four standard deviations of a share of 0.95 among 20,000.
  assert.ok(Math.abs(inside / 20_000 - 0.95) < 4 * Math.sqrt((0.95 * 0.05) / 20_000), `${inside}`);
  const radar = shipped("ground-radar", "radar");
  let [count, now] = [0, 0];
  for (; now < 1000 * 86_400_000; count++) now = nextFalseAlarmMs(radar, now, dice);
  assert.ok(Math.abs(count - 4000) < 4 * Math.sqrt(4000), `${count}`);
  assert.equal(nextFalseAlarmMs({ ...radar, falseAlarmsPerDay: 0 }, 0, dice), Number.POSITIVE_INFINITY);
  falsePlaceInto(radar, { latitudeDeg: 48, longitudeDeg: 37, reachKm: 10 }, dice, out);
  assert.ok(Math.abs((out[0] as number) - 48) < 0.1);
});

test("every figure is sourced or assumed; each assumed one, half as much again or half, leaves all answers sound", () => {
  let [sourced, varied] = [0, 0];
  for (const table of TABLES) {
    sourced += countFigures(table).sourced;
    const names = new Set(assumedFigures(table).map(({ name }) => name));
    assert.ok(names.size > 20);
    for (const name of names) {
      for (const factor of [0.5, 1.5]) {
        varied++;
        for (const [id, sensor] of Object.entries(scaleAssumed(table, name, factor).sensors))
          soundAnswers(id, modelOf(id, sensor));
      }
    }
  }
  assert.ok(sourced >= 10 && varied > 200, `${sourced} sourced, ${varied} variations`);
});

function soundAnswers(id: string, model: SensorModel): void {
  for (let signature = 0; signature < SIGNATURES.length; signature++) {
    for (const km of [0.2, 3, 12, 40]) {
      const each = truck(km, {
        signature,
        soundDb: 170,
        chargeKg: 3,
        firePowerMw: 5,
        flashWPerSr: 1e4,
        aisIntervalS: 10,
        incidenceDeg: 30,
      });
      const answer = detectionOf(model, each);
      const fits = answer >= 0 ? answer <= 1 : REASONS[-answer] !== undefined;
      assert.ok(fits, `${id}, ${SIGNATURES[signature]}, ${km} km: ${answer}`);
    }
  }
}
