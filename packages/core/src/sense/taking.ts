/**
 * Access is not a look: of all that an asset could look at, its duty, its pointing, its memory and its operators let it take some. The
 * most valuable first, until a planner exists. What could be looked at and what was taken are both told.
 */

/** Rows of looks that could be taken, columns of one length. */
export interface Accessible {
  /** Index into the assets. */
  readonly asset: Uint16Array;
  readonly startMs: Float64Array;
  readonly lastsS: Float64Array;
  readonly bits: Float64Array;
  /** More is better; equal ones go by time, then by row. */
  readonly value: Float64Array;
}

export interface AssetLimits {
  /** Of looking, in any window of `dutyWindowS`. */
  readonly dutyS: number;
  readonly dutyWindowS: number;
  /** To turn and settle between two looks. */
  readonly settleS: number;
  /** On board; emptied once in each `dutyWindowS`. */
  readonly memoryBits: number;
  /** Index into the rooms whose operators this asset's looks need, and how many of them for the time of a look. */
  readonly room: number;
  readonly operators: number;
}

/** Why a look was not taken; 0: it was. */
export const TAKING = ["taken", "pointing", "duty", "memory", "operators"] as const;
export type Taking = (typeof TAKING)[number];

/**
 * @param operators on shift in each room
 * @returns per row an index into TAKING: the first limit that it met
 */
export function takeGreedily(
  rows: Accessible,
  assets: readonly AssetLimits[],
  operators: readonly number[],
): Uint8Array {
  const n = rows.startMs.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const { value, startMs } = rows;
  order.sort(
    (a, b) => (value[b] as number) - (value[a] as number) || (startMs[a] as number) - (startMs[b] as number) || a - b,
  );
  const taken = assets.map(() => [] as number[]);
  const rooms = operators.map(() => [] as number[]);
  const out = new Uint8Array(n);
  for (const row of order) {
    const asset = rows.asset[row] as number;
    const limits = assets[asset];
    if (limits === undefined) throw new RangeError(`row ${row} names asset ${asset} of ${assets.length}`);
    const mine = taken[asset] as number[];
    const room = rooms[limits.room];
    if (room === undefined) throw new RangeError(`asset ${asset} names room ${limits.room} of ${operators.length}`);
    const met =
      metBy(rows, row, limits, mine) ?? (isStaffed(rows, row, assets, room, operators) ? "taken" : "operators");
    out[row] = TAKING.indexOf(met);
    if (met !== "taken") continue;
    mine.push(row);
    room.push(row);
  }
  return out;
}

const endMs = ({ startMs, lastsS }: Accessible, row: number): number =>
  (startMs[row] as number) + 1000 * (lastsS[row] as number);

function metBy(rows: Accessible, row: number, limits: AssetLimits, mine: readonly number[]): Taking | undefined {
  const [start, end] = [rows.startMs[row] as number, endMs(rows, row)];
  const settleMs = limits.settleS * 1000;
  if (mine.some((other) => start < endMs(rows, other) + settleMs && (rows.startMs[other] as number) < end + settleMs))
    return "pointing";
  const windowMs = limits.dutyWindowS * 1000;
  // The fullest window that holds this look begins or ends at a look: those that begin at one are enough.
  for (const first of [row, ...mine]) {
    const from = rows.startMs[first] as number;
    if (from > start || from + windowMs <= start) continue;
    let [seconds, bits] = [rows.lastsS[row] as number, rows.bits[row] as number];
    for (const other of mine) {
      const at = rows.startMs[other] as number;
      if (at < from || at >= from + windowMs) continue;
      seconds += rows.lastsS[other] as number;
      bits += rows.bits[other] as number;
    }
    if (seconds > limits.dutyS) return "duty";
    if (bits > limits.memoryBits) return "memory";
  }
  return undefined;
}

/** Whether the room has operators enough at every moment of the look: at its start, and at the starts of others within it. */
function isStaffed(
  rows: Accessible,
  row: number,
  assets: readonly AssetLimits[],
  room: readonly number[],
  operators: readonly number[],
): boolean {
  const limits = assets[rows.asset[row] as number] as AssetLimits;
  const [start, end] = [rows.startMs[row] as number, endMs(rows, row)];
  const needs = (other: number) => (assets[rows.asset[other] as number] as AssetLimits).operators;
  const busyAt = (ms: number) =>
    room.reduce((sum, other) => {
      const on = (rows.startMs[other] as number) <= ms && ms < endMs(rows, other);
      return on ? sum + needs(other) : sum;
    }, limits.operators);
  const moments = room.map((other) => rows.startMs[other] as number).filter((ms) => ms > start && ms < end);
  return [start, ...moments].every((ms) => busyAt(ms) <= (operators[limits.room] as number));
}
