/**
 * How surely a radar sees a target: from signal-to-noise ratio to probability of detection behind a square-law detector that
 * adds `pulses` of them. One sum serves all of Swerling's cases ("Probability of detection for fluctuating targets", IRE Trans.
 * IT-6, 1960): the energy of the target is a gamma variable, so what is counted is a negative binomial mixture of
 * Erlang variables. Exact but for rounding; Albersheim's and Shnidman's equations stand beside it as others' summaries of it.
 */
import { bracketedRoot } from "../numerics/search.ts";
import { fewerThan } from "../numerics/special.ts";

/** 0: steady. 1, 2: many scatterers, over the scan or from pulse to pulse. 3, 4: one large among many, likewise. */
export type Swerling = 0 | 1 | 2 | 3 | 4;

export interface Detector {
  /** Chance that noise alone passes the threshold, each time that it is asked. */
  readonly falseAlarm01: number;
  /** Added without their phase; whole. */
  readonly pulses: number;
  readonly swerling: Swerling;
}

/** Threshold on the sum of `pulses` squared envelopes, in units of the noise power. */
export function thresholdOf({ falseAlarm01, pulses }: Detector): number {
  if (!(falseAlarm01 > 0 && falseAlarm01 < 1)) throw new RangeError(`no rate of false alarm: ${falseAlarm01}`);
  if (!(pulses >= 1 && Number.isInteger(pulses))) throw new RangeError(`no number of pulses: ${pulses}`);
  const wanted = Math.log(falseAlarm01);
  const off = (x: number): number => Math.log(Math.max(fewerThan(pulses, x), 1e-300)) - wanted;
  let high = pulses + 10;
  while (off(high) > 0) high *= 2;
  return bracketedRoot(off, 0, high, 1e-12 * high);
}

/** Probability of detection. @param snr of one pulse, a ratio of powers, not decibels */
export function detectionChance(snr: number, detector: Detector, threshold: number = thresholdOf(detector)): number {
  const { pulses, swerling } = detector;
  const mean = pulses * Math.max(0, snr);
  const shape = [Number.POSITIVE_INFINITY, 1, pulses, 2, 2 * pulses][swerling] as number;
  // Weight of k: Poisson of this mean where the shape is infinite, else negative binomial.
  const odds = shape === Number.POSITIVE_INFINITY ? 0 : mean / shape / (1 + mean / shape);
  let logWeight = odds === 0 ? -mean : shape * Math.log1p(-odds);
  // Below the threshold in units of noise: Q(n, T) grows by one Poisson term with each k.
  let logTerm = pulses * Math.log(threshold) - threshold - logFactorialOf(pulses);
  let passes = fewerThan(pulses, threshold);
  let [sum, weights] = [0, 0];
  for (let k = 0; k < 200_000; k++) {
    const weight = Math.exp(logWeight);
    sum += weight * passes;
    weights += weight;
    if (1 - passes < 1e-14 || (1 - weights < 1e-13 && k > mean)) break;
    logWeight += odds === 0 ? Math.log(mean / (k + 1)) : Math.log((odds * (shape + k)) / (k + 1));
    passes = Math.min(1, passes + Math.exp(logTerm));
    logTerm += Math.log(threshold / (pulses + k + 1));
  }
  // What is left of the weights lies where all is detected.
  return Math.min(1, sum + Math.max(0, 1 - weights) * passes);
}

function logFactorialOf(n: number): number {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
}

/** Decibels of the first entry of a curve, and their step. */
const CURVE_FIRST_DB = -30;
const CURVE_STEP_DB = 0.25;
const CURVE_LENGTH = 361;

/** Detection by signal-to-noise ratio, for inner loops: -30 to 60 dB by quarters. */
export type DetectionCurve = Float64Array;

export function detectionCurve(detector: Detector): DetectionCurve {
  const threshold = thresholdOf(detector);
  return Float64Array.from({ length: CURVE_LENGTH }, (_, i) =>
    detectionChance(10 ** ((CURVE_FIRST_DB + i * CURVE_STEP_DB) / 10), detector, threshold),
  );
}

/** Straight lines between entries (wrong by less than 0.002); flat beyond the ends. */
export function chanceOn(curve: DetectionCurve, snrDb: number): number {
  const at = (snrDb - CURVE_FIRST_DB) / CURVE_STEP_DB;
  if (!(at > 0)) return curve[0] as number;
  if (at >= CURVE_LENGTH - 1) return curve[CURVE_LENGTH - 1] as number;
  const i = Math.floor(at);
  const low = curve[i] as number;
  return low + (at - i) * ((curve[i + 1] as number) - low);
}

/**
 * Albersheim's equation ("A closed-form approximation to Robertson's detection characteristics", Proc. IEEE 69, 1981): decibels
 * that a steady target needs, within 0.2 dB for 1e-7 to 1e-3 of false alarm, 0.1 to 0.9 of detection, 1 to 8,096 pulses.
 */
export function albersheimDb(detection01: number, falseAlarm01: number, pulses: number): number {
  const a = Math.log(0.62 / falseAlarm01);
  const b = Math.log(detection01 / (1 - detection01));
  return -5 * Math.log10(pulses) + (6.2 + 4.54 / Math.sqrt(pulses + 0.44)) * Math.log10(a + 0.12 * a * b + 1.7 * b);
}

/**
 * Shnidman's equation ("Determination of required SNR values", IEEE Trans. AES 38, 2002): decibels needed in each of
 * Swerling's cases, within 0.5 dB for 1e-9 to 1e-3 of false alarm, 0.1 to 0.99 of detection, 1 to 100 pulses.
 */
export function shnidmanDb(detection01: number, { falseAlarm01, pulses: n, swerling }: Detector): number {
  const root = (p: number): number => Math.sqrt(-0.8 * Math.log(4 * p * (1 - p)));
  const alpha = n <= 40 ? 0 : 0.25;
  const eta = root(falseAlarm01) + Math.sign(detection01 - 0.5) * root(detection01);
  const steady = eta * (eta + 2 * Math.sqrt(n / 2 + (alpha - 0.25)));
  const k = [Number.POSITIVE_INFINITY, 1, n, 2, 2 * n][swerling] as number;
  const c1 = (((17.7006 * detection01 - 18.4496) * detection01 + 14.5339) * detection01 - 3.525) / k;
  const high =
    Math.exp(27.31 * detection01 - 25.14) +
    (detection01 - 0.8) * (0.7 * Math.log(1e-5 / falseAlarm01) + (2 * n - 20) / 80);
  const lossDb = detection01 <= 0.872 ? c1 : c1 + high / k;
  return 10 * Math.log10((10 ** (lossDb / 10) * steady) / n);
}
