/**
 * The claim's own report and its copies: what must not count as evidence for the claim. Errs on the side of finding a
 * copy: a witness lost costs a little, a claim that proves itself costs all.
 */
import { MS_PER_DAY } from "../time/instant.ts";
import type { Evidence } from "./evidence.ts";
import { addressOf } from "./independence-address.ts";
import { ownNames } from "./independence-keys.ts";
import { type Fingerprint, fingerprintOf } from "./similarity.ts";
import { similarityIndex } from "./similarity-index.ts";

export type CopyCode =
  | "same-item"
  | "same-original"
  | "quotes"
  | "quoted"
  | "identical-text"
  | "near-identical-text"
  | "contains-text";

export interface Copy {
  /** Position in the items that were given. */
  readonly at: number;
  /** How it hangs on the report, or on the copy before it in the chain. */
  readonly code: CopyCode;
  /** Id of the copy through which it hangs on the report, where it is not the report itself. */
  readonly through?: string;
}

/** What is known of a claim's own report: an item of evidence, or as much of one as there is. */
export type OwnReport = Pick<Evidence, "id"> &
  Partial<Pick<Evidence, "text" | "when">> & {
    readonly origin?: Partial<Evidence["origin"]>;
    readonly ingest?: Pick<Evidence["ingest"], "hash">;
  };

export interface CopyFinder {
  /** The report itself, its copies, and copies of these, ascending by `at`. */
  copiesOf(report: OwnReport): Copy[];
}

/** A text of a month later is news again, however alike: bulletins have set forms. Below this it is the same news. */
const SAME_NEWS_DAYS = 7;

interface Names {
  /** Items that go by a name, and items that quote it. */
  readonly own: ReadonlyMap<string, readonly number[]>;
  readonly quoting: ReadonlyMap<string, readonly number[]>;
}

/** Made once over all items: each question then costs what it finds. */
export function copyFinder(items: readonly Evidence[]): CopyFinder {
  const names: Names = {
    own: listed(items, (item) => namesOf(item)),
    quoting: listed(items, (item) => (item.origin.quotes ?? []).map(addressOf)),
  };
  const prints = items.map(({ text }) => fingerprintOf(text ?? ""));
  const texts = similarityIndex(prints);
  const near = (report: OwnReport, print: Fingerprint): Copy[] => [
    ...byName(report, names),
    ...texts.alikeTo(print).flatMap(({ at, likeness }): Copy[] => {
      if (!isSameNews(report, items[at] as Evidence)) return [];
      return [
        { at, code: likeness.code === "holds" || likeness.code === "held" ? "contains-text" : `${likeness.code}-text` },
      ];
    }),
  ];
  return {
    copiesOf(report) {
      const found = new Map<number, Copy>();
      const add = (copies: readonly Copy[], through?: string): void => {
        for (const copy of copies)
          if (!found.has(copy.at)) found.set(copy.at, { ...copy, ...(through === undefined ? {} : { through }) });
      };
      add(near(report, fingerprintOf(report.text ?? "")));
      // A map is walked in the order in which it grows: copies of copies follow.
      for (const [at] of found) add(near(items[at] as Evidence, prints[at] as Fingerprint), items[at]?.id);
      return [...found.values()].sort((a, b) => a.at - b.at);
    },
  };
}

/** For one question over few items; for many, make a `copyFinder`. */
export const copiesOf = (report: OwnReport, items: readonly Evidence[]): Copy[] => copyFinder(items).copiesOf(report);

function namesOf({ id, origin, ingest }: OwnReport): string[] {
  const named = ownNames({ id, origin: { source: "", ...origin } });
  return ingest === undefined ? named : [...named, ingest.hash];
}

function byName(report: OwnReport, { own, quoting }: Names): Copy[] {
  const names = namesOf(report);
  const copies = (map: Names["own"], name: string, code: CopyCode): Copy[] =>
    (map.get(name) ?? []).map((at) => ({ at, code }));
  return [
    ...names.flatMap((name, i) =>
      copies(own, name, i === 0 || name === report.ingest?.hash ? "same-item" : "same-original"),
    ),
    ...names.flatMap((name) => copies(quoting, name, "quotes")),
    ...(report.origin?.quotes ?? []).flatMap((quoted) => copies(own, addressOf(quoted), "quoted")),
  ];
}

/** Where either has no time, they are taken to be of one. */
function isSameNews({ when }: OwnReport, item: Evidence): boolean {
  if (when === undefined) return true;
  const apartMs = Math.max(item.when.start - when.end, when.start - item.when.end);
  return apartMs <= SAME_NEWS_DAYS * MS_PER_DAY;
}

function listed(items: readonly Evidence[], keysOf: (item: Evidence) => readonly string[]): Map<string, number[]> {
  const map = new Map<string, number[]>();
  items.forEach((item, at) => {
    for (const key of new Set(keysOf(item))) {
      const held = map.get(key);
      if (held === undefined) map.set(key, [at]);
      else held.push(at);
    }
  });
  return map;
}
