/** What decisions on events are made of. */
import type { CaseEvent, HistoryEntry, Incident, Link, Refusal } from "./incident.ts";
import type { IncidentChange } from "./incident-body.ts";

export type Decision =
  | { readonly code: "applied"; readonly changed: readonly Incident[] }
  | { readonly code: "refused"; readonly refusal: Refusal };

export type Find = (incident: string) => Incident | undefined;

export const refuse = (refusal: Refusal): Decision => ({ code: "refused", refusal });
export const applied = (...changed: readonly Incident[]): Decision => ({ code: "applied", changed });

export type Of<T extends IncidentChange["type"]> = Extract<IncidentChange, { readonly type: T }>;

export const standsIn = ({ id, mergedInto = "" }: Incident): Refusal => ({
  code: "merged",
  incident: id,
  into: mergedInto,
});

export const entryOf = (
  event: CaseEvent,
  reason: string,
  step: Pick<HistoryEntry, "from" | "to"> = {},
): HistoryEntry => ({
  event: event.id,
  type: event.type,
  at: event.at,
  recordedAt: event.recordedAt,
  actor: event.actor,
  reason,
  ...step,
});

export const noted = (incident: Incident, event: CaseEvent, reason: string): readonly HistoryEntry[] => [
  ...incident.history,
  entryOf(event, reason),
];

export const still = ({ id, state }: Incident): Refusal => ({ code: "stands-still", incident: id, state });

export function newIncident(
  event: CaseEvent,
  {
    incident: id,
    kind,
    where,
    when,
    reason,
  }: Pick<Of<"incident.opened">, "incident" | "kind" | "where" | "when" | "reason">,
  links: readonly Link[],
): Incident {
  return {
    id,
    kind,
    where,
    when,
    state: "reported",
    since: { reported: event.at },
    absorbed: [],
    links: new Map(links.map((link) => [link.evidence, link])),
    refusedEvidence: new Set(),
    verifiers: [],
    asked: [],
    replies: [],
    history: [entryOf(event, reason, { to: "reported" })],
  };
}
