/** What radars see: on masts, at coasts, on aircraft and boats; and from satellites. */
import { grazingDeg, sightKm } from "../link/horizon.ts";
import { BELOW_HORIZON, HIDDEN, type Look, NO_SUCH_SENSE, OUT_OF_RANGE, TOO_SLOW } from "./look.ts";
import type { RadarModel, SatelliteRadarModel } from "./model.ts";
import { chanceOn } from "./radar-chance.ts";
import { clutterAreaM2, overNoiseAndClutterDb, snrDb } from "./radar-equation.ts";
import { seaClutterDb, seaStateOf } from "./sea-clutter.ts";
import { BODY } from "./signature.ts";

/** Chance of a report while the target is watched, or minus a reason. Over the sea where the look has waves. */
export function radarChance(model: RadarModel, look: Look): number {
  if (look.signature !== BODY) return NO_SUCH_SENSE;
  if (look.slantKm > model.rangeKm) return OUT_OF_RANGE;
  if (look.groundKm > sightKm(look.sensorHeightM, look.targetHeightM)) return BELOW_HORIZON;
  if (look.speedMps < model.leastSpeedMps) return TOO_SLOW;
  const once = chanceOn(model.curve, signalDb(model, look));
  const scans = look.seconds / model.scanS;
  const row = Math.max(1, model.confirmScans);
  // So many scans in a row make a report; each such row is taken as a try of its own.
  return scans < row ? 0 : -Math.expm1((scans / row) * Math.log1p(-(once ** row)));
}

/** Over noise and clutter together, dB. */
function signalDb(model: RadarModel, look: Look): number {
  const airDb = model.rainDbPerKm * look.rainMmPerH;
  const signal = snrDb(model.snrAtOneKmDb, look.slantKm, look.rcsM2 * look.strength01, airDb);
  const grazing = grazingDeg(look.sensorHeightM, look.slantKm);
  if (grazing === 0) return signal;
  const overDb = Number.isNaN(look.waveM)
    ? model.landDb
    : seaClutterDb(grazing, seaStateOf(look.waveM), model.frequencyGhz);
  const area = clutterAreaM2(look.slantKm, model.beamDeg, model.resolutionM, grazing);
  const clutter = snrDb(model.snrAtOneKmDb, look.slantKm, area, airDb) + overDb - model.clutterCutDb;
  return overNoiseAndClutterDb(signal, clutter);
}

/**
 * One picture of a satellite's radar: the target's echo against that of the cell in which it lies.
 * @param resolutionM the mode's own, where the network gives it
 */
export function satelliteRadarChance(
  model: SatelliteRadarModel,
  look: Look,
  resolutionM: number = model.resolutionM,
): number {
  if (look.signature !== BODY) return NO_SUCH_SENSE;
  const open = 1 - look.hidden01;
  if (open <= 0) return HIDDEN;
  const overSea = !Number.isNaN(look.waveM);
  // Satellites look down far more steeply than the sea model's fit for ships' radars; C band, vertical.
  const backDb = overSea
    ? seaClutterDb(Math.min(60, 90 - look.incidenceDeg), seaStateOf(look.waveM), 5.4, "vertical")
    : model.landDb;
  const floor = 10 ** (backDb / 10) + 10 ** (model.noiseDb / 10);
  const ratio = (look.rcsM2 * look.strength01) / (floor * resolutionM * resolutionM);
  return open * model.found01 * chanceOn(model.curve, 10 * Math.log10(ratio));
}
