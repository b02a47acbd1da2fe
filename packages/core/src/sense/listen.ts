/** What is heard, felt, or told by the ship itself. */
import { sightKm } from "../link/horizon.ts";
import { normalCdf } from "../numerics/special.ts";
import { BELOW_HORIZON, type Look, NO_SUCH_SENSE, OUT_OF_RANGE } from "./look.ts";
import type { AisModel, EarModel, GeophoneModel } from "./model.ts";
import { particleVelocityMmps } from "./shake.ts";
import { RADIO, SHOCK, SOUND } from "./signature.ts";
import { absorptionDbPerKm, levelDb, sumDb } from "./sound.ts";

/** A calm has air that moves all the same. */
const CALM_MPS = 0.5;

/** Microphones, and ears. */
export function earChance(model: EarModel, look: Look): number {
  if (look.signature !== SOUND) return NO_SUCH_SENSE;
  if (look.slantKm > model.rangeKm) return OUT_OF_RANGE;
  const absorption = absorptionDbPerKm(look.frequencyHz, look);
  const level = levelDb(look.soundDb - model.peakOverBandDb, look.slantKm, absorption + model.groundDbPerKm);
  const upwind = Math.min(model.mostUpwindDb, model.upwindDb * Math.max(0, -look.windTowardsMps));
  const wind = model.windNoiseDb + model.windNoiseTenfoldDb * Math.log10(Math.max(CALM_MPS, look.windMps) / 5);
  const over = level - upwind - sumDb(model.calmNoiseDb, wind);
  return normalCdf((over - model.thresholdDb) / model.scatterDb);
}

export function geophoneChance(model: GeophoneModel, look: Look): number {
  if (look.signature !== SHOCK) return NO_SUCH_SENSE;
  if (look.slantKm > model.rangeKm) return OUT_OF_RANGE;
  const ground = { factor: model.groundFactor, exponent: model.groundExponent };
  const velocity = particleVelocityMmps(look.chargeKg * look.strength01, Math.max(look.slantKm, 1e-3), ground);
  const noise = Math.hypot(model.calmNoiseMmps, model.windNoiseMmps * (look.windMps / 5));
  return normalCdf((20 * Math.log10(velocity / noise) - model.thresholdDb) / model.scatterDb);
}

/** At least one message of those that the ship sends while it is watched. A ship that is silent sends none. */
export function aisChance(model: AisModel, look: Look): number {
  if (look.signature !== RADIO || !(look.aisIntervalS > 0)) return NO_SUCH_SENSE;
  if (look.slantKm > model.rangeKm) return OUT_OF_RANGE;
  if (look.groundKm > sightKm(look.sensorHeightM, look.targetHeightM)) return BELOW_HORIZON;
  return -Math.expm1((look.seconds / look.aisIntervalS) * Math.log1p(-Math.min(model.received01, 1 - 1e-12)));
}

/** Seconds between two messages of a ship under way (ITU-R M.1371): class A by its speed, class B. Turns are not known. */
export function aisIntervalS(speedMps: number, kind: "A" | "B"): number {
  const knots = speedMps / 0.514444;
  if (kind === "B") return knots > 2 ? 30 : 180;
  if (knots > 23) return 2;
  if (knots > 14) return 6;
  return knots > 3 ? 10 : 180;
}
