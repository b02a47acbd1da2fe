/** One look of one sensor at one signature: all that its chance depends on, in one object that is used again and again. */

/**
 * Why nothing could be seen. An answer below 0 is minus the place in this list; 0 to 1 is the chance to see; NaN is unknown (the
 * ground between is not known).
 */
export const REASONS = [
  "",
  "out-of-range",
  "below-horizon",
  "behind-terrain",
  "cloud",
  "dark",
  "weather",
  "out-of-sector",
  "no-such-sense",
  "faded",
  "too-small",
  "too-slow",
  "hidden",
  "jammed",
  "not-taken",
  "out-of-order",
] as const;
export type Reason = Exclude<(typeof REASONS)[number], "">;

const refuse = (reason: Reason): number => -REASONS.indexOf(reason);
export const OUT_OF_RANGE: number = refuse("out-of-range");
export const BELOW_HORIZON: number = refuse("below-horizon");
export const BEHIND_TERRAIN: number = refuse("behind-terrain");
export const CLOUD: number = refuse("cloud");
export const DARK: number = refuse("dark");
export const WEATHER: number = refuse("weather");
export const OUT_OF_SECTOR: number = refuse("out-of-sector");
export const NO_SUCH_SENSE: number = refuse("no-such-sense");
export const FADED: number = refuse("faded");
export const TOO_SMALL: number = refuse("too-small");
export const TOO_SLOW: number = refuse("too-slow");
export const HIDDEN: number = refuse("hidden");
export const JAMMED: number = refuse("jammed");
export const OUT_OF_ORDER: number = refuse("out-of-order");

/** How far a look got that had such an answer below 0: the later in the list, the further; one for which there was no sense, less than any. */
export const farOf = (answer: number): number => (answer === NO_SUCH_SENSE ? 0.5 : -answer);

/** The reason of an answer below 0; undefined for a chance and for unknown. */
export function reasonOf(answer: number): Reason | undefined {
  return answer < 0 ? (REASONS[-answer] as Reason | undefined) : undefined;
}

/** What a sensor's line of sight meets on the ground, where somebody looked: 0 clear, 1 blocked, NaN unknown. */
export const SIGHT_CLEAR = 0;
export const SIGHT_BLOCKED = 1;

export class Look {
  /** Along the ray; over the ground; heights above ground or sea. */
  slantKm = 0;
  groundKm = 0;
  sensorHeightM = 0;
  targetHeightM = 0;
  /** At the target, from its vertical; only satellites ask. */
  incidenceDeg = 0;
  /** 0 clear, 1 blocked, NaN unknown. */
  sight: number = SIGHT_CLEAR;
  /** Bits of bands that are jammed at the sensor (link/jamming.ts). */
  jammed = 0;
  /**
   * How long the target has been within what the sensor watches, all told. Chances are of having seen it by then: a pair of sensor and
   * target throws one die (`Dice.uniformAt`) and sees it once its chance is above. Thrown anew each step, all would be seen in the end.
   */
  seconds = 60;
  /** Somebody said where to look: a camera points there instead of searching its fields. */
  cued = false;

  /** Elevation of the Sun. */
  sunDeg = 45;
  /** Meteorological, at which 2 % of contrast is left. */
  visibilityKm = 20;
  /** Infinity: no cloud over the target; NaN: nobody knows. */
  cloudBaseM: number = Number.POSITIVE_INFINITY;
  rainMmPerH = 0;
  windMps = 0;
  /** Where it blows to; and from the target towards the sensor: below 0 it carries sound away. */
  windEastMps = 0;
  windNorthMps = 0;
  windTowardsMps = 0;
  /** Significant, of the sea at the target; NaN over land. */
  waveM: number = Number.NaN;
  temperatureC = 10;
  humidity01 = 0.7;

  /** Index into SIGNATURES. */
  signature = 0;
  /** Share of the strength that the numbers below say; 0: it has ended. */
  strength01 = 1;
  /** The smaller side that is seen. */
  sizeM = 0;
  /** Against its ground by day; and warmer than its ground by so much. */
  contrast01 = 0;
  riseK = 0;
  rcsM2 = 0;
  speedMps = 0;
  flashWPerSr = 0;
  /** Peak, reduced to 1 m, re 20 uPa; most of it about its frequency: some 100 Hz for a blast, 1 kHz for a shot. */
  soundDb = 0;
  frequencyHz = 100;
  chargeKg = 0;
  firePowerMw = 0;
  /** Seconds between two messages of its AIS; 0: none is sent. */
  aisIntervalS = 0;
  /** Share of it that trees, nets or roofs hide from above. */
  hidden01 = 0;
}
