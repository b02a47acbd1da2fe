/** The one question asked of any moving platform. */
import type { Position } from "../geo/position.ts";
import type { Instant, Interval } from "../time/instant.ts";

/** Where a platform is. `undefined`: the model does not know (decayed, stale, outside its span). */
export type Ephemeris = (at: Instant) => Position<"ecef"> | undefined;

/**
 * States at equal steps, for bulk work. Node `i` is at `firstMs + i * stepMs`; nodes lie on multiples of `stepMs`
 * since 1970, so that moving the span moves no node. Between nodes: cubic Hermite (about 5 m at 120 s in low orbit).
 */
export interface StateTable {
  readonly firstMs: number;
  readonly stepMs: number;
  readonly count: number;
  /** Stride 3, ECEF, km. NaN where unknown. */
  readonly rEcefKm: Float64Array;
  /** Stride 3, velocity relative to the rotating Earth, km/s. NaN where unknown. */
  readonly vEcefKmps: Float64Array;
  /** Where the model does not know, in time order, inside the span asked for. */
  readonly unknown: readonly Unknown[];
}

/** Why an ephemeris has no answer. */
export type UnknownCode = "stale" | "decayed" | "element-error";

export interface Unknown extends Interval {
  readonly code: UnknownCode;
}
