/** The model: learnt from pairs, then from partitions drawn under it (stochastic EM), on a part of the items where there are many. */
import { type ItemTable, itemTable } from "./linking-items.ts";
import { type Errors, learnErrors } from "./linking-learn.ts";
import { neighboursOf, type PairEvidence, stepsOf } from "./linking-pairs.ts";
import { logRatesAt, type Places } from "./linking-rates.ts";
import { allAlone, type Partition, sweep } from "./linking-sample.ts";
import { type Cluster, LOG_NEVER, type Setting, timeChance } from "./linking-state.ts";
import { learnEvidence } from "./linking-text.ts";

/** What was learnt: how reports of one incident scatter, and how many an incident has. */
export interface LinkModel extends Errors {
  /** Incidents of 1, 2, 3 … reports: counts, from `sizes[1]` on. */
  readonly sizes: Float64Array;
}

/** What is known of kinds, where it is known: a taxonomy says it. */
export interface KindRule {
  /** How far an incident of it stretches. */
  extentKm(kind: string): number;
  /** 0: never one incident, 1: of one kind. */
  likeness01(a: string, b: string): number;
}

export interface Fit {
  readonly model: LinkModel;
  readonly evidence: PairEvidence;
  /** Where incidents were found; of all items, before any was. */
  readonly places: Places;
  readonly kinds?: KindRule;
}

export interface LinkOptions {
  /** Learnt before, on more; learnt from these items where left out. */
  readonly model?: LinkModel;
  readonly kinds?: KindRule;
}

/** Of a kind of which nothing is said: no single incident stretches further. */
const WIDEST_KM = 20;
const REACH_SIGMAS = 3.5;
const MOST_SIZE = 64;
const ROUNDS = 3;
const SWEEPS = 12;
/** Items that tell enough of the errors. */
const ENOUGH = 8000;

/** Sweeps of a fit: none where the model is known. */
export const fitSweeps = ({ model: known }: LinkOptions): number => (known === undefined ? ROUNDS * SWEEPS : 0);

/** Yields after each sweep. */
export function* fitting(table: ItemTable, { model: known, kinds }: LinkOptions): Generator<void, Fit> {
  const errors = known ?? learnErrors(table);
  const learnt = learnEvidence(table, errors, stepsOf(table, errors.stepMs));
  const evidence = kinds === undefined ? learnt : withKinds(learnt, table, kinds);
  const rule = kinds === undefined ? {} : { kinds };
  const model: LinkModel = known ?? { ...errors, sizes: new Float64Array(MOST_SIZE + 3) };
  const all: Places = { xyzKm: table.xyzKm, each: 1 / meanSize(model) };
  if (known !== undefined) return { model, evidence, places: all, ...rule };
  const from = Math.max(0, Math.floor((table.count - ENOUGH) / 2));
  const part = table.count <= ENOUGH ? table : itemTable(table.items.slice(from, from + ENOUGH));
  let fit: Fit = { model, evidence: shifted(evidence, from), places: { ...all, xyzKm: part.xyzKm }, ...rule };
  for (let round = 0; round < ROUNDS; round++) {
    const setting = settingOf(part, fit);
    const partition = allAlone(setting);
    for (let s = 1; s <= SWEEPS; s++) {
      sweep(partition, setting, s);
      yield;
    }
    fit = { ...fit, model: refitted(partition, setting, fit.model), places: centresOf(partition) };
  }
  const places = part === table ? fit.places : { ...all, each: 1 / meanSize(fit.model) };
  return { model: fit.model, evidence, places, ...rule };
}

/** Two kinds that are unlike speak against one incident, however near; a kind that nobody named says nothing. */
function withKinds({ words, source, form }: PairEvidence, { items }: ItemTable, kinds: KindRule): PairEvidence {
  const isNamed = (kind: string | undefined): kind is string => kind !== undefined && kind !== "unknown";
  return {
    words,
    form,
    // With the sources, whose evidence adds up: one mortar among ten unknowns still is no vessel.
    source(i, j) {
      const [a, b] = [items[i]?.kind, items[j]?.kind];
      if (!(isNamed(a) && isNamed(b)) || a === b) return source(i, j);
      const said = Math.log(kinds.likeness01(a, b));
      return said <= LOG_NEVER ? 2 * LOG_NEVER : (source(i, j) || 0) + said;
    },
  };
}

/** For rows of a part that begins so far into the whole. */
const shifted = ({ words, source, form }: PairEvidence, from: number): PairEvidence => ({
  words: (i, j) => words(i + from, j + from),
  source: (i, j) => source(i + from, j + from),
  form: (i, j) => form(i + from, j + from),
});

export function settingOf(table: ItemTable, { model, evidence, places, kinds }: Fit): Setting {
  const steps = stepsOf(table, model.stepMs);
  const perStep = Math.log(model.stepMs / 86_400_000);
  return {
    table,
    errors: model,
    steps,
    delaySums: sumsOf(model.delay),
    neighbours: neighboursOf(table, model, steps, evidence),
    logRate: logRatesAt(table, model.sigmaKm, places).map((rate) => rate + perStep),
    logGrow: growthOf(model),
    reachKm: Float64Array.from(table.items, ({ kind = "unknown" }, i) => {
      const extentKm = Math.min(WIDEST_KM, kinds?.extentKm(kind) ?? WIDEST_KM);
      return extentKm / 2 + REACH_SIGMAS * Math.sqrt(model.sigmaKm ** 2 + (table.ownKm2[i] as number));
    }),
  };
}

