import type { Rules } from "@vedette/core/exercise/staff";
import { taxonomyOf } from "@vedette/core/verify/taxonomy";
import { ratesFrom, relaysIn, spansFrom } from "../../engine/cases/rates.ts";
import type { EvidenceSources } from "../../scenario/evidence-sources.ts";
import type { Plan } from "../load.ts";

/** Groups are sources of their own: what verification believes of each is what its declared source says. */
export function rulesOf({ exercise, sources, taxonomy }: Plan): Rules {
  const declared: EvidenceSources = new Map([
    ...sources,
    ...Object.entries(exercise.groups).flatMap(([id, { declaredBy = "" }]) => {
      const source = sources.get(declaredBy);
      return source === undefined ? [] : [[id, { ...source, id }] as const];
    }),
  ]);
  return {
    taxonomy: taxonomyOf(taxonomy),
    spanOf: spansFrom(declared),
    ratesOf: ratesFrom(declared),
    relays: relaysIn(declared),
    owner: exercise.headquarters.owner,
    agreement: { id: "exercise", version: 1 },
    clause: "exercise",
  };
}
