/** What a text is of, as far as linking asks: stems, figures, and the kinds that its words name, in four languages. */
import type { ItemTable } from "./linking-items.ts";
import { type Fingerprint, fingerprintOf } from "./similarity.ts";

export interface Words {
  readonly print: Fingerprint;
  /** Numbers of its stems, ascending, each once. */
  readonly stems: Uint32Array;
  readonly figures: Uint32Array;
  /** Families of kinds, as bits. */
  readonly kinds: number;
}

export interface Vocabulary {
  /** By row; `undefined`: no text. */
  readonly words: readonly (Words | undefined)[];
  /** Texts that hold a stem, by its number. */
  readonly texts: Float64Array;
  readonly count: number;
}

/** Inflected languages change the ends of words: five letters are the word. */
const STEM = 5;

/**
 * Beginnings of words for kinds of incident: Ukrainian, Russian, English, French. Not a taxonomy: only what tells two
 * incidents of one place and hour apart. Two of one family may be one incident told by two people.
 */
const FAMILIES: readonly RegExp[] = [
  /^(?:артил|гаубиц|artill|howitz|обстріл|обстрел|обстрі|shell|pilonn|bombard|canonn)/,
  /^(?:міномет|мінометн|миномет|mortar|mortier)/,
  /^(?:ракет|балістич|баллистич|missil|rocket|roquet|калібр|калибр|іскандер|искандер|iskander|s-?300|с-?300)/,
  /^(?:дрон|бпла|безпілот|беспилот|шахед|drone|uav|shahed|geran|герань|fpv)/,
  /^(?:авіа|авиа|air$|airstr|aerien|aérien|каб$|кабів|бомб|bomb)/,
  /^(?:вибух|взрыв|explos|blast|deton|детон|бавовн)/,
  /^(?:стріля|перестріл|стрелк|стрельб|перестрел|small$|gunfi|sniper|снайпер|rifle|fusil)/,
  /^(?:мін[иу]?$|міни|замінув|мину|мина|мины|замини|mine$|mines$|minef)/,
  /^(?:глуш|рэб|реб$|jam|brouill|gps$|spoof)/,
  /^(?:кораб|катер|судно|ship$|vessel|navire|boat|морськ|морск|naval)/,
  /^(?:пожеж|пожар|fire$|blaze|incend|горить|горит|загорі|загоре)/,
  /^(?:підстанц|подстанц|substat|електр|электр|blackou|газопр|gas$|нафтоб|нефтеб|depot|energ|енерг|энерг)/,
];

export function vocabularyOf({ items }: ItemTable): Vocabulary {
  const numbers = new Map<string, number>();
  const numberOf = (stem: string): number => {
    const known = numbers.get(stem);
    if (known !== undefined) return known;
    numbers.set(stem, numbers.size);
    return numbers.size - 1;
  };
  const seen = new Map<string, Words>();
  const words = items.map(({ text }) => {
    if (text === undefined || text.trim() === "") return undefined;
    const known = seen.get(text);
    if (known !== undefined) return known;
    const made = wordsOf(text, numberOf);
    seen.set(text, made);
    return made;
  });
  const texts = new Float64Array(numbers.size);
  let count = 0;
  for (const text of words) {
    if (text === undefined) continue;
    count++;
    for (const stem of text.stems) texts[stem] = (texts[stem] as number) + 1;
  }
  return { words, texts, count };
}

function wordsOf(text: string, numberOf: (stem: string) => number): Words {
  const print = fingerprintOf(text);
  const stems = new Set<number>();
  const figures = new Set<number>();
  let kinds = 0;
  for (const word of print.words) {
    const isFigure = /^\p{N}+$/u.test(word);
    const number = numberOf(isFigure ? word : word.slice(0, STEM));
    stems.add(number);
    if (isFigure) figures.add(number);
    else kinds |= familiesOf(word);
  }
  return { print, stems: ascending(stems), figures: ascending(figures), kinds };
}

const familiesOf = (word: string): number =>
  FAMILIES.reduce((bits, family, bit) => bits | (family.test(word) ? 1 << bit : 0), 0);

const ascending = (set: ReadonlySet<number>): Uint32Array => Uint32Array.from(set).sort();