function sumsOf(delay: Float64Array): Float64Array {
  const sums = new Float64Array(delay.length + 1);
  delay.forEach((chance, k) => {
    sums[k + 1] = (sums[k] as number) + chance;
  });
  return sums;
}

function meanSize({ sizes, mates }: LinkModel): number {
  let [incidents, reports] = [0, 0];
  sizes.forEach((count, n) => {
    incidents += count;
    reports += n * count;
  });
  return incidents === 0 ? 1 + mates / 2 : reports / incidents;
}

/**
 * Logarithm of what one more report does to a cluster of n: h(n+1)(n+1)/h(n), for h the distribution of sizes (the
 * Janossy density of a Poisson cluster process: Daley and Vere-Jones 2003, 5.3); at 0: h(1). Behind the sizes seen
 * stands a geometric distribution of the mean that the pairs gave.
 */
function growthOf({ mates, sizes }: LinkModel): Float64Array {
  const q = 1 - 1 / Math.max(1.05, 1 + mates / 2);
  const total = sizes.reduce((sum, n) => sum + n, 0);
  const prior = 10 + 0.1 * total;
  const h = new Float64Array(MOST_SIZE + 2);
  for (let n = 1; n <= MOST_SIZE + 1; n++) {
    // Neighbouring sizes are much alike: counts are smoothed over three.
    const seen = 0.5 * (sizes[n] as number) + 0.25 * ((sizes[n - 1] as number) + (sizes[n + 1] as number));
    h[n] = (seen + prior * (1 - q) * q ** (n - 1)) / (total + prior);
  }
  const grow = new Float64Array(MOST_SIZE + 1);
  grow[0] = Math.log(h[1] as number);
  for (let n = 1; n <= MOST_SIZE; n++) grow[n] = Math.log(((h[n + 1] as number) * (n + 1)) / (h[n] as number));
  return grow;
}

const standing = ({ clusters }: Partition): Cluster[] => clusters.filter((cluster) => cluster !== undefined);

function centresOf(partition: Partition): Places {
  const clusters = standing(partition);
  const xyzKm = new Float64Array(3 * clusters.length);
  clusters.forEach(({ x, y, z, weight }, c) => {
    xyzKm.set([x / weight, y / weight, z / weight], 3 * c);
  });
  return { xyzKm, each: 1 };
}

const LEAST_SIGMA_KM = 0.05;
const MOST_SIGMA_KM = 5;
/** The first guess weighs as so many clusters of two. */
const PRIOR_CLUSTERS = 5;

/** Errors, delays and sizes as the clusters have them. */
function refitted(partition: Partition, setting: Setting, model: LinkModel): LinkModel {
  const sizes = new Float64Array(MOST_SIZE + 3);
  const delay = new Float64Array(model.delay.length);
  let [squares, freedom] = [PRIOR_CLUSTERS * 2 * model.sigmaKm ** 2, PRIOR_CLUSTERS * 2];
  for (const { members, weight, x, y, z, times, from } of standing(partition)) {
    const n = members.length;
    const size = Math.min(n, MOST_SIZE + 1);
    sizes[size] = (sizes[size] as number) + 1;
    if (n < 2) continue;
    freedom += 2 * (n - 1);
    for (const i of members) {
      const { xyzKm, ownKm2 } = setting.table;
      const dx = (xyzKm[3 * i] as number) - x / weight;
      const dy = (xyzKm[3 * i + 1] as number) - y / weight;
      const dz = (xyzKm[3 * i + 2] as number) - z / weight;
      squares += Math.max(0, dx * dx + dy * dy + dz * dz - ((2 * (n - 1)) / n) * (ownKm2[i] as number));
      countDelays(delay, i, { times, from, setting });
    }
  }
  const told = delay.reduce((sum, d) => sum + d, 0);
  return {
    ...model,
    sigmaKm: Math.max(LEAST_SIGMA_KM, Math.min(MOST_SIGMA_KM, Math.sqrt(squares / freedom))),
    delay: delay.map((d) => (d + (0.02 * told) / delay.length + 1) / (1.02 * told + delay.length)),
    sizes,
  };
}

interface Told {
  readonly times: Float64Array;
  readonly from: number;
  readonly setting: Setting;
}

/** Shares a row's delay among the steps in which its incident may have been. */
function countDelays(delay: Float64Array, i: number, { times, from, setting }: Told): void {
  const { first, last } = setting.steps;
  for (let k = 0; k < times.length; k++) {
    const p = times[k] as number;
    if (p === 0) continue;
    const chance = timeChance(setting, i, from + k);
    const [least, most] = [(first[i] as number) - from - k, (last[i] as number) - from - k];
    for (let s = Math.max(0, least); s <= Math.min(most, delay.length - 1); s++)
      delay[s] = (delay[s] as number) + (p * (setting.errors.delay[s] as number)) / chance;
  }
}
