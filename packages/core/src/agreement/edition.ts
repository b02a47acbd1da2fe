/** Editions: one version of an agreement, known by its digest. What was decided under one is never read by another. */
import { canonicalJson, type Hash, type Json, sha256Of } from "../record/hash.ts";
import { type Instant, type Interval, instant, parseInstant } from "../time/instant.ts";
import { localTextIn } from "./local-time.ts";
import { type Regions, regionsOf } from "./region.ts";
import type { Agreement } from "./terms.ts";

export interface EditionRef {
  readonly id: string;
  readonly version: number;
  /** Over the canonical JSON of the resolved document, geometry of zones included. */
  readonly digest: Hash;
}

export interface Edition {
  readonly ref: EditionRef;
  readonly agreement: Agreement;
  /** As it says of itself; the next version may end it earlier. */
  readonly inForce: { readonly from: Instant; readonly until?: Instant };
  readonly regions: Regions;
  /** In the agreement's time zone. */
  readonly localText: (at: Instant) => string;
}

/** Made once for each document: zones are laid out here. */
export function editionOf(agreement: Agreement): Edition {
  const { id, version, inForce } = agreement;
  return {
    ref: { id, version, digest: digestOf(agreement) },
    agreement,
    inForce: {
      from: parseInstant(inForce.from),
      ...(inForce.until !== undefined && { until: parseInstant(inForce.until) }),
    },
    regions: regionsOf(agreement.zones),
    localText: localTextIn(agreement.timeZone),
  };
}

/** Members that are undefined are left out: the same for what was read from YAML and from the log. */
export function digestOf(agreement: Agreement): Hash {
  return sha256Of(canonicalJson(agreement as unknown as Json));
}

/** All editions of all agreements that were ever adopted. Nothing is ever taken out. */
export type Book = readonly Edition[];

export type BookOutcome =
  | { readonly code: "added" | "known"; readonly book: Book }
  | { readonly code: "altered"; readonly ref: EditionRef; readonly known: EditionRef };

/** Refuses a second text under a version that is taken: a change is a new version. */
export function addEdition(book: Book, edition: Edition): BookOutcome {
  const { id, version, digest } = edition.ref;
  const known = book.find(({ ref }) => ref.id === id && ref.version === version);
  if (known === undefined) return { code: "added", book: [...book, edition] };
  if (known.ref.digest === digest) return { code: "known", book };
  return { code: "altered", ref: edition.ref, known: known.ref };
}

export type Named =
  | { readonly code: "found"; readonly edition: Edition }
  | { readonly code: "missing"; readonly ref: EditionRef }
  /** The version is there with another text: what was decided cannot be read by it. */
  | { readonly code: "altered"; readonly ref: EditionRef; readonly found: EditionRef };

export function editionNamed(book: Book, ref: EditionRef): Named {
  const edition = book.find((one) => one.ref.id === ref.id && one.ref.version === ref.version);
  if (edition === undefined) return { code: "missing", ref };
  return edition.ref.digest === ref.digest ? { code: "found", edition } : { code: "altered", ref, found: edition.ref };
}

/** Each edition of an agreement with the span in which it rules: from its own date until its end or the next version's. */
export function reignsOf(book: Book, id: string): { readonly edition: Edition; readonly span: Interval }[] {
  const editions = book.filter(({ ref }) => ref.id === id).toSorted((a, b) => a.ref.version - b.ref.version);
  return editions.map((edition, i) => {
    const ends = [edition.inForce.until, ...editions.slice(i + 1).map(({ inForce }) => inForce.from)];
    const end = Math.min(FAR, ...ends.filter((at) => at !== undefined));
    return { edition, span: { start: edition.inForce.from, end: instant(Math.max(end, edition.inForce.from)) } };
  });
}

/** Year 9999 ends here: the last instant that ISO 8601 writes with four digits. */
const FAR = 253_402_300_799_999;
