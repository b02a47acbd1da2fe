/**
 * Store and forward: reports wait until the link is back, the urgent first and among equals the oldest; a report half sent when the
 * link breaks goes on where it stopped. Columns that grow, and a heap of row numbers: nothing is made while it runs.
 */

export type Delivered = (report: number, queuedMs: number, deliveredMs: number) => void;

/** All that an outbox holds, for snapshots. */
export interface SavedOutbox {
  readonly report: Float64Array;
  readonly bitsLeft: Float64Array;
  readonly queuedMs: Float64Array;
  readonly rank: Float64Array;
  readonly heap: Uint32Array;
  readonly free: Uint32Array;
  /** Rows in use and free, rows that wait, and reports that ever came in. */
  readonly counts: readonly [free: number, rows: number, waiting: number, pushed: number];
}

export class Outbox {
  #report = new Float64Array(16);
  #bitsLeft = new Float64Array(16);
  #queuedMs = new Float64Array(16);
  /** Priority above, running number below: the least goes first. */
  #rank = new Float64Array(16);
  #heap = new Uint32Array(16);
  #free = new Uint32Array(16);
  #freeCount = 0;
  #rows = 0;
  #waiting = 0;
  #pushed = 0;

  /** Reports that wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Bits that wait. */
  get waitingBits(): number {
    let sum = 0;
    for (let i = 0; i < this.#waiting; i++) sum += this.#bitsLeft[this.#heap[i] as number] as number;
    return sum;
  }

  /** How long the first of them takes, s; 0 where none waits. */
  firstS(rateBps: number): number {
    return this.#waiting === 0 ? 0 : (this.#bitsLeft[this.#heap[0] as number] as number) / rateBps;
  }

  save(): SavedOutbox {
    const rows = this.#rows;
    return {
      report: this.#report.slice(0, rows),
      bitsLeft: this.#bitsLeft.slice(0, rows),
      queuedMs: this.#queuedMs.slice(0, rows),
      rank: this.#rank.slice(0, rows),
      heap: this.#heap.slice(0, this.#waiting),
      free: this.#free.slice(0, this.#freeCount),
      counts: [this.#freeCount, rows, this.#waiting, this.#pushed],
    };
  }

  load(saved: SavedOutbox): void {
    [this.#freeCount, this.#rows, this.#waiting, this.#pushed] = saved.counts;
    while (this.#report.length < this.#rows) this.#grow();
    this.#report.set(saved.report);
    this.#bitsLeft.set(saved.bitsLeft);
    this.#queuedMs.set(saved.queuedMs);
    this.#rank.set(saved.rank);
    this.#heap.set(saved.heap);
    this.#free.set(saved.free);
  }

  /** @param report the caller's number for it @param priority whole, 1 goes before 2 */
  push(report: number, bits: number, queuedMs: number, priority: number): void {
    if (!(bits >= 0)) throw new RangeError(`a report has no fewer than 0 bits: ${bits}`);
    const row = this.#freeCount > 0 ? (this.#free[--this.#freeCount] as number) : this.#rows++;
    if (row === this.#report.length) this.#grow();
    this.#report[row] = report;
    this.#bitsLeft[row] = bits;
    this.#queuedMs[row] = queuedMs;
    this.#rank[row] = priority * 2 ** 40 + this.#pushed++;
    this.#heap[this.#waiting] = row;
    this.#up(this.#waiting++);
  }

  /**
   * Sends while the link is up, from `fromMs` to `toMs`; a report is delivered when its last bit is through.
   * @param rateBps bits a second; 0 sends nothing @returns when the link fell idle, or `toMs`
   */
  drain(fromMs: number, toMs: number, rateBps: number, delivered: Delivered): number {
    let now = fromMs;
    while (this.#waiting > 0 && rateBps > 0 && now < toMs) {
      const row = this.#heap[0] as number;
      // A report that comes in while the link is up is not sent before it is there.
      now = Math.max(now, this.#queuedMs[row] as number);
      if (now >= toMs) return toMs;
      const needsMs = ((this.#bitsLeft[row] as number) / rateBps) * 1000;
      if (now + needsMs > toMs) {
        this.#bitsLeft[row] = (this.#bitsLeft[row] as number) - ((toMs - now) / 1000) * rateBps;
        return toMs;
      }
      now += needsMs;
      this.#pop();
      delivered(this.#report[row] as number, this.#queuedMs[row] as number, now);
    }
    return now;
  }

  #pop(): void {
    const row = this.#heap[0] as number;
    this.#free[this.#freeCount++] = row;
    const last = this.#heap[--this.#waiting] as number;
    if (this.#waiting === 0) return;
    this.#heap[0] = last;
    this.#down();
  }

  #up(from: number): void {
    const heap = this.#heap;
    const row = heap[from] as number;
    const rank = this.#rank[row] as number;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#rank[heap[parent] as number] as number) <= rank) break;
      heap[at] = heap[parent] as number;
      at = parent;
    }
    heap[at] = row;
  }

  #down(): void {
    const heap = this.#heap;
    const row = heap[0] as number;
    const rank = this.#rank[row] as number;
    let at = 0;
    for (let child = 1; child < this.#waiting; child = 2 * at + 1) {
      const right = child + 1;
      const least =
        right < this.#waiting &&
        (this.#rank[heap[right] as number] as number) < (this.#rank[heap[child] as number] as number)
          ? right
          : child;
      if ((this.#rank[heap[least] as number] as number) >= rank) break;
      heap[at] = heap[least] as number;
      at = least;
    }
    heap[at] = row;
  }

  #grow(): void {
    const wider = <T extends Float64Array | Uint32Array>(column: T): T => {
      const grown = new (column.constructor as new (n: number) => T)(2 * column.length);
      grown.set(column);
      return grown;
    };
    this.#report = wider(this.#report);
    this.#bitsLeft = wider(this.#bitsLeft);
    this.#queuedMs = wider(this.#queuedMs);
    this.#rank = wider(this.#rank);
    this.#heap = wider(this.#heap);
    this.#free = wider(this.#free);
  }
}
