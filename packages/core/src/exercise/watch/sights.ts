/** One look at one thing: what of it can be seen, thrown by its own die, and told or counted as missed. */

import { sightAcross, type Terrain } from "../../link/terrain.ts";
import { kmBetween } from "../../motion/chart.ts";
import { Dice } from "../../numerics/dice.ts";
import { farOf, Look, SIGHT_BLOCKED, SIGHT_CLEAR } from "../../sense/look.ts";
import { scatterInto } from "../../sense/report.ts";
import type { Air, Entity, Scene } from "../scene.ts";
import { isAtSea, type TrueWorld, type TruthKind } from "../truth/truth.ts";
import { chanceOfLook } from "./eyes.ts";
import type { Fuses } from "./fusing.ts";
import type { Movers } from "./movers.ts";
import type { Telling } from "./reports.ts";

/** Why nothing was seen, counted over looks: by index into REASONS; the last but one: looked and missed; the last: unknown. */
export const TALLY_LENGTH = 18;
export const MISSED = 16;
export const UNKNOWN = 17;

export interface SavedSights {
  readonly firstSeenMs: Float64Array;
  readonly tally: Float64Array;
  readonly furthest: Uint8Array;
}

/** How far a look got: one for which no sense was there less than any; unknown ground, and one that could have seen, most of all. */
const FAR: readonly number[] = Array.from({ length: TALLY_LENGTH }, (_, why) =>
  why === MISSED ? TALLY_LENGTH : farOf(-why),
);

export interface LookAt {
  readonly nowMs: number;
  /** Of the look, among this entity's. */
  readonly number: number;
  readonly seconds: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly heightM: number;
  /** Of satellites: at the target, from its vertical, and the way there. Left out: from the height and the way over flat ground. */
  readonly incidenceDeg?: number;
  readonly slantKm?: number;
}

/** Wind along the way from a thing to who listens, m/s; 0 where there is no way. */
function towardsMps(
  { windEastMps, windNorthMps }: Look,
  { latitudeDeg, longitudeDeg }: LookAt,
  lat: number,
  lon: number,
): number {
  const [north, east] = [latitudeDeg - lat, (longitudeDeg - lon) * Math.cos(lat * DEG)];
  const way = Math.hypot(north, east);
  return way === 0 ? 0 : (windEastMps * east + windNorthMps * north) / way;
}

/**
 * Since when a thing may have been there, as a report says: for as long as nobody had looked, ms; of what is older, as many such times as hold its age
 * (assumed: who comes upon an old mark tells that it is old). Else the report would name a time at which nothing happened.
 */
export const sinceMs = (nowMs: number, tMs: number, unwatchedMs: number): number =>
  nowMs - unwatchedMs * Math.max(1, Math.ceil((nowMs - tMs) / unwatchedMs));

const DEG = Math.PI / 180;
/** From above it nothing on the ground stands in the way. */
const MOST_GROUND_M = 20_000;

function sightOf(terrain: Terrain, at: LookAt, latitudeDeg: number, longitudeDeg: number, heightM: number): number {
  const from = { latitudeDeg: at.latitudeDeg, longitudeDeg: at.longitudeDeg, aboveGroundM: at.heightM };
  const sight = sightAcross(terrain, from, { latitudeDeg, longitudeDeg, aboveGroundM: heightM });
  return sight === "clear" ? SIGHT_CLEAR : sight === "blocked" ? SIGHT_BLOCKED : Number.NaN;
}

export class Sights {
  /** When each thing was first seen by anybody; NaN: never. */
  readonly firstSeenMs: Float64Array;
  readonly tally: Float64Array = new Float64Array(TALLY_LENGTH);
  /** What stood in the way of the look at each thing that got furthest, as in the tally; 0: nobody looked. */
  readonly furthest: Uint8Array;
  readonly #scene: Scene;
  readonly #world: TrueWorld;
  readonly #movers: Movers;
  readonly #fuses: Fuses;
  readonly #air: Air | undefined;
  readonly #dice: readonly Dice[];
  readonly #where: readonly Dice[];
  readonly #look = new Look();
  readonly #place = new Float64Array(2);
  readonly #throw = new Dice();

