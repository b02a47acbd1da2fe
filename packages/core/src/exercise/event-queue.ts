/** What is to happen, by time: a heap in typed arrays. Of two at one time the one that was put in first comes first. */

/** All that a queue holds, for snapshots. */
export interface SavedQueue {
  readonly length: number;
  readonly pushed: number;
  readonly tMs: Float64Array;
  readonly order: Float64Array;
  readonly kind: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
}

export class EventQueue {
  length = 0;
  #pushed = 0;
  #tMs = new Float64Array(256);
  #order = new Float64Array(256);
  #kind = new Uint8Array(256);
  #a = new Int32Array(256);
  #b = new Int32Array(256);

  /** Time of the next one; Infinity where there is none. */
  get nextMs(): number {
    return this.length === 0 ? Number.POSITIVE_INFINITY : (this.#tMs[0] as number);
  }
  get kind(): number {
    return this.#kind[0] as number;
  }
  get a(): number {
    return this.#a[0] as number;
  }
  get b(): number {
    return this.#b[0] as number;
  }

  /** @param kind and `a`, `b`: the caller's own */
  push(tMs: number, kind: number, a: number, b: number): void {
    if (!(tMs < Number.POSITIVE_INFINITY)) throw new RangeError(`an event has a time: ${tMs}`);
    if (this.length === this.#tMs.length) this.#grow();
    let at = this.length++;
    const order = this.#pushed++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isLater(parent, tMs, order)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#set(at, tMs, order, kind, a, b);
  }

  /** Takes the next one away; read it before. */
  pop(): void {
    if (this.length === 0) throw new RangeError("nothing is to happen");
    const last = --this.length;
    if (last === 0) return;
    const [tMs, order] = [this.#tMs[last] as number, this.#order[last] as number];
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      const right = child + 1;
      const least =
        right < last && this.#isLater(child, this.#tMs[right] as number, this.#order[right] as number) ? right : child;
      if (this.#isLater(least, tMs, order)) break;
      this.#move(least, at);
      at = least;
    }
    this.#move(last, at);
  }

  save(): SavedQueue {
    return {
      length: this.length,
      pushed: this.#pushed,
      tMs: this.#tMs.slice(0, this.length),
      order: this.#order.slice(0, this.length),
      kind: this.#kind.slice(0, this.length),
      a: this.#a.slice(0, this.length),
      b: this.#b.slice(0, this.length),
    };
  }

  load(saved: SavedQueue): void {
    while (this.#tMs.length < saved.length) this.#grow();
    this.length = saved.length;
    this.#pushed = saved.pushed;
    this.#tMs.set(saved.tMs);
    this.#order.set(saved.order);
    this.#kind.set(saved.kind);
    this.#a.set(saved.a);
    this.#b.set(saved.b);
  }

  #isLater(row: number, tMs: number, order: number): boolean {
    const own = this.#tMs[row] as number;
    return own > tMs || (own === tMs && (this.#order[row] as number) > order);
  }

  #move(from: number, to: number): void {
    this.#tMs[to] = this.#tMs[from] as number;
    this.#order[to] = this.#order[from] as number;
    this.#kind[to] = this.#kind[from] as number;
    this.#a[to] = this.#a[from] as number;
    this.#b[to] = this.#b[from] as number;
  }

  #set(row: number, tMs: number, order: number, kind: number, a: number, b: number): void {
    this.#tMs[row] = tMs;
    this.#order[row] = order;
    this.#kind[row] = kind;
    this.#a[row] = a;
    this.#b[row] = b;
  }

  #grow(): void {
    const [tMs, order, kind, a, b] = [this.#tMs, this.#order, this.#kind, this.#a, this.#b];
    const size = 2 * tMs.length;
    this.#tMs = new Float64Array(size);
    this.#order = new Float64Array(size);
    this.#kind = new Uint8Array(size);
    this.#a = new Int32Array(size);
    this.#b = new Int32Array(size);
    this.#tMs.set(tMs);
    this.#order.set(order);
    this.#kind.set(kind);
    this.#a.set(a);
    this.#b.set(b);
  }
}
