/**
 * Simulated weather: cloud that lasts and moves with the wind, what haze, fog and rain there are, wind and waves. One seed, one weather;
 * its means over many are those of the climate. Cloud comes from the same grid of monthly probabilities as the answers on access,
 * so that the two agree; dice thrown anew for each pass would flatter a network that passes often.
 */
import type { CloudGrid } from "../../access/clear-sky.ts";
import { sunEcefUnit } from "../../geo/sun.ts";
import { upOf } from "../../geo/wgs84.ts";
import type { Flow } from "../../motion/flow.ts";
import { Dice } from "../../numerics/dice.ts";
import { normalQuantile } from "../../numerics/special.ts";
import type { Look } from "../../sense/look.ts";
import { MS_PER_HOUR } from "../../time/instant.ts";
import {
  type Climate,
  type ClimateNumbers,
  climateByHour,
  climateNumbers,
  type MonthNumbers,
  monthOf,
} from "./climate.ts";
import { DriftingField, eastNorth, FieldTable } from "./field.ts";
import { Wind } from "./wind.ts";

/** The hour of the day, by the Sun, at which it is warmest. */
const WARMEST_H = 15;

export interface WeatherOrder {
  readonly climate: Climate;
  readonly clouds: CloudGrid;
  readonly startMs: number;
  readonly hours: number;
  readonly seed: number;
  /** Side of the cells of the table that it is read from. */
  readonly cellDeg?: number;
}

export class Weather {
  readonly wind: Wind;
  readonly #order: WeatherOrder;
  readonly #climate: ClimateNumbers;
  readonly #rows: number;
  readonly #columns: number;
  readonly #cellDeg: number;
  /** By hour, row from the south, column from the west: cloudiness, haze, and height of cloud base as standard normal variables. */
  readonly #cloud: FieldTable;
  readonly #haze: FieldTable;
  readonly #base: FieldTable;
  readonly #months: readonly MonthNumbers[];
  /** By hour: the cloudiness above which it rains. */
  readonly #rainAbove: Float64Array;
  /** By hour: of the logarithm of the visibility. */
  readonly #hazeSpread: Float64Array;
  /** Towards the Sun at a time: many looks ask for one. */
  #sun: readonly [number, number, number] = [0, 0, 0];
  #sunMs: number = Number.NaN;
  /** By hour: the cloudiness of each cell above which it is cloudy; NaN unknown. Hours of a month share theirs. */
  readonly #cloudyAbove: readonly Float32Array[];
  readonly #mps = new Float64Array(2);

