/** Areas in which bands are jammed for a time. */
import { EARTH_RADIUS_KM } from "./horizon.ts";

/** What a jammer takes: positions from satellites, the command of drones, their pictures, voice, radar. */
export const BANDS = ["satnav", "control", "data", "voice", "radar"] as const;
export type Band = (typeof BANDS)[number];

/** Bit of a band in a mask. */
export const bandBit = (band: Band): number => 1 << BANDS.indexOf(band);

/** By beginning: half-open in time, a disc in space, bits of bands. Columns of one length. */
export interface JammedAreas {
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  readonly reachKm: Float64Array;
  readonly bands: Uint8Array;
}

const DEG = Math.PI / 180;
const KM_PER_DEG = EARTH_RADIUS_KM * DEG;

/** Answers for many places of one time without going through all times. Distances on a flat chart: within 0.1 % up to 100 km. */
export class Jamming {
  readonly #areas: JammedAreas;
  /** Rows that hold from one time up to another: those of the last question. */
  readonly #active: Int32Array;
  #count = 0;
  #sinceMs = Number.POSITIVE_INFINITY;
  #untilMs = Number.NEGATIVE_INFINITY;

  /** @throws RangeError for areas that are not in order of their beginning */
  constructor(areas: JammedAreas) {
    this.#areas = areas;
    this.#active = new Int32Array(areas.fromMs.length);
    areas.fromMs.forEach((fromMs, i) => {
      if (i > 0 && fromMs < (areas.fromMs[i - 1] as number))
        throw new RangeError(`jammed area ${i} begins at ${fromMs}, before the one before it`);
    });
  }

  /** Bits of the bands that are jammed there and then. */
  bandsAt(latitudeDeg: number, longitudeDeg: number, atMs: number): number {
    if (!(atMs >= this.#sinceMs && atMs < this.#untilMs)) this.#seek(atMs);
    if (this.#count === 0) return 0;
    const { latitudeDeg: lats, longitudeDeg: lons, reachKm, bands } = this.#areas;
    let mask = 0;
    for (let k = 0; k < this.#count; k++) {
      const i = this.#active[k] as number;
      const north = latitudeDeg - (lats[i] as number);
      const reachDeg = (reachKm[i] as number) / KM_PER_DEG;
      if (Math.abs(north) > reachDeg) continue;
      const east = (longitudeDeg - (lons[i] as number)) * Math.cos((latitudeDeg - north / 2) * DEG);
      if (north * north + east * east <= reachDeg * reachDeg) mask |= bands[i] as number;
    }
    return mask;
  }

  #seek(atMs: number): void {
    const { fromMs, toMs } = this.#areas;
    this.#count = 0;
    this.#sinceMs = Number.NEGATIVE_INFINITY;
    this.#untilMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < fromMs.length; i++) {
      const [from, to] = [fromMs[i] as number, toMs[i] as number];
      if (from > atMs) {
        this.#untilMs = Math.min(this.#untilMs, from);
        break;
      }
      this.#sinceMs = Math.max(this.#sinceMs, from);
      if (to <= atMs) this.#sinceMs = Math.max(this.#sinceMs, to);
      else {
        this.#active[this.#count++] = i;
        this.#untilMs = Math.min(this.#untilMs, to);
      }
    }
  }
}
