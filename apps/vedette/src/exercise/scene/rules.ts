import { editionOf } from "@vedette/core/agreement/edition";
import type { Rules } from "@vedette/core/exercise/headquarters/staff";
import { taxonomyOf } from "@vedette/core/verify/taxonomy";
import { ratesFrom, relaysIn, spansFrom } from "../../engine/cases/rates.ts";
import type { EvidenceSources } from "../../scenario/evidence-sources.ts";
import type { Plan } from "../load.ts";
import { productOf } from "./satellites.ts";

/** Assumed: what is rare goes before the daily fire, which is of the groups that are not here. */
const URGENT = ["air", "forces", "civil", "maritime"];
/** Assumed: as long as the headline asks. */
const REQUEST_H = 24;

/** Groups are sources of their own: what verification believes of each is what its declared source says. */
export function rulesOf({ exercise, sources, taxonomy, agreement, sensors, satellites }: Plan): Rules {
  const declared: EvidenceSources = new Map([
    ...sources,
    ...Object.entries(exercise.groups).flatMap(([id, { declaredBy = "" }]) => {
      const source = sources.get(declaredBy);
      return source === undefined ? [] : [[id, { ...source, id }] as const];
    }),
    ...(satellites?.sensors ?? []).flatMap((own) => {
      const source = sources.get(sensors[own.sensor]?.declaredBy ?? "");
      const id = productOf(own, sensors);
      return source === undefined ? [] : [[id, { ...source, id }] as const];
    }),
  ]);
  return {
    taxonomy: taxonomyOf(taxonomy),
    spanOf: spansFrom(declared),
    ratesOf: ratesFrom(declared),
    relays: relaysIn(declared),
    urgent: new Set(exercise.headquarters.urgent ?? URGENT),
    requestMs: 3_600_000 * (exercise.headquarters.requestH ?? REQUEST_H),
    owner: exercise.headquarters.owner,
    ...(agreement !== undefined && { edition: editionOf(agreement) }),
    agreement: { id: "exercise", version: 1 },
    clause: "exercise",
  };
}
