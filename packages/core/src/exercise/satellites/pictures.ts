/**
 * What a strip shows: each thing that lies in it and still leaves something is judged by the sensor's own law, under the air and light of
 * that place and time; and what comes though nothing happened. The world's side: what leaves it are tellings, sent once the picture is down.
 */
import { ANGLE_STEP_DEG } from "../../access/sky.ts";
import { EARTH_RADIUS_KM } from "../../link/horizon.ts";
import { KM_PER_DEG, kmBetween } from "../../motion/chart.ts";
import { Dice } from "../../numerics/dice.ts";
import { MS_PER_DAY } from "../../time/instant.ts";
import type { Entity, Scene } from "../scene.ts";
import type { Channel } from "../truce/signature.ts";
import type { TrueWorld, TruthKind } from "../truth/truth.ts";
import type { Telling } from "../watch/reports.ts";
import { type Sights, sinceMs } from "../watch/sights.ts";
import { type PlacedThings, placeThings } from "./places.ts";
import { ACROSS_STEP_DEG, AT_STEP_MS, type LookingSensor } from "./sky.ts";
import type { Strip } from "./strips.ts";
import { GROUND_SPEED_KMPS } from "./tasking.ts";
import type { SatelliteSensor, SatelliteWatch } from "./watch.ts";

const DEG = Math.PI / 180;
/** Assumed of all: the way to the ground, which only reports whose place grows worse with it ask for. */
const ORBIT_KM = 550;
/** Nothing is followed for longer (truth.ts). */
const FOLLOWED_MS = 5 * MS_PER_DAY;
/** What falls by the same factor each moment is gone after so many of its lives: a quarter of a percent is left. */
const LIVES = 6;

export interface SavedPictures {
  readonly seen: Uint8Array;
  readonly alarmMs: Float64Array;
  readonly falseMs: Float64Array;
}

export interface PictureParts {
  readonly seed: number;
  readonly world: TrueWorld;
  readonly sights: Sights;
  /** Index of its entity for each sensor of the sky. */
  readonly entityOf: Int32Array;
}

export class Pictures {
  readonly #watch: SatelliteWatch;
  readonly #world: TrueWorld;
  readonly #sights: Sights;
  readonly #entityOf: Int32Array;
  readonly #entities: readonly Entity[];
  readonly #things: PlacedThings;
  /** For each sensor: by kind of the truth, for how long it leaves something for it, ms, 0 if nothing; and those kinds that do. */
  readonly #leavesMs: readonly Float64Array[];
  readonly #kinds: readonly Int32Array[];
  readonly #products: number;
  /** A bit for each product and thing: it has been reported. */
  readonly #seen: Uint8Array;
  /** By product: the last picture in which works or machines could be taken for something. */
  readonly #alarmMs: Float64Array;
  /** By product and place: the last look in which something hot, though nothing happened, could be. */
  readonly #falseMs: Float64Array;
  readonly #alarms: readonly Dice[];
  readonly #falses: readonly Dice[];

