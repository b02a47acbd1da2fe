/** One after the other: who comes while somebody is at work waits until that is done. */

export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  take<T>(work: () => Promise<T>): Promise<T> {
    this.#count++;
    const mine = this.#last.then(work);
    // The next begins however this one ends.
    this.#last = mine.then(
      () => this.#count--,
      () => this.#count--,
    );
    return mine;
  }

  /** When nobody is at work, nor waits. */
  async settled(): Promise<void> {
    while (this.#count > 0) await this.#last;
  }
}