  constructor(scene: Scene, seed: number, world: TrueWorld, parts: { movers: Movers; fuses: Fuses }) {
    const { entities } = scene;
    this.#scene = scene;
    this.#world = world;
    this.#movers = parts.movers;
    this.#fuses = parts.fuses;
    this.#air = scene.air?.(seed);
    this.firstSeenMs = new Float64Array(world.truth.tMs.length).fill(Number.NaN);
    this.furthest = new Uint8Array(world.truth.tMs.length);
    this.#dice = entities.map(({ id }) => new Dice(seed, id, "look"));
    this.#where = entities.map(({ id }) => new Dice(seed, id, "where"));
  }

  /** Whether it is seen; if not, why is counted. */
  sees(e: number, row: number, at: LookAt): boolean {
    const { tMs, kind, kinds, strength, key, latitudeDeg, longitudeDeg } = this.#world.truth;
    const entity = this.#scene.entities[e] as Entity;
    const [lat, lon] = [latitudeDeg[row] as number, longitudeDeg[row] as number];
    const look = this.#look;
    const what = kinds[kind[row] as number] as TruthKind;
    look.groundKm = kmBetween(at.latitudeDeg, at.longitudeDeg, lat, lon);
    look.sensorHeightM = at.heightM;
    look.targetHeightM = what.heightM;
    look.slantKm = at.slantKm ?? Math.hypot(look.groundKm, (at.heightM - what.heightM) / 1000);
    look.incidenceDeg = at.incidenceDeg ?? 0;
    look.seconds = at.seconds;
    this.#air?.(look, lat, lon, at.nowMs, isAtSea(what));
    look.windTowardsMps = towardsMps(look, at, lat, lon);
    const ageS = (at.nowMs - (tMs[row] as number)) / 1000;
    look.sight = SIGHT_CLEAR;
    let answer = chanceOfLook(entity.law, look, what, ageS, strength[row] as number);
    if (answer > 0 && this.#scene.terrain !== undefined && at.heightM < MOST_GROUND_M) {
      look.sight = sightOf(this.#scene.terrain, at, lat, lon, what.heightM);
      answer = chanceOfLook(entity.law, look, what, ageS, strength[row] as number);
    }
    if (answer > 0 && (this.#dice[e] as Dice).uniformAt(key[row] as number, at.number) < answer) return true;
    const why = answer > 0 ? MISSED : Number.isNaN(answer) ? UNKNOWN : -answer;
    this.tally[why] = (this.tally[why] as number) + 1;
    if ((FAR[why] as number) > (FAR[this.furthest[row] as number] as number)) this.furthest[row] = why;
    return false;
  }

  /** After a look that saw it: where and when the report says that it was. */
  report(e: number, row: number, nowMs: number, fromMs: number): void {
    this.#fuses.take(e, this.tellingOf(e, row, nowMs, fromMs));
  }

  /** The same for one who sends it later, as satellites do. */
  tellingOf(e: number, row: number, nowMs: number, fromMs: number): Telling {
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
    const place = { latitudeDeg: this.#place[0] as number, longitudeDeg: this.#place[1] as number };
    return { cause: row, kind: kind[row] as number, ...place, radiusM, fromMs, nowMs };
  }

  save(): SavedSights {
    return { firstSeenMs: this.firstSeenMs.slice(), tally: this.tally.slice(), furthest: this.furthest.slice() };
  }

  load({ firstSeenMs, tally, furthest }: SavedSights): void {
    // A world that goes on otherwise may be shorter: what is cut off had not begun.
    this.firstSeenMs.set(firstSeenMs.subarray(0, this.firstSeenMs.length));
    this.tally.set(tally);
    this.furthest.set(furthest.subarray(0, this.furthest.length));
  }
}
