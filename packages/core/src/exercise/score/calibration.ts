/** Whether what `verify/` said of incidents came true: probabilities in bins against what really happened. */
import type { Incident } from "../../verify/incident.ts";
import type { Exercise } from "../exercise.ts";
import { causesOf, ownWitnesses } from "./fates.ts";
import type { CalibrationBins } from "./terms.ts";

const BINS = 10;
const MOMENTS = ["corroborated", "verified"] as const;

const none = (): number[] => new Array<number>(BINS).fill(0);
export const NO_CALIBRATION: readonly CalibrationBins[] = MOMENTS.map((moment) => ({
  moment,
  count: none(),
  sum01: none(),
  real: none(),
  sound: none(),
  squares: 0,
}));

/** Witnesses that are needed; as `corroboratedBy` of the taxonomy has it. */
const NEEDED = 2;

/**
 * Of each incident that came so far: the probability that `verify/` gave then that its reports are of one thing (the mean confidence of
 * their links, as a daily report shows it). It came true where two independent witnesses, or more, saw something that happened.
 */
export function calibrationOf(run: Exercise, claims: ReadonlySet<string>): CalibrationBins[] {
  const { desk, passages } = run.headquarters;
  return MOMENTS.map((moment) => {
    const bins = { moment, count: none(), sum01: none(), real: none(), sound: none(), squares: 0 };
    for (const incident of desk.incidents.values()) {
      const passage = passages.get(incident.id);
      const said01 = (moment === "verified" ? passage?.verified01 : passage?.corroborated01) ?? Number.NaN;
      if (Number.isNaN(said01)) continue;
      const { isReal, isSound } = truthOf(run, incident, claims);
      const bin = Math.min(BINS - 1, Math.floor(said01 * BINS));
      bins.count[bin] = (bins.count[bin] as number) + 1;
      bins.sum01[bin] = (bins.sum01[bin] as number) + said01;
      bins.real[bin] = (bins.real[bin] as number) + (isReal ? 1 : 0);
      bins.sound[bin] = (bins.sound[bin] as number) + (isSound ? 1 : 0);
      bins.squares += (said01 - (isSound ? 1 : 0)) ** 2;
    }
    return bins;
  });
}

function truthOf(run: Exercise, incident: Incident, claims: ReadonlySet<string>) {
  const isAbout = (item: string): boolean => causesOf(run, item).length > 0;
  const counted = incident.corroboration?.counted ?? [];
  return {
    isReal: ownWitnesses(incident, claims).some(isAbout),
    isSound: counted.filter(isAbout).length >= NEEDED,
  };
}

export const addedCalibration = (a: readonly CalibrationBins[], b: readonly CalibrationBins[]): CalibrationBins[] =>
  b.map((own, m) => {
    const before = a[m] as CalibrationBins;
    const sum = (of: (bins: CalibrationBins) => readonly number[]): number[] =>
      of(own).map((n, k) => n + (of(before)[k] as number));
    return {
      moment: own.moment,
      count: sum(({ count }) => count),
      sum01: sum(({ sum01 }) => sum01),
      real: sum(({ real }) => real),
      sound: sum(({ sound }) => sound),
      squares: own.squares + before.squares,
    };
  });

export interface Fit {
  readonly count: number;
  /** Mean square of probability less outcome: 0 is perfect. NaN where nothing was said. */
  readonly brier: number;
  /** Of the outcome's log odds on those that were said (D. R. Cox, Biometrika 45, 1958): 1 and 0 where all is as said. NaN: too little to tell. */
  readonly slope: number;
  readonly intercept: number;
}

/** Fewer outcomes of either kind tell nothing of a slope. */
const LEAST_OUTCOMES = 10;

export function fitOf({ count, sum01, sound, squares }: CalibrationBins): Fit {
  const n = count.reduce((a, b) => a + b, 0);
  const yes = sound.reduce((a, b) => a + b, 0);
  const brier = n === 0 ? Number.NaN : squares / n;
  const used = count.flatMap((trials, k) =>
    trials === 0 ? [] : [{ trials, yes: sound[k] as number, x: logOdds((sum01[k] as number) / trials) }],
  );
  if (used.length < 2 || Math.min(yes, n - yes) < LEAST_OUTCOMES) {
    return { count: n, brier, slope: Number.NaN, intercept: Number.NaN };
  }
  return { count: n, brier, ...logistic(used) };
}

const logOdds = (p: number): number => {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, p));
  return Math.log(inside / (1 - inside));
};

/** Newton's method on the binomial likelihood of a line in log odds. */
function logistic(bins: readonly { readonly trials: number; readonly yes: number; readonly x: number }[]) {
  let [intercept, slope] = [0, 1];
  for (let round = 0; round < 50; round++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const { trials, yes, x } of bins) {
      const p = 1 / (1 + Math.exp(-(intercept + slope * x)));
      const [residual, weight] = [yes - trials * p, trials * p * (1 - p)];
      g0 += residual;
      g1 += residual * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const det = h00 * h11 - h01 * h01;
    if (!(det > 1e-12)) return { slope: Number.NaN, intercept: Number.NaN };
    const [d0, d1] = [(h11 * g0 - h01 * g1) / det, (h00 * g1 - h01 * g0) / det];
    intercept += d0;
    slope += d1;
    if (Math.abs(d0) + Math.abs(d1) < 1e-9) break;
  }
  return { slope, intercept };
}
