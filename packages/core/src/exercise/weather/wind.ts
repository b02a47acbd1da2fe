/**
 * Wind and waves, hour by hour at a few places that depend on one another: each component of the wind is an autoregressive process
 * of first order in time with an exponential correlation in space; waves come up to the wind that blows, and die down after it.
 */
import { EARTH_RADIUS_KM } from "../../link/horizon.ts";
import type { Dice } from "../../numerics/dice.ts";
import { MS_PER_HOUR } from "../../time/instant.ts";
import { type ClimateNumbers, climateByHour, type MonthNumbers } from "./climate.ts";

const GRAVITY_MPS2 = 9.80665;
const KM_PER_DEG = (EARTH_RADIUS_KM * Math.PI) / 180;
/** Places stand no further apart than a quarter of the length over which wind is alike. */
const PER_LENGTH = 4;
/** Hours drawn before the first, so that waves are what the wind has made of them. */
const BEFORE_H = 48;

/** Lower triangle of the Cholesky factor of a correlation matrix, row by row. @throws RangeError where it is none */
export function choleskyOf(correlation: (i: number, j: number) => number, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = correlation(i, j);
      for (let k = 0; k < j; k++) sum -= (l[i * n + k] as number) * (l[j * n + k] as number);
      if (i === j && !(sum > 0)) throw new RangeError(`no correlation matrix: pivot ${sum} in row ${i}`);
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / (l[j * n + j] as number);
    }
  }
  return l;
}

/**
 * Significant height of waves that a steady wind raises, m: of a sea limited by its open water (JONSWAP: 0.0016 U sqrt(F / g)),
 * at most that of a full sea (Pierson and Moskowitz: 0.0246 U^2). Assumed: as commonly quoted.
 */
export function waveHeightM(windMps: number, fetchKm: number): number {
  const limited = 0.0016 * windMps * Math.sqrt((fetchKm * 1000) / GRAVITY_MPS2);
  return Math.min(limited, 0.0246 * windMps * windMps);
}

export interface WindOrder {
  readonly climate: ClimateNumbers;
  readonly startMs: number;
  readonly hours: number;
}

export class Wind {
  readonly rows: number;
  readonly columns: number;
  /** By hour, then row from the south, then column from the west: east, north, as standard normal variables. */
  readonly #state: Float32Array;
  readonly #waveM: Float32Array;
  /** Mean over all places, km drifted since the start: east, north by hour. */
  readonly driftKm: Float64Array;
  readonly #order: WindOrder;
  readonly #months: readonly MonthNumbers[];
  /** How alike two hours, and two places beside, above, and across from each other are. */
  readonly #keep: number;
  readonly #beside: number;
  readonly #above: number;
  readonly #across: number;

  constructor(order: WindOrder, dice: Dice) {
    const { climate, hours, startMs } = order;
    const { south, west, north, east } = climate.area;
    const cos = Math.cos((((south + north) / 2) * Math.PI) / 180);
    const stepKm = climate.wind.lengthKm / PER_LENGTH;
    const [highKm, wideKm] = [(north - south) * KM_PER_DEG, (east - west) * KM_PER_DEG * cos];
    this.#order = order;
    this.#months = climateByHour(climate, startMs, hours);
    this.rows = 1 + Math.max(1, Math.ceil(highKm / stepKm));
    this.columns = 1 + Math.max(1, Math.ceil(wideKm / stepKm));
    const [up, right] = [highKm / (this.rows - 1), wideKm / (this.columns - 1)];
    const alike = (km: number) => Math.exp(-km / climate.wind.lengthKm);
    this.#keep = Math.exp(-1 / climate.wind.lifeH);
    [this.#beside, this.#above, this.#across] = [alike(right), alike(up), alike(Math.hypot(up, right))];
    const n = this.rows * this.columns;
    this.#state = new Float32Array(2 * n * (hours + 1));
    this.#waveM = new Float32Array(n * (hours + 1));
    this.driftKm = new Float64Array(2 * (hours + 1));
    const place = (i: number) => [Math.floor(i / this.columns) * up, (i % this.columns) * right] as const;
    const correlation = (i: number, j: number) => {
      const [a, b] = [place(i), place(j)];
      return alike(Math.hypot(a[0] - b[0], a[1] - b[1]));
    };
    this.#draw(choleskyOf(correlation, n), dice);
  }

  #draw(factor: Float64Array, dice: Dice): void {
    const n = this.rows * this.columns;
    const fresh = Math.sqrt(1 - this.#keep * this.#keep);
    const state = new Float64Array(2 * n);
    const noise = new Float64Array(n);
    const wave = new Float64Array(n);
    for (let hour = -BEFORE_H; hour <= this.#order.hours; hour++) {
      const first = hour === -BEFORE_H;
      for (let component = 0; component < 2; component++) {
        for (let i = 0; i < n; i++) noise[i] = dice.normal();
        for (let i = 0; i < n; i++) {
          let drawn = 0;
          for (let k = 0; k <= i; k++) drawn += (factor[i * n + k] as number) * (noise[k] as number);
          const at = 2 * i + component;
          state[at] = first ? drawn : this.#keep * (state[at] as number) + fresh * drawn;
        }
      }
      this.#note(hour, state, wave);
    }
  }

  #note(hour: number, state: Float64Array, wave: Float64Array): void {
    const { sea, cloud } = this.#order.climate;
    const month = this.#months[Math.max(0, hour)] as MonthNumbers;
    const n = wave.length;
    const answer = -Math.expm1(-1 / sea.answerH);
    let [sumEast, sumNorth] = [0, 0];
    for (let i = 0; i < n; i++) {
      const east = month.windEastMps + month.windSpreadMps * (state[2 * i] as number);
      const north = month.windNorthMps + month.windSpreadMps * (state[2 * i + 1] as number);
      const height = waveHeightM(sea.overWater * Math.hypot(east, north), sea.fetchKm);
      const before = hour === -BEFORE_H ? height : (wave[i] as number);
      wave[i] = before + answer * (height - before);
      sumEast += east;
      sumNorth += north;
    }
    if (hour < 0) return;
    this.#state.set(state, 2 * hour * n);
    this.#waveM.set(wave, hour * n);
    // The drift of this hour counts from the next on.
    const at = 2 * (hour + 1);
    if (at >= this.driftKm.length) return;
    this.driftKm[at] = (this.driftKm[at - 2] as number) + (3.6 * cloud.windTimes * sumEast) / n;
    this.driftKm[at + 1] = (this.driftKm[at - 1] as number) + (3.6 * cloud.windTimes * sumNorth) / n;
  }

