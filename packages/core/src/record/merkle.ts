/** Merkle trees as RFC 9162 (section 2.1) has them: many members under one hash, each provable alone. */
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson, type Json } from "./hash.ts";
import { SALT_BYTES } from "./header.ts";

/** A machine's own, where it is faster; the answer must be the same. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** RFC 9162: SHA-256 over 0x00 and the leaf's data, which here begin with a salt: a leaf alone says nothing. */
export const leafOf = (
  salt: Uint8Array,
  member: { readonly key: string; readonly value: Json },
  hash?: Sha256,
): Uint8Array => leafOfText(salt, canonicalJson(member.key), canonicalJson(member.value), hash);

/** Of what is canonical JSON already: `{"key":…,"value":…}`, as RFC 8785 orders them. */
export function leafOfText(salt: Uint8Array, keyText: string, valueText: string, hash?: Sha256): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes, not ${salt.length}`);
  return leafOfData(concatBytes(salt, utf8ToBytes(`{"key":${keyText},"value":${valueText}}`)), hash);
}

export const leafOfData = (data: Uint8Array, hash: Sha256 = sha256): Uint8Array => hash(concatBytes(LEAF, data));
const nodeOf = (left: Uint8Array, right: Uint8Array, hash: Sha256 = sha256): Uint8Array =>
  hash(concatBytes(NODE, left, right));

/** Level by level: an odd one out goes up as it is, which gives the same tree as the RFC's split at a power of two. */
export function rootOf(leaves: readonly Uint8Array[], hash?: Sha256): Uint8Array {
  let level = leaves;
  if (level.length === 0) return sha256(new Uint8Array());
  while (level.length > 1) level = levelAbove(level, hash);
  return level[0] as Uint8Array;
}

/** The same root, leaf by leaf: keeps one hash for each level. */
export class RootBuilder {
  /** Full subtrees, the widest first. */
  readonly #peaks: { readonly hash: Uint8Array; readonly size: number }[] = [];
  readonly #hash: Sha256 | undefined;
  #size = 0;

  constructor(hash?: Sha256) {
    this.#hash = hash;
  }

  get size(): number {
    return this.#size;
  }

  add(leaf: Uint8Array): void {
    let [hash, size] = [leaf, 1];
    for (let peak = this.#peaks.at(-1); peak?.size === size; peak = this.#peaks.at(-1)) {
      this.#peaks.pop();
      hash = nodeOf(peak.hash, hash, this.#hash);
      size *= 2;
    }
    this.#peaks.push({ hash, size });
    this.#size++;
  }

  root(): Uint8Array {
    const peaks = this.#peaks.map(({ hash }) => hash);
    const last = peaks.pop();
    return last === undefined ? rootOf([]) : peaks.reduceRight((right, left) => nodeOf(left, right, this.#hash), last);
  }
}

/** The hashes beside the way from a leaf to the root, lowest first. */
export function inclusionProofOf(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!(Number.isInteger(index) && index >= 0 && index < leaves.length))
    throw new RangeError(`no leaf ${index} of ${leaves.length}`);
  const proof: Uint8Array[] = [];
  let level = leaves;
  for (let at = index; level.length > 1; at >>= 1) {
    const beside = level[at ^ 1];
    if (beside !== undefined) proof.push(beside);
    level = levelAbove(level);
  }
  return proof;
}

export interface Inclusion {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether a leaf stands at its index under the root: RFC 9162, section 2.1.3.2. */
export function isIncluded({ leaf, index, size, proof, root }: Inclusion): boolean {
  if (!(Number.isInteger(index) && Number.isInteger(size) && index >= 0 && index < size)) return false;
  let hash = leaf;
  let used = 0;
  for (let at = index, last = size - 1; last > 0; at >>= 1, last >>= 1) {
    // The odd one out goes up alone.
    if (at === last && (at & 1) === 0) continue;
    const beside = proof[used++];
    if (beside === undefined) return false;
    hash = (at & 1) === 1 ? nodeOf(beside, hash) : nodeOf(hash, beside);
  }
  return used === proof.length && equal(hash, root);
}

function levelAbove(level: readonly Uint8Array[], hash?: Sha256): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const [left, right] = [level[i] as Uint8Array, level[i + 1]];
    above.push(right === undefined ? left : nodeOf(left, right, hash));
  }
  return above;
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
