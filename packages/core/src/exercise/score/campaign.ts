/**
 * Many runs: what they say together, and when they are enough. Runs are numbered; each number has its seed, the same for every network, so
 * that networks are compared over the same worlds. Sums are taken in the order of the numbers: the same on any number of threads.
 */
import { bootstrap, type Drawn } from "../../numerics/bootstrap.ts";
import { Dice } from "../../numerics/dice.ts";
import { clusteredShare, type Share01, zOf } from "../../numerics/proportion.ts";
import { jointZ, looksUpTo } from "../../numerics/sequential.ts";
import { sums } from "./campaign-total.ts";
import type { Score } from "./score.ts";
import { CURVE_HOURS, FUNNEL, HEADLINE_HOURS, type Row } from "./terms.ts";

export { added, NO_TOTAL, type Total } from "./campaign-total.ts";

/** Of the run of that number. */
export const seedOf = (seed: number, run: number): number => new Dice(seed, "run", run).word();

/** Before the first look nothing is judged. */
export const FIRST_LOOK = 25;

export interface Stopping {
  /** Numbers of runs after which it is judged whether they are enough; the last is all that were asked for. */
  readonly looks: readonly number[];
  /** Width of the intervals, such that those of all looks hold together with the wanted chance. */
  readonly z: number;
}

/** @param untilCi half-width of the headline's interval that is enough; left out: all runs are made, and judged once */
export function stoppingOf(runs: number, untilCi: number | undefined, level01 = 0.95): Stopping {
  if (untilCi === undefined) return { looks: [runs], z: zOf(level01) };
  const looks = looksUpTo(runs, FIRST_LOOK);
  return { looks, z: looks.length === 1 ? zOf(level01) : jointZ(looks, level01) };
}

/** Of some breaches of one run. */
export interface Counts {
  /** By headline: breaches that count, and those verified in time. */
  readonly counted: readonly number[];
  readonly verified: readonly number[];
  /** Of those counted for the first headline: that reached each station of FUNNEL. */
  readonly funnel: readonly number[];
}

/** What of a run is kept: a few numbers, so that a thousand runs take no more room than one. */
export interface RunLine extends Counts {
  readonly run: number;
  readonly seed: number;
  readonly hash: string;
  readonly verifiedIncidents: number;
  readonly wronglyVerified: number;
  readonly classes: Readonly<Record<string, Counts>>;
}

const NO_COUNTS: Counts = {
  counted: HEADLINE_HOURS.map(() => 0),
  verified: HEADLINE_HOURS.map(() => 0),
  funnel: FUNNEL.map(() => 0),
};

const addedCounts = (a: Counts, b: Counts): Counts => ({
  counted: sums(a.counted, b.counted),
  verified: sums(a.verified, b.verified),
  funnel: sums(a.funnel, b.funnel),
});

export function lineOf(run: number, score: Score): RunLine {
  const classes: Record<string, Counts> = {};
  for (const row of score.rows) classes[row.class] = addedCounts(classes[row.class] ?? NO_COUNTS, row);
  return {
    run,
    seed: score.seed,
    hash: score.hash,
    ...Object.values(classes).reduce(addedCounts, NO_COUNTS),
    verifiedIncidents: score.verifiedIncidents,
    wronglyVerified: score.wronglyVerified,
    classes,
  };
}

/** Lines of one class alone, so that what is asked of all is asked of it. */
export const ofClass = (lines: readonly RunLine[], name: string): RunLine[] =>
  lines.map((line) => ({ ...line, ...(line.classes[name] ?? NO_COUNTS) }));

/**
 * The same with a station in the place of verification: its share and its difference are then asked as the first headline's are.
 * @param station index into FUNNEL
 */
export const upTo = (lines: readonly RunLine[], station: number): RunLine[] =>
  lines.map((line) => ({ ...line, counted: [line.funnel[0] ?? 0, 0], verified: [line.funnel[station] ?? 0, 0] }));

/** Of the verified incidents, the share of which nothing had happened. */
export const wronglyVerifiedOf = (lines: readonly RunLine[], z: number): Share01 =>
  clusteredShare(
    lines.map(({ wronglyVerified }) => wronglyVerified),
    lines.map(({ verifiedIncidents }) => verifiedIncidents),
    z,
  );

/** The number that matters: of breaches, the share verified within so many hours. @param k index into HEADLINE_HOURS */
export function headlineOf(lines: readonly RunLine[], k: number, z: number): Share01 {
  const [verified, counted] = columnsOf(lines, k);
  return clusteredShare(verified, counted, z);
}

/** Whether the headline is known within the wanted half-width. */
export function isEnough(lines: readonly RunLine[], z: number, untilCi: number): boolean {
  const { low, high } = headlineOf(lines, 0, z);
  return (high - low) / 2 <= untilCi;
}

function columnsOf(lines: readonly RunLine[], k: number): [Float64Array, Float64Array] {
  return [
    Float64Array.from(lines, ({ verified }) => verified[k] as number),
    Float64Array.from(lines, ({ counted }) => counted[k] as number),
  ];
}

/**
 * How much more (or less) of the breaches the second network verifies, over the worlds that both ran in: runs are drawn again in pairs.
 * @throws RangeError where the runs are not the same
 */
export function differenceOf(
  first: readonly RunLine[],
  second: readonly RunLine[],
  k: number,
  seed: number,
): Drawn & { readonly pairs: number } {
  const other = new Map(second.map((line) => [line.run, line]));
  const pairs = first.flatMap((line) => {
    const own = other.get(line.run);
    if (own !== undefined && own.seed !== line.seed)
      throw new RangeError(`run ${line.run}: seeds ${line.seed} and ${own.seed} are two worlds`);
    return own === undefined ? [] : [[line, own] as const];
  });
  const [xa, na] = columnsOf(
    pairs.map(([line]) => line),
    k,
  );
  const [xb, nb] = columnsOf(
    pairs.map(([, line]) => line),
    k,
  );
  const drawn = bootstrap((times) => shareIn(xb, nb, times) - shareIn(xa, na, times), pairs.length, { seed });
  return { ...drawn, pairs: pairs.length };
}

function shareIn(x: Float64Array, n: Float64Array, times: Uint32Array): number {
  let [a, b] = [0, 0];
  for (let i = 0; i < times.length; i++) {
    a += (times[i] as number) * (x[i] as number);
    b += (times[i] as number) * (n[i] as number);
  }
  return a / b;
}

/** Share seen and verified by each of CURVE_HOURS. */
export function curveOf({ counted, seenBy, verifiedBy }: Row): { hours: number; seen01: number; verified01: number }[] {
  return CURVE_HOURS.map((hours, i) => ({
    hours,
    seen01: (seenBy[i] as number) / (counted[0] as number),
    verified01: (verifiedBy[i] as number) / (counted[0] as number),
  }));
}
