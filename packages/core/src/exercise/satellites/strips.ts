/**
 * Which strips one sensor could image in one pass, none of whose places is in two of them: in turn the strip, as wide as the swath, whose
 * places are worth most. What limits allow of them is `takeGreedily`'s to say.
 */
import { type Accessible, type AssetLimits, takeGreedily } from "../../sense/taking.ts";
import { AT_STEP_MS, type RowColumns } from "./sky.ts";

export interface Strip {
  /** Rows of the sky, in order of time. */
  readonly rows: readonly number[];
  readonly startMs: number;
  readonly endMs: number;
  /** Its middle, km from the ground track. */
  readonly xKm: number;
  readonly value: number;
}

export interface StripOrder {
  readonly startMs: number;
  readonly rows: RowColumns;
  /** Those of the slot, from right to left of the track; what each is worth, 0 and below not at all. */
  readonly from: number;
  readonly to: number;
  readonly worth: Float64Array;
  readonly swathKm: number;
  /** Over one place. */
  readonly dwellS: number;
  readonly settleS: number;
  /** Where a row is to lie in the strip, if not in its place's own middle: km from the ground track; NaN: it does not matter. */
  readonly aimKm: (row: number) => number;
}

/** As `vedette run` takes: so many in one pass at most, and none that is worth less than one place of the lowest priority. */
const MOST = 8;
const LEAST_WORTH = 1;
/** From the edge of the swath to what was aimed at. */
const EDGE_KM = 1;

/** @returns `isFull`: there were as many as one pass has room for, and what is in none of them may be wanted all the same */
export function findStrips(order: StripOrder): { readonly strips: readonly Strip[]; readonly isFull: boolean } {
  const { from, to } = order;
  const left = order.worth.slice(0, to - from);
  const strips: Strip[] = [];
  for (let k = 0; k < MOST; k++) {
    const [low, high] = bestWindow(order, left);
    if (low === high) return { strips, isFull: false };
    strips.push(...stripsIn(order, left, low, high));
    left.fill(0, low - from, high - from);
  }
  return { strips, isFull: true };
}

/** The rows, at most a swath wide, that are worth most together. */
function bestWindow({ rows: { xKm }, from, to, swathKm }: StripOrder, left: Float64Array): [number, number] {
  let [bestFrom, bestTo, best, sum, low] = [from, from, LEAST_WORTH - 2e-9, 0, from];
  for (let high = from; high < to; high++) {
    sum += left[high - from] as number;
    while ((xKm[high] as number) - (xKm[low] as number) > swathKm) sum -= left[low++ - from] as number;
    if (sum >= best + 1e-9) [bestFrom, bestTo, best] = [low, high + 1, sum];
  }
  return [bestFrom, bestTo];
}

/** In order of time; where nothing is wanted for longer than it takes to settle, one strip ends and another begins. */
function stripsIn(order: StripOrder, left: Float64Array, low: number, high: number): Strip[] {
  const { rows, from, dwellS, settleS } = order;
  const chosen = Array.from({ length: high - low }, (_, k) => low + k).filter(
    (row) => (left[row - from] as number) > 0,
  );
  chosen.sort((a, b) => (rows.at[a] as number) - (rows.at[b] as number) || a - b);
  const breakAt = (1000 * Math.max(settleS, 2 * dwellS)) / AT_STEP_MS;
  const runs: number[][] = [];
  for (const row of chosen) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run === undefined || last === undefined || (rows.at[row] as number) - (rows.at[last] as number) > breakAt)
      runs.push([row]);
    else run.push(row);
  }
  const middle = ((rows.xKm[low] as number) + (rows.xKm[high - 1] as number)) / 2;
  return runs.map((run) => stripOf(order, left, run, middle));
}

function stripOf(order: StripOrder, left: Float64Array, run: readonly number[], middleKm: number): Strip {
  const { rows, from, dwellS, startMs, swathKm, aimKm } = order;
  const half = Math.max(0, swathKm / 2 - EDGE_KM);
  const aimed = run.map(aimKm).find((km) => !Number.isNaN(km));
  const xKm = aimed === undefined ? middleKm : Math.min(aimed + half, Math.max(aimed - half, middleKm));
  return {
    rows: run,
    startMs: startMs + (rows.at[run[0] as number] as number) * AT_STEP_MS - 500 * dwellS,
    endMs: startMs + (rows.at[run.at(-1) as number] as number) * AT_STEP_MS + 500 * dwellS,
    xKm,
    value: run.reduce((sum, row) => sum + (left[row - from] as number), 0),
  };
}

/** What the sensor may still spend: by its duty in this revolution, and on board. */
export interface Allowed {
  readonly dutyS: number;
  readonly bits: number;
  readonly settleS: number;
  readonly rateBps: number;
}

/** @returns for each strip an index into `TAKING` */
export function takeStrips(strips: readonly Strip[], { dutyS, bits, settleS, rateBps }: Allowed): Uint8Array {
  const lastsS = Float64Array.from(strips, ({ startMs, endMs }) => (endMs - startMs) / 1000);
  const rows: Accessible = {
    asset: new Uint16Array(strips.length),
    startMs: Float64Array.from(strips, ({ startMs }) => startMs),
    lastsS,
    bits: lastsS.map((s) => s * rateBps),
    value: Float64Array.from(strips, ({ value }) => value),
  };
  const limits: AssetLimits = { dutyS, dutyWindowS: 86_400, settleS, memoryBits: bits, room: 0, operators: 0 };
  return takeGreedily(rows, [limits], [0]);
}
