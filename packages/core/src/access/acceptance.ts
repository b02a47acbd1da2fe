/** Which opportunities are real: the right angle and side for one of the satellite's sensors, and the sun high enough. */
import type { Sky } from "./sky.ts";
import { accepts, type Reach } from "./sweep.ts";

export interface AcceptingSensor {
  /** Index into `SENSOR_KINDS`. */
  readonly kind: number;
  readonly reach: Reach;
  readonly minSunElevationDeg: number;
  /** Any bits that the caller wants collected for opportunities that this sensor accepts. */
  readonly answers: number;
}

export interface Acceptance {
  /** Per opportunity. Bit k: a sensor of kind k can look. Bit 4 + k: it could, but for the sun. */
  readonly kinds: Uint8Array;
  /** Per opportunity: `answers` of the sensors that can look, joined. */
  readonly answers: Uint32Array;
}

/** `sensors[s]` are those of satellite s; an inactive satellite has none. */
export function acceptanceOf(sky: Sky, sensors: readonly (readonly AcceptingSensor[])[]): Acceptance {
  const { passFirst, passSatellite, offNadirDeg, incidenceDeg, xTrackKm, sunElevationDeg } = sky;
  const kinds = new Uint8Array(sky.cell.length);
  const answers = new Uint32Array(sky.cell.length);
  for (let pass = 0; pass < passSatellite.length; pass++) {
    for (const sensor of sensors[passSatellite[pass] as number] ?? []) {
      const [day, night] = [1 << sensor.kind, 16 << sensor.kind];
      for (let i = passFirst[pass] as number; i < (passFirst[pass + 1] as number); i++) {
        if (!accepts(sensor.reach, offNadirDeg[i] as number, incidenceDeg[i] as number, xTrackKm[i] as number))
          continue;
        const lit = (sunElevationDeg[i] as number) >= sensor.minSunElevationDeg;
        kinds[i] = (kinds[i] as number) | (lit ? day : night);
        if (lit) answers[i] = (answers[i] as number) | sensor.answers;
      }
    }
  }
  return { kinds, answers };
}
