/** What cameras and eyes see: from masts, drones, aircraft, boats and patrols; and from satellites. */
import { LIGHT_BENDING, sightKm } from "../link/horizon.ts";
import {
  BELOW_HORIZON,
  CLOUD,
  DARK,
  HIDDEN,
  type Look,
  NO_SUCH_SENSE,
  OUT_OF_RANGE,
  TOO_SMALL,
  WEATHER,
} from "./look.ts";
import type { CameraModel, SatelliteCameraModel } from "./model.ts";
import {
  contrastLeft01,
  cyclesOnGround,
  cyclesOver,
  discriminationChance,
  foundShare01,
  illuminanceLux,
  JOHNSON_CYCLES,
  OPTICAL_RANGE_SHARE,
  resolvedShare01,
} from "./sight.ts";
import { BODY, CRATER, FLASH, HEAT, TRACK } from "./signature.ts";

/** Below it a chance is called none. */
const LEAST_CHANCE = 1e-6;

/** Chance, or minus a reason. */
export function cameraChance(model: CameraModel, look: Look): number {
  if (look.slantKm > model.rangeKm) return OUT_OF_RANGE;
  if (look.groundKm > sightKm(look.sensorHeightM, look.targetHeightM, LIGHT_BENDING)) return BELOW_HORIZON;
  const above = look.sensorHeightM > look.targetHeightM + 100;
  if (above && Number.isNaN(look.cloudBaseM)) return Number.NaN;
  if (above && look.sensorHeightM > look.cloudBaseM && look.targetHeightM < look.cloudBaseM) return CLOUD;
  if (look.signature === FLASH) return flashChance(model, look);
  if (look.signature === HEAT) return heatChance(model, look);
  if (look.signature !== BODY && look.signature !== CRATER && look.signature !== TRACK) return NO_SUCH_SENSE;
  const signal = signalOf(model, look);
  if (signal < 0) return signal;
  const open = above ? 1 - look.hidden01 : 1;
  if (open <= 0) return HIDDEN;
  const finest = resolvedShare01(signal, model.leastSignal, model.finestSignal);
  if (finest === 0) return WEATHER;
  const cycles = finest * cyclesOver(look.sizeM, look.slantKm, model.pixelMrad);
  const told = discriminationChance(cycles, model.cyclesForHalf);
  if (told < LEAST_CHANCE) return TOO_SMALL;
  // Found as something, then told what it is.
  const noticed = discriminationChance(cycles, JOHNSON_CYCLES.detect);
  return open * told * foundShare01(look.seconds, noticed, fieldsOf(model, look), model.searchS);
}

const fieldsOf = ({ fields }: CameraModel, { cued }: Look): number => (cued ? 1 : Math.max(1, fields));

/** Contrast, or difference of temperature, that is left at the camera. */
function signalOf(model: CameraModel, look: Look): number {
  if (model.band === "infrared") return look.riseK * look.strength01 * warmthLeft01(model, look);
  if (look.sunDeg < model.leastSunDeg) return DARK;
  return look.contrast01 * look.strength01 * contrastLeft01(look.slantKm, look.visibilityKm);
}

function warmthLeft01({ hazeShare01, clearPerKm }: CameraModel, { slantKm, visibilityKm }: Look): number {
  return Math.exp(-slantKm * (clearPerKm + (hazeShare01 * 3.912) / visibilityKm));
}

/** A flash is seen where the camera happens to look: in one field of many, unless it lasts until its turn comes. */
function flashChance(model: CameraModel, look: Look): number {
  const lux = illuminanceLux(
    model.flashLmPerW * look.flashWPerSr * look.strength01,
    look.slantKm,
    look.visibilityKm * OPTICAL_RANGE_SHARE,
  );
  const needed = look.sunDeg > -6 ? model.flashDayLux : model.flashNightLux;
  return lux < needed ? WEATHER : 1 / fieldsOf(model, look);
}

/** A fire is a bright thing of the size of its flames; by day in the visible it is its smoke. */
function heatChance(model: CameraModel, look: Look): number {
  const power = look.firePowerMw * look.strength01;
  const flamesM = Math.sqrt((1000 * power) / model.fireKwPerM2);
  const infrared = model.band === "infrared";
  const signal = infrared
    ? model.flameRiseK * warmthLeft01(model, look)
    : contrastLeft01(look.slantKm, look.visibilityKm);
  const finest = resolvedShare01(signal, model.leastSignal, model.finestSignal);
  if (finest === 0) return WEATHER;
  const sizeM = infrared || look.sunDeg < model.leastSunDeg ? flamesM : model.smokeTimes * flamesM;
  const told = discriminationChance(finest * cyclesOver(sizeM, look.slantKm, model.pixelMrad), JOHNSON_CYCLES.detect);
  return told < LEAST_CHANCE
    ? TOO_SMALL
    : told * foundShare01(look.seconds, told, fieldsOf(model, look), model.searchS);
}

/** One picture of a satellite, taken. @param sampleM the satellite's own ground sample distance, at nadir */
export function satelliteCameraChance(
  model: SatelliteCameraModel,
  look: Look,
  sampleM: number = model.sampleM,
): number {
  if (look.signature !== BODY && look.signature !== CRATER && look.signature !== TRACK) return NO_SUCH_SENSE;
  if (Number.isNaN(look.cloudBaseM)) return Number.NaN;
  if (look.cloudBaseM !== Number.POSITIVE_INFINITY) return CLOUD;
  if (look.sunDeg < model.leastSunDeg) return DARK;
  const open = 1 - look.hidden01;
  if (open <= 0) return HIDDEN;
  // Through the haze at a slant.
  const cosine = Math.cos((look.incidenceDeg * Math.PI) / 180);
  const signal = look.contrast01 * look.strength01 * contrastLeft01(model.hazeKm / cosine, look.visibilityKm);
  const finest = resolvedShare01(signal, model.leastSignal, model.finestSignal);
  if (finest === 0) return WEATHER;
  // Pixels grow away from nadir: across by the square of the slant, along by the slant; their mean side by its 1.5th power.
  const cycles = finest * cyclesOnGround(look.sizeM, sampleM / cosine ** 1.5);
  const told = discriminationChance(cycles, model.cyclesForHalf);
  return told < LEAST_CHANCE ? TOO_SMALL : open * told * model.found01;
}
