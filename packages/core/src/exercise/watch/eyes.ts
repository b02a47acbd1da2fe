/** What senses in an exercise: a plain law with a fixed chance, or a model of `sense/`. Both are asked the same. */

import { detectionOf } from "../../sense/detect.ts";
import { farOf, Look, NO_SUCH_SENSE, OUT_OF_RANGE } from "../../sense/look.ts";
import { declaredRadiusM, locationRadiusM, type SensorModel } from "../../sense/model.ts";
import { reportDelayMs } from "../../sense/report.ts";
import { stimulate } from "../../sense/signature.ts";
import { CHANNELS, type Channel, strengthAt } from "../truce/signature.ts";
import { leavesS, type TruthKind } from "../truth/truth.ts";

/** How a sensing entity sees. Answers as `sense/`: a chance, minus a reason, or NaN for unknown. */
export interface Law {
  readonly rangeKm: number;
  answer(look: Look, channel: Channel): number;
  /** Whether it has a sense for a channel at all. Left out: for all. */
  senses?(channel: Channel): boolean;
  /** 95 %, m: as it is, and as its report says. */
  radiusM(slantKm: number, withoutSatnavS: number): number;
  declaredRadiusM(slantKm: number, withoutSatnavS: number): number;
  readonly delayMs: number;
  readonly falseAlarmsPerDay: number;
  readonly bits: number;
}

export interface PlainLaw {
  readonly rangeKm: number;
  /** Of one look at what is within range and has not ended. */
  readonly look01: number;
  readonly locationM: number;
  readonly delayS: number;
  readonly falseAlarmsPerDay: number;
  readonly bits: number;
  /** Left out: all of them. */
  readonly channels?: readonly Channel[];
}

export function plainLaw({ rangeKm, look01, locationM, delayS, falseAlarmsPerDay, bits, channels }: PlainLaw): Law {
  const senses = new Set<Channel>(channels ?? CHANNELS);
  return {
    rangeKm,
    answer: (look, channel) => (!senses.has(channel) ? NO_SUCH_SENSE : look.groundKm > rangeKm ? OUT_OF_RANGE : look01),
    senses: (channel) => senses.has(channel),
    radiusM: () => locationM,
    declaredRadiusM: () => locationM,
    delayMs: 1000 * delayS,
    falseAlarmsPerDay,
    bits,
  };
}

export function modelLaw(model: SensorModel): Law {
  const senses = new Set(CHANNELS.filter((channel) => isSensed(model, channel)));
  return {
    senses: (channel) => senses.has(channel),
    rangeKm: model.rangeKm,
    answer: (look) => (look.groundKm > model.rangeKm ? OUT_OF_RANGE : detectionOf(model, look)),
    radiusM: (slantKm, withoutS) => locationRadiusM(model, slantKm, withoutS),
    declaredRadiusM: (slantKm, withoutS) => declaredRadiusM(model, slantKm, withoutS),
    delayMs: reportDelayMs(model),
    falseAlarmsPerDay: model.falseAlarmsPerDay * model.worse.falseAlarms,
    bits: model.report.bits,
  };
}

/** Of something strong and close, on a clear day. */
function isSensed(model: SensorModel, channel: Channel): boolean {
  const look = new Look();
  [look.groundKm, look.slantKm, look.sensorHeightM] = [0.1, 0.1, 10];
  stimulate(look, channel, 100);
  return detectionOf(model, look) !== NO_SUCH_SENSE;
}

/** Seconds for which a kind leaves something that a law has a sense for. */
export const sensedS = (law: Law, kind: TruthKind): number =>
  leavesS({ ...kind, signatures: kind.signatures.filter(({ channel }) => law.senses?.(channel) ?? true) });

/**
 * Chance that a look sees any of what a thing has left by now; where it could see none, the reason that got furthest; NaN where one is unknown and no other is seen.
 */
export function chanceOfLook(law: Law, look: Look, kind: TruthKind, ageS: number, strength: number): number {
  let [missed, reason, unknown] = [1, 0, false];
  for (const signature of kind.signatures) {
    const { channel } = signature;
    let level = strengthAt(signature, ageS);
    if (!(level > 0) && channel !== "sound") continue;
    if (level === Number.NEGATIVE_INFINITY) continue;
    if (channel === "sound") level += 10 * Math.log10(strength);
    else if (channel === "flash" || channel === "heat" || channel === "shock") level *= strength;
    stimulate(look, channel, level, kind);
    const answer = law.answer(look, channel);
    if (answer >= 0) missed *= 1 - answer;
    else if (Number.isNaN(answer)) unknown = true;
    else if (farOf(answer) > farOf(reason)) reason = answer;
  }
  if (missed < 1) return 1 - missed;
  if (unknown) return Number.NaN;
  return reason;
}
