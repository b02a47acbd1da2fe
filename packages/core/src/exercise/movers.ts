/** What moves, in fixed steps: out of its base to an area, round it, and home in time. Columns; nothing is made while it runs. */
import type { Entity, Mover } from "./scene.ts";

/** What a mover does. At its base it may be getting ready. */
export const AT_BASE = 0;
export const OUT = 1;
export const ON_STATION = 2;
export const BACK = 3;

/** An order: an area's index, or to be at the base. */
export const STAY = -1;

const KM_PER_DEG = 111.195;
const DEG = Math.PI / 180;

export interface SavedMovers {
  readonly f64: Float64Array;
  readonly i32: Int32Array;
}

export class Movers {
  readonly count: number;
  /** Index of its entity. */
  readonly entity: Int32Array;
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  /** When it left its base; when it is ready again. */
  readonly leftMs: Float64Array;
  readonly readyMs: Float64Array;
  readonly stationMs: Float64Array;
  /** Since when it has had no positions from satellites; NaN: it has. */
  readonly lostSinceMs: Float64Array;
  readonly phase: Int32Array;
  /** The area that it is ordered to; STAY. */
  readonly order: Int32Array;
  /** The area that it is bound for or over; STAY. */
  readonly area: Int32Array;
  readonly #point: Int32Array;
  readonly #f64: Float64Array;
  readonly #i32: Int32Array;
  readonly #movers: readonly Mover[];
  readonly #baseLat: Float64Array;
  readonly #baseLon: Float64Array;

