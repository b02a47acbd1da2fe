/** An incident as a row's body, and back. */
import type { Incident, Link } from "@vedette/core/verify/incident";

type Kept = Omit<Incident, "links" | "refusedEvidence"> & {
  readonly links: readonly Link[];
  readonly refusedEvidence: readonly string[];
};

export const incidentText = (incident: Incident): string =>
  JSON.stringify({
    ...incident,
    links: [...incident.links.values()],
    refusedEvidence: [...incident.refusedEvidence],
  } satisfies Kept);

export function incidentFrom(text: string): Incident {
  const kept = JSON.parse(text) as Kept;
  return {
    ...kept,
    links: new Map(kept.links.map((link) => [link.evidence, link])),
    refusedEvidence: new Set(kept.refusedEvidence),
  };
}
