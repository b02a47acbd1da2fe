/**
 * The observability ledger: for every cell, hour and sensor kind, whether it could have been seen, and if not, why not.
 * Four bit planes a kind, cell-major: an hour costs four bits. Cloud is not in it: a clear-sky chance stands beside it.
 */
import { SENSOR_KINDS } from "../network/network.ts";

/** What a cell-hour was for a kind of sensor, the strongest last: taken is also observable. */
export const LEDGER_STATES = ["no-pass", "night", "unknown", "observable", "taken"] as const;
export type LedgerState = (typeof LEDGER_STATES)[number];

type Plane = "observable" | "night" | "taken";

export class Ledger {
  readonly cells: number;
  readonly hours: number;
  readonly #planes: Readonly<Record<Plane, readonly Uint32Array[]>>;
  /** Hours in which a satellite with such a sensor has no known position: the same for all cells. */
  readonly #unknown: readonly Uint8Array[];

  constructor(cells: number, hours: number) {
    this.cells = cells;
    this.hours = hours;
    const words = Math.ceil((cells * hours) / 32);
    const planes = () => SENSOR_KINDS.map(() => new Uint32Array(words));
    this.#planes = { observable: planes(), night: planes(), taken: planes() };
    this.#unknown = SENSOR_KINDS.map(() => new Uint8Array(hours));
  }

  /** `kind` is an index into `SENSOR_KINDS`. */
  mark(plane: Plane, kind: number, cell: number, hour: number): void {
    const bit = cell * this.hours + hour;
    const words = this.#planes[plane][kind] as Uint32Array;
    words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31));
  }

  markUnknown(kind: number, fromHour: number, toHour: number): void {
    this.#unknown[kind]?.fill(1, fromHour, toHour);
  }

  /** Index into `LEDGER_STATES`. */
  stateAt(kind: number, cell: number, hour: number): number {
    const bit = cell * this.hours + hour;
    if (this.#has("taken", kind, bit)) return 4;
    if (this.#has("observable", kind, bit)) return 3;
    if (this.#unknown[kind]?.[hour] === 1) return 2;
    return this.#has("night", kind, bit) ? 1 : 0;
  }

  #has(plane: Plane, kind: number, bit: number): boolean {
    return (((this.#planes[plane][kind] as Uint32Array)[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
  }
}

/** Row i: `cell[i]` was in `state[i]` for `kind[i]` from hour `fromH[i]` until `toH[i]`, hours from the span's start. */
export interface LedgerRuns {
  readonly cell: Uint32Array;
  readonly kind: Uint8Array;
  readonly fromH: Uint16Array;
  readonly toH: Uint16Array;
  readonly state: Uint8Array;
}

/** The whole ledger as runs of equal state, by cell, kind, hour. Every cell-hour is in exactly one run. */
export function ledgerRuns(ledger: Ledger): LedgerRuns {
  let n = 0;
  eachRun(ledger, () => n++);
  const runs = {
    cell: new Uint32Array(n),
    kind: new Uint8Array(n),
    fromH: new Uint16Array(n),
    toH: new Uint16Array(n),
    state: new Uint8Array(n),
  };
  let row = 0;
  eachRun(ledger, (cell, kind, fromH, toH, state) => {
    runs.cell[row] = cell;
    runs.kind[row] = kind;
    runs.fromH[row] = fromH;
    runs.toH[row] = toH;
    runs.state[row++] = state;
  });
  return runs;
}

function eachRun(
  ledger: Ledger,
  visit: (cell: number, kind: number, fromH: number, toH: number, state: number) => void,
): void {
  for (let cell = 0; cell < ledger.cells; cell++) {
    for (let kind = 0; kind < SENSOR_KINDS.length; kind++) {
      let from = 0;
      let state = ledger.stateAt(kind, cell, 0);
      for (let hour = 1; hour <= ledger.hours; hour++) {
        const next = hour < ledger.hours ? ledger.stateAt(kind, cell, hour) : -1;
        if (next === state) continue;
        visit(cell, kind, from, hour, state);
        from = hour;
        state = next;
      }
    }
  }
}

/** Cells in each state, by hour: `counts[state][hour]`, adding up to the number of cells. */
export function ledgerByHour(ledger: Ledger, kind: number): number[][] {
  const counts = LEDGER_STATES.map(() => new Array<number>(ledger.hours).fill(0));
  for (let cell = 0; cell < ledger.cells; cell++) {
    for (let hour = 0; hour < ledger.hours; hour++) {
      const row = counts[ledger.stateAt(kind, cell, hour)] as number[];
      row[hour] = (row[hour] as number) + 1;
    }
  }
  return counts;
}
