/** What those who direct the watch are told: each mover's own state, and what headquarters knows of each area. Never the truth. */

import { kmBetween } from "../../motion/chart.ts";
import type { Exercise } from "../exercise.ts";
import { AT_BASE, STAY } from "../watch/movers.ts";
import type { Masks, Observations } from "./policy.ts";

/** Of the agent: share of its endurance that is left; base, out, on station, back (0 to 3); where; time of day; reports that wait to be read. */
export const OBSERVED = ["left01", "phase", "latitudeDeg", "longitudeDeg", "hourSin", "hourCos", "backlog"] as const;

/**
 * Of each area: its distance; hours since a mover was last there; movers bound for it or over it; incidents near it of the last six
 * hours that wait for a second witness, and that do not; whether the agent itself is bound for it; others of its nation that are.
 */
export const AREA_OBSERVED = ["km", "sinceH", "watchers", "openQuestions", "recent", "own", "kin"] as const;

export const observationLength = (areas: number): number => OBSERVED.length + areas * AREA_OBSERVED.length;
export const areaAt = (area: number): number => OBSERVED.length + area * AREA_OBSERVED.length;

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 86_400_000;
const KM_PER_DEG = 111;
/** What is known of an area: within so far of its middle. */
const AREA_KM = 25;
const RECENT_MS = 6 * MS_PER_HOUR;
const [SINCE, WATCHERS, QUESTIONS, RECENT, OWN, KIN] = [1, 2, 3, 4, 5, 6];
const WIDTH = AREA_OBSERVED.length;

export interface Seen {
  readonly observations: Observations;
  readonly masks: Masks;
}

/** Fills the same columns again and again: two sets in turn, so that what was seen before a step is still there after it. */
export class Observer {
  readonly #run: Exercise;
  /** When each area was last watched. */
  readonly #watchedMs: Float64Array;
  readonly #nations: Int32Array;
  readonly #known: Float32Array;
  readonly #sets: readonly [Seen, Seen];
  readonly #rows: readonly (readonly Float32Array[])[];
  readonly #masks: readonly (readonly Uint8Array[])[];
  readonly #patterns: number;
  /** Of each mover: where it stood, latitude and longitude, and how far each area was. */
  readonly #stoodDeg: Float64Array;
  readonly #km: readonly Float32Array[];
  #turn = 0;

