/** What satellites bring into a scene: their sky, the places that are asked for, and what is believed of each sensor. */

import type { LookRequest } from "../../plan/sensors.ts";
import { detectionOf } from "../../sense/detect.ts";
import type { SensorModel } from "../../sense/model.ts";
import type { Channel } from "../truce/signature.ts";
import { type Law, modelLaw } from "../watch/eyes.ts";
import type { WatchedPlaces } from "./places.ts";
import type { SatelliteSky } from "./sky.ts";

/** Of one sensor, in the order of `sky.sensors`. */
export interface SatelliteSensor {
  /** Share of its passes in which satellite and ground segment work. */
  readonly inOrder01: number;
  /** Share of its passes that this watch may task; the others are other people's. 1: all, as of one that looks straight down. */
  readonly ours01: number;
  readonly channels: readonly Channel[];
  /** What comes though nothing happened, of all sensors of its product together. */
  readonly falsePerKm2Day: number;
  /** Those of one product share what is false, and report a thing once: index into all of them. */
  readonly product: number;
  /** Before the look, that its report takes in: a mark is as old as the last picture; a fire burns now. */
  readonly beforeMs: number;
}

export interface SatelliteWatch {
  readonly sky: SatelliteSky;
  readonly places: WatchedPlaces;
  readonly requests: readonly LookRequest[];
  readonly sensors: readonly SatelliteSensor[];
  /** Before a pass, at which it is decided what is looked at. */
  readonly leadMs: number;
}

/** What leaves something that a model of satellite's sensor could see. */
export function channelsOf({ model }: Pick<SensorModel, "model">): readonly Channel[] {
  if (model === "satellite-camera") return ["crater", "track"];
  if (model === "satellite-radar") return ["track"];
  return model === "satellite-heat" ? ["heat"] : [];
}

/** @param resolutionM of the satellite's own mode: ground sample distance, resolution or pixel, at nadir */
export const satelliteLaw = (model: SensorModel, resolutionM: number): Law => ({
  ...modelLaw(model),
  answer: (look) => detectionOf(model, look, resolutionM),
});
