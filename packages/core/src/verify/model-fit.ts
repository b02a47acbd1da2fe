/** Fits weights to labelled claims: least logarithmic loss, weights never negative, shrunk by how they carry over time. */
import { logRatioOf, type Surprise } from "./likelihood.ts";
import { calibrationOf, type Sample } from "./model-measure.ts";

/** One kind of evidence on one claim. `openShare01`: how far "none seen" counts, where it is known. */
export interface TermReading {
  readonly surprise: Surprise;
  readonly noneShare01?: number;
}

export interface FitRow {
  readonly isTrue: boolean;
  readonly weight: number;
  readonly cluster: number;
  /** Rows of one period are left out together. */
  readonly period: number;
  /** One for each term; `undefined` says nothing. */
  readonly terms: readonly (TermReading | undefined)[];
}

export interface Fit {
  readonly weights01: readonly number[];
  /** Slope of the calibration of periods foretold by those before: the weights are multiplied by it where it is below 1. */
  readonly shrink: number;
}

const MOST = 0.6;
const STEP = 0.02;
const GRID = Math.round(MOST / STEP);
const ROUNDS = 40;

/** Log ratios of every row's terms on a grid of weights: a fit asks for them thousands of times. */
export interface FitTable {
  readonly rows: readonly FitRow[];
  readonly terms: number;
  readonly grid: Float64Array;
}

export function fitTableOf(rows: readonly FitRow[]): FitTable {
  const terms = rows[0]?.terms.length ?? 0;
  const grid = new Float64Array(rows.length * terms * (GRID + 1));
  rows.forEach((row, r) => {
    row.terms.forEach((term, t) => {
      if (term === undefined) return;
      for (let g = 1; g <= GRID; g++) grid[(r * terms + t) * (GRID + 1) + g] = termRatio(term, g * STEP);
    });
  });
  return { rows, terms, grid };
}

export function termRatio({ surprise, noneShare01 }: TermReading, weight01: number): number {
  const ratio = logRatioOf(surprise, weight01);
  return noneShare01 === undefined ? ratio : Math.log1p(noneShare01 * Math.expm1(Math.min(0, ratio)));
}

function ratioAt({ grid, terms }: FitTable, row: number, term: number, weight01: number): number {
  const at = (row * terms + term) * (GRID + 1);
  const g = Math.min(GRID - 1, Math.floor(weight01 / STEP));
  const share = weight01 / STEP - g;
  return (grid[at + g] as number) * (1 - share) + (grid[at + g + 1] as number) * share;
}

/** Natural logarithms of the ratios of some rows under some weights. */
export function ratiosUnder(table: FitTable, weights01: readonly number[], rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => weights01.reduce((sum, w, term) => sum + ratioAt(table, row, term, w), 0));
}

/** Golden-section search along each weight in turn: the loss is smooth, and each weight's part of it has one valley. */
export function fitWeights(table: FitTable, rows: readonly number[]): number[] {
  const weights = new Array<number>(table.terms).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let term = 0; term < table.terms; term++) {
      const before = weights[term] as number;
      weights[term] = 0;
      const rest = ratiosUnder(table, weights, rows);
      const found = lowest((w) => lossOf(table, rows, (row, i) => (rest[i] as number) + ratioAt(table, row, term, w)));
      weights[term] = found;
      moved += Math.abs(found - before);
    }
    if (moved < 1e-4) break;
  }
  return weights;
}

function lossOf({ rows: all }: FitTable, rows: readonly number[], ratio: (row: number, i: number) => number): number {
  let loss = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const { isTrue, weight } = all[row] as FitRow;
    const logit = ratio(row, i);
    loss += weight * Math.log1p(Math.exp(isTrue ? -logit : logit));
  }
  return loss;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

function lowest(loss: (weight01: number) => number): number {
  let [low, high] = [0, MOST];
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atA, atB] = [loss(a), loss(b)];
  while (high - low > 1e-4) {
    if (atA <= atB) {
      [high, b, atB] = [b, a, atA];
      a = high - GOLDEN * (high - low);
      atA = loss(a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + GOLDEN * (high - low);
      atB = loss(b);
    }
  }
  const middle = (low + high) / 2;
  return loss(0) <= loss(middle) ? 0 : middle;
}

/** Periods on which the first fit rests before it is tried on the next. */
const FIRST_PERIODS = 2;

/**
 * Weights from all rows, shrunk by how they carry forward: each period is foretold by a fit to those before it, as in use,
 * where the future is weighed with the past's figures. Foretelling with later periods too would flatter.
 */
export function fitShrunk(table: FitTable, rows: readonly number[]): Fit {
  const periodOf = (row: number): number => (table.rows[row] as FitRow).period;
  const periods = [...new Set(rows.map(periodOf))].sort((a, b) => a - b);
  const samples = periods.slice(FIRST_PERIODS).flatMap((period): Sample[] => {
    const held = rows.filter((row) => periodOf(row) === period);
    const weights = fitWeights(
      table,
      rows.filter((row) => periodOf(row) < period),
    );
    const ratios = ratiosUnder(table, weights, held);
    return held.map((row, i) => ({ ...(table.rows[row] as FitRow), logit: ratios[i] as number }));
  });
  const { slope } = calibrationOf(samples);
  const shrink = Number.isNaN(slope) ? 1 : Math.min(1, Math.max(0, slope));
  return { weights01: fitWeights(table, rows).map((w) => w * shrink), shrink };
}
