/** A small truce for tests: its figures are chosen for short runs and closed forms, not for likeness. */
import type { Cascade, FireSpec, Regime } from "../src/exercise/truce/spec.ts";

export const DAY_MS = 86_400_000;

export const STEADY: Regime = { id: "steady", floor01: 1, fallDays: 1 };

/** Vigour all but constant: an unmarked Hawkes process. */
export const PLAIN_VIGOUR = { low: 1, high: 1.000001, tail: 1 };

export function cascade(changes: Partial<Cascade> = {}): Cascade {
  return {
    offspring: [
      {
        mean: 0.6,
        delay: { kind: "exponential", meanS: 600 },
        reach: { kind: "normal", sigmaKm: 0.5 },
        answers01: 0.3,
      },
    ],
    vigour: PLAIN_VIGOUR,
    like01: 0.7,
    shares: { explosion: 0.4, burst: 0.4, projectile: 0.15, flash: 0.05 },
    ...changes,
  };
}

export function fireSpec(changes: Partial<FireSpec> = {}): FireSpec {
  return {
    lineKm: 100,
    hotSpots: [
      { id: "north", atKm: 20, spreadKm: 2, perDay: 20 },
      { id: "south", atKm: 70, spreadKm: 3, perDay: 10 },
    ],
    background: { perKmDay: 0.2, segmentKm: 20 },
    depthKm: 1,
    cascade: cascade(),
    barrages: {
      perHotSpotDay: 0.1,
      perKmDay: 0.002,
      rounds: { low: 20, high: 300, tail: 1.2 },
      lastsS: 1800,
      sigmaKm: 0.5,
    },
    rhythm: { swing01: 0.4, peakHour: 21 },
    displacement: { chance01: 0.5, beyondKm: 2 },
    ...changes,
  };
}

/** Nothing but engagements at a steady rate, on one segment. */
export function plainFire(perDay: number, changes: Partial<Cascade> = {}): FireSpec {
  return fireSpec({
    hotSpots: [],
    background: { perKmDay: perDay / 100, segmentKm: 100 },
    cascade: cascade(changes),
    barrages: { ...fireSpec().barrages, perHotSpotDay: 0, perKmDay: 0 },
    rhythm: { swing01: 0, peakHour: 0 },
  });
}
