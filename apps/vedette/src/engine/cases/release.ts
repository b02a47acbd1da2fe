/** What may be said of something that rests on several: never more widely than of each. */
import { type Marking, mayRead, type NationCode } from "@vedette/core/record/marking";

/** Whose it is where no owner of what it rests on may read all of that: the keeper of the log sees to it. */
const NOBODY: NationCode = "XXX";

/** It is the first owner's who may read all; others who may do so may read it. What rests on exercise data is exercise. */
export function narrowest(markings: readonly Marking[]): Marking {
  const [first, ...rest] = markings;
  if (first === undefined) throw new RangeError("no marking to narrow");
  return rest.reduce<Marking>(
    (a, b) => ({
      ...readersOf(a, b),
      originatorControlled: a.originatorControlled || b.originatorControlled,
      use: a.use === "exercise" || b.use === "exercise" ? "exercise" : "real",
    }),
    first,
  );
}

function readersOf(a: Marking, b: Marking): Pick<Marking, "owner" | "releasableTo"> {
  const owner = [a.owner, b.owner].find((nation) => mayRead(a, nation) && mayRead(b, nation)) ?? NOBODY;
  if (a.releasableTo === "all" && b.releasableTo === "all") return { owner, releasableTo: "all" };
  const readers = (one: Marking): readonly NationCode[] =>
    one.releasableTo === "all" ? [] : [...one.releasableTo, one.owner];
  const named = [...new Set([...readers(a), ...readers(b)])];
  const common = named.filter((nation) => nation !== owner && mayRead(a, nation) && mayRead(b, nation));
  return { owner, releasableTo: common.sort() };
}
