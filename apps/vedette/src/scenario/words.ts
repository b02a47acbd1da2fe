/** Small words for messages. */
import type { Located } from "./located.ts";

const LONGEST_SHOWN = 60;

/** `"abc"`, `5`, `a list of 3`, `nothing`. */
export function foundOf(node: Located): string {
  if (node.kind === "map") return "a map";
  if (node.kind === "list") return `a list of ${node.items.length}`;
  if (node.value === null) return "nothing";
  return typeof node.value === "string" ? quoted(node.value) : String(node.value);
}

export function quoted(text: string): string {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
  // Escape codes of a hostile file must not reach the terminal: JSON escapes only those below space.
  return JSON.stringify(shown).replace(/[\x7f-\x9f]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}

/** `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `; did you mean \`swathKm\`?`, or what there is to choose from, or nothing where there is too much. */
export function suggestionOf(written: string, known: readonly string[]): string {
  const nearest = nearestOf(written, known);
  if (nearest !== undefined) return `; did you mean \`${nearest}\`?`;
  if (known.length === 0) return "; there is none";
  return known.length <= 12 ? `; there is ${known.map((word) => `\`${word}\``).join(", ")}` : "";
}

/** The known word within a third of the letters, upper and lower case alike. */
export function nearestOf(written: string, known: readonly string[]): string | undefined {
  if (written.length > LONGEST_SHOWN) return undefined;
  const limit = Math.max(1, Math.floor(written.length / 3));
  let best: { word: string; distance: number } | undefined;
  for (const word of known) {
    if (Math.abs(word.length - written.length) > limit) continue;
    const distance = editDistance(written.toLowerCase(), word.toLowerCase());
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { word, distance };
  }
  return best?.word;
}

/** Levenshtein's distance: insertions, deletions and substitutions. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
