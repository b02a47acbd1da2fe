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

/** Unspecified (ICAO 9303). Whose it is where no owner of what it rests on may read all of that: the keeper of the log sees to it. */
export const NOBODY: NationCode = "XXX";

/**
 * What may be said of something that rests on all of these: to those who may read every one of them. It is the first owner's who
 * may. What rests on exercise data is exercise; what rests on one thing under originator control is under it.
 *
 * @throws RangeError where it rests on nothing: then its maker marks it
 */
export function narrowest(markings: readonly Marking[]): Marking {
  if (markings.length === 0) throw new RangeError("no marking to narrow");
  const readers = markings.map(readersOf).reduce(intersectionOf);
  const isReader = (nation: NationCode): boolean => readers === "all" || readers.includes(nation);
  const owner = markings.map((marking) => marking.owner).find(isReader) ?? NOBODY;
  return {
    owner,
    releasableTo: readers === "all" ? "all" : readers.filter((nation) => nation !== owner),
    originatorControlled: markings.some(({ originatorControlled }) => originatorControlled),
    use: markings.some(({ use }) => use === "exercise") ? "exercise" : "real",
  };
}

type Readers = readonly NationCode[] | "all";

const readersOf = ({ owner, releasableTo }: Marking): Readers =>
  releasableTo === "all" ? "all" : [...new Set([owner, ...releasableTo])].sort();

function intersectionOf(a: Readers, b: Readers): Readers {
  if (a === "all") return b;
  return b === "all" ? a : a.filter((nation) => b.includes(nation));
}

/** The keeper alone, until somebody says otherwise. */
export const UNRELEASED: Marking = { owner: NOBODY, releasableTo: [], originatorControlled: true, use: "real" };
