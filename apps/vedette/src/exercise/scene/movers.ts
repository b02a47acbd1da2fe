/** What moves: what it can do, and the way round each area that it can reach. */
import type { Mover } from "@vedette/core/exercise/scene";
import type { Place } from "@vedette/core/geo/position";
import { roundOf } from "@vedette/core/motion/patterns";
import type { Exercise } from "@vedette/wire/exercise";
import type { Area } from "./areas.ts";

type Group = Exercise["groups"][string];

/** A racetrack across each area that it can reach, watch for a tenth of its endurance at least, and come back from. */
export function moverOf(own: NonNullable<Group["mover"]>, base: Place, areas: readonly Area[]): Mover {
  const { speedMps, enduranceS, turnaroundS = 3600, reserve01 = 0.1 } = own;
  const reachKm = (speedMps * enduranceS * (1 - reserve01) * 0.45) / 1000;
  const rounds = areas.map(({ latitudeDeg, longitudeDeg, radiusKm }) => {
    const cos = Math.cos((latitudeDeg * Math.PI) / 180);
    const km = 111.195 * Math.hypot(latitudeDeg - base.latitudeDeg, (longitudeDeg - base.longitudeDeg) * cos);
    if (!(km <= reachKm)) return undefined;
    const dLon = radiusKm / (111.195 * cos);
    const round = roundOf({
      kind: "racetrack",
      from: { latitudeDeg, longitudeDeg: longitudeDeg - dLon },
      to: { latitudeDeg, longitudeDeg: longitudeDeg + dLon },
      widthKm: Math.max(0.5, radiusKm / 2),
    });
    return Float64Array.from(round.flatMap((place) => [place.latitudeDeg, place.longitudeDeg]));
  });
  return { speedMps, enduranceS, turnaroundS, reserve01, rounds };
}
