/**
 * Seeded dice. A stream is named by (seed, entity, purpose): what one entity draws moves nobody else's dice, and adding an
 * entity adds a stream and changes none. The same name gives the same draws on any thread and machine.
 *
 * Logarithms and sines are V8's own (fdlibm, in software): the same bits on every machine that runs the same Node.
 */
import { type NamePart, philox, streamNameInto } from "./philox.ts";

const TWO_32 = 2 ** 32;
const TWO_MINUS_53 = 2 ** -53;

/** Words of a saved stream. */
export const DICE_WORDS = 7;

export class Dice {
  /** Counter (64 bits), name (128 bits). */
  readonly #state = new Uint32Array(6);
  readonly #block = new Uint32Array(4);
  /** Room for one block elsewhere in the streams; nothing stays in it from call to call. */
  readonly #elsewhere = new Uint32Array(6);
  /** Words of the block used up; 4: the next word begins a new block. */
  #used = 4;

  /** @param parts the stream's name: usually seed, entity, purpose, and a running number where there are many */
  constructor(...parts: readonly NamePart[]) {
    streamNameInto(parts, this.#state);
  }

  /** Turns these dice into the stream of another name, from its beginning: for loops that may not allocate. */
  rename(...parts: readonly NamePart[]): this {
    streamNameInto(parts, this.#state);
    this.#used = 4;
    return this;
  }

  /**
   * The `index`-th stream beside this one, from its beginning, into `into`: much cheaper than a name of its own. Streams of
   * different indices, and the one they stand beside, never meet: the index takes the upper counter word.
   * @param index whole, 0 to 2^32 - 2
   */
  branch(index: number, into: Dice): Dice {
    if (!(index >= 0 && index < TWO_32 - 1 && Number.isInteger(index)))
      throw new RangeError(`no such branch: ${index}`);
    if (this.#state[1] !== 0) throw new RangeError("a branch has no branches of its own: name a stream");
    into.#state.set(this.#state);
    into.#state[0] = 0;
    into.#state[1] = index + 1;
    into.#used = 4;
    return into;
  }

  /**
   * The `at`-th uniform of the `index`-th branch, without moving these dice: for what is thrown once for one thing of many,
   * whatever else is or is not thrown.
   */
  uniformAt(index: number, at: number): number {
    const words = this.#elsewhere;
    words.set(this.#state);
    words[0] = at;
    words[1] = index + 1;
    philox(words, words);
    return (((words[0] as number) >>> 5) * 67_108_864 + ((words[1] as number) >>> 6)) * TWO_MINUS_53;
  }

  /** 32 random bits. */
  word(): number {
    if (this.#used === 4) {
      philox(this.#state, this.#block);
      // A stream holds 2^34 words; 136 billion bytes later it would meet its own beginning, not another stream.
      this.#state[0] = (this.#state[0] as number) + 1;
      this.#used = 0;
    }
    return this.#block[this.#used++] as number;
  }

  /** From 0 inclusive to 1 exclusive, in steps of 2^-53. */
  uniform(): number {
    const high = this.word() >>> 5;
    return (high * 67_108_864 + (this.word() >>> 6)) * TWO_MINUS_53;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  chance(probability01: number): boolean {
    return this.uniform() < probability01;
  }

  /** A whole number from 0 to n - 1, each as likely (rejection of the words left over). @param n 1 to 2^32 */
  below(n: number): number {
    if (!(n >= 1 && n <= TWO_32 && Number.isInteger(n))) throw new RangeError(`no die has ${n} faces`);
    const limit = TWO_32 - (TWO_32 % n);
    let word = this.word();
    while (word >= limit) word = this.word();
    return word % n;
  }

  /** Index into weights that are added up already: `cumulative` rises and ends above 0. */
  pick(cumulative: ArrayLike<number>): number {
    const last = cumulative.length - 1;
    const at = this.uniform() * (cumulative[last] as number);
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Of mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /** Of mean 0 and variance 1 (Box and Muller 1958). Both uniforms are used up each time, so that there is no half left to save. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Writes all that the stream is into {@link DICE_WORDS} words from `at`: for snapshots. */
  save(words: Uint32Array, at: number): void {
    words.set(this.#state, at);
    words[at + 6] = this.#used;
  }

  /** Goes on where the saved stream stood. */
  load(words: Uint32Array, at: number): void {
    const used = words[at + 6] as number;
    if (!(used <= 4)) throw new RangeError(`not a saved stream: ${used} words used of a block of 4`);
    this.#state.set(words.subarray(at, at + 6));
    this.#used = 4;
    if (used === 4) return;
    this.#state[0] = (this.#state[0] as number) - 1;
    for (let i = 0; i < used; i++) this.word();
  }
}
