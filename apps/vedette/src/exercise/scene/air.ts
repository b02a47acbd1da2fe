/** Weather of its own for each seed: cloud that lasts and moves, haze, rain, wind, waves, and the Sun. */
import type { Scene } from "@vedette/core/exercise/scene";
import { Weather } from "@vedette/core/exercise/weather/weather";
import { parseInstant } from "@vedette/core/time/instant";
import type { Plan } from "../load.ts";

export function airOf({ exercise, weather }: Plan): Pick<Scene, "air" | "flows"> {
  if (weather === undefined) return {};
  const order = { ...weather, startMs: parseInstant(exercise.start), hours: Math.ceil(24 * exercise.days) + 1 };
  // Air and flows of one run are of one weather: the last one that was drawn.
  let last: { readonly seed: number; readonly drawn: Weather } | undefined;
  const drawnOf = (seed: number): Weather => {
    if (last?.seed !== seed) last = { seed, drawn: new Weather({ ...order, seed }) };
    return last.drawn;
  };
  return {
    air: (seed) => {
      const drawn = drawnOf(seed);
      return (look, latitudeDeg, longitudeDeg, tMs, overSea) =>
        drawn.airInto(look, latitudeDeg, longitudeDeg, tMs, overSea);
    },
    flows: (seed) => {
      const { wind } = drawnOf(seed);
      return {
        wind: (latitudeDeg, longitudeDeg, tMs, out) => wind.into(latitudeDeg, longitudeDeg, tMs, out),
        waveM: (latitudeDeg, longitudeDeg, tMs) => wind.waveM(latitudeDeg, longitudeDeg, tMs),
      };
    },
  };
}
