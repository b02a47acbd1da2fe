/** Merging incidents, and splitting them: by people only, with what was known of each kept. */
import { type CaseEvent, type Incident, type Link, personOf } from "./incident.ts";
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
import { askedAnd, verifiedAnd } from "./incident-move.ts";
import { takenFrom } from "./incident-rests.ts";

/** The one merged stands still and keeps all that it was; the other takes over its evidence, its verifiers, and what the parties were asked and replied. */
export function merged(
  find: Find,
  incident: Incident,
  event: CaseEvent,
  { into, reason }: Of<"incident.merged">,
): Decision {
  const target = find(into);
  if (target === undefined) return refuse({ code: "unknown-incident", incident: into });
  if (target.id === incident.id) return refuse({ code: "already-there", incident: into });
  if (target.mergedInto !== undefined) return refuse(standsIn(target));
  for (const one of [incident, target])
    if (one.state === "retracted" || one.state === "closed") return refuse(still(one));
  if (personOf(event.actor) === undefined) return refuse({ code: "needs-a-person", actor: event.actor });
  const assessor = target.assessment?.by;
  if (assessor !== undefined && incident.verifiers.includes(assessor))
    return refuse({ code: "same-person", person: assessor, verifiers: incident.verifiers });
  const links = new Map(target.links);
  for (const [id, link] of incident.links) if (!links.has(id)) links.set(id, { ...link, via: incident.id });
  const taken = [...target.refusedEvidence, ...incident.refusedEvidence].filter((id) => !links.has(id));
  return applied(
    { ...incident, mergedInto: into, history: noted(incident, event, reason) },
    {
      ...target,
      links,
      refusedEvidence: new Set(taken),
      absorbed: [...target.absorbed, incident.id],
      verifiers: verifiedAnd(target.verifiers, incident.verifiers),
      asked: askedAnd(target.asked, incident.asked),
      replies: [...target.replies, ...incident.replies],
      history: noted(target, event, reason),
    },
  );
}

/** Undoes a merge where the incident was merged into `from`; otherwise a part of the evidence becomes a new one. */
export function split(find: Find, event: CaseEvent, change: Of<"incident.split">): Decision {
  const from = find(change.from);
  if (from === undefined) return refuse({ code: "unknown-incident", incident: change.from });
  if (from.mergedInto !== undefined) return refuse(standsIn(from));
  if (from.state === "retracted" || from.state === "closed") return refuse(still(from));
  if (personOf(event.actor) === undefined) return refuse({ code: "needs-a-person", actor: event.actor });
  const part = find(change.incident);
  if (part !== undefined && part.mergedInto !== from.id)
    return refuse({ code: "already-there", incident: change.incident });
  return part === undefined ? splitNew(from, event, change) : splitMerged(from, part, event, change);
}

function splitMerged(from: Incident, part: Incident, event: CaseEvent, { reason }: Of<"incident.split">): Decision {
  const links = new Map([...from.links].filter(([, link]) => link.via !== part.id));
  if (links.size === 0) return refuse({ code: "last-evidence", incident: from.id, evidence: [...from.links.keys()] });
  // What was taken away while they were one stays away.
  const own = new Map([...part.links].filter(([id]) => from.links.has(id)));
  if (own.size === 0) return refuse({ code: "last-evidence", incident: part.id, evidence: [...part.links.keys()] });
  const gone = [...from.links].filter(([, link]) => link.via === part.id).map(([id]) => id);
  const lost = takenFrom(from, gone);
  if (lost !== undefined) return refuse(lost);
  const { mergedInto: _, ...free } = part;
  const taken = [...part.links.keys()].filter((id) => from.refusedEvidence.has(id));
  return applied(
    {
      ...from,
      links,
      absorbed: from.absorbed.filter((id) => id !== part.id),
      history: noted(from, event, reason),
    },
    {
      ...free,
      links: own,
      refusedEvidence: new Set([...part.refusedEvidence, ...taken]),
      // Whoever verified the whole while they were one has verified this part.
      verifiers: verifiedAnd(part.verifiers, from.verifiers),
      history: noted(part, event, reason),
    },
  );
}

function splitNew(from: Incident, event: CaseEvent, change: Of<"incident.split">): Decision {
  const { evidence, incident, reason } = change;
  const strangers = evidence.filter((id) => !from.links.has(id));
  if (strangers.length > 0) return refuse({ code: "not-linked", evidence: strangers });
  if (evidence.length === 0 || evidence.length === from.links.size)
    return refuse({ code: "last-evidence", incident: evidence.length === 0 ? incident : from.id, evidence });
  const lost = takenFrom(from, evidence);
  if (lost !== undefined) return refuse(lost);
  const { kind = from.kind, where = from.where, when = from.when } = change;
  const part = newIncident(
    event,
    { incident, kind, where, when, reason },
    evidence.map((id) => ({ ...(from.links.get(id) as Link), reason })).map(({ via: _, ...link }) => link),
  );
  const links = new Map([...from.links].filter(([id]) => !evidence.includes(id)));
  return applied({ ...from, links, history: noted(from, event, reason) }, { ...part, verifiers: from.verifiers });
}
