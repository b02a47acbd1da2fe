/** Ways to watch the areas: one round for each area and pattern, spaced by what a sensor sweeps, round what is closed. */
import type { Law } from "@vedette/core/exercise/watch/eyes";
import type { Place } from "@vedette/core/geo/position";
import { KM_PER_DEG } from "@vedette/core/motion/chart";
import type { Passage } from "@vedette/core/motion/passage";
import { type Pattern, type PatternKind, roundOf } from "@vedette/core/motion/patterns";
import { Look } from "@vedette/core/sense/look";
import { sweepWidthKm } from "@vedette/core/sense/search";
import { stimulate } from "@vedette/core/sense/signature";
import type { Area } from "./areas.ts";

/** Legs stand no closer than an eighth of an area's radius, so that a round ends on the day on which it begins. */
const CLOSEST = 1 / 8;

/** @returns latitudes and longitudes in turn, by area and then by pattern; undefined: not one that suits, or closed */
export function roundsOf(
  areas: readonly Area[],
  patterns: readonly PatternKind[],
  { may, sweepKm, passage }: { may: readonly PatternKind[]; sweepKm: number; passage: Passage | undefined },
): readonly (Float64Array | undefined)[] {
  return areas.flatMap((area) =>
    patterns.map((kind) => {
      if (!may.includes(kind) || (area.patterns !== undefined && !area.patterns.includes(kind))) return undefined;
      const round = roundOf(patternOf(kind, area, sweepKm));
      const flat = Float64Array.from(round.flatMap(({ latitudeDeg, longitudeDeg }) => [latitudeDeg, longitudeDeg]));
      return passage === undefined ? flat : passage.round(flat);
    }),
  );
}

function patternOf(kind: PatternKind, area: Area, sweepKm: number): Pattern {
  const { radiusKm } = area;
  const spacingKm = Math.min(2 * radiusKm, Math.max(CLOSEST * radiusKm, sweepKm));
  switch (kind) {
    case "racetrack":
      return { kind, from: off(area, 0, -radiusKm), to: off(area, 0, radiusKm), widthKm: Math.max(0.5, radiusKm / 2) };
    case "creeping-line": {
      const corner = off(area, -radiusKm, -radiusKm);
      return { kind, corner, headingDeg: 0, aheadKm: 2 * radiusKm, acrossKm: 2 * radiusKm, spacingKm };
    }
    case "sector":
      return { kind, datum: area, headingDeg: 0, radiusKm };
    case "expanding-square":
      return {
        kind,
        datum: area,
        headingDeg: 0,
        spacingKm,
        legs: Math.max(4, 2 * Math.floor((2 * radiusKm) / spacingKm)),
      };
    case "line-patrol":
      return { kind, line: area.line ?? [off(area, 0, -radiusKm), off(area, 0, radiusKm)] };
  }
}

function off({ latitudeDeg, longitudeDeg }: Place, northKm: number, eastKm: number): Place {
  const cos = Math.cos((latitudeDeg * Math.PI) / 180);
  return { latitudeDeg: latitudeDeg + northKm / KM_PER_DEG, longitudeDeg: longitudeDeg + eastKm / (KM_PER_DEG * cos) };
}

/** What legs are spaced for, the first that the sensor can see at all: a mark of 3 m, a vehicle on the move, a fire, a blast. */
const SEARCHED = [
  ["crater", 3],
  ["track", 10],
  ["heat", 2],
  ["sound", 110],
] as const;

/** Width that is swept by a minute's look from each place, on a clear day, over a smooth Earth, km; 0: none of those is seen. */
export function sweptKm(law: Law, heightM: number): number {
  const look = new Look();
  look.sensorHeightM = heightM;
  look.speedMps = 8;
  const appearance = { contrast01: 0.3, riseK: 2, speedMps: 8 };
  for (const [channel, strength] of SEARCHED) {
    const lateral01 = (km: number): number => {
      look.groundKm = km;
      look.slantKm = Math.hypot(km, heightM / 1000);
      stimulate(look, channel, strength, appearance);
      const chance = law.answer(look, channel);
      return chance > 0 ? chance : 0;
    };
    const km = sweepWidthKm(lateral01, law.rangeKm, 200);
    if (km > 0) return km;
  }
  return 0;
}
