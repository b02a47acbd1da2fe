/** Each item's nearest others in place, time and words: the only ones that it may share an incident with. */
import { cubesOf, distance2Km2, type ItemTable } from "./linking-items.ts";
import type { Errors } from "./linking-learn.ts";

/** Most others held for an item: an incident's reports are a dozen or so, and these are the likeliest. */
export const HELD = 64;
/** Most others whose words are compared with an item's. */
const COMPARED = 160;
/** In standard deviations of the distance of two reports of one incident. */
const REACH_SIGMAS = 4;

/** Evidence of words and sources for a pair: logarithms of likelihood ratios; NaN: it says nothing. */
export interface PairEvidence {
  words(i: number, j: number): number;
  source(i: number, j: number): number;
  form(i: number, j: number): number;
}

export interface Neighbours {
  /** Of row i: `others[HELD * i ..]`, `held[i]` of them, likeliest first. */
  readonly held: Uint8Array;
  readonly others: Int32Array;
  /** Log likelihood ratios beside them; NaN: the pair's words say nothing. */
  readonly words: Float32Array;
  readonly source: Float32Array;
  readonly form: Float32Array;
}

/** A step that a time only touches is not counted: days of summer time begin an hour off. In steps. */
const SLACK = 1 / 8;

/** First and last step of each row's time, from the beginning of the span. */
export interface Steps {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

export function stepsOf({ count, startMs, endMs, span }: ItemTable, stepMs: number): Steps {
  const [first, last] = [new Int32Array(count), new Int32Array(count)];
  for (let i = 0; i < count; i++) {
    first[i] = Math.floor(((startMs[i] as number) - span.startMs) / stepMs + SLACK);
    last[i] = Math.max(first[i] as number, Math.ceil(((endMs[i] as number) - span.startMs) / stepMs - SLACK) - 1);
  }
  return { first, last };
}

export function neighboursOf(table: ItemTable, errors: Errors, steps: Steps, evidence: PairEvidence): Neighbours {
  const { count } = table;
  const out: Neighbours = {
    held: new Uint8Array(count),
    others: new Int32Array(count * HELD),
    words: new Float32Array(count * HELD),
    source: new Float32Array(count * HELD),
    form: new Float32Array(count * HELD),
  };
  const near = nearest(table, errors, steps);
  const score = new Float64Array(COMPARED);
  for (let i = 0; i < count; i++) {
    const { rows, scores } = near(i);
    const said = rows.map((j) => [evidence.words(i, j), evidence.source(i, j), evidence.form(i, j)] as const);
    said.forEach(([words, source, form], k) => {
      score[k] = (scores[k] as number) + (words || 0) + (source || 0) + (form || 0);
    });
    const order = rows.map((_, k) => k);
    if (order.length > HELD) order.sort((a, b) => (score[b] as number) - (score[a] as number) || a - b);
    out.held[i] = Math.min(HELD, order.length);
    for (let at = 0; at < (out.held[i] as number); at++) {
      const k = order[at] as number;
      const [words, source, form] = said[k] as (typeof said)[number];
      out.others[HELD * i + at] = rows[k] as number;
      out.words[HELD * i + at] = words;
      out.source[HELD * i + at] = source;
      out.form[HELD * i + at] = form;
    }
  }
  return out;
}

interface Near {
  readonly rows: number[];
  readonly scores: number[];
}

/** Of a row: the others that place and time make likeliest to share its incident, at most `COMPARED`. */
function nearest(table: ItemTable, { sigmaKm, delay }: Errors, { first, last }: Steps): (i: number) => Near {
  const { xyzKm, ownKm2 } = table;
  const mostOwn = ownKm2.reduce((most, v) => Math.max(most, v), 0);
  const cubes = cubesOf(xyzKm, REACH_SIGMAS * Math.sqrt(2 * sigmaKm ** 2 + 2 * mostOwn) + 1e-6);
  const lag = lagsOf(delay);
  const widest = first.reduce((most, step, i) => Math.max(most, (last[i] as number) - step), 0);
  return (i) => {
    const [rows, scores]: [number[], number[]] = [[], []];
    const [start, end] = [first[i] as number, last[i] as number];
    const own = 2 * sigmaKm ** 2 + (ownKm2[i] as number);
    for (const cube of cubes.around(xyzKm[3 * i] as number, xyzKm[3 * i + 1] as number, xyzKm[3 * i + 2] as number)) {
      for (let at = firstAfter(cube, first, start - delay.length - widest); at < cube.length; at++) {
        const j = cube[at] as number;
        if ((first[j] as number) - end >= delay.length) break;
        const apart = Math.max((first[j] as number) - end, start - (last[j] as number), 0);
        if (j === i || apart >= delay.length) continue;
        const v = own + (ownKm2[j] as number);
        const d2 = distance2Km2(xyzKm, i, j);
        if (d2 > REACH_SIGMAS ** 2 * v) continue;
        rows.push(j);
        scores.push(-Math.log(v) - d2 / (2 * v) + (lag[apart] as number));
      }
    }
    return rows.length <= COMPARED ? { rows, scores } : best({ rows, scores });
  };
}

/** The best `COMPARED`. */
function best({ rows, scores }: Near): Near {
  const sorted = Float64Array.from(scores).sort();
  const least = sorted[sorted.length - COMPARED] as number;
  const kept: Near = { rows: [], scores: [] };
  scores.forEach((score, k) => {
    if (score < least || kept.rows.length === COMPARED) return;
    kept.rows.push(rows[k] as number);
    kept.scores.push(score);
  });
  return kept;
}

/** Rows of a cube stand in order of time. */
function firstAfter(cube: readonly number[], first: Int32Array, step: number): number {
  let [low, high] = [0, cube.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((first[cube[middle] as number] as number) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Logarithm of the chance that two delays differ by so many steps. */
function lagsOf(delay: Float64Array): Float64Array {
  const lags = new Float64Array(delay.length);
  for (let lag = 0; lag < delay.length; lag++) {
    let sum = 0;
    for (let k = 0; k + lag < delay.length; k++) sum += (delay[k] as number) * (delay[k + lag] as number);
    lags[lag] = Math.log(sum + 1e-9);
  }
  return lags;
}
