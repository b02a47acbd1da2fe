/** An incident as the agreement's engine asks for it. */
import type { IncidentFacts } from "../agreement/facts.ts";
import type { Evidence } from "./evidence.ts";
import type { Incident } from "./incident.ts";
import { firstObservedOf } from "./incident-estimate.ts";
import { independentOf, witnessesOf } from "./incident-independent.ts";

/** One that was merged is none of its own any more: leave it out. */
export function factsOf(
  incident: Incident,
  evidence: ReadonlyMap<string, Evidence>,
  relays: ReadonlySet<string> = new Set(),
): IncidentFacts {
  const { id, kind, where, when, state, since, assessment, replies } = incident;
  const witnesses = witnessesOf(incident).flatMap((one) => evidence.get(one) ?? []);
  const agreement = assessment?.agreement;
  return {
    id,
    kind,
    where,
    when,
    state,
    since,
    firstObserved: witnesses.length > 0 ? firstObservedOf(witnesses) : when,
    evidence: independentOf(incident, evidence, relays).count,
    replies: replies.map(({ party, at }) => ({ party, at })),
    ...(assessment !== undefined && { finding: assessment.finding }),
    ...(agreement?.digest !== undefined && { assessedUnder: { ...agreement, digest: agreement.digest } }),
  };
}
