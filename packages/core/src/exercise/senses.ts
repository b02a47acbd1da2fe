/**
 * The senses of an exercise: who looks at what, when, and what goes out as a report. They see the truth; what leaves them is `Report`
 * rows, of which headquarters is given all but the cause.
 */
import { Dice } from "../numerics/dice.ts";
import { Look } from "../sense/look.ts";
import { scatterInto } from "../sense/report.ts";
import { Active, type SavedActive } from "./active.ts";
import type { EventQueue } from "./event-queue.ts";
import { chanceOfLook } from "./eyes.ts";
import { kmBetween, type Movers, ON_STATION } from "./movers.ts";
import type { Air, Entity, Scene } from "./scene.ts";
import { type Columns, Rows } from "./truce-rows.ts";
import { JAMS_LINK, JAMS_NAVIGATION, type TrueWorld, type TruthKind } from "./truth.ts";

/** Kinds of event that are the senses' own. */
export const LOOKS = 1;
export const ENDS = 2;
export const SENDS = 3;
export const ARRIVES = 4;
export const ERRS = 5;

const REPORT_SHAPE = {
  entity: "i32",
  /** Row of the truth, or -1: the world's own knowledge, which no report carries. */
  cause: "i32",
  /** Index into the truth's kinds: only its name goes out. */
  kind: "u16",
  latitudeDeg: "f64",
  longitudeDeg: "f64",
  radiusM: "f64",
  /** It happened somewhere in it, as the report says. */
  fromMs: "f64",
  toMs: "f64",
  lookMs: "f64",
  arrivedMs: "f64",
} as const;
export type ReportRows = Rows<typeof REPORT_SHAPE>;
type SavedRows = Columns<typeof REPORT_SHAPE>;

/** Why nothing was seen, counted over looks: by index into REASONS; the last but one: looked and missed; the last: unknown. */
export const TALLY_LENGTH = 18;
export const MISSED = 16;
export const UNKNOWN = 17;

export interface SavedSenses {
  readonly reports: SavedRows;
  readonly active: SavedActive;
  readonly seen: Uint8Array;
  readonly firstSeenMs: Float64Array;
  readonly freeMs: Float64Array;
  readonly tally: Float64Array;
}

/** A drone that comes upon a mark knows no better when it was made. */
const UNWATCHED_MS = 86_400_000;
const RETRY_MS = 300_000;
/** From night to day. */
const LIGHT_MS = 6 * 3_600_000;

export class Senses {
  readonly reports: ReportRows = new Rows(REPORT_SHAPE, 1024);
  /** When each thing was first seen by anybody; NaN: never. */
  readonly firstSeenMs: Float64Array;
  readonly tally: Float64Array = new Float64Array(TALLY_LENGTH);
  readonly #scene: Scene;
  readonly #world: TrueWorld;
  readonly #queue: EventQueue;
  readonly #movers: Movers;
  readonly #air: Air | undefined;
  readonly #active: Active;
  /** A bit for each mover and thing: it has reported it. */
  readonly #seen: Uint8Array;
  readonly #dice: readonly Dice[];
  readonly #where: readonly Dice[];
  readonly #errors: readonly Dice[];
  readonly #freeMs: Float64Array;
  readonly #fixed: Int32Array;
  readonly #look = new Look();
  readonly #near = new Int32Array(4096);
  readonly #place = new Float64Array(2);
  readonly #throw = new Dice();

  constructor(scene: Scene, seed: number, world: TrueWorld, parts: { queue: EventQueue; movers: Movers }) {
    const { entities } = scene;
    const n = world.truth.tMs.length;
    this.#scene = scene;
    this.#world = world;
    this.#queue = parts.queue;
    this.#movers = parts.movers;
    this.#air = scene.air?.(seed);
    this.#active = new Active(world.truth.longitudeDeg);
    this.#seen = new Uint8Array(Math.ceil((n * parts.movers.count) / 8));
    this.firstSeenMs = new Float64Array(n).fill(Number.NaN);
    this.#dice = entities.map(({ id }) => new Dice(seed, id, "look"));
    this.#where = entities.map(({ id }) => new Dice(seed, id, "where"));
    this.#errors = entities.map(({ id }) => new Dice(seed, id, "false alarm"));
    this.#freeMs = new Float64Array(entities.length).fill(Number.NEGATIVE_INFINITY);
    this.#fixed = Int32Array.from(entities.flatMap(({ mover }, i) => (mover === undefined ? [i] : [])));
  }

