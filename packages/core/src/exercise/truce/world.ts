/** One truce on the exercise's line: all that happens, for an engine to step through. Sensors, headquarters and `verify` get none of it directly. */

import { type ClaimColumns, simulateClaims } from "./claims.ts";
import { type Fire, simulateFire } from "./fire.ts";
import { type Foresight, type LargerColumns, NO_FORESIGHT, simulateLarger } from "./larger.ts";
import { type ObstructionColumns, simulateObstruction } from "./obstruction.ts";
import { type Scaling, scaledFire } from "./scale.ts";
import type { FireSpec, Span, View } from "./spec.ts";
import type { Truce } from "./truce.ts";

export interface TruceRun {
  readonly seed: number;
  /** Id of a regime of the truce. */
  readonly regime: string;
  /** Whole hours since the truce began. Begin some days early: what began before the span is not in it. */
  readonly span: Span;
  /** Cameras that the parties know of. */
  readonly views: readonly View[];
  /** What an informed party knows of the watch; none: it knows nothing, and the same breaches come when they were meant. */
  readonly foresight?: Foresight;
  /** In place of the truce's own, to vary it. */
  readonly scaling?: Scaling;
}

export interface TruceWorld {
  /** Of the longer line. */
  readonly spec: FireSpec;
  readonly fire: Fire;
  readonly obstruction: ObstructionColumns;
  readonly larger: LargerColumns;
  readonly claims: ClaimColumns;
}

/** @throws RangeError for a regime that the truce does not have */
export function simulateTruce(truce: Truce, run: TruceRun): TruceWorld {
  const regime = truce.regimes[run.regime];
  if (regime === undefined) throw new RangeError(`no regime ${run.regime}; ${Object.keys(truce.regimes).join(", ")}`);
  const { seed, span, views } = run;
  const spec = scaledFire(truce.fire, run.scaling ?? truce.scaling);
  const fire = simulateFire(spec, { seed, regime, span, views });
  const breaches = simulateLarger(truce.larger, truce.areas, {
    seed,
    span,
    foresight: run.foresight ?? NO_FORESIGHT,
  });
  const larger = { breaches, kinds: truce.larger, areas: truce.areas };
  return {
    spec,
    fire,
    obstruction: simulateObstruction(truce.obstruction, spec, { seed, span }),
    larger: breaches,
    claims: simulateClaims(truce.claims, { fire, ground: spec, larger }, { seed, regime, span }),
  };
}
