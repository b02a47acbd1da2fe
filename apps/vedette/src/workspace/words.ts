/** Words that something is found by: small, without marks, each once. */

/** A page of text is not made longer than this by its words. */
const MOST_WORDS = 200;
const LONGEST = 40;

export function wordsIn(...texts: readonly (string | undefined)[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    if (text === undefined) continue;
    for (const [word] of text
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .matchAll(/[\p{L}\p{N}]+/gu)) {
      if (word.length >= 2) words.add(word.slice(0, LONGEST));
      if (words.size >= MOST_WORDS) return [...words];
    }
  }
  return [...words];
}