  /** Place in rows or columns, from 0 to their number less one. */
  #row(latitudeDeg: number): number {
    const { south, north } = this.#order.climate.area;
    return Math.min(this.rows - 1, Math.max(0, ((latitudeDeg - south) / (north - south)) * (this.rows - 1)));
  }

  #column(longitudeDeg: number): number {
    const { west, east } = this.#order.climate.area;
    return Math.min(this.columns - 1, Math.max(0, ((longitudeDeg - west) / (east - west)) * (this.columns - 1)));
  }

  #hour(tMs: number): number {
    return Math.min(this.#order.hours, Math.max(0, (tMs - this.#order.startMs) / MS_PER_HOUR));
  }

  /**
   * Towards east and north, m/s, into `out`; beyond the area and the span, that at their edge. Between places a weighted mean that
   * is stretched to its own spread: wind between stations is as strong as at them.
   */
  into(latitudeDeg: number, longitudeDeg: number, tMs: number, out: Float64Array): void {
    const [hour, row, column] = [this.#hour(tMs), this.#row(latitudeDeg), this.#column(longitudeDeg)];
    const h = Math.min(this.#order.hours - 1, Math.floor(hour));
    const r = Math.min(this.rows - 2, Math.floor(row));
    const c = Math.min(this.columns - 2, Math.floor(column));
    const [w, v, u] = [hour - h, row - r, column - c];
    const n = this.rows * this.columns;
    let [east, north] = [0, 0];
    for (let corner = 0; corner < 8; corner++) {
      const weight = (corner & 4 ? w : 1 - w) * (corner & 2 ? v : 1 - v) * (corner & 1 ? u : 1 - u);
      const at = (h + (corner >> 2)) * n + (r + ((corner >> 1) & 1)) * this.columns + c + (corner & 1);
      east += weight * (this.#state[2 * at] as number);
      north += weight * (this.#state[2 * at + 1] as number);
    }
    const month = this.#months[Math.round(hour)] as MonthNumbers;
    const stretch = month.windSpreadMps / Math.sqrt(spreadOf(w, this.#keep) * this.#placeSpread(v, u));
    out[0] = month.windEastMps + stretch * east;
    out[1] = month.windNorthMps + stretch * north;
  }

  /** Variance of the mean of four corners. */
  #placeSpread(v: number, u: number): number {
    const squares = ((1 - v) ** 2 + v * v) * ((1 - u) ** 2 + u * u);
    const beside = 2 * ((1 - v) ** 2 + v * v) * u * (1 - u) * this.#beside;
    const above = 2 * ((1 - u) ** 2 + u * u) * v * (1 - v) * this.#above;
    return squares + beside + above + 4 * v * (1 - v) * u * (1 - u) * this.#across;
  }

  /** Significant height of waves at the nearest place and hour, m. */
  waveM(latitudeDeg: number, longitudeDeg: number, tMs: number): number {
    const [hour, row] = [Math.round(this.#hour(tMs)), Math.round(this.#row(latitudeDeg))];
    return this.#waveM[(hour * this.rows + row) * this.columns + Math.round(this.#column(longitudeDeg))] as number;
  }
}

/** Variance of the weighted mean of two standard normal variables. */
function spreadOf(weight: number, alike: number): number {
  return (1 - weight) ** 2 + weight * weight + 2 * weight * (1 - weight) * alike;
}
