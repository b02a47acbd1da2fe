/** What can be seen now, by place, for those who move: lists in typed arrays, so that a thing comes and goes at no cost. */

const BINS_PER_DEG = 8;
const NONE = -1;

export interface SavedActive {
  readonly head: Int32Array;
  readonly next: Int32Array;
  readonly before: Int32Array;
}

/** Within it, degrees. */
interface Box {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly reachLatDeg: number;
  readonly reachLonDeg: number;
}

export class Active {
  /** Bins of the box that holds all that ever happens, row by row from the south-west. */
  readonly #head: Int32Array;
  readonly #next: Int32Array;
  readonly #before: Int32Array;
  readonly #bin: Int32Array;
  readonly #south: number;
  readonly #west: number;
  readonly #rows: number;
  readonly #columns: number;

  constructor(latitudeDeg: Float64Array, longitudeDeg: Float64Array) {
    const n = longitudeDeg.length;
    const rows = rangeOf(latitudeDeg);
    const columns = rangeOf(longitudeDeg);
    [this.#south, this.#rows] = [rows.first, rows.count];
    [this.#west, this.#columns] = [columns.first, columns.count];
    this.#head = new Int32Array(rows.count * columns.count).fill(NONE);
    this.#next = new Int32Array(n).fill(NONE);
    this.#before = new Int32Array(n).fill(NONE);
    this.#bin = Int32Array.from(longitudeDeg, (lon, i) => {
      return (binOf(latitudeDeg[i] as number) - rows.first) * columns.count + binOf(lon) - columns.first;
    });
  }

  add(row: number): void {
    const bin = this.#bin[row] as number;
    const first = this.#head[bin] as number;
    this.#next[row] = first;
    this.#before[row] = NONE;
    if (first !== NONE) this.#before[first] = row;
    this.#head[bin] = row;
  }

  remove(row: number): void {
    const [before, next] = [this.#before[row] as number, this.#next[row] as number];
    if (before === NONE) this.#head[this.#bin[row] as number] = next;
    else this.#next[before] = next;
    if (next !== NONE) this.#before[next] = before;
  }

  /** Rows in the bins that the box touches, at most `out.length` of them. @returns how many */
  around({ latitudeDeg, longitudeDeg, reachLatDeg, reachLonDeg }: Box, out: Int32Array): number {
    const firstRow = Math.max(0, binOf(latitudeDeg - reachLatDeg) - this.#south);
    const lastRow = Math.min(this.#rows - 1, binOf(latitudeDeg + reachLatDeg) - this.#south);
    const firstColumn = Math.max(0, binOf(longitudeDeg - reachLonDeg) - this.#west);
    const lastColumn = Math.min(this.#columns - 1, binOf(longitudeDeg + reachLonDeg) - this.#west);
    let found = 0;
    for (let y = firstRow; y <= lastRow; y++) {
      for (let x = firstColumn; x <= lastColumn; x++) {
        let row = this.#head[y * this.#columns + x] as number;
        for (; row !== NONE && found < out.length; row = this.#next[row] as number) out[found++] = row;
      }
    }
    return found;
  }

  save(): SavedActive {
    return { head: this.#listed(), next: this.#next.slice(), before: this.#before.slice() };
  }

  /** First rows of the lists: a world that goes on otherwise lies in another box. */
  #listed(): Int32Array {
    return this.#head.filter((row) => row !== NONE);
  }

  /** Of a world that began alike; rows beyond its end are in no list. */
  load({ head, next, before }: SavedActive): void {
    const n = this.#next.length;
    this.#head.fill(NONE);
    this.#next.set(next.subarray(0, n));
    this.#before.set(before.subarray(0, n));
    for (const row of head) this.#head[this.#bin[row] as number] = row;
  }
}

const binOf = (degrees: number): number => Math.floor(degrees * BINS_PER_DEG);

function rangeOf(degrees: Float64Array): { readonly first: number; readonly count: number } {
  if (degrees.length === 0) return { first: 0, count: 1 };
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of degrees) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return { first: binOf(least), count: binOf(most) - binOf(least) + 1 };
}
