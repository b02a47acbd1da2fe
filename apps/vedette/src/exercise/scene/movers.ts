/** What moves: what it can do, what carries it and holds it back, and the way round each station that it can reach. */

import type { Mover } from "@vedette/core/exercise/scene";
import type { Law } from "@vedette/core/exercise/watch/eyes";
import type { Place } from "@vedette/core/geo/position";
import { kmBetween } from "@vedette/core/motion/chart";
import type { Passage } from "@vedette/core/motion/passage";
import type { PatternKind } from "@vedette/core/motion/patterns";
import type { Exercise } from "@vedette/wire/exercise";
import type { Area } from "./areas.ts";
import type { Medium } from "./passages.ts";
import { roundsOf, sweptKm } from "./stations.ts";

type Own = NonNullable<Exercise["groups"][string]["mover"]>;

/** What a group's movers share: their rounds before any of them is found too far. */
export interface Fleet {
  readonly own: Own;
  readonly by: Medium;
  readonly heightM: number;
  readonly passage: Passage | undefined;
  readonly rounds: Mover["rounds"];
}

export interface Stations {
  readonly areas: readonly Area[];
  readonly patterns: readonly PatternKind[];
}

export const mediumOf = (own: Own, heightM: number): Medium => own.by ?? (heightM >= 100 ? "air" : "land");

export function fleetOf(
  own: Own,
  { law, heightM, passage }: { law: Law; heightM: number; passage: Passage | undefined },
  { areas, patterns }: Stations,
): Fleet {
  const by = mediumOf(own, heightM);
  const sweepKm = own.sweepKm ?? sweptKm(law, heightM);
  const rounds = roundsOf(areas, patterns, { may: own.patterns ?? patterns, sweepKm, passage });
  return { own, by, heightM, passage, rounds };
}

/**
 * Wind at a height over that at 10 m: a power law with 1/7, as commonly taken over open land; at most twice, which is what the weather takes for
 * 2 to 3 km. The surface of the sea drifts with about 3 % of the wind, the rule of thumb of those who follow slicks. Both assumed.
 */
function flowTimes(by: Medium, heightM: number): number {
  if (by === "land") return 0;
  return by === "sea" ? 0.03 : Math.min(2, (Math.max(10, heightM) / 10) ** (1 / 7));
}

/** Assumed: cross winds that small aircraft land in; the top of sea state 4 (WMO code 3700). */
const MOST_WIND_MPS = 15;
const MOST_WAVE_M = 2.5;

/** A way there and back may take nine tenths of the endurance: a tenth is left to watch. */
const WAY_01 = 0.45;

export function moverOf({ own, by, heightM, passage, rounds }: Fleet, base: Place): Mover {
  const { speedMps, enduranceS, turnaroundS = 3600, reserve01 = 0.1 } = own;
  const reachKm = (speedMps * enduranceS * (1 - reserve01) * WAY_01) / 1000;
  const mostWindMps = own.mostWindMps ?? (by === "air" ? MOST_WIND_MPS : undefined);
  const mostWaveM = own.mostWaveM ?? (by === "sea" ? MOST_WAVE_M : undefined);
  const isNear = (round: Float64Array): boolean =>
    kmBetween(base.latitudeDeg, base.longitudeDeg, round[0] as number, round[1] as number) <= reachKm &&
    wayKm(base, round, passage) <= reachKm;
  return {
    speedMps,
    enduranceS,
    turnaroundS,
    reserve01,
    flowTimes: flowTimes(by, heightM),
    ...(mostWindMps !== undefined && { mostWindMps }),
    ...(mostWaveM !== undefined && { mostWaveM }),
    ...(passage !== undefined && { passage }),
    rounds: rounds.map((round) => (round !== undefined && isNear(round) ? round : undefined)),
  };
}

/** From the round's beginning, as far as to it; Infinity where there is no way. */
function wayKm({ latitudeDeg, longitudeDeg }: Place, round: Float64Array, passage: Passage | undefined): number {
  let [km, lat, lon] = [0, round[0] as number, round[1] as number];
  const straight = Float64Array.of(latitudeDeg, longitudeDeg);
  const way = passage === undefined ? straight : passage.way(lat, lon, latitudeDeg, longitudeDeg);
  if (way === undefined) return Number.POSITIVE_INFINITY;
  for (let k = 0; k < way.length; k += 2) {
    km += kmBetween(lat, lon, way[k] as number, way[k + 1] as number);
    [lat, lon] = [way[k] as number, way[k + 1] as number];
  }
  return km;
}