  constructor({ entities, startMs }: Scene, watch: SatelliteWatch, { seed, world, sights, entityOf }: PictureParts) {
    const { truth } = world;
    this.#watch = watch;
    this.#world = world;
    this.#sights = sights;
    this.#entityOf = entityOf;
    this.#entities = entities;
    this.#leavesMs = watch.sensors.map(({ channels }) =>
      Float64Array.from(truth.kinds, (kind) => 1000 * leavesS(kind, channels)),
    );
    this.#kinds = this.#leavesMs.map((ms) => Int32Array.from(ms.keys()).filter((kind) => (ms[kind] as number) > 0));
    const any = truth.kinds.map((_, kind) => this.#leavesMs.some((ms) => (ms[kind] as number) > 0));
    this.#things = placeThings(watch.places, truth, (row) => any[truth.kind[row] as number] === true);
    this.#products = watch.sensors.reduce((most, { product }) => Math.max(most, product + 1), 0);
    this.#seen = new Uint8Array(Math.ceil((truth.tMs.length * this.#products) / 8));
    this.#alarmMs = new Float64Array(this.#products).fill(startMs);
    this.#falseMs = new Float64Array(this.#products * watch.places.latitudeDeg.length).fill(startMs);
    const diceFor = (purpose: string) => watch.sky.sensors.map(({ id }) => new Dice(seed, id, purpose));
    [this.#alarms, this.#falses] = [diceFor("false alarm"), diceFor("background")];
  }

  /** One strip of one slot. */
  take(slot: number, strip: Strip): Telling[] {
    const { sky } = this.#watch;
    const k = sky.slots.sensor[slot] as number;
    const number = sky.slots.number[slot] as number;
    const told = this.#thingsIn(slot, strip);
    told.push(...this.#alarm(k, number, strip.rows), ...this.#background(k, number, strip.rows));
    return told;
  }

  #thingsIn(slot: number, strip: Strip): Telling[] {
    const { sky, places } = this.#watch;
    const { slots, rows } = sky;
    const { swathKm } = (sky.sensors[slots.sensor[slot] as number] as LookingSensor).look;
    // A thing lies up to so far from its place.
    const wide = swathKm / 2 + 2 * places.reachKm;
    const first = (strip.startMs - sky.startMs) / AT_STEP_MS;
    const last = (strip.endMs - sky.startMs) / AT_STEP_MS;
    const told: Telling[] = [];
    for (let row = slots.firstRow[slot] as number; row < (slots.firstRow[slot + 1] as number); row++) {
      if (Math.abs((rows.xKm[row] as number) - strip.xKm) > wide) continue;
      if ((rows.at[row] as number) < first || (rows.at[row] as number) > last) continue;
      this.#thingsAt(slot, row, strip.xKm, swathKm / 2, told);
    }
    return told;
  }

  #thingsAt(slot: number, row: number, middleKm: number, halfKm: number, told: Telling[]): void {
    const { sky, sensors } = this.#watch;
    const { tMs, endMs, kind, latitudeDeg, longitudeDeg } = this.#world.truth;
    const k = sky.slots.sensor[slot] as number;
    const p = sky.rows.place[row] as number;
    const atMs = sky.startMs + (sky.rows.at[row] as number) * AT_STEP_MS;
    const { product, beforeMs, channels } = sensors[k] as SatelliteSensor;
    const leavesMs = this.#leavesMs[k] as Float64Array;
    const last = this.#things.first[p + 1] as number;
    for (let i = this.#firstSince(p, atMs - FOLLOWED_MS); i < last; i++) {
      const thing = this.#things.row[i] as number;
      if ((tMs[thing] as number) > atMs) return;
      const gone = (tMs[thing] as number) + (leavesMs[kind[thing] as number] as number);
      if (gone <= atMs || (endMs[thing] as number) <= atMs) continue;
      const bit = thing * this.#products + product;
      if (((this.#seen[bit >> 3] as number) & (1 << (bit & 7))) !== 0) continue;
      const [lat, lon] = [latitudeDeg[thing] as number, longitudeDeg[thing] as number];
      if (Math.abs(this.xKmOf(row, lat, lon) - middleKm) > halfKm) continue;
      if (!this.#sees(slot, row, thing, atMs)) continue;
      this.#seen[bit >> 3] = (this.#seen[bit >> 3] as number) | (1 << (bit & 7));
      // What burns is seen to burn; when a mark was made is told.
      const fromMs = channels.includes("heat") ? atMs - beforeMs : sinceMs(atMs, tMs[thing] as number, beforeMs);
      told.push(this.#sights.tellingOf(this.#entityOf[k] as number, thing, atMs, fromMs));
    }
  }

  #sees(slot: number, row: number, thing: number, atMs: number): boolean {
    const { sky, places } = this.#watch;
    const k = sky.slots.sensor[slot] as number;
    const { latitudeDeg, longitudeDeg } = this.#world.truth;
    const incidenceDeg = (sky.rows.incidence[row] as number) * ANGLE_STEP_DEG;
    return this.#sights.sees(this.#entityOf[k] as number, thing, {
      nowMs: atMs,
      number: sky.slots.number[slot] as number,
      seconds: places.stepKm / GROUND_SPEED_KMPS,
      latitudeDeg: latitudeDeg[thing] as number,
      longitudeDeg: longitudeDeg[thing] as number,
      heightM: 1000 * ORBIT_KM,
      incidenceDeg,
      slantKm: slantKmAt(incidenceDeg),
    });
  }

  /** Across the ground track, of what lies near the place of a row. */
  xKmOf(row: number, latitudeDeg: number, longitudeDeg: number): number {
    const { sky, places } = this.#watch;
    const p = sky.rows.place[row] as number;
    const across = (sky.rows.across[row] as number) * ACROSS_STEP_DEG * DEG;
    const north = latitudeDeg - (places.latitudeDeg[p] as number);
    const east = (longitudeDeg - (places.longitudeDeg[p] as number)) * Math.cos(latitudeDeg * DEG);
    return (sky.rows.xKm[row] as number) + KM_PER_DEG * (north * Math.cos(across) + east * Math.sin(across));
  }

  /** Of the things about a place, the first that began then or later. */
  #firstSince(p: number, sinceMs: number): number {
    const { tMs } = this.#world.truth;
    let [low, high] = [this.#things.first[p] as number, this.#things.first[p + 1] as number];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tMs[this.#things.row[middle] as number] as number) < sinceMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Works and machines taken for something: as many a day as is declared of a source, in whatever pictures its satellites take. */
  #alarm(k: number, number: number, rows: readonly number[]): Telling[] {
    const { sky } = this.#watch;
    const { falseAlarmsPerDay } = (this.#entities[this.#entityOf[k] as number] as Entity).law;
    const row = rows[0];
    if (!(falseAlarmsPerDay > 0) || row === undefined) return [];
    const atMs = sky.startMs + (sky.rows.at[row] as number) * AT_STEP_MS;
    const { product } = this.#watch.sensors[k] as SatelliteSensor;
    const days = Math.max(0, Math.min(1, (atMs - (this.#alarmMs[product] as number)) / MS_PER_DAY));
    this.#alarmMs[product] = atMs;
    const dice = this.#alarms[k] as Dice;
    if (dice.uniformAt(number, 0) >= -Math.expm1(-falseAlarmsPerDay * days)) return [];
    const where = rows[Math.floor(dice.uniformAt(number, 1) * rows.length)] as number;
    return this.#nothing(k, where, dice, number, 2);
  }

  /** What is hot without cause: so many on each square kilometre and day, of all looks of one product together. */
  #background(k: number, number: number, rows: readonly number[]): Telling[] {
    const { sky, places, sensors } = this.#watch;
    const { falsePerKm2Day, product } = sensors[k] as SatelliteSensor;
    if (!(falsePerKm2Day > 0)) return [];
    const n = places.latitudeDeg.length;
    const dice = this.#falses[k] as Dice;
    return rows.flatMap((row) => {
      const p = sky.rows.place[row] as number;
      const atMs = sky.startMs + (sky.rows.at[row] as number) * AT_STEP_MS;
      const days = Math.max(0, Math.min(1, (atMs - (this.#falseMs[product * n + p] as number)) / MS_PER_DAY));
      this.#falseMs[product * n + p] = atMs;
      const expected = falsePerKm2Day * (places.areaKm2[p] as number) * days;
      return dice.uniformAt(number, 4 * p) < -Math.expm1(-expected)
        ? this.#nothing(k, row, dice, number, 4 * p + 1)
        : [];
    });
  }

  /** Somewhere about the place of a row, of any kind that the sensor can sense. @param at throws from there on */
  #nothing(k: number, row: number, dice: Dice, number: number, at: number): Telling[] {
    const { sky, places, sensors } = this.#watch;
    const kinds = this.#kinds[k] as Int32Array;
    if (kinds.length === 0) return [];
    const p = sky.rows.place[row] as number;
    const nowMs = sky.startMs + (sky.rows.at[row] as number) * AT_STEP_MS;
    const km = places.reachKm * Math.sqrt(dice.uniformAt(number, at));
    const angle = 2 * Math.PI * dice.uniformAt(number, at + 1);
    const latitudeDeg = (places.latitudeDeg[p] as number) + (km * Math.cos(angle)) / KM_PER_DEG;
    const longitudeDeg =
      (places.longitudeDeg[p] as number) + (km * Math.sin(angle)) / KM_PER_DEG / Math.cos(latitudeDeg * DEG);
    const { truth } = this.#world;
    const possible = kinds.filter((kind) => truth.kinds[kind]?.canBeAt?.(latitudeDeg, longitudeDeg) ?? true);
    const luck = dice.uniformAt(number, at + 2) * possible.length;
    const kind = possible[Math.floor(luck)];
    if (kind === undefined || luck - Math.floor(luck) >= (truth.kinds[kind]?.mistaken01 ?? 1)) return [];
    const { law } = this.#entities[this.#entityOf[k] as number] as Entity;
    const radiusM = law.declaredRadiusM(slantKmAt((sky.rows.incidence[row] as number) * ANGLE_STEP_DEG), 0);
    const fromMs = nowMs - (sensors[k] as SatelliteSensor).beforeMs;
    return [{ cause: -1, kind, latitudeDeg, longitudeDeg, radiusM, fromMs, nowMs }];
  }

  save(): SavedPictures {
    return { seen: this.#seen.slice(), alarmMs: this.#alarmMs.slice(), falseMs: this.#falseMs.slice() };
  }

  load({ seen, alarmMs, falseMs }: SavedPictures): void {
    // A world that goes on otherwise may be shorter: what is cut off had not begun.
    this.#seen.set(seen.subarray(0, this.#seen.length));
    this.#alarmMs.set(alarmMs);
    this.#falseMs.set(falseMs);
  }
}

function leavesS({ signatures }: TruthKind, channels: readonly Channel[]): number {
  return signatures.reduce(
    (most, { channel, lastsS, fades }) =>
      channels.includes(channel) ? Math.max(most, fades === "at-once" ? lastsS : LIVES * lastsS) : most,
    0,
  );
}

function slantKmAt(incidenceDeg: number): number {
  const [sin, cos] = [Math.sin(incidenceDeg * DEG), Math.cos(incidenceDeg * DEG)];
  return Math.sqrt((EARTH_RADIUS_KM + ORBIT_KM) ** 2 - (EARTH_RADIUS_KM * sin) ** 2) - EARTH_RADIUS_KM * cos;
}

/** Things of one kind near each other in one picture are one report, where kinds are put together at all. */
export function inGroups(told: readonly Telling[], reachKm: number, fuses: (kind: number) => boolean): Telling[][] {
  const groups: Telling[][] = [];
  for (const each of told) {
    const group = groups.find(
      ([first]) =>
        first !== undefined &&
        first.kind === each.kind &&
        fuses(each.kind) &&
        kmBetween(first.latitudeDeg, first.longitudeDeg, each.latitudeDeg, each.longitudeDeg) <= reachKm,
    );
    if (group === undefined) groups.push([each]);
    else group.push(each);
  }
  return groups;
}
