/** The radar equation, and the echoes that a target must stand out from. All in decibels but for ranges and areas. */

const LIGHT_MPS = 299_792_458;
const BOLTZMANN_JPK = 1.380649e-23;
const REFERENCE_K = 290;
const db = (ratio: number): number => 10 * Math.log10(ratio);

export interface RadarFigures {
  /** Energy that is added up with its phase: mean power times the time on the target, or peak power times the pulse. */
  readonly energyJ: number;
  /** Of the antenna, both ways the same. */
  readonly gainDb: number;
  readonly frequencyGhz: number;
  readonly noiseFigureDb: number;
  readonly lossDb: number;
}

/**
 * Signal-to-noise ratio of 1 m2 at 1 km, dB, from which all others follow: Skolnik, Introduction to Radar Systems (3rd ed.,
 * 2001), E G2 wavelength2 RCS / ((4 pi)3 k T0 F L R4).
 */
export function snrAtOneKmDb({ energyJ, gainDb, frequencyGhz, noiseFigureDb, lossDb }: RadarFigures): number {
  const wavelengthM = LIGHT_MPS / (frequencyGhz * 1e9);
  return (
    db(energyJ) +
    2 * gainDb +
    2 * db(wavelengthM) -
    30 * Math.log10(4 * Math.PI) -
    db(BOLTZMANN_JPK * REFERENCE_K) -
    noiseFigureDb -
    lossDb -
    120
  );
}

/** Signal-to-noise ratio of a target, dB. @param lossDbPerKm of the air and rain, one way */
export function snrDb(atOneKmDb: number, rangeKm: number, rcsM2: number, lossDbPerKm = 0): number {
  return atOneKmDb + db(rcsM2) - 40 * Math.log10(rangeKm) - 2 * lossDbPerKm * rangeKm;
}

/**
 * Area of sea or ground that answers together with a target: as wide as the beam, as deep as the pulse, m2.
 * @param beamDeg between half-power points, azimuth @param resolutionM along the ray
 */
export function clutterAreaM2(rangeKm: number, beamDeg: number, resolutionM: number, grazingDeg: number): number {
  const rad = Math.PI / 180;
  return (rangeKm * 1000 * beamDeg * rad * resolutionM) / Math.cos(grazingDeg * rad);
}

/** Signal over noise and clutter together, dB. */
export function overNoiseAndClutterDb(signalDb: number, clutterDb: number): number {
  return signalDb - db(1 + 10 ** (clutterDb / 10));
}
