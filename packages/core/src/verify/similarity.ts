/**
 * How alike two texts are, in any script: written alike (resemblance) or one within the other (containment), by
 * character shingles (Broder 1997). Made for Ukrainian, Russian, English and French; nothing in it is of one language.
 */

/** Characters in a shingle: long enough that words of one language do not make two texts alike, short enough for endings. */
const SHINGLE = 5;
/** Below so many characters a likeness says little: people use the same few words for different things. */
const TELLING_CHARACTERS = 40;
const TELLING_WORDS = 3;
/** Jaccard index of shingles from which two texts are one text, touched up. */
const RESEMBLES_FROM = 0.6;
/** Share of the shorter text's shingles from which the longer one holds it. */
const HOLDS_FROM = 0.8;

/** A text made ready once: compared many times. */
export interface Fingerprint {
  readonly words: readonly string[];
  /** Hashes of its shingles as the text runs; and ascending, each once. */
  readonly run: Uint32Array;
  readonly shingles: Uint32Array;
  readonly characters: number;
}

/** How one text stands to another, as far as letters tell. `holds`: the first has the second within it. */
export type Likeness =
  | { readonly code: "identical" }
  | { readonly code: "near-identical" | "holds" | "held"; readonly share01: number };

/**
 * Lower case, NFKC, one form of apostrophe and of e; stress marks and Latin accents dropped, й and ї kept; addresses,
 * tags and punctuation become one space.
 */
export function normalised(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/<[^<>]{0,200}>/g, " ")
    .replace(/https?:\/\/\S+|www\.\S+/g, " ")
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/ё/g, "е")
    .normalize("NFD")
    .replace(/([a-z])\p{M}+/gu, "$1")
    .replace(/\u0301/g, "")
    .normalize("NFC")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/(?<=\p{L})['’ʼ`′‘](?=\p{L})/gu, "'")
    .replace(/(?<=\d)[ ,.](?=\d{3}(?!\d))/g, "")
    .replace(/[^\p{L}\p{M}\p{N}']+/gu, " ")
    .replace(/(?<!\p{L})'|'(?!\p{L})/gu, "")
    .trim();
}

export function fingerprintOf(text: string): Fingerprint {
  const tidy = normalised(text);
  const run = runOf(tidy);
  const words = tidy === "" ? [] : tidy.split(/ +/);
  return { words, run, shingles: eachOnce(run.slice().sort()), characters: tidy.length };
}

/** Hashes of all runs of five characters of a normalised text; of the whole, where it is shorter. */
function runOf(tidy: string): Uint32Array {
  if (tidy === "") return new Uint32Array(0);
  const count = Math.max(1, tidy.length - SHINGLE + 1);
  const hashes = new Uint32Array(count);
  for (let i = 0; i < count; i++) hashes[i] = hashOf(tidy, i, Math.min(tidy.length, i + SHINGLE));
  return hashes;
}

function eachOnce(sorted: Uint32Array): Uint32Array {
  let kept = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    sorted[kept] = sorted[i] as number;
    kept++;
  }
  return sorted.slice(0, kept);
}

/** FNV-1a over UTF-16 units, finished by murmur's mixer: FNV's high bits are poor. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** A bijection of 32 bits whose every output bit depends on every input bit (MurmurHash3's finaliser, public domain). */
export function mixed(bits: number): number {
  let x = bits;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Members that two ascending sets share. */
export function sharedCount(a: Uint32Array, b: Uint32Array): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) shared++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return shared;
}

/** Jaccard index of the two sets of shingles, 0 to 1; 0 where either has no text. */
export function resemblance(a: Fingerprint, b: Fingerprint): number {
  const shared = sharedCount(a.shingles, b.shingles);
  return shared === 0 ? 0 : shared / (a.shingles.length + b.shingles.length - shared);
}

/** Share of `part`'s shingles that `whole` holds, 0 to 1. */
export function containment(part: Fingerprint, whole: Fingerprint): number {
  return part.shingles.length === 0 ? 0 : sharedCount(part.shingles, whole.shingles) / part.shingles.length;
}

/**
 * The same text, touched up or quoted, or `undefined`: nothing says so. Short texts must be the same to the letter, and
 * of at least three words: "explosions in Kharkiv" is what any two people write. Figures must not differ: the same form
 * of words with other numbers is a bulletin of another day, not a copy.
 */
export function likenessOf(a: Fingerprint, b: Fingerprint): Likeness | undefined {
  const isSame = a.characters === b.characters && a.words.join(" ") === b.words.join(" ");
  if (isSame) return a.words.length >= TELLING_WORDS ? { code: "identical" } : undefined;
  const shorter = a.characters <= b.characters ? a : b;
  if (shorter.characters < TELLING_CHARACTERS) return undefined;
  const longer = shorter === a ? b : a;
  const shared = sharedCount(a.shingles, b.shingles);
  const jaccard = shared / (a.shingles.length + b.shingles.length - shared);
  if (jaccard >= RESEMBLES_FROM && sameFigures(a, b)) return { code: "near-identical", share01: jaccard };
  const held = shared / shorter.shingles.length;
  if (held < HOLDS_FROM || !holdsFigures(shorter, longer)) return undefined;
  return { code: longer === a ? "holds" : "held", share01: held };
}

const figuresOf = ({ words }: Fingerprint): Set<string> => new Set(words.filter((word) => /\p{N}/u.test(word)));

/** A count that one of them leaves out is no difference; each naming one that the other lacks is. */
function sameFigures(a: Fingerprint, b: Fingerprint): boolean {
  return holdsFigures(a, b) || holdsFigures(b, a);
}

function holdsFigures(part: Fingerprint, whole: Fingerprint): boolean {
  const held = figuresOf(whole);
  return [...figuresOf(part)].every((figure) => held.has(figure));
}
