/** The taxonomy of incidents as linking, cases and reports ask it. Its file is data: `packages/wire/src/taxonomy.ts`. */
import { MS_PER_HOUR } from "../time/instant.ts";

/** A figure of the file; where it comes from stands beside it there. */
interface Value {
  readonly value: number;
}

export interface TaxonomyKind {
  /** By BCP 47 language; English always. */
  readonly title: Readonly<Record<string, string>>;
  readonly group: string;
  readonly perceived: readonly ("seen" | "heard" | "sensed")[];
  readonly forms: readonly string[];
  readonly signatures: readonly string[];
  /** How words that tell of it begin, in lower case; `$` at the end: a whole word. */
  readonly words?: readonly string[];
  readonly extent: { readonly km: Value; readonly hours: Value };
  readonly alike?: Readonly<Record<string, number>>;
  readonly alikeAll?: number;
}

export interface TaxonomyFile {
  readonly id: string;
  readonly version: number;
  readonly groups: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Kinds in the order in which words are asked for them. */
  readonly wordOrder?: readonly string[];
  readonly kinds: Readonly<Record<string, TaxonomyKind>>;
  readonly rules: {
    readonly locatedWithinKm: Value;
    readonly corroboratedBy: Value;
    readonly countsFromRatio: Value;
    readonly repliesWithinHours: Value;
  };
}

export interface Extent {
  readonly km: number;
  readonly ms: number;
}

/** What a kind that the taxonomy does not have is taken for: a log may be older or newer than the file. */
export const UNKNOWN_KIND = "unknown";

export interface TaxonomyRules {
  readonly locatedWithinKm: number;
  readonly corroboratedBy: number;
  readonly countsFromRatio: number;
  readonly repliesWithinMs: number;
}

export interface Taxonomy {
  readonly id: string;
  readonly version: number;
  readonly kinds: readonly string[];
  readonly groups: readonly string[];
  readonly rules: TaxonomyRules;
  has(kind: string): boolean;
  /** The kind's entry, or that of `unknown`. */
  kindOf(kind: string): TaxonomyKind;
  /**
   * What a report's words tell of: the first kind in the file's `wordOrder`, then in its order of kinds, of which one word is there;
   * `unknown` where none is. A reading of words and no judgement: "no missile fell" tells of a missile.
   */
  kindOfText(text: string): string;
  /** How far one incident of the kind reaches, errors of its evidence aside. */
  extentOf(kind: string): Extent;
  /** 0: never one incident, 1: of one kind. The same both ways. */
  likeness01(a: string, b: string): number;
  titleOf(kind: string, language: string): string;
  groupTitleOf(group: string, language: string): string;
}

/** @param file as its schema has checked it */
export function taxonomyOf(file: TaxonomyFile): Taxonomy {
  const kinds = new Map(Object.entries(file.kinds));
  const entry = (kind: string): TaxonomyKind => (kinds.get(kind) ?? file.kinds[UNKNOWN_KIND]) as TaxonomyKind;
  // Asked for every pair of reports: worked out once.
  const extents = new Map(
    [...kinds].map(([kind, { extent }]) => [kind, { km: extent.km.value, ms: extent.hours.value * MS_PER_HOUR }]),
  );
  const likenesses = new Map([...kinds.keys()].map((a) => [a, likenessesOf(a, kinds)]));
  const { rules } = file;
  const kindOfText = wordReader(file);
  return {
    id: file.id,
    version: file.version,
    kinds: Object.keys(file.kinds),
    groups: Object.keys(file.groups),
    rules: {
      locatedWithinKm: rules.locatedWithinKm.value,
      corroboratedBy: rules.corroboratedBy.value,
      countsFromRatio: rules.countsFromRatio.value,
      repliesWithinMs: rules.repliesWithinHours.value * MS_PER_HOUR,
    },
    has: (kind) => kinds.has(kind),
    kindOf: entry,
    kindOfText,
    extentOf: (kind) => (extents.get(kind) ?? extents.get(UNKNOWN_KIND)) as Extent,
    likeness01(a, b) {
      if (a === b) return 1;
      return likenesses.get(a)?.get(b) ?? likenessOf(a, entry(a), b, entry(b));
    },
    titleOf: (kind, language) => worded(entry(kind).title, language, kind),
    groupTitleOf: (group, language) => worded(file.groups[group] ?? {}, language, group),
  };
}

const likenessesOf = (a: string, kinds: ReadonlyMap<string, TaxonomyKind>): Map<string, number> =>
  new Map([...kinds].map(([b, own]) => [b, likenessOf(a, kinds.get(a) as TaxonomyKind, b, own)]));

/** Of two names that differ: what either entry says of the other; else what the vaguer of them is to all. */
function likenessOf(a: string, ofA: TaxonomyKind, b: string, ofB: TaxonomyKind): number {
  const said = ({ alike }: TaxonomyKind, name: string): number =>
    alike !== undefined && Object.hasOwn(alike, name) ? (alike[name] as number) : -1;
  const known = Math.max(said(ofA, b), said(ofB, a));
  return known >= 0 ? known : Math.max(ofA.alikeAll ?? 0, ofB.alikeAll ?? 0);
}

/** A word begins where no letter or digit stands before it. */
function wordReader({ kinds, wordOrder = [] }: TaxonomyFile): (text: string) => string {
  const asked = [...new Set([...wordOrder, ...Object.keys(kinds)])].flatMap((kind) => {
    const words = Object.hasOwn(kinds, kind) ? (kinds[kind]?.words ?? []) : [];
    return words.length === 0 ? [] : [{ kind, pattern: patternOf(words) }];
  });
  return (text) => {
    const plain = plainOf(text);
    return asked.find(({ pattern }) => pattern.test(plain))?.kind ?? UNKNOWN_KIND;
  };
}

function patternOf(words: readonly string[]): RegExp {
  const parts = words.map((word) => {
    const isWhole = word.endsWith("$");
    const stem = plainOf(isWhole ? word.slice(0, -1) : word).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    return isWhole ? `${stem}(?![\\p{L}\\p{N}])` : stem;
  });
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join("|")})`, "u");
}

/** One spelling: composed, lower case, without ё, one apostrophe, one blank between words. */
const plainOf = (text: string): string =>
  text.normalize("NFC").toLowerCase().replaceAll("ё", "е").replace(/[’ʼ`]/g, "'").replace(/\s+/g, " ");

/** The language asked for, or English, or the id itself. */
function worded(titles: Readonly<Record<string, string>>, language: string, id: string): string {
  return titles[language] ?? titles["en"] ?? id;
}
