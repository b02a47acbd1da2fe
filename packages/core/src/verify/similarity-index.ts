/**
 * Finds the alike among many texts without comparing all pairs. Two nets, because each lets through what the other
 * holds: MinHash in bands (Broder 1997; Indyk and Motwani 1998) for texts of one length, winnowed fingerprints
 * (Schleimer, Wilkerson and Aiken 2003) for a short text within a long one. What they catch is compared in full.
 */
import { type Fingerprint, type Likeness, likenessOf, mixed } from "./similarity.ts";

/** 24 bands of 3: a pair of resemblance .6 is missed once in 300, one of .8 never (3e-8), one of .1 caught once in 40. */
const BANDS = 24;
const ROWS = 3;
/** Of so many neighbouring shingles the least hash is kept: a shared run of 12 characters is always caught. */
const WINDOW = 8;
/** Texts under one key beyond which the key is everybody's (a masthead, "the general staff reports") and says nothing. */
const COMMON = 64;
const COMMON_BAND = 512;
/** A text held by another shares at least so many kept hashes, or all it has. */
const SHARED_KEPT = 2;

/** Answers for one more text: which of those given are alike. */
export interface SimilarityIndex {
  alikeTo(text: Fingerprint): readonly { readonly at: number; readonly likeness: Likeness }[];
}

interface Nets {
  readonly whole: Map<string, number[]>;
  readonly bands: Map<number, number[]>;
  readonly kept: Map<number, number[]>;
}

export function similarityIndex(texts: readonly Fingerprint[]): SimilarityIndex {
  const nets: Nets = { whole: new Map(), bands: new Map(), kept: new Map() };
  texts.forEach((text, i) => {
    push(nets.whole, text.words.join(" "), i);
    for (const key of bandKeys(text)) push(nets.bands, key, i);
    for (const key of keptOf(text)) push(nets.kept, key, i);
  });
  return {
    alikeTo: (text) =>
      candidates(nets, text).flatMap((at) => {
        const likeness = likenessOf(text, texts[at] as Fingerprint);
        return likeness === undefined ? [] : [{ at, likeness }];
      }),
  };
}

function push<K>(net: Map<K, number[]>, key: K, value: number): void {
  const held = net.get(key);
  if (held === undefined) net.set(key, [value]);
  else if (held.at(-1) !== value) held.push(value);
}

function candidates({ whole, bands, kept }: Nets, text: Fingerprint): number[] {
  // The same text is found however often it stands there: bands that it fills are passed over below.
  const found = new Set<number>(whole.get(text.words.join(" ")));
  for (const key of bandKeys(text)) {
    const held = bands.get(key) ?? [];
    if (held.length <= COMMON_BAND) for (const at of held) found.add(at);
  }
  const counts = new Map<number, number>();
  const own = keptOf(text);
  for (const key of own) {
    const held = kept.get(key) ?? [];
    if (held.length <= COMMON) for (const at of held) counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const needed = Math.min(SHARED_KEPT, own.length);
  for (const [at, count] of counts) if (count >= needed) found.add(at);
  return [...found].sort((a, b) => a - b);
}

/** One key per band of the MinHash signature; the band's number is part of the key. */
function bandKeys({ shingles }: Fingerprint): number[] {
  if (shingles.length === 0) return [];
  const keys: number[] = [];
  for (let band = 0; band < BANDS; band++) {
    let key = mixed(band + 1);
    for (let row = 0; row < ROWS; row++) key = mixed(key ^ leastUnder(shingles, mixed(band * ROWS + row + 0x9e37)));
    keys.push(key);
  }
  return keys;
}

/** The least of the shingles' hashes under one more hash, which `seed` chooses. */
function leastUnder(shingles: Uint32Array, seed: number): number {
  const odd = seed | 1;
  let least = 0xffffffff;
  for (let i = 0; i < shingles.length; i++) {
    const hash = Math.imul((shingles[i] as number) ^ seed, odd) >>> 0;
    const spread = (hash ^ (hash >>> 15)) >>> 0;
    if (spread < least) least = spread;
  }
  return least;
}

/** Shingles kept by winnowing: those least in some window of the text as it runs. */
function keptOf({ run }: Fingerprint): number[] {
  const kept = new Set<number>();
  const last = Math.max(0, run.length - WINDOW);
  for (let from = 0; from <= last && run.length > 0; from++) {
    let least = 0xffffffff;
    for (let i = from; i < Math.min(run.length, from + WINDOW); i++) least = Math.min(least, run[i] as number);
    kept.add(least);
  }
  return [...kept];
}
