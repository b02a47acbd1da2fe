/** Looks: what a satellite images in one go, and what it needs to do so. */
import type { LookSensor } from "./sensors.ts";

export interface LookSatellite {
  readonly active: boolean;
  readonly sensors: readonly LookSensor[];
  readonly memoryGbit: number;
  readonly downlinkMbps: number;
  readonly processingMs: number;
  readonly periodMs: number;
}

/** A station, or a relay with its terminals. */
export interface GroundPoint {
  readonly id: string;
  readonly usable: boolean;
  readonly antennas: number;
  /** Infinite where the satellite's own rate decides. */
  readonly rateMbps: number;
}

/** One strip of one sensor. */
export interface Look {
  readonly satellite: number;
  readonly pass: number;
  readonly sensor: LookSensor;
  readonly startMs: number;
  readonly endMs: number;
  readonly gbit: number;
  readonly cells: number;
  /** When the picture is at headquarters; NaN: not within the span. */
  deliveredMs: number;
  /** Index into `ground`, -1 until sent. */
  ground: number;
}

/** Cell-looks: `opportunity[i]` was taken in `looks[look[i]]`. In order of taking. */
export interface Taken {
  readonly looks: readonly Look[];
  readonly opportunity: Uint32Array;
  readonly look: Uint32Array;
}
