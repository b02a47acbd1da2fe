/**
 * What the sea sends back to a radar: the empirical model of the United States Naval Research Laboratory (V. Gregers-Hansen,
 * R. Mital, "An improved empirical model for radar sea clutter reflectivity", NRL/MR/5310-12-9346, 2012), fitted to Nathanson's
 * tables, 0.5 to 35 GHz, 0.1 to 60 degrees of grazing, sea states 0 to 6; 2.3 dB off on average up to 10 degrees.
 */

export type Polarisation = "horizontal" | "vertical";

const COEFFICIENTS = {
  horizontal: [-73, 20.781, 7.351, 25.65, 0.0054],
  vertical: [-50.796, 25.93, 0.7093, 21.588, 0.00211],
} as const;

export const LEAST_GRAZING_DEG = 0.1;
const MOST_GRAZING_DEG = 60;
const MOST_SEA_STATE = 6;

/**
 * Echo of the sea over its area, dB. Grazing angles and sea states beyond the model's are taken to its edge.
 * @param seaState of Douglas's scale; between whole ones too
 */
export function seaClutterDb(
  grazingDeg: number,
  seaState: number,
  frequencyGhz: number,
  polarisation: Polarisation = "horizontal",
): number {
  const [c1, c2, c3, c4, c5] = COEFFICIENTS[polarisation];
  const a = Math.min(MOST_GRAZING_DEG, Math.max(LEAST_GRAZING_DEG, grazingDeg));
  const s = Math.min(MOST_SEA_STATE, Math.max(0, seaState));
  return (
    c1 +
    c2 * Math.log10(Math.sin((a * Math.PI) / 180)) +
    ((27.5 + c3 * a) * Math.log10(frequencyGhz)) / (1 + 0.95 * a) +
    c4 * (1 + s) ** (1 / (2 + 0.085 * a + 0.033 * s)) +
    c5 * a * a
  );
}

/** Upper ends of sea states 0 to 8 by significant wave height, m (WMO code table 3700). */
const SEA_STATE_TOPS_M = [0, 0.1, 0.5, 1.25, 2.5, 4, 6, 9, 14] as const;

/** Code 0 to 9 of the sea state. @param waveHeightM significant */
export function seaStateOf(waveHeightM: number): number {
  let state = 0;
  while (state < SEA_STATE_TOPS_M.length && waveHeightM > (SEA_STATE_TOPS_M[state] as number)) state++;
  return state;
}
