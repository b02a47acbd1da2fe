/** What an incident rests on, once somebody has verified it. */
import type { Incident, Refusal } from "./incident.ts";
import { isInHumanHands } from "./incident-states.ts";

export const asItStands = ({ id, state }: Incident, evidence: readonly string[]): Refusal => ({
  code: "verified-as-it-stands",
  incident: id,
  state,
  evidence,
});

const witnessesAmong = ({ links }: Incident, evidence: readonly string[]): readonly string[] =>
  evidence.filter((id) => links.get(id)?.role === "witness");

/** Nobody takes away what somebody verified: otherwise it could be exchanged under a verified incident. */
export function takenFrom(incident: Incident, evidence: readonly string[]): Refusal | undefined {
  const witnesses = witnessesAmong(incident, evidence);
  return isInHumanHands(incident.state) && witnesses.length > 0 ? asItStands(incident, witnesses) : undefined;
}
