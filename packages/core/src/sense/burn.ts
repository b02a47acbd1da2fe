/** What satellites see of fires. */
import { firePixelK, flaggedChance } from "./heat.ts";
import { CLOUD, type Look, NO_SUCH_SENSE, TOO_SMALL } from "./look.ts";
import type { SatelliteHeatModel } from "./model.ts";
import { HEAT } from "./signature.ts";

/** The Sun's elevation below which the night's thresholds count. */
const NIGHT_DEG = 0;

/** @param pixelM the pixel's side at nadir, where the network gives it */
export function satelliteHeatChance(model: SatelliteHeatModel, look: Look, pixelM: number = model.pixelM): number {
  if (look.signature !== HEAT) return NO_SUCH_SENSE;
  if (Number.isNaN(look.cloudBaseM)) return Number.NaN;
  if (look.cloudBaseM !== Number.POSITIVE_INFINITY) return CLOUD;
  const day = look.sunDeg > NIGHT_DEG;
  const backgroundK = day ? model.groundDayK : model.groundNightK;
  const cosine = Math.cos((look.incidenceDeg * Math.PI) / 180);
  const pixelK = firePixelK(look.firePowerMw * look.strength01, {
    pixelM: pixelM / cosine,
    backgroundK,
    wavelengthUm: model.wavelengthUm,
    transmission01: model.transmission01 ** (1 / cosine),
  });
  const [rise, scatter] = day ? [model.riseDayK, model.scatterDayK] : [model.riseNightK, model.scatterNightK];
  const chance = flaggedChance(pixelK, backgroundK, rise, scatter);
  return chance < 1e-6 ? TOO_SMALL : chance;
}
