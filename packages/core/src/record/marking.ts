/** Release markings: to whom an event may go, and what may be said of something made from several. */

/** ISO 3166-1 alpha-3; `EUE` for the European Union. */
export type NationCode = string;

export interface Marking {
  readonly owner: NationCode;
  /** Nations that it is released to beside the owner; `all`: every nation of the coalition. In order, each once. */
  readonly releasableTo: readonly NationCode[] | "all";
  /** Originator control: no onward release without the owner's word. */
  readonly originatorControlled: boolean;
  readonly use: "exercise" | "real";
}

/** @param nation one of the coalition's: whether it is, a marking cannot say */
export const mayRead = ({ owner, releasableTo }: Marking, nation: NationCode): boolean =>
  owner === nation || releasableTo === "all" || releasableTo.includes(nation);

/** Whether `by`, who holds it, may hand it to `to`. Under originator control only the owner does. */
export const mayRelease = (marking: Marking, by: NationCode, to: NationCode): boolean =>
  mayRead(marking, by) && mayRead(marking, to) && (by === marking.owner || !marking.originatorControlled);

export type Joined =
  | { readonly code: "marked"; readonly marking: Marking }
  /** The maker may not read what it would be made from. */
  | { readonly code: "not-readable"; readonly owner: NationCode };

/**
 * What may be said of something that `maker` made from all of these: to those who may read every one of them. What rests on
 * exercise data is exercise; what rests on one thing under originator control is under it.
 *
 * @throws RangeError where it is made from nothing: then the maker marks it
 */
export function joinOf(markings: readonly Marking[], maker: NationCode): Joined {
  if (markings.length === 0) throw new RangeError("nothing to join");
  const closed = markings.find((marking) => !mayRead(marking, maker));
  if (closed !== undefined) return { code: "not-readable", owner: closed.owner };
  const readers = markings.map(readersOf).reduce(intersectionOf);
  return {
    code: "marked",
    marking: {
      owner: maker,
      releasableTo: readers === "all" ? "all" : readers.filter((nation) => nation !== maker),
      originatorControlled: markings.some(({ originatorControlled }) => originatorControlled),
      use: markings.some(({ use }) => use === "exercise") ? "exercise" : "real",
    },
  };
}

type Readers = readonly NationCode[] | "all";

const readersOf = ({ owner, releasableTo }: Marking): Readers =>
  releasableTo === "all" ? "all" : [...new Set([owner, ...releasableTo])].sort();

function intersectionOf(a: Readers, b: Readers): Readers {
  if (a === "all") return b;
  return b === "all" ? a : a.filter((nation) => b.includes(nation));
}
