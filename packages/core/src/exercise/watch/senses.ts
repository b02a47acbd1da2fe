/**
 * The senses of an exercise: who looks at what, when, and what goes out as a report. They see the truth; what leaves them is `Report`
 * rows, of which headquarters is given all but the cause.
 */

import { KM_PER_DEG, kmBetween } from "../../motion/chart.ts";
import { Dice } from "../../numerics/dice.ts";
import type { EventQueue } from "../event-queue.ts";
import type { Entity, Scene } from "../scene.ts";
import type { TrueWorld } from "../truth/truth.ts";
import { Active, type SavedActive } from "./active.ts";
import { sensedS } from "./eyes.ts";
import { Fuses, type SavedFuses } from "./fusing.ts";
import { mistakesOf } from "./mistakes.ts";
import { type Movers, ON_STATION } from "./movers.ts";
import { Reports, type SavedReports } from "./reports.ts";
import { type SavedSights, Sights, sinceMs } from "./sights.ts";

/** Kinds of event that are the senses' own. */
export const LOOKS = 1;
export const ENDS = 2;
export const ERRS = 5;

export interface SavedSenses {
  readonly reports: SavedReports;
  readonly sights: SavedSights;
  readonly fuses: SavedFuses;
  readonly active: SavedActive;
  readonly seen: Uint8Array;
}

/** Assumed: a drone that comes upon a mark knows its age to a day. */
const UNWATCHED_MS = 86_400_000;
/** Assumed: what is mistaken for something is no further away, however far a sensor reaches. */
const ERRS_WITHIN_KM = 30;
/** From night to day. */
const LIGHT_MS = 6 * 3_600_000;

export class Senses {
  readonly reports: Reports;
  readonly sights: Sights;
  readonly fuses: Fuses;
  readonly #scene: Scene;
  readonly #world: TrueWorld;
  readonly #queue: EventQueue;
  readonly #movers: Movers;
  readonly #active: Active;
  /** A bit for each mover and thing: it has reported it. */
  readonly #seen: Uint8Array;
  readonly #errors: readonly Dice[];
  readonly #mistakes: readonly Uint16Array[];
  readonly #fixed: Int32Array;
  /** By entity and kind: how long it leaves something that the entity has a sense for, ms. */
  readonly #sensedMs: readonly Float64Array[];
  #near = new Int32Array(4096);

