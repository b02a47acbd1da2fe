/** Sensors as their files have them (data/sensors): every figure with its source or the reason why it was assumed. */
import type { Figure } from "../network/network.ts";

/** What a report of the sensor is like. */
export interface ReportFigures {
  /** From the look to the report at the sensor's own end of the link. */
  readonly delayS: Figure;
  /** The true place is within it in 95 of 100 cases; and by so much more with the distance. */
  readonly locationM: Figure;
  readonly locationMrad: Figure;
  /** By how much the place becomes worse with every second without positions from satellites. */
  readonly driftMps: Figure;
  readonly bits: Figure;
}

interface Common {
  readonly name: string;
  /** Id in data/sources: what `verify/` believes of it. */
  readonly declaredBy?: string;
  readonly rangeKm: Figure;
  readonly report: ReportFigures;
  readonly falseAlarmsPerDay: Figure;
  /** Share of the time in which it works. */
  readonly inOrder01: Figure;
}

export interface Camera extends Common {
  readonly model: "camera";
  readonly band: "visible" | "infrared";
  readonly pixelMrad: Figure;
  /** Fields of view that it searches in turn; seconds over the chance of success that one of them takes. */
  readonly fields: Figure;
  readonly searchS: Figure;
  /** Line pairs over the target at which half of the looks succeed. */
  readonly cyclesForHalf: Figure;
  /** Least contrast, or least difference of temperature in K, at rest; and at the finest pattern. */
  readonly leastSignal: Figure;
  readonly finestSignal: Figure;
  /** A visible camera sees bodies and marks while the Sun is above it. */
  readonly leastSunDeg: Figure;
  /** Light of a flash that it notices, by day and by night. */
  readonly flashDayLux: Figure;
  readonly flashNightLux: Figure;
  /** Lumens for each watt that a flash radiates. */
  readonly flashLmPerW: Figure;
  /** What haze takes from an infrared picture, as a share of what it takes from a visible one; and what clear air takes. */
  readonly hazeShare01: Figure;
  readonly clearPerKm: Figure;
  /** A fire: radiation from a square metre of flames, how much warmer than the ground, and how many times as wide its smoke is. */
  readonly fireKwPerM2: Figure;
  readonly flameRiseK: Figure;
  readonly smokeTimes: Figure;
}

export interface Radar extends Common {
  readonly model: "radar";
  readonly meanPowerW: Figure;
  /** On the target in one scan, added with its phase. */
  readonly dwellS: Figure;
  readonly gainDb: Figure;
  readonly frequencyGhz: Figure;
  readonly noiseFigureDb: Figure;
  readonly lossDb: Figure;
  readonly beamDeg: Figure;
  readonly resolutionM: Figure;
  readonly falseAlarm01: Figure;
  /** Dwells of one scan, added without their phase. */
  readonly pulses: Figure;
  readonly swerling: 0 | 1 | 2 | 3 | 4;
  readonly scanS: Figure;
  /** Scans in a row that make a report. */
  readonly confirmScans: Figure;
  /** Slower ones are taken for the ground; 0 at sea. */
  readonly leastSpeedMps: Figure;
  /** Echo of the land over its area, and how much of it, or of the sea, moving-target filters and averaging take away. */
  readonly landDb: Figure;
  readonly clutterCutDb: Figure;
  /** One way, for each mm/h. */
  readonly rainDbPerKm: Figure;
}

export interface Ear extends Common {
  readonly model: "ear";
  /** The peak of a blast or shot over its level in the sensor's band and window. */
  readonly peakOverBandDb: Figure;
  /** Lost to ground, trees and shadow beside the air's own share. */
  readonly groundDbPerKm: Figure;
  /** Of a calm place, in its band; and of a wind of 5 m/s. */
  readonly calmNoiseDb: Figure;
  readonly windNoiseDb: Figure;
  /** By how much the noise grows with ten times the wind. */
  readonly windNoiseTenfoldDb: Figure;
  /** Over the noise, heard in half of the cases; and how much sound paths scatter (standard deviation). */
  readonly thresholdDb: Figure;
  readonly scatterDb: Figure;
  /** Lost for each m/s of wind that blows the sound away; at most. */
  readonly upwindDb: Figure;
  readonly mostUpwindDb: Figure;
}

export interface Geophone extends Common {
  readonly model: "geophone";
  /** Of the ground: particle velocity (mm/s) at scaled distance 1, and its power. */
  readonly groundFactor: Figure;
  readonly groundExponent: Figure;
  readonly calmNoiseMmps: Figure;
  readonly windNoiseMmps: Figure;
  readonly thresholdDb: Figure;
  readonly scatterDb: Figure;
}

export interface Ais extends Common {
  readonly model: "ais";
  /** Of one message within range. */
  readonly received01: Figure;
}

export interface SatelliteCamera extends Common {
  readonly model: "satellite-camera";
  /** Ground sample distance; a satellite's own, where the network gives it, goes before. */
  readonly sampleM: Figure;
  readonly cyclesForHalf: Figure;
  readonly leastSignal: Figure;
  readonly finestSignal: Figure;
  readonly leastSunDeg: Figure;
  /** Haze as a layer of even density: its depth. */
  readonly hazeKm: Figure;
  /** Share of what can be told that is found in a picture of many square kilometres. */
  readonly found01: Figure;
}

export interface SatelliteRadar extends Common {
  readonly model: "satellite-radar";
  readonly resolutionM: Figure;
  readonly noiseDb: Figure;
  readonly landDb: Figure;
  readonly looks: Figure;
  readonly falseAlarm01: Figure;
  readonly swerling: 0 | 1 | 2 | 3 | 4;
  readonly found01: Figure;
}

export interface SatelliteHeat extends Common {
  readonly model: "satellite-heat";
  readonly pixelM: Figure;
  readonly wavelengthUm: Figure;
  readonly transmission01: Figure;
  readonly groundDayK: Figure;
  readonly groundNightK: Figure;
  /** By how much a pixel must stand out, and how much its neighbours scatter. */
  readonly riseDayK: Figure;
  readonly riseNightK: Figure;
  readonly scatterDayK: Figure;
  readonly scatterNightK: Figure;
}

export type Sensor = Camera | Radar | Ear | Geophone | Ais | SatelliteCamera | SatelliteRadar | SatelliteHeat;

/** A file of sensors, by id. */
export interface SensorTable {
  readonly sensors: Readonly<Record<string, Sensor>>;
}
