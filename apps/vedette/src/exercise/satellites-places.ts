/** Places at which looks of satellites are weighed: three rows along the line, those of larger breaches away from it; or all over a disc. */

import type { WatchedPlaces } from "@vedette/core/exercise/satellites/places";
import { lineFrame } from "@vedette/core/exercise/truce/line";
import type { Truce } from "@vedette/core/exercise/truce/truce";
import type { Place } from "@vedette/core/geo/position";
import { KM_PER_DEG } from "@vedette/core/motion/chart";
import type { Exercise } from "@vedette/wire/exercise";

/** Before it is known who asks for them. */
export type SweptPlaces = Omit<WatchedPlaces, "asked">;

const EVERY_KM = 10;
/** On the line and at either side: together as wide as the buffer of the shipped zone. */
const OFFSETS_KM = [-15, 0, 15];
/** From the line: what lies nearer is in the three rows. */
const BESIDE_KM = 20;

export interface Watched {
  readonly exercise: Exercise;
  readonly line?: readonly Place[];
  readonly truce?: Truce;
}

export function placesOf({ exercise, line, truce }: Watched): SweptPlaces {
  const everyKm = exercise.satellites?.everyKm ?? EVERY_KM;
  const isLine = line !== undefined && truce !== undefined;
  const places = isLine ? alongLine(line, truce, everyKm) : overDisc(exercise, everyKm);
  const acrossKm = isLine ? 15 : everyKm;
  return {
    latitudeDeg: Float64Array.from(places, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float64Array.from(places, ({ longitudeDeg }) => longitudeDeg),
    areaKm2: new Float64Array(places.length).fill(everyKm * acrossKm),
    reachKm: Math.hypot(everyKm, acrossKm) / 2,
    stepKm: everyKm,
  };
}

function alongLine(line: readonly Place[], { areas }: Truce, everyKm: number): Place[] {
  const frame = lineFrame(line);
  const count = Math.max(1, Math.round(frame.lengthKm / everyKm));
  const kms = Array.from({ length: count }, (_, i) => ((i + 0.5) * frame.lengthKm) / count);
  const rows = kms.flatMap((km) => OFFSETS_KM.map((offsetKm) => frame.placeAt(km, offsetKm)));
  const beside = areas
    .filter(({ offsetKm, course }) => course !== undefined || Math.abs(offsetKm) > BESIDE_KM)
    .flatMap(({ atKm, offsetKm, halfKm, course }) => {
      const own = course === undefined ? frame : lineFrame(course);
      const steps = Math.ceil(halfKm / everyKm);
      return Array.from({ length: 2 * steps + 1 }, (_, i) =>
        own.placeAt(atKm + ((i - steps) * halfKm) / Math.max(1, steps), offsetKm),
      );
    });
  const all = [...rows, ...beside];
  return [...new Map(all.map((place) => [`${place.latitudeDeg}/${place.longitudeDeg}`, place])).values()];
}

function overDisc({ world }: Exercise, everyKm: number): Place[] {
  if (!("plain" in world)) return [];
  const { latitudeDeg, longitudeDeg, radiusKm } = world.plain;
  const n = Math.ceil(radiusKm / everyKm);
  const steps = Array.from({ length: 2 * n + 1 }, (_, i) => (i - n) * everyKm);
  return steps.flatMap((north) =>
    steps
      .filter((east) => Math.hypot(north, east) <= radiusKm + everyKm)
      .map((east) => ({
        latitudeDeg: latitudeDeg + north / KM_PER_DEG,
        longitudeDeg: longitudeDeg + east / KM_PER_DEG / Math.cos((latitudeDeg * Math.PI) / 180),
      })),
  );
}
