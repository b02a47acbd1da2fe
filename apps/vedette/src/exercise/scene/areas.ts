/** Where those who move can be sent, and places along the line. */
import type { Scene } from "@vedette/core/exercise/scene";
import type { LineFrame } from "@vedette/core/exercise/truce/line";
import type { Place } from "@vedette/core/geo/position";
import type { PatternKind } from "@vedette/core/motion/patterns";
import type { Exercise } from "@vedette/wire/exercise";

type Along = NonNullable<Exercise["groups"][string]["along"]>;
export type Area = Scene["areas"][number] & {
  readonly radiusKm: number;
  /** That suit it; left out: all. */
  readonly patterns?: readonly PatternKind[];
  /** Its stretch of the truce's line, for line patrols. */
  readonly line?: readonly Place[];
};

/** Km along the line, evenly. */
export function kmsOf({ count, fromKm = 0, toKm }: Along, lengthKm: number): number[] {
  const to = Math.min(toKm ?? lengthKm, lengthKm);
  return Array.from({ length: count }, (_, i) => fromKm + ((i + 0.5) * (to - fromKm)) / count);
}

export function areasOf({ areas = {}, areasAlong }: Exercise, frame: LineFrame | undefined): Area[] {
  const named = Object.entries(areas).map(([id, area]) => ({ id, ...area }));
  if (areasAlong === undefined || frame === undefined) return named;
  const { count, radiusKm, offsetKm } = areasAlong;
  const along = kmsOf({ count }, frame.lengthKm).map((km) => ({
    id: `km-${Math.round(km)}`,
    ...frame.placeAt(km, offsetKm),
    radiusKm,
    line: [-1, -0.5, 0, 0.5, 1].map((share) => frame.placeAt(within(km + share * radiusKm, frame.lengthKm), offsetKm)),
  }));
  return [...named, ...along];
}

const within = (km: number, lengthKm: number): number => Math.min(lengthKm, Math.max(0, km));
