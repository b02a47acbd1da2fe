/** The one question: how surely does this sensor see this, now? */

import { bandBit } from "../link/jamming.ts";
import { satelliteHeatChance } from "./burn.ts";
import { cameraChance, satelliteCameraChance } from "./camera.ts";
import { radarChance, satelliteRadarChance } from "./echo.ts";
import { aisChance, earChance, geophoneChance } from "./listen.ts";
import { BEHIND_TERRAIN, FADED, JAMMED, type Look, SIGHT_BLOCKED } from "./look.ts";
import type { SensorModel } from "./model.ts";

const RADAR_BAND = bandBit("radar");

/**
 * Chance from 0 to 1 that the sensor sees the signature in this look; minus a reason (see REASONS) where it could not have; NaN
 * where that is not known, because the ground between is not. Worse than declared: the chance is so much less.
 * @param resolutionM of a satellite's own mode, where the network gives one
 */
export function detectionOf(model: SensorModel, look: Look, resolutionM?: number): number {
  if (!(look.strength01 > 0)) return FADED;
  if (model.model === "radar" && (look.jammed & RADAR_BAND) !== 0) return JAMMED;
  const answer = answerOf(model, look, resolutionM);
  if (answer < 0) return answer;
  // Sound goes round hills, and shocks through them; satellites look from above.
  if (model.model === "camera" || model.model === "radar" || model.model === "ais") {
    if (look.sight === SIGHT_BLOCKED) return BEHIND_TERRAIN;
    if (Number.isNaN(look.sight)) return Number.NaN;
  }
  return answer * model.worse.detection;
}

function answerOf(model: SensorModel, look: Look, resolutionM: number | undefined): number {
  switch (model.model) {
    case "camera":
      return cameraChance(model, look);
    case "radar":
      return radarChance(model, look);
    case "ear":
      return earChance(model, look);
    case "geophone":
      return geophoneChance(model, look);
    case "ais":
      return aisChance(model, look);
    case "satellite-camera":
      return satelliteCameraChance(model, look, resolutionM);
    case "satellite-radar":
      return satelliteRadarChance(model, look, resolutionM);
    case "satellite-heat":
      return satelliteHeatChance(model, look, resolutionM);
  }
}
