/** The states of an incident: which may follow which, by whom, and what must hold. A table, so that it can be read. */
import type { IncidentState } from "../agreement/terms.ts";
import { awaitedOf, type CaseEvent, type Incident, personOf, type Refusal } from "./incident.ts";
import type { MoveBasis } from "./incident-body.ts";

/** `anyone`: the program may do it by itself. */
export interface Transition {
  readonly from: IncidentState;
  readonly to: IncidentState;
  readonly by: "anyone" | "person";
  readonly guards: readonly GuardName[];
}

interface Move {
  readonly incident: Incident;
  readonly to: IncidentState;
  readonly basis: MoveBasis;
  readonly event: CaseEvent;
}

export type GuardName =
  | "located"
  | "corroborated"
  | "still-corroborated"
  | "asked"
  | "two-people"
  | "replies"
  | "finding"
  | "worth-referring"
  | "came-from";

/** What must hold for a move; each says with numbers why it does not. */
const GUARDS: Readonly<Record<GuardName, (move: Move) => Refusal | undefined>> = {
  located({ basis: { located } }) {
    const { radiusKm, withinKm } = located ?? { radiusKm: Number.POSITIVE_INFINITY, withinKm: 0 };
    return radiusKm <= withinKm ? undefined : { code: "not-located", radiusKm, withinKm };
  },
  corroborated({ basis: { independent }, incident }) {
    const { count, needed, counted } = independent ?? { count: 0, needed: 2, counted: [] };
    const strangers = counted.filter((id) => incident.links.get(id)?.role !== "witness");
    if (strangers.length > 0) return { code: "not-linked", evidence: strangers };
    const held = Math.min(count, counted.length);
    return held >= needed ? undefined : { code: "too-few-independent", count: held, needed };
  },
  /** Any of several that are independent are independent. */
  "still-corroborated"({ incident: { corroboration, links } }) {
    const { counted, needed } = corroboration ?? { counted: [], needed: 2 };
    const count = counted.filter((id) => links.get(id)?.role === "witness").length;
    return count >= needed ? undefined : { code: "too-few-independent", count, needed };
  },
  asked({ basis: { asked }, event: { recordedAt: at } }) {
    if (asked === undefined) return { code: "asks-unsaid" };
    const past = asked.find(({ until }) => until.end <= at);
    return past === undefined ? undefined : { code: "deadline-past", ...past, at };
  },
  "two-people"({ incident, event }) {
    const person = personOf(event.actor) ?? event.actor;
    return incident.verifiers.includes(person)
      ? { code: "same-person", person, verifiers: incident.verifiers }
      : undefined;
  },
  replies({ incident, event: { recordedAt: at, actor } }) {
    const person = personOf(actor) ?? actor;
    const own = incident.replies.filter(({ by }) => by === person);
    if (own.length > 0)
      return { code: "replies-by-assessor", person, parties: [...new Set(own.map(({ party }) => party))] };
    const awaited = awaitedOf(incident, at);
    return awaited.length > 0 ? { code: "replies-awaited", at, awaited } : undefined;
  },
  finding({ basis: { finding, clauses = [], agreement } }) {
    if (finding === undefined) return { code: "no-finding" };
    if (agreement === undefined) return { code: "no-agreement" };
    if (finding === "breach" && clauses.length === 0) return { code: "no-clause" };
    return finding === "no-breach" && clauses.length > 0 ? { code: "clause-without-breach", clauses } : undefined;
  },
  "worth-referring"({ incident }) {
    return incident.assessment?.finding === "no-breach" ? { code: "nothing-to-refer" } : undefined;
  },
  /** Re-opened: to where it was, and nowhere else. */
  "came-from"({ incident: { state, cameFrom }, to }) {
    if (cameFrom === to) return undefined;
    return { code: "no-transition", from: state, to, allowed: cameFrom === undefined ? [] : [cameFrom] };
  },
};

const OPEN = ["reported", "located", "corroborated", "verified", "assessed", "referred"] as const;

/** Forward; then back by one step, which is how a step is undone; then out, and in again. What is closed is re-opened first. */
export const TRANSITIONS: readonly Transition[] = [
  { from: "reported", to: "located", by: "anyone", guards: ["located"] },
  { from: "located", to: "corroborated", by: "anyone", guards: ["corroborated"] },
  { from: "corroborated", to: "verified", by: "person", guards: ["still-corroborated", "asked"] },
  { from: "verified", to: "assessed", by: "person", guards: ["two-people", "replies", "finding"] },
  { from: "assessed", to: "referred", by: "person", guards: ["worth-referring"] },
  { from: "assessed", to: "closed", by: "person", guards: [] },
  { from: "referred", to: "closed", by: "person", guards: [] },

  { from: "located", to: "reported", by: "anyone", guards: [] },
  { from: "corroborated", to: "located", by: "anyone", guards: [] },
  { from: "verified", to: "corroborated", by: "person", guards: [] },
  { from: "assessed", to: "verified", by: "person", guards: [] },
  { from: "referred", to: "assessed", by: "person", guards: [] },

  { from: "closed", to: "assessed", by: "person", guards: ["came-from"] },
  { from: "closed", to: "referred", by: "person", guards: ["came-from"] },
  ...OPEN.map((from): Transition => ({ from, to: "retracted", by: "person", guards: [] })),
  ...OPEN.map((to): Transition => ({ from: "retracted", to, by: "person", guards: ["came-from"] })),
];

/** Why the move may not be made; `undefined`: it may. */
export function findObstacle(move: Move): Refusal | undefined {
  const { incident, to, event } = move;
  const from = incident.state;
  const ways = TRANSITIONS.filter((way) => way.from === from);
  const way = ways.find((candidate) => candidate.to === to);
  if (way === undefined) return { code: "no-transition", from, to, allowed: ways.map((one) => one.to) };
  if (way.by === "person" && personOf(event.actor) === undefined) return { code: "needs-a-person", actor: event.actor };
  for (const name of way.guards) {
    const refusal = GUARDS[name](move);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** From here on only people change what an incident says. */
export const isInHumanHands = (state: IncidentState): boolean =>
  state !== "reported" && state !== "located" && state !== "corroborated";
