/** Numbers collected one by one into a typed array that doubles as it fills. */

type Numbers = Float32Array | Int32Array | Int16Array | Uint8Array;

export class Growing<A extends Numbers> {
  #held: A;
  #length = 0;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#held = make(1024);
  }

  push(value: number): void {
    if (this.#length === this.#held.length) {
      const larger = this.#make(this.#held.length * 2);
      larger.set(this.#held);
      this.#held = larger;
    }
    this.#held[this.#length++] = value;
  }

  get length(): number {
    return this.#length;
  }

  done(): A {
    return this.#held.slice(0, this.#length) as A;
  }
}
