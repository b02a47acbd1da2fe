/**
 * Many sensors in columns: where they stand, which way they look, what they can reach. Nothing is made while they are asked; distances
 * come from unit vectors, right to 0.3 %.
 */
import { EARTH_RADIUS_KM } from "../link/horizon.ts";
import { type Look, OUT_OF_ORDER, OUT_OF_RANGE, OUT_OF_SECTOR } from "./look.ts";
import type { SensorModel } from "./model.ts";

const DEG = Math.PI / 180;

export interface Placement {
  readonly model: SensorModel;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Above the ground or the sea. */
  readonly heightM: number;
  /** Left out: all round. From north by east, the middle and the whole width. */
  readonly sector?: { readonly middleDeg: number; readonly widthDeg: number };
}

export class Watch {
  readonly models: readonly SensorModel[];
  readonly #unit: Float64Array;
  readonly #latDeg: Float64Array;
  readonly #lonDeg: Float64Array;
  readonly #heightM: Float64Array;
  /** Cosine of the angle at the Earth's centre up to which the sensor is asked. */
  readonly #reachCos: Float64Array;
  readonly #middleDeg: Float64Array;
  readonly #halfDeg: Float64Array;
  /** 0: out of order, on the ground, or not yet there. */
  readonly #works: Uint8Array;

  constructor(placements: readonly Placement[]) {
    const n = placements.length;
    this.models = placements.map(({ model }) => model);
    this.#unit = new Float64Array(3 * n);
    this.#latDeg = new Float64Array(n);
    this.#lonDeg = new Float64Array(n);
    this.#heightM = new Float64Array(n);
    this.#reachCos = Float64Array.from(placements, ({ model }) =>
      Math.cos(Math.min(Math.PI, model.rangeKm / EARTH_RADIUS_KM)),
    );
    this.#middleDeg = Float64Array.from(placements, ({ sector }) => sector?.middleDeg ?? 0);
    this.#halfDeg = Float64Array.from(placements, ({ sector }) => (sector?.widthDeg ?? 360) / 2);
    this.#works = new Uint8Array(n).fill(1);
    placements.forEach(({ latitudeDeg, longitudeDeg, heightM }, i) => {
      this.place(i, latitudeDeg, longitudeDeg, heightM);
    });
  }

  get count(): number {
    return this.models.length;
  }

  /** Where a sensor is now. */
  place(i: number, latitudeDeg: number, longitudeDeg: number, heightM: number): void {
    const cos = Math.cos(latitudeDeg * DEG);
    this.#unit[3 * i] = cos * Math.cos(longitudeDeg * DEG);
    this.#unit[3 * i + 1] = cos * Math.sin(longitudeDeg * DEG);
    this.#unit[3 * i + 2] = Math.sin(latitudeDeg * DEG);
    this.#latDeg[i] = latitudeDeg;
    this.#lonDeg[i] = longitudeDeg;
    this.#heightM[i] = heightM;
  }

  /** Turns a sensor's sector. */
  turn(i: number, middleDeg: number): void {
    this.#middleDeg[i] = middleDeg;
  }

  setWorks(i: number, works: boolean): void {
    this.#works[i] = works ? 1 : 0;
  }

  works(i: number): boolean {
    return this.#works[i] === 1;
  }

  /**
   * Sensors that work and have a place within their range and sector, into `out`; their distances over the ground, km, into
   * `groundKm`. @returns how many
   */
  near(latitudeDeg: number, longitudeDeg: number, out: Uint32Array, groundKm: Float64Array): number {
    const cos = Math.cos(latitudeDeg * DEG);
    const [x, y, z] = [
      cos * Math.cos(longitudeDeg * DEG),
      cos * Math.sin(longitudeDeg * DEG),
      Math.sin(latitudeDeg * DEG),
    ];
    const u = this.#unit;
    let found = 0;
    for (let i = 0, k = 0; i < this.#works.length; i++, k += 3) {
      const dot = x * (u[k] as number) + y * (u[k + 1] as number) + z * (u[k + 2] as number);
      if (dot < (this.#reachCos[i] as number) || this.#works[i] === 0) continue;
      if (!this.#isInSector(i, latitudeDeg, longitudeDeg)) continue;
      // From the chord: the cosine of a small angle has no digits to spare.
      const [dx, dy, dz] = [x - (u[k] as number), y - (u[k + 1] as number), z - (u[k + 2] as number)];
      groundKm[found] = 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(dx * dx + dy * dy + dz * dz) / 2));
      out[found++] = i;
    }
    return found;
  }

  /** Why a sensor is not among those near a place: minus a reason (see REASONS); 0 where it is. */
  whyNotNear(i: number, latitudeDeg: number, longitudeDeg: number): number {
    if (this.#works[i] === 0) return OUT_OF_ORDER;
    const cos = Math.cos(latitudeDeg * DEG);
    const [x, y, z] = [
      cos * Math.cos(longitudeDeg * DEG),
      cos * Math.sin(longitudeDeg * DEG),
      Math.sin(latitudeDeg * DEG),
    ];
    const [u, k] = [this.#unit, 3 * i];
    const dot = x * (u[k] as number) + y * (u[k + 1] as number) + z * (u[k + 2] as number);
    if (dot < (this.#reachCos[i] as number)) return OUT_OF_RANGE;
    return this.#isInSector(i, latitudeDeg, longitudeDeg) ? 0 : OUT_OF_SECTOR;
  }

  #isInSector(i: number, latitudeDeg: number, longitudeDeg: number): boolean {
    const half = this.#halfDeg[i] as number;
    if (half >= 180) return true;
    const off = this.bearingDeg(i, latitudeDeg, longitudeDeg) - (this.#middleDeg[i] as number);
    return Math.abs(off - 360 * Math.round(off / 360)) <= half;
  }

  /** From a sensor to a place near it, degrees from north by east; flat, within a tenth of a degree at 50 km. */
  bearingDeg(i: number, latitudeDeg: number, longitudeDeg: number): number {
    const lat = this.#latDeg[i] as number;
    const east = (longitudeDeg - (this.#lonDeg[i] as number)) * Math.cos(((lat + latitudeDeg) / 2) * DEG);
    return Math.atan2(east, latitudeDeg - lat) / DEG;
  }

  /** Sets the geometry of a look from sensor `i` to something so far over the ground and so high. */
  aim(look: Look, i: number, groundKm: number, targetHeightM: number): void {
    const heightM = this.#heightM[i] as number;
    look.groundKm = groundKm;
    look.sensorHeightM = heightM;
    look.targetHeightM = targetHeightM;
    look.slantKm = Math.hypot(groundKm, (heightM - targetHeightM) / 1000);
  }
}