  /** @throws RangeError for a month of which the climate says nothing, or a span without an hour */
  constructor(order: WeatherOrder) {
    const { hours, startMs, seed } = order;
    if (!(hours >= 1 && Number.isInteger(hours))) throw new RangeError(`hours must be whole: ${hours}`);
    this.#order = order;
    this.#climate = climateNumbers(order.climate);
    this.#cellDeg = order.cellDeg ?? 0.5;
    const { south, west, north, east } = this.#climate.area;
    this.#rows = Math.max(1, Math.ceil((north - south) / this.#cellDeg));
    this.#columns = Math.max(1, Math.ceil((east - west) / this.#cellDeg));
    this.#months = climateByHour(this.#climate, startMs, hours);
    this.wind = new Wind({ hours, startMs, climate: this.#climate }, new Dice(seed, "weather", "wind"));
    const { lengthKm, lifeH } = this.#climate.cloud;
    const table = (name: string) =>
      this.#table(new DriftingField({ lengthKm, lifeH }, new Dice(seed, "weather", name)));
    this.#cloud = table("cloud");
    this.#haze = table("haze");
    this.#base = table("base");
    this.#cloudyAbove = this.#thresholds();
    const byHour = (of: (month: MonthNumbers) => number): Float64Array => {
      const known = new Map([...new Set(this.#months)].map((month) => [month, of(month)]));
      return Float64Array.from(this.#months, (month) => known.get(month) as number);
    };
    this.#rainAbove = byHour(({ rainShare01 }) => -normalQuantile(rainShare01));
    this.#hazeSpread = byHour(hazeSpread);
  }

  get #cells(): number {
    return this.#rows * this.#columns;
  }

  /** Middle of a cell. */
  #middle(cell: number): readonly [number, number] {
    const { south, west } = this.#climate.area;
    const [row, column] = [Math.floor(cell / this.#columns), cell % this.#columns];
    return [south + (row + 0.5) * this.#cellDeg, west + (column + 0.5) * this.#cellDeg];
  }

  #table(field: DriftingField): FieldTable {
    const { south, west, north, east } = this.#climate.area;
    const placesDeg = Float64Array.from({ length: 2 * this.#cells }, (_, i) => this.#middle(i >> 1)[i % 2] as number);
    const axes = eastNorth((south + north) / 2, (west + east) / 2);
    return new FieldTable(field, { placesDeg, hours: this.#order.hours + 1 }, (hour, drift) => {
      const right = this.wind.driftKm[2 * hour] as number;
      const up = this.wind.driftKm[2 * hour + 1] as number;
      for (let axis = 0; axis < 3; axis++)
        drift[axis] = right * (axes[axis] as number) + up * (axes[3 + axis] as number);
    });
  }

  #thresholds(): Float32Array[] {
    const byMonth = new Map<string, Float32Array>();
    return this.#months.map((_, hour) => {
      const month = monthOf(this.#order.startMs + hour * MS_PER_HOUR);
      const known = byMonth.get(month);
      if (known !== undefined) return known;
      const above = Float32Array.from({ length: this.#cells }, (_, cell) => {
        const p = probabilityAt(this.#order.clouds, month, ...this.#middle(cell));
        return p === undefined ? Number.NaN : -normalQuantile(p);
      });
      byMonth.set(month, above);
      return above;
    });
  }

  #hour(tMs: number): number {
    return Math.min(this.#order.hours, Math.max(0, Math.round((tMs - this.#order.startMs) / MS_PER_HOUR)));
  }

  #cell(latitudeDeg: number, longitudeDeg: number): number {
    const { south, west } = this.#climate.area;
    const row = Math.min(this.#rows - 1, Math.max(0, Math.floor((latitudeDeg - south) / this.#cellDeg)));
    const column = Math.min(this.#columns - 1, Math.max(0, Math.floor((longitudeDeg - west) / this.#cellDeg)));
    return row * this.#columns + column;
  }

  /** 1: cloud hides the ground; 0: it does not; NaN: the grid says nothing of the place. Beyond area and span, their edge. */
  cloudy(latitudeDeg: number, longitudeDeg: number, tMs: number): number {
    return this.#cloudyAt(this.#hour(tMs), this.#cell(latitudeDeg, longitudeDeg));
  }

  #cloudyAt(hour: number, cell: number): number {
    const above = (this.#cloudyAbove[hour] as Float32Array)[cell] as number;
    if (Number.isNaN(above)) return Number.NaN;
    return this.#cloud.at(hour, cell) > above ? 1 : 0;
  }

  /** Sets all that a look asks of the air at its target; waves only where `overSea`. */
  airInto(look: Look, latitudeDeg: number, longitudeDeg: number, tMs: number, overSea = false): void {
    const hour = this.#hour(tMs);
    const cell = this.#cell(latitudeDeg, longitudeDeg);
    const month = this.#months[hour] as MonthNumbers;
    const cloudy = this.#cloudyAt(hour, cell);
    look.cloudBaseM = Number.isNaN(cloudy)
      ? Number.NaN
      : cloudy === 0
        ? Number.POSITIVE_INFINITY
        : month.cloudBaseM * Math.exp(this.#climate.cloud.baseSpread * this.#base.at(hour, cell));
    // It rains from the thickest of the cloud.
    const raining = cloudy !== 0 && this.#cloud.at(hour, cell) > (this.#rainAbove[hour] as number);
    look.rainMmPerH = raining ? this.#climate.rain.rateMmPerH : 0;
    look.visibilityKm = month.visibilityKm * Math.exp((this.#hazeSpread[hour] as number) * this.#haze.at(hour, cell));
    this.wind.into(latitudeDeg, longitudeDeg, tMs, this.#mps);
    const [eastMps, northMps] = [this.#mps[0] as number, this.#mps[1] as number];
    [look.windEastMps, look.windNorthMps] = [eastMps, northMps];
    look.windMps = Math.sqrt(eastMps * eastMps + northMps * northMps);
    look.waveM = overSea ? this.wind.waveM(latitudeDeg, longitudeDeg, tMs) : Number.NaN;
    look.sunDeg = this.#sunDeg(latitudeDeg, longitudeDeg, tMs);
    look.temperatureC = temperatureC(month, longitudeDeg, tMs);
    look.humidity01 = month.humidity01;
  }

  /** As `sunElevationDeg`. */
  #sunDeg(latitudeDeg: number, longitudeDeg: number, tMs: number): number {
    if (tMs !== this.#sunMs) this.#sun = sunEcefUnit(tMs);
    this.#sunMs = tMs;
    const [sx, sy, sz] = this.#sun;
    const [ux, uy, uz] = upOf({ latitudeDeg, longitudeDeg });
    return (Math.asin(Math.max(-1, Math.min(1, sx * ux + sy * uy + sz * uz))) * 180) / Math.PI;
  }

  /** Wind as movers ask for it. @param times what it is at their height over what it is at the ground */
  flow(times = 1): Flow {
    return (latitudeDeg, longitudeDeg, tMs, out) => {
      this.wind.into(latitudeDeg, longitudeDeg, tMs, out);
      out[0] = times * (out[0] as number);
      out[1] = times * (out[1] as number);
    };
  }
}

/** Of a logarithm that is normal, with the climate's median and its share below 1 km. */
const hazeSpread = ({ visibilityKm, fogShare01 }: MonthNumbers): number =>
  Math.max(0, Math.log(visibilityKm) / -normalQuantile(Math.min(0.49, fogShare01)));

/** By the hour of the local Sun, without the equation of time. */
function temperatureC({ temperatureC: mean, dailySwingC }: MonthNumbers, longitudeDeg: number, tMs: number): number {
  const hour = tMs / MS_PER_HOUR + longitudeDeg / 15;
  return mean + dailySwingC * Math.cos(((hour - WARMEST_H) * Math.PI) / 12);
}

/** As `clearSky01` reads the grid: the box that holds the place. */
function probabilityAt(grid: CloudGrid, month: string, latitudeDeg: number, longitudeDeg: number): number | undefined {
  const row = Math.floor((latitudeDeg - grid.south) / grid.stepDeg);
  const column = Math.floor((longitudeDeg - grid.west) / grid.stepDeg);
  return grid.cloudProbability01[month]?.[row]?.[column] ?? undefined;
}
