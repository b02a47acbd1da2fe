/** Many rows as columns of typed arrays that grow: what a world of weeks holds without an object for each thing in it. */
import { radixOrder } from "../../numerics/radix.ts";

interface Arrays {
  f64: Float64Array<ArrayBuffer>;
  f32: Float32Array<ArrayBuffer>;
  u8: Uint8Array<ArrayBuffer>;
  u16: Uint16Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  i32: Int32Array<ArrayBuffer>;
}

/** Names of the columns, and the kind of number that each holds. */
export type Shape = Readonly<Record<string, keyof Arrays>>;
export type Columns<S extends Shape> = { -readonly [K in keyof S]: Arrays[S[K]] };

const KINDS = {
  f64: Float64Array,
  f32: Float32Array,
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
} as const;

/** Rows from 0 to `length` - 1 of `columns`; the arrays are longer than that, and are exchanged when they grow. */
export class Rows<S extends Shape> {
  columns: Columns<S>;
  length = 0;
  readonly #shape: S;
  #capacity: number;

  constructor(shape: S, capacity = 1024) {
    this.#shape = shape;
    this.#capacity = capacity;
    this.columns = columnsOf(shape, capacity);
  }

  clear(): void {
    this.length = 0;
  }

  /** A new row's index; its cells hold anything until they are set. Take `columns` anew after each call. */
  add(): number {
    if (this.length === this.#capacity) this.#grow();
    return this.length++;
  }

  #grow(): void {
    this.#capacity = 2 * Math.max(512, this.#capacity);
    const wider = columnsOf(this.#shape, this.#capacity);
    for (const name of Object.keys(this.#shape)) arrayOf(wider, name).set(arrayOf(this.columns, name));
    this.columns = wider;
  }

  /** The rows in the order given, in arrays exactly as long as the order. */
  taken(order: Uint32Array): Columns<S> {
    const out = columnsOf(this.#shape, order.length);
    for (const name of Object.keys(this.#shape)) {
      const [from, to] = [arrayOf(this.columns, name), arrayOf(out, name)];
      for (let i = 0; i < order.length; i++) to[i] = from[order[i] as number] as number;
    }
    return out;
  }

  /** Holds what `taken` gave, and nothing else. */
  refill(from: Columns<S>, length: number): void {
    this.clear();
    while (this.length < length) this.add();
    for (const name of Object.keys(this.#shape)) arrayOf(this.columns, name).set(arrayOf(from, name));
  }

  /** Indices of the rows in the order of whole milliseconds in one column; rows of the same one as they stand. */
  orderBy(times: Float64Array): Uint32Array {
    const n = this.length;
    const low = new Uint32Array(n);
    for (let i = 0; i < n; i++) low[i] = keyOf(times[i] as number) % 2 ** 32;
    const byLow = radixOrder(low);
    const high = new Uint32Array(n);
    for (let i = 0; i < n; i++) high[i] = Math.floor(keyOf(times[byLow[i] as number] as number) / 2 ** 32);
    return radixOrder(high).map((k) => byLow[k] as number);
  }
}

function columnsOf<S extends Shape>(shape: S, capacity: number): Columns<S> {
  const entries = Object.entries(shape).map(([name, kind]) => [name, new KINDS[kind](capacity)]);
  return Object.fromEntries(entries) as Columns<S>;
}

const arrayOf = <S extends Shape>(columns: Columns<S>, name: string): Float64Array =>
  columns[name] as unknown as Float64Array;

/** Above zero for 278 years either side of the truce's beginning. */
const keyOf = (tMs: number): number => tMs + 2 ** 43;
