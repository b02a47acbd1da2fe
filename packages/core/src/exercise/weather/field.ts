/**
 * A random field in space and time that drifts: at each place and time a standard normal variable, whose correlation falls
 * exponentially with the distance (exp(-d / length)) and, for one who moves along, with the time (exp(-t / life)).
 *
 * A sum of plane waves through the space that holds the Earth (so that it is the same in all directions at all places): wave vectors from
 * the spectrum of that correlation, a Cauchy law in three dimensions; frequencies from a Cauchy law in one. Many waves make
 * their sum normal; its kurtosis lacks 1.5 / waves. Waves and phases are all that a seed decides: the field is known at once at
 * any place and time, in any order.
 */
import { EARTH_RADIUS_KM } from "../../link/horizon.ts";
import type { Dice } from "../../numerics/dice.ts";

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
    return { cos, sin };
  }

  /** How far all waves have turned by a time, less the drift, into `out` from `first`: 2 * `waves` numbers. */
  turnInto(driftKm: ArrayLike<number>, hours: number, out: Float64Array, first: number): void {
    const n = this.waves;
    for (let i = 0; i < n; i++) {
      let way = (this.#omega[i] as number) * hours + (this.#phase[i] as number);
      for (let axis = 0; axis < 3; axis++) way -= (this.#k[3 * i + axis] as number) * (driftKm[axis] as number);
      out[first + i] = this.#amplitude * Math.cos(way);
      out[first + n + i] = this.#amplitude * Math.sin(way);
    }
  }

  /** The field at an anchored place once its waves have turned as `turn` says from `first` on. */
  sum({ cos, sin }: FieldAnchor, place: number, turn: Float64Array, first: number): number {
    const n = this.waves;
    let sum = 0;
    for (let i = first, j = place * n, end = first + n; i < end; i++, j++)
      sum += (cos[j] as number) * (turn[i] as number) - (sin[j] as number) * (turn[n + i] as number);
    return sum;
  }
}

export interface FieldAnchor {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** A field by hour and place, each worked out when it is first asked for: a watch asks for few of a country's places. */
export class FieldTable {
  readonly #field: DriftingField;
  readonly #anchor: FieldAnchor;
  readonly #driftInto: (hour: number, out: Float64Array) => void;
  readonly #places: number;
  readonly #values: Float32Array;
  readonly #turns: Float64Array;
  readonly #drift = new Float64Array(3);

  /** @param driftInto writes how far the air has come by an hour, km, three axes */
  constructor(
    field: DriftingField,
    { placesDeg, hours }: { readonly placesDeg: Float64Array; readonly hours: number },
    driftInto: (hour: number, out: Float64Array) => void,
  ) {
    this.#field = field;
    this.#anchor = field.anchor(pointsKm(placesDeg));
    this.#driftInto = driftInto;
    this.#places = placesDeg.length / 2;
    this.#values = new Float32Array(this.#places * hours).fill(Number.NaN);
    this.#turns = new Float64Array(2 * field.waves * hours).fill(Number.NaN);
  }

  at(hour: number, place: number): number {
    const row = hour * this.#places + place;
    const known = this.#values[row] as number;
    if (!Number.isNaN(known)) return known;
    const first = 2 * this.#field.waves * hour;
    if (Number.isNaN(this.#turns[first] as number)) {
      this.#driftInto(hour, this.#drift);
      this.#field.turnInto(this.#drift, hour, this.#turns, first);
    }
    this.#values[row] = this.#field.sum(this.#anchor, place, this.#turns, first);
    return this.#values[row] as number;
  }
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
