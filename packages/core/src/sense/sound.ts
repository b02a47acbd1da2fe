/**
 * How far a sound carries: it spreads over a sphere, and the air takes its share (ISO 9613-1:1993, pure tones, -20 to 50 degrees,
 * 10 to 100 % humidity, 50 Hz to 10 kHz: the formulas that its own table was made with).
 */

const REFERENCE_KPA = 101.325;
const REFERENCE_K = 293.15;
const TRIPLE_POINT_K = 273.16;

export interface SoundAir {
  readonly temperatureC: number;
  /** Relative, 0 to 1. */
  readonly humidity01: number;
  readonly pressureKpa?: number;
}

/** Absorption of a pure tone by the air, dB/km (ISO 9613-1, equations 3 to 5, annex B for the humidity). */
export function absorptionDbPerKm(
  frequencyHz: number,
  { temperatureC, humidity01, pressureKpa = REFERENCE_KPA }: SoundAir,
): number {
  const kelvin = temperatureC + 273.15;
  const pressure = pressureKpa / REFERENCE_KPA;
  const warmth = kelvin / REFERENCE_K;
  const saturation = 10 ** (4.6151 - 6.8346 * (TRIPLE_POINT_K / kelvin) ** 1.261);
  // Molar concentration of water vapour, per cent.
  const h = (100 * humidity01 * saturation) / pressure;
  const oxygenHz = pressure * (24 + (4.04e4 * h * (0.02 + h)) / (0.391 + h));
  const nitrogenHz = (pressure / Math.sqrt(warmth)) * (9 + 280 * h * Math.exp(-4.17 * (1 / Math.cbrt(warmth) - 1)));
  const f2 = frequencyHz * frequencyHz;
  const classical = (1.84e-11 * Math.sqrt(warmth)) / pressure;
  const oxygen = (0.01275 * Math.exp(-2239.1 / kelvin)) / (oxygenHz + f2 / oxygenHz);
  const nitrogen = (0.1068 * Math.exp(-3352 / kelvin)) / (nitrogenHz + f2 / nitrogenHz);
  return 8686 * f2 * (classical + warmth ** -2.5 * (oxygen + nitrogen));
}

/** Level of a sound at a distance, dB: spherical spreading from 1 m, and absorption. @param sourceDb at 1 m */
export function levelDb(sourceDb: number, rangeKm: number, absorption: number): number {
  return sourceDb - 60 - 20 * Math.log10(Math.max(rangeKm, 1e-3)) - absorption * rangeKm;
}

/** Exact midband frequency of the ISO 266 third-octave band nearest to a nominal one. */
export function midbandHz(nominalHz: number): number {
  return 1000 * 10 ** (Math.round(10 * Math.log10(nominalHz / 1000)) / 10);
}

/** m/s (ISO 9613-1, equation A.5). */
export function soundSpeedMps(temperatureC: number): number {
  return 343.2 * Math.sqrt((temperatureC + 273.15) / REFERENCE_K);
}

/** Level that adds up two incoherent sounds, dB. */
export function sumDb(aDb: number, bDb: number): number {
  const high = Math.max(aDb, bDb);
  return high + 10 * Math.log10(1 + 10 ** ((Math.min(aDb, bDb) - high) / 10));
}
