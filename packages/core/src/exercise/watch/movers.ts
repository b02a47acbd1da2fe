/**
 * What moves, in fixed steps: out of its base to a station, round it, and home in time, through wind or current, round what is closed. Columns;
 * a way is made when an order changes and nothing else while it runs.
 */
import { KM_PER_DEG } from "../../motion/chart.ts";
import { madeGoodMps } from "../../motion/flow.ts";
import type { Entity, Flows, Mover } from "../scene.ts";

/** What a mover does. At its base it may be getting ready. */
export const AT_BASE = 0;
export const OUT = 1;
export const ON_STATION = 2;
export const BACK = 3;

/** An order: a station's index (area * patterns + pattern), or to be at the base. */
export const STAY = -1;

const DEG = Math.PI / 180;
/** Wind and waves at a mover are asked for once in so long. */
const FEELS_MS = 600_000;
/** A mover that the weather keeps at its base looks again after so long. */
const WAITS_MS = 1_800_000;
const NOWHERE = new Float64Array(0);

export interface SavedMovers {
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly ways: readonly Float64Array[];
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
  /** How long wind or waves have kept it at its base although it was ordered out. */
  readonly groundedMs: Float64Array;
  readonly phase: Int32Array;
  /** The station that it is ordered to; STAY. */
  readonly order: Int32Array;
  /** The station that it is bound for or over; STAY. */
  readonly area: Int32Array;
  readonly sorties: Int32Array;
  /** Sorties that came home after their endurance had ended: the wind had turned. */
  readonly late: Int32Array;
  /** Flow about it, m/s. */
  readonly #eastMps: Float64Array;
  readonly #northMps: Float64Array;
  readonly #feltMs: Float64Array;
  /** No less than what its way home takes. */
  readonly #homeS: Float64Array;
  readonly #point: Int32Array;
  readonly #ways: Float64Array[];
  readonly #f64: Float64Array;
  readonly #i32: Int32Array;
  readonly #movers: readonly Mover[];
  readonly #baseLat: Float64Array;
  readonly #baseLon: Float64Array;
  readonly #flows: Flows | undefined;
  readonly #mps = new Float64Array(2);