  constructor(scene: Scene, seed: number, world: TrueWorld, parts: { queue: EventQueue; movers: Movers }) {
    const { entities } = scene;
    const n = world.truth.tMs.length;
    this.#scene = scene;
    this.#world = world;
    this.#queue = parts.queue;
    this.#movers = parts.movers;
    this.reports = new Reports(scene, world, parts);
    this.fuses = new Fuses(scene, world.truth.kinds, { reports: this.reports, queue: parts.queue });
    this.sights = new Sights(scene, seed, world, { movers: parts.movers, fuses: this.fuses });
    this.#active = new Active(world.truth.latitudeDeg, world.truth.longitudeDeg);
    this.#seen = new Uint8Array(Math.ceil((n * parts.movers.count) / 8));
    const { kinds } = world.truth;
    const sensed = new Map(
      [...new Set(entities.map(({ law }) => law))].map((law) => [
        law,
        Float64Array.from(kinds, (kind) => 1000 * sensedS(law, kind)),
      ]),
    );
    this.#sensedMs = entities.map(({ law }) => sensed.get(law) as Float64Array);
    this.#errors = entities.map(({ id }) => new Dice(seed, id, "false alarm"));
    this.#mistakes = mistakesOf(entities, world.truth.kinds);
    // Satellites pass over; `Satellites` looks for them.
    this.#fixed = Int32Array.from(
      entities.flatMap(({ mover, satellite }, i) => (mover === undefined && satellite === undefined ? [i] : [])),
    );
  }

  /** First false alarms. */
  begin(): void {
    for (const [e, { satellite }] of this.#scene.entities.entries())
      if (satellite === undefined) this.#planFalse(e, 0, this.#scene.startMs);
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
    if (!this.sights.sees(e, row, { nowMs, number, seconds: everyMs / 1000, latitudeDeg, longitudeDeg, heightM })) {
      this.#planLook(e, row, entity.everyS > 0 ? this.#nextLook(entity, nowMs + 1) : this.#stareAgain(row, nowMs));
      return;
    }
    const { tMs } = this.#world.truth;
    const begun = tMs[row] as number;
    // Who stares saw it begin.
    const fromMs = entity.everyS === 0 && nowMs - begun <= everyMs ? begun : sinceMs(nowMs, begun, everyMs);
    this.sights.report(e, row, nowMs, fromMs);
  }

  /** All movers look round, once in a step. */
  lookRound(nowMs: number): void {
    const { stepMs, startMs, entities } = this.#scene;
    const movers = this.#movers;
    const number = Math.round((nowMs - startMs) / stepMs);
    for (let m = 0; m < movers.count; m++) {
      const e = movers.entity[m] as number;
      const entity = entities[e] as Entity;
      this.reports.links.feelJam(m, nowMs);
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
    const { rangeKm } = entity.law;
    const reachLatDeg = rangeKm / 111;
    // Meridians draw together towards the pole: nearest at the far edge.
    const leastCos = Math.max(0.01, Math.cos(((Math.abs(lat) + reachLatDeg) * Math.PI) / 180));
    const reachLonDeg = reachLatDeg / leastCos;
    const box = { latitudeDeg: lat, longitudeDeg: lon, reachLatDeg, reachLonDeg };
    const count = this.#around(box);
    const { tMs, latitudeDeg, longitudeDeg } = this.#world.truth;
    const look = { ...at, latitudeDeg: lat, longitudeDeg: lon, heightM: entity.heightM };
    for (let k = 0; k < count; k++) {
      const row = this.#near[k] as number;
      const bit = row * movers.count + m;
      if (((this.#seen[bit >> 3] as number) & (1 << (bit & 7))) !== 0) continue;
      if (this.#leftUntilMs(e, row) <= at.nowMs) continue;
      const [north, east] = [(latitudeDeg[row] as number) - lat, leastCos * ((longitudeDeg[row] as number) - lon)];
      if (north * north + east * east > reachLatDeg * reachLatDeg) continue;
      if (kmBetween(lat, lon, latitudeDeg[row] as number, longitudeDeg[row] as number) > rangeKm) continue;
      if (!this.sights.sees(e, row, look)) continue;
      this.#seen[bit >> 3] = (this.#seen[bit >> 3] as number) | (1 << (bit & 7));
      this.sights.report(e, row, at.nowMs, sinceMs(at.nowMs, tMs[row] as number, UNWATCHED_MS));
    }
  }

  /** All of them, into `#near`: what does not fit would go unseen. */
  #around(box: Parameters<Active["around"]>[0]): number {
    for (;;) {
      const count = this.#active.around(box, this.#near);
      if (count < this.#near.length) return count;
      this.#near = new Int32Array(2 * this.#near.length);
    }
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
    const km = Math.min(ERRS_WITHIN_KM, entity.law.rangeKm) * Math.sqrt(dice.uniformAt(number, 1));
    const angle = 2 * Math.PI * dice.uniformAt(number, 2);
    const latitudeDeg = lat + (km * Math.cos(angle)) / KM_PER_DEG;
    const longitudeDeg = lon + (km * Math.sin(angle)) / KM_PER_DEG / Math.cos((lat * Math.PI) / 180);
    const kinds = this.#mistakes[e] as Uint16Array;
    if (kinds.length === 0) return;
    const kind = kinds[Math.floor(dice.uniformAt(number, 3) * kinds.length)] as number;
    const everyMs = 1000 * Math.max(entity.everyS, 1);
    const radiusM = entity.law.declaredRadiusM(km, 0);
    this.fuses.take(e, { cause: -1, kind, latitudeDeg, longitudeDeg, radiusM, fromMs: nowMs - everyMs, nowMs });
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
    if (atMs < this.#leftUntilMs(e, row)) this.#queue.push(atMs, LOOKS, e, row);
  }

  /** When nothing is left of it that the entity has a sense for. */
  #leftUntilMs(e: number, row: number): number {
    const { tMs, kind } = this.#world.truth;
    return (tMs[row] as number) + ((this.#sensedMs[e] as Float64Array)[kind[row] as number] as number);
  }

  #planFalse(e: number, number: number, nowMs: number): void {
    const { falseAlarmsPerDay } = (this.#scene.entities[e] as Entity).law;
    if (!(falseAlarmsPerDay > 0)) return;
    const waits = -Math.log(1 - (this.#errors[e] as Dice).uniformAt(number, 0)) / falseAlarmsPerDay;
    this.#queue.push(nowMs + waits * 86_400_000, ERRS, e, number);
  }

  save(): SavedSenses {
    return {
      reports: this.reports.save(),
      sights: this.sights.save(),
      fuses: this.fuses.save(),
      active: this.#active.save(),
      seen: this.#seen.slice(),
    };
  }

  load(saved: SavedSenses): void {
    this.reports.load(saved.reports);
    this.sights.load(saved.sights);
    this.fuses.load(saved.fuses);
    this.#active.load(saved.active);
    // A world that goes on otherwise may be shorter: what is cut off had not begun.
    this.#seen.set(saved.seen.subarray(0, this.#seen.length));
  }
}

export function isInSector(
  { sector, latitudeDeg, longitudeDeg }: Pick<Entity, "sector" | "latitudeDeg" | "longitudeDeg">,
  lat: number,
  lon: number,
): boolean {
  if (sector === undefined || sector.widthDeg >= 360) return true;
  const east = (lon - longitudeDeg) * Math.cos((latitudeDeg * Math.PI) / 180);
  const off = (Math.atan2(east, lat - latitudeDeg) * 180) / Math.PI - sector.middleDeg;
  return Math.abs(off - 360 * Math.round(off / 360)) <= sector.widthDeg / 2;
}
