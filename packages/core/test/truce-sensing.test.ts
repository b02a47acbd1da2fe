/** What the shipped truce leaves, before the shipped sensors: ranges that monitors would know again, and age that tells. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { type Channel, type Signature, strengthAt } from "../src/exercise/truce/signature.ts";
import type { Figure } from "../src/network/network.ts";
import { detectionOf } from "../src/sense/detect.ts";
import { Look } from "../src/sense/look.ts";
import type { SensorModel } from "../src/sense/model.ts";
import { type Appearance, stimulate } from "../src/sense/signature.ts";
import { shipped } from "./sensor-fixture.ts";

type Row = { channel: Channel; strength: Figure; lastsS: Figure; fades: Signature["fades"] };
const file = parse(readFileSync(new URL("../../../data/truces/monitored-line.yaml", import.meta.url), "utf8")) as {
  signatures: Record<string, Row[]>;
};

function left(kind: string, channel: Channel): Signature {
  const row =
    file.signatures[kind]?.find((each) => each.channel === channel) ?? assert.fail(`${kind} leaves no ${channel}`);
  return { channel, fades: row.fades, strength: row.strength.value, lastsS: row.lastsS.value };
}

interface Sight {
  readonly model: SensorModel;
  readonly km: number;
  readonly change?: Partial<Look>;
  readonly appearance?: Appearance;
  readonly ageS?: number;
}

function chance(kind: string, channel: Channel, { model, km, change = {}, appearance, ageS = 0 }: Sight): number {
  const look = new Look();
  Object.assign(
    look,
    { slantKm: km, groundKm: km, sensorHeightM: 25, targetHeightM: 3, seconds: 600, windMps: 3 },
    change,
  );
  stimulate(look, channel, strengthAt(left(kind, channel), ageS), appearance);
  return Math.max(0, detectionOf(model, look));
}

const SHOT: Appearance = { contrast01: 0.3, riseK: 2, speedMps: 0, frequencyHz: 1000 };
const CONVOY: Appearance = { contrast01: 0.4, riseK: 5, speedMps: 7, frequencyHz: 100 };

test("a shell is heard for kilometres by posts, not across the country; a burst of small arms by a patrol near by", () => {
  const [post, ears] = [shipped("acoustic-post", "ear"), shipped("patrol-ears", "ear")];
  assert.ok(chance("explosion", "sound", { model: post, km: 6 }) > 0.9);
  assert.ok(chance("explosion", "sound", { model: post, km: 19 }) < 0.95);
  assert.ok(chance("explosion", "sound", { model: post, km: 12, change: { windMps: 14 } }) < 0.6);
  assert.ok(chance("burst", "sound", { model: ears, km: 1, appearance: SHOT }) > 0.8);
  assert.ok(chance("burst", "sound", { model: ears, km: 8, appearance: SHOT }) < 0.05);
});

test("muzzle flashes and flares show by night; a fireball by day too; one field of many is watched", () => {
  const camera = shipped("camera-day", "camera");
  const night = { sunDeg: -25 };
  assert.ok(chance("flash", "flash", { model: camera, km: 6, change: night }) > 0);
  assert.equal(chance("flash", "flash", { model: camera, km: 6 }), 0);
  assert.ok(Math.abs(chance("explosion", "flash", { model: camera, km: 6 }) - 1 / 15) < 1e-12);
  assert.equal(chance("explosion", "flash", { model: camera, km: 6, change: { ...night, cued: true } }), 1);
});

test("a drone finds a fresh crater, an old one less; a column is seen by radar; nothing by what is over", () => {
  const drone = shipped("drone-day", "camera");
  const above = { sensorHeightM: 2500, seconds: 300 };
  const fresh = chance("explosion", "crater", { model: drone, km: 3, change: above });
  const old = chance("explosion", "crater", { model: drone, km: 3, change: above, ageS: 50 * 86_400 });
  assert.ok(fresh > 0.5 && old < fresh, `${fresh} ${old}`);
  const radar = shipped("ground-radar", "radar");
  assert.ok(chance("armoured-move", "track", { model: radar, km: 10, appearance: CONVOY }) > 0.9);
  assert.equal(chance("armoured-move", "track", { model: radar, km: 10, appearance: CONVOY, ageS: 1e7 }), 0);
  const post = shipped("acoustic-post", "ear");
  assert.equal(chance("explosion", "sound", { model: post, km: 3, ageS: 5 }), 0);
});

test("a burning power plant is seen from orbit by night through clear sky; a shell's heat is not", () => {
  const heat = shipped("heat-375", "satellite-heat");
  const night = { sunDeg: -25, incidenceDeg: 30 };
  assert.ok(chance("power-strike", "heat", { model: heat, km: 900, change: night, ageS: 3600 }) > 0.9);
  assert.ok(chance("explosion", "heat", { model: heat, km: 900, change: night, ageS: 60 }) < 0.3);
});

test("a ship stopped in a lane: told by its own AIS unless that is silenced; seen by coastal radar, aircraft and boats within their horizons", () => {
  const drifting: Appearance = { contrast01: 0.4, riseK: 5, speedMps: 1 };
  const afloat = { targetHeightM: 15, waveM: 0.8, seconds: 3600 };
  const sea = (id: string, model: SensorModel, km: number, heightM: number) =>
    chance(id, "track", { model, km, appearance: drifting, change: { ...afloat, sensorHeightM: heightM } });
  const ais = shipped("ais-station", "ais");
  const told = { model: ais, km: 40, appearance: drifting, change: { ...afloat, sensorHeightM: 40 } };
  assert.ok(chance("ship-interdicted", "ais", told) > 0.99);
  assert.ok(chance("ship-interdicted", "ais", { ...told, change: { ...told.change, seconds: 60 } }) < 0.5);
  assert.throws(() => left("ship-silenced", "ais"), /leaves no ais/);
  const coastal = shipped("coastal-radar", "radar");
  assert.ok(sea("ship-silenced", coastal, 35, 50) > 0.99);
  assert.equal(sea("ship-silenced", coastal, 60, 50), 0, "below the horizon");
  assert.ok(sea("ship-silenced", shipped("aircraft-radar", "radar"), 100, 3000) > 0.9);
  assert.ok(sea("ship-silenced", shipped("boat-radar", "radar"), 10, 4) > 0.5);
  assert.ok(sea("ship-silenced", shipped("boat-infrared", "camera"), 4, 4) > 0.3);
  assert.ok(sea("ship-silenced", shipped("aircraft-infrared", "camera"), 15, 3000) > 0.3);
});

test("seismic posts feel a shell within some kilometres, and a missile as far as they are asked", () => {
  const post = shipped("seismic-post", "geophone");
  assert.ok(chance("explosion", "shock", { model: post, km: 3 }) > 0.8);
  assert.ok(chance("explosion", "shock", { model: post, km: 19 }) < 0.5);
  assert.ok(chance("missile", "shock", { model: post, km: 19 }) > 0.6);
  assert.equal(chance("explosion", "sound", { model: post, km: 3 }), 0);
});
