/** What a move from state to state leaves behind. */
import type { IncidentState } from "../agreement/terms.ts";
import type { Interval } from "../time/instant.ts";
import { type Asked, type Assessment, type CaseEvent, type Incident, personOf } from "./incident.ts";
import type { IncidentChange } from "./incident-body.ts";

type Moved = Extract<IncidentChange, { readonly type: "incident.moved" }>;

/** Each once, in order. */
export const verifiedAnd = (some: readonly string[], more: readonly string[]): readonly string[] =>
  [...new Set([...some, ...more])].sort();

/** @param change one that its guards let through */
export function afterMove(incident: Incident, event: CaseEvent, change: Moved): Incident {
  const { state: from, assessment, cameFrom: _, ...rest } = incident;
  const { to, reason } = change;
  const isOut = to === "closed" || to === "retracted";
  const kept = assessmentAfter(incident, event, change);
  return {
    ...rest,
    ...(kept !== undefined && { assessment: kept }),
    ...(isOut && { cameFrom: from }),
    ...(to === "corroborated" && from === "located" && corroboratedBy(change)),
    ...(to === "verified" && from === "corroborated" && verifiedBy(incident, event, change)),
    state: to,
    since: sinceAfter(incident, to, event.at),
    history: [
      ...incident.history,
      {
        event: event.id,
        type: event.type,
        at: event.at,
        recordedAt: event.recordedAt,
        actor: event.actor,
        reason,
        from,
        to,
      },
    ],
  };
}

const ORDER: readonly IncidentState[] = [
  "reported",
  "located",
  "corroborated",
  "verified",
  "assessed",
  "referred",
  "closed",
];

/** States beyond the one that it goes back to are no longer passed; one that it re-enters keeps its first time. */
function sinceAfter({ since }: Incident, to: IncidentState, at: Interval): Incident["since"] {
  if (to === "retracted") return { ...since, retracted: at };
  const passed = ORDER.slice(0, ORDER.indexOf(to));
  const kept = Object.entries(since).filter(([state]) => passed.includes(state as IncidentState));
  return { ...Object.fromEntries(kept), [to]: since[to] ?? at };
}

/** The later deadline of a party stands: asking again takes no time away from anybody. */
export function askedAnd(some: readonly Asked[], more: readonly Asked[]): readonly Asked[] {
  const later = new Map<string, Asked>();
  for (const one of [...some, ...more]) {
    const known = later.get(one.party);
    if (known === undefined || known.until.end < one.until.end) later.set(one.party, one);
  }
  return [...later.values()];
}

function corroboratedBy({ independent }: Moved): Pick<Incident, "corroboration"> {
  if (independent === undefined) throw new RangeError("corroborated without what counts");
  const { counted, needed } = independent;
  return { corroboration: { counted, needed } };
}

function verifiedBy(
  incident: Incident,
  event: CaseEvent,
  { asked = [] }: Moved,
): Pick<Incident, "verifiers" | "asked"> {
  const person = personOf(event.actor) ?? event.actor;
  return { verifiers: verifiedAnd(incident.verifiers, [person]), asked: askedAnd(incident.asked, asked) };
}

/** Made on assessing; kept on the way out, back in and beyond; gone where the assessment is taken back. */
function assessmentAfter(incident: Incident, event: CaseEvent, change: Moved): Assessment | undefined {
  const { to, finding, agreement, clauses = [] } = change;
  if (to !== "assessed" || incident.state !== "verified") {
    const isTakenBack = to === "verified" && incident.state === "assessed";
    return isTakenBack ? undefined : incident.assessment;
  }
  if (finding === undefined || agreement === undefined) throw new RangeError("assessed without finding or agreement");
  const replied = new Set(incident.replies.map(({ party }) => party));
  return {
    by: personOf(event.actor) ?? event.actor,
    finding,
    clauses,
    agreement,
    recordedAt: event.recordedAt,
    replied: incident.asked.map(({ party }) => party).filter((party) => replied.has(party)),
    silent: incident.asked.map(({ party }) => party).filter((party) => !replied.has(party)),
  };
}
