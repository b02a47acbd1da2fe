/**
 * Many runs: what they say together, and when they are enough. Runs are numbered; each number has its seed, the same for every network, so
 * that networks are compared over the same worlds. Sums are taken in the order of the numbers: the same on any number of threads.
 */
import { bootstrap, type Drawn } from "../numerics/bootstrap.ts";
import { Dice } from "../numerics/dice.ts";
import { clusteredShare, type Share01, zOf } from "../numerics/proportion.ts";
import { jointZ, looksUpTo } from "../numerics/sequential.ts";
import { CURVE_HOURS, HEADLINE_HOURS, type Row, type Score, STAGES, type Stage } from "./score.ts";

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

/** What of a run is kept: a few numbers, so that a thousand runs take no more room than one. */
export interface RunLine {
  readonly run: number;
  readonly seed: number;
  readonly hash: string;
  /** By headline: breaches that count, and those verified in time. */
  readonly counted: readonly number[];
  readonly verified: readonly number[];
  readonly wronglyVerified: number;
  /** The same two, of each class. */
  readonly classes: Readonly<
    Record<string, { readonly counted: readonly number[]; readonly verified: readonly number[] }>
  >;
}

export interface Total {
  readonly rows: readonly Row[];
  readonly spent: Readonly<Record<Stage, { readonly hours: number; readonly count: number }>>;
  readonly days: number;
  readonly reports: number;
  readonly falseReports: number;
  readonly claims: number;
  readonly verifiedIncidents: number;
  readonly wronglyVerified: number;
  readonly missed: readonly number[];
  /** Breaches by the group that saw them first, within 24 h. */
  readonly firstSeen: Readonly<Record<string, number>>;
}

export const NO_TOTAL: Total = {
  rows: [],
  spent: Object.fromEntries(STAGES.map((stage) => [stage, { hours: 0, count: 0 }])) as Total["spent"],
  days: 0,
  reports: 0,
  falseReports: 0,
  claims: 0,
  verifiedIncidents: 0,
  wronglyVerified: 0,
  missed: [],
  firstSeen: {},
};

export function lineOf(run: number, score: Score): RunLine {
  const sum = (of: (row: Row) => readonly number[]): number[] =>
    HEADLINE_HOURS.map((_, k) => score.rows.reduce((total, row) => total + (of(row)[k] as number), 0));
  return {
    run,
    seed: score.seed,
    hash: score.hash,
    counted: sum(({ counted }) => counted),
    verified: sum(({ verified }) => verified),
    wronglyVerified: score.wronglyVerified,
    classes: classesOf(score.rows),
  };
}

function classesOf(rows: readonly Row[]): RunLine["classes"] {
  const classes: Record<string, { counted: number[]; verified: number[] }> = {};
  for (const row of rows) {
    const own = classes[row.class];
    classes[row.class] =
      own === undefined
        ? { counted: [...row.counted], verified: [...row.verified] }
        : { counted: sums(own.counted, row.counted), verified: sums(own.verified, row.verified) };
  }
  return classes;
}

/** Lines of one class alone, so that what is asked of all is asked of it. */
export function ofClass(lines: readonly RunLine[], name: string): RunLine[] {
  const none = HEADLINE_HOURS.map(() => 0);
  return lines.map((line) => ({ ...line, counted: none, verified: none, ...line.classes[name] }));
}

/** One more run. Add them in the order of their numbers. */
export function added(total: Total, score: Score): Total {
  return {
    rows: mergedRows(total.rows, score.rows),
    spent: Object.fromEntries(
      STAGES.map((stage) => [
        stage,
        {
          hours: total.spent[stage].hours + score.spent[stage].hours,
          count: total.spent[stage].count + score.spent[stage].count,
        },
      ]),
    ) as Total["spent"],
    days: total.days + score.days,
    reports: total.reports + score.reports,
    falseReports: total.falseReports + score.falseReports,
    claims: total.claims + score.claims,
    verifiedIncidents: total.verifiedIncidents + score.verifiedIncidents,
    wronglyVerified: total.wronglyVerified + score.wronglyVerified,
    missed: sums(total.missed, score.missed),
    firstSeen: countsOf(total.firstSeen, score.firstSeen),
  };
}

function countsOf(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const sum: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

const sums = (a: readonly number[], b: readonly number[]): number[] => b.map((value, i) => value + (a[i] ?? 0));

function mergedRows(a: readonly Row[], b: readonly Row[]): Row[] {
  const rows = new Map(a.map((row) => [`${row.class}/${row.area}`, row]));
  for (const row of b) {
    const key = `${row.class}/${row.area}`;
    const known = rows.get(key);
    rows.set(
      key,
      known === undefined
        ? row
        : {
            class: row.class,
            area: row.area,
            counted: sums(known.counted, row.counted),
            verified: sums(known.verified, row.verified),
            seenBy: sums(known.seenBy, row.seenBy),
            verifiedBy: sums(known.verifiedBy, row.verifiedBy),
          },
    );
  }
  return [...rows.values()].sort((x, y) => (`${x.class}/${x.area}` < `${y.class}/${y.area}` ? -1 : 1));
}

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
