import type { Scene } from "@vedette/core/exercise/scene";
import { Weather } from "@vedette/core/exercise/weather";
import { parseInstant } from "@vedette/core/time/instant";
import type { Plan } from "../load.ts";

/** Weather of its own for each seed: cloud that lasts and moves, haze, rain, wind, and the Sun. */
export function airOf({ exercise, weather }: Plan): Pick<Scene, "air"> {
  if (weather === undefined) return {};
  const order = { ...weather, startMs: parseInstant(exercise.start), hours: Math.ceil(24 * exercise.days) + 1 };
  return {
    air: (seed) => {
      const drawn = new Weather({ ...order, seed });
      return (look, latitudeDeg, longitudeDeg, tMs) => drawn.airInto(look, latitudeDeg, longitudeDeg, tMs);
    },
  };
}
