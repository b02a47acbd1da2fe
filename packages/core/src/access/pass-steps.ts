/** How far apart the pass kernel's nodes stand, and where its interpolation is put to the test. */
import type { MeanElements } from "../orbit/elements.ts";
import { MS_PER_DAY } from "../time/instant.ts";

const MU_KM3PS2 = 398_600.8; // WGS 72, as SGP4
/** Steps to choose from; doubled they are steps of base nodes. */
const STEPS_S = [1800, 900, 480, 240, 120, 60, 30, 15, 5];
/** Fastest turn in a step: of a 280 km orbit in 120 s. Heights then turn once in a step at most. */
const MOST_RAD = 0.1395;
const PROBED_STEPS = 24;

/** Scan nodes, ms: multiples of it since 1970. */
export function scanStepMs({ meanMotionRevPerDay, eccentricity: e }: MeanElements): number {
  const n = (meanMotionRevPerDay * 2 * Math.PI) / 86_400;
  const perigeeKm = Math.cbrt(MU_KM3PS2 / (n * n)) * (1 - e);
  const rateRadps = Math.sqrt((MU_KM3PS2 * (1 + e)) / perigeeKm ** 3);
  return 1000 * (STEPS_S.find((s) => s * rateRadps <= MOST_RAD) ?? 5);
}

/** Base nodes, ms: each, or every second scan node. */
export const baseStepMs = (scanMs: number, fill: number): number => scanMs * fill;

/** How many instants `probeOf` gives. */
export const probeCount = (margin: number): number => 2 * (PROBED_STEPS + 2 * margin) + 1;

/**
 * Half base steps about the perigee nearest to epoch, `margin` steps more at either end: where a path bends most. They
 * belong to the elements and not to the span, so that moving the span changes no answer.
 */
export function probeOf(
  { epochUtcMs, meanAnomalyDeg, meanMotionRevPerDay }: MeanElements,
  stepMs: number,
  margin: number,
): { readonly firstMs: number; readonly count: number } {
  const turns = meanAnomalyDeg / 360 - Math.round(meanAnomalyDeg / 360);
  const perigeeMs = epochUtcMs - (turns * MS_PER_DAY) / meanMotionRevPerDay;
  const firstMs = (Math.round(perigeeMs / stepMs) - PROBED_STEPS / 2 - margin) * stepMs;
  return { firstMs, count: probeCount(margin) };
}
