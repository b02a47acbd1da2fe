/**
 * Philox4x32-10: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC '11.
 * A block cipher cut down to what dice need: block number `counter` of stream `key` is a pure function of both, so that a
 * stream is entered anywhere, on any thread, and no stream knows of another.
 */

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
const ROUNDS = 10;
const TWO_32 = 2 ** 32;

/**
 * One block. `state`: four counter words, then two key words. `out`: gets four words; may be the head of `state`.
 * The upper half of a product of 32-bit words: the product as a double is wrong by at most 2^10, its lower half is known
 * exactly, and their difference is a multiple of 2^32 but for that error: rounding takes it away.
 */
export function philox(state: Uint32Array, out: Uint32Array): void {
  let c0 = state[0] as number;
  let c1 = state[1] as number;
  let c2 = state[2] as number;
  let c3 = state[3] as number;
  let k0 = state[4] as number;
  let k1 = state[5] as number;
  for (let round = 0; round < ROUNDS; round++) {
    const low0 = Math.imul(M0, c0) >>> 0;
    const low1 = Math.imul(M1, c2) >>> 0;
    const high0 = Math.floor((M0 * c0 - low0) / TWO_32 + 0.5);
    const high1 = Math.floor((M1 * c2 - low1) / TWO_32 + 0.5);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c1 = low1;
    c3 = low0;
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** What names a stream: strings and whole numbers up to 2^53. */
export type NamePart = string | number;

/**
 * The 128-bit name of a stream in six words that {@link philox} takes for its state: counter 0, 0 and the name in the other four.
 * Parts are written one after the other without ambiguity ("ab","c" is not "a","bc", 1 is not "1") and hashed by Philox in
 * the manner of Davies and Meyer. It guards against accidents, not against an adversary.
 *
 * @throws RangeError for a part that is no whole number up to 2^53
 */
export function streamNameInto(parts: readonly NamePart[], state: Uint32Array): void {
  const hash = new Uint32Array(6);
  const block = new Uint32Array(6);
  const out = new Uint32Array(4);
  let held = 0;
  let blocks = 0;
  const flush = (): void => {
    for (let i = 0; i < 4; i++) block[i] = (hash[i] as number) ^ (block[i] as number);
    block[4] = blocks++;
    block[5] = parts.length;
    philox(block, out);
    for (let i = 0; i < 4; i++) hash[i] = (hash[i] as number) ^ (out[i] as number);
    block.fill(0);
    held = 0;
  };
  const absorb = (word: number): void => {
    block[held++] = word;
    if (held === 4) flush();
  };
  for (const part of parts) absorbPart(part, absorb);
  // The last block is always closed, full or empty: its number keeps a name from being another's beginning.
  flush();
  state[0] = 0;
  state[1] = 0;
  for (let i = 0; i < 4; i++) state[2 + i] = hash[i] as number;
}

function absorbPart(part: NamePart, absorb: (word: number) => void): void {
  if (typeof part === "number") {
    if (!Number.isSafeInteger(part)) throw new RangeError(`a stream is named by whole numbers up to 2^53: ${part}`);
    absorb(part < 0 ? 3 : 2);
    absorb(Math.abs(part) >>> 0);
    absorb(Math.floor(Math.abs(part) / TWO_32));
    return;
  }
  absorb(1);
  absorb(part.length);
  for (let i = 0; i < part.length; i += 2) {
    absorb((part.charCodeAt(i) | ((i + 1 < part.length ? part.charCodeAt(i + 1) : 0) << 16)) >>> 0);
  }
}
