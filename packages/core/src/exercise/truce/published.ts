/** One seed's world as the mission on the monitored line records it, in the terms of what was published. */
import { MS_PER_DAY, MS_PER_HOUR } from "../../time/instant.ts";
import { simulateClaims } from "./claims.ts";
import { type Fire, simulateFire } from "./fire.ts";
import { recordFire, viewsOf } from "./mission.ts";
import { recordObstruction, simulateObstruction } from "./obstruction.ts";
import { scaledFire } from "./scale.ts";
import type { Regime, Span } from "./spec.ts";
import { dayOfReturn, type RecordStatistics, recordStatistics } from "./statistics.ts";
import type { Truce } from "./truce.ts";

/** Begun a week before it counts, so that what began earlier goes on; four weeks before the truce, sixteen of it, four where it frays. */
const WARM_UP_DAYS = 7;
const BEFORE_DAYS = 28;
const DURABLE_DAYS = 112;
const FRAYING_DAYS = 28;
/** The truce whose claims were counted: 30 hours from 18:00, on the whole line, with fire as before. */
const CLAIMS_SPAN: Span = { fromMs: 18 * MS_PER_HOUR, toMs: 48 * MS_PER_HOUR };
const NO_TRUCE: Regime = { id: "none", floor01: 1, fallDays: 1 };

const days = (from: number, to: number): Span => ({ fromMs: from * MS_PER_DAY, toMs: to * MS_PER_DAY });

/** By the names of the truce's `published`; `returnDays` is infinite where the earlier level does not come back in four weeks. */
export function recordedFigures(truce: Truce, seed: number): Record<string, number> {
  return { ...durableFigures(truce, seed), ...frayingFigures(truce, seed), ...claimFigures(truce, seed) };
}

/** What a mission records of a regime, over some spans of one run. */
export function recordedOver(
  truce: Truce,
  regime: Regime,
  { seed, spans }: { readonly seed: number; readonly spans: readonly Span[] },
): RecordStatistics[] {
  const { fire: spec, mission, measure } = truce;
  const first = Math.min(...spans.map(({ fromMs }) => fromMs)) - WARM_UP_DAYS * MS_PER_DAY;
  const span = { fromMs: first, toMs: Math.max(...spans.map(({ toMs }) => toMs)) };
  const fire: Fire = simulateFire(spec, { seed, regime, span, views: viewsOf(mission) });
  const { hotSpots, lineKm } = spec;
  const rows = recordFire(fire, { mission, hotSpots, lineKm }, { seed, span });
  return spans.map((part) => recordStatistics(fire.events, rows, part, { hotSpots, measure }));
}

function durableFigures(truce: Truce, seed: number): Record<string, number> {
  const spans = [days(-BEFORE_DAYS, 0), days(0, DURABLE_DAYS)];
  const [before, after] = recordedOver(truce, regimeOf(truce, "durable"), { seed, spans }) as [
    RecordStatistics,
    RecordStatistics,
  ];
  const met = obstructionMet(truce, seed);
  return {
    earlierPerDay: before.perDay,
    durablePerDay: after.perDay,
    nearHotSpots01: after.nearHotSpots01,
    nearLoudest01: after.nearLoudest01,
    shareExplosion: after.shares.explosion,
    shareBurst: after.shares.burst,
    shareProjectile: after.shares.projectile,
    shareFlash: after.shares.flash,
    largestBurstDurable: after.largestBurst,
    jammingsFortnight: (met.jamming * 14) / DURABLE_DAYS,
    denialsFortnight: (met.denial * 14) / DURABLE_DAYS,
  };
}

function obstructionMet(truce: Truce, seed: number): { readonly jamming: number; readonly denial: number } {
  const { fire, mission, obstruction } = truce;
  const span = days(0, DURABLE_DAYS);
  const warm = { fromMs: -2 * MS_PER_DAY, toMs: span.toMs };
  const met = simulateObstruction(obstruction, fire, { seed, span: warm });
  return recordObstruction(met, { mission, hotSpots: fire.hotSpots, lineKm: fire.lineKm }, { seed, span });
}

function frayingFigures(truce: Truce, seed: number): Record<string, number> {
  const spans = [days(0, FRAYING_DAYS)];
  const [after] = recordedOver(truce, regimeOf(truce, "fraying"), { seed, spans }) as [RecordStatistics];
  const earlier = truce.published["earlierPerDay"]?.value ?? Number.NaN;
  return {
    returnDays: dayOfReturn(after.daily, earlier, truce.measure) ?? Number.POSITIVE_INFINITY,
    largestBurstFraying: after.largestBurst,
  };
}

function claimFigures(truce: Truce, seed: number): Record<string, number> {
  const spec = scaledFire(truce.fire, truce.scaling);
  const span = { fromMs: -WARM_UP_DAYS * MS_PER_DAY, toMs: CLAIMS_SPAN.toMs };
  const fire = simulateFire(spec, { seed, regime: NO_TRUCE, span, views: [] });
  const claims = simulateClaims(truce.claims, { fire, ground: spec }, { seed, regime: NO_TRUCE, span: CLAIMS_SPAN });
  const byB = claims.party.reduce((sum, party) => sum + party, 0);
  return { claimsA: claims.party.length - byB, claimsB: byB };
}

function regimeOf({ regimes }: Truce, id: string): Regime {
  const regime = regimes[id];
  if (regime === undefined) throw new RangeError(`no regime ${id} in this truce`);
  return regime;
}
