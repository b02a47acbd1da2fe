/** Sensors as plain numbers, ready for inner loops; and how a sensor may be worse than what is declared of it. */
import { type Numbers, numbersOf } from "../network/figures.ts";
import { type DetectionCurve, detectionCurve } from "./radar-chance.ts";
import { snrAtOneKmDb } from "./radar-equation.ts";
import type { Radar, Sensor } from "./sensor-table.ts";

/** What is true of a sensor beside what is declared: 1 is as declared. `verify/` believes the declaration all the same. */
export interface Worse {
  /** Times the chance of detection; at most 1. */
  readonly detection: number;
  readonly falseAlarms: number;
  readonly location: number;
  readonly delay: number;
}
export const AS_DECLARED: Worse = { detection: 1, falseAlarms: 1, location: 1, delay: 1 };

type With<S extends Sensor, M extends Sensor["model"], Extra> = S extends { readonly model: M }
  ? Numbers<S> & Extra
  : never;
interface Own {
  readonly id: string;
  readonly worse: Worse;
}
interface RadarOwn extends Own {
  readonly curve: DetectionCurve;
  readonly snrAtOneKmDb: number;
}
interface CurveOwn extends Own {
  readonly curve: DetectionCurve;
}

export type CameraModel = With<Sensor, "camera", Own>;
export type RadarModel = With<Sensor, "radar", RadarOwn>;
export type EarModel = With<Sensor, "ear", Own>;
export type GeophoneModel = With<Sensor, "geophone", Own>;
export type AisModel = With<Sensor, "ais", Own>;
export type SatelliteCameraModel = With<Sensor, "satellite-camera", Own>;
export type SatelliteRadarModel = With<Sensor, "satellite-radar", CurveOwn>;
export type SatelliteHeatModel = With<Sensor, "satellite-heat", Own>;
export type SensorModel =
  | CameraModel
  | RadarModel
  | EarModel
  | GeophoneModel
  | AisModel
  | SatelliteCameraModel
  | SatelliteRadarModel
  | SatelliteHeatModel;

/** @throws RangeError for a factor below 0, or a detection above what was declared */
export function modelOf(id: string, sensor: Sensor, worse: Worse = AS_DECLARED): SensorModel {
  for (const [name, factor] of Object.entries(worse)) {
    if (!(factor >= 0)) throw new RangeError(`${id}: ${name} worse by a factor of ${factor}`);
  }
  if (worse.detection > 1) throw new RangeError(`${id}: detection better than declared: ${worse.detection}`);
  const numbers = { ...numbersOf(sensor), id, worse };
  if (numbers.model === "radar") return { ...numbers, ...radarOf(numbers) };
  if (numbers.model === "satellite-radar") {
    const { falseAlarm01, looks, swerling } = numbers;
    const curve = detectionCurve({ falseAlarm01: share(falseAlarm01), pulses: whole(looks), swerling });
    return { ...numbers, curve };
  }
  return numbers;
}

function radarOf(radar: Numbers<Radar>): { curve: DetectionCurve; snrAtOneKmDb: number } {
  const { falseAlarm01, pulses, swerling, meanPowerW, dwellS } = radar;
  return {
    curve: detectionCurve({ falseAlarm01: share(falseAlarm01), pulses: whole(pulses), swerling }),
    snrAtOneKmDb: snrAtOneKmDb({ ...radar, energyJ: meanPowerW * dwellS }),
  };
}

/** A figure that was varied need no longer be whole, or a share. */
const whole = (value: number): number => Math.max(1, Math.round(value));
const share = (value: number): number => Math.min(0.5, Math.max(1e-12, value));

/** Radius within which the place lies in 95 of 100 cases, m. @param withoutSatnavS since positions from satellites were lost */
export function locationRadiusM(model: SensorModel, slantKm: number, withoutSatnavS = 0): number {
  return model.worse.location * declaredRadiusM(model, slantKm, withoutSatnavS);
}

/** What the sensor says that radius is: it knows that positions are lost, not that it is worse than declared. */
export function declaredRadiusM({ report }: SensorModel, slantKm: number, withoutSatnavS = 0): number {
  return Math.hypot(report.locationM, report.locationMrad * slantKm, report.driftMps * withoutSatnavS);
}
