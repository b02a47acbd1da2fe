/** What an event leaves to be sensed: by kind, in units. Recorded as what it is, never reckoned back to a sender. */
import type { Look } from "./look.ts";

/**
 * flash: light of a moment. heat: what burns. sound, shock: through air and ground. crater: a mark of impact, or damage. track:
 * marks of wheels. body: the thing itself (a vehicle, a ship, people, a drone) while it is there. radio: the ship's own AIS.
 */
export const SIGNATURES = ["flash", "heat", "sound", "shock", "crater", "track", "body", "radio"] as const;

export const FLASH = 0;
export const HEAT = 1;
export const SOUND = 2;
export const SHOCK = 3;
export const CRATER = 4;
export const TRACK = 5;
export const BODY = 6;
export const RADIO = 7;

/** How a mark or a thing stands out from its ground, and moves. */
export interface Appearance {
  /** By day, against its ground. */
  readonly contrast01: number;
  /** Warmer than its ground. */
  readonly riseK: number;
  readonly speedMps: number;
  /** Where most of its sound is: some 100 Hz for a blast, which is taken where nothing is said, 1 kHz for a shot. */
  readonly frequencyHz?: number;
}

/** Fresh earth on a field. */
const MARK: Appearance = { contrast01: 0.3, riseK: 2, speedMps: 0 };

/**
 * Puts what an event leaves, by channel and strength at its age, into a look: flash W/sr, heat MW, sound dB peak re 20 uPa reduced to 1 km, crater
 * m across, track m2 of echo of what moves, radio W, shock kg of TNT in the ground, ais s between messages. A strength of 0 is one that has ended.
 * No sensor here hears radio but AIS.
 */
export function stimulate(
  look: Look,
  channel: "flash" | "heat" | "sound" | "shock" | "crater" | "track" | "radio" | "ais",
  strength: number,
  { contrast01, riseK, speedMps, frequencyHz = 100 }: Appearance = MARK,
): void {
  look.signature = channel === "track" ? BODY : channel === "ais" ? RADIO : SIGNATURES.indexOf(channel);
  // Decibels have no zero: what has ended has none.
  look.strength01 = strength > 0 || (channel === "sound" && strength > Number.NEGATIVE_INFINITY) ? 1 : 0;
  look.contrast01 = contrast01;
  look.riseK = riseK;
  look.speedMps = speedMps;
  look.frequencyHz = frequencyHz;
  look.aisIntervalS = channel === "ais" ? strength : 0;
  if (channel === "flash") look.flashWPerSr = strength;
  else if (channel === "heat") look.firePowerMw = strength;
  else if (channel === "sound") look.soundDb = strength + 60;
  else if (channel === "shock") look.chargeKg = strength;
  else if (channel === "crater") look.sizeM = strength;
  else if (channel === "track") {
    look.rcsM2 = strength;
    // A thing of that echo is about as wide as a disc of its area.
    look.sizeM = 2 * Math.sqrt(strength / Math.PI);
  }
}
