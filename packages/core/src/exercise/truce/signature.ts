/** What an event leaves to be noticed: by channel, how strong, how long. The figures are data; sensors read them by age. */

export const CHANNELS = ["flash", "heat", "sound", "shock", "crater", "track", "radio", "ais"] as const;
export type Channel = (typeof CHANNELS)[number];

/** Unit of a channel's strength. */
export const STRENGTH_UNITS: Readonly<Record<Channel, string>> = {
  flash: "W/sr, peak, visible and near infrared",
  heat: "MW radiated, at the beginning",
  sound: "dB peak re 20 µPa, reduced to 1 km over free ground",
  shock: "kg of TNT that couples into the ground",
  crater: "m across, of a mark on the ground",
  track: "m2 of echo of what moves",
  radio: "W radiated towards the horizon",
  ais: "s between two messages of the ship's own AIS",
};

export interface Signature {
  readonly channel: Channel;
  readonly strength: number;
  readonly lastsS: number;
  /** How it ends: all at once, or falling by the same factor each moment, to 1/e at `lastsS`. */
  readonly fades: "at-once" | "exponential";
}

export type SignatureTable = Readonly<Record<string, readonly Signature[]>>;

/**
 * Strength at an age, in the channel's unit. Before the event and after it has ended: 0, of sound no decibels at all (minus infinity).
 * Decibels fall as their energy does.
 */
export function strengthAt({ channel, strength, lastsS, fades }: Signature, ageS: number): number {
  const none = channel === "sound" ? Number.NEGATIVE_INFINITY : 0;
  if (ageS < 0) return none;
  if (fades === "at-once") return ageS < lastsS ? strength : none;
  return channel === "sound" ? strength - (10 * ageS) / (lastsS * Math.LN10) : strength * Math.exp(-ageS / lastsS);
}

/** Seconds from the event on in which the strength is at least `atLeast`. */
export function noticeableS(signature: Signature, atLeast: number): number {
  const { channel, strength, lastsS, fades } = signature;
  if (strength < atLeast) return 0;
  if (fades === "at-once") return lastsS;
  if (channel === "sound") return ((strength - atLeast) * lastsS * Math.LN10) / 10;
  return atLeast <= 0 ? Number.POSITIVE_INFINITY : lastsS * Math.log(strength / atLeast);
}
