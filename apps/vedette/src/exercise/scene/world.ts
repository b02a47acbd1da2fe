/** What happens in the exercise: a truce along a line, or things at random in a disc. */

import type { Foresight } from "@vedette/core/exercise/truce/larger";
import { lineFrame } from "@vedette/core/exercise/truce/line";
import type { View } from "@vedette/core/exercise/truce/spec";
import { truceWorldMaker } from "@vedette/core/exercise/truth/from-truce";
import { plainWorld, type WorldMaker } from "@vedette/core/exercise/truth/truth";
import type { Place } from "@vedette/core/geo/position";
import { parseInstant } from "@vedette/core/time/instant";
import type { Exercise } from "@vedette/wire/exercise";
import type { Plan } from "../load.ts";
import { kmsOf } from "./areas.ts";

/** @param foresight of informed parties; left out: they know nothing */
export function worldOf({ exercise, truce, line }: Plan, foresight?: Foresight): WorldMaker {
  const startMs = parseInstant(exercise.start);
  const { days, world } = exercise;
  if ("truce" in world) {
    if (truce === undefined || line === undefined) throw new RangeError("the truce was not read");
    const { regime, only, jamming, scaling } = world.truce;
    return truceWorldMaker({
      truce,
      regime,
      line,
      startMs,
      days,
      views: viewsOf(exercise, line),
      ...(foresight !== undefined && { foresight }),
      ...(only !== undefined && { only }),
      ...(jamming !== undefined && { jamming }),
      ...(scaling !== undefined && { scaling }),
    });
  }
  const { kinds, ...where } = world.plain;
  return plainWorld({
    ...where,
    startMs,
    days,
    kinds: Object.entries(kinds).map(([id, { taxonomy, perDay, lastsS, channel, strength, isBreach = true }]) => ({
      id,
      taxonomy,
      perDay,
      isBreach,
      class: id,
      signatures: [{ channel, strength, lastsS, fades: "at-once" as const }],
      speedMps: 0,
      contrast01: 0.3,
      riseK: 2,
      heightM: 2,
    })),
  });
}

/** Fixed cameras along the line: who fires knows of them. */
function viewsOf({ groups }: Exercise, line: readonly Place[]): View[] {
  const { lengthKm } = lineFrame(line);
  return Object.values(groups).flatMap(({ along, mover, sensor }) =>
    along === undefined || mover !== undefined || sensor?.startsWith("camera") !== true
      ? []
      : kmsOf(along, lengthKm).map((atKm) => ({ atKm, reachKm: 2 })),
  );
}
