/** What can be seen now, by longitude, for those who move: lists in typed arrays, so that a thing comes and goes at no cost. */

const BINS_PER_DEG = 8;
const BINS = 360 * BINS_PER_DEG;
const NONE = -1;

export interface SavedActive {
  readonly head: Int32Array;
  readonly next: Int32Array;
  readonly before: Int32Array;
}

export class Active {
  readonly #head: Int32Array = new Int32Array(BINS).fill(NONE);
  readonly #next: Int32Array;
  readonly #before: Int32Array;
  readonly #longitudeDeg: Float64Array;

  constructor(longitudeDeg: Float64Array) {
    this.#longitudeDeg = longitudeDeg;
    this.#next = new Int32Array(longitudeDeg.length).fill(NONE);
    this.#before = new Int32Array(longitudeDeg.length).fill(NONE);
  }

  add(row: number): void {
    const bin = binOf(this.#longitudeDeg[row] as number);
    const first = this.#head[bin] as number;
    this.#next[row] = first;
    this.#before[row] = NONE;
    if (first !== NONE) this.#before[first] = row;
    this.#head[bin] = row;
  }

  remove(row: number): void {
    const [before, next] = [this.#before[row] as number, this.#next[row] as number];
    if (before === NONE) this.#head[binOf(this.#longitudeDeg[row] as number)] = next;
    else this.#next[before] = next;
    if (next !== NONE) this.#before[next] = before;
  }

  /** Rows within so many degrees of longitude, at most `out.length` of them. @returns how many */
  around(longitudeDeg: number, reachDeg: number, out: Int32Array): number {
    let found = 0;
    const last = Math.min(BINS, Math.ceil(reachDeg * BINS_PER_DEG) + 1);
    const middle = binOf(longitudeDeg);
    for (let k = -last; k <= last; k++) {
      const bin = (middle + k + BINS) % BINS;
      for (let row = this.#head[bin] as number; row !== NONE && found < out.length; row = this.#next[row] as number) {
        out[found++] = row;
      }
    }
    return found;
  }

  save(): SavedActive {
    return { head: this.#head.slice(), next: this.#next.slice(), before: this.#before.slice() };
  }

  /** Of a world that began alike; rows beyond its end are in no list. */
  load({ head, next, before }: SavedActive): void {
    const n = this.#next.length;
    this.#head.set(head);
    this.#next.set(next.subarray(0, n));
    this.#before.set(before.subarray(0, n));
  }
}

const binOf = (longitudeDeg: number): number => ((Math.floor(longitudeDeg * BINS_PER_DEG) % BINS) + BINS) % BINS;
