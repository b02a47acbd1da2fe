/** Who is given what: a nation reads what it owns and what is released to it, and of the rest not even that it is there. */
import type { Marking, NationCode } from "@vedette/core/record/marking";

/** @param nation `undefined`: the keeper of the log, who reads all */
export function isGivenTo({ owner, releasableTo }: Marking, nation: NationCode | undefined): boolean {
  if (nation === undefined || owner === nation) return true;
  return releasableTo === "all" || releasableTo.includes(nation);
}

/** What rests on several may go no further than each of them may. Of several owners the first keeps it, and no other reads it by owning. */
export function narrowest(markings: readonly Marking[]): Marking {
  const [first, ...rest] = markings;
  if (first === undefined) throw new RangeError("no marking to narrow");
  return rest.reduce<Marking>(
    (a, b) => ({
      owner: a.owner,
      releasableTo: common(a, b),
      originatorControlled: a.originatorControlled || b.originatorControlled,
      use: a.use === "real" || b.use === "real" ? "real" : "exercise",
    }),
    first,
  );
}

/** Nations that may read both, the kept owner aside. */
function common(a: Marking, b: Marking): Marking["releasableTo"] {
  if (a.releasableTo === "all" && b.releasableTo === "all") return "all";
  const readers = (one: Marking): readonly NationCode[] =>
    one.releasableTo === "all" ? [] : [...one.releasableTo, one.owner];
  const named = [...new Set([...readers(a), ...readers(b)])];
  return named.filter((nation) => nation !== a.owner && isGivenTo(a, nation) && isGivenTo(b, nation)).sort();
}