  /** @param agents the movers' ids, in their order @param watchedMs when each area was last watched; left out: now */
  constructor(run: Exercise, agents: readonly string[], watchedMs?: Float64Array) {
    const { areas, patterns } = run.scene;
    this.#patterns = patterns.length;
    this.#run = run;
    this.#watchedMs = watchedMs?.slice() ?? new Float64Array(areas.length).fill(run.nowMs);
    this.#nations = nationsOf(run);
    this.#known = new Float32Array(areas.length * WIDTH);
    this.#stoodDeg = new Float64Array(2 * run.movers.count).fill(Number.NaN);
    this.#km = Array.from({ length: run.movers.count }, () => new Float32Array(areas.length));
    const rows = [0, 1].map(() => agents.map(() => new Float32Array(observationLength(areas.length))));
    const masks = [0, 1].map(() => agents.map(() => new Uint8Array(1 + areas.length * this.#patterns)));
    const named = <T>(each: readonly T[]): Record<string, T> =>
      Object.fromEntries(agents.map((agent, m) => [agent, each[m] as T]));
    const setOf = (k: 0 | 1): Seen => ({
      observations: named(rows[k] as Float32Array[]),
      masks: named(masks[k] as Uint8Array[]),
    });
    [this.#rows, this.#masks, this.#sets] = [rows, masks, [setOf(0), setOf(1)]];
  }

  get watchedMs(): Float64Array {
    return this.#watchedMs;
  }

  /** Which nation each mover is of: a number for each nation. */
  get nations(): Int32Array {
    return this.#nations;
  }

  /** After each step: areas over which somebody is have been watched until now. */
  note(): void {
    const { movers, nowMs } = this.#run;
    for (let m = 0; m < movers.count; m++) {
      const station = movers.area[m] as number;
      if (movers.phase[m] !== AT_BASE && station !== STAY)
        this.#watchedMs[Math.floor(station / this.#patterns)] = nowMs;
    }
  }

  look(): Seen {
    this.#turn = 1 - this.#turn;
    const [rows, masks] = [this.#rows[this.#turn], this.#masks[this.#turn]] as const;
    this.#learn();
    const { movers } = this.#run;
    for (let m = 0; m < movers.count; m++) {
      this.#observe(m, rows?.[m] as Float32Array);
      const mask = masks?.[m] as Uint8Array;
      mask[0] = 1;
      for (let station = 0; station < mask.length - 1; station++) mask[1 + station] = movers.canGo(m, station) ? 1 : 0;
    }
    return this.#sets[this.#turn as 0 | 1];
  }

  /** What is the same for all agents. */
  #learn(): void {
    const { movers, nowMs, headquarters, scene } = this.#run;
    const known = this.#known.fill(0);
    const { areas } = scene;
    for (let a = 0; a < areas.length; a++)
      known[a * WIDTH + SINCE] = (nowMs - (this.#watchedMs[a] as number)) / MS_PER_HOUR;
    for (let m = 0; m < movers.count; m++) {
      const area = this.#areaOf(m);
      if (area !== STAY) add(known, area * WIDTH + WATCHERS);
    }
    for (const { where, isOpen } of headquarters.openQuestions(nowMs - RECENT_MS)) {
      for (let a = 0; a < areas.length; a++) {
        const { latitudeDeg, longitudeDeg } = areas[a] as (typeof areas)[number];
        if (Math.abs(where.latitudeDeg - latitudeDeg) * KM_PER_DEG > AREA_KM) continue;
        if (kmBetween(where.latitudeDeg, where.longitudeDeg, latitudeDeg, longitudeDeg) > AREA_KM) continue;
        add(known, a * WIDTH + (isOpen ? QUESTIONS : RECENT));
      }
    }
  }

  #observe(m: number, out: Float32Array): void {
    const { movers, nowMs, headquarters, scene } = this.#run;
    const [lat, lon] = [movers.latitudeDeg[m] as number, movers.longitudeDeg[m] as number];
    const angle = ((nowMs % MS_PER_DAY) / MS_PER_DAY) * 2 * Math.PI;
    out[0] = movers.left01(m, nowMs);
    out[1] = movers.phase[m] as number;
    [out[2], out[3]] = [lat, lon];
    [out[4], out[5]] = [Math.sin(angle), Math.cos(angle)];
    out[6] = headquarters.backlog.waiting;
    out.set(this.#known, OBSERVED.length);
    const km = this.#kmFrom(m, lat, lon);
    for (let a = 0; a < scene.areas.length; a++) out[areaAt(a)] = km[a] as number;
    for (let other = 0; other < movers.count; other++) {
      const area = this.#areaOf(other);
      if (area === STAY) continue;
      if (other === m) out[areaAt(area) + OWN] = 1;
      else if (this.#nations[other] === this.#nations[m]) add(out, areaAt(area) + KIN);
    }
  }

  /** To each area; most movers stand where they stood. */
  #kmFrom(m: number, lat: number, lon: number): Float32Array {
    const km = this.#km[m] as Float32Array;
    const [latAt, lonAt] = [2 * m, 2 * m + 1];
    if (this.#stoodDeg[latAt] === lat && this.#stoodDeg[lonAt] === lon) return km;
    [this.#stoodDeg[latAt], this.#stoodDeg[lonAt]] = [lat, lon];
    const { areas } = this.#run.scene;
    for (let a = 0; a < areas.length; a++) {
      const { latitudeDeg, longitudeDeg } = areas[a] as (typeof areas)[number];
      km[a] = kmBetween(lat, lon, latitudeDeg, longitudeDeg);
    }
    return km;
  }

  /** That a mover is bound for or over. */
  #areaOf(m: number): number {
    const station = this.#run.movers.area[m] as number;
    return station === STAY ? STAY : Math.floor(station / this.#patterns);
  }
}

const add = (into: Float32Array, at: number): void => {
  into[at] = (into[at] as number) + 1;
};

function nationsOf({ scene, movers }: Exercise): Int32Array {
  const names = [...new Set(scene.entities.map(({ nation }) => nation))];
  return Int32Array.from(movers.entity, (entity) => names.indexOf(scene.entities[entity]?.nation ?? ""));
}
