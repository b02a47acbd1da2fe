/**
 * A random field in space and time that drifts: at each place and time a standard normal variable, whose correlation falls
 * exponentially with the distance (exp(-d / length)) and, for one who moves along, with the time (exp(-t / life)).
 *
 * A sum of plane waves through the space that holds the Earth (so that it is the same in all directions at all places): wave vectors from
 * the spectrum of that correlation, a Cauchy law in three dimensions; frequencies from a Cauchy law in one. Many waves make
 * their sum normal; its kurtosis lacks 1.5 / waves. Waves and phases are all that a seed decides: the field is known at once at
 * any place and time, in any order.
 */
import { EARTH_RADIUS_KM } from "../link/horizon.ts";
import type { Dice } from "../numerics/dice.ts";

const DEG = Math.PI / 180;

export interface FieldShape {
  readonly lengthKm: number;
  readonly lifeH: number;
  readonly waves?: number;
}

export class DriftingField {
  readonly waves: number;
  /** Stride 3, rad/km. */
  readonly #k: Float64Array;
  /** rad/h. */
  readonly #omega: Float64Array;
  readonly #phase: Float64Array;
  readonly #amplitude: number;

  constructor({ lengthKm, lifeH, waves = 96 }: FieldShape, dice: Dice) {
    if (!(lengthKm > 0 && lifeH > 0))
      throw new RangeError(`a field has a length and a life: ${lengthKm} km, ${lifeH} h`);
    this.waves = waves;
    this.#k = new Float64Array(3 * waves);
    this.#omega = new Float64Array(waves);
    this.#phase = new Float64Array(waves);
    this.#amplitude = Math.sqrt(2 / waves);
    for (let i = 0; i < waves; i++) {
      const scale = lengthKm * Math.abs(dice.normal());
      for (let axis = 0; axis < 3; axis++) this.#k[3 * i + axis] = dice.normal() / scale;
      this.#omega[i] = Math.tan(Math.PI * (dice.uniform() - 0.5)) / lifeH;
      this.#phase[i] = 2 * Math.PI * dice.uniform();
    }
  }

  /** At a point (km from the Earth's centre, any frame that turns with it, less the drift) and a time. */
  at(xKm: number, yKm: number, zKm: number, hours: number): number {
    const k = this.#k;
    let sum = 0;
    for (let i = 0; i < this.waves; i++) {
      const way = (k[3 * i] as number) * xKm + (k[3 * i + 1] as number) * yKm + (k[3 * i + 2] as number) * zKm;
      sum += Math.cos(way + (this.#omega[i] as number) * hours + (this.#phase[i] as number));
    }
    return this.#amplitude * sum;
  }

  /** Prepares many places that stand still: two columns for each, of all waves. */
  anchor(pointsKm: Float64Array): FieldAnchor {
    const n = pointsKm.length / 3;
    const cos = new Float64Array(n * this.waves);
    const sin = new Float64Array(n * this.waves);
    for (let p = 0; p < n; p++) {
      for (let i = 0; i < this.waves; i++) {
        let way = 0;
        for (let axis = 0; axis < 3; axis++)
          way += (this.#k[3 * i + axis] as number) * (pointsKm[3 * p + axis] as number);
        cos[p * this.waves + i] = Math.cos(way);
        sin[p * this.waves + i] = Math.sin(way);
      }
    }
    return { cos, sin, count: n, turn: new Float64Array(2 * this.waves) };
  }

  /** The field at all anchored places, less the drift, into `out` from `first`. */
  fill(
    { cos, sin, count, turn }: FieldAnchor,
    driftKm: ArrayLike<number>,
    hours: number,
    out: Float32Array,
    first: number,
  ): void {
    const n = this.waves;
    for (let i = 0; i < n; i++) {
      let way = (this.#omega[i] as number) * hours + (this.#phase[i] as number);
      for (let axis = 0; axis < 3; axis++) way -= (this.#k[3 * i + axis] as number) * (driftKm[axis] as number);
      turn[i] = this.#amplitude * Math.cos(way);
      turn[n + i] = this.#amplitude * Math.sin(way);
    }
    for (let p = 0; p < count; p++) {
      let sum = 0;
      for (let i = 0, j = p * n; i < n; i++, j++)
        sum += (cos[j] as number) * (turn[i] as number) - (sin[j] as number) * (turn[n + i] as number);
      out[first + p] = sum;
    }
  }
}

export interface FieldAnchor {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly count: number;
  readonly turn: Float64Array;
}

/** Points on a sphere, km, stride 3, of latitudes and longitudes in pairs. */
export function pointsKm(placesDeg: ArrayLike<number>): Float64Array {
  const out = new Float64Array((placesDeg.length / 2) * 3);
  for (let p = 0; 2 * p < placesDeg.length; p++) {
    const [lat, lon] = [(placesDeg[2 * p] as number) * DEG, (placesDeg[2 * p + 1] as number) * DEG];
    out[3 * p] = EARTH_RADIUS_KM * Math.cos(lat) * Math.cos(lon);
    out[3 * p + 1] = EARTH_RADIUS_KM * Math.cos(lat) * Math.sin(lon);
    out[3 * p + 2] = EARTH_RADIUS_KM * Math.sin(lat);
  }
  return out;
}

/** Unit vectors towards east and north at a place, one after the other. */
export function eastNorth(latitudeDeg: number, longitudeDeg: number): Float64Array {
  const [lat, lon] = [latitudeDeg * DEG, longitudeDeg * DEG];
  return Float64Array.of(
    -Math.sin(lon),
    Math.cos(lon),
    0,
    -Math.sin(lat) * Math.cos(lon),
    -Math.sin(lat) * Math.sin(lon),
    Math.cos(lat),
  );
}