  constructor(entities: readonly Entity[]) {
    const own = entities.flatMap(({ mover, ...entity }, i) => (mover === undefined ? [] : [{ entity, mover, i }]));
    const n = own.length;
    this.count = n;
    this.#movers = own.map(({ mover }) => mover);
    this.entity = Int32Array.from(own, ({ i }) => i);
    this.#baseLat = Float64Array.from(own, ({ entity }) => entity.latitudeDeg);
    this.#baseLon = Float64Array.from(own, ({ entity }) => entity.longitudeDeg);
    this.#f64 = new Float64Array(6 * n);
    this.#i32 = new Int32Array(4 * n);
    const column = (k: number): Float64Array => this.#f64.subarray(k * n, (k + 1) * n);
    const whole = (k: number): Int32Array => this.#i32.subarray(k * n, (k + 1) * n);
    [this.latitudeDeg, this.longitudeDeg, this.leftMs] = [column(0), column(1), column(2)];
    [this.readyMs, this.stationMs, this.lostSinceMs] = [column(3), column(4), column(5)];
    [this.phase, this.order, this.area, this.#point] = [whole(0), whole(1), whole(2), whole(3)];
    this.latitudeDeg.set(this.#baseLat);
    this.longitudeDeg.set(this.#baseLon);
    this.readyMs.fill(Number.NEGATIVE_INFINITY);
    this.lostSinceMs.fill(Number.NaN);
    this.order.fill(STAY);
    this.area.fill(STAY);
  }

  /** Whether a mover can be sent to an area. */
  canGo(m: number, area: number): boolean {
    return this.#movers[m]?.rounds[area] !== undefined;
  }

  /** Share of its endurance that is left, its reserve aside; 1 at its base. */
  left01(m: number, nowMs: number): number {
    if (this.phase[m] === AT_BASE) return 1;
    const { enduranceS, reserve01 } = this.#movers[m] as Mover;
    return Math.max(0, 1 - (nowMs - (this.leftMs[m] as number)) / (1000 * enduranceS * (1 - reserve01)));
  }

  /** All of them, by one step that ends at `nowMs`. @param speedTimes what wind or current leaves of the speed */
  step(nowMs: number, stepMs: number, speedTimes = 1): void {
    for (let m = 0; m < this.count; m++) {
      const phase = this.phase[m] as number;
      if (phase === AT_BASE) this.#perhapsLeave(m, nowMs);
      else this.#move(m, nowMs, stepMs, speedTimes);
    }
  }

  #perhapsLeave(m: number, nowMs: number): void {
    const order = this.order[m] as number;
    if (order === STAY || nowMs < (this.readyMs[m] as number)) return;
    this.phase[m] = OUT;
    this.leftMs[m] = nowMs;
    this.area[m] = order;
    this.#point[m] = 0;
  }

  #move(m: number, nowMs: number, stepMs: number, speedTimes: number): void {
    const mover = this.#movers[m] as Mover;
    const order = this.order[m] as number;
    if (this.phase[m] !== BACK && order !== this.area[m]) {
      this.phase[m] = order === STAY ? BACK : OUT;
      this.area[m] = order;
      this.#point[m] = 0;
    }
    let km = (mover.speedMps * speedTimes * stepMs) / 1e6;
    if (this.phase[m] !== BACK && this.#mustTurn(m, nowMs, km)) this.phase[m] = BACK;
    if (this.phase[m] === ON_STATION) this.stationMs[m] = (this.stationMs[m] as number) + stepMs;
    for (let legs = 0; legs < 64 && km > 0; legs++) {
      if (this.phase[m] === BACK) {
        km = this.#towards(m, this.#baseLat[m] as number, this.#baseLon[m] as number, km);
        if (km > 0) this.#land(m, nowMs);
        return;
      }
      const round = mover.rounds[this.area[m] as number] as Float64Array;
      const k = this.#point[m] as number;
      km = this.#towards(m, round[2 * k] as number, round[2 * k + 1] as number, km);
      if (km <= 0) return;
      this.phase[m] = ON_STATION;
      this.#point[m] = (k + 1) % (round.length / 2);
    }
  }

  /** It is back with its reserve: what is left after this step must carry it home. */
  #mustTurn(m: number, nowMs: number, stepKm: number): boolean {
    const { enduranceS, reserve01, speedMps } = this.#movers[m] as Mover;
    const leftS = enduranceS * (1 - reserve01) - (nowMs - (this.leftMs[m] as number)) / 1000;
    const home = kmBetween(
      this.latitudeDeg[m] as number,
      this.longitudeDeg[m] as number,
      this.#baseLat[m] as number,
      this.#baseLon[m] as number,
    );
    return ((home + stepKm) * 1000) / speedMps >= leftS;
  }

  #land(m: number, nowMs: number): void {
    this.phase[m] = AT_BASE;
    this.area[m] = STAY;
    this.readyMs[m] = nowMs + 1000 * (this.#movers[m] as Mover).turnaroundS;
  }

  /** @returns km left over when it is there; 0 or below when it is not */
  #towards(m: number, latitudeDeg: number, longitudeDeg: number, km: number): number {
    const [lat, lon] = [this.latitudeDeg[m] as number, this.longitudeDeg[m] as number];
    const way = kmBetween(lat, lon, latitudeDeg, longitudeDeg);
    if (way < km) {
      this.latitudeDeg[m] = latitudeDeg;
      this.longitudeDeg[m] = longitudeDeg;
      return km - way;
    }
    const share = way === 0 ? 0 : km / way;
    this.latitudeDeg[m] = lat + share * (latitudeDeg - lat);
    this.longitudeDeg[m] = lon + share * (longitudeDeg - lon);
    return 0;
  }

  save(): SavedMovers {
    return { f64: this.#f64.slice(), i32: this.#i32.slice() };
  }

  load({ f64, i32 }: SavedMovers): void {
    this.#f64.set(f64);
    this.#i32.set(i32);
  }
}

/** Flat between near places: within 0.1 % up to 100 km. */
export function kmBetween(latA: number, lonA: number, latB: number, lonB: number): number {
  const north = latB - latA;
  const east = (lonB - lonA) * Math.cos(((latA + latB) / 2) * DEG);
  return KM_PER_DEG * Math.sqrt(north * north + east * east);
}
