/** Areas in which a band is jammed for a time. */
import type { Place } from "../geo/position.ts";
import { EARTH_RADIUS_KM } from "./horizon.ts";

/** What a jammer takes: positions from satellites, the command of drones, their pictures, voice, radar. */
export const BANDS = ["satnav", "control", "data", "voice", "radar"] as const;
export type Band = (typeof BANDS)[number];

/** Bit of a band in a mask. */
export const bandBit = (band: Band): number => 1 << BANDS.indexOf(band);

/** Half-open in time, a disc in space. */
export interface JammingArea extends Place {
  readonly radiusKm: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly bands: readonly Band[];
}

const DEG = Math.PI / 180;

/** Answers for many places and times without making anything. Distances on a sphere: within 0.3 %. */
export class Jamming {
  readonly #count: number;
  readonly #unit: Float64Array;
  /** Square of the longest chord inside, in Earth radii. */
  readonly #chord2: Float64Array;
  readonly #fromMs: Float64Array;
  readonly #toMs: Float64Array;
  readonly #mask: Uint8Array;

  /** @throws RangeError for an area without extent or that ends before it begins */
  constructor(areas: readonly JammingArea[]) {
    const sorted = [...areas].sort((a, b) => a.fromMs - b.fromMs);
    this.#count = sorted.length;
    this.#unit = new Float64Array(3 * sorted.length);
    this.#chord2 = Float64Array.from(sorted, ({ radiusKm }) => {
      if (!(radiusKm > 0)) throw new RangeError(`a jammed area has a radius above 0 km: ${radiusKm}`);
      return (2 * Math.sin(Math.min(Math.PI, radiusKm / EARTH_RADIUS_KM) / 2)) ** 2;
    });
    this.#fromMs = Float64Array.from(sorted, ({ fromMs }) => fromMs);
    this.#toMs = Float64Array.from(sorted, ({ fromMs, toMs }) => {
      if (!(toMs > fromMs)) throw new RangeError(`jamming ends after it begins: ${fromMs} .. ${toMs}`);
      return toMs;
    });
    this.#mask = Uint8Array.from(sorted, ({ bands }) => bands.reduce((mask, band) => mask | bandBit(band), 0));
    sorted.forEach(({ latitudeDeg, longitudeDeg }, i) => {
      unitInto(latitudeDeg, longitudeDeg, this.#unit, 3 * i);
    });
  }

  /** Bits of the bands that are jammed there and then. */
  bandsAt(latitudeDeg: number, longitudeDeg: number, atMs: number): number {
    if (this.#count === 0) return 0;
    const cos = Math.cos(latitudeDeg * DEG);
    const x = cos * Math.cos(longitudeDeg * DEG);
    const y = cos * Math.sin(longitudeDeg * DEG);
    const z = Math.sin(latitudeDeg * DEG);
    const u = this.#unit;
    let mask = 0;
    for (let i = 0; i < this.#count && (this.#fromMs[i] as number) <= atMs; i++) {
      if ((this.#toMs[i] as number) <= atMs) continue;
      const [dx, dy, dz] = [x - (u[3 * i] as number), y - (u[3 * i + 1] as number), z - (u[3 * i + 2] as number)];
      if (dx * dx + dy * dy + dz * dz <= (this.#chord2[i] as number)) mask |= this.#mask[i] as number;
    }
    return mask;
  }
}

function unitInto(latitudeDeg: number, longitudeDeg: number, out: Float64Array, at: number): void {
  const cos = Math.cos(latitudeDeg * DEG);
  out[at] = cos * Math.cos(longitudeDeg * DEG);
  out[at + 1] = cos * Math.sin(longitudeDeg * DEG);
  out[at + 2] = Math.sin(latitudeDeg * DEG);
}