  constructor(entities: readonly Entity[], flows?: Flows) {
    const own = entities.flatMap(({ mover, ...entity }, i) => (mover === undefined ? [] : [{ entity, mover, i }]));
    const n = own.length;
    this.count = n;
    this.#flows = flows;
    this.#movers = own.map(({ mover }) => mover);
    this.entity = Int32Array.from(own, ({ i }) => i);
    this.#baseLat = Float64Array.from(own, ({ entity }) => entity.latitudeDeg);
    this.#baseLon = Float64Array.from(own, ({ entity }) => entity.longitudeDeg);
    this.#f64 = new Float64Array(11 * n);
    this.#i32 = new Int32Array(6 * n);
    const column = (k: number): Float64Array => this.#f64.subarray(k * n, (k + 1) * n);
    const whole = (k: number): Int32Array => this.#i32.subarray(k * n, (k + 1) * n);
    [this.latitudeDeg, this.longitudeDeg, this.leftMs] = [column(0), column(1), column(2)];
    [this.readyMs, this.stationMs, this.lostSinceMs] = [column(3), column(4), column(5)];
    [this.groundedMs, this.#eastMps, this.#northMps] = [column(6), column(7), column(8)];
    [this.#feltMs, this.#homeS] = [column(9), column(10)];
    [this.phase, this.order, this.area] = [whole(0), whole(1), whole(2)];
    [this.#point, this.sorties, this.late] = [whole(3), whole(4), whole(5)];
    this.#ways = own.map(() => NOWHERE);
    this.latitudeDeg.set(this.#baseLat);
    this.longitudeDeg.set(this.#baseLon);
    this.readyMs.fill(Number.NEGATIVE_INFINITY);
    this.lostSinceMs.fill(Number.NaN);
    this.order.fill(STAY);
    this.area.fill(STAY);
  }

  /** Whether a mover can be sent to a station. */
  canGo(m: number, station: number): boolean {
    return this.#movers[m]?.rounds[station] !== undefined;
  }

  /** Share of its endurance that is left, its reserve aside; 1 at its base. */
  left01(m: number, nowMs: number): number {
    if (this.phase[m] === AT_BASE) return 1;
    const budget = budgetS(this.#movers[m] as Mover);
    return Math.max(0, 1 - (nowMs - (this.leftMs[m] as number)) / (1000 * budget));
  }

  /** All of them, by one step that ends at `nowMs`. */
  step(nowMs: number, stepMs: number): void {
    for (let m = 0; m < this.count; m++) {
      if (this.phase[m] === AT_BASE) this.#perhapsLeave(m, nowMs);
      else this.#move(m, nowMs, stepMs);
    }
  }

  #perhapsLeave(m: number, nowMs: number): void {
    const order = this.order[m] as number;
    if (order === STAY || nowMs < (this.readyMs[m] as number)) return;
    const mover = this.#movers[m] as Mover;
    const round = mover.rounds[order] as Float64Array;
    const [lat, lon] = [this.#baseLat[m] as number, this.#baseLon[m] as number];
    this.#feel(m, nowMs);
    const way = this.#wayTo(m, round[0] as number, round[1] as number);
    const thereS = this.#takesS(m, lat, lon, way);
    const backS = this.#takesS(m, round[0] as number, round[1] as number, reversed(way, lat, lon));
    if (!this.#bears(m, lat, lon, nowMs) || !this.#bears(m, round[0] as number, round[1] as number, nowMs)) {
      this.#wait(m, nowMs);
    } else if (thereS + backS > budgetS(mover)) this.#wait(m, nowMs);
    else {
      this.phase[m] = OUT;
      this.leftMs[m] = nowMs;
      this.sorties[m] = (this.sorties[m] as number) + 1;
      this.area[m] = order;
      this.#homeS[m] = 0;
      this.#follow(m, way);
    }
  }

  #wait(m: number, nowMs: number): void {
    this.readyMs[m] = nowMs + WAITS_MS;
    this.groundedMs[m] = (this.groundedMs[m] as number) + WAITS_MS;
  }

  #move(m: number, nowMs: number, stepMs: number): void {
    const mover = this.#movers[m] as Mover;
    if (nowMs - (this.#feltMs[m] as number) >= FEELS_MS) {
      this.#feel(m, nowMs);
      const [lat, lon] = [this.latitudeDeg[m] as number, this.longitudeDeg[m] as number];
      if (this.phase[m] !== BACK) {
        if ((mover.flowTimes ?? 0) !== 0) this.#homeS[m] = this.#homeTakesS(m);
        if (!this.#bears(m, lat, lon, nowMs)) this.#turnHome(m);
      }
    }
    const order = this.order[m] as number;
    if (this.phase[m] !== BACK && order !== this.area[m]) this.#redirect(m, order);
    const stepS = stepMs / 1000;
    if (this.phase[m] !== BACK && this.#mustTurn(m, nowMs, stepS)) this.#turnHome(m);
    if (this.phase[m] === ON_STATION) this.stationMs[m] = (this.stationMs[m] as number) + stepMs;
    let leftS = stepS;
    for (let legs = 0; legs < 64 && leftS > 0; legs++) {
      const isRound = this.phase[m] === ON_STATION;
      const path = isRound ? (mover.rounds[this.area[m] as number] as Float64Array) : (this.#ways[m] as Float64Array);
      const k = this.#point[m] as number;
      leftS = this.#towards(m, path[2 * k] as number, path[2 * k + 1] as number, leftS);
      if (leftS <= 0) return;
      const isLast = 2 * k + 2 >= path.length;
      this.#point[m] = isLast ? 0 : k + 1;
      if (isRound || !isLast) continue;
      if (this.phase[m] === BACK) {
        this.#land(m, nowMs - 1000 * leftS);
        return;
      }
      this.phase[m] = ON_STATION;
      this.#point[m] = 1 % ((mover.rounds[this.area[m] as number] as Float64Array).length / 2);
    }
  }

  #redirect(m: number, order: number): void {
    if (order === STAY) {
      this.#turnHome(m);
      return;
    }
    const round = (this.#movers[m] as Mover).rounds[order] as Float64Array;
    this.phase[m] = OUT;
    this.area[m] = order;
    this.#follow(m, this.#wayTo(m, round[0] as number, round[1] as number));
  }

  #turnHome(m: number): void {
    this.phase[m] = BACK;
    this.#follow(m, this.#wayTo(m, this.#baseLat[m] as number, this.#baseLon[m] as number));
  }

  #follow(m: number, way: Float64Array): void {
    this.#ways[m] = way;
    this.#point[m] = 0;
  }

  /** Straight where nothing is in the way, or nothing is known of one round it: who is out gets home. */
  #wayTo(m: number, latitudeDeg: number, longitudeDeg: number): Float64Array {
    const { passage } = this.#movers[m] as Mover;
    const [lat, lon] = [this.latitudeDeg[m] as number, this.longitudeDeg[m] as number];
    return passage?.way(lat, lon, latitudeDeg, longitudeDeg) ?? Float64Array.of(latitudeDeg, longitudeDeg);
  }

  /**
   * It is back with its reserve: what is left after this step must carry it home in the wind that blows. The time home is reckoned anew only
   * where the least that is known of it no longer does.
   */
  #mustTurn(m: number, nowMs: number, stepS: number): boolean {
    const mover = this.#movers[m] as Mover;
    const leftS = budgetS(mover) - (nowMs - (this.leftMs[m] as number)) / 1000;
    // In this step it may go away at its fastest, and come back over that at its slowest.
    const flow = Math.hypot(this.#eastMps[m] as number, this.#northMps[m] as number);
    const slowest = Math.max(0.1 * mover.speedMps, mover.speedMps - flow);
    const moreS = (stepS * (mover.speedMps + flow)) / slowest;
    this.#homeS[m] = (this.#homeS[m] as number) + moreS;
    if ((this.#homeS[m] as number) < leftS) return false;
    this.#homeS[m] = this.#homeTakesS(m) + moreS;
    return (this.#homeS[m] as number) >= leftS;
  }

  #homeTakesS(m: number): number {
    const [lat, lon] = [this.#baseLat[m] as number, this.#baseLon[m] as number];
    const [here, there] = [this.latitudeDeg[m] as number, this.longitudeDeg[m] as number];
    if ((this.#movers[m] as Mover).passage === undefined) return this.#legS(m, here, there, lat, lon);
    return this.#takesS(m, here, there, this.#wayTo(m, lat, lon));
  }

  #takesS(m: number, latitudeDeg: number, longitudeDeg: number, way: Float64Array): number {
    let [sum, lat, lon] = [0, latitudeDeg, longitudeDeg];
    for (let k = 0; k < way.length; k += 2) {
      const [toLat, toLon] = [way[k] as number, way[k + 1] as number];
      sum += this.#legS(m, lat, lon, toLat, toLon);
      [lat, lon] = [toLat, toLon];
    }
    return sum;
  }

  /** In the flow that is felt now. */
  #legS(m: number, lat: number, lon: number, toLat: number, toLon: number): number {
    const north = KM_PER_DEG * (toLat - lat);
    const east = KM_PER_DEG * (toLon - lon) * Math.cos(((lat + toLat) / 2) * DEG);
    const km = Math.sqrt(north * north + east * east);
    return km === 0 ? 0 : (1000 * km) / this.#madeGoodMps(m, east / km, north / km);
  }

  #madeGoodMps(m: number, eastOf: number, northOf: number): number {
    const { speedMps } = this.#movers[m] as Mover;
    return madeGoodMps(speedMps, eastOf, northOf, this.#eastMps[m] as number, this.#northMps[m] as number);
  }

  #feel(m: number, nowMs: number): void {
    const { flowTimes = 0 } = this.#movers[m] as Mover;
    this.#feltMs[m] = nowMs;
    if (flowTimes === 0 || this.#flows === undefined) return;
    this.#flows.wind(this.latitudeDeg[m] as number, this.longitudeDeg[m] as number, nowMs, this.#mps);
    this.#eastMps[m] = flowTimes * (this.#mps[0] as number);
    this.#northMps[m] = flowTimes * (this.#mps[1] as number);
  }

  /** Whether wind and waves at a place are within its limits. */
  #bears(m: number, latitudeDeg: number, longitudeDeg: number, nowMs: number): boolean {
    const { mostWindMps, mostWaveM } = this.#movers[m] as Mover;
    const flows = this.#flows;
    if (flows === undefined) return true;
    if (mostWaveM !== undefined && flows.waveM(latitudeDeg, longitudeDeg, nowMs) > mostWaveM) return false;
    if (mostWindMps === undefined) return true;
    flows.wind(latitudeDeg, longitudeDeg, nowMs, this.#mps);
    return Math.hypot(this.#mps[0] as number, this.#mps[1] as number) <= mostWindMps;
  }

  #land(m: number, landedMs: number): void {
    const { enduranceS, turnaroundS } = this.#movers[m] as Mover;
    if (landedMs - (this.leftMs[m] as number) > 1000 * enduranceS) this.late[m] = (this.late[m] as number) + 1;
    this.phase[m] = AT_BASE;
    this.area[m] = STAY;
    this.#follow(m, NOWHERE);
    this.readyMs[m] = landedMs + 1000 * turnaroundS;
  }

  /** @returns seconds left over when it is there; 0 when it is not */
  #towards(m: number, latitudeDeg: number, longitudeDeg: number, seconds: number): number {
    const [lat, lon] = [this.latitudeDeg[m] as number, this.longitudeDeg[m] as number];
    const north = KM_PER_DEG * (latitudeDeg - lat);
    const east = KM_PER_DEG * (longitudeDeg - lon) * Math.cos(((lat + latitudeDeg) / 2) * DEG);
    const way = Math.sqrt(north * north + east * east);
    if (way === 0) return seconds;
    const km = (this.#madeGoodMps(m, east / way, north / way) * seconds) / 1000;
    if (way < km) {
      this.latitudeDeg[m] = latitudeDeg;
      this.longitudeDeg[m] = longitudeDeg;
      return seconds * (1 - way / km);
    }
    const share = km / way;
    this.latitudeDeg[m] = lat + share * (latitudeDeg - lat);
    this.longitudeDeg[m] = lon + share * (longitudeDeg - lon);
    return 0;
  }

  save(): SavedMovers {
    return { f64: this.#f64.slice(), i32: this.#i32.slice(), ways: [...this.#ways] };
  }

  load({ f64, i32, ways }: SavedMovers): void {
    this.#f64.set(f64);
    this.#i32.set(i32);
    this.#ways.splice(0, this.#ways.length, ...ways);
  }
}

const budgetS = ({ enduranceS, reserve01 }: Mover): number => enduranceS * (1 - reserve01);

/** The same way from its end to a place at its beginning. */
function reversed(way: Float64Array, latitudeDeg: number, longitudeDeg: number): Float64Array {
  const back = new Float64Array(way.length);
  const legs = way.length / 2;
  for (let k = 1; k < legs; k++) {
    back[2 * (k - 1)] = way[2 * (legs - 1 - k)] as number;
    back[2 * (k - 1) + 1] = way[2 * (legs - 1 - k) + 1] as number;
  }
  back[way.length - 2] = latitudeDeg;
  back[way.length - 1] = longitudeDeg;
  return back;
}
