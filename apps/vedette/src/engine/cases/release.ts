/** What may be said of something that rests on several: never more widely than of each. */
import { type Marking, mayRead, type NationCode } from "@vedette/core/record/marking";

/** The first keeps it; of the others' owners, those may read it who may read all. What rests on exercise data is exercise. */
export function narrowest(markings: readonly Marking[]): Marking {
  const [first, ...rest] = markings;
  if (first === undefined) throw new RangeError("no marking to narrow");
  return rest.reduce<Marking>(
    (a, b) => ({
      owner: a.owner,
      releasableTo: common(a, b),
      originatorControlled: a.originatorControlled || b.originatorControlled,
      use: a.use === "exercise" || b.use === "exercise" ? "exercise" : "real",
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
  return named.filter((nation) => nation !== a.owner && mayRead(a, nation) && mayRead(b, nation)).sort();
}