  /** First false alarms. */
  begin(): void {
    for (let e = 0; e < this.#scene.entities.length; e++) this.#planFalse(e, 0, this.#scene.startMs);
  }

  /** A thing begins: those who stare look, those who come by will. */
  born(row: number): void {
    const { tMs, endMs, latitudeDeg, longitudeDeg } = this.#world.truth;
    const [at, end] = [tMs[row] as number, endMs[row] as number];
    const [lat, lon] = [latitudeDeg[row] as number, longitudeDeg[row] as number];
    if (this.#movers.count > 0) {
      this.#active.add(row);
      this.#queue.push(end, ENDS, row, 0);
    }
    for (let k = 0; k < this.#fixed.length; k++) {
      const e = this.#fixed[k] as number;
      const entity = this.#scene.entities[e] as Entity;
      if (Math.abs(lat - entity.latitudeDeg) * 111 > entity.law.rangeKm) continue;
      const km = kmBetween(lat, lon, entity.latitudeDeg, entity.longitudeDeg);
      if (km > entity.law.rangeKm || !isInSector(entity, lat, lon)) continue;
      if (entity.everyS > 0) this.#planLook(e, row, this.#nextLook(entity, at));
      else this.look(e, row, at);
    }
  }

  ended(row: number): void {
    this.#active.remove(row);
  }

  /** One look of a fixed entity. */
  look(e: number, row: number, nowMs: number): void {
    const entity = this.#scene.entities[e] as Entity;
    const { startMs, stareS } = this.#scene;
    const everyMs = 1000 * (entity.everyS > 0 ? entity.everyS : stareS);
    const number = Math.floor((nowMs - startMs) / everyMs) + 1;
    const { latitudeDeg, longitudeDeg, heightM } = entity;
    if (!this.#sees(e, row, { nowMs, number, seconds: everyMs / 1000, latitudeDeg, longitudeDeg, heightM })) {
      this.#planLook(e, row, entity.everyS > 0 ? this.#nextLook(entity, nowMs + 1) : this.#stareAgain(row, nowMs));
      return;
    }
    const { tMs } = this.#world.truth;
    const fromMs = entity.everyS > 0 ? nowMs - everyMs : Math.max(tMs[row] as number, nowMs - everyMs);
    this.#report(e, row, nowMs, fromMs);
  }

  /** All movers look round, once in a step. */
  lookRound(nowMs: number): void {
    const { stepMs, startMs, entities } = this.#scene;
    const movers = this.#movers;
    const number = Math.round((nowMs - startMs) / stepMs);
    for (let m = 0; m < movers.count; m++) {
      const e = movers.entity[m] as number;
      const entity = entities[e] as Entity;
      this.#feelJam(m, entity, nowMs);
      if (movers.phase[m] !== ON_STATION) continue;
      const every = Math.max(1, Math.round((1000 * entity.everyS) / stepMs));
      if (number % every !== 0) continue;
      this.#lookFrom(m, e, { nowMs, number, seconds: (every * stepMs) / 1000 });
    }
  }

  #lookFrom(m: number, e: number, at: { nowMs: number; number: number; seconds: number }): void {
    const movers = this.#movers;
    const entity = this.#scene.entities[e] as Entity;
    const [lat, lon] = [movers.latitudeDeg[m] as number, movers.longitudeDeg[m] as number];
    const reachDeg = entity.law.rangeKm / (111 * Math.cos((lat * Math.PI) / 180));
    const count = this.#active.around(lon, reachDeg, this.#near);
    const { latitudeDeg, longitudeDeg, endMs } = this.#world.truth;
    for (let k = 0; k < count; k++) {
      const row = this.#near[k] as number;
      const bit = row * movers.count + m;
      if (((this.#seen[bit >> 3] as number) & (1 << (bit & 7))) !== 0) continue;
      if ((endMs[row] as number) <= at.nowMs) continue;
      const km = kmBetween(lat, lon, latitudeDeg[row] as number, longitudeDeg[row] as number);
      if (km > entity.law.rangeKm) continue;
      const from = { latitudeDeg: lat, longitudeDeg: lon, heightM: entity.heightM };
      if (!this.#sees(e, row, { ...at, ...from })) continue;
      this.#seen[bit >> 3] = (this.#seen[bit >> 3] as number) | (1 << (bit & 7));
      this.#report(e, row, at.nowMs, at.nowMs - UNWATCHED_MS);
    }
  }

  #sees(e: number, row: number, at: LookAt): boolean {
    const { tMs, kind, kinds, strength, key, latitudeDeg, longitudeDeg } = this.#world.truth;
    const entity = this.#scene.entities[e] as Entity;
    const [lat, lon] = [latitudeDeg[row] as number, longitudeDeg[row] as number];
    const look = this.#look;
    const what = kinds[kind[row] as number] as TruthKind;
    look.groundKm = kmBetween(at.latitudeDeg, at.longitudeDeg, lat, lon);
    look.sensorHeightM = at.heightM;
    look.targetHeightM = what.heightM;
    look.slantKm = Math.hypot(look.groundKm, (at.heightM - what.heightM) / 1000);
    look.seconds = at.seconds;
    this.#air?.(look, lat, lon, at.nowMs);
    const ageS = (at.nowMs - (tMs[row] as number)) / 1000;
    const answer = chanceOfLook(entity.law, look, what, ageS, strength[row] as number);
    if (answer > 0 && (this.#dice[e] as Dice).uniformAt(key[row] as number, at.number) < answer) return true;
    const why = answer > 0 ? MISSED : Number.isNaN(answer) ? UNKNOWN : -answer;
    this.tally[why] = (this.tally[why] as number) + 1;
    return false;
  }

  /** What goes out, and where and when the report says that it was. */
  #report(e: number, row: number, nowMs: number, fromMs: number): void {
    const { latitudeDeg, longitudeDeg, kind, key } = this.#world.truth;
    const entity = this.#scene.entities[e] as Entity;
    const m = entity.mover === undefined ? -1 : this.#movers.entity.indexOf(e);
    const lostMs = m < 0 ? Number.NaN : (this.#movers.lostSinceMs[m] as number);
    const withoutS = Number.isNaN(lostMs) ? 0 : (nowMs - lostMs) / 1000;
    const slantKm = this.#look.slantKm;
    const dice = (this.#where[e] as Dice).branch(key[row] as number, this.#throw);
    const [lat, lon] = [latitudeDeg[row] as number, longitudeDeg[row] as number];
    scatterInto(lat, lon, entity.law.radiusM(slantKm, withoutS), dice, this.#place);
    if (Number.isNaN(this.firstSeenMs[row] as number)) this.firstSeenMs[row] = nowMs;
    const radiusM = entity.law.declaredRadiusM(slantKm, withoutS);
    this.#out(e, { cause: row, kind: kind[row] as number, radiusM, fromMs, nowMs });
  }

  /** A report of nothing: anywhere within reach, of any kind. */
  err(e: number, number: number, nowMs: number): void {
    this.#planFalse(e, number + 1, nowMs);
    const entity = this.#scene.entities[e] as Entity;
    const m = entity.mover === undefined ? -1 : this.#movers.entity.indexOf(e);
    if (m >= 0 && this.#movers.phase[m] !== ON_STATION) return;
    const dice = this.#errors[e] as Dice;
    const lat = m < 0 ? entity.latitudeDeg : (this.#movers.latitudeDeg[m] as number);
    const lon = m < 0 ? entity.longitudeDeg : (this.#movers.longitudeDeg[m] as number);
    const km = Math.min(30, entity.law.rangeKm) * Math.sqrt(dice.uniformAt(number, 1));
    const angle = 2 * Math.PI * dice.uniformAt(number, 2);
    this.#place[0] = lat + (km * Math.cos(angle)) / 111.195;
    this.#place[1] = lon + (km * Math.sin(angle)) / 111.195 / Math.cos((lat * Math.PI) / 180);
    const kinds = this.#world.truth.kinds.length;
    if (kinds === 0) return;
    const kind = Math.floor(dice.uniformAt(number, 3) * kinds);
    const everyMs = 1000 * Math.max(entity.everyS, 1);
    this.#out(e, { cause: -1, kind, radiusM: entity.law.declaredRadiusM(km, 0), fromMs: nowMs - everyMs, nowMs });
  }

  #out(e: number, told: { cause: number; kind: number; radiusM: number; fromMs: number; nowMs: number }): void {
    const row = this.reports.add();
    const { columns } = this.reports;
    columns.entity[row] = e;
    columns.cause[row] = told.cause;
    columns.kind[row] = told.kind;
    columns.latitudeDeg[row] = this.#place[0] as number;
    columns.longitudeDeg[row] = this.#place[1] as number;
    columns.radiusM[row] = told.radiusM;
    columns.fromMs[row] = Math.floor(told.fromMs);
    columns.toMs[row] = Math.floor(told.nowMs) + 1000;
    columns.lookMs[row] = told.nowMs;
    columns.arrivedMs[row] = Number.NaN;
    const { law } = this.#scene.entities[e] as Entity;
    this.#queue.push(told.nowMs + law.delayMs, SENDS, row, 0);
  }

  /** Store and forward: it waits while the link is jammed, then for those before it. */
  send(report: number, nowMs: number): void {
    const e = this.reports.columns.entity[report] as number;
    const entity = this.#scene.entities[e] as Entity;
    if (entity.jammable && (this.#jammedAt(e, entity, nowMs) & JAMS_LINK) !== 0) {
      this.#queue.push(nowMs + RETRY_MS, SENDS, report, 0);
      return;
    }
    const begins = Math.max(nowMs, this.#freeMs[e] as number);
    const arrives = begins + (1000 * entity.law.bits) / entity.linkBps;
    this.#freeMs[e] = arrives;
    this.#queue.push(Math.ceil(arrives), ARRIVES, report, 0);
  }

  arrived(report: number, nowMs: number): void {
    this.reports.columns.arrivedMs[report] = nowMs;
  }

  #feelJam(m: number, entity: Entity, nowMs: number): void {
    const { lostSinceMs } = this.#movers;
    if (!entity.jammable) return;
    const jammed = this.#jammedAt(this.#movers.entity[m] as number, entity, nowMs) & JAMS_NAVIGATION;
    if (jammed === 0) lostSinceMs[m] = Number.NaN;
    else if (Number.isNaN(lostSinceMs[m] as number)) lostSinceMs[m] = nowMs;
  }

  #jammedAt(e: number, entity: Entity, nowMs: number): number {
    const { fromMs, toMs, latitudeDeg, longitudeDeg, reachKm, bands } = this.#world.jams;
    const m = entity.mover === undefined ? -1 : this.#movers.entity.indexOf(e);
    const lat = m < 0 ? entity.latitudeDeg : (this.#movers.latitudeDeg[m] as number);
    const lon = m < 0 ? entity.longitudeDeg : (this.#movers.longitudeDeg[m] as number);
    let mask = 0;
    for (let j = 0; j < fromMs.length && (fromMs[j] as number) <= nowMs; j++) {
      if ((toMs[j] as number) <= nowMs) continue;
      const km = kmBetween(lat, lon, latitudeDeg[j] as number, longitudeDeg[j] as number);
      if (km <= (reachKm[j] as number)) mask |= bands[j] as number;
    }
    return mask;
  }

  #nextLook({ everyS, phaseS }: Entity, fromMs: number): number {
    const { startMs } = this.#scene;
    const [every, phase] = [1000 * everyS, 1000 * phaseS];
    return startMs + phase + every * Math.max(0, Math.ceil((fromMs - startMs - phase) / every));
  }

  /** The same eyes on the same mark see no more at once: they look again after as long as it has been there, with the light at the latest. */
  #stareAgain(row: number, nowMs: number): number {
    const ageMs = nowMs - (this.#world.truth.tMs[row] as number);
    return nowMs + Math.min(LIGHT_MS, Math.max(1000 * this.#scene.stareS, ageMs));
  }

  #planLook(e: number, row: number, atMs: number): void {
    if (atMs < (this.#world.truth.endMs[row] as number)) this.#queue.push(atMs, LOOKS, e, row);
  }

  #planFalse(e: number, number: number, nowMs: number): void {
    const { falseAlarmsPerDay } = (this.#scene.entities[e] as Entity).law;
    if (!(falseAlarmsPerDay > 0)) return;
    const waits = -Math.log(1 - (this.#errors[e] as Dice).uniformAt(number, 0)) / falseAlarmsPerDay;
    this.#queue.push(nowMs + waits * 86_400_000, ERRS, e, number);
  }

  save(): SavedSenses {
    return {
      reports: this.reports.taken(Uint32Array.from({ length: this.reports.length }, (_, i) => i)),
      active: this.#active.save(),
      seen: this.#seen.slice(),
      firstSeenMs: this.firstSeenMs.slice(),
      freeMs: this.#freeMs.slice(),
      tally: this.tally.slice(),
    };
  }

  load(saved: SavedSenses): void {
    this.reports.clear();
    for (let i = 0; i < saved.reports.entity.length; i++) this.reports.add();
    for (const name of Object.keys(REPORT_SHAPE) as (keyof typeof REPORT_SHAPE)[]) {
      this.reports.columns[name].set(saved.reports[name]);
    }
    this.#active.load(saved.active);
    // A world that goes on otherwise may be shorter: what is cut off had not begun.
    this.#seen.set(saved.seen.subarray(0, this.#seen.length));
    this.firstSeenMs.set(saved.firstSeenMs.subarray(0, this.firstSeenMs.length));
    this.#freeMs.set(saved.freeMs);
    this.tally.set(saved.tally);
  }
}

interface LookAt {
  readonly nowMs: number;
  /** Of the look, among this entity's. */
  readonly number: number;
  readonly seconds: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly heightM: number;
}

function isInSector({ sector, latitudeDeg, longitudeDeg }: Entity, lat: number, lon: number): boolean {
  if (sector === undefined || sector.widthDeg >= 360) return true;
  const east = (lon - longitudeDeg) * Math.cos((latitudeDeg * Math.PI) / 180);
  const off = (Math.atan2(east, lat - latitudeDeg) * 180) / Math.PI - sector.middleDeg;
  return Math.abs(off - 360 * Math.round(off / 360)) <= sector.widthDeg / 2;
}
