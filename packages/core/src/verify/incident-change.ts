/** One event upon the incidents that it names: what it changes, or why it changes nothing. No event throws. */
import { type CaseEvent, type Incident, type Link, personOf, type Refusal } from "./incident.ts";
import type { IncidentChange } from "./incident-body.ts";
import {
  applied,
  type Decision,
  type Find,
  newIncident,
  noted,
  type Of,
  refuse,
  standsIn,
  still,
} from "./incident-decision.ts";
import { merged, split } from "./incident-merge.ts";
import { afterMove } from "./incident-move.ts";
import { asItStands, takenFrom } from "./incident-rests.ts";
import { findObstacle, isInHumanHands } from "./incident-states.ts";

export function decide(find: Find, event: CaseEvent, change: IncidentChange): Decision {
  if (change.type === "incident.opened") return opened(find, event, change);
  if (change.type === "incident.split") return split(find, event, change);
  const incident = find(change.incident);
  if (incident === undefined) return refuse({ code: "unknown-incident", incident: change.incident });
  if (incident.mergedInto !== undefined) return refuse(standsIn(incident));
  switch (change.type) {
    case "incident.evidence-linked":
      return linked(incident, event, change);
    case "incident.evidence-unlinked":
      return unlinked(incident, event, change);
    case "incident.revised":
      return revised(incident, event, change);
    case "incident.moved":
      return moved(incident, event, change);
    case "incident.merged":
      return merged(find, incident, event, change);
    case "reply.submitted":
      return replied(incident, event, change);
  }
}

function opened(find: Find, event: CaseEvent, change: Of<"incident.opened">): Decision {
  if (find(change.incident) !== undefined) return refuse({ code: "already-there", incident: change.incident });
  return applied(
    newIncident(
      event,
      change,
      change.evidence.map((evidence) => linkOf(evidence, change.reason)),
    ),
  );
}

const linkOf = (evidence: string, reason: string): Link => ({ evidence, role: "witness", reason });

/** Late evidence is linked to what is closed too: it changes no state, and a person may re-open. */
function linked(incident: Incident, event: CaseEvent, change: Of<"incident.evidence-linked">): Decision {
  if (incident.state === "retracted") return refuse(still(incident));
  const isPerson = personOf(event.actor) !== undefined;
  // What counts, and what is context only, the program says once: people may say otherwise.
  const again = change.evidence.filter((id) => {
    const role = incident.links.get(id)?.role;
    return role !== undefined && (role === change.role || !isPerson);
  });
  if (again.length > 0) return refuse({ code: "already-linked", evidence: again });
  const lost = change.role === "context" ? takenFrom(incident, change.evidence) : undefined;
  if (lost !== undefined) return refuse(lost);
  const refused = change.evidence.filter((id) => incident.refusedEvidence.has(id));
  if (refused.length > 0 && !isPerson) return refuse({ code: "taken-away-by-a-person", evidence: refused });
  const links = new Map(incident.links);
  for (const evidence of change.evidence) {
    const { role, confidence01, reason } = change;
    const via = incident.links.get(evidence)?.via;
    links.set(evidence, {
      evidence,
      role,
      reason,
      ...(confidence01 !== undefined && { confidence01 }),
      ...(via !== undefined && { via }),
    });
  }
  const refusedEvidence = new Set([...incident.refusedEvidence].filter((id) => !change.evidence.includes(id)));
  return applied({ ...incident, links, refusedEvidence, history: noted(incident, event, change.reason) });
}

/** From verified on only people change what an incident rests on; what is closed or retracted is re-opened first. */
function hands(incident: Incident, event: CaseEvent): Refusal | undefined {
  if (incident.state === "retracted" || incident.state === "closed") return still(incident);
  if (isInHumanHands(incident.state) && personOf(event.actor) === undefined)
    return { code: "needs-a-person", actor: event.actor };
  return undefined;
}

function unlinked(incident: Incident, event: CaseEvent, change: Of<"incident.evidence-unlinked">): Decision {
  const refusal = hands(incident, event);
  if (refusal !== undefined) return refuse(refusal);
  const strangers = change.evidence.filter((id) => !incident.links.has(id));
  if (strangers.length > 0) return refuse({ code: "not-linked", evidence: strangers });
  const lost = takenFrom(incident, change.evidence);
  if (lost !== undefined) return refuse(lost);
  const links = new Map(incident.links);
  for (const id of change.evidence) links.delete(id);
  if (links.size === 0) return refuse({ code: "last-evidence", incident: incident.id, evidence: change.evidence });
  const taken = personOf(event.actor) === undefined ? [] : change.evidence;
  const refusedEvidence = new Set([...incident.refusedEvidence, ...taken]);
  return applied({ ...incident, links, refusedEvidence, history: noted(incident, event, change.reason) });
}

function revised(incident: Incident, event: CaseEvent, change: Of<"incident.revised">): Decision {
  const refusal = hands(incident, event);
  if (refusal !== undefined) return refuse(refusal);
  if (isInHumanHands(incident.state)) return refuse(asItStands(incident, []));
  const { where = incident.where, when = incident.when, reason } = change;
  return applied({
    ...incident,
    ...kindAfter(incident, event, change),
    where,
    when,
    history: noted(incident, event, reason),
  });
}

/** What a person called it, the program does not call otherwise. */
function kindAfter({ kind, kindBy }: Incident, { actor }: CaseEvent, { kind: to }: Of<"incident.revised">) {
  const person = personOf(actor);
  if (to === undefined || (person === undefined && kindBy !== undefined)) return { kind };
  return { kind: to, ...(person !== undefined && { kindBy: person }) };
}

function moved(incident: Incident, event: CaseEvent, change: Of<"incident.moved">): Decision {
  const obstacle = findObstacle({ incident, to: change.to, basis: change, event });
  return obstacle === undefined ? applied(afterMove(incident, event, change)) : refuse(obstacle);
}

function replied(incident: Incident, event: CaseEvent, change: Of<"reply.submitted">): Decision {
  const asked = incident.asked.map(({ party }) => party);
  const { party, evidence, reason } = change;
  if (!asked.includes(party)) return refuse({ code: "not-asked", party, asked });
  const by = personOf(event.actor) ?? event.actor;
  const reply = { party, at: event.at, recordedAt: event.recordedAt, by, ...(evidence !== undefined && { evidence }) };
  return applied({
    ...incident,
    replies: [...incident.replies, reply],
    history: noted(incident, event, reason),
  });
}
